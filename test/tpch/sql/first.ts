/**
 * Queries 1 to 11 of TPC-H by hand, with the parameters of the specification's validation run.
 */
import { byHand } from './words.js'

export const q01 = byHand(
  'text text 2 2 4 6 double double double whole',
  ({ double, money }) => `
  select l_returnflag, l_linestatus,
         sum(l_quantity) as sum_qty,
         sum(l_extendedprice) as sum_base_price,
         sum(l_extendedprice * (${money('1')} - l_discount)) as sum_disc_price,
         sum(l_extendedprice * (${money('1')} - l_discount) * (${money('1')} + l_tax)) as sum_charge,
         avg(${double('l_quantity')}) / ${money('1')} as avg_qty,
         avg(${double('l_extendedprice')}) / ${money('1')} as avg_price,
         avg(${double('l_discount')}) / ${money('1')} as avg_disc,
         count(*) as count_order
  from lineitem
  where l_shipdate <= '1998-09-02'
  group by l_returnflag, l_linestatus
  order by l_returnflag, l_linestatus`,
)

export const q02 = byHand(
  '2 text text whole text text text text',
  () => `
  select s_acctbal, s_name, n_name, p_partkey, p_mfgr, s_address, s_phone, s_comment
  from part, supplier, partsupp, nation, region
  where p_partkey = ps_partkey and s_suppkey = ps_suppkey
    and p_size = 15 and p_type like '%BRASS'
    and s_nationkey = n_nationkey and n_regionkey = r_regionkey and r_name = 'EUROPE'
    and ps_supplycost = (
      select min(ps_supplycost)
      from partsupp, supplier, nation, region
      where p_partkey = ps_partkey and s_suppkey = ps_suppkey
        and s_nationkey = n_nationkey and n_regionkey = r_regionkey and r_name = 'EUROPE')
  order by s_acctbal desc, n_name, s_name, p_partkey
  limit 100`,
)

export const q03 = byHand(
  'whole 4 text whole',
  ({ money }) => `
  select l_orderkey, sum(l_extendedprice * (${money('1')} - l_discount)) as revenue, o_orderdate, o_shippriority
  from customer, orders, lineitem
  where c_mktsegment = 'BUILDING' and c_custkey = o_custkey and l_orderkey = o_orderkey
    and o_orderdate < '1995-03-15' and l_shipdate > '1995-03-15'
  group by l_orderkey, o_orderdate, o_shippriority
  order by revenue desc, o_orderdate
  limit 10`,
)

export const q04 = byHand(
  'text whole',
  () => `
  select o_orderpriority, count(*) as order_count
  from orders
  where o_orderdate >= '1993-07-01' and o_orderdate < '1993-10-01'
    and exists (select * from lineitem where l_orderkey = o_orderkey and l_commitdate < l_receiptdate)
  group by o_orderpriority
  order by o_orderpriority`,
)

export const q05 = byHand(
  'text 4',
  ({ money }) => `
  select n_name, sum(l_extendedprice * (${money('1')} - l_discount)) as revenue
  from customer, orders, lineitem, supplier, nation, region
  where c_custkey = o_custkey and l_orderkey = o_orderkey and l_suppkey = s_suppkey
    and c_nationkey = s_nationkey and s_nationkey = n_nationkey and n_regionkey = r_regionkey
    and r_name = 'ASIA' and o_orderdate >= '1994-01-01' and o_orderdate < '1995-01-01'
  group by n_name
  order by revenue desc`,
)

export const q06 = byHand(
  '4',
  ({ money }) => `
  select sum(l_extendedprice * l_discount) as revenue
  from lineitem
  where l_shipdate >= '1994-01-01' and l_shipdate < '1995-01-01'
    and l_discount between ${money('0.05')} and ${money('0.07')} and l_quantity < ${money('24')}`,
)

export const q07 = byHand(
  'text text whole 4',
  ({ year, money }) => `
  select supp_nation, cust_nation, l_year, sum(volume) as revenue
  from (
    select n1.n_name as supp_nation, n2.n_name as cust_nation, ${year('l_shipdate')} as l_year,
           l_extendedprice * (${money('1')} - l_discount) as volume
    from supplier, lineitem, orders, customer, nation n1, nation n2
    where s_suppkey = l_suppkey and o_orderkey = l_orderkey and c_custkey = o_custkey
      and s_nationkey = n1.n_nationkey and c_nationkey = n2.n_nationkey
      and ((n1.n_name = 'FRANCE' and n2.n_name = 'GERMANY') or (n1.n_name = 'GERMANY' and n2.n_name = 'FRANCE'))
      and l_shipdate between '1995-01-01' and '1996-12-31'
  ) shipping
  group by supp_nation, cust_nation, l_year
  order by supp_nation, cust_nation, l_year`,
)

export const q08 = byHand(
  'whole double',
  ({ year, double, money }) => `
  select o_year,
         ${double("sum(case when nation = 'BRAZIL' then volume else 0 end)")} / ${double('sum(volume)')} as mkt_share
  from (
    select ${year('o_orderdate')} as o_year, l_extendedprice * (${money('1')} - l_discount) as volume,
           n2.n_name as nation
    from part, supplier, lineitem, orders, customer, nation n1, nation n2, region
    where p_partkey = l_partkey and s_suppkey = l_suppkey and l_orderkey = o_orderkey and o_custkey = c_custkey
      and c_nationkey = n1.n_nationkey and n1.n_regionkey = r_regionkey and r_name = 'AMERICA'
      and s_nationkey = n2.n_nationkey and o_orderdate between '1995-01-01' and '1996-12-31'
      and p_type = 'ECONOMY ANODIZED STEEL'
  ) all_nations
  group by o_year
  order by o_year`,
)

export const q09 = byHand(
  'text whole 4',
  ({ year, money }) => `
  select nation, o_year, sum(amount) as sum_profit
  from (
    select n_name as nation, ${year('o_orderdate')} as o_year,
           l_extendedprice * (${money('1')} - l_discount) - ps_supplycost * l_quantity as amount
    from part, supplier, lineitem, partsupp, orders, nation
    where s_suppkey = l_suppkey and ps_suppkey = l_suppkey and ps_partkey = l_partkey and p_partkey = l_partkey
      and o_orderkey = l_orderkey and s_nationkey = n_nationkey and p_name like '%green%'
  ) profit
  group by nation, o_year
  order by nation, o_year desc`,
)

export const q10 = byHand(
  'whole text 4 2 text text text text',
  ({ money }) => `
  select c_custkey, c_name, sum(l_extendedprice * (${money('1')} - l_discount)) as revenue,
         c_acctbal, n_name, c_address, c_phone, c_comment
  from customer, orders, lineitem, nation
  where c_custkey = o_custkey and l_orderkey = o_orderkey
    and o_orderdate >= '1993-10-01' and o_orderdate < '1994-01-01'
    and l_returnflag = 'R' and c_nationkey = n_nationkey
  group by c_custkey, c_name, c_acctbal, c_phone, n_name, c_address, c_comment
  order by revenue desc
  limit 20`,
)

/** The fraction is 0.0001 by the scale factor, which is 0.01 here. */
export const q11 = byHand(
  'whole 2',
  () => `
  select ps_partkey, sum(ps_supplycost * ps_availqty) as value
  from partsupp, supplier, nation
  where ps_suppkey = s_suppkey and s_nationkey = n_nationkey and n_name = 'GERMANY'
  group by ps_partkey
  having sum(ps_supplycost * ps_availqty) > (
    select sum(ps_supplycost * ps_availqty) * 0.01
    from partsupp, supplier, nation
    where ps_suppkey = s_suppkey and s_nationkey = n_nationkey and n_name = 'GERMANY')
  order by value desc`,
)

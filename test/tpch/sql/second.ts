/**
 * Queries 12 to 22 of TPC-H by hand, with the parameters of the specification's validation run.
 */
import { byHand } from './words.js'

export const q12 = byHand(
  'text whole whole',
  () => `
  select l_shipmode,
         sum(case when o_orderpriority = '1-URGENT' or o_orderpriority = '2-HIGH' then 1 else 0 end) as high_line_count,
         sum(case when o_orderpriority <> '1-URGENT' and o_orderpriority <> '2-HIGH' then 1 else 0 end) as low_line_count
  from orders, lineitem
  where o_orderkey = l_orderkey and l_shipmode in ('MAIL', 'SHIP')
    and l_commitdate < l_receiptdate and l_shipdate < l_commitdate
    and l_receiptdate >= '1994-01-01' and l_receiptdate < '1995-01-01'
  group by l_shipmode
  order by l_shipmode`,
)

export const q13 = byHand(
  'whole whole',
  () => `
  select c_count, count(*) as custdist
  from (
    select c_custkey, count(o_orderkey) as c_count
    from customer left outer join orders on c_custkey = o_custkey and o_comment not like '%special%requests%'
    group by c_custkey
  ) c_orders
  group by c_count
  order by custdist desc, c_count desc`,
)

export const q14 = byHand(
  'double',
  ({ double, money }) => `
  select 100 * ${double(
    `sum(case when p_type like 'PROMO%' then l_extendedprice * (${money('1')} - l_discount) else 0 end)`,
  )} / ${double(`sum(l_extendedprice * (${money('1')} - l_discount))`)} as promo_revenue
  from lineitem, part
  where l_partkey = p_partkey and l_shipdate >= '1995-09-01' and l_shipdate < '1995-10-01'`,
)

export const q15 = byHand(
  'whole text text text 4',
  ({ money }) => `
  with revenue as (
    select l_suppkey as supplier_no, sum(l_extendedprice * (${money('1')} - l_discount)) as total_revenue
    from lineitem
    where l_shipdate >= '1996-01-01' and l_shipdate < '1996-04-01'
    group by l_suppkey)
  select s_suppkey, s_name, s_address, s_phone, total_revenue
  from supplier, revenue
  where s_suppkey = supplier_no and total_revenue = (select max(total_revenue) from revenue)
  order by s_suppkey`,
)

export const q16 = byHand(
  'text text whole whole',
  () => `
  select p_brand, p_type, p_size, count(distinct ps_suppkey) as supplier_cnt
  from partsupp, part
  where p_partkey = ps_partkey and p_brand <> 'Brand#45' and p_type not like 'MEDIUM POLISHED%'
    and p_size in (49, 14, 23, 45, 19, 3, 36, 9)
    and ps_suppkey not in (select s_suppkey from supplier where s_comment like '%Customer%Complaints%')
  group by p_brand, p_type, p_size
  order by supplier_cnt desc, p_brand, p_type, p_size`,
)

/** Dividing cents and units alike, so SQLite's whole numbers need their hundred taken away. */
export const q17 = byHand(
  'double',
  ({ double, money }) => `
  select ${double('sum(l_extendedprice)')} / (7 * ${money('1')}) as avg_yearly
  from lineitem, part
  where p_partkey = l_partkey and p_brand = 'Brand#23' and p_container = 'MED BOX'
    and l_quantity < (select 0.2 * avg(l_quantity) from lineitem where l_partkey = p_partkey)`,
)

export const q18 = byHand(
  'text whole whole text 2 2',
  ({ money }) => `
  select c_name, c_custkey, o_orderkey, o_orderdate, o_totalprice, sum(l_quantity) as quantity
  from customer, orders, lineitem
  where o_orderkey in (select l_orderkey from lineitem group by l_orderkey having sum(l_quantity) > ${money('300')})
    and c_custkey = o_custkey and o_orderkey = l_orderkey
  group by c_name, c_custkey, o_orderkey, o_orderdate, o_totalprice
  order by o_totalprice desc, o_orderdate
  limit 100`,
)

export const q19 = byHand('4', ({ money }) => {
  const kind = (brand: string, containers: string, low: number, high: number, size: number): string =>
    `(p_partkey = l_partkey and p_brand = '${brand}' and p_container in (${containers})
      and l_quantity >= ${money(String(low))} and l_quantity <= ${money(String(high))}
      and p_size between 1 and ${size}
      and l_shipmode in ('AIR', 'AIR REG') and l_shipinstruct = 'DELIVER IN PERSON')`
  return `
  select sum(l_extendedprice * (${money('1')} - l_discount)) as revenue
  from lineitem, part
  where ${kind('Brand#12', "'SM CASE', 'SM BOX', 'SM PACK', 'SM PKG'", 1, 11, 5)}
     or ${kind('Brand#23', "'MED BAG', 'MED BOX', 'MED PKG', 'MED PACK'", 10, 20, 10)}
     or ${kind('Brand#34', "'LG CASE', 'LG BOX', 'LG PACK', 'LG PKG'", 20, 30, 15)}`
})

export const q20 = byHand(
  'text text',
  ({ money }) => `
  select s_name, s_address
  from supplier, nation
  where s_suppkey in (
      select ps_suppkey
      from partsupp
      where ps_partkey in (select p_partkey from part where p_name like 'forest%')
        and ps_availqty * ${money('1')} > (
          select 0.5 * sum(l_quantity)
          from lineitem
          where l_partkey = ps_partkey and l_suppkey = ps_suppkey
            and l_shipdate >= '1994-01-01' and l_shipdate < '1995-01-01'))
    and s_nationkey = n_nationkey and n_name = 'CANADA'
  order by s_name`,
)

export const q21 = byHand(
  'text whole',
  () => `
  select s_name, count(*) as numwait
  from supplier, lineitem l1, orders, nation
  where s_suppkey = l1.l_suppkey and o_orderkey = l1.l_orderkey and o_orderstatus = 'F'
    and l1.l_receiptdate > l1.l_commitdate
    and exists (
      select * from lineitem l2 where l2.l_orderkey = l1.l_orderkey and l2.l_suppkey <> l1.l_suppkey)
    and not exists (
      select * from lineitem l3
      where l3.l_orderkey = l1.l_orderkey and l3.l_suppkey <> l1.l_suppkey and l3.l_receiptdate > l3.l_commitdate)
    and s_nationkey = n_nationkey and n_name = 'SAUDI ARABIA'
  group by s_name
  order by numwait desc, s_name
  limit 100`,
)

export const q22 = byHand(
  'text whole 2',
  () => `
  select cntrycode, count(*) as numcust, sum(c_acctbal) as totacctbal
  from (
    select substr(c_phone, 1, 2) as cntrycode, c_acctbal
    from customer
    where substr(c_phone, 1, 2) in ('13', '31', '23', '29', '30', '18', '17')
      and c_acctbal > (
        select avg(c_acctbal)
        from customer
        where c_acctbal > 0 and substr(c_phone, 1, 2) in ('13', '31', '23', '29', '30', '18', '17'))
      and not exists (select * from orders where o_custkey = c_custkey)
  ) custsale
  group by cntrycode
  order by cntrycode`,
)

/**
 * The eight tables of TPC-H as relvar values. Columns have plain names here and the benchmark's in the database.
 *
 * The benchmark's fixed texts that are shorter than their column are varchar here: the benchmark leaves that open.
 * Amounts have as many digits as they need, since exact results may have 18 on SQLite: the longest has 17.
 */
import { pipe } from 'fp-ts/lib/function.js'

import {
  char,
  date,
  integer,
  named,
  numeric,
  primaryKey,
  references,
  type RowOf,
  schema,
  table,
  varchar,
} from '../../src/index.js'

export const region = table('region', {
  regionKey: pipe(integer, primaryKey, named('r_regionkey')),
  name: pipe(varchar(25), named('r_name')),
  comment: pipe(varchar(152), named('r_comment')),
})

export const nation = table('nation', {
  nationKey: pipe(integer, primaryKey, named('n_nationkey')),
  name: pipe(varchar(25), named('n_name')),
  regionKey: pipe(integer, references(region.regionKey), named('n_regionkey')),
  comment: pipe(varchar(152), named('n_comment')),
})

export const supplier = table('supplier', {
  suppKey: pipe(integer, primaryKey, named('s_suppkey')),
  name: pipe(varchar(25), named('s_name')),
  address: pipe(varchar(40), named('s_address')),
  nationKey: pipe(integer, references(nation.nationKey), named('s_nationkey')),
  phone: pipe(char(15), named('s_phone')),
  acctBal: pipe(numeric(7, 2), named('s_acctbal')),
  comment: pipe(varchar(101), named('s_comment')),
})

export const part = table('part', {
  partKey: pipe(integer, primaryKey, named('p_partkey')),
  name: pipe(varchar(55), named('p_name')),
  mfgr: pipe(varchar(25), named('p_mfgr')),
  brand: pipe(varchar(10), named('p_brand')),
  type: pipe(varchar(25), named('p_type')),
  size: pipe(integer, named('p_size')),
  container: pipe(varchar(10), named('p_container')),
  retailPrice: pipe(numeric(7, 2), named('p_retailprice')),
  comment: pipe(varchar(23), named('p_comment')),
})

export const partSupplier = table('partsupp', {
  partKey: pipe(integer, primaryKey, references(part.partKey), named('ps_partkey')),
  suppKey: pipe(integer, primaryKey, references(supplier.suppKey), named('ps_suppkey')),
  availQty: pipe(integer, named('ps_availqty')),
  supplyCost: pipe(numeric(6, 2), named('ps_supplycost')),
  comment: pipe(varchar(199), named('ps_comment')),
})

export const customer = table('customer', {
  custKey: pipe(integer, primaryKey, named('c_custkey')),
  name: pipe(varchar(25), named('c_name')),
  address: pipe(varchar(40), named('c_address')),
  nationKey: pipe(integer, references(nation.nationKey), named('c_nationkey')),
  phone: pipe(char(15), named('c_phone')),
  acctBal: pipe(numeric(7, 2), named('c_acctbal')),
  mktSegment: pipe(varchar(10), named('c_mktsegment')),
  comment: pipe(varchar(117), named('c_comment')),
})

export const orders = table('orders', {
  orderKey: pipe(integer, primaryKey, named('o_orderkey')),
  custKey: pipe(integer, references(customer.custKey), named('o_custkey')),
  orderStatus: pipe(char(1), named('o_orderstatus')),
  totalPrice: pipe(numeric(9, 2), named('o_totalprice')),
  orderDate: pipe(date, named('o_orderdate')),
  orderPriority: pipe(varchar(15), named('o_orderpriority')),
  clerk: pipe(char(15), named('o_clerk')),
  shipPriority: pipe(integer, named('o_shippriority')),
  comment: pipe(varchar(79), named('o_comment')),
})

export const lineItem = table('lineitem', {
  orderKey: pipe(integer, primaryKey, references(orders.orderKey), named('l_orderkey')),
  partKey: pipe(integer, references(part.partKey), named('l_partkey')),
  suppKey: pipe(integer, references(supplier.suppKey), named('l_suppkey')),
  lineNumber: pipe(integer, primaryKey, named('l_linenumber')),
  quantity: pipe(numeric(4, 2), named('l_quantity')),
  extendedPrice: pipe(numeric(9, 2), named('l_extendedprice')),
  discount: pipe(numeric(3, 2), named('l_discount')),
  tax: pipe(numeric(3, 2), named('l_tax')),
  returnFlag: pipe(char(1), named('l_returnflag')),
  lineStatus: pipe(char(1), named('l_linestatus')),
  shipDate: pipe(date, named('l_shipdate')),
  commitDate: pipe(date, named('l_commitdate')),
  receiptDate: pipe(date, named('l_receiptdate')),
  shipInstruct: pipe(varchar(25), named('l_shipinstruct')),
  shipMode: pipe(varchar(10), named('l_shipmode')),
  comment: pipe(varchar(44), named('l_comment')),
})

export const tpch = schema({ region, nation, supplier, part, partSupplier, customer, orders, lineItem })

export type RegionRow = RowOf<typeof region>
export type NationRow = RowOf<typeof nation>
export type SupplierRow = RowOf<typeof supplier>
export type PartRow = RowOf<typeof part>
export type PartSupplierRow = RowOf<typeof partSupplier>
export type CustomerRow = RowOf<typeof customer>
export type OrderRow = RowOf<typeof orders>
export type LineItemRow = RowOf<typeof lineItem>

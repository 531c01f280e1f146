/**
 * The rows of the eight tables of TPC-H by the distributions of the public specification, the same on each run: about 60,000 line
 * items at a hundredth of the benchmark's smallest size.
 *
 * Two things are said more often than chance would say them at this size, so that no query's answer is empty: orders of more than
 * 300 pieces (query 18) and the parts that query 19 asks for.
 */
import type { Decimal } from '../../src/index.js'
import { type Random, random } from './random.js'
import type {
  CustomerRow,
  LineItemRow,
  NationRow,
  OrderRow,
  PartRow,
  PartSupplierRow,
  RegionRow,
  SupplierRow,
} from './tables.js'
import {
  colours,
  containers,
  nations,
  plainWords,
  priorities,
  regions,
  segments,
  shipInstructions,
  shipModes,
  types,
} from './words.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The rows of all tables. */
export interface Data {
  readonly region: ReadonlyArray<RegionRow>
  readonly nation: ReadonlyArray<NationRow>
  readonly supplier: ReadonlyArray<SupplierRow>
  readonly part: ReadonlyArray<PartRow>
  readonly partSupplier: ReadonlyArray<PartSupplierRow>
  readonly customer: ReadonlyArray<CustomerRow>
  readonly orders: ReadonlyArray<OrderRow>
  readonly lineItem: ReadonlyArray<LineItemRow>
}

/** How many rows there are; orders have four lines on average, and each part four of the suppliers. */
export interface Size {
  readonly suppliers: number
  readonly parts: number
  readonly customers: number
  readonly orders: number
}

/** A hundredth of the benchmark's smallest size. */
export const hundredth: Size = { suppliers: 100, parts: 2_000, customers: 1_500, orders: 15_000 }

// -------------------------------------------------------------------------------------
// words
// -------------------------------------------------------------------------------------

const numbered = (prefix: string, n: number): string => `${prefix}#${String(n).padStart(9, '0')}`

/** Cents as the decimal text of a numeric with two digits after the point. */
const money = (cents: number): Decimal => {
  const whole = Math.trunc(Math.abs(cents) / 100)
  // A sign, digits, a point and two digits.
  return `${cents < 0 ? '-' : ''}${whole}.${String(Math.abs(cents) % 100).padStart(2, '0')}` as Decimal
}

const day = (daysSince1970: number): string => new Date(daysSince1970 * 86_400_000).toISOString().slice(0, 10)
const daysOf = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000

const firstDay = daysOf('1992-01-01')
const lastDay = daysOf('1998-08-02')
/** What was received until then may have been returned. */
const currentDay = daysOf('1995-06-17')

const sentence = (r: Random, words: number): string =>
  Array.from({ length: words }, () => r.oneOf(plainWords))
    .join(' ')
    .slice(0, words * 11)

/** The country code is the nation's key and ten. */
const phone = (r: Random, nationKey: number): string =>
  `${nationKey + 10}-${r.between(100, 999)}-${r.between(100, 999)}-${r.between(1000, 9999)}`

const address = (r: Random): string => `${r.between(1, 999)} ${r.oneOf(colours)} ${r.oneOf(colours)} road`

// -------------------------------------------------------------------------------------
// tables
// -------------------------------------------------------------------------------------

const keys = (count: number): ReadonlyArray<number> => Array.from({ length: count }, (_, i) => i + 1)

const regionRows = (r: Random): ReadonlyArray<RegionRow> =>
  regions.map((name, regionKey) => ({ regionKey, name, comment: sentence(r, 8) }))

const nationRows = (r: Random): ReadonlyArray<NationRow> =>
  nations.map(([name, regionKey], nationKey) => ({ nationKey, name, regionKey, comment: sentence(r, 8) }))

const supplierRow = (r: Random, suppKey: number): SupplierRow => {
  const nationKey = r.between(0, 24)
  const comment = suppKey % 25 === 9 ? `${r.oneOf(plainWords)} Customer Complaints ${sentence(r, 3)}` : sentence(r, 6)
  return {
    suppKey,
    name: numbered('Supplier', suppKey),
    address: address(r),
    nationKey,
    phone: phone(r, nationKey),
    acctBal: money(r.between(-99_999, 999_999)),
    comment,
  }
}

const retailCents = (partKey: number): number => 90_000 + (Math.floor(partKey / 10) % 20_001) + 100 * (partKey % 1_000)

const fiveColours = (r: Random): string => {
  const chosen = new Set<string>()
  while (chosen.size < 5) chosen.add(r.oneOf(colours))
  return [...chosen].join(' ')
}

const partRow = (r: Random, partKey: number): PartRow => {
  const maker = r.between(1, 5)
  const asked = partKey % 40 === 7
  return {
    partKey,
    name: fiveColours(r),
    mfgr: `Manufacturer#${maker}`,
    brand: asked ? 'Brand#12' : `Brand#${maker}${r.between(1, 5)}`,
    type: types.map((words) => r.oneOf(words)).join(' '),
    size: asked ? r.between(1, 5) : r.between(1, 50),
    container: asked ? 'SM CASE' : containers.map((words) => r.oneOf(words)).join(' '),
    retailPrice: money(retailCents(partKey)),
    comment: r.oneOf(plainWords),
  }
}

/** The i-th of the four suppliers of a part. */
const supplierOf = ({ suppliers }: Size, partKey: number, i: number): number =>
  ((partKey + i * (suppliers / 4 + Math.floor((partKey - 1) / suppliers))) % suppliers) + 1

const partSupplierRows = (r: Random, size: Size, partKey: number): ReadonlyArray<PartSupplierRow> =>
  [0, 1, 2, 3].map((i) => ({
    partKey,
    suppKey: supplierOf(size, partKey, i),
    availQty: r.between(1, 9_999),
    supplyCost: money(r.between(100, 100_000)),
    comment: sentence(r, 10),
  }))

const customerRow = (r: Random, custKey: number): CustomerRow => {
  const nationKey = r.between(0, 24)
  return {
    custKey,
    name: numbered('Customer', custKey),
    address: address(r),
    nationKey,
    phone: phone(r, nationKey),
    acctBal: money(r.between(-99_999, 999_999)),
    mktSegment: r.oneOf(segments),
    comment: sentence(r, 8),
  }
}

interface Line {
  readonly row: LineItemRow
  /** The price with discount and tax, in ten-thousandths of a cent: what the order's total is made of. */
  readonly charge: number
}

interface Ordered {
  readonly orderKey: number
  readonly orderDay: number
  readonly bulk: boolean
}

const line = (r: Random, size: Size, { orderKey, orderDay, bulk }: Ordered, lineNumber: number): Line => {
  const partKey = r.between(1, size.parts)
  const quantity = bulk ? r.between(42, 50) : r.between(1, 50)
  const cents = quantity * retailCents(partKey)
  const [discount, tax] = [r.between(0, 10), r.between(0, 8)]
  const shipped = orderDay + r.between(1, 121)
  const received = shipped + r.between(1, 30)
  const row: LineItemRow = {
    orderKey,
    partKey,
    suppKey: supplierOf(size, partKey, r.between(0, 3)),
    lineNumber,
    quantity: money(quantity * 100),
    extendedPrice: money(cents),
    discount: money(discount),
    tax: money(tax),
    returnFlag: received <= currentDay ? r.oneOf(['R', 'A']) : 'N',
    lineStatus: shipped > currentDay ? 'O' : 'F',
    shipDate: day(shipped),
    commitDate: day(orderDay + r.between(30, 90)),
    receiptDate: day(received),
    shipInstruct: r.oneOf(shipInstructions),
    shipMode: r.oneOf(shipModes),
    comment: sentence(r, 3),
  }
  return { row, charge: cents * (100 - discount) * (100 + tax) }
}

const statusOf = (lines: ReadonlyArray<Line>): string => {
  if (lines.every(({ row }) => row.lineStatus === 'F')) return 'F'
  return lines.every(({ row }) => row.lineStatus === 'O') ? 'O' : 'P'
}

/** A third of the customers never orders. */
const buyer = (r: Random, { customers }: Size): number => {
  const custKey = r.between(1, customers)
  return custKey % 3 === 0 ? custKey - 1 : custKey
}

interface Placed {
  readonly row: OrderRow
  readonly lines: ReadonlyArray<Line>
}

const order = (r: Random, size: Size, orderKey: number): Placed => {
  const orderDay = r.between(firstDay, lastDay)
  const bulk = orderKey % 1_000 === 77
  const ordered = { orderKey, orderDay, bulk }
  const lines = keys(bulk ? 7 : r.between(1, 7)).map((n) => line(r, size, ordered, n))
  const row: OrderRow = {
    orderKey,
    custKey: buyer(r, size),
    orderStatus: statusOf(lines),
    totalPrice: money(Math.round(lines.reduce((total, { charge }) => total + charge, 0) / 10_000)),
    orderDate: day(orderDay),
    orderPriority: r.oneOf(priorities),
    clerk: numbered('Clerk', r.between(1, 10)),
    shipPriority: 0,
    comment: sentence(r, 7),
  }
  return { row, lines }
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/**
 * All rows. Each table has a seed of its own, so that a change to one leaves the others as they are; with the suppliers' each
 * nation that a query names has some.
 */
export const tpchData = (size: Size): Data => {
  const [part, partSupplier] = [random(4), random(5)]
  const [supplier, customer, orders] = [random(13), random(6), random(7)]
  const placed = keys(size.orders).map((key) => order(orders, size, key))
  return {
    region: regionRows(random(1)),
    nation: nationRows(random(2)),
    supplier: keys(size.suppliers).map((key) => supplierRow(supplier, key)),
    part: keys(size.parts).map((key) => partRow(part, key)),
    partSupplier: keys(size.parts).flatMap((key) => partSupplierRows(partSupplier, size, key)),
    customer: keys(size.customers).map((key) => customerRow(customer, key)),
    orders: placed.map(({ row }) => row),
    lineItem: placed.flatMap(({ lines }) => lines.map(({ row }) => row)),
  }
}

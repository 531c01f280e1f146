// Ways for a value of a column: everything that compares, chooses or keeps it.
import type { ColumnName } from '../inputs.js'
import { all, allRows, scratch } from '../tables.js'
import { R, ways, type Way } from './way.js'

const good: Readonly<Record<ColumnName, unknown>> = {
  text: 'ed',
  json: { a: 1 },
  integer: 7,
  smallint: 7,
  bigint: 7n,
  double: 0.5,
  numeric: '7.0000',
  binary: Uint8Array.of(1),
  date: '2020-02-29',
  time: '12:57:18.000000',
  timestamptz: '2012-10-15T12:57:18.000000Z',
  enumeration: 'user',
}

const t = all
const u = R.alias('u')(all)

/** Ways with an expression for what they give. */
const exprsOf = (name: ColumnName): ReadonlyArray<Way> => {
  const c = t[name]
  const g = good[name]
  const spec = { text: R.text, integer: R.integer, double: R.double, date: R.date }[name as string] ?? null
  const every = ways(
    'expr',
    false,
  )({
    eq: [g, (x) => R.eq(c, x), (x) => R.eq(x)(c)],
    ne: [g, (x) => R.ne(c, x)],
    isDistinctFrom: [g, (x) => R.isDistinctFrom(c, x)],
    isNotDistinctFrom: [g, (x) => R.isNotDistinctFrom(c, x)],
    inList: [g, (x) => R.inList([x, g])(c)],
    notInList: [g, (x) => R.notInList([x])(c)],
    coalesce: [g, (x) => R.coalesce(c, x)],
    caseWhen: [g, (x) => R.caseWhen(R.isNull(c), c)['otherwise']?.(x)],
    compareRows: [g, (x) => R.compareRows('eq', [c, t.id], [x, 1])],
    inRows: [g, (x) => R.inRows([c, t.id], [[x, 1]])],
    ...(spec === null ? {} : { literal: [g, (x) => R.literal(x, spec)] }),
  })
  const ordered = ways(
    'expr',
    false,
  )({
    lt: [g, (x) => R.lt(c, x)],
    lte: [g, (x) => R.lte(c, x)],
    gt: [g, (x) => R.gt(c, x)],
    gte: [g, (x) => R.gte(c, x)],
    between: [g, (x) => R.between(x, x)(c)],
    nullIf: [g, (x) => R.nullIf(c, x)],
    greatest: [g, (x) => R.greatest(c, x)],
    least: [g, (x) => R.least(c, x)],
    lag: [g, (x) => R.over({ orderBy: [t.id] })(R.lag(c, 1, x))],
    lead: [g, (x) => R.over({ orderBy: [t.id] })(R.lead(c, 1, x))],
  })
  const some = name === 'binary' ? ordered.filter((way) => !/^(greatest|least)/.test(way.name)) : ordered
  return name === 'json'
    ? every.filter((way) => !/^(eq|ne|is|inL|notIn|compare|inR)/.test(way.name))
    : [...every, ...some]
}

/** Ways with a query. */
const queriesOf = (name: ColumnName): ReadonlyArray<Way> => {
  const g = good[name]
  return name === 'json'
    ? []
    : ways(
        'query',
        false,
      )({
        whereEq: [g, (x) => R.whereEq({ [name]: x })(R.from(t))],
      })
}

const named =
  (name: ColumnName) =>
  (way: Way): Way => ({ ...way, name: `${way.name}@${name}` })

/** The ways of a value of this type. */
export const valueWays: Readonly<Record<ColumnName, ReadonlyArray<Way>>> = Object.fromEntries(
  (Object.keys(good) as ReadonlyArray<ColumnName>).map((name) => [
    name,
    [...exprsOf(name), ...queriesOf(name)].map(named(name)),
  ]),
) as unknown as Record<ColumnName, ReadonlyArray<Way>>

const first = (q: unknown) => R.select({ id: u['id'] })(q)

/** Ways of any value into the rows of a table, and out of what addresses them. */
export const rowWays: ReadonlyArray<Way> = [
  ...ways(
    'query',
    false,
  )({
    insertInto: [
      'ed',
      (x) => R.insertInto(scratch)({ id: 1, text: x }),
      (x) => R.insertInto(scratch)([{ id: 1, json: x }]),
    ],
    set: ['ed', (x) => R.everyRow(R.set({ text: x })(R.update(scratch)))],
    onConflictDoUpdate: [
      'ed',
      (x) => R.onConflictDoUpdate({ target: scratch.id, set: { text: x } })(R.insertInto(scratch)({ id: 1 })),
    ],
    values: ['ed', (x) => R.from(R.values('v', { c: R.text }, [{ c: x }]))],
    byKey: [1, (x) => R.byKey(t)({ id: x }), (x) => R.byKey(scratch)({ id: x })],
    given: [{ ...allRows[0] }, (x) => R.given(t, x)(R.where(R.eq(u['id'], t.id))(R.from(u)))],
  }),
  ...ways(
    'expr',
    false,
  )({
    containsRow: [1, (x) => R.containsRow(first(R.where(R.eq(u['id'], t.id))(R.from(u))), { id: x })],
    inList: [[1], (x) => R.inList(x)(t.id)],
    notInList: [[1], (x) => R.notInList(x)(t.id)],
    inRows: [[[1, 'ed']], (x) => R.inRows([t.id, t.text], x)],
    compareRows: [[1, 'ed'], (x) => R.compareRows('eq', [t.id, t.text], x)],
  }),
]

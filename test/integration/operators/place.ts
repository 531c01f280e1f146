// An expression in each place where one can stand: the statement, and what is to be read from its rows.
import { pipe } from 'fp-ts/lib/function.js'

import { plainOf, type SqlType } from '../../../src/expr/sql-type.js'
import {
  everyRow,
  alias,
  and,
  type AnyExpr,
  asc,
  between,
  count,
  eq,
  from,
  groupBy,
  gt,
  having,
  innerJoin,
  insertInto,
  isNotDistinctFrom,
  isNull,
  orderBy,
  select,
  set,
  subquery,
  update,
  where,
} from '../../../src/index.js'
import { isExprNode } from '../../../src/expr/node.js'
import { ordered } from '../../../src/interpret/value.js'
import type { Entry } from './entry.js'
import { bound, columns, resultColumn, rows, things } from './fixture.js'

/** A query, and the rows that it is to give, in order. */
export interface Asked {
  readonly query: object
  readonly rows: ReadonlyArray<unknown>
}

// What the types of the library see to is given up here: the catalogue has expressions of all types in one list.
const untyped = (a: unknown): never => a as never

export const typeOf = (e: AnyExpr): SqlType<unknown> => {
  const node: unknown = e
  if (!isExprNode(node)) throw new Error('no expression')
  return plainOf(node.type)
}

/** Documents and intervals are neither equal to anything nor before it. */
const isComparable = (entry: Entry): boolean => {
  const { _tag } = typeOf(entry.build(columns))
  return _tag !== 'Json' && _tag !== 'Interval' && _tag !== 'Array'
}

const key = (value: unknown): string =>
  value instanceof Uint8Array
    ? `bytes ${value.join()}`
    : JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? `${v}n` : v))

/** The different values, null among them. */
const different = (entry: Entry): ReadonlyArray<unknown> => [
  ...new Map(entry.values.map((value) => [key(value), value])).values(),
]

/** True where the expression has the value. */
const has = (entry: Entry, e: AnyExpr, value: unknown): AnyExpr => {
  if (value === null) return isNull(e)
  if (entry.loose && typeof value === 'number') {
    const margin = Math.abs(value) * 1e-9
    return untyped(between(value - margin, value + margin + 1e-300)(untyped(e)))
  }
  return untyped(isNotDistinctFrom(untyped(e), untyped(value)))
}

/** The values that a criterion can ask for. */
const askable = (entry: Entry): ReadonlyArray<unknown> =>
  isComparable(entry) ? different(entry) : different(entry).filter((value) => value === null)

const idsOf = (entry: Entry, value: unknown): ReadonlyArray<number> =>
  rows.filter((_, i) => key(entry.values[i]) === key(value)).map((row) => row.id)

/** Rows with each row a group of its own, for aggregates. */
const all = from(things)
const base = (entry: Entry): typeof all => (entry.kind === 'aggregate' ? untyped(pipe(all, groupBy(things.id))) : all)

export const inSelect = (entry: Entry): ReadonlyArray<Asked> => [
  {
    query: pipe(base(entry), orderBy(things.id), select({ v: entry.build(columns) })),
    rows: entry.values.map((v) => ({ v })),
  },
]

export const inWhere = (entry: Entry): ReadonlyArray<Asked> =>
  askable(entry).map((value) => ({
    query: pipe(all, where(untyped(has(entry, entry.build(columns), value))), orderBy(things.id), select(things.id)),
    rows: idsOf(entry, value),
  }))

export const inOrderBy = (entry: Entry): ReadonlyArray<Asked> => {
  const e = entry.build(columns)
  if (!isComparable(entry)) return []
  const compare = ordered(typeOf(e), 'asc', 'last')
  const sorted = rows
    .map((row, i) => ({ id: row.id, value: entry.values[i] ?? null }))
    .sort((a, b) => compare(a.value, b.value) || a.id - b.id)
  return [
    {
      query: pipe(base(entry), orderBy(asc(untyped(e)), things.id), select(things.id)),
      rows: sorted.map((row) => row.id),
    },
  ]
}

export const inHaving = (entry: Entry): ReadonlyArray<Asked> =>
  askable(entry).map((value) => ({
    query: pipe(
      all,
      groupBy(things.id),
      having(untyped(has(entry, entry.build(columns), value))),
      orderBy(things.id),
      select(things.id),
    ),
    rows: idsOf(entry, value),
  }))

const twin = pipe(things, alias('twin'))

export const inOn = (entry: Entry): ReadonlyArray<Asked> =>
  askable(entry).map((value) => ({
    query: pipe(
      from(twin),
      innerJoin(things, and(eq(things.id, twin.id), untyped(has(entry, entry.build(columns), value)))),
      orderBy(twin.id),
      select(twin.id),
    ),
    rows: idsOf(entry, value),
  }))

/** In no order: there is none that every type has. */
export const inGroupBy = (entry: Entry): ReadonlyArray<Asked> => {
  if (!isComparable(entry)) return []
  const e = entry.build(columns)
  return [
    {
      query: pipe(all, groupBy(e), select({ v: e, n: count() })),
      rows: different(entry).map((v) => ({ v, n: idsOf(entry, v).length })),
    },
  ]
}

export const inDerived = (entry: Entry): ReadonlyArray<Asked> => {
  // A table in all but its types.
  const inner: typeof things & { readonly v: AnyExpr } = untyped(
    pipe(base(entry), select({ id: things.id, v: entry.build(columns) }), subquery('inner')),
  )
  return [
    {
      query: pipe(from(inner), orderBy(inner.id), select({ v: inner.v })),
      rows: entry.values.map((v) => ({ v })),
    },
  ]
}

// -- writes -----------------------------------------------------------------------------------------------------------

/** A statement that writes, the column that it writes, and what is to stand there for each row. */
export interface Written {
  readonly statements: ReadonlyArray<object>
  readonly read: object
  readonly rows: ReadonlyArray<unknown>
}

/** Decimals take the scale of their column. */
const stored = (entry: Entry): ReadonlyArray<unknown> =>
  typeOf(entry.build(columns))._tag === 'Numeric'
    ? entry.values.map((v) => (typeof v === 'string' ? withScale(v, 4) : v))
    : entry.values

const withScale = (text: string, scale: number): string => {
  const [whole = '', fraction = ''] = text.split('.')
  return `${whole}.${fraction.padEnd(scale, '0')}`
}

export const inSet = (entry: Entry): Written | null => {
  const e = entry.build(columns)
  const column = resultColumn[typeOf(e)._tag]
  if (column === undefined) return null
  return {
    statements: [pipe(update(things), set(untyped({ [column]: e })), everyRow)],
    read: pipe(all, orderBy(things.id), select({ v: things[column] })),
    rows: stored(entry).map((v) => ({ v })),
  }
}

/** New rows whose one value is the expression over bound values: an INSERT has no rows to look at. */
export const inValues = (entry: Entry): Written | null => {
  const column = resultColumn[typeOf(entry.build(columns))._tag]
  if (column === undefined) return null
  return {
    statements: rows.map((row) => insertInto(things)(untyped({ id: row.id + 100, [column]: entry.build(bound(row)) }))),
    read: pipe(all, where(gt(things.id, 100)), orderBy(things.id), select({ v: things[column] })),
    rows: stored(entry).map((v) => ({ v })),
  }
}

/**
 * What random writes are made of: places for expressions, new values of columns, and what a write gives back.
 */
import * as fc from 'fast-check'

import type { ExprNode } from '../expr/node.js'
import * as node from '../expr/node.js'
import type { ProjectionNode } from '../expr/query-node.js'
import type { ColumnInfo, Source, TableInfo, TableSource } from '../expr/source.js'
import { columnsOf, type Context, type Maybe, rowContext, someOf, type World } from './context.js'
import { expression } from './expression.js'
import { type Family, familyOf, literalType } from './family.js'
import { columnValues } from './rows.js'
import { literalOf } from './value-generators.js'

// -------------------------------------------------------------------------------------
// places
// -------------------------------------------------------------------------------------

/** Deeper than any query goes, so that none stands here. */
export const noQueries = 9

/** A place whose queries ask other tables than the one that is written: what they say of that one differs from row to row. */
export const besides = (world: World, written: TableSource, sources: ReadonlyArray<Source>): Context => {
  const tables = world.tables.filter((t) => t.table.name !== written.table.name)
  return rowContext({ ...world, tables }, sources, [], tables.length === 0 ? noQueries : 0)
}

/** A place without queries. */
const alone = (world: World, sources: ReadonlyArray<Source>): Context => rowContext(world, sources, [], noQueries)

// -------------------------------------------------------------------------------------
// values
// -------------------------------------------------------------------------------------

/** A value of a column, by itself. */
export const given = (column: ColumnInfo): fc.Arbitrary<ExprNode> =>
  columnValues(column, undefined).map((v): ExprNode => node.value(v, column.type, column.nullable))

/** A new value of a column: text keeps to its length, and what cannot be null falls back on a literal. */
export const newValue = (context: Context, column: ColumnInfo): fc.Arbitrary<ExprNode> => {
  const family = familyOf(column.type)
  const own = given(column)
  // A column takes no number that it would round, and not every one that fits its digits.
  if (
    column.type._tag === 'Varchar' ||
    column.type._tag === 'Numeric' ||
    column.type.refinement !== null ||
    literalType[family] === null
  )
    return own
  const computed = expression(context, family, 2)
  const fallback = literalOf(family)
  if (computed === null || fallback === null) return own
  const there = column.nullable
    ? computed
    : fc.tuple(computed, fallback).map(([e, v]) => node.coalesce([e, v], column.type))
  return fc.oneof({ withCrossShrink: true }, own, there, there)
}

/** The keys of all columns that keys and foreign keys are made of. */
const keysIn = (table: TableInfo): ReadonlySet<string> =>
  new Set([
    ...table.primaryKey,
    ...table.uniques.flatMap((u) => u.columns),
    ...table.foreignKeys.flatMap((k) => k.columns),
    ...table.indexes.flatMap((i) =>
      i.unique ? i.parts.flatMap((p) => (p.expr._tag === 'Column' ? [p.expr.key] : [])) : [],
    ),
  ])

/** Columns that an update may change without meeting a key: engines ask for uniqueness row by row, or at the end. */
export const changeable = ({ table }: TableSource): ReadonlyArray<ColumnInfo> => {
  const keys = keysIn(table)
  return table.columns.filter((c) => !keys.has(c.key) && c.generated === null)
}

// -------------------------------------------------------------------------------------
// returning
// -------------------------------------------------------------------------------------

const families: ReadonlyArray<Family> = ['integer', 'text', 'boolean', 'double', 'date']

const one = (expr: ExprNode): ProjectionNode => ({ _tag: 'One', expr })

const record = (all: ReadonlyArray<ExprNode>): ProjectionNode => ({
  _tag: 'Record',
  fields: all.map((e, i) => ({ key: `c${i}`, projection: one(e) })),
})

/** The whole row, one of its columns, some of them, or expressions of it. */
export const returningOf = (world: World, source: TableSource): fc.Arbitrary<ProjectionNode | null> => {
  const columns = columnsOf(source)
  const context = alone(world, [source])
  const computed = someOf(families.map((family) => expression(context, family, 2)))
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 4, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constant<ProjectionNode>({ _tag: 'Whole', source }) },
    { weight: 1, arbitrary: fc.constantFrom(...columns).map(one) },
    { weight: 1, arbitrary: fc.subarray([...columns], { minLength: 1 }).map(record) },
    {
      weight: 1,
      arbitrary: fc
        .array(computed ?? fc.constantFrom<ExprNode>(...columns), { minLength: 1, maxLength: 3 })
        .map(record),
    },
  )
}

/** A criterion about these sources. */
export const criterionOf = (context: Context): Maybe<ExprNode> => expression(context, 'boolean', 2)

/**
 * GROUP BY: what a query is grouped by, and what its groups agree in.
 */
import * as fc from 'fast-check'

import type { ColumnNode, ExprNode } from '../expr/node.js'
import type { GroupingSets } from '../expr/query-node.js'
import type { Source } from '../expr/source.js'
import { columnsOf, type Context } from './context.js'
import { expression } from './expression.js'
import { comparables, type Family, isUnordered } from './family.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** An output that is asked for. */
export interface Field {
  readonly key: string
  readonly family: Family
}

/** What rows a query shall have: any, flat ones (with these outputs), or one value. */
export type Wanted =
  | { readonly _tag: 'Any' }
  | { readonly _tag: 'Flat'; readonly fields: ReadonlyArray<Field> | null }
  | { readonly _tag: 'One'; readonly family: Family }

// -------------------------------------------------------------------------------------
// groups
// -------------------------------------------------------------------------------------

/** Families that only an aggregate, or a column of a query with a name, gives. */
const aggregated: ReadonlyArray<Family> = ['count', 'numeric']

const needsGroups = (wanted: Wanted): boolean => {
  if (wanted._tag === 'One') return aggregated.includes(wanted.family)
  return wanted._tag === 'Flat' && wanted.fields !== null && wanted.fields.some((f) => aggregated.includes(f.family))
}

/** The primary key of a table; none of a query with a name. */
export const keyColumns = (source: Source): ReadonlyArray<ColumnNode> =>
  source._tag === 'TableSource' ? columnsOf(source).filter((c) => source.table.primaryKey.includes(c.key)) : []

/** What one groups by that is no column, with some chance for each family. */
const computed = (rows: Context): fc.Arbitrary<ReadonlyArray<ExprNode>> | null => {
  const all = comparables
    .filter((family) => !aggregated.includes(family))
    .flatMap((family) => expression(rows, family, 1) ?? [])
  return all.length === 0
    ? null
    : fc
        .oneof(...all)
        .filter((e) => e._tag !== 'Param')
        .map((e) => [e])
}

/** No groups, one group of all rows, groups of columns, of a table's primary key, or of any expression. */
export const groupsOf = (
  rows: Context,
  sources: ReadonlyArray<Source>,
  wanted: Wanted,
): fc.Arbitrary<ReadonlyArray<ExprNode> | null> => {
  const columns = rows.own.filter((e) => !isUnordered(e.type))
  const keys = sources.map(keyColumns).filter((key) => key.length > 0)
  const byColumns =
    columns.length === 0 ? null : fc.uniqueArray(fc.constantFrom(...columns), { minLength: 1, maxLength: 2 })
  const byKey = keys.length === 0 ? null : fc.constantFrom(...keys)
  const by = (weight: number, arbitrary: fc.Arbitrary<ReadonlyArray<ExprNode>> | null) =>
    arbitrary === null ? [] : [{ weight, arbitrary }]
  return fc.oneof(
    { withCrossShrink: true },
    ...(needsGroups(wanted) ? [] : [{ weight: 10, arbitrary: fc.constant(null) }]),
    { weight: 2, arbitrary: fc.constant<ReadonlyArray<ExprNode>>([]) },
    ...by(2, byColumns),
    ...by(1, byKey),
    ...by(1, computed(rows)),
  )
}

/** Now and then several groupings of what is grouped by. */
export const setsOf = (groups: ReadonlyArray<ExprNode> | null): fc.Arbitrary<GroupingSets | null> => {
  if (groups === null || groups.length === 0) return fc.constant(null)
  const set = fc.subarray(groups.map((_, at) => at))
  const sets = fc.uniqueArray(set, { minLength: 1, maxLength: 3, selector: (one) => one.join() })
  // What is grouped by is part of one grouping at least: nobody can say it otherwise.
  const left = (all: ReadonlyArray<ReadonlyArray<number>>): ReadonlyArray<number> =>
    groups.map((_, at) => at).filter((at) => !all.some((one) => one.includes(at)))
  return fc.option(
    sets.map((all) => ({ word: 'sets' as const, sets: left(all).length === 0 ? all : [...all, left(all)] })),
    { freq: 3 },
  )
}

/** What is grouped by in each of the groupings. */
export const inEach = (groups: ReadonlyArray<ExprNode>, sets: GroupingSets | null): ReadonlyArray<ExprNode> =>
  groups.filter((_, at) => sets === null || sets.sets.every((set) => set.includes(at)))

/** What groups agree in: what they are grouped by, and all columns of a table whose primary key is among that. */
export const agreed = (
  sources: ReadonlyArray<Source>,
  groups: ReadonlyArray<ExprNode>,
  sets: GroupingSets | null,
): ReadonlyArray<ExprNode> => {
  const all = inEach(groups, sets)
  const has = (c: ColumnNode): boolean =>
    all.some((e) => e._tag === 'Column' && e.of.name === c.of.name && e.key === c.key)
  const freed = sources.filter((source) => keyColumns(source).length > 0 && keyColumns(source).every(has))
  const said = (c: ColumnNode): boolean =>
    groups.some((e) => e._tag === 'Column' && e.of.name === c.of.name && e.key === c.key)
  return [...groups, ...freed.flatMap(columnsOf).filter((c) => !said(c))]
}

/**
 * Random inserts: rows of values and of expressions, the rows of a query, and what becomes of rows that are there.
 */
import * as fc from 'fast-check'

import { keysOfTable } from '../expr/conflict-key.js'
import { insertInto } from '../expr/insert.js'
import { filledIn } from '../expr/insert-rows.js'
import * as node from '../expr/node.js'
import type { ExprNode } from '../expr/node.js'
import { nodeOfQuery } from '../expr/query.js'
import {
  type Assignment,
  type Conflict,
  type ConflictTarget,
  type InsertNode,
  type InsertSource,
  noClauses,
  type WriteNode,
} from '../expr/query-node.js'
import type { ColumnInfo, Source, TableSource } from '../expr/source.js'
import { type AnyTable, tableOf } from '../expr/table.js'
import { columnsOf, type Context, type Maybe, rowContext, someOf, type World } from './context.js'
import { familyOf } from './family.js'
import { columnValues } from './rows.js'
import { besides, changeable, criterionOf, given, newValue, noQueries, returningOf } from './write-parts.js'

// -------------------------------------------------------------------------------------
// rows
// -------------------------------------------------------------------------------------

const mayBeLeftOut = (c: ColumnInfo): boolean =>
  c.nullable || c.autoIncrement || c.default !== null || c.serverDefault !== null

const stored = (source: TableSource): ReadonlyArray<ColumnInfo> =>
  source.table.columns.filter((c) => c.generated === null)

/** A row of which any column may be left out that can be. */
const rowOf = (
  source: TableSource,
  valueOf: (column: ColumnInfo) => fc.Arbitrary<unknown>,
): fc.Arbitrary<Readonly<Record<string, unknown>>> => {
  const columns = stored(source)
  const valuesOf = (some: ReadonlyArray<ColumnInfo>): Record<string, fc.Arbitrary<unknown>> =>
    Object.fromEntries(some.map((column) => [column.key, valueOf(column)]))
  return fc
    .tuple(
      fc.record(valuesOf(columns.filter((c) => !mayBeLeftOut(c)))),
      fc.record(valuesOf(columns.filter(mayBeLeftOut)), { requiredKeys: [] }),
    )
    .map(([needed, more]) => ({ ...needed, ...more }))
}

/** Rows of plain values, or of expressions that mention no row. */
const rowsOf = (world: World, source: TableSource): fc.Arbitrary<InsertNode> => {
  const nothing = besides(world, source, [])
  const computed = (column: ColumnInfo): fc.Arbitrary<unknown> =>
    column.primaryKey || column.autoIncrement ? given(column) : newValue(nothing, column)
  const row = fc.oneof(
    { withCrossShrink: true },
    { weight: 3, arbitrary: rowOf(source, (column) => columnValues(column, undefined)) },
    { weight: 1, arbitrary: rowOf(source, computed) },
  )
  return (
    fc
      .array(row, { minLength: 1, maxLength: 3 })
      // `insertInto` fills in the defaults, and gives an insert.
      .map((rows) => nodeOfQuery(insertInto(tableOf<AnyTable>(source))(rows)) as InsertNode)
  )
}

// -------------------------------------------------------------------------------------
// rows of a query
// -------------------------------------------------------------------------------------

/** A column of the other table that fits, or an expression of its row. */
const fitting = (context: Context, from: Source, column: ColumnInfo): fc.Arbitrary<ExprNode> => {
  const columns = columnsOf(from).filter((c) => c.type.id === column.type.id && (column.nullable || !c.nullable))
  return columns.length === 0
    ? newValue(context, column)
    : fc.oneof({ withCrossShrink: true }, fc.constantFrom<ExprNode>(...columns), newValue(context, column))
}

/**
 * The rows of a query of one table. Each has a key of its own, that of the table, so that it does not matter in which order they
 * come.
 */
const queriedOf = (world: World, source: TableSource): Maybe<InsertNode> => {
  const [key, ...more] = source.table.primaryKey
  const own = source.table.columns.find((c) => c.key === key)
  if (own === undefined || more.length > 0) return null
  const others = world.tables.flatMap((other) => {
    const from: TableSource = Object.freeze({ ...other, name: 'other' })
    const keys = columnsOf(from).filter((c) => other.table.primaryKey.includes(c.key))
    const [only] = keys
    return keys.length === 1 && only !== undefined && familyOf(only.type) === familyOf(own.type) ? [{ from, only }] : []
  })
  if (others.length === 0) return null
  return fc.constantFrom(...others).chain(({ from, only }) => {
    const context = rowContext(
      { ...world, tables: world.tables.filter((t) => t.table !== source.table) },
      [from],
      [],
      noQueries,
    )
    const columns = stored(source).filter((c) => c !== own)
    const value = (c: ColumnInfo): fc.Arbitrary<readonly [string, ExprNode]> =>
      fitting(context, from, c).map((e) => [c.key, e] as const)
    return fc
      .record({
        needed: fc.tuple(...columns.filter((c) => !mayBeLeftOut(c)).map(value)),
        more: fc.tuple(...columns.filter(mayBeLeftOut).map((c) => fc.option(value(c)))),
        where: fc.option(criterionOf(context) ?? fc.constant(null)),
        moved: fc.boolean(),
      })
      .map(({ needed, more: some, where, moved }): InsertNode => {
        const id =
          moved && familyOf(own.type) === 'integer' ? node.arithmetic('add', only, node.value(10, own.type)) : only
        const outputs = [[own.key, id] as const, ...needed, ...some.filter((o) => o !== null)]
        const keys = outputs.map(([k]) => k)
        const rows: InsertSource = {
          _tag: 'Query',
          columns: keys,
          query: {
            ...noClauses,
            from,
            where,
            select: {
              _tag: 'Record',
              fields: outputs.map(([k, expr]) => ({ key: k, projection: { _tag: 'One', expr } })),
            },
          },
          defaults: filledIn(source, keys),
        }
        return { _tag: 'Insert', into: source, source: rows, conflict: null, returning: null }
      })
  })
}

// -------------------------------------------------------------------------------------
// conflicts
// -------------------------------------------------------------------------------------

const targetsOf = ({ table }: TableSource): ReadonlyArray<ConflictTarget> =>
  keysOfTable(table).flatMap(
    ({ columns, index }): ReadonlyArray<ConflictTarget> =>
      columns === null ? [] : [{ _tag: 'Columns', columns, where: index?.where ?? null }],
  )

/** The columns of the new row that its insert gives. */
const excludedOf = (source: TableSource): { readonly source: Source; readonly columns: ReadonlyArray<ExprNode> } => {
  const excluded: TableSource = Object.freeze({ ...source, name: 'excluded', computed: [] })
  const known = source.table.columns.filter((c) => c.generated === null && c.serverDefault === null && !c.autoIncrement)
  return {
    source: excluded,
    columns: columnsOf(excluded).filter((c) => known.some(({ key }) => key === c.key)),
  }
}

const conflictOf = (world: World, source: TableSource): fc.Arbitrary<Conflict> => {
  const targets = targetsOf(source)
  const nothing = fc.constantFrom(null, ...targets).map((target): Conflict => ({ target, action: { _tag: 'Nothing' } }))
  const excluded = excludedOf(source)
  const place = besides(world, source, [source])
  const context: Context = { ...place, own: [...place.own, ...excluded.columns], made: new Map() }
  const ofExcluded = (column: ColumnInfo): Maybe<ExprNode> => {
    const own = excluded.columns.find((e) => e._tag === 'Column' && e.key === column.key)
    return own === undefined ? null : fc.constant(own)
  }
  const changes = [
    ...changeable(source).map((c) => ({ column: c, value: newValue(context, c) })),
    // What keys and references are made of: as the new row has it.
    ...source.table.columns.map((c) => ({
      column: c,
      value: c.primaryKey || c.generated !== null ? null : ofExcluded(c),
    })),
  ].flatMap(({ column, value }) =>
    value === null ? [] : [value.map((v): Assignment => ({ key: column.key, value: v }))],
  )
  if (changes.length === 0 || targets.length === 0) return nothing
  const update = fc
    .record({
      target: fc.constantFrom(...targets),
      set: fc.array(fc.oneof(...changes), { minLength: 1, maxLength: 3 }),
      where: fc.option(criterionOf(context) ?? fc.constant(null), { freq: 2 }),
    })
    .map(({ target, set, where }): Conflict => {
      const distinct = set.filter((a, i) => set.findIndex((b) => b.key === a.key) === i)
      return { target, action: { _tag: 'Update', set: distinct, where } }
    })
  return fc.oneof({ withCrossShrink: true }, { weight: 1, arbitrary: nothing }, { weight: 2, arbitrary: update })
}

/** Whether the order of a query's rows cannot matter: its keys are its own, and no other key can be met. */
const mayConflict = (insert: InsertNode): boolean =>
  insert.source._tag !== 'Query' || keysOfTable(insert.into.table).length === 1

/** Inserts into a table. */
export const insertOf = (world: World, source: TableSource): fc.Arbitrary<WriteNode> => {
  const rows = rowsOf(world, source)
  const inserts = someOf([rows, rows, rows, queriedOf(world, source)]) ?? rows
  return fc
    .tuple(inserts, fc.option(conflictOf(world, source), { freq: 2 }), returningOf(world, source))
    .map(([insert, conflict, returning]) => ({
      ...insert,
      conflict: mayConflict(insert) ? conflict : null,
      returning,
    }))
}

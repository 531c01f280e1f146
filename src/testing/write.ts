/**
 * `write(tables)`: random inserts, updates and deletes.
 */
import * as fc from 'fast-check'

import * as node from '../expr/node.js'
import type { ExprNode } from '../expr/node.js'
import { nodeOfQuery, query as queryOf, type Query } from '../expr/query.js'
import type { Assignment, InsertNode, ProjectionNode, WriteNode } from '../expr/query-node.js'
import { showStatement } from '../expr/show.js'
import type { ColumnInfo, TableSource } from '../expr/source.js'
import { type AnyTable, tableOf } from '../expr/table.js'
import { insertInto } from '../expr/insert.js'
import { columnsOf, type Context, type Maybe, rowContext, someOf } from './context.js'
import { expression } from './expression.js'
import { familyOf, literalType } from './family.js'
import { worldOf } from './query.js'
import { columnValues } from './rows.js'
import { showing } from './show.js'
import { literalOf } from './value-generators.js'

/** A write of which only the node is known: it can be run, and what it gives back is unknown. */
export type AnyClosedWrite = Query<unknown, never, never, never, 'insert' | 'update' | 'delete'>

// -------------------------------------------------------------------------------------
// insert
// -------------------------------------------------------------------------------------

const mayBeLeftOut = (column: ColumnInfo): boolean => column.nullable || column.autoIncrement || column.default !== null

const insertedRow = (source: TableSource): fc.Arbitrary<Readonly<Record<string, unknown>>> => {
  const [required, others] = [
    source.table.columns.filter((c) => !mayBeLeftOut(c)),
    source.table.columns.filter(mayBeLeftOut),
  ]
  const valuesOf = (columns: ReadonlyArray<ColumnInfo>): Record<string, fc.Arbitrary<unknown>> =>
    Object.fromEntries(columns.map((column) => [column.key, columnValues(column, undefined)]))
  return fc
    .tuple(fc.record(valuesOf(required)), fc.record(valuesOf(others), { requiredKeys: [] }))
    .map(([needed, more]) => ({ ...needed, ...more }))
}

const insertOf = (source: TableSource): fc.Arbitrary<WriteNode> =>
  fc
    .tuple(fc.array(insertedRow(source), { minLength: 1, maxLength: 3 }), returningOf(source))
    .map(([rows, returning]) => {
      // `insertInto` fills in the defaults, and gives an insert.
      const insert = nodeOfQuery(insertInto(tableOf<AnyTable>(source))(rows)) as InsertNode
      return { ...insert, returning }
    })

/** The whole row, one of its columns, or some of them. */
const returningOf = (source: TableSource): fc.Arbitrary<ProjectionNode | null> => {
  const columns = columnsOf(source)
  const one = (expr: ExprNode): ProjectionNode => ({ _tag: 'One', expr })
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 3, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constant<ProjectionNode>({ _tag: 'Whole', source }) },
    { weight: 1, arbitrary: fc.constantFrom(...columns).map(one) },
    {
      weight: 1,
      arbitrary: fc.subarray([...columns], { minLength: 1 }).map(
        (some): ProjectionNode => ({
          _tag: 'Record',
          fields: some.map((c, i) => ({ key: `c${i}`, projection: one(c) })),
        }),
      ),
    },
  )
}

// -------------------------------------------------------------------------------------
// update and delete
// -------------------------------------------------------------------------------------

/** A new value of a column: text keeps to its length, and what cannot be null falls back on a literal. */
const newValue = (context: Context, column: ColumnInfo): Maybe<ExprNode> => {
  const family = familyOf(column.type)
  const given = columnValues(column, undefined).map((v): ExprNode => node.value(v, column.type, column.nullable))
  if (column.type._tag === 'Varchar' || literalType[family] === null) return given
  const computed = expression(context, family, 2)
  const fallback = literalOf(family)
  if (computed === null || fallback === null) return given
  const there = column.nullable
    ? computed
    : fc.tuple(computed, fallback).map(([e, v]) => node.coalesce([e, v], column.type))
  return someOf([given, there, there])
}

/** Columns that an update may change without meeting a key: engines ask for uniqueness row by row, or at the end. */
const changeable = (source: TableSource): ReadonlyArray<ColumnInfo> =>
  source.table.columns.filter(
    (c) => !c.primaryKey && !c.unique && !source.table.foreignKeys.some((k) => k.columns.includes(c.key)),
  )

const updateOf = (context: Context, source: TableSource): Maybe<WriteNode> => {
  const changes = changeable(source).flatMap((column) => {
    const value = newValue(context, column)
    return value === null ? [] : [value.map((v): Assignment => ({ key: column.key, value: v }))]
  })
  const where = expression(context, 'boolean', 2) ?? fc.constant(null)
  return changes.length === 0
    ? null
    : fc
        .record({
          set: fc.tuple(...changes.map((change) => fc.option(change))),
          first: fc.oneof(...changes),
          where: fc.option(where),
          returning: returningOf(source),
        })
        .map(({ set, first, where: on, returning }): WriteNode => {
          const others = set.filter((a) => a !== null).filter((a) => a.key !== first.key)
          return {
            _tag: 'Update',
            table: source,
            using: [],
            set: [first, ...others],
            where: on,
            everyRow: on === null,
            returning,
          }
        })
}

const deleteOf = (context: Context, source: TableSource): fc.Arbitrary<WriteNode> =>
  fc.tuple(expression(context, 'boolean', 2) ?? fc.constant(null), returningOf(source)).map(
    ([where, returning]): WriteNode => ({
      _tag: 'Delete',
      from: source,
      using: [],
      where,
      everyRow: where === null,
      returning,
    }),
  )

/**
 * Random writes to the tables, well-typed and closed. Updates leave keys and references alone; inserts may meet a key that is
 * there, and deletes a row that others refer to.
 *
 * @param tables the tables to write to
 * @example
 * import * as fc from 'fast-check'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { autoIncrement, integer, nullable, primaryKey, table } from 'relvar'
 * import { apply, emptyTables } from 'relvar/memory'
 * import { write } from 'relvar/testing'
 *
 * const scores = table('scores', { id: pipe(integer, primaryKey, autoIncrement), points: pipe(integer, nullable) })
 * fc.assert(fc.property(write([scores]), (w) => apply(w)(emptyTables)._tag !== undefined), { numRuns: 20 })
 *
 * @category constructors
 * @since 0.1.0
 */
export const write = (tables: ReadonlyArray<AnyTable>): fc.Arbitrary<AnyClosedWrite> => {
  const world = worldOf(tables)
  return fc
    .constantFrom(...world.tables)
    .chain((source) => {
      const context = rowContext(world, [source], [], 0)
      return (
        someOf<WriteNode>([insertOf(source), deleteOf(context, source), updateOf(context, source)]) ?? insertOf(source)
      )
    })
    .map((w) =>
      showing(queryOf<unknown, never, never, never, 'insert' | 'update' | 'delete'>(w), () => showStatement(w)),
    )
}

/**
 * Sources that are neither tables nor plain queries: common table expressions, recursions that end, rows of values.
 */
import * as fc from 'fast-check'

import { recursion } from '../expr/cte.js'
import * as node from '../expr/node.js'
import type { ExprNode } from '../expr/node.js'
import { outputsOf } from '../expr/outputs.js'
import { type JoinNode, noClauses, type QueryNode } from '../expr/query-node.js'
import type { DerivedColumn, Source, TableSource, WorkingSource } from '../expr/source.js'
import { integerType } from '../expr/sql-type.js'
import { columnsOf, type Maybe, rowContext, type World } from './context.js'
import { expression } from './expression.js'
import { type Family, families, familyOf, isUnordered, literalType } from './family.js'
import { valuesOf } from './values.js'

/** A source that waits for its name. */
export type Named = (name: string) => Source

// -------------------------------------------------------------------------------------
// common table expressions
// -------------------------------------------------------------------------------------

const derived = (name: string, query: QueryNode, materialized: boolean | null): Source =>
  Object.freeze({
    _tag: 'DerivedSource',
    name,
    query,
    columns: outputsOf(query),
    cte: Object.freeze({ name, materialized }),
  })

const cteOf = (query: fc.Arbitrary<QueryNode>): fc.Arbitrary<Named> =>
  fc.tuple(query, fc.constantFrom(null, true, false)).map(
    ([q, materialized]): Named =>
      (name) =>
        derived(name, q, materialized),
  )

// -------------------------------------------------------------------------------------
// recursions
// -------------------------------------------------------------------------------------

const counter = 'step'

/** Whether a value can stand where the recursion has a column of this type. */
const alike = (column: DerivedColumn, e: ExprNode): boolean =>
  e.type._tag === column.type._tag || (column.type._tag === 'Text' && e.type._tag === 'Varchar')

/** What a step is made of before its own rows are known. */
interface Step {
  readonly table: TableSource
  readonly joined: boolean
  readonly on: number
  readonly picks: ReadonlyArray<number>
  readonly limited: boolean
}

const aliased = (table: TableSource): TableSource => Object.freeze({ ...table, name: 'next' })

const counted = (query: QueryNode): QueryNode =>
  query._tag !== 'Select' || query.select?._tag !== 'Record'
    ? query
    : {
        ...query,
        // A place in an order by all outputs is none in an order by all but one.
        keyset: query.distinct ? null : query.keyset,
        select: {
          _tag: 'Record',
          fields: [
            ...query.select.fields,
            { key: counter, projection: { _tag: 'One', expr: node.value(0, integerType) } },
          ],
        },
      }

const hasDocuments = (query: QueryNode): boolean =>
  outputsOf(query).some((o) => o.type._tag === 'Json' || o.type._tag === 'Interval')

const isCounted = (query: QueryNode): boolean => outputsOf(query).some((o) => o.key === counter)

/** The step: each output is a column of the step before or of the table; a counter grows until it is two. */
const stepOf =
  (step: Step, criterion: ExprNode | null) =>
  (self: WorkingSource): QueryNode => {
    const table = aliased(step.table)
    const own = columnsOf(self)
    const all = step.joined ? [...own, ...columnsOf(table)] : own
    const pairs = own.flatMap((a) =>
      columnsOf(table)
        .filter((b) => familyOf(a.type) === familyOf(b.type) && !isUnordered(a.type) && a.key !== counter)
        .map((b) => node.compare('eq', a, b)),
    )
    const on = pairs.length === 0 ? null : (pairs[step.on % pairs.length] ?? null)
    const join: JoinNode = { kind: on === null ? 'cross' : 'inner', source: table, on, lateral: false }
    const below = own.filter((c) => c.key === counter).map((c) => node.compare('lt', c, node.value(2, integerType)))
    const where = [...below, ...(criterion === null ? [] : [criterion])]
    const fields = self.columns.map((column, i) => {
      const same = own.filter((c) => c.key === column.key)
      const fitting = all.filter((c) => alike(column, c) && c.key !== counter && (column.nullable || !c.nullable))
      const picked = fitting[(step.picks[i] ?? 0) % Math.max(1, fitting.length)]
      const kept = same[0] ?? node.value(null, column.type, true)
      const expr = column.key === counter ? node.arithmetic('add', kept, node.value(1, integerType)) : (picked ?? kept)
      return { key: column.key, projection: { _tag: 'One', expr } as const }
    })
    return {
      ...noClauses,
      from: self,
      joins: step.joined ? [join] : [],
      where: where.length === 0 ? null : node.logic('and', where),
      select: { _tag: 'Record', fields },
    }
  }

/** Recursions that end: rows are told apart and come from few values, or they are counted. */
const recursionOf = (world: World, level: number, base: fc.Arbitrary<QueryNode>): fc.Arbitrary<Named> =>
  fc
    .record({
      base: fc.tuple(base, fc.boolean()).map(([q, counts]) => (counts || hasDocuments(q) ? counted(q) : q)),
      step: fc.record({
        table: fc.constantFrom(...world.tables),
        joined: fc.boolean(),
        on: fc.nat({ max: 20 }),
        picks: fc.array(fc.nat({ max: 20 }), { minLength: 8, maxLength: 8 }),
        limited: fc.boolean(),
      }),
    })
    .chain(({ base: first, step }) => {
      const rows = rowContext(world, step.joined ? [aliased(step.table)] : [], [], level + 1)
      const criterion: Maybe<ExprNode> = step.limited && step.joined ? expression(rows, 'boolean', 1) : null
      return (criterion ?? fc.constant(null)).map(
        (where): Named =>
          (name) =>
            // Rows that cannot be told apart and are not counted would never end: the base alone.
            hasDocuments(first) && !isCounted(first)
              ? derived(name, first, null)
              : recursion(name, first, stepOf(step, where), isCounted(first)),
      )
    })

// -------------------------------------------------------------------------------------
// values
// -------------------------------------------------------------------------------------

const columnsOfValues: fc.Arbitrary<ReadonlyArray<DerivedColumn>> = fc
  .array(fc.tuple(fc.constantFrom<Family>(...families.filter((f) => literalType[f] !== null)), fc.boolean()), {
    minLength: 1,
    maxLength: 3,
  })
  .map((all) =>
    all.map(([family, nullable], i) => ({ key: `v${i}`, type: literalType[family] ?? integerType, nullable })),
  )

const rowsOfValues: fc.Arbitrary<Named> = columnsOfValues.chain((columns) =>
  fc
    .array(
      fc.tuple(
        ...columns.map(({ type, nullable }) =>
          (nullable ? fc.option(valuesOf(type)) : valuesOf(type)).map((v) => node.value(v, type, nullable)),
        ),
      ),
      { maxLength: 3 },
    )
    .map(
      (rows): Named =>
        (name) =>
          Object.freeze({ _tag: 'ValuesSource', name, columns, rows }),
    ),
)

/** Such sources over a closed query, where there is one. */
export const namedRowsOf = (world: World, level: number, query: Maybe<QueryNode>): fc.Arbitrary<Named> =>
  query === null
    ? rowsOfValues
    : fc.oneof(
        { weight: 2, arbitrary: cteOf(query) },
        { weight: 2, arbitrary: recursionOf(world, level, query) },
        { weight: 1, arbitrary: rowsOfValues },
      )

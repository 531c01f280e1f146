/**
 * `query(tables)`: well-typed random queries, closed and of bounded size.
 */
import * as fc from 'fast-check'

import { type AnyQuery, nodeOfQuery, query as queryOf, type Query } from '../expr/query.js'
import { type Custom, formOfCustom } from '../expr/custom.js'
import * as node from '../expr/node.js'
import type { ColumnNode } from '../expr/node.js'
import type { JoinKind, OutputOrder, QueryNode, SetNode, SetOp } from '../expr/query-node.js'
import { showStatement } from '../expr/show.js'
import type { TableSource } from '../expr/source.js'
import { countType } from '../expr/sql-type.js'
import { type AnyTable, sourceOf } from '../expr/table.js'
import { code } from './code.js'
import { type Context, type Maybe, seenInside, type World } from './context.js'
import { comparables, type Family, families, literalType } from './family.js'
import type { Field } from './groups.js'
import { withIncludes } from './include.js'
import { selectOf } from './select.js'
import { showing } from './show.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What generated queries may use: all joins and includes, unless this says less. */
export interface QueryOptions {
  readonly joins?: ReadonlyArray<JoinKind>
  readonly includes?: boolean
  /** Expressions of your own that may stand in them: those without data, whose operands are of types without a codec. */
  readonly custom?: ReadonlyArray<Custom>
}

/** A query of which only the node is known: it can be run, and its rows are unknown. */
export type AnyClosedQuery = Query<unknown, never, never, never, 'select' | 'set'>

// -------------------------------------------------------------------------------------
// set operations
// -------------------------------------------------------------------------------------

const fieldsOf: fc.Arbitrary<ReadonlyArray<Field>> = fc
  .array(fc.constantFrom(...families.filter((family) => literalType[family] !== null)), { minLength: 1, maxLength: 3 })
  .map((all) => all.map((family, i) => ({ key: `c${i}`, family })))

const setOps: ReadonlyArray<SetOp> = ['union', 'unionAll', 'intersect', 'except', 'intersectAll', 'exceptAll']

/** An output of the same family, or of another one that it can be united with. */
const alike = (field: Field): fc.Arbitrary<Field> =>
  field.family === 'integer'
    ? fc.constantFrom<Family>('integer', 'integer', 'double').map((family) => ({ key: field.key, family }))
    : fc.constant(field)

/** A set operation whose sides name their outputs in orders of their own. */
const setOf = (
  world: World,
  level: number,
  outer: ReadonlyArray<ColumnNode>,
  fields: ReadonlyArray<Field>,
  depth: number,
): fc.Arbitrary<SetNode> => {
  const side: fc.Arbitrary<QueryNode> = fc
    .shuffledSubarray([...fields], { minLength: fields.length })
    .chain((own) => fc.tuple(...own.map(alike)))
    .chain((own) => selectOf(world, level, outer, { _tag: 'Flat', fields: own }, null))
  const left: fc.Arbitrary<QueryNode> =
    depth === 0
      ? side
      : fc.oneof({ weight: 3, arbitrary: side }, { weight: 1, arbitrary: setOf(world, level, outer, fields, 0) })
  const order: fc.Arbitrary<ReadonlyArray<OutputOrder>> = fc.tuple(
    ...fields.map(({ key }) =>
      fc.record({
        key: fc.constant(key),
        direction: fc.constantFrom('asc' as const, 'desc' as const),
        nulls: fc.constantFrom('last' as const, 'first' as const),
      }),
    ),
  )
  return fc
    .record({
      op: fc.constantFrom(...setOps),
      left,
      right: depth === 0 ? side : left,
      order: fc.option(order),
      limit: fc.option(fc.integer({ min: 1, max: 4 })),
    })
    .map(
      (drawn): SetNode => ({
        _tag: 'SetOperation',
        op: drawn.op,
        left: drawn.left,
        right: drawn.right,
        orderBy: drawn.order ?? [],
        limit: drawn.order === null || drawn.limit === null ? null : node.value(drawn.limit, countType),
        offset: null,
      }),
    )
}

// -------------------------------------------------------------------------------------
// queries inside queries
// -------------------------------------------------------------------------------------

const rowsInside = (context: Context): fc.Arbitrary<QueryNode> => {
  const { world, level } = context
  const outer = seenInside(context)
  return fc.oneof(
    { weight: 5, arbitrary: selectOf(world, level + 1, outer, { _tag: 'Any' }, null) },
    { weight: 1, arbitrary: fieldsOf.chain((fields) => setOf(world, level + 1, outer, fields, 0)) },
  )
}

/** Whether any query can give a value of the family: one that nobody can write is where some table has a column of it. */
const isEverywhere = (family: Family): boolean =>
  literalType[family] !== null || family === 'count' || family === 'numeric'

const columnInside = (context: Context, family: Family): Maybe<QueryNode> =>
  !comparables.includes(family) || !isEverywhere(family)
    ? null
    : selectOf(context.world, context.level + 1, seenInside(context), { _tag: 'One', family }, null)

/** One row at most: the first by its own value. */
const singleInside = (context: Context, family: Family): Maybe<QueryNode> =>
  !comparables.includes(family) || !isEverywhere(family)
    ? null
    : selectOf(context.world, context.level + 1, seenInside(context), { _tag: 'One', family }, null).map((q) =>
        q.select === null || q.select._tag !== 'One'
          ? q
          : {
              ...q,
              distinctOn: [],
              keyset: null,
              withTies: false,
              orderBy: [{ expr: q.select.expr, direction: 'asc' as const, nulls: 'last' as const }],
              limit: node.value(1, countType),
            },
      )

const flatOf = (world: World, level: number): fc.Arbitrary<QueryNode> =>
  fc.oneof(
    { weight: 5, arbitrary: selectOf(world, level, [], { _tag: 'Flat', fields: null }, null) },
    { weight: 1, arbitrary: fieldsOf.chain((fields) => setOf(world, level, [], fields, 0)) },
  )

// -------------------------------------------------------------------------------------
// queries
// -------------------------------------------------------------------------------------

const tableSources = (tables: ReadonlyArray<AnyTable>): ReadonlyArray<TableSource> =>
  tables.map((t) => {
    const source = sourceOf(t)
    if (source._tag !== 'TableSource') throw new TypeError(`"${source.name}" is a query with a name: give tables`)
    return source
  })

/** The world of the tables: what expressions need to know to hold queries. */
export const worldOf = (tables: ReadonlyArray<AnyTable>, options: QueryOptions = {}): World => {
  const sources = tableSources(tables)
  if (sources.length === 0) throw new TypeError('queries need a table to ask')
  return {
    tables: sources,
    joins: options.joins ?? ['inner', 'left', 'cross', 'right', 'full'],
    custom: (options.custom ?? []).map(formOfCustom).filter((form) => form !== null),
    rows: rowsInside,
    column: columnInside,
    single: singleInside,
  }
}

/**
 * Random queries over the tables, well-typed and closed: joins, subqueries, groups, set operations, includes. What has an order
 * has a total one, so that the rows are determined; a counterexample is shown as the code that makes it (`code`).
 *
 * @param tables the tables to ask; their foreign keys are where most joins go
 * @param options which joins to use, whether rows include relations, and expressions of your own
 * @example
 * import * as fc from 'fast-check'
 * import { isRight } from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { integer, primaryKey, table, varchar } from 'relvar'
 * import { emptyTables, interpret } from 'relvar/memory'
 * import { query } from 'relvar/testing'
 *
 * const users = table('users', { id: pipe(integer, primaryKey), name: varchar(20) })
 * fc.assert(fc.property(query([users]), (q) => isRight(interpret(q)(emptyTables))), { numRuns: 20 })
 *
 * @category constructors
 * @since 0.1.0
 */
export const query = (tables: ReadonlyArray<AnyTable>, options: QueryOptions = {}): fc.Arbitrary<AnyClosedQuery> => {
  const world = worldOf(tables, options)
  const select = selectOf(world, 0, [], { _tag: 'Any' }, flatOf(world, 1))
  const included =
    options.includes === false
      ? select
      : fc.oneof(
          { weight: 3, arbitrary: select },
          { weight: 1, arbitrary: select.chain((q) => withIncludes(world, 0, q)) },
        )
  return fc
    .oneof(
      { withCrossShrink: true },
      { weight: 7, arbitrary: included },
      { weight: 1, arbitrary: fieldsOf.chain((fields) => setOf(world, 0, [], fields, 1)) },
    )
    .map((q) => queryOf<unknown, never, never, never, 'select' | 'set'>(q))
    .map((q) => showing(q, () => code(q)))
}

/**
 * A query or a write as code in one line, as it stands in a message or a log; `code` gives what runs.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, gt, integer, table, where } from 'relvar'
 * import { show } from 'relvar/testing'
 *
 * const users = table('users', { age: integer })
 * assert.strictEqual(show(pipe(from(users), where(gt(users.age, 18)))), 'pipe(from(users), where(gt(users.age, 18)))')
 *
 * @category destructors
 * @since 0.1.0
 */
export const show = (q: AnyQuery): string => showStatement(nodeOfQuery(q))

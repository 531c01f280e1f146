/**
 * `interpret` and `evaluate`: the reference meaning of queries and expressions, over rows in memory.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import { illFormed } from '../compile/compile-error.js'
import { asked } from '../expr/asked.js'
import { visitExpr } from '../expr/children.js'
import type { Visitor } from '../expr/visitor.js'
import { type Expr, nodeOf } from '../expr/expr.js'
import { type ColumnNode, type ExprNode, isExprNode, type ParamNode } from '../expr/node.js'
import { type ClosedQuery, type Decode, type Query, statementOf } from '../expr/query.js'
import { isWrite, type QueryNode } from '../expr/query-node.js'
import { accept } from './accept.js'
import { checkExpr, checkStatement } from './check-statement.js'
import { counted, countersOf } from './counters.js'
import { notEvaluable, type Result } from './eval-error.js'
import { valueOf } from './expression.js'
import { readValue } from './refined.js'
import { allParams, type Bindings, type Clock, rowsOf, runOf } from './run.js'
import { bind } from './scope.js'
import { emptyTables, type Tables } from './tables.js'
import type { Row } from './value.js'

/** The rows of a query that may take numbers of sequences, and the tables that tell of it. */
export interface Counting {
  readonly tables: Tables
  readonly rows: ReadonlyArray<unknown>
}

/** As `interpret`, of a query that may count. */
export const interpretCounting =
  (query: QueryNode, bindings: Bindings, clock: Clock) =>
  (tables: Tables): Result<Counting> => {
    const counters = countersOf(tables)
    return pipe(
      checkStatement(query, bindings),
      E.chain(() => runOf(allParams(query), bindings, tables, clock, counters.next)),
      E.chain((run) => rowsOf(run, query, null)),
      E.map((rows) => ({ tables: counters.hasCounted() ? counted(tables, counters) : tables, rows })),
    )
  }

/**
 * The rows of a query over tables in memory: what every engine gives for the same rows.
 *
 * Rows come in the order that the query says; without one, in an order that nobody promises.
 *
 * @param q a query that leaves no table free
 * @param bindings values of the query's named parameters
 * @param clock what time it is, for `currentTimestamp` and `currentDate`
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, gt, integer, select, table, text, where } from 'relvar'
 * import { emptyTables, interpret, withRows } from 'relvar/memory'
 *
 * const users = table('users', { name: text, age: integer })
 * const grown = pipe(from(users), where(gt(users.age, 18)), select(users.name))
 * const names = pipe(
 *   emptyTables,
 *   withRows(users)([{ name: 'ed', age: 19 }, { name: 'wendy', age: 7 }]),
 *   E.chainW(interpret(grown)),
 * )
 * assert.deepStrictEqual(names, E.right(['ed']))
 *
 * @category destructors
 * @since 0.1.0
 */
export const interpret =
  <P, S extends string, O extends string, F extends string, K extends 'select' | 'set'>(
    q: Query<P, S, O, F, K> & ClosedQuery<F>,
    bindings: Bindings = {},
    clock: Clock = {},
  ) =>
  (tables: Tables): Result<ReadonlyArray<Decode<P, O>>> => {
    const statement = statementOf(q)
    if (statement?._tag === 'Text') return E.left(notEvaluable('raw SQL has no meaning in memory'))
    if (statement === null || isWrite(statement))
      return E.left(illFormed('interpret takes a query; a write is for apply'))
    return pipe(
      checkStatement(statement, bindings),
      E.chain(() => runOf(allParams(statement), bindings, tables, clock)),
      E.chain((run) => rowsOf(run, statement, null)),
      // The rows are made by the projection that P and O describe.
      E.map((rows) => rows as ReadonlyArray<Decode<P, O>>),
    )
  }

/** What stands below an expression: its columns, its parameters, and whether it is about more than one row. */
interface Below {
  readonly columns: ReadonlyArray<ColumnNode>
  readonly params: ReadonlyArray<ParamNode>
  readonly manyRows: boolean
}

const below = (node: ExprNode): Below => {
  const columns: Array<ColumnNode> = []
  const params: Array<ParamNode> = []
  let manyRows = false
  const visitor: Visitor = {
    expr: (e) => {
      if (e._tag === 'Column') columns.push(e)
      if (e._tag === 'Param') params.push(e)
      manyRows ||= e._tag === 'Aggregate'
      visitExpr(e, visitor)
    },
    query: () => void (manyRows = true),
  }
  visitor.expr(node)
  return { columns, params, manyRows }
}

/** The columns that the expression mentions, as the row has them. */
const rowFor = (columns: ReadonlyArray<ColumnNode>, row: object): Result<Row> => {
  const held = asked(() => new Map<string, unknown>(Object.entries(row)), new Map<string, unknown>())
  return pipe(
    columns,
    E.traverseArray((c) =>
      pipe(
        accept(c.type, true, `${c.of.name}.${c.key}`, held.get(c.key)),
        E.map((value) => [c.key, value] as const),
      ),
    ),
    E.map((entries) => Object.fromEntries(entries)),
  )
}

/**
 * The value of an expression for one row of the table that it mentions. A subquery or an aggregate is about more than one row:
 * `NotEvaluable`.
 *
 * Law: `evaluate(e)(row)` is what `select(e)` gives for that row, on every engine.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { concat, table, text } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * const users = table('users', { first: text, last: text })
 * const fullname = concat(users.first, ' ', users.last)
 * assert.deepStrictEqual(evaluate(fullname)({ first: 'Ed', last: 'Jones' }), E.right('Ed Jones'))
 *
 * @category destructors
 * @since 0.1.0
 */
export const evaluate =
  <A, S extends string, N extends string>(e: Expr<A, S, N>, clock: Clock = {}) =>
  (row: Readonly<Record<string, unknown>>): Result<A> => {
    const node = nodeOf(e)
    if (!isExprNode(node)) return E.left(illFormed('evaluate takes an expression'))
    const { columns, params, manyRows } = below(node)
    if (manyRows)
      return E.left(notEvaluable('an aggregate or a subquery is about more than one row: interpret a query'))
    const [source = null, ...others] = new Map(columns.map((c) => [c.of.name, c.of])).values()
    if (others.length > 0) return E.left(notEvaluable('the expression mentions two tables, and there is one row'))
    return pipe(
      checkExpr(source, node),
      E.chain(() => runOf(params, {}, emptyTables, clock)),
      E.chain((run) =>
        pipe(
          rowFor(columns, row),
          E.chain((values) => valueOf({ run, scope: bind(source?.name ?? '', values, null), group: null }, node)),
        ),
      ),
      // The value is made by the node that A describes; the row is there, so no source of N is absent.
      E.map((value) => readValue(node.type, value) as A),
    )
  }

/**
 * `compile`: from a value to the Load that runs it, for one dialect. Pure and total; cached by shape.
 */
import { type Either, isLeft, left, map as mapRight, right } from 'fp-ts/lib/Either.js'

import { type Ddl, isDdl } from '../expr/ddl-node.js'
import type { AnyQuery, ClosedQuery, Decode, Kind, Query } from '../expr/query.js'
import { statementOf as nodeOfStatement } from '../expr/query.js'
import { isWrite, type QueryNode, type StatementNode } from '../expr/query-node.js'
import { targetOfWrite } from '../expr/write-parts.js'
import type { Answer } from './answer.js'
import { type Bindings, noBindings } from './bind.js'
import { type CompileError, illFormed } from './compile-error.js'
import { ddlPlan } from './ddl.js'
import { loadOfSteps } from './ddl-step.js'
import type { Dialect } from './dialect.js'
import { evaluatedDdl, evaluatedLoad } from './evaluated.js'
import { insertLoad } from './insert-load.js'
import { type Load, map } from './load.js'
import type { LoadError } from './load-error.js'
import { namesProblem } from './named-rows.js'
import { readTemplate } from './read.js'
import { noTables, type TableSet } from './statement.js'
import { tableSetOf } from './table-set.js'
import { run } from './template.js'
import { textLoad } from './text-load.js'
import { writeLoad } from './write-load.js'

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/**
 * The Load of a query or write in a dialect: its statements with their parameters bound, and how their rows are read.
 *
 * Lefts: a `CompileError` where the dialect cannot say it or the query is not right, which never depends on a value;
 * `InvalidValue` where a value fits no column or a parameter has none.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { compile, eq, from, integer, sqliteDialect, table, where } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * const load = compile(sqliteDialect())(pipe(from(users), where(eq(users.id, 1))))
 * assert(E.isRight(load) && load.right._tag === 'Step')
 * assert.strictEqual(load.right.statement.sql, 'SELECT t0."id" FROM "users" AS t0 WHERE (t0."id" = ?)')
 *
 * @category constructors
 * @since 0.1.0
 */
export const compile =
  (dialect: Dialect) =>
  <P, S extends string, O extends string, F extends string, K extends Kind>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ): Either<CompileError | LoadError, Load<Answer<Decode<P, O>>>> =>
    // Rows are read by the plan of the same projection that `Decode` computes the row type from.
    loadOf(dialect, nodeOfStatement(query), noBindings) as Either<CompileError | LoadError, Load<Answer<Decode<P, O>>>>

/**
 * A statement with holes, compiled once: each run brings the values of its parameters by name.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, from, integer, param, prepare, sqliteDialect, table, where } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * const byId = prepare(sqliteDialect())(pipe(from(users), where(eq(users.id, param('id', integer)))))
 * assert(E.isRight(byId({ id: 3 })))
 * assert(E.isLeft(byId({})))
 *
 * @category constructors
 * @since 0.1.0
 */
export const prepare =
  (dialect: Dialect) =>
  <P, S extends string, O extends string, F extends string, K extends Kind>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ): ((values: Readonly<Record<string, unknown>>) => Either<CompileError | LoadError, Load<Answer<Decode<P, O>>>>) => {
    const node = nodeOfStatement(query)
    return (holes) =>
      // As in `compile`.
      loadOf(dialect, node, { ...noBindings, holes }) as Either<CompileError | LoadError, Load<Answer<Decode<P, O>>>>
  }

/**
 * The Load of DDL: its statements one after the other, in one transaction where the engine's DDL belongs to one.
 *
 * @example
 * import { compileDdl, createAll, integer, schema, sqliteDialect, table } from 'relvar'
 *
 * const blog = schema({ users: table('users', { id: integer }) })
 * assert.strictEqual(compileDdl(sqliteDialect())(createAll(blog))._tag, 'Right')
 *
 * @category constructors
 * @since 0.1.0
 */
export const compileDdl =
  (dialect: Dialect) =>
  (ddl: Ddl): Either<CompileError, Load<Answer<never>>> => {
    if (!isDdl(ddl)) return left(illFormed('this is no DDL value: createAll(schema) and dropAll(schema) are'))
    if (dialect.evaluates === true) return right(evaluatedDdl(ddl))
    const plan = ddlPlan(dialect, ddl)
    if (isLeft(plan)) return plan
    const { steps, rebuilds } = plan.right
    return right(loadOfSteps(steps, rebuilds ? 'rebuild' : dialect.features.transactionalDdl))
  }

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/**
 * The tables that a query or write reads and those that it writes, its includes' too.
 *
 * @example
 * import { from, integer, table, tablesOf } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * assert.deepStrictEqual(tablesOf(from(users)), { reads: [{ schema: null, name: 'users' }], writes: [] })
 *
 * @category destructors
 * @since 0.1.0
 */
export const tablesOf = (query: AnyQuery): TableSet => {
  const node = nodeOfStatement(query)
  return node === null ? noTables : tableSetOf(node)
}

// -------------------------------------------------------------------------------------
// internal
// -------------------------------------------------------------------------------------

/** The Load of a statement node with what its parameters are bound to. */
export const loadOf = (
  dialect: Dialect,
  node: StatementNode | null,
  bindings: Bindings,
): Either<CompileError | LoadError, Load<Answer<unknown>>> => {
  if (node === null)
    return left(illFormed('this is no query: queries are made by from(…), insertInto(…) and their like'))
  const view = writtenView(node)
  if (view !== null) return left(view)
  if (dialect.evaluates === true) return right(evaluatedLoad(node, bindings))
  switch (node._tag) {
    case 'Select':
    case 'SetOperation':
      return readLoad(dialect, node, bindings)
    case 'Insert':
      return insertLoad(dialect, node, bindings)
    case 'Text':
      return textLoad(dialect, node, bindings)
    case 'Update':
    case 'Delete':
      return writeLoad(dialect, node, bindings)
  }
}

/** A view is read: what is written to is the tables below it. */
const writtenView = (node: StatementNode): CompileError | null => {
  if (!isWrite(node) || node._tag === 'Text') return null
  const { table } = targetOfWrite(node)
  return table.view === null
    ? null
    : illFormed(`"${table.name}" is a view, and is read only: write to the tables below it`)
}

const readLoad = (
  dialect: Dialect,
  node: QueryNode,
  bindings: Bindings,
): Either<CompileError | LoadError, Load<Answer<unknown>>> => {
  const template = dialect.cache.get(node, () => readTemplate(dialect, node))
  if (isLeft(template)) return template
  const problem = template.right.named ? namesProblem(node) : null
  if (problem !== null) return left(problem)
  return mapRight(
    map(({ rows }: { readonly rows: ReadonlyArray<unknown> }) => ({ rows, affected: rows.length, keys: [] })),
  )(run(dialect, template.right, node, bindings, []))
}

/**
 * What can be asked of a Database with a query or write: its rows, one of them, their number, and what a write did.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

import type { Answer } from '../compile/answer.js'
import { noBindings } from '../compile/bind.js'
import { compileDdl, loadOf } from '../compile/compile.js'
import { type CompileError, illFormed } from '../compile/compile-error.js'
import type { Dialect } from '../compile/dialect.js'
import { hasTableLoad } from '../compile/has-table.js'
import { chain, done, type Load } from '../compile/load.js'
import { type LoadError, multipleRows, noRows } from '../compile/load-error.js'
import { type Ddl, isDdl } from '../expr/ddl-node.js'
import type { AnyExpr } from '../expr/expr.js'
import { type AnyQuery, type ClosedQuery, type Decode, type Kind, type Query, statementOf } from '../expr/query.js'
import type { QueryNode, StatementNode } from '../expr/query-node.js'
import type { TableInfo } from '../expr/source.js'
import { type AnyTable, isTable, tableInfo } from '../expr/table.js'
import type { DbError } from './error.js'
import { type EnginePlan, planLoad, type PlanOptions } from './engine-plan.js'
import { defect, fromCompileError } from './error-make.js'
import { check, checkDdl, type Linted, type Linting } from './linting.js'
import { counting } from '../relations/count-of.js'
import { atMostRows, existing } from './question.js'
import type { StreamOptions } from './stream.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The functions of a Database that take a query; `Db` has the same, to be given a Database later. */
export interface QueryMethods {
  /** All rows. */
  readonly all: <P, S extends string, O extends string, F extends string, K extends Kind>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ) => TaskEither<DbError, ReadonlyArray<Decode<P, O>>>
  /** The first row, where there is one. */
  readonly first: <P, S extends string, O extends string, F extends string, K extends Kind>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ) => TaskEither<DbError, O.Option<Decode<P, O>>>
  /** The only row; `NoRows` and `MultipleRows` where there is none and where there are more. */
  readonly one: <P, S extends string, O extends string, F extends string, K extends Kind>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ) => TaskEither<DbError, Decode<P, O>>
  /** The only row, where there is one; `MultipleRows` where there are more. */
  readonly oneOrNone: <P, S extends string, O extends string, F extends string, K extends Kind>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ) => TaskEither<DbError, O.Option<Decode<P, O>>>
  /** The value of a query that selects one expression and gives one row. */
  readonly scalar: <P extends AnyExpr, S extends string, O extends string, F extends string, K extends Kind>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ) => TaskEither<DbError, Decode<P, O>>
  /** The rows one after the other, while they come; each iteration asks anew. */
  readonly stream: <P, S extends string, O extends string, F extends string, K extends 'select' | 'set'>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
    options?: StreamOptions,
  ) => AsyncIterable<E.Either<DbError, Decode<P, O>>>
  /** The number of rows. */
  readonly count: <P, S extends string, O extends string, F extends string, K extends 'select' | 'set'>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ) => TaskEither<DbError, number>
  /** Whether there is a row. */
  readonly exists: <P, S extends string, O extends string, F extends string, K extends 'select' | 'set'>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ) => TaskEither<DbError, boolean>
  /** The engine's own plan of a query's first statement; a read can be analyzed, which runs it. */
  readonly plan: <P, S extends string, O extends string, F extends string, K extends Kind>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
    options?: PlanOptions,
  ) => TaskEither<DbError, EnginePlan>
  /** Whether a table or a view is there. */
  readonly hasTable: (table: AnyTable | string) => TaskEither<DbError, boolean>
  /** Rows, the number of rows that matched, and the keys that the database made. DDL gives none of these. */
  readonly execute: {
    // The query comes last: TypeScript prints the problem of the last overload alone.
    (ddl: Ddl): TaskEither<DbError, Answer<never>>
    <P, S extends string, O extends string, F extends string, K extends Kind>(
      query: Query<P, S, O, F, K> & ClosedQuery<F>,
    ): TaskEither<DbError, Answer<Decode<P, O>>>
  }
}

type Run = <A>(load: Load<A>) => TaskEither<DbError, A>

/** Reads the rows of a Load one after the other. */
type Streamed = (
  load: E.Either<DbError, Load<ReadonlyArray<unknown>>>,
  options: StreamOptions,
) => AsyncIterable<E.Either<DbError, unknown>>

type Compiled<A> = E.Either<CompileError | Linted | LoadError, Load<A>>

type Loaded<A> = E.Either<LoadError, Load<A>>

// -------------------------------------------------------------------------------------
// from an answer to what was asked
// -------------------------------------------------------------------------------------

type Finish<A> = (answer: Answer<unknown>, statement: string) => E.Either<LoadError, A>

const rowsOf: Finish<ReadonlyArray<unknown>> = ({ rows }) => E.right(rows)

const firstOf: Finish<O.Option<unknown>> = ({ rows }) => E.right(rows.length === 0 ? O.none : O.some(rows[0]))

const tooMany = (statement: string): LoadError =>
  multipleRows('one row was asked for and there are more: make the query narrower, or ask for the first', statement)

const none = (affected: number, statement: string): LoadError =>
  noRows(
    affected > 0
      ? 'one row was asked for, and the write gives none: returning(…) says what it gives'
      : 'one row was asked for and there is none',
    statement,
  )

const oneOf: Finish<unknown> = ({ rows, affected }, statement) => {
  if (rows.length === 1) return E.right(rows[0])
  return E.left(rows.length === 0 ? none(affected, statement) : tooMany(statement))
}

const oneOrNoneOf: Finish<O.Option<unknown>> = (answer, statement) =>
  answer.rows.length > 1 ? E.left(tooMany(statement)) : firstOf(answer, statement)

const existsOf: Finish<boolean> = ({ rows }) => E.right(rows.length > 0)

const answerOf: Finish<Answer<unknown>> = (answer) => E.right(answer)

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const notQuery = E.left(illFormed('this is no query: queries are made by from(…), insertInto(…) and their like'))

const compiled = <A>(dialect: Dialect, node: StatementNode | null, finish: Finish<A>): Compiled<A> => {
  const load = loadOf(dialect, node, noBindings)
  if (E.isLeft(load)) return load
  const statement = load.right._tag === 'Step' ? load.right.statement.sql : ''
  return chain((answer: Answer<unknown>): Loaded<A> => {
    const value = finish(answer, statement)
    return E.isLeft(value) ? value : E.right(done(value.right))
  })(load.right)
}

const made = <A>(make: () => Compiled<A>): E.Either<DbError, Load<A>> => {
  try {
    const load = make()
    return E.isRight(load) ? load : E.left(fromCompileError(load.left))
  } catch (thrown) {
    // a codec of the caller's threw while a value was encoded
    return E.left(defect(thrown))
  }
}

/** A query is compiled when the effect is made, once however often that is run. */
const asked = <A>(run: Run, make: () => Compiled<A>): TaskEither<DbError, A> => {
  const load = made(make)
  return E.isRight(load) ? run(load.right) : () => Promise.resolve(load)
}

/** A table that is known by its name alone; what is no name at all is the name of none. */
const nameAlone = (name: unknown): Pick<TableInfo, 'schema' | 'name' | 'view'> => ({
  schema: null,
  name: typeof name === 'string' ? name : '',
  view: null,
})

const isRead = (node: StatementNode | null): node is QueryNode =>
  node?._tag === 'Select' || node?._tag === 'SetOperation'

/** The methods of a Database that runs Loads by `run`; a linter looks at each query before. */
export const queryMethods = (dialect: Dialect, run: Run, linting: Linting | null, streamed: Streamed): QueryMethods => {
  /** What the linter does not let through; it looks at the query as its user wrote it. */
  const refusal = (node: StatementNode | null): Linted | null =>
    linting === null || node === null ? null : check(linting, node)
  const ask =
    <A>(finish: Finish<A>, rows: number | null) =>
    (query: AnyQuery): TaskEither<DbError, A> =>
      asked(run, () => {
        const node = statementOf(query)
        const refused = refusal(node)
        if (refused !== null) return E.left(refused)
        return compiled(dialect, node === null || rows === null ? node : atMostRows(node, rows), finish)
      })
  const about =
    <A>(finish: Finish<A>, question: (node: QueryNode) => StatementNode) =>
    (query: AnyQuery): TaskEither<DbError, A> =>
      asked(run, () => {
        const node = statementOf(query)
        const refused = refusal(node)
        if (refused !== null) return E.left(refused)
        return isRead(node) ? compiled(dialect, question(node), finish) : notQuery
      })
  const execute = (value: AnyQuery | Ddl): TaskEither<DbError, Answer<unknown>> =>
    isDdl(value)
      ? asked(run, () => {
          const refused = linting === null ? null : checkDdl(linting, value, dialect.name)
          return refused === null ? compileDdl(dialect)(value) : E.left(refused)
        })
      : ask(answerOf, null)(value)
  const stream = (query: AnyQuery, options: StreamOptions = {}): AsyncIterable<E.Either<DbError, unknown>> =>
    streamed(
      made(() => {
        const node = statementOf(query)
        const refused = refusal(node)
        if (refused !== null) return E.left(refused)
        return isRead(node) ? compiled(dialect, node, rowsOf) : notQuery
      }),
      options,
    )
  const methods = {
    stream,
    all: ask(rowsOf, null),
    first: ask(firstOf, 1),
    one: ask(oneOf, 2),
    oneOrNone: ask(oneOrNoneOf, 2),
    scalar: ask(oneOf, 2),
    count: about(oneOf, counting),
    exists: about(existsOf, existing),
    plan: (query: AnyQuery, options: PlanOptions = {}) =>
      asked(run, () => planLoad(dialect, statementOf(query), options)),
    hasTable: (table: AnyTable | string) =>
      asked(run, () => E.right(hasTableLoad(dialect, isTable(table) ? tableInfo(table) : nameAlone(table)))),
    execute,
  }
  // The rows of a query are read by the plan of the projection that `Decode` computes their type from, and each method gives
  // them as its `Finish` says.
  return methods as unknown as QueryMethods
}

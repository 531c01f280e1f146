// One engine with an empty database, and the few things that tests of the compiler do with it.
import * as E from 'fp-ts/lib/Either.js'

import type { Answer } from '../../src/compile/answer.js'
import { compile, compileDdl } from '../../src/compile/compile.js'
import type { CompileError } from '../../src/compile/compile-error.js'
import type { Load } from '../../src/compile/load.js'
import type { LoadError } from '../../src/compile/load-error.js'
import type { Statement } from '../../src/compile/statement.js'
import type { Database } from '../../src/effects/database.js'
import type { DbError, Refusal } from '../../src/effects/error.js'
import { createAll, dropAll } from '../../src/expr/ddl.js'
import type { Ddl } from '../../src/expr/ddl-node.js'
import type { AnyQuery, ClosedQuery, Decode, Kind, Query } from '../../src/expr/query.js'
import { schema } from '../../src/expr/schema.js'
import type { AnyTable } from '../../src/expr/table.js'
import type { Tables } from '../../src/interpret/tables.js'
import type { Engine } from './engines.js'
import { type Place, placeOf } from './places.js'

export type Failure = CompileError | LoadError | DbError | Refusal

/** A database of the test's own. What fails is thrown, but by those that say `outcome`. */
export interface World<Name extends Place['name'] = Engine['name']> {
  readonly engine: Name
  readonly db: Database
  /** What a database in memory holds; null of an engine's. */
  readonly tables: (() => Tables) | null
  readonly rows: <P, S extends string, O extends string, F extends string, K extends Kind>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ) => Promise<ReadonlyArray<Decode<P, O>>>
  readonly answer: <P, S extends string, O extends string, F extends string, K extends Kind>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ) => Promise<Answer<Decode<P, O>>>
  /** Of any query, also one that the types refuse. */
  readonly outcome: (query: AnyQuery) => Promise<E.Either<Failure, Answer<unknown>>>
  readonly ddl: (ddl: Ddl) => Promise<E.Either<Failure, unknown>>
  /** Makes the tables. */
  readonly create: (tables: Readonly<Record<string, AnyTable>>) => Promise<void>
  readonly drop: (tables: Readonly<Record<string, AnyTable>>) => Promise<void>
  readonly load: <A>(load: Load<A>) => Promise<E.Either<Failure, A>>
  /** The statements that were sent since this was last asked. */
  readonly sent: () => ReadonlyArray<Statement>
  readonly close: () => Promise<void>
}

/** What a Right holds; a Left is thrown with its message. */
export const must = <A>(outcome: E.Either<Failure, A>): A => {
  if (E.isRight(outcome)) return outcome.right
  const { left } = outcome
  const statement = 'statement' in left && left.statement !== null ? `\n${left.statement}` : ''
  throw new Error(`${left._tag}: ${left.message}${statement}`)
}

export const openWorld = async (engine: Engine): Promise<World> => worldAt(placeOf(engine), engine.name)

/** The same of any place, memory among them. */
export const openWorldAt = (place: Place): Promise<World<Place['name']>> => worldAt(place, place.name)

const worldAt = async <Name extends Place['name']>(place: Place, name: Name): Promise<World<Name>> => {
  const statements: Array<Statement> = []
  const opened = await place.open()
  const db = opened.db.having({
    middleware: (next) => (statement) => async () => {
      if (name !== 'memory') statements.push(statement)
      const outcome = await next(statement)()
      // What is refused in memory would not have been sent.
      if (name === 'memory' && E.isRight(outcome)) statements.push(statement)
      return outcome
    },
  })
  // In memory what cannot be compiled is found when it is evaluated.
  const load = async <A>(l: Load<A>): Promise<E.Either<Failure, A>> => {
    const outcome = await db.run(l)()
    return name === 'memory' && E.isLeft(outcome) && outcome.left._tag === 'Compile'
      ? E.left(outcome.left.error)
      : outcome
  }
  const outcome: World<Name>['outcome'] = async (query) => {
    // The types of the query are the caller's business here: what they refuse must be refused in words, too.
    const compiled = compile(db.dialect)(query as Query<unknown, never, never, never, Kind>)
    return E.isLeft(compiled) ? compiled : load(compiled.right)
  }
  const ddl: World<Name>['ddl'] = async (value) => {
    const compiled = compileDdl(db.dialect)(value)
    return E.isLeft(compiled) ? compiled : load(compiled.right)
  }
  const answer: World<Name>['answer'] = async (query) => {
    const compiled = compile(db.dialect)(query)
    return must(E.isLeft(compiled) ? compiled : await load(compiled.right))
  }
  return {
    engine: name,
    db,
    tables: opened.tables ?? null,
    answer,
    outcome,
    ddl,
    load,
    rows: async (query) => (await answer(query)).rows,
    create: async (tables) => void must(await ddl(createAll(schema(tables)))),
    drop: async (tables) => void must(await ddl(dropAll(schema(tables)))),
    sent: () => statements.splice(0),
    close: opened.close,
  }
}

/** The tag of a Left, or `Right`. */
export const tagOf = (outcome: E.Either<{ readonly _tag: string }, unknown>): string =>
  E.isRight(outcome) ? 'Right' : outcome.left._tag

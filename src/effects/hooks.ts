/**
 * What is done with a new connection before it is used: settings of one's own, functions of SQLite, checks.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

import type { Database, HeldDatabase } from './database.js'
import { type Connection, ended } from './driver.js'
import { dbError, defect } from './error-make.js'
import type { DbError } from './error.js'
import type { Forms } from './options.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

type Hook = (connection: Database) => TaskEither<unknown, unknown>

/** Programs that are run over a connection alone, before anybody else uses it. */
export interface Hooks {
  /** Run on each new connection. A Left ends the connection, and is the Left of the effect that waited for it. */
  readonly onConnect?: Hook
  /** Run on the first connection of all, before `onConnect`; where it fails, on the next one. */
  readonly onFirstConnect?: Hook
}

export const hookForms: Forms = { onConnect: 'function', onFirstConnect: 'function' }

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

const failure = (hook: string, error: unknown): DbError =>
  dbError('Connection', {
    message: `${hook} refused the connection`,
    statement: null,
    cause: error,
    phase: 'session',
    sent: 'no',
  })

/** Opens connections on which the hooks have run. `over` makes the Database of one connection. */
export const hooked = (
  { onConnect, onFirstConnect }: Hooks,
  connect: () => Promise<E.Either<DbError, Connection>>,
  over: (connection: Connection) => HeldDatabase,
): (() => Promise<E.Either<DbError, Connection>>) => {
  if (onConnect === undefined && onFirstConnect === undefined) return connect
  // those that open while the first hook runs wait for it; where it fails the next one is the first
  let first: Promise<boolean> | null = null
  const run = async (name: string, hook: Hook | undefined, connection: Connection, database: Database) => {
    if (hook === undefined) return null
    // a hook is user code: what it throws is its failure
    const done = await Promise.resolve()
      .then(() => hook(database)())
      .catch((thrown: unknown) => E.left(defect(thrown)))
    return E.isRight(done) && connection.alive() ? null : failure(name, E.isLeft(done) ? done.left : null)
  }
  const runFirst = async (connection: Connection, database: Database): Promise<DbError | null> => {
    while (first !== null) if (await first) return null
    const done = run('onFirstConnect', onFirstConnect, connection, database)
    first = done.then((problem) => problem === null)
    const problem = await done
    if (problem !== null) first = null
    return problem
  }
  return async () => {
    const opened = await connect()
    if (E.isLeft(opened)) return opened
    const connection = opened.right
    const database = over(connection)
    const problem = (await runFirst(connection, database)) ?? (await run('onConnect', onConnect, connection, database))
    await database.release()
    if (problem === null) return opened
    await ended(connection)
    return E.left(problem)
  }
}

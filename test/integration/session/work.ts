// A database with the tables of a schema, empty for each test, and a record of the statements that change rows.
import * as E from 'fp-ts/lib/Either.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { type AnySchema, createAll, type Database, type Middleware } from 'relvar'
import type { OpenPlace, Place } from '../../support/places.js'

/** The Right of an effect; a Left fails the test with all that it says. */
export const right = async <A>(effect: TaskEither<unknown, A>): Promise<A> => {
  const outcome = await effect()
  if (E.isLeft(outcome))
    throw new Error(JSON.stringify(outcome.left, (_, v) => (typeof v === 'bigint' ? String(v) : v)))
  return outcome.right
}

/** The tag of a Left, or `Right`. */
export const tag = async (effect: TaskEither<{ readonly _tag: string }, unknown>): Promise<string> => {
  const outcome = await effect()
  return E.isLeft(outcome) ? outcome.left._tag : 'Right'
}

export interface Recorded {
  readonly db: Database
  /** The statements since the last call, the first word of each: `INSERT users`, `BEGIN`. */
  readonly sent: () => ReadonlyArray<string>
}

/** The same database, with a record of what is sent. */
export const recording = (db: Database): Recorded => {
  const log: Array<string> = []
  const middleware: Middleware = (next) => (statement) => {
    const { meaning, sql } = statement
    const [verb = ''] = meaning?._tag === 'Statement' ? [meaning.node._tag.toUpperCase()] : sql.split(' ')
    log.push([verb, ...statement.tables.writes.map((table) => table.name)].join(' '))
    return next(statement)
  }
  return { db: db.having({ middleware }), sent: () => log.splice(0) }
}

/** Opens a database and makes the tables. */
export const prepared = async (open: Place['open'], all: AnySchema): Promise<OpenPlace> => {
  const opened = await open()
  await right(opened.db.execute(createAll(all)))
  return opened
}

/**
 * What is sent, as data: an event a statement, for whoever logs, counts or measures.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { DialectName } from '../compile/dialect.js'
import { type Reply, shownParameters, type Statement, type TableSet, type Wire } from '../compile/statement.js'
import type { DbError } from './error.js'
import type { Middleware, Sending } from './middleware.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What a statement is to its transaction; `setting`: something else that relvar sends by itself. */
export type EventKind =
  | 'statement'
  | 'begin'
  | 'commit'
  | 'rollback'
  | 'savepoint'
  | 'rollback to savepoint'
  | 'release savepoint'
  | 'setting'

/** One statement, after its answer. */
export interface StatementEvent {
  readonly kind: EventKind
  readonly sql: string
  /** The parameters of each run, most often one; null where they are hidden. In place of a secret one stands a text that says so. */
  readonly parameters: ReadonlyArray<ReadonlyArray<Wire>> | null
  /** How often it was run: more than once for rows that SQLite is given one after the other. */
  readonly runs: number
  /** The tables that it reads and writes. */
  readonly tables: TableSet
  /** When it was sent, in milliseconds since 1970. */
  readonly at: number
  /** How long its answer took, in milliseconds. */
  readonly ms: number
  /** How many rows came back, and how many were written; 0 after an error. */
  readonly rows: number
  readonly affected: number
  /** What it ended with instead of an answer. */
  readonly error: DbError | null
  /** The number of its connection, which no other one of this process has. */
  readonly connection: number
  /** How many transactions are around it: 0 outside of any. BEGIN and COMMIT are in theirs. */
  readonly depth: number
  readonly engine: DialectName | 'memory'
}

/** What is done with an event. What it throws ends the effect with a `Defect`. */
export type Listener = (event: StatementEvent) => void

/** What events hold. */
export interface ListeningOptions {
  /** Whether the values of parameters are left out: true. Those of `secret` columns always are. */
  readonly hideParameters?: boolean
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const kinds: ReadonlyArray<readonly [RegExp, EventKind]> = [
  [/^(BEGIN|START TRANSACTION)/, 'begin'],
  [/^COMMIT/, 'commit'],
  [/^ROLLBACK TO/, 'rollback to savepoint'],
  [/^ROLLBACK/, 'rollback'],
  [/^SAVEPOINT/, 'savepoint'],
  [/^RELEASE/, 'release savepoint'],
]

/** What a statement is to its transaction. */
export const kindOf = ({ sql, text }: Pick<Statement, 'sql' | 'text'>): EventKind =>
  text === 'control' ? (kinds.find(([pattern]) => pattern.test(sql))?.[1] ?? 'setting') : 'statement'

/** A value on its way to a database, as text. */
export const showWire = (value: Wire): string => {
  if (value instanceof Uint8Array) return `<${value.length} bytes>`
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
}

/** How many rows came back, and how many were written. */
export const countsOf = ({ rows, affected, answer }: Reply): Pick<StatementEvent, 'rows' | 'affected'> =>
  answer === undefined ? { rows: rows.length, affected } : { rows: answer.rows.length, affected: answer.affected }

interface Told {
  readonly statement: Statement
  readonly outcome: E.Either<DbError, Reply>
  readonly at: number
  readonly ms: number
  readonly on: Sending
}

const eventOf = ({ statement, outcome, at, ms, on }: Told, hideParameters: boolean): StatementEvent => ({
  kind: kindOf(statement),
  sql: statement.sql,
  parameters: hideParameters ? null : shownParameters(statement),
  runs: statement.sets?.count ?? 1,
  tables: statement.tables,
  at,
  ms,
  ...(E.isLeft(outcome) ? { rows: 0, affected: 0 } : countsOf(outcome.right)),
  error: E.isLeft(outcome) ? outcome.left : null,
  connection: on.connection,
  depth: on.within?.depth ?? 0,
  engine: on.engine,
})

/**
 * Tells a listener of each statement after its answer, BEGIN, COMMIT and savepoints among them. Of a stream it tells that it was
 * opened. What the pool does for itself (a ping, a reset) is no effect's, and no event.
 *
 * @param listener what it throws ends the effect with a `Defect`: of a COMMIT the outcome is unknown then
 *
 * @example
 * import { Db, from, integer, listening, table, withMiddleware } from 'relvar'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const events: Array<string> = []
 * const db = withMiddleware(listening(({ kind, error }) => events.push(`${kind} ${error?.code}`)))(sqlite('sqlite::memory:'))
 * await Db.all(from(table('notes', { id: integer })))(db)()
 * assert.deepStrictEqual(events, ['statement RV901'])
 * await db.close()()
 *
 * @category constructors
 * @since 0.1.0
 */
export const listening =
  (listener: Listener, { hideParameters = true }: ListeningOptions = {}): Middleware =>
  (next, on) =>
  (statement) =>
  async () => {
    const at = Date.now()
    const since = performance.now()
    const outcome = await next(statement)()
    listener(eventOf({ statement, outcome, at, ms: performance.now() - since, on }, hideParameters))
    return outcome
  }

/**
 * Tells a listener of each statement whose answer took so long, in milliseconds: as `listening` does.
 *
 * @param ms from how many milliseconds on; a number from 0
 * @throws TypeError where `ms` is none.
 * @example
 * import { slowQueries, withMiddleware } from 'relvar'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const watched = withMiddleware(slowQueries(200, ({ sql, ms }) => console.warn(`${ms} ms: ${sql}`)))(sqlite('sqlite::memory:'))
 * assert.strictEqual(watched.depth, 0)
 *
 * @category constructors
 * @since 0.1.0
 */
export const slowQueries = (ms: number, listener: Listener, options: ListeningOptions = {}): Middleware => {
  if (typeof ms !== 'number' || !(ms >= 0))
    throw new TypeError('slowQueries: the time must be a number of milliseconds')
  return listening((event) => {
    if (event.ms >= ms) listener(event)
  }, options)
}

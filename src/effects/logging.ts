/**
 * Events in a log: what console, pino and their like take.
 */
import { listening, type ListeningOptions, showWire, type StatementEvent } from './events.js'
import type { Middleware } from './middleware.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A log, such as console or one of pino: fields, and a sentence for people. */
export interface Logger {
  readonly debug: (fields: LogFields, message: string) => void
  readonly error: (fields: LogFields, message: string) => void
}

/** What is logged of a statement. All of it is text and numbers. */
export interface LogFields {
  readonly sql: string
  readonly kind: StatementEvent['kind']
  readonly ms: number
  readonly rows: number
  readonly affected: number
  readonly connection: number
  readonly depth: number
  /** The parameters of each run, where they are not hidden. */
  readonly parameters?: ReadonlyArray<string>
  /** The code and the tag of what it ended with. */
  readonly code?: string
  readonly error?: string
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const fieldsOf = ({
  sql,
  kind,
  ms,
  rows,
  affected,
  connection,
  depth,
  parameters,
  error,
}: StatementEvent): LogFields => ({
  sql,
  kind,
  ms,
  rows,
  affected,
  connection,
  depth,
  ...(parameters === null ? {} : { parameters: parameters.map((run) => run.map(showWire).join(', ')) }),
  ...(error === null ? {} : { code: error.code, error: error._tag }),
})

/**
 * Logs each statement, BEGIN and COMMIT included: at `debug`, and at `error` where it failed. The fields of an error are its code
 * and its tag; its message is the sentence.
 *
 * @param logger console, a logger of pino, or any record of these two functions; what it throws ends the effect with a `Defect`
 *
 * @example
 * import { Db, from, integer, logging, table, withMiddleware } from 'relvar'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const lines: Array<string> = []
 * const logger = { debug: () => undefined, error: (fields: { code?: string }, message: string) => lines.push(`${fields.code} ${message}`) }
 * const db = withMiddleware(logging(logger))(sqlite('sqlite::memory:'))
 * await Db.all(from(table('notes', { id: integer })))(db)()
 * assert.match(lines.join(), /^RV901 SQLite refused the statement/)
 * await db.close()()
 *
 * @category constructors
 * @since 0.1.0
 */
export const logging = (logger: Logger, options: ListeningOptions = {}): Middleware =>
  listening((event) => {
    const { error, ms } = event
    if (error === null) logger.debug(fieldsOf(event), `${event.kind}, ${ms.toFixed(2)} ms`)
    else logger.error(fieldsOf(event), error.message)
  }, options)

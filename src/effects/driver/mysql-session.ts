/**
 * A session of MySQL or MariaDB over one connection of mysql2. Values go by `execute` (the prepared protocol), never by
 * mysql2's own text interpolation; only fixed text of relvar's goes by `query`.
 *
 * mysql2 sends a JS number as DOUBLE and a bigint as a string. Both are wrong for an integer: MariaDB then scans the table
 * for `id in (?, ?)` instead of using the index, and gives text for `coalesce(?, n)`. So a bigint of relvar's goes as BIGINT
 * and a number as DOUBLE, which mysql2's typed parameters can say.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Connection as MysqlConnection } from 'mysql2'

import type { RawRow, Reply, Statement, Wire } from '../../compile/statement.js'
import { control } from '../../compile/statement.js'
import { classifyMysql } from '../classify/mysql.js'
import { numberOf } from '../classify/context.js'
import { after, atMost } from '../deadline.js'
import type { Connection, Cursor, Isolation, Limits } from '../driver.js'
import { dbError } from '../error-make.js'
import type { DbError } from '../error.js'
import { exchange, lostBefore } from './exchange.js'
import { implicitCommit, wouldCommit } from './mysql-commit.js'
import { type Listener, openMysqlCursor, stillReading } from './mysql-cursor.js'
import { affectedByRows, noRows } from './reply.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

export interface MysqlConnect {
  readonly host: string
  readonly port: number
  readonly socketPath: string | undefined
  readonly user: string | undefined
  readonly password: string | undefined
  readonly database: string | undefined
  readonly ssl: { readonly [option: string]: unknown } | undefined
  readonly connectTimeoutMs: number
  readonly statementTimeoutMs: number
  readonly preparedStatements: number
  readonly hideParameters: boolean
  readonly isolation: Isolation | null
}

/** mysql2's typed parameters, as far as they are used. */
export interface Typed {
  readonly LONGLONG: { (value: bigint): unknown; readonly unsigned: (value: bigint) => unknown }
  readonly DOUBLE: (value: number) => unknown
}

/** What a session needs of what opened it. */
export interface Around {
  /** Ends the statement of a thread over a connection of its own. */
  readonly kill: (threadId: number) => Promise<void>
  /** Gives a session its settings, also when it is made anew; what is wrong, or null. */
  readonly setUp: (send: Connection['send'], deadline: number) => Promise<DbError | null>
}

/** What mysql2 answers with where there are no rows. */
interface Header {
  readonly affectedRows: number
  readonly insertId: number | string
  readonly serverStatus: number
}

/** The parts of mysql2's connection that are used; its declared overloads don't say that any result may come. */
interface Inside {
  readonly threadId: number
  readonly stream: { readonly destroy: () => void }
  readonly execute: (
    query: { readonly sql: string; readonly rowsAsArray: true },
    values: ReadonlyArray<unknown>,
    done?: Done,
  ) => { readonly on: (event: 'fields' | 'result' | 'error' | 'end', listener: (what: unknown) => void) => void }
  readonly pause: () => void
  readonly resume: () => void
  readonly query: (query: { readonly sql: string; readonly rowsAsArray: true }, done: Done) => void
  readonly unprepare: (query: { readonly sql: string; readonly rowsAsArray: true }) => void
  readonly changeUser: (options: object, done: (error: unknown) => void) => void
  readonly end: (done: () => void) => void
}

type Done = (error: unknown, result: unknown, fields: unknown) => void

/** SERVER_STATUS_IN_TRANS of the protocol. */
const inTransactionFlag = 1

/** How long a polite end may take, in milliseconds. */
const politeMs = 500

/** Changes nothing, and is answered with the session's status. */
const askStatus = control('DO 0')

/** What a new login of a session is called in errors. */
const changeUser = control('CHANGE USER')

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const largest = 2n ** 63n - 1n

/** `inColumns`: a number may go as mysql2 likes it, which costs a third of saying that it is a DOUBLE. */
const toBound =
  (typed: Typed, inColumns: boolean) =>
  (value: Wire): unknown => {
    switch (typeof value) {
      case 'bigint':
        return value > largest ? typed.LONGLONG.unsigned(value) : typed.LONGLONG(value)
      case 'number':
        return inColumns ? value : typed.DOUBLE(value)
      case 'object':
        return value === null ? null : Buffer.from(value.buffer, value.byteOffset, value.byteLength)
      default:
        return value
    }
  }

const isHeader = (result: unknown): result is Header =>
  typeof result === 'object' && result !== null && !Array.isArray(result) && 'affectedRows' in result

/** CALL answers with several results; the last one is a header. */
const headerOf = (result: unknown): Header | null =>
  isHeader(result) ? result : Array.isArray(result) && isHeader(result.at(-1)) ? result.at(-1) : null

const isFatal = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'fatal' in error && error.fatal === true

/** What the columns are called; CALL tells the columns of each of its results. */
const namesOf = (fields: unknown): ReadonlyArray<string> => {
  if (!Array.isArray(fields)) return []
  const [first]: ReadonlyArray<unknown> = fields
  // mysql2 gives a list of the definitions of columns, or a list of such lists
  const own = (Array.isArray(first) ? first : fields) as ReadonlyArray<{ readonly name: string } | undefined>
  return own.flatMap((field) => (field === undefined ? [] : [field.name]))
}

/** KILL makes SLEEP, BENCHMARK and user locks give a value that means nothing; what was written was written. */
const wholeOf =
  ({ text }: Statement) =>
  ({ affected }: Reply): boolean =>
    affected > 0 || text === 'control'

const closedWhile = ({ sql }: Statement): E.Either<DbError, never> =>
  E.left(
    dbError('Connection', {
      message: 'the connection was closed while the statement ran',
      statement: sql,
      cause: null,
      phase: 'statement',
      sent: 'maybe',
    }),
  )

const toReply = (statement: Statement, result: unknown, fields: unknown): Reply => {
  const header = headerOf(result)
  if (header === result && header !== null) {
    const insertId = BigInt(header.insertId)
    return { rows: noRows, affected: header.affectedRows, insertId: insertId === 0n ? null : insertId }
  }
  // rowsAsArray was asked for; of several results the first is given
  const rows = (header === null ? result : (result as ReadonlyArray<unknown>)[0]) as ReadonlyArray<RawRow>
  const reply = { rows, affected: header?.affectedRows ?? affectedByRows(statement, rows), insertId: null }
  return statement.text === 'once' ? { ...reply, names: namesOf(fields) } : reply
}

/**
 * mysql2 makes code of the names of a result's columns, also where rows are arrays, and closes the connection on one that is
 * called `__proto__`. Relvar reads by position, so the name may as well be another.
 */
const withoutProto = (fields: unknown): void => {
  if (!Array.isArray(fields)) return
  for (const field of fields as ReadonlyArray<{ name: string }>) if (field.name === '__proto__') field.name = 'proto'
}

/** Makes a Connection of a mysql2 connection that is connected. */
export const makeMysqlSession = (
  client: MysqlConnection,
  server: string,
  typed: Typed,
  options: MysqlConnect,
  { kill, setUp }: Around,
): Connection => {
  // the fields of Inside are those of mysql2 3.24; the integration tests of this file use each of them
  const inside = client as unknown as Inside
  const classify = classifyMysql(server)
  const bound = toBound(typed, false)
  const boundInColumns = toBound(typed, true)
  let alive = true
  let open = false
  // asked to stop because it is closed
  let stopping = false
  let busy = false

  let lost: unknown = null
  let reading: ((error: unknown) => void) | null = null

  client.on('error', (error: unknown) => {
    alive = false
    lost = lost ?? error
    // a command without a callback is not told
    reading?.(error)
  })
  client.on('end', () => {
    alive = false
  })

  const cut = (): void => {
    alive = false
    inside.stream.destroy()
  }

  const failure = (error: unknown, statement: Statement): DbError => {
    const found = classify(error, {
      statement: statement.sql,
      phase: 'statement',
      sent: 'maybe',
      hideParameters: options.hideParameters,
    })
    // mysql2 closes a connection whose protocol it lost track of, and says so with `fatal`
    if (found._tag === 'Connection' || isFatal(error)) cut()
    return found
  }

  const start = (statement: Statement, done: Done): void => {
    const query = { sql: statement.sql, rowsAsArray: true } as const
    if (statement.text === 'control') return inside.query(query, done)
    const once = statement.text === 'once'
    const command = inside.execute(
      query,
      statement.parameters.map(statement.inColumns === true ? boundInColumns : bound),
      (error, result, fields) => {
        // 1295: this command has no prepared form; without values the text alone says the same
        if (numberOf(error, 'errno') === 1295 && statement.parameters.length === 0) return inside.query(query, done)
        if (once && alive && error === null) inside.unprepare(query)
        done(error, result, fields)
      },
    )
    command.on('fields', withoutProto)
  }

  const once = (statement: Statement, limits: Limits): Promise<E.Either<DbError, Reply>> =>
    exchange(limits, {
      statement: statement.sql,
      timeoutMs: options.statementTimeoutMs,
      stop: () => kill(inside.threadId),
      cut,
      whole: wholeOf(statement),
      start: (settle) =>
        start(statement, (error, result, fields) => {
          if (error !== null && error !== undefined) return settle(E.left(failure(error, statement)))
          const header = headerOf(result)
          if (header !== null) open = (header.serverStatus & inTransactionFlag) !== 0
          const reply = toReply(statement, result, fields)
          settle(stopping && !wholeOf(statement)(reply) ? closedWhile(statement) : E.right(reply))
        }),
    })

  const send = async (statement: Statement, limits: Limits): Promise<E.Either<DbError, Reply>> => {
    if (!alive) return lostBefore(statement.sql, lost)
    if (reading !== null) return E.left(stillReading(statement))
    if (open && wouldCommit(statement)) return E.left(implicitCommit(server, statement))
    busy = true
    const outcome = await once(statement, limits)
    // an error packet does not tell whether the transaction survived: a deadlock ends it, a lock timeout may
    if (open && alive && E.isLeft(outcome) && statement !== askStatus) {
      const status = await once(askStatus, { signal: null, deadline: after(politeMs) })
      if (E.isLeft(status)) cut()
    }
    busy = false
    return outcome
  }

  /** Sends a statement whose rows are told one by one. */
  const startRows =
    (statement: Statement) =>
    ({ row, end }: Listener): void => {
      busy = true
      const over = (error: DbError | null): void => {
        if (reading === null) return
        reading = null
        busy = false
        end(error)
      }
      reading = (error) => over(failure(error, statement))
      const command = inside.execute({ sql: statement.sql, rowsAsArray: true }, statement.parameters.map(bound))
      command.on('fields', withoutProto)
      // rowsAsArray was asked for
      command.on('result', (one) => row(one as RawRow))
      command.on('error', (error) => reading?.(error))
      command.on('end', () => over(null))
    }

  const openCursor = (statement: Statement): E.Either<DbError, Cursor> =>
    alive
      ? E.right(
          openMysqlCursor({
            start: startRows(statement),
            pause: () => inside.pause(),
            resume: () => inside.resume(),
            kill: () => kill(inside.threadId),
            cut,
            alive: () => alive,
            limited: (limits, begin) =>
              exchange(limits, {
                statement: statement.sql,
                timeoutMs: options.statementTimeoutMs,
                stop: () => kill(inside.threadId),
                cut,
                whole: () => false,
                start: begin,
              }),
          }),
        )
      : lostBefore(statement.sql, lost)

  // COM_RESET_CONNECTION would leave the database and the roles as they are; a login as the same user takes all, and mysql2 forgets
  // what it has prepared.
  const loginAnew = (deadline: number): Promise<E.Either<DbError, Reply>> =>
    exchange(
      { signal: null, deadline },
      {
        statement: changeUser.sql,
        timeoutMs: options.connectTimeoutMs,
        // nothing on the server can be stopped: it is cut
        stop: () => Promise.resolve(),
        cut,
        whole: () => true,
        start: (settle) =>
          inside.changeUser({}, (error) => {
            if (error !== null && error !== undefined) return settle(E.left(failure(error, changeUser)))
            open = false
            settle(E.right({ rows: noRows, affected: 0, insertId: null }))
          }),
      },
    )

  const reset = async (): Promise<E.Either<DbError, void>> => {
    if (!alive) return lostBefore(changeUser.sql, lost)
    const deadline = after(options.connectTimeoutMs)
    busy = true
    const done = await loginAnew(deadline)
    busy = false
    if (E.isLeft(done)) return done
    const wrong = await setUp(send, deadline)
    return wrong === null ? E.right(undefined) : E.left(wrong)
  }

  const close = async (): Promise<void> => {
    const polite = alive && !busy
    // cutting alone would leave the statement, and its locks, running on the server
    stopping = alive && busy
    alive = false
    if (stopping) await atMost(politeMs, kill(inside.threadId))
    if (polite) await atMost(politeMs, new Promise<void>((resolve) => inside.end(resolve)))
    inside.stream.destroy()
  }

  return { send, open: openCursor, reset, inTransaction: () => open, alive: () => alive, close }
}

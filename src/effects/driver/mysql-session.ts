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
import { after, atMost, remaining } from '../deadline.js'
import { type Connection, type Cursor, type Isolation, type Limits, unlimited } from '../driver.js'
import type { DbError } from '../error.js'
import { exchange, lostBefore } from './exchange.js'
import type { Kill } from './mysql-kill.js'
import { implicitCommit, wouldCommit } from './mysql-commit.js'
import { type Listener, openMysqlCursor, stillReading } from './mysql-cursor.js'
import { closedWhile, headerOf, isFatal, toReply, wholeOf, withoutProto } from './mysql-reply.js'
import { noRows } from './reply.js'
import { isLarger, requestTooLarge, resultTooLarge, smallRequest } from './sizes.js'

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
  readonly lockTimeoutMs: number | null
  /** Of MariaDB alone. */
  readonly idleInTransactionMs: number | null
  readonly preparedStatements: number
  readonly maxResultBytes: number
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
  readonly kill: Kill
  /** Gives a session its settings, also when it is made anew; what is wrong, or null. */
  readonly setUp: (send: Connection['send'], deadline: number) => Promise<DbError | null>
  /** Takes the server's own limit of time off the session, and sets it again. */
  readonly limitOff: Statement
  readonly limitOn: Statement
}

/** The parts of mysql2's connection that are used; its declared overloads don't say that any result may come. */
interface Inside {
  readonly threadId: number
  readonly stream: {
    readonly destroy: () => void
    readonly on: (event: 'data', listener: (chunk: { readonly length: number }) => void) => void
  }
  /** What it keeps prepared; cleared, the server is told to forget them. */
  readonly _statements: { readonly clear: () => void }
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

const askLargest = control('SELECT @@max_allowed_packet')

/** The server keeps as many prepared statements as it is allowed to, of all sessions together. */
const noneCanBePrepared = (outcome: E.Either<DbError, Reply>): boolean =>
  E.isLeft(outcome) && outcome.left._tag === 'ResourceLimit' && numberOf(outcome.left.cause, 'errno') === 1461

/** How long after the deadline of all a session may still be asked for its status, in milliseconds. */
const statusMs = 600

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

/** Makes a Connection of a mysql2 connection that is connected. */
export const makeMysqlSession = (
  client: MysqlConnection,
  server: string,
  typed: Typed,
  options: MysqlConnect,
  { kill, setUp, limitOff, limitOn }: Around,
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

  const since = performance.now()
  // ended by this side, not by the network
  let ours = false

  const cut = (): void => {
    alive = false
    ours = true
    inside.stream.destroy()
  }

  let received = 0
  let onTooLarge: (() => void) | null = null
  inside.stream.on('data', ({ length }) => {
    received += length
    if (received > options.maxResultBytes) onTooLarge?.()
  })

  /** Ends the session, and then says why, where more comes than is taken. */
  const watchSize = (statement: Statement, tell: (error: DbError) => void): void => {
    received = 0
    onTooLarge = () => {
      onTooLarge = null
      cut()
      tell(resultTooLarge(statement, options.maxResultBytes))
    }
  }

  const failure = (error: unknown, statement: Statement): DbError => {
    const found = classify(error, {
      statement: statement.sql,
      phase: 'statement',
      sent: 'maybe',
      hideParameters: options.hideParameters || statement.secrets !== undefined,
    })
    // (an error of the network has a negative number, one of mysql2's none)
    const unheard = found._tag === 'Connection' && (numberOf(error, 'errno') ?? 0) <= 0
    if (unheard && !ours) void kill.session(inside.threadId, performance.now() - since)
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
      stop: () => kill.statement(inside.threadId),
      cut,
      whole: wholeOf(statement),
      start: (settle) => {
        watchSize(statement, (error) => settle(E.left(error)))
        start(statement, (error, result, fields) => {
          onTooLarge = null
          if (error !== null && error !== undefined) return settle(E.left(failure(error, statement)))
          const header = headerOf(result)
          if (header !== null) open = (header.serverStatus & inTransactionFlag) !== 0
          const reply = toReply(statement, result, fields)
          settle(stopping && !wholeOf(statement)(reply) ? closedWhile(statement) : E.right(reply))
        })
      },
    })

  let largest: number | null = null

  /** Why a request is not sent: the server would end the session, having read or ignored the half of it. */
  const refusedSize = async (statement: Statement, limits: Limits): Promise<DbError | null> => {
    if (!isLarger(statement, smallRequest)) return null
    if (largest === null) {
      const said = await once(askLargest, limits)
      if (E.isLeft(said)) return said.left
      largest = Number(said.right.rows[0]?.[0])
    }
    // what the protocol adds: a head, and the length of each value
    const room = largest - 1_024 - 10 * statement.parameters.length
    return isLarger(statement, room) ? requestTooLarge(server, statement, largest) : null
  }

  const sized = async (statement: Statement, limits: Limits): Promise<E.Either<DbError, Reply>> => {
    const refused = await refusedSize(statement, limits)
    if (refused !== null) return E.left(refused)
    const outcome = await once(statement, limits)
    if (!noneCanBePrepared(outcome) || !alive) return outcome
    // others keep too many: those of this session make room
    inside._statements.clear()
    return once(statement, limits)
  }

  const send = async (statement: Statement, limits: Limits): Promise<E.Either<DbError, Reply>> => {
    if (!alive) return lostBefore(statement.sql, lost)
    if (reading !== null) return E.left(stillReading(statement))
    if (open && wouldCommit(statement)) return E.left(implicitCommit(server, statement))
    busy = true
    const outcome = await sized(statement, limits)
    // an error packet does not tell whether the transaction survived: a deadlock ends it, a lock timeout may
    if (open && alive && E.isLeft(outcome) && statement !== askStatus) {
      // (nothing of it outlasts the deadline of all by much)
      const waitMs = Math.max(Math.min(politeMs, remaining(limits.deadline + statusMs)), 1)
      const status = await atMost(waitMs, once(askStatus, unlimited))
      if (status === undefined || E.isLeft(status)) cut()
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
        onTooLarge = null
        busy = false
        end(error)
      }
      reading = (error) => over(failure(error, statement))
      watchSize(statement, over)
      const command = inside.execute({ sql: statement.sql, rowsAsArray: true }, statement.parameters.map(bound))
      command.on('fields', withoutProto)
      command.on('result', (one) => {
        received = 0
        // rowsAsArray was asked for
        row(one as RawRow)
      })
      command.on('error', (error) => reading?.(error))
      command.on('end', () => over(null))
    }

  const rowsOf = (statement: Statement): Cursor =>
    openMysqlCursor({
      start: startRows(statement),
      pause: () => inside.pause(),
      resume: () => inside.resume(),
      kill: () => kill.statement(inside.threadId),
      cut,
      alive: () => alive,
      limited: (limits, begin) =>
        exchange(limits, {
          statement: statement.sql,
          timeoutMs: options.statementTimeoutMs,
          stop: () => kill.statement(inside.threadId),
          cut,
          whole: () => false,
          start: begin,
        }),
    })

  // the statement of a stream runs for as long as its rows are read: each fetch has its time, and the whole has none
  const openCursor = async (statement: Statement, limits: Limits): Promise<E.Either<DbError, Cursor>> => {
    const off = await send(limitOff, limits)
    if (E.isLeft(off)) return off
    const cursor = rowsOf(statement)
    const close = async (): Promise<void> => {
      await cursor.close()
      if (!alive) return
      const on = await send(limitOn, { signal: null, deadline: after(politeMs) })
      if (E.isLeft(on)) cut()
    }
    return E.right({ ...cursor, close })
  }

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
    ours = true
    if (stopping) await atMost(politeMs, kill.statement(inside.threadId))
    if (polite) await atMost(politeMs, new Promise<void>((resolve) => inside.end(resolve)))
    inside.stream.destroy()
  }

  return { send, open: openCursor, reset, inTransaction: () => open, alive: () => alive, close }
}

/**
 * A session of PostgreSQL over one Client of pg: every value as text, statements of a known shape prepared by name.
 */
import { connect as openSocket } from 'node:net'
import * as E from 'fp-ts/lib/Either.js'
import type { Client, QueryArrayResult } from 'pg'

import { control, type RawRow, type Reply, type Statement } from '../../compile/statement.js'
import { textOf } from '../classify/context.js'
import { classifyPostgres } from '../classify/postgres.js'
import { after, atMost } from '../deadline.js'
import type { Connection, Isolation, Limits } from '../driver.js'
import { dbError } from '../error-make.js'
import type { DbError } from '../error.js'
import { exchange, lostBefore } from './exchange.js'
import { openPostgresCursor } from './postgres-cursor.js'
import { noRows } from './reply.js'
import { isLarger, postgresRequest, postgresValues, requestTooLarge, resultTooLarge, tooManyValues } from './sizes.js'
import { makeStatementCache, type StatementCache } from './statement-cache.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

export interface PostgresConnect {
  readonly host: string
  readonly port: number
  readonly user: string | undefined
  readonly password: string | undefined
  readonly database: string | undefined
  readonly ssl: boolean | { readonly [option: string]: unknown }
  readonly applicationName: string
  readonly connectTimeoutMs: number
  readonly statementTimeoutMs: number
  readonly lockTimeoutMs: number | null
  readonly idleInTransactionMs: number
  /** A pooler between, which lends a session for one transaction. */
  readonly pooler: 'transaction' | null
  readonly preparedStatements: number
  readonly maxResultBytes: number
  readonly hideParameters: boolean
  readonly isolation: Isolation | null
}

/** Sets a session up and reads back what must not differ; what is wrong, or null. */
export type SetUp = (send: Connection['send'], deadline: number) => Promise<DbError | null>

/** The last of several results is that of the last statement of a control text. */
const lastOf = (result: QueryArrayResult | ReadonlyArray<QueryArrayResult>): QueryArrayResult =>
  // an array of results is never empty: pg adds one for each statement of the text
  Array.isArray(result) ? (result[result.length - 1] as QueryArrayResult) : (result as QueryArrayResult)

/** What pg keeps to itself and relvar needs: the socket, the names that it believes to be prepared, the key to cancel with. */
interface Inside {
  readonly processID: number
  readonly secretKey: number
  readonly connection: {
    readonly stream: {
      readonly destroy: () => void
      readonly on: (event: 'data', listener: (chunk: { readonly length: number }) => void) => void
    }
    parsedStatements: { [name: string]: string }
    readonly close: (message: { readonly type: 'S'; readonly name: string }) => void
    readonly on: (event: 'readyForQuery', listener: () => void) => void
  }
  readonly getTransactionStatus: () => string | null
}

/** Keeps the text of every value: conversions are the decoders' work. */
const asText = { getTypeParser: () => (text: string) => text }

/** How long a polite end may take, in milliseconds. */
const politeMs = 500

const rollback = control('ROLLBACK')

/** What a failed transaction answers with a ROLLBACK. */
const ends = /^(?:COMMIT|PREPARE TRANSACTION '.*')$/

/** Takes all that a session has set, prepared, locked or made for itself. It runs outside transactions alone. */
const discard = control('DISCARD ALL')

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const toReply = (result: QueryArrayResult, statement: Statement): Reply => ({
  rows: result.rows.length === 0 ? noRows : (result.rows as ReadonlyArray<RawRow>),
  affected: result.command === 'SELECT' ? 0 : (result.rowCount ?? 0),
  insertId: null,
  ...(statement.text === 'once' ? { names: result.fields.map(({ name }) => name) } : {}),
})

/** A COMMIT in a failed transaction succeeds, and says in its tag that it was a ROLLBACK. */
const rolledBack = (statement: Statement): DbError =>
  dbError('RolledBack', {
    message: 'COMMIT came back as ROLLBACK: a statement of the transaction had failed',
    statement: statement.sql,
    cause: null,
  })

const requestCancel = (options: PostgresConnect, { processID, secretKey }: Inside): Promise<void> =>
  new Promise((resolve) => {
    const socket = options.host.startsWith('/')
      ? openSocket(`${options.host}/.s.PGSQL.${options.port}`)
      : openSocket(options.port, options.host)
    const message = Buffer.alloc(16)
    message.writeInt32BE(16, 0)
    message.writeInt32BE(80877102, 4)
    message.writeInt32BE(processID, 8)
    message.writeInt32BE(secretKey, 12)
    socket.on('connect', () => socket.end(message))
    socket.on('error', () => resolve())
    socket.on('close', () => resolve())
    socket.setTimeout(1_000, () => socket.destroy())
  })

/** Makes a Connection of a Client that is connected. `setUp` gives a session its settings, also when it is made anew. */
export const makePostgresSession = (client: Client, options: PostgresConnect, setUp: SetUp): Connection => {
  // the fields of Inside are those of pg 8.23; the integration tests of this file use each of them
  const inside = client as unknown as Inside
  const noNames = (): StatementCache<string> =>
    makeStatementCache(options.preparedStatements, (name) => {
      delete inside.connection.parsedStatements[name]
      inside.connection.close({ type: 'S', name })
    })
  let names = noNames()
  let alive = true
  let made = 0
  let failed: unknown = null
  let lost: unknown = null
  let waiting: ((error: unknown) => void) | null = null

  /** Tells the statement under way that it failed; before that the session must be ready again, or gone. */
  const settleFailed = (): void => {
    const tell = waiting
    const error = failed
    if (tell === null || error === null) return
    waiting = null
    failed = null
    tell(error)
  }
  const die = (error: unknown): void => {
    // lost by the network, not ended by this side or the server: it would run on, and keep its locks
    if (alive && waiting !== null && textOf(error, 'severity') === null) void requestCancel(options, inside)
    alive = false
    lost = lost ?? error
    failed = failed ?? error
    settleFailed()
  }
  client.on('error', die)
  client.on('end', () => die(new Error('Connection terminated')))
  inside.connection.on('readyForQuery', settleFailed)

  const cut = (): void => {
    alive = false
    inside.connection.stream.destroy()
  }

  const tooLarge = new Error('the answer is too large')
  let received = 0
  inside.connection.stream.on('data', ({ length }) => {
    received += length
    if (received <= options.maxResultBytes || waiting === null || !alive) return
    cut()
    failed = tooLarge
    settleFailed()
  })

  const nameOf = (statement: Statement): string | undefined => {
    // behind a pooler the next statement may run in another session, which has not prepared it
    if (statement.text !== 'compiled' || options.pooler !== null) return undefined
    const known = names.get(statement.sql)
    if (known !== undefined) return known
    made += 1
    const name = `relvar_${made}`
    names.set(statement.sql, name)
    return name
  }

  const failure = (error: unknown, statement: Statement): DbError =>
    error === tooLarge
      ? resultTooLarge(statement, options.maxResultBytes)
      : classifyPostgres(error, {
          statement: statement.sql,
          phase: 'statement',
          sent: 'maybe',
          hideParameters: options.hideParameters || statement.secrets !== undefined,
        })

  const start = (statement: Statement, settle: (outcome: E.Either<unknown, QueryArrayResult>) => void): void => {
    waiting = (error) => settle(E.left(error))
    received = 0
    const query = {
      text: statement.sql,
      // pg writes into no array; its types want a mutable one
      values: statement.parameters as Array<unknown>,
      rowMode: 'array' as const,
      types: asText,
      name: nameOf(statement),
      // one statement a text: the simple protocol would take several
      queryMode: statement.text === 'control' ? 'simple' : 'extended',
    }
    client.query(query, (error: unknown, result: QueryArrayResult) => {
      if (error !== null && error !== undefined) {
        failed = error
        if (!alive) settleFailed()
      } else if (failed === null) {
        // (after a value that pg could not bind it reports both the failure and, when the session is ready, a success)
        waiting = null
        settle(E.right(lastOf(result)))
      }
    })
  }

  const once = (statement: Statement, limits: Limits): Promise<E.Either<DbError, Reply>> =>
    exchange(limits, {
      statement: statement.sql,
      timeoutMs: options.statementTimeoutMs,
      stop: () => requestCancel(options, inside),
      cut,
      whole: () => true,
      start: (settle) =>
        start(statement, (outcome) => {
          if (E.isLeft(outcome)) return settle(E.left(failure(outcome.left, statement)))
          const rolled = outcome.right.command === 'ROLLBACK' && ends.test(statement.sql)
          settle(rolled ? E.left(rolledBack(statement)) : E.right(toReply(outcome.right, statement)))
        }),
    })

  /** A prepared statement that DDL or a pooler has taken away: it is prepared anew, once, where nothing is lost by it. */
  const forget = (error: DbError, statement: Statement): boolean => {
    const state = textOf(error.cause, 'code')
    if (state === '26000') names.clear()
    else if (state === '0A000') names.delete(statement.sql)
    else return false
    return true
  }

  const send = async (statement: Statement, limits: Limits): Promise<E.Either<DbError, Reply>> => {
    if (!alive) return lostBefore(statement.sql, lost)
    if (statement.parameters.length > postgresValues)
      return E.left(tooManyValues('PostgreSQL', statement, postgresValues))
    if (isLarger(statement, postgresRequest)) return E.left(requestTooLarge('PostgreSQL', statement, postgresRequest))
    const alone = statement.text === 'compiled' && inside.getTransactionStatus() === 'I'
    const outcome = await once(statement, limits)
    return alone && E.isLeft(outcome) && forget(outcome.left, statement) ? once(statement, limits) : outcome
  }

  const reset = async (): Promise<E.Either<DbError, void>> => {
    const deadline = after(options.connectTimeoutMs)
    const texts = inside.getTransactionStatus() === 'I' ? [discard] : [rollback, discard]
    for (const text of texts) {
      const done = await send(text, { signal: null, deadline })
      if (E.isLeft(done)) return done
    }
    // they went with the session's other state: there is nothing to close
    inside.connection.parsedStatements = {}
    names = noNames()
    const wrong = await setUp(send, deadline)
    return wrong === null ? E.right(undefined) : E.left(wrong)
  }

  const close = async (): Promise<void> => {
    const polite = alive && waiting === null
    // cutting alone would leave the statement, and its locks, running on the server
    const stopping = alive && waiting !== null
    alive = false
    if (stopping) await atMost(politeMs, requestCancel(options, inside))
    if (polite)
      await atMost(
        politeMs,
        client.end().catch(() => undefined),
      )
    cut()
  }

  const inTransaction = (): boolean => inside.getTransactionStatus() !== 'I'

  return {
    send,
    open: openPostgresCursor({ send, inTransaction, alive: () => alive }),
    // behind a pooler DISCARD ALL would strike a session that is somebody else's
    ...(options.pooler === null ? { reset } : {}),
    inTransaction,
    alive: () => alive,
    close,
  }
}

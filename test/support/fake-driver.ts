// A driver over a database in memory whose n-th call fails in a way that a test chooses: nothing else of it is made up. Its
// sessions wait and are cut as those of a server are, by the code that does so for PostgreSQL and MySQL.
import * as E from 'fp-ts/lib/Either.js'

import type { Dialect } from '../../src/compile/dialect.js'
import { sqliteDialect } from '../../src/compile/dialect/sqlite.js'
import { control, type Reply, type Statement } from '../../src/compile/statement.js'
import { after, pause } from '../../src/effects/deadline.js'
import { exchange, lostBefore } from '../../src/effects/driver/exchange.js'
import { memoryDriver } from '../../src/effects/driver/memory.js'
import type { Store } from '../../src/effects/driver/memory-store.js'
import type { Connection, Cursor, Driver, Limits, LoadDriver } from '../../src/effects/driver.js'
import { dbError } from '../../src/effects/error-make.js'
import type { DbError } from '../../src/effects/error.js'
import type { Middleware } from '../../src/effects/middleware.js'
import { emptyTables, type Tables } from '../../src/interpret/tables.js'

/**
 * How a call fails. `left`: the server refuses. `throw`, `reject`: the driver breaks its word. `silent`: nothing ever comes.
 * `late`: it comes long after any deadline. `dies`: the request is lost with the session; `lost`: the answer is.
 */
export const ways = ['left', 'throw', 'reject', 'silent', 'late', 'dies', 'lost'] as const
export type Way = (typeof ways)[number]

/** What is called: of the driver, of its sessions and cursors, and of the user's own functions. */
export type Point =
  | 'load'
  | 'connect'
  | 'send'
  | 'open'
  | 'fetch'
  | 'closeCursor'
  | 'close'
  | 'reset'
  | 'before'
  | 'after'

/** The n-th call fails, or all from the n-th on. */
export interface Fault {
  readonly n: number
  readonly forever: boolean
  readonly way: Way
}

/** A call that failed. */
export interface Struck {
  readonly point: Point
  readonly text: string
}

export interface FakeServer {
  readonly dialect: Dialect
  readonly load: LoadDriver
  /** A middleware that fails too. */
  readonly middleware: Middleware
  readonly tables: () => Tables
  /** How many calls there were. */
  readonly calls: () => number
  readonly struck: ReadonlyArray<Struck>
  /** No call fails any more. */
  readonly heal: () => void
  /** Sessions that nobody has ended. */
  readonly open: ReadonlySet<number>
  /** What must never be: two statements at a time on one session, or one on a session that was ended. */
  readonly wrong: ReadonlyArray<string>
  /** What was sent: `1 BEGIN` is a statement on the first session. */
  readonly sent: Array<string>
  /** The most sessions that there were at one time. */
  readonly most: () => number
  readonly kill: (session: number) => void
}

export interface FakeServerOptions {
  readonly fault?: Fault
  /** How long a statement takes, in milliseconds. */
  readonly takesMs?: (text: string) => number
  readonly connectMs?: number
  readonly tables?: Tables
  /** What a statement is answered instead of what it means. */
  readonly answer?: (text: string) => E.Either<DbError, Reply> | undefined
}

const connectTimeoutMs = 2_000
const statementTimeoutMs = 5_000
const lateMs = 3_000
const never = <A>(): Promise<A> => new Promise(() => undefined)

export const refusedBy = (statement: string): DbError =>
  dbError('Sql', { message: 'the server said no', statement, cause: null, sqlState: null, errno: null })

const gone = (statement: string): DbError =>
  dbError('Connection', { message: 'gone', statement, cause: null, phase: 'statement', sent: 'maybe' })

const noSession = (message: string): DbError =>
  dbError('Connection', { message, statement: null, cause: null, phase: 'connect', sent: 'no' })

const unavailable = (reason: 'starting' | 'full'): DbError =>
  dbError('Unavailable', { message: reason, statement: null, cause: null, reason })

const done: E.Either<DbError, Reply> = E.right({ rows: [], affected: 0, insertId: null })

/** The rows of a reply, some at a time. */
const slices = (reply: Reply): ((rows: number) => Reply) => {
  let at = 0
  return (rows) => {
    const from = at
    at += rows
    const { answer } = reply
    const some = { ...reply, rows: reply.rows.slice(from, at) }
    return answer === undefined ? some : { ...some, answer: { ...answer, rows: answer.rows.slice(from, at) } }
  }
}

/** A server of one's own, and the driver for it. */
export const fakeServer = (options: FakeServerOptions = {}): FakeServer => {
  const { takesMs = () => 1, connectMs = 1, answer } = options
  const store: Store = { tables: options.tables ?? emptyTables }
  const dialect: Dialect = Object.freeze({ ...sqliteDialect(), evaluates: true })
  const struck: Array<Struck> = []
  const open = new Set<number>()
  const wrong: Array<string> = []
  const sent: Array<string> = []
  const killers = new Map<number, () => void>()
  let fault = options.fault ?? null
  let calls = 0
  let sessions = 0
  let most = 0

  /** Counts a call; the way in which it is to fail, or null. */
  const strike = (point: Point, text: string): Way | null => {
    calls += 1
    if (fault === null || (fault.forever ? calls < fault.n : calls !== fault.n)) return null
    struck.push({ point, text })
    return fault.way
  }
  const broken = (point: Point): Error => new Error(`the driver threw: ${point}`)

  const session = (inner: Connection): Connection => {
    sessions += 1
    const id = sessions
    let alive = true
    let busy = 0
    open.add(id)
    most = Math.max(most, open.size)

    const cut = (): void => {
      alive = false
      open.delete(id)
      killers.delete(id)
      void inner.close()
    }
    killers.set(id, cut)

    /** One request and its answer over the wire. */
    const asked = (
      point: Point,
      text: string,
      limits: Limits,
      act: () => E.Either<DbError, Reply>,
    ): Promise<E.Either<DbError, Reply>> => {
      const way = strike(point, text)
      if (way === 'throw') throw broken(point)
      if (way === 'reject') return Promise.reject(broken(point))
      if (!alive) return Promise.resolve(lostBefore(text, null))
      if (busy > 0) wrong.push(`two at a time on ${id}: ${text}`)
      busy += 1
      let timer: NodeJS.Timeout | undefined
      let stopped = (): void => undefined
      return exchange(limits, {
        statement: text,
        timeoutMs: statementTimeoutMs,
        start: (settle) => {
          if (way === 'silent') return
          const acts = (): void => {
            if (!alive) return settle(E.left(gone(text)))
            if (way === 'left') return settle(E.left(refusedBy(text)))
            const outcome = way === 'dies' ? done : act()
            if (way === 'dies' || way === 'lost') cut()
            settle(alive ? outcome : E.left(gone(text)))
          }
          timer = setTimeout(acts, way === 'late' ? lateMs : takesMs(text))
          stopped = () => {
            // what is late hears nothing
            if (way === 'late') return
            clearTimeout(timer)
            settle(E.left(refusedBy(text)))
          }
        },
        stop: () => pause(1).then(() => stopped()),
        cut,
        whole: () => true,
      }).then((outcome) => {
        busy -= 1
        return outcome
      })
    }

    const plain = (statement: Statement) => (): E.Either<DbError, Reply> => {
      const given = answer?.(statement.sql)
      // the memory driver answers at once
      return (
        given ??
        (inner.send(statement, { signal: null, deadline: Number.POSITIVE_INFINITY }) as E.Either<DbError, Reply>)
      )
    }

    return {
      send: (statement, limits) => {
        sent.push(`${id} ${statement.sql}`)
        return asked('send', statement.sql, limits, plain(statement))
      },
      open: async (statement, limits) => {
        sent.push(`${id} ${statement.sql}`)
        let some: ((rows: number) => Reply) | null = null
        const opened = await asked('open', statement.sql, limits, () => {
          const outcome = plain(statement)()
          if (E.isRight(outcome)) some = slices(outcome.right)
          return outcome
        })
        if (E.isLeft(opened)) return opened
        const cursor: Cursor = {
          fetch: (rows, within) =>
            asked('fetch', statement.sql, within, () => (some === null ? done : E.right(some(rows)))),
          close: async () => {
            const way = strike('closeCursor', statement.sql)
            if (way === 'throw' || way === 'reject') throw broken('closeCursor')
            if (busy > 0) wrong.push(`closed while it was asked on ${id}`)
            if (way === 'dies' || way === 'lost') cut()
            if (way !== 'silent' && way !== 'late') return
            await pause(500)
            cut()
          },
        }
        return E.right(cursor)
      },
      reset: async () => {
        const limits = { signal: null, deadline: after(1_000) }
        const undone = await asked('reset', 'reset', limits, () =>
          inner.inTransaction() === true ? plain(control('ROLLBACK'))() : done,
        )
        return E.map(() => undefined)(undone)
      },
      inTransaction: () => inner.inTransaction(),
      alive: () => alive,
      close: () => {
        const way = strike('close', 'close')
        cut()
        if (way === 'throw') throw broken('close')
        if (way === 'reject') return Promise.reject(broken('close'))
        return way === 'silent' ? never() : way === 'late' ? pause(lateMs) : Promise.resolve()
      },
    }
  }

  const connectOver =
    (inner: Driver): Driver['connect'] =>
    () => {
      const way = strike('connect', 'connect')
      if (way === 'throw') throw broken('connect')
      if (way === 'reject') return Promise.reject(broken('connect'))
      if (way === 'silent') return pause(connectTimeoutMs).then(() => E.left(noSession('no answer')))
      return pause(way === 'late' ? lateMs / 2 : connectMs).then(async () => {
        if (way === 'left') return E.left(noSession('refused'))
        if (way === 'dies') return E.left(unavailable('starting'))
        if (way === 'lost') return E.left(unavailable('full'))
        return E.map(session)(await inner.connect())
      })
    }

  return {
    dialect,
    load: async () => {
      const way = strike('load', 'load')
      if (way === 'throw' || way === 'reject') throw broken('load')
      if (way === 'left') return E.left(noSession('no driver'))
      return E.map((inner: Driver): Driver => ({ ...inner, name: 'fake', connect: connectOver(inner) }))(
        await memoryDriver(dialect, store, () => new Date(0))(),
      )
    },
    // what the user's code is not: silent, late, or lost
    middleware: (next) => (statement) => async () => {
      const before = strike('before', statement.sql)
      if (before === 'throw' || before === 'reject') throw broken('before')
      if (before === 'left') return E.left(refusedBy(statement.sql))
      const outcome = await next(statement)()
      const behind = strike('after', statement.sql)
      if (behind === 'throw' || behind === 'reject') throw broken('after')
      return outcome
    },
    tables: () => store.tables,
    calls: () => calls,
    struck,
    heal: () => {
      fault = null
    },
    open,
    wrong,
    sent,
    most: () => most,
    kill: (id) => killers.get(id)?.(),
  }
}

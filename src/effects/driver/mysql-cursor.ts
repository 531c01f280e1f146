/**
 * The rows of a statement of MySQL or MariaDB, some at a time. mysql2 has no cursors of the server's: the rows come over the
 * socket, which is paused while nobody asks for them, and the session is busy until the last of them came.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { RawRow, Reply, Statement } from '../../compile/statement.js'
import { atMost } from '../deadline.js'
import type { Cursor, Limits } from '../driver.js'
import { dbError } from '../error-make.js'
import type { DbError } from '../error.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The rows as they come; each of these is told of at most one end. */
export interface Listener {
  readonly row: (row: RawRow) => void
  readonly end: (error: DbError | null) => void
}

export interface CursorGround {
  /** Sends the statement. */
  readonly start: (listener: Listener) => void
  readonly pause: () => void
  readonly resume: () => void
  /** Ends the statement on the server, over a connection of its own. */
  readonly kill: () => Promise<void>
  readonly cut: () => void
  readonly alive: () => boolean
  /** Waits for what `start` is given under limits, and asks the server to stop where they are reached. */
  readonly limited: (
    limits: Limits,
    start: (settle: (outcome: E.Either<DbError, Reply>) => void) => void,
  ) => Promise<E.Either<DbError, Reply>>
}

/** How long the server has to end a statement whose rows nobody wants any more, in milliseconds. */
const endMs = 500

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const replyOf = (rows: ReadonlyArray<RawRow>): E.Either<DbError, Reply> =>
  E.right({ rows, affected: rows.length, insertId: null })

/** What a statement ends with that is asked while the rows of another come. */
export const stillReading = ({ sql }: Statement): DbError =>
  dbError('TransactionClosed', {
    message: 'the connection is busy with the rows of a stream; nothing was sent',
    statement: sql,
    cause: null,
  })

/** Opens a cursor: the statement is sent with the first rows that are asked for. */
export const openMysqlCursor = ({ start, pause, resume, kill, cut, alive, limited }: CursorGround): Cursor => {
  let rows: Array<RawRow> = []
  let state: 'new' | 'open' | 'closing' | 'ended' = 'new'
  let failed: DbError | null = null
  let wanted = 0
  let onChange: (() => void) | null = null

  const listener: Listener = {
    row: (row) => {
      if (state === 'closing') return
      rows.push(row)
      if (rows.length < wanted) return
      pause()
      onChange?.()
    },
    end: (error) => {
      failed = error
      state = 'ended'
      onChange?.()
    },
  }

  const taken = (count: number): E.Either<DbError, Reply> => {
    const some = rows.slice(0, count)
    rows = rows.slice(count)
    // what came before the error is given first
    return some.length === 0 && failed !== null ? E.left(failed) : replyOf(some)
  }

  const fetch = (count: number, limits: Limits): Promise<E.Either<DbError, Reply>> =>
    limited(limits, (settle) => {
      const look = (): void => {
        if (rows.length < count && state !== 'ended') return
        onChange = null
        settle(taken(count))
      }
      wanted = count
      onChange = look
      if (state === 'new') {
        state = 'open'
        start(listener)
      } else if (state === 'open' && rows.length < count) resume()
      look()
    })

  const close = async (): Promise<void> => {
    if (state === 'new' || state === 'ended' || !alive()) return
    state = 'closing'
    rows = []
    const ended = new Promise<true>((resolve) => {
      onChange = () => resolve(true)
    })
    // the last rows may be here already: then there is nothing to be killed
    resume()
    if ((await atMost(1, ended)) === true) return
    // a request that is still on its way must not hit the next statement
    const killed = await atMost(
      endMs,
      kill().then(() => true),
    )
    if (killed !== true || (await atMost(endMs, ended)) !== true) cut()
  }

  return { fetch, fails: () => failed !== null, close }
}

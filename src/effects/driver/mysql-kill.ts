/**
 * Ending what a session of MySQL or MariaDB runs, over a connection of its own.
 */
import type { Connection as MysqlConnection } from 'mysql2'

import { numberOf } from '../classify/context.js'
import { after, atMost, pause, remaining } from '../deadline.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

export interface Kill {
  /** Ends the statement of a thread; never fails. */
  readonly statement: (threadId: number) => Promise<void>
  /**
   * Ends a thread whose connection was lost while it ran something: the server would run it to its end, and keep its locks.
   * `livedMs`: how old the session was; a server that is younger is another one, whose thread of this number is somebody else's.
   */
  readonly session: (threadId: number, livedMs: number) => Promise<void>
}

/** For how long it is tried to stop a statement, and to end a lost session, in milliseconds. */
const statementMs = 10_000
const sessionMs = 2_000

/** How long to wait before it is tried again, in milliseconds. */
const againMs = 100

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

type Answered = { readonly error: unknown; readonly rows: unknown }

const answer = (client: MysqlConnection, text: string): Promise<Answered> =>
  new Promise((resolve) => {
    client.query(text, (error: unknown, rows: unknown) => resolve({ error, rows }))
  })

/** `[['Uptime', '12']]`, in whole seconds. */
const upMsOf = (rows: unknown): number => {
  const row: unknown = Array.isArray(rows) ? rows[0] : null
  return Array.isArray(row) ? Number(row[1]) * 1_000 : 0
}

/** `open` begins to connect, for so many milliseconds at most. */
export const killOver = (open: (connectMs: number) => MysqlConnection): Kill => {
  /** Tries until it is done, or the time is over. */
  const trying = async (ms: number, once: (client: MysqlConnection) => Promise<Answered | null>): Promise<void> => {
    // a server that is too busy to be connected to at once must not go on with the statement for that: nobody waits for long
    const deadline = after(ms)
    while (performance.now() < deadline) {
      const client = open(ms)
      client.on('error', () => undefined)
      const done = await atMost(remaining(deadline), once(client))
      client.destroy()
      if (done === undefined || done === null || done.error === null || done.error === undefined) return
      // 1094: there is no such session any more
      if (numberOf(done.error, 'errno') === 1094) return
      await pause(againMs)
    }
  }

  return {
    statement: (threadId) => trying(statementMs, (client) => answer(client, `KILL QUERY ${threadId}`)),
    session: (threadId, livedMs) => {
      const born = performance.now() - livedMs
      return trying(sessionMs, async (client) => {
        const up = await answer(client, "SHOW GLOBAL STATUS LIKE 'Uptime'")
        const age = performance.now() - born
        if (up.error !== null && up.error !== undefined) return up
        return upMsOf(up.rows) < age ? null : answer(client, `KILL ${threadId}`)
      })
    },
  }
}

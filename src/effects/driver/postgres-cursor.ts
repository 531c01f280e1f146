/**
 * The rows of a statement of PostgreSQL, some at a time: a cursor of the server's, which lives in a transaction.
 */
import * as E from 'fp-ts/lib/Either.js'

import { control, type Statement } from '../../compile/statement.js'
import { after } from '../deadline.js'
import type { Connection, Cursor, Limits } from '../driver.js'
import type { DbError } from '../error.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What a cursor needs of the session. */
export interface CursorGround {
  readonly send: Connection['send']
  readonly inTransaction: () => boolean
  readonly alive: () => boolean
}

/** A session has one cursor at most: its name is always the same. */
const name = 'relvar_rows'

/** How long the end of a cursor may take, in milliseconds. */
const endMs = 1_000

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** Opens a cursor, in a transaction of its own where none is open. */
export const openPostgresCursor =
  ({ send, inTransaction, alive }: CursorGround) =>
  async (statement: Statement, limits: Limits): Promise<E.Either<DbError, Cursor>> => {
    const own = !inTransaction()
    let failed = false

    const end = async (): Promise<void> => {
      const ends = own ? [failed ? 'ROLLBACK' : 'COMMIT'] : failed ? [] : [`CLOSE ${name}`]
      for (const text of ends) if (alive()) await send(control(text), { signal: null, deadline: after(endMs) })
    }

    if (own) {
      const begun = await send(control('BEGIN READ ONLY'), limits)
      if (E.isLeft(begun)) return begun
    }
    const declared = { ...statement, sql: `DECLARE ${name} NO SCROLL CURSOR FOR ${statement.sql}`, returnsRows: false }
    const opened = await send(declared, limits)
    if (E.isLeft(opened)) {
      failed = true
      await end()
      return opened
    }
    return E.right({
      fetch: async (rows, within) => {
        // (a number of rows is no value of the user's: it is checked to be a whole one)
        const reply = await send({ ...statement, sql: `FETCH ${rows} FROM ${name}`, parameters: [] }, within)
        failed ||= E.isLeft(reply)
        return reply
      },
      close: end,
    })
  }

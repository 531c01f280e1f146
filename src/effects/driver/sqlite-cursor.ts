/**
 * The rows of a statement of SQLite, some at a time. Other work has its turn in between, and between rows it can be stopped.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { RawRow, Reply } from '../../compile/statement.js'
import type { Cursor } from '../driver.js'
import type { DbError } from '../error.js'
import { abortedUnsent } from '../line.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

export interface CursorGround {
  readonly rows: Iterator<RawRow>
  readonly failure: (error: unknown) => DbError
  /** What is late; nothing is read then. */
  readonly late: () => DbError
  /** The cursor has let go of the statement. */
  readonly over: () => void
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** A cursor over the rows of a statement that has begun. */
export const sqliteCursor = ({ rows, failure, late, over }: CursorGround): Cursor => {
  let open = true

  const end = (): void => {
    if (!open) return
    open = false
    try {
      rows.return?.()
    } catch {
      // what it would say was said by the row that failed
    }
    over()
  }

  const read = (count: number): E.Either<DbError, Reply> => {
    const some: Array<RawRow> = []
    try {
      while (open && some.length < count) {
        const next = rows.next()
        if (next.done === true) end()
        else some.push(next.value)
      }
      return E.right({ rows: some, affected: some.length, insertId: null })
    } catch (error) {
      end()
      return E.left(failure(error))
    }
  }

  return {
    fetch: async (count, { signal, deadline }) => {
      await turn()
      if (signal?.aborted === true) return E.left(abortedUnsent())
      return performance.now() >= deadline ? E.left(late()) : read(count)
    },
    close: () => {
      end()
      return Promise.resolve()
    },
  }
}

// A driver that does what a test tells it: no server, no file, every call counted.
import * as E from 'fp-ts/lib/Either.js'

import { done, type Load, step } from '../../../src/compile/load.js'
import type { Reply, Statement } from '../../../src/compile/statement.js'
import { noTables } from '../../../src/compile/statement.js'
import type { Database } from '../../../src/effects/database.js'
import { makeDatabase } from '../../../src/effects/database-make.js'
import { pause } from '../../../src/effects/deadline.js'
import type { Answer, Connection, Driver } from '../../../src/effects/driver.js'
import type { DbError } from '../../../src/effects/error.js'
import { dbError } from '../../../src/effects/error-make.js'

export type Outcome = E.Either<DbError, Reply>

export const empty: Outcome = E.right({ rows: [], affected: 0, insertId: null })

export const sql = (text: string, writes = false): Statement => ({
  sql: text,
  parameters: [],
  text: 'compiled',
  returnsRows: true,
  bigints: false,
  tables: writes ? { reads: [], writes: [{ schema: null, name: 't' }] } : noTables,
})

export const load = (text: string, writes = false): Load<Reply> =>
  step(sql(text, writes), (reply) => E.right(done(reply)))

/** A load of several statements, atomic or not. */
export const loads = (texts: ReadonlyArray<string>, atomic: boolean): Load<null> => {
  const [first, ...rest] = texts
  return first === undefined ? done(null) : step(sql(first), () => E.right(loads(rest, atomic)), atomic)
}

export const sqlError = (statement = 'x'): DbError =>
  dbError('Sql', { message: 'no', statement, cause: null, sqlState: null, errno: null })

export const lostError = (statement = 'x'): DbError =>
  dbError('Connection', { message: 'gone', statement, cause: null, phase: 'statement', sent: 'maybe' })

export interface Fake {
  readonly driver: Driver
  /** What was sent, in order: `1 select 1` is a statement on the first connection. */
  readonly sent: Array<string>
  /** Which connections are open. */
  readonly open: Set<number>
  /** Statements under way, by connection, and the most that there ever were at one time. */
  readonly most: { connections: number; perConnection: number }
  readonly kill: (connection: number) => void
}

export interface FakeOptions {
  /** Answers a statement; `empty` where it gives undefined. */
  readonly answer?: (text: string, connection: number) => Answer<Outcome> | undefined
  readonly connect?: (attempt: number) => Promise<DbError | null>
  readonly maxConnections?: number | null
  readonly inTransaction?: 'unknown'
}

export const fake = ({ answer, connect, maxConnections = null, inTransaction }: FakeOptions = {}): Fake => {
  const sent: Array<string> = []
  const open = new Set<number>()
  const dead = new Set<number>()
  const most = { connections: 0, perConnection: 0 }
  let attempts = 0

  const connection = (id: number): Connection => {
    let transaction = false
    let busy = 0
    const note = (text: string, outcome: Outcome): Outcome => {
      if (E.isLeft(outcome)) return outcome
      if (text.startsWith('BEGIN')) transaction = true
      if (text === 'COMMIT' || text === 'ROLLBACK' || text === 'ends the transaction') transaction = false
      return outcome
    }
    open.add(id)
    most.connections = Math.max(most.connections, open.size)
    return {
      send: ({ sql: text }) => {
        sent.push(`${id} ${text}`)
        busy += 1
        most.perConnection = Math.max(most.perConnection, busy)
        const given = answer?.(text, id) ?? empty
        if (!(given instanceof Promise)) {
          busy -= 1
          return note(text, given)
        }
        return given.then((outcome) => {
          busy -= 1
          if (E.isLeft(outcome) && outcome.left._tag === 'Connection') dead.add(id)
          return note(text, outcome)
        })
      },
      inTransaction: () => inTransaction ?? transaction,
      alive: () => !dead.has(id),
      close: async () => {
        dead.add(id)
        open.delete(id)
      },
    }
  }

  const driver: Driver = {
    name: 'fake',
    notice: null,
    // the layer under test only reads its name
    dialect: { name: 'sqlite' } as Driver['dialect'],
    maxConnections,
    isolation: 'read committed',
    connect: async () => {
      attempts += 1
      const id = attempts
      const failed = await (connect?.(id) ?? Promise.resolve(null))
      return failed === null ? E.right(connection(id)) : E.left(failed)
    },
    begin: ({ isolation, readOnly }) => [
      `BEGIN${isolation === null ? '' : ` ${isolation}`}${readOnly ? ' read only' : ''}`,
    ],
    afterwards: ({ readOnly }) => (readOnly ? ['undo read only'] : []),
  }
  return { driver, sent, open, most, kill: (id) => void dead.add(id) }
}

export const fakeDatabase = (
  { driver }: Fake,
  { poolSize = 2, acquireTimeoutMs = 500 }: { readonly poolSize?: number; readonly acquireTimeoutMs?: number } = {},
): Database =>
  makeDatabase({ dialect: driver.dialect, load: () => Promise.resolve(E.right(driver)), poolSize, acquireTimeoutMs })

/** An answer that comes later. */
export const later = (ms: number, outcome: Outcome = empty): Promise<Outcome> => pause(ms).then(() => outcome)

/** The tag of a Left, or `Right`. */
export const tagOf = (outcome: E.Either<unknown, unknown>): string =>
  E.isRight(outcome) ? 'Right' : String((outcome.left as { readonly _tag?: string })._tag ?? outcome.left)

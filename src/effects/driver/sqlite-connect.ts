/**
 * Opening a SQLite: its settings, and a look through the file where that is wanted.
 */
import * as E from 'fp-ts/lib/Either.js'

import { control } from '../../compile/statement.js'
import { classifySqlite, isBusy } from '../classify/sqlite.js'
import { after, pause } from '../deadline.js'
import { type Connection, unlimited } from '../driver.js'
import { dbError } from '../error-make.js'
import type { DbError } from '../error.js'
import { backOffMs, type Library, makeConnection, type SqliteConnect } from './sqlite-library.js'

/** What every session begins with. The last one is read back. */
const settings = (options: SqliteConnect): ReadonlyArray<string> => [
  ...(options.file === ':memory:' || options.readOnly
    ? []
    : ['PRAGMA journal_mode = WAL', 'PRAGMA synchronous = NORMAL']),
  'PRAGMA case_sensitive_like = ON',
  'PRAGMA foreign_keys = ON',
  'PRAGMA foreign_keys',
]

/** Looks through the whole file; what is wrong with it. */
const checked = async (connection: Connection): Promise<E.Either<DbError, void>> => {
  const outcome = await connection.send({ ...control('PRAGMA quick_check(1)'), text: 'once' }, unlimited)
  if (E.isLeft(outcome)) return outcome
  const found = outcome.right.rows[0]?.[0]
  if (found === 'ok') return E.right(undefined)
  return E.left(
    dbError('Corrupt', {
      message: `SQLite reports a damaged database: ${String(found)}`,
      statement: 'PRAGMA quick_check(1)',
      cause: null,
    }),
  )
}

/** Opens a database and sets the session up. */
export const connectSqlite = async (
  library: Library,
  options: SqliteConnect,
  deadline = after(options.busyTimeoutMs),
): Promise<E.Either<DbError, Connection>> => {
  const context = { statement: null, phase: 'connect', sent: 'no', hideParameters: options.hideParameters } as const
  try {
    const connection = makeConnection(library, library.open(options.file, options), options)
    for (const sql of settings(options)) {
      const outcome = await connection.send(control(sql), unlimited)
      if (E.isRight(outcome)) continue
      await connection.close()
      return outcome
    }
    const sound = options.quickCheck ? await checked(connection) : E.right(undefined)
    if (E.isRight(sound)) return E.right(connection)
    await connection.close()
    return sound
  } catch (error) {
    const { code, message } = library.said(error)
    if (isBusy(code) && performance.now() < deadline) {
      await pause(backOffMs(5))
      return connectSqlite(library, options, deadline)
    }
    // what is no failure of SQLite's own (a folder that is not there, say) is that the file can't be opened
    return E.left(classifySqlite(error, code === 1 ? 14 : code, message, context, false))
  }
}

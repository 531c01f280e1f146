/**
 * SQLite's failures as DbErrors, by extended result code. The WebAssembly build gives no code, only SQLite's sentence, which
 * is English and fixed: there the code is found from the sentence first.
 */
import { newTable } from '../../compile/sqlite-names.js'
import { dbError } from '../error-make.js'
import type { DbError } from '../error.js'
import type { Context } from './context.js'
import { causeOf, twoRowsMessage } from './context.js'

/** The extended codes that relvar tells apart, by name. */
export const sqliteCodes: { readonly [name: string]: number } = Object.freeze({
  SQLITE_ERROR: 1,
  SQLITE_PERM: 3,
  SQLITE_BUSY: 5,
  SQLITE_LOCKED: 6,
  SQLITE_NOMEM: 7,
  SQLITE_READONLY: 8,
  SQLITE_INTERRUPT: 9,
  SQLITE_IOERR: 10,
  SQLITE_CORRUPT: 11,
  SQLITE_FULL: 13,
  SQLITE_CANTOPEN: 14,
  SQLITE_TOOBIG: 18,
  SQLITE_CONSTRAINT: 19,
  SQLITE_MISMATCH: 20,
  SQLITE_NOTADB: 26,
  SQLITE_BUSY_RECOVERY: 261,
  SQLITE_LOCKED_SHAREDCACHE: 262,
  SQLITE_CONSTRAINT_CHECK: 275,
  SQLITE_BUSY_SNAPSHOT: 517,
  SQLITE_CONSTRAINT_FOREIGNKEY: 787,
  SQLITE_BUSY_TIMEOUT: 773,
  SQLITE_CONSTRAINT_NOTNULL: 1299,
  SQLITE_CONSTRAINT_PRIMARYKEY: 1555,
  SQLITE_CONSTRAINT_TRIGGER: 1811,
  SQLITE_CONSTRAINT_UNIQUE: 2067,
  SQLITE_CONSTRAINT_ROWID: 2579,
  SQLITE_CONSTRAINT_DATATYPE: 3091,
})

const sentences: ReadonlyArray<readonly [RegExp, number]> = [
  [/^UNIQUE constraint failed/, 2067],
  [/^FOREIGN KEY constraint failed/, 787],
  [/^NOT NULL constraint failed/, 1299],
  [/^CHECK constraint failed/, 275],
  [/^cannot store \w+ value in/, 3091],
  [/^database is locked/, 5],
  [/^database table is locked/, 6],
  [/^attempt to write a readonly database/, 8],
  [/^(disk I\/O error)/, 10],
  [/^database disk image is malformed/, 11],
  [/^database or disk is full/, 13],
  [/^(unable to open|Could not open)/, 14],
  [/^string or blob too big/, 18],
  [/^file is not a database/, 26],
  [/^out of memory/, 7],
  [/^interrupted/, 9],
]

/** The code of a sentence of SQLite's own; 1 (a general error) where it is none that relvar tells apart. */
export const sqliteCodeOf = (message: string): number => sentences.find(([pattern]) => pattern.test(message))?.[1] ?? 1

/** Whether another connection is in the way, so that waiting may help. A stale snapshot (517) can't be waited out. */
export const isBusy = (code: number): boolean =>
  code === 5 || code === 261 || code === 773 || code === 6 || code === 262

/** `UNIQUE constraint failed: users.a, users.b`, or `…: index 'name'`. */
const columnsOf = (
  message: string,
): { readonly table: string | null; readonly constraint: string | null; readonly columns: ReadonlyArray<string> } => {
  const list = /constraint failed: (.*)$/.exec(message)?.[1]
  const index = /^index '(.*)'$/.exec(list ?? '')?.[1]
  if (list === undefined || index !== undefined) return { table: null, constraint: index ?? null, columns: [] }
  const names = list
    .split(', ')
    .map((name) => [name.slice(0, name.indexOf('.')), name.slice(name.indexOf('.') + 1)] as const)
  return { table: names[0]?.[0] ?? null, constraint: null, columns: names.map(([, column]) => column) }
}

/** A table that is made anew has a name of relvar's for that long: the caller knows it by its own. */
const byOwnName = (message: string): string =>
  /^\w+(?: \w+)* constraint failed: /.test(message) ? message.replaceAll(newTable, '') : message

/** A sentence of a statement that runs may quote a value after a colon or a quotation mark. */
const withoutValues = (message: string): string => message.split(/[:'"]/)[0] ?? ''

/**
 * Classifies a failure of SQLite by its code and sentence; `error` is what the driver threw. `running`: the statement was
 * prepared already, so that the sentence may speak of its values.
 *
 * @category constructors
 * @since 0.1.0
 */
export const classifySqlite = (
  error: unknown,
  code: number,
  told: string,
  context: Context,
  running: boolean,
): DbError => {
  const message = byOwnName(told)
  const { statement } = context
  const base = { statement, cause: causeOf(error, context.hideParameters) }
  const said = running && context.hideParameters ? withoutValues(message) : message
  // ON DELETE RESTRICT is a trigger inside SQLite, and says so in its code; the sentence is that of every foreign key.
  switch (code === 1811 && message.startsWith('FOREIGN KEY constraint failed') ? 787 : code) {
    case 1555:
    case 2067:
    case 2579: {
      const found = columnsOf(message)
      return dbError('UniqueViolation', {
        ...base,
        ...found,
        message: `a row with this value exists already (${message})`,
      })
    }
    case 787:
      return dbError('ForeignKeyViolation', {
        ...base,
        constraint: null,
        table: null,
        columns: [],
        message: 'a foreign key is violated; SQLite does not say which',
      })
    case 1299: {
      const found = columnsOf(message)
      return dbError('NotNullViolation', {
        ...base,
        ...found,
        message: `column "${found.columns[0]}" of table "${found.table}" can't be null`,
      })
    }
    case 275: {
      const name = /constraint failed: (.*)$/.exec(message)?.[1] ?? null
      return dbError('CheckViolation', {
        ...base,
        constraint: name,
        table: null,
        columns: [],
        message: `a check refuses the row (${name})`,
      })
    }
    case 517:
      return dbError('Serialization', {
        ...base,
        message: 'the database was changed since this transaction read it: run it again',
      })
    case 9:
      return dbError('Cancelled', { ...base, message: 'the statement was interrupted', sent: 'maybe' })
    case 14:
      return dbError('Connection', {
        ...base,
        message: `SQLite can't open the database: ${message}`,
        phase: 'connect',
        sent: 'no',
      })
    default:
      break
  }
  // What the compiler makes an error where a query that stands for a value gives a second row.
  if (/JSON path.*a scalar subquery gave two rows/.test(message))
    return dbError('MultipleRows', { ...base, statement: statement ?? '', message: twoRowsMessage })
  // limits of the statement itself, which share the code of syntax errors
  if (/^(too many (SQL variables|terms)|Expression tree is too large)/i.test(message))
    return dbError('ResourceLimit', { ...base, message: `a limit was reached: ${message}` })
  if (isBusy(code))
    return dbError('LockTimeout', {
      ...base,
      message: `another connection holds a lock on the database for too long: ${message}`,
    })
  switch (code & 0xff) {
    case 8:
      return dbError('ReadOnly', { ...base, message: `a write where only reads are allowed: ${message}` })
    case 11:
    case 26:
      return dbError('Corrupt', {
        ...base,
        statement: statement ?? '',
        message: `SQLite reports a damaged database: ${message}`,
      })
    case 7:
    case 13:
    case 18:
      return dbError('ResourceLimit', { ...base, message: `a limit was reached: ${message}` })
    default:
      return dbError('Sql', {
        ...base,
        message: `SQLite refused the statement: ${said}`,
        sqlState: null,
        errno: code,
      })
  }
}

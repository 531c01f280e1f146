/**
 * PostgreSQL's failures as DbErrors, by SQLSTATE alone: its sentences are translated by the server and may quote values.
 */
import { dbError } from '../error-make.js'
import type { DbError } from '../error.js'
import type { Context } from './context.js'
import { causeOf, isNetworkCode, textOf, twoRowsMessage } from './context.js'

// Classes whose sentences name things of the schema or of the SQL text, never a parameter: the connection (08, 28, 3D, 53,
// 55, 57), features and states (0A, 25, 2B, 2D, 3B, 3F, 40, 54), syntax and names (42). Data exceptions (22), constraint
// details (23) and what functions raise (P0) quote values.
const quotable = /^(08|0A|25|28|2B|2D|3B|3D|3F|40|42|53|54|55|57)/

/** `Key (a, b)=(1, 2) already exists.` without its values, in any language: the columns stand before `)=(`. */
const columnsOf = (error: unknown): ReadonlyArray<string> => {
  const column = textOf(error, 'column')
  if (column !== null) return [column]
  const key = /\(([^=]*)\)=\(/.exec(textOf(error, 'detail') ?? '')?.[1]
  return key === undefined ? [] : key.split(', ').map((name) => name.replace(/^"(.*)"$/, '$1'))
}

const named = (what: string, name: string | null): string => (name === null ? what : `${what} "${name}"`)

/**
 * Classifies what pg gave.
 *
 * @category constructors
 * @since 0.1.0
 */
export const classifyPostgres = (error: unknown, context: Context): DbError => {
  const state = textOf(error, 'severity') === null ? null : textOf(error, 'code')
  const { statement, sent } = context
  const cause = state === null ? error : causeOf(error, context.hideParameters)
  const said = state === null || quotable.test(state) || !context.hideParameters ? textOf(error, 'message') : null
  const base = { statement, cause }
  const because = said === null ? '' : `: ${said}`

  if (state === null) {
    // no answer of the server: the socket, TLS or the driver failed
    const network =
      context.phase !== 'statement' ||
      isNetworkCode(textOf(error, 'code')) ||
      said?.startsWith('Connection terminated') === true
    return network
      ? dbError('Connection', {
          ...base,
          message: `the connection to PostgreSQL failed${because}`,
          phase: context.phase,
          sent,
        })
      : dbError('Sql', { ...base, message: `pg refused the statement${because}`, sqlState: null, errno: null })
  }

  const table = textOf(error, 'table')
  const constraint = { ...base, constraint: textOf(error, 'constraint'), table, columns: columnsOf(error) }
  switch (state) {
    case '23505':
      return dbError('UniqueViolation', {
        ...constraint,
        message: `a row of ${named('table', table)} with this value exists already (${constraint.constraint})`,
      })
    // what ON DELETE RESTRICT says from PostgreSQL 18 on
    case '23001':
    case '23503':
      return dbError('ForeignKeyViolation', {
        ...constraint,
        message: `a foreign key of ${named('table', table)} is violated (${constraint.constraint})`,
      })
    case '23502':
      return dbError('NotNullViolation', {
        ...constraint,
        message: `${named('column', constraint.columns[0] ?? null)} of ${named('table', table)} can't be null`,
      })
    case '23514':
      return dbError('CheckViolation', {
        ...constraint,
        message: `a check of ${named('table', table)} refuses the row (${constraint.constraint})`,
      })
    // An upsert that meets a row twice has the same state, and another routine.
    case '21000':
      if (textOf(error, 'routine')?.startsWith('ExecOnConflict') === true) break
      return dbError('MultipleRows', { ...base, statement: statement ?? '', message: twoRowsMessage })
    case '40001':
      return dbError('Serialization', { ...base, message: 'the transaction conflicts with others: run it again' })
    case '40P01':
      return dbError('Deadlock', {
        ...base,
        message: 'deadlock with another transaction: run it again',
        endsTransaction: false,
      })
    case '55P03':
      return dbError('LockTimeout', { ...base, message: 'another transaction holds a lock for too long' })
    case '57014':
      return /user request/.test(textOf(error, 'message') ?? '')
        ? dbError('Cancelled', { ...base, message: 'the statement was cancelled on the server', sent })
        : dbError('QueryTimeout', {
            ...base,
            message: 'the server stopped the statement: it took too long',
            by: 'server',
          })
    case '25006':
      return dbError('ReadOnly', { ...base, message: 'a write in a read-only transaction or on a read-only server' })
    case '25P02':
      return dbError('TransactionClosed', { ...base, message: 'an earlier statement of this transaction failed' })
    case '57P03':
      return dbError('Unavailable', {
        ...base,
        message: `PostgreSQL takes no connections yet${because}`,
        reason: 'starting',
      })
    case '53300':
      return dbError('Unavailable', { ...base, message: `PostgreSQL has no connection left${because}`, reason: 'full' })
    case 'XX001':
    case 'XX002':
      return dbError('Corrupt', {
        ...base,
        statement: statement ?? '',
        message: `PostgreSQL reports damaged data (${state})`,
      })
    default:
      break
  }
  // sessions that the server ended: class 08, shutdowns (57P01, 57P02), idle limits (57P05, 25P03, 25P04)
  if (/^(08|57P0[125]|25P0[34])/.test(state)) {
    return dbError('Connection', {
      ...base,
      message: `PostgreSQL ended the session${because}`,
      phase: context.phase,
      sent,
    })
  }
  if (/^(28|3D)/.test(state) && context.phase === 'connect') {
    return dbError('Connection', {
      ...base,
      message: `PostgreSQL refused the login${because}`,
      phase: 'auth',
      sent: 'no',
    })
  }
  if (/^5[34]/.test(state))
    return dbError('ResourceLimit', { ...base, message: `a limit of PostgreSQL was reached${because}` })
  return dbError('Sql', {
    ...base,
    message: `PostgreSQL refused the statement (${state})${because}`,
    sqlState: state,
    errno: null,
  })
}

/**
 * MySQL's and MariaDB's failures as DbErrors, by error number alone: mysql2's names are wrong for MariaDB (4025, a check
 * violation there, is a full tablespace to it), and the servers' sentences quote values.
 */
import { dbError } from '../error-make.js'
import type { DbError } from '../error.js'
import type { Context } from './context.js'
import { causeOf, isNetworkCode, numberOf, textOf, twoRowsMessage } from './context.js'

const lost = new Set([1053, 1080, 1152, 1158, 1159, 1160, 1161, 1184, 1927, 2006, 2013, 2014, 2045, 2055, 3169, 4031])
const logins = new Set([1044, 1045, 1049, 1129, 1130, 1227, 1251, 1524, 1698, 3118, 3955])
const full = new Set([1040, 1203, 1226])
const limits = new Set([3, 28, 1021, 1037, 1038, 1041, 1114, 1118, 1153, 1206, 1301, 1390, 1461, 3170])
const damaged = new Set([126, 127, 134, 144, 145, 1033, 1034, 1035, 1194, 1195, 1712])
const readOnly = new Set([1209, 1290, 1792, 1836, 3100])

// Numbers whose sentences name things of the schema or of the SQL text, never a parameter.
const quotable = new Set([
  ...lost,
  ...logins,
  ...full,
  ...limits,
  ...damaged,
  ...readOnly,
  1046,
  1048,
  1050,
  1051,
  1052,
  1054,
  1055,
  1059,
  1060,
  1061,
  1064,
  1066,
  1071,
  1072,
  1075,
  1091,
  1101,
  1103,
  1109,
  1110,
  1111,
  1115,
  1136,
  1140,
  1142,
  1143,
  1146,
  1170,
  1176,
  1193,
  1205,
  1213,
  1221,
  1222,
  1235,
  1241,
  1242,
  1247,
  1248,
  1264,
  1265,
  1267,
  1271,
  1295,
  1305,
  1317,
  1327,
  1364,
  1406,
  1451,
  1452,
  1568,
  1582,
  1969,
  3024,
  3065,
  3572,
  3819,
  3821,
  3822,
  4025,
  4078,
])

/** `table.key` (MySQL 8) or `key` at the very end of the sentence; the value before it may hold anything. */
const keyOf = (message: string): { readonly table: string | null; readonly constraint: string | null } => {
  const name = /for key '((?:[^']|'')*)'$/.exec(message)?.[1]
  if (name === undefined) return { table: null, constraint: null }
  const dot = name.indexOf('.')
  return dot < 0 ? { table: null, constraint: name } : { table: name.slice(0, dot), constraint: name.slice(dot + 1) }
}

/** "(`db`.`posts`, CONSTRAINT `fk` FOREIGN KEY (`a`, `b`) REFERENCES …" */
const foreignKeyOf = (
  message: string,
): { readonly table: string | null; readonly constraint: string | null; readonly columns: ReadonlyArray<string> } => {
  const found = /`\.`([^`]*)`, CONSTRAINT `([^`]*)` FOREIGN KEY \(([^)]*)\)/.exec(message)
  return {
    table: found?.[1] ?? null,
    constraint: found?.[2] ?? null,
    columns: found?.[3]?.split(', ').map((name) => name.replaceAll('`', '')) ?? [],
  }
}

/**
 * Classifies what mysql2 gave. `server` names the server in messages.
 *
 * @category constructors
 * @since 0.1.0
 */
export const classifyMysql =
  (server: string) =>
  (error: unknown, context: Context): DbError => {
    const code = textOf(error, 'code')
    const sqlState = textOf(error, 'sqlState')
    // an error of the operating system has a negative errno, one of the driver has none
    const number = Math.max(numberOf(error, 'errno') ?? 0, 0)
    const message = textOf(error, 'message') ?? ''
    const { statement, sent } = context
    const fromServer = number > 0
    const cause = fromServer ? causeOf(error, context.hideParameters) : error
    const said = !fromServer || quotable.has(number) || !context.hideParameters ? message : null
    const because = said === null || said === '' ? '' : `: ${said}`
    const base = { statement, cause }

    if (!fromServer) {
      const network =
        context.phase !== 'statement' ||
        isNetworkCode(code) ||
        code?.startsWith('PROTOCOL_') === true ||
        /closed state/.test(message)
      return network
        ? dbError('Connection', {
            ...base,
            message: `the connection to ${server} failed${because}`,
            phase: context.phase,
            sent,
          })
        : dbError('Sql', { ...base, message: `mysql2 refused the statement${because}`, sqlState: null, errno: null })
    }
    switch (number) {
      case 1022:
      case 1062:
      case 1169:
      case 1586: {
        const key = keyOf(message)
        return dbError('UniqueViolation', {
          ...base,
          ...key,
          columns: [],
          message: `a row with this value exists already (${key.constraint})`,
        })
      }
      case 1216:
      case 1217:
      case 1451:
      case 1452: {
        const key = foreignKeyOf(message)
        return dbError('ForeignKeyViolation', {
          ...base,
          ...key,
          message: `a foreign key of table "${key.table}" is violated (${key.constraint})`,
        })
      }
      case 1048:
      case 1263:
      case 1364: {
        const column = /'([^']*)'/.exec(message)?.[1]
        return dbError('NotNullViolation', {
          ...base,
          constraint: null,
          table: null,
          columns: column === undefined ? [] : [column],
          message: `column "${column}" can't be null`,
        })
      }
      case 3819:
      case 4025: {
        const name = /[`']([^`']*)[`']/.exec(message)?.[1] ?? null
        const table = /for `[^`]*`\.`([^`]*)`/.exec(message)?.[1] ?? null
        return dbError('CheckViolation', {
          ...base,
          constraint: name,
          table,
          columns: [],
          message: `a check refuses the row (${name})`,
        })
      }
      case 1242:
        return dbError('MultipleRows', { ...base, statement: statement ?? '', message: twoRowsMessage })
      case 1213:
      case 1614:
        return dbError('Deadlock', {
          ...base,
          message: 'deadlock with another transaction, which ended this one: run it again',
          endsTransaction: true,
        })
      case 1205:
      case 3572:
        return dbError('LockTimeout', { ...base, message: 'another transaction holds a lock for too long' })
      case 1020:
      case 3101:
        return dbError('Serialization', { ...base, message: 'the transaction conflicts with others: run it again' })
      case 1969:
      case 3024:
        return dbError('QueryTimeout', {
          ...base,
          message: 'the server stopped the statement: it took too long',
          by: 'server',
        })
      case 1317:
        return dbError('Cancelled', { ...base, message: 'the statement was cancelled on the server', sent })
      default:
        break
    }
    if (full.has(number))
      return dbError('Unavailable', { ...base, message: `${server} has no connection left${because}`, reason: 'full' })
    if (lost.has(number))
      return dbError('Connection', {
        ...base,
        message: `${server} ended the session${because}`,
        phase: context.phase,
        sent,
      })
    if (logins.has(number) && context.phase === 'connect') {
      return dbError('Connection', {
        ...base,
        message: `${server} refused the login${because}`,
        phase: 'auth',
        sent: 'no',
      })
    }
    if (readOnly.has(number))
      return dbError('ReadOnly', { ...base, message: 'a write in a read-only transaction or on a read-only server' })
    if (limits.has(number))
      return dbError('ResourceLimit', { ...base, message: `a limit of ${server} was reached${because}` })
    if (damaged.has(number))
      return dbError('Corrupt', {
        ...base,
        statement: statement ?? '',
        message: `${server} reports damaged data (${number})`,
      })
    return dbError('Sql', {
      ...base,
      message: `${server} refused the statement (${number})${because}`,
      sqlState,
      errno: number,
    })
  }

/**
 * What every session of MySQL and MariaDB is set to, and read back. They are two dialects; a server that is not the one of the
 * dialect is refused.
 */
import * as E from 'fp-ts/lib/Either.js'

import { control, type Reply, type Statement } from '../../compile/statement.js'
import type { Connection } from '../driver.js'
import type { DbError } from '../error.js'
import { dbError } from '../error-make.js'
import type { MysqlConnect } from './mysql-session.js'
import { differing, notSetUp, serverLimitMs, type Wanted, wholeSeconds } from './session-settings.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** One of the two servers. */
export interface Flavour {
  readonly server: 'MySQL' | 'MariaDB'
  readonly collation: string
  readonly sqlMode: string
  /** A setting for the depth of recursions. */
  readonly recursion: string
  /** The setting after which the server stops a statement by itself, and its value for so many milliseconds; 0 is for never. */
  readonly limit: string
  readonly limitOf: (ms: number) => string
}

/** What a new session is sent, and what it must be then. */
export interface MysqlSetUp {
  readonly texts: ReadonlyArray<string>
  readonly wanted: ReadonlyArray<Wanted>
}

// NO_BACKSLASH_ESCAPES, ANSI_QUOTES and PIPES_AS_CONCAT are absent: they change what text means. Without
// NO_AUTO_VALUE_ON_ZERO an inserted 0 becomes another key; without ERROR_FOR_DIVISION_BY_ZERO a division by zero is null, as
// relvar means it. MariaDB's ONLY_FULL_GROUP_BY does not know that a key determines its row, so it stays off there.
const strict =
  'STRICT_TRANS_TABLES,STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO'

export const flavours: { readonly [name: string]: Flavour } = {
  mysql: {
    server: 'MySQL',
    collation: 'utf8mb4_0900_bin',
    sqlMode: `${strict},ONLY_FULL_GROUP_BY,TIME_TRUNCATE_FRACTIONAL`,
    recursion: 'cte_max_recursion_depth',
    limit: 'max_execution_time',
    limitOf: String,
  },
  mariadb: {
    server: 'MariaDB',
    collation: 'utf8mb4_nopad_bin',
    sqlMode: strict,
    // MariaDB stops a recursion at this depth without an error
    recursion: 'max_recursive_iterations',
    limit: 'max_statement_time',
    limitOf: (ms) => String(ms / 1_000),
  },
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** What text, values and rows mean, as the server says it when it is asked. */
const meaning = ({ collation, sqlMode }: Flavour): ReadonlyArray<Wanted> => [
  ['character_set_client', 'utf8mb4'],
  ['character_set_connection', 'utf8mb4'],
  ['character_set_results', 'utf8mb4'],
  ['collation_connection', collation],
  ['time_zone', '+00:00'],
  ['sql_mode', sorted(sqlMode)],
  ['autocommit', '1'],
  ['foreign_key_checks', '1'],
  ['sql_safe_updates', '0'],
  // with it `id is null` finds the row that was inserted last
  ['sql_auto_is_null', '0'],
  // below the largest number, rows beyond it would be left out without a word
  ['sql_select_limit', '18446744073709551615'],
  ['div_precision_increment', '4'],
  ['default_week_format', '0'],
  ['lc_time_names', 'en_US'],
]

/** How long text may be that is put together of many rows, and how deep a recursion: larger than any that ends well. */
const sizes = ({ recursion }: Flavour): ReadonlyArray<Wanted> => [
  ['group_concat_max_len', '4294967295'],
  [recursion, '4294967295'],
]

const times = (flavour: Flavour, options: MysqlConnect): ReadonlyArray<Wanted> => [
  [flavour.limit, flavour.limitOf(serverLimitMs(options.statementTimeoutMs))],
  ...(options.lockTimeoutMs === null
    ? []
    : (['innodb_lock_wait_timeout', 'lock_wait_timeout'] as const).map(
        (name) => [name, String(wholeSeconds(options.lockTimeoutMs ?? 0))] as const,
      )),
  ...(options.idleInTransactionMs === null
    ? []
    : [['idle_transaction_timeout', String(wholeSeconds(options.idleInTransactionMs))] as const]),
]

const sorted = (modes: string): string => modes.split(',').sort().join(',')

/** SET NAMES says these at once. */
const byNames = ['character_set_client', 'character_set_connection', 'character_set_results', 'collation_connection']

// (names and values are relvar's own, or numbers)
const assigned = ([setting, value]: Wanted): string =>
  `SESSION ${setting} = ${/^\d+(?:\.\d+)?$/.test(value) ? value : `'${value}'`}`

/** What a new session of these options is sent. */
export const setUpOf = (flavour: Flavour, options: MysqlConnect): MysqlSetUp => {
  const wanted = meaning(flavour)
  const set = [
    `SET NAMES utf8mb4 COLLATE ${flavour.collation}`,
    ...wanted.filter(([setting]) => !byNames.includes(setting)).map(assigned),
    ...sizes(flavour).map(assigned),
    ...times(flavour, options).map(assigned),
  ].join(', ')
  const level = options.isolation
  return {
    texts: [set, ...(level === null ? [] : [`SET SESSION TRANSACTION ISOLATION LEVEL ${level.toUpperCase()}`])],
    wanted,
  }
}

/** What takes the server's own limit off a session, and what sets it again: the rows of a stream come as slowly as they are read. */
export const limitOff = ({ limit }: Flavour): Statement => control(`SET SESSION ${limit} = 0`)

export const limitOn = ({ limit, limitOf }: Flavour, { statementTimeoutMs }: MysqlConnect): Statement =>
  control(`SET SESSION ${limit} = ${limitOf(serverLimitMs(statementTimeoutMs))}`)

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

const mismatch = ({ server }: Flavour, version: string): DbError =>
  dbError('Connection', {
    message: `the dialect is ${server}'s, but the server says ${version}: use ${server === 'MySQL' ? 'mariadb' : 'mysql'}(…)`,
    statement: null,
    cause: null,
    phase: 'session',
    sent: 'no',
  })

/** What was sent to set a session up is nobody's statement: of the effect's own nothing was sent. */
const notReady = (cause: DbError): DbError => notSetUp(cause.message, cause)

/** Sets a session up and reads back what must not differ; what is wrong, or null. */
export const setUp = async (
  connection: Pick<Connection, 'send'>,
  flavour: Flavour,
  options: MysqlConnect,
  deadline: number,
): Promise<DbError | null> => {
  const send = (text: string): Promise<E.Either<DbError, Reply>> =>
    Promise.resolve(connection.send(control(text), { signal: null, deadline }))
  // (a limit of its own: that of the server's sessions may be 0)
  const version = await send('SELECT VERSION() LIMIT 1')
  if (E.isLeft(version)) return notReady(version.left)
  const named = String(version.right.rows[0]?.[0])
  if (/mariadb/i.test(named) !== (flavour.server === 'MariaDB')) return mismatch(flavour, named)
  const { texts, wanted } = setUpOf(flavour, options)
  for (const text of texts) {
    const set = await send(text)
    if (E.isLeft(set)) return notReady(set.left)
  }
  const read = await send(`SELECT ${wanted.map(([setting]) => `@@session.${setting}`).join(', ')}`)
  if (E.isLeft(read)) return notReady(read.left)
  const found = wanted.map(([setting], i) => {
    const value = read.right.rows[0]?.[i] ?? null
    return setting === 'sql_mode' && typeof value === 'string' ? sorted(value) : value
  })
  const other = differing(wanted, found)
  return other === null ? null : notSetUp(other)
}

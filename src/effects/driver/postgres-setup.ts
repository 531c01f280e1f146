/**
 * What every session of PostgreSQL is set to, and read back; and what behind a pooler, where a session belongs to nobody, each
 * transaction is set to instead.
 */
import * as E from 'fp-ts/lib/Either.js'

import { control } from '../../compile/statement.js'
import type { Begin } from '../driver.js'
import type { PostgresConnect, SetUp } from './postgres-session.js'
import { differing, notSetUp, serverLimitMs, type Wanted } from './session-settings.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What text and values mean, as PostgreSQL says it when it is asked. */
const meaning: ReadonlyArray<Wanted> = [
  ['TimeZone', 'UTC'],
  ['standard_conforming_strings', 'on'],
  ['client_encoding', 'UTF8'],
  ['DateStyle', 'ISO, YMD'],
  ['IntervalStyle', 'iso_8601'],
  ['bytea_output', 'hex'],
  ['extra_float_digits', '1'],
  ['array_nulls', 'on'],
  ['transform_null_equals', 'off'],
]

/** What a database was made with: no session can change it. */
const made: ReadonlyArray<Wanted> = [['server_encoding', 'UTF8']]

/** What pgbouncer knows of a client, and gives to each server connection that it lends to it. */
const ofClient = ['TimeZone', 'standard_conforming_strings', 'DateStyle']

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** Times after which the server acts by itself; of a session, or of a transaction alone. */
const times = (options: PostgresConnect): ReadonlyArray<Wanted> => [
  ['statement_timeout', String(serverLimitMs(options.statementTimeoutMs))],
  ['idle_in_transaction_session_timeout', String(options.idleInTransactionMs)],
  ...(options.lockTimeoutMs === null ? [] : [['lock_timeout', String(options.lockTimeoutMs)] as const]),
]

const isolated = ({ isolation }: PostgresConnect): ReadonlyArray<Wanted> =>
  isolation === null ? [] : [['default_transaction_isolation', isolation]]

// (names and values are relvar's own, numbers, or one of four words)
const texts = (scope: 'SESSION' | 'LOCAL', settings: ReadonlyArray<Wanted>): ReadonlyArray<string> =>
  settings.map(([setting, value]) => `SET ${scope} ${setting} = '${value}'`)

const readBack = (wanted: ReadonlyArray<Wanted>): string =>
  `SELECT ${wanted.map(([setting]) => `pg_catalog.current_setting('${setting}')`).join(', ')}`

/** Sets what may be set, in one round trip, and reads back what must not differ. */
export const setUpOf = (options: PostgresConnect): SetUp => {
  const pooled = options.pooler !== null
  const set = pooled ? [] : texts('SESSION', [...meaning, ...times(options), ...isolated(options)])
  const wanted = [...meaning, ...made, ...isolated(options)]
  const text = control([...set, readBack(wanted)].join('; '))
  return async (send, deadline) => {
    const ready = await send(text, { signal: null, deadline })
    if (E.isLeft(ready)) return notSetUp('its settings were refused, or not in time', ready.left)
    const other = differing(wanted, ready.right.rows[0] ?? [])
    if (other === null) return null
    return notSetUp(pooled ? `${other}: behind a pooler it has what its role has, so use ALTER ROLE … SET` : other)
  }
}

/** What a login behind a pooler says of the client, besides what every login says. */
export const startupOf = (options: PostgresConnect): Readonly<Record<string, string>> =>
  options.pooler === null ? {} : Object.fromEntries(meaning.filter(([setting]) => ofClient.includes(setting)))

/** BEGIN with what was asked for; the words are PostgreSQL's. */
export const beginOf =
  (options: PostgresConnect) =>
  ({ isolation, readOnly, deferrable }: Begin): ReadonlyArray<string> => {
    const begin = [
      'BEGIN',
      isolation === null ? '' : ` ISOLATION LEVEL ${isolation.toUpperCase()}`,
      readOnly ? ' READ ONLY' : '',
      deferrable ? ' DEFERRABLE' : '',
    ].join('')
    // one text, one round trip
    return [options.pooler === null ? begin : [begin, ...texts('LOCAL', times(options))].join('; ')]
  }

// What a new session is sent, and when it is refused: by what it says of itself, which no server can be made to say so easily.
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'

import type { Statement } from '../../../src/compile/statement.js'
import type { Connection } from '../../../src/effects/driver.js'
import type { MysqlConnect } from '../../../src/effects/driver/mysql-session.js'
import { flavours, limitOff, limitOn, setUp } from '../../../src/effects/driver/mysql-setup.js'
import type { PostgresConnect } from '../../../src/effects/driver/postgres-session.js'
import { beginOf, setUpOf, startupOf } from '../../../src/effects/driver/postgres-setup.js'
import { sqlError } from './fake.js'

const server = {
  host: 'localhost',
  user: undefined,
  password: undefined,
  database: undefined,
  connectTimeoutMs: 1_000,
  statementTimeoutMs: 60_000,
  lockTimeoutMs: null,
  preparedStatements: 10,
  maxResultBytes: 2 ** 20,
  hideParameters: true,
  isolation: null,
} as const

/** A session that says of each setting what `says` holds, and what is asked for otherwise. */
const session = (
  asked: (text: string) => ReadonlyArray<readonly [string, unknown]>,
  says: { readonly [setting: string]: unknown } = {},
  version = '',
) => {
  const sent: Array<string> = []
  const send: Connection['send'] = ({ sql }: Statement) => {
    sent.push(sql)
    if (/VERSION\(\)/.test(sql)) return E.right({ rows: [[version]], affected: 0, insertId: null })
    const row = asked(sql).map(([setting, value]) => (setting in says ? says[setting] : value))
    // the rows of a fake: each value is a text
    return E.right({ rows: [row.map(String)], affected: 0, insertId: null })
  }
  return { sent, send }
}

describe('a session of postgres', () => {
  const options: PostgresConnect = {
    ...server,
    port: 5432,
    ssl: false,
    applicationName: 'relvar',
    idleInTransactionMs: 60_000,
    pooler: null,
  }
  const right: { readonly [setting: string]: string } = {
    TimeZone: 'UTC',
    standard_conforming_strings: 'on',
    client_encoding: 'UTF8',
    server_encoding: 'UTF8',
    DateStyle: 'ISO, YMD',
    IntervalStyle: 'iso_8601',
    bytea_output: 'hex',
    extra_float_digits: '1',
    array_nulls: 'on',
    transform_null_equals: 'off',
    default_transaction_isolation: 'serializable',
  }
  const asked = (text: string): ReadonlyArray<readonly [string, unknown]> =>
    [...text.matchAll(/current_setting\('(\w+)'\)/g)].map(([, setting = '']) => [setting, right[setting]])

  it('is set to everything that it is asked for, in one text', async () => {
    const { sent, send } = session(asked)
    expect(await setUpOf({ ...options, isolation: 'serializable', lockTimeoutMs: 5 })(send, 1_000)).toBeNull()
    expect(sent).toHaveLength(1)
    for (const setting of Object.keys(right).filter((one) => one !== 'server_encoding'))
      expect(sent[0]).toContain(`SET SESSION ${setting} = '${right[setting]}'`)
    expect(sent[0]).toContain("SET SESSION statement_timeout = '61000'")
    expect(sent[0]).toContain("SET SESSION idle_in_transaction_session_timeout = '60000'")
    expect(sent[0]).toContain("SET SESSION lock_timeout = '5'")
  })

  it.each(Object.keys(right).filter((one) => one !== 'default_transaction_isolation'))(
    'is refused where it says another %s',
    async (setting) => {
      const { send } = session(asked, { [setting]: 'other' })
      expect(await setUpOf(options)(send, 1_000)).toMatchObject({
        _tag: 'Connection',
        phase: 'session',
        sent: 'no',
        message: `the session could not be set up: ${setting} is other, not ${right[setting]}`,
      })
    },
  )

  it('is refused where it says nothing, or refuses', async () => {
    const silent: Connection['send'] = () => E.right({ rows: [], affected: 0, insertId: null })
    expect(await setUpOf(options)(silent, 1_000)).toMatchObject({
      message: expect.stringMatching(/TimeZone is undefined/),
    })
    const refusing: Connection['send'] = () => E.left(sqlError())
    expect(await setUpOf(options)(refusing, 1_000)).toMatchObject({ _tag: 'Connection', cause: { _tag: 'Sql' } })
  })

  it('behind a pooler is set to nothing, and read back all the same', async () => {
    const pooled: PostgresConnect = { ...options, pooler: 'transaction', lockTimeoutMs: 7 }
    const { sent, send } = session(asked)
    expect(await setUpOf(pooled)(send, 1_000)).toBeNull()
    expect(sent[0]).toMatch(/^SELECT /)
    expect(sent[0]).not.toMatch(/SET /)
    expect(startupOf(options)).toEqual({})
    expect(startupOf(pooled)).toEqual({
      TimeZone: 'UTC',
      standard_conforming_strings: 'on',
      DateStyle: 'ISO, YMD',
    })
    const begin = { isolation: 'serializable', readOnly: true, deferrable: true } as const
    expect(beginOf(options)(begin)).toEqual(['BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY DEFERRABLE'])
    expect(beginOf(pooled)(begin)[0]).toMatch(
      /^BEGIN ISOLATION .* DEFERRABLE; SET LOCAL .*; SET LOCAL lock_timeout = '7'$/,
    )
  })

  it('has no time on the server that a timer can not count', async () => {
    const { sent, send } = session(asked)
    await setUpOf({ ...options, statementTimeoutMs: 2_147_483_647 })(send, 1_000)
    expect(sent[0]).toContain("SET SESSION statement_timeout = '2147483647'")
  })
})

describe.each(['mysql', 'mariadb'])('a session of %s', (name) => {
  const flavour = flavours[name]
  if (flavour === undefined) throw new Error('there are two')
  const version = name === 'mysql' ? '9.7.4' : '10.11.19-MariaDB'
  const options: MysqlConnect = {
    ...server,
    port: 3306,
    socketPath: undefined,
    ssl: undefined,
    idleInTransactionMs: null,
  }
  // what was set is what it says, but for the character sets, which are set by SET NAMES
  const asked = (sent: ReadonlyArray<string>) => (text: string) =>
    [...text.matchAll(/@@session\.(\w+)/g)].map(([, setting = '']): readonly [string, unknown] => {
      if (setting.startsWith('character_set')) return [setting, 'utf8mb4']
      if (setting === 'collation_connection') return [setting, flavour.collation]
      return [setting, new RegExp(`SESSION ${setting} = '?([^',]*(?:,[A-Z_]+)*)`).exec(sent.join())?.[1]]
    })
  const tried = async (
    says: { readonly [setting: string]: unknown },
    said = version,
    more: Partial<MysqlConnect> = {},
  ) => {
    const texts: Array<string> = []
    const { sent, send } = session((text) => asked(texts)(text), says, said)
    const noted: Connection['send'] = (statement, limits) => {
      texts.push(statement.sql)
      return send(statement, limits)
    }
    return { outcome: await setUp({ send: noted }, flavour, { ...options, ...more }, 1_000), sent }
  }

  it('is set to everything that it is asked for', async () => {
    const { outcome, sent } = await tried({}, version, {
      isolation: 'read committed',
      lockTimeoutMs: 1_001,
      ...(name === 'mariadb' ? { idleInTransactionMs: 1 } : {}),
    })
    expect(outcome).toBeNull()
    expect(sent[1]).toMatch(new RegExp(`^SET NAMES utf8mb4 COLLATE ${flavour.collation}, `))
    expect(sent[1]).toContain("SESSION time_zone = '+00:00'")
    expect(sent[1]).toContain('SESSION sql_select_limit = 18446744073709551615')
    expect(sent[1]).toContain('SESSION innodb_lock_wait_timeout = 2, SESSION lock_wait_timeout = 2')
    expect(sent[1]).toContain(
      name === 'mysql' ? 'SESSION max_execution_time = 61000' : 'SESSION max_statement_time = 61',
    )
    expect(String(sent[1]).includes('SESSION idle_transaction_timeout = 1')).toBe(name === 'mariadb')
    expect(sent[2]).toBe('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED')
    expect(sent[3]).toMatch(/^SELECT @@session\.character_set_client, /)
  })

  it.each([
    ['time_zone', '+09:00'],
    ['character_set_client', 'latin1'],
    ['character_set_connection', 'gbk'],
    ['character_set_results', 'utf8mb3'],
    ['collation_connection', 'utf8mb4_general_ci'],
    ['sql_mode', ''],
    ['sql_mode', 'NO_BACKSLASH_ESCAPES'],
    ['autocommit', '0'],
    ['foreign_key_checks', '0'],
    ['sql_auto_is_null', '1'],
    ['sql_select_limit', '1'],
    ['div_precision_increment', '0'],
  ])('is refused where its %s is %s', async (setting, value) => {
    const { outcome } = await tried({ [setting]: value })
    expect(outcome).toMatchObject({ _tag: 'Connection', phase: 'session', sent: 'no' })
    expect(outcome?.message).toContain(`the session could not be set up: ${setting} is ${value}, not `)
  })

  it('takes its modes in any order, and not the server of the other dialect', async () => {
    const modes = flavour.sqlMode.split(',').toReversed().join(',')
    expect((await tried({ sql_mode: modes })).outcome).toBeNull()
    const other = name === 'mysql' ? '10.11.19-MariaDB' : '9.7.4'
    expect((await tried({}, other)).outcome?.message).toContain(
      `the server says ${other}: use ${name === 'mysql' ? 'mariadb' : 'mysql'}(…)`,
    )
  })

  it('has no time of the server while the rows of a stream are read', () => {
    expect(limitOff(flavour).sql).toBe(`SET SESSION ${flavour.limit} = 0`)
    expect(limitOn(flavour, options).sql).toBe(
      name === 'mysql' ? 'SET SESSION max_execution_time = 61000' : 'SET SESSION max_statement_time = 61',
    )
  })
})

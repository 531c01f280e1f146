// Servers that are set up otherwise than relvar likes it: wrong defaults for sessions, passwords full of signs, certificates that
// nobody vouches for. Each server is this file's own.
import { chownSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Database } from '../../../src/effects/database.js'
import { pause } from '../../../src/effects/deadline.js'
import type { ServerOptions } from '../../../src/effects/options.js'
import {
  createAll,
  eq,
  from,
  insertInto,
  integer,
  interval,
  literal,
  nullable,
  primaryKey,
  schema,
  select,
  table,
  text,
  timestamp,
  where,
} from '../../../src/index.js'
import { type Certificate, certificateFor } from '../../support/certificate.js'
import { engines } from '../../support/engines.js'
import { recorded } from '../../support/faults.js'
import { type Keeper, keeper, unprivileged } from '../../support/servers/keeper.js'
import { mariadb as startMariadb, mysql as startMysql } from '../../support/servers/mysql.js'
import { postgres as startPostgres } from '../../support/servers/postgres.js'
import type { Found } from '../../support/servers/server.js'
import { ask, define, must, open } from './raw.js'
import { openWith } from './with-options.js'

const trusted = certificateFor('localhost')
const stranger = certificateFor('db.example')

const things = table('things', {
  id: pipe(integer, primaryKey),
  body: text,
  at: timestamp,
  lasts: pipe(integer, nullable),
})

/** A row in which each value is one that a wrong setting would change. */
const row = { id: 0, body: 'back\\slash \'quote\' "double" 漢字 😀', at: '2024-02-29T23:59:59.123456', lasts: null }

const all = async (db: Database): Promise<unknown> => {
  await db.execute(insertInto(things)(row))()
  return db.all(pipe(from(things), where(eq(things.body, literal(row.body, text)))))()
}

const secret = 'p$a@b%c/?#:&=é "\'\\'

// (a ? in the text of a statement would be a placeholder here)
const escaped = secret.replace(/./g, (sign) => `\\${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)

const servers = engines().filter(
  ({ name }, i, list) => name !== 'sqlite' && list.findIndex((one) => one.name === name) === i,
)

describe.each(servers.map((engine) => [engine.name, engine] as const))(
  'a server of another mind: %s',
  (name, engine) => {
    let kept: Keeper
    let url = ''
    let admin: Database
    let folder = ''
    const postgres = name === 'postgres'

    /** Gives the server's folder this certificate. */
    const shown = (certificate: Certificate): void => {
      for (const [file, content] of Object.entries(certificate)) {
        writeFileSync(join(folder, file), content, { mode: 0o600 })
        if (unprivileged['uid'] !== undefined) chownSync(join(folder, file), unprivileged['uid'], unprivileged['gid'])
      }
    }
    const start = (): Promise<Found> => {
      const options = [`--ssl-cert=${join(folder, 'cert')}`, `--ssl-key=${join(folder, 'key')}`]
      return postgres ? startPostgres(kept) : name === 'mysql' ? startMysql(kept, options) : startMariadb(kept, options)
    }

    beforeAll(async () => {
      kept = keeper()
      folder = kept.directory('certificate')
      shown(trusted)
      const { servers: found, problems } = await start()
      const [server] = found
      if (server === undefined) throw new Error(problems.join('; '))
      url = server.url
      admin = open(engine, url)
      if (postgres) {
        for (const setting of [
          `ssl_cert_file = '${join(folder, 'cert')}'`,
          `ssl_key_file = '${join(folder, 'key')}'`,
          'ssl = on',
        ])
          await define(admin, `alter system set ${setting}`)
        await define(admin, "create role ed login password 'ed'")
        await define(admin, `create role marks login password U&'${escaped}'`)
        await define(admin, 'create database blog owner ed')
        const file = String((await must(admin, "select current_setting('hba_file')")).rows[0]?.[0])
        writeFileSync(file, `host all marks 127.0.0.1/32 scram-sha-256\n${readFileSync(file, 'utf8')}`)
        await must(admin, 'select pg_reload_conf()')
      } else {
        await define(admin, "create user ed@'%' identified by 'ed'")
        await define(
          admin,
          `create user marks@'%' identified by '${secret.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`,
        )
        await define(admin, 'create database blog character set latin1')
        await define(admin, "grant all on blog.* to ed@'%'")
        await define(admin, "grant all on blog.* to marks@'%'")
      }
    }, 120_000)
    afterAll(async () => {
      await admin.close()()
      await kept.close()
    })

    const urlOf = (user: string, password: string, host = '127.0.0.1', database = 'blog'): string => {
      const other = new URL(url)
      other.hostname = host
      other.username = user
      other.password = encodeURIComponent(password)
      other.pathname = `/${database}`
      return other.href
    }

    describe('passwords', () => {
      it('[A02] of any signs are taken from a URL and a record, and a wrong one is shown nowhere', async () => {
        for (const db of [open(engine, urlOf('marks', secret)), openWith(engine, urlOf('marks', secret))]) {
          expect(await ask(db, 'select 1')).toMatchObject({ _tag: 'Right' })
          await db.close()()
        }
        const wrong = open(engine, urlOf('marks', `${secret}2`))
        const outcome = await ask(wrong, 'select 1')
        expect(outcome).toMatchObject({ left: { _tag: 'Connection', phase: 'auth', sent: 'no' } })
        expect(JSON.stringify(outcome)).not.toContain('p$a')
        await wrong.close()()
      })
    })

    describe('TLS', () => {
      const encrypted = {
        postgres: 'select ssl::text from pg_stat_ssl where pid = pg_backend_pid()',
        mysql: "show session status like 'Ssl_cipher'",
        mariadb: "show session status like 'Ssl_cipher'",
        sqlite: '',
      }[engine.name]
      const over = async (host: string, ssl: NonNullable<ServerOptions['ssl']>) => {
        const db = openWith(engine, urlOf('ed', 'ed', host), { ssl, poolSize: 1 })
        const outcome = await ask(db, encrypted, [], { text: 'once' })
        await db.close()()
        return E.isLeft(outcome) ? outcome.left : String(outcome.right.rows[0]?.at(-1))
      }
      const isOn = postgres ? /^true$/ : /^TLS_|^ECDHE|AES/

      it('is spoken to a server whose certificate a known authority vouches for, by the name that it was made for', async () => {
        expect(await over('localhost', { ca: trusted.cert })).toMatch(isOn)
      })

      it.each([
        ['nobody vouches for', true],
        ['another authority vouches for', { ca: stranger.cert }],
      ] as const)('refuses a certificate that %s, before any password is sent', async (__, ssl) => {
        expect(await over('localhost', ssl)).toMatchObject({ _tag: 'Connection', phase: 'connect', sent: 'no' })
      })

      it('takes any certificate where it is told to, and is not spoken where it is off', async () => {
        expect(await over('127.0.0.1', { rejectUnauthorized: false })).toMatch(isOn)
        expect(await over('127.0.0.1', false)).not.toMatch(isOn)
      })

      it('is spoken by the words of a URL', async () => {
        if (postgres) {
          const db = open(engine, `${urlOf('ed', 'ed')}?sslmode=require`)
          expect(String((await must(db, encrypted, [], { text: 'once' })).rows[0]?.at(-1))).toMatch(isOn)
          await db.close()()
        }
        const strict = open(
          engine,
          `${urlOf('ed', 'ed', 'localhost')}?${postgres ? 'sslmode=verify-full' : 'ssl=true'}`,
        )
        expect(await ask(strict, 'select 1')).toMatchObject({ left: { _tag: 'Connection', phase: 'connect' } })
        await strict.close()()
      })

      it('refuses the certificate of another host, also where its authority is known', async () => {
        shown(stranger)
        const anew = {
          postgres: 'select pg_reload_conf()',
          mysql: 'alter instance reload tls',
          mariadb: 'flush ssl',
          sqlite: '',
        }
        await define(admin, anew[engine.name])
        // (PostgreSQL reads it soon)
        await pause(300)
        expect(await over('localhost', { ca: stranger.cert })).toMatchObject({ _tag: 'Connection', sent: 'no' })
        expect(await over('localhost', { ca: stranger.cert, rejectUnauthorized: false })).toMatch(isOn)
      })
    })

    describe('sessions with wrong defaults', () => {
      beforeAll(async () => {
        const wrong = postgres
          ? [
              "alter role ed set timezone = 'Asia/Tokyo'",
              'alter role ed set standard_conforming_strings = off',
              "alter role ed set client_encoding = 'LATIN1'",
              "alter role ed set datestyle = 'German'",
              "alter role ed set intervalstyle = 'sql_standard'",
              "alter role ed set bytea_output = 'escape'",
              'alter role ed set extra_float_digits = -10',
              'alter role ed set array_nulls = off',
              'alter role ed set transform_null_equals = on',
              "alter database blog set idle_in_transaction_session_timeout = '1ms'",
              "alter database blog set statement_timeout = '1ms'",
            ]
          : [
              "set global sql_mode = 'NO_BACKSLASH_ESCAPES,ANSI_QUOTES,PIPES_AS_CONCAT,PAD_CHAR_TO_FULL_LENGTH'",
              "set global time_zone = '+09:00'",
              'set global character_set_server = latin1',
              'set global autocommit = 0',
              'set global foreign_key_checks = 0',
              'set global sql_auto_is_null = 1',
              'set global sql_select_limit = 1',
              'set global group_concat_max_len = 16',
              'set global div_precision_increment = 0',
              name === 'mysql' ? 'set global max_execution_time = 1' : 'set global max_statement_time = 0.001',
              "set global init_connect = 'set names latin1, session autocommit = 0, session sql_select_limit = 0'",
            ]
        for (const text of wrong) await define(admin, text)
      })

      it('are set to what relvar means, and read back: values come back as they went', async () => {
        const db = open(engine, urlOf('ed', 'ed'))
        expect(await db.execute(createAll(schema({ things })))()).toMatchObject({ _tag: 'Right' })
        expect(await all(db)).toEqual(E.right([row]))
        const several = await must(db, 'select 1 as n union all select 2 union all select 3')
        expect(several.rows).toHaveLength(3)
        if (postgres) {
          const lasts = pipe(from(things), select({ lasts: literal('P1Y2M3DT4H5M6S', interval) }))
          expect(await db.all(lasts)()).toEqual(E.right([{ lasts: 'P1Y2M3DT4H5M6S' }]))
          const settings = ['TimeZone', 'standard_conforming_strings', 'client_encoding', 'DateStyle', 'bytea_output']
          const found = await must(db, `select ${settings.map((one) => `current_setting('${one}')`).join(', ')}`)
          expect(found.rows).toEqual([['UTC', 'on', 'UTF8', 'ISO, YMD', 'hex']])
        } else {
          const names = [
            'time_zone',
            'character_set_client',
            'character_set_results',
            'autocommit',
            'foreign_key_checks',
          ]
          const found = await must(
            db,
            `select ${names.map((one) => `@@session.${one}`).join(', ')}, @@session.sql_mode`,
          )
          expect(found.rows[0]?.slice(0, 5).map(String)).toEqual(['+00:00', 'utf8mb4', 'utf8mb4', '1', '1'])
          expect(String(found.rows[0]?.[5])).toMatch(/STRICT_ALL_TABLES/)
          expect(String(found.rows[0]?.[5])).not.toMatch(/BACKSLASH|ANSI|PIPES|PAD_CHAR/)
        }
        await db.close()()
        recorded({
          fault: 'session settings',
          engine: engine.name,
          sees: 'nothing; `Connection{phase: session}` where one cannot be set',
          checked:
            'a server whose defaults are wrong: each setting is set and read back, and values come back as they went',
        })
      })

      it('are those of a transaction and of a session made anew, too', async () => {
        const db = openWith(engine, urlOf('ed', 'ed'), { poolSize: 1, reset: 'full' })
        const zone = postgres ? "select current_setting('TimeZone')" : 'select @@session.time_zone'
        const right = postgres ? 'UTC' : '+00:00'
        for (let i = 0; i < 3; i++) expect((await must(db, zone)).rows).toEqual([[right]])
        const inside = await db.transaction()((tx) => async () => E.right((await must(tx, zone)).rows))()
        expect(inside).toEqual(E.right([[right]]))
        await db.close()()
      })
    })

    it("[A10] a database that can not hold all text is refused, and a name of one's own for a function deceives nobody", async () => {
      if (!postgres) {
        // the tables that relvar makes are of utf8mb4 in a database of latin1
        const db = open(engine, urlOf('ed', 'ed'))
        const charset =
          "select character_set_name from information_schema.columns where table_name = 'things' and column_name = 'body'"
        expect((await must(db, charset)).rows).toEqual([['utf8mb4']])
        await db.close()()
        return
      }
      for (const encoding of ['SQL_ASCII', 'LATIN1']) {
        await define(admin, `create database ${encoding.toLowerCase()} encoding '${encoding}' template template0`)
        const db = open(engine, urlOf('ed', 'ed', '127.0.0.1', encoding.toLowerCase()))
        expect(await ask(db, 'select 1')).toMatchObject({
          left: {
            _tag: 'Connection',
            phase: 'session',
            message: `the session could not be set up: server_encoding is ${encoding}, not UTF8`,
          },
        })
        expect(db.status()).toMatchObject({ open: 0 })
        await db.close()()
      }
      const db = open(engine, urlOf('ed', 'ed'))
      await define(db, 'create schema evil')
      await define(db, "create function evil.current_setting(text) returns text language sql as 'select ''Mars'''")
      await define(admin, 'alter role ed set search_path = evil, pg_catalog, public')
      const deceived = open(engine, urlOf('ed', 'ed'))
      expect((await must(deceived, "select current_setting('TimeZone')")).rows).toEqual([['Mars']])
      await deceived.close()()
      await db.close()()
    })
  },
)

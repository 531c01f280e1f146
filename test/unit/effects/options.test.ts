// Options from URLs, records and the environment: what can be right is taken as it is meant, the rest is refused with a reason that
// shows no secret. No database is needed for that.
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'

import { databaseFrom } from '../../../src/effects/database-from.js'
import type { Database } from '../../../src/effects/database.js'
import { serverForms } from '../../../src/effects/options.js'
import { mariadb, mysql } from '../../../src/effects/mysql.js'
import { postgres } from '../../../src/effects/postgres.js'
import { sqlite } from '../../../src/effects/sqlite.js'
import { fromServerUrl } from '../../../src/effects/url.js'

const read = (url: string) =>
  fromServerUrl('postgres', { names: ['postgres', 'postgresql'], driver: 'pg' }, serverForms, url)

type Make = (url: string) => Database
const makers: { readonly [name: string]: Make } = { postgres, mysql, mariadb, sqlite }

/** A URL of each engine with these options. */
const urls: ReadonlyArray<readonly [string, Make, string]> = [
  ['postgres', postgres, 'postgres://ed:secret@localhost:5432/blog'],
  ['mysql', mysql, 'mysql://ed:secret@localhost:3306/blog'],
  ['mariadb', mariadb, 'mariadb://ed:secret@localhost:3306/blog'],
  ['sqlite', sqlite, 'sqlite:blog.db'],
]

const messageOf = (outcome: E.Either<{ readonly message: string }, unknown>): string =>
  E.isLeft(outcome) ? outcome.left.message : 'Right'

describe('the URL of a server', () => {
  it.each([
    ['p%24a%40b%25c%2F%3F%23%3A', 'p$a@b%c/?#:'],
    ['p$a', 'p$a'],
    ['p@a@b', 'p@a@b'],
    ['a+b', 'a+b'],
    ['%C3%A9%F0%9F%98%80', 'é😀'],
  ])('[A02] gives a password as it is meant: %s', (written, meant) => {
    expect(read(`postgres://ed:${written}@db.example:5433/blog`)).toEqual({
      host: 'db.example',
      port: 5433,
      user: 'ed',
      password: meant,
      database: 'blog',
    })
  })

  it.each(['p/x', '12/4', '12?4', 'p#x', '12#x', 'p%x', 'p?x=1&y', '1?a-b', '1/%40'])(
    '[A02] refuses a password that hides the rest of the URL, and shows nothing of it: %s',
    (written) => {
      const url = `postgres://ed:${written}@db.example/blog`
      const outcome = databaseFrom(postgres)(url)
      expect(outcome).toMatchObject({ left: { _tag: 'InvalidValue', code: 'RV601', statement: null } })
      expect(messageOf(outcome)).toMatch(/%2F|%3F|%23|%25|must look like/)
      for (const part of ['ed:', 'db.example', '12', 'p#', '4@'].filter((one) => url.includes(one)))
        expect(messageOf(outcome)).not.toContain(part)
    },
  )

  it.each([
    'postgres://localhost/x',
    'postgresql://localhost/x',
    'postgres+pg://localhost/x',
    'postgres://localhost/x?',
    'postgres://localhost/x?&',
    'postgres:///x',
  ])('[A02, A09] with a driver, an empty query or no host: %s', (url) => {
    expect(read(url)).toMatchObject({ database: 'x' })
    expect(E.isRight(databaseFrom(postgres)(url))).toBe(true)
  })
})

describe.each(urls)('databaseFrom for %s', (name, make, url) => {
  const from = databaseFrom(make)

  it('[A01, A11] opens nothing: a Database is a value', () => {
    const outcome = from(url)
    expect(E.isRight(outcome) && Object.isFrozen(outcome.right)).toBe(true)
    expect(E.isRight(outcome) && outcome.right.status()).toMatchObject({ driver: null, open: 0, opening: 0 })
  })

  it('[A09] takes options of the right form from the query, and refuses all others by a Left', () => {
    const size = from(`${url}?poolSize=3&acquireTimeoutMs=50&hideParameters=false&overflow=unlimited`)
    expect(E.isRight(size) && size.right.status()).toMatchObject({ size: 3 })
    expect(messageOf(from(`${url}?pollSize=3`))).toMatch(/there is no option "pollSize"; there are poolSize/)
    expect(messageOf(from(`${url}?toString=3`))).toMatch(/there is no option "toString"/)
    expect(messageOf(from(`${url}?poolSize=3&poolSize=4`))).toMatch(/"poolSize" stands twice/)
    expect(messageOf(from(`${url}?poolSize=three`))).toMatch(/"poolSize" must be a whole number from 1/)
    expect(messageOf(from(`${url}?overflow=-1`))).toMatch(/"overflow" must be a whole number from 0, or unlimited/)
    expect(messageOf(from(`${url}?=3`))).toMatch(/whose name is no word/)
    expect(messageOf(from(`${url}?hideParameters=secret`))).not.toMatch(/secret/)
  })

  it('[A10] has no option for an encoding: it is always Unicode', () => {
    expect(messageOf(from(`${url}?charset=latin1`))).toMatch(/there is no option "charset"/)
    expect(messageOf(from(`${url}?client_encoding=latin1`))).toMatch(/there is no option "client_encoding"/)
  })

  it('[A02, A03] takes the driver that there is as a suffix, and names it where another is asked for', () => {
    const scheme = /^[a-z]+/.exec(url)?.[0] ?? ''
    const known = name === 'postgres' ? 'pg' : name === 'sqlite' ? 'node:sqlite' : 'mysql2'
    expect(E.isRight(from(url.replace(scheme, `${scheme}+${known}`)))).toBe(true)
    expect(messageOf(from(url.replace(scheme, `${scheme}+pymysql`)))).toMatch(
      name === 'sqlite'
        ? /better-sqlite3/
        : new RegExp(`no driver "pymysql"; relvar speaks to ${name} through ${known}`),
    )
  })

  it('[A04, A05] names the dialects that there are where another is asked for', () => {
    for (const other of ['oracle', 'mssql', 'firebird', 'oracle+cx_oracle'])
      expect(messageOf(from(`${other}://ed:secret@localhost/blog`))).toBe(
        `${name}: there is no dialect "${other.split('+')[0]}"; there are postgres, mysql, mariadb and sqlite`,
      )
  })

  it('names the right function for the URL of another engine', () => {
    for (const [other, , theirs] of urls.filter(([one]) => one !== name)) {
      // (MariaDB is also spoken to as mysql://)
      if (name === 'mariadb' && other === 'mysql') continue
      expect(messageOf(from(theirs))).toBe(`${name}: this is a URL of ${other}; use ${other}(…)`)
    }
  })

  it('throws the same as a TypeError where it is written', () => {
    expect(() => makers[name]?.(`${url}?pollSize=3`)).toThrow(TypeError)
  })

  it('[A13, A19] has a pool of many connections, of one, or of none, and refuses what has no meaning then', () => {
    const one = from(`${url}?pool=single`)
    expect(E.isRight(one) && one.right.status()).toMatchObject({ size: 1 })
    expect(E.isRight(from(`${url}?pool=none&poolSize=3`))).toBe(true)
    expect(messageOf(from(`${url}?pool=single&poolSize=2`))).toMatch(/"poolSize" is 1 where pool is single/)
    expect(messageOf(from(`${url}?pool=single&overflow=1`))).toMatch(/"overflow" is 0 where pool is single/)
    expect(messageOf(from(`${url}?pool=none&maxAgeMs=5`))).toMatch(/"maxAgeMs" has no meaning where pool is none/)
    expect(messageOf(from(`${url}?pool=static`))).toMatch(/"pool" must be one of queue, single, none/)
  })
})

describe('options of one engine alone', () => {
  it.each([
    ['postgres', 'reset', 'postgres://h/x?pooler=transaction&reset=full'],
    ['postgres', 'isolation', 'postgres://h/x?pooler=transaction&isolation=serializable'],
    ['postgres', 'pooler', 'postgres://h/x?pooler=session'],
    ['mysql', 'idleInTransactionMs', 'mysql://h/x?idleInTransactionMs=5000'],
    ['mysql', 'pooler', 'mysql://h/x?pooler=transaction'],
    ['sqlite', 'pool', 'sqlite::memory:?pool=none'],
    ['sqlite', 'lockTimeoutMs', 'sqlite:x.db?lockTimeoutMs=5'],
  ])('%s refuses %s: %s', (name, option, url) => {
    const outcome = databaseFrom(makers[name] ?? sqlite)(url)
    expect(messageOf(outcome)).toContain(`"${option}"`)
  })

  it('what is no refusal of an option is thrown on', () => {
    const broken = () => {
      throw new RangeError('mine')
    }
    expect(() => databaseFrom(broken)(null)).toThrow(RangeError)
  })
})

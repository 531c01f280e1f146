// Every driver takes the same wire forms, counts rows that matched, and sets its session so that text means one thing.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Wire } from '../../../src/compile/statement.js'
import type { Database } from '../../../src/effects/database.js'
import { mariadb, mysql } from '../../../src/effects/mysql.js'
import { postgres } from '../../../src/effects/postgres.js'
import { engines, type FreshDatabase, freshDatabase } from '../../support/engines.js'
import { ask, define, must, open, tagOf } from './raw.js'

describe.each(engines().map((engine) => [engine.label, engine] as const))('the driver of %s', (_, engine) => {
  let fresh: FreshDatabase
  let db: Database
  beforeAll(async () => {
    fresh = await freshDatabase(engine)
    db = open(engine, fresh.url, 'preparedStatements=8')
    await define(db, 'create table counters (id integer primary key, n bigint, d double precision, s varchar(40))')
    await must(db, "insert into counters values (1, 10, 1.5, 'a'), (2, 20, 2.5, 'b'), (3, 30, 3.5, 'c')")
  })
  afterAll(async () => {
    await db.close()()
    await fresh.drop()
  })

  const is = (name: string): boolean => engine.name === name
  const family = is('mysql') || is('mariadb')

  it('gives integers beyond 2^53 exactly, where the statement says that there may be some', async () => {
    const big = 9007199254740993n
    await must(db, 'update counters set n = ? where id = 2', [big])
    const { rows } = await must(db, 'select n from counters where n = ?', [big], { bigints: true })
    expect(rows.map((row) => String(row[0]))).toEqual([String(big)])
    const none = await must(db, 'select n from counters where n = ?', [big + 1n], { bigints: true })
    expect(none.rows).toEqual([])
    await must(db, 'update counters set n = 20 where id = 2')
  })

  it('counts rows that matched, also where nothing changed', async () => {
    expect((await must(db, "update counters set s = 'a' where id = ?", [1n])).affected).toBe(1)
    expect((await must(db, "update counters set s = 'x' where id > ?", [0n])).affected).toBe(3)
    expect((await must(db, 'delete from counters where id = ?', [99n])).affected).toBe(0)
    expect((await must(db, 'select id from counters')).affected).toBe(0)
  })

  it('tells the first key that the engine made, where the engine tells', async () => {
    if (!family) return
    await define(db, 'create table made (id bigint primary key auto_increment, s varchar(5))')
    expect((await must(db, "insert into made (s) values ('a'), ('b')")).insertId).toBe(1n)
    expect((await must(db, "insert into made (s) values ('c')")).insertId).toBe(3n)
    expect((await must(db, "insert into made values (0, 'zero')")).insertId).toBe(null)
    expect((await must(db, 'select id from made order by id')).rows.map((row) => Number(row[0]))).toEqual([0, 1, 2, 3])
  })

  it('takes null, text, numbers, bigints and bytes', async () => {
    const bytes = is('postgres') ? 'bytea' : 'blob'
    await define(
      db,
      `create table forms (id integer primary key, s varchar(40), d double precision, n bigint, b ${bytes})`,
    )
    const values: ReadonlyArray<ReadonlyArray<Wire>> = [
      [1n, null, null, null, null],
      [2n, 'it\'s \\ " ` 😀', 0.1, -9223372036854775808n, new Uint8Array([0, 1, 255])],
      [3n, '', -0, 9223372036854775807n, new Uint8Array()],
      [4n, '1', 1e300, 0n, new Uint8Array(new ArrayBuffer(8), 2, 3)],
    ]
    for (const row of values) await must(db, 'insert into forms values (?, ?, ?, ?, ?)', row)
    const { rows } = await must(db, 'select s, d, n, b from forms order by id', [], { bigints: true })
    const asBytes = (b: unknown): unknown =>
      b === null ? null : [...(typeof b === 'string' ? Buffer.from(b.slice(2), 'hex') : (b as Uint8Array))]
    const found = rows.map(([s, d, n, b]) => [
      s,
      d === null ? null : Number(d),
      n === null ? null : BigInt(n as string),
      asBytes(b),
    ])
    expect(found).toEqual([
      [null, null, null, null],
      ['it\'s \\ " ` 😀', 0.1, -9223372036854775808n, [0, 1, 255]],
      ['', expect.closeTo(0), 9223372036854775807n, []],
      ['1', 1e300, 0n, [0, 0, 0]],
    ])
  })

  it('binds a number as a double and a bigint as an integer, whatever its value', async () => {
    const { rows } = await must(db, 'select d / ?, n / ? from counters where id = 1', [2, 4n])
    expect(Number(rows[0]?.[0])).toBe(0.75)
    expect(Number(rows[0]?.[1])).toBe(family ? 2.5 : 2)
    expect(
      (await must(db, 'select id from counters order by id limit ?', [2n])).rows.map((row) => Number(row[0])),
    ).toEqual([1, 2])
  })

  it('prepares more statements than it keeps, and each of them again', async () => {
    for (let round = 0; round < 3; round += 1) {
      for (let i = 0; i < 30; i += 1) {
        const { rows } = await must(db, `select id + ${i} from counters where id = ?`, [1n])
        expect(Number(rows[0]?.[0])).toBe(1 + i)
      }
    }
    if (is('postgres')) {
      const { rows } = await must(db, 'select count(*) from pg_prepared_statements', [], { text: 'once' })
      expect(Number(rows[0]?.[0])).toBeLessThanOrEqual(9)
    }
    if (family) {
      const { rows } = await must(db, "show session status like 'Com_stmt_%'", [], { text: 'once' })
      const count = (name: string): number => Number(rows.find((row) => row[0] === name)?.[1])
      expect(count('Com_stmt_prepare') - count('Com_stmt_close')).toBeLessThanOrEqual(9)
    }
  })

  it('goes on after the tables of a prepared statement have changed', async () => {
    await define(db, 'create table shifting (id integer, a varchar(5))')
    await must(db, "insert into shifting values (1, 'x')")
    const read = () => ask(db, 'select * from shifting')
    expect(tagOf(await read())).toBe('Right')
    await define(db, 'alter table shifting add b integer')
    expect(await read()).toMatchObject({ right: { rows: [[expect.anything(), 'x', null]] } })
  })

  it('reads columns by position, whatever their names', async () => {
    const q = family ? '`' : '"'
    const named = (...names: ReadonlyArray<string>): string =>
      `select ${names.map((name, i) => `${i} as ${q}${name}${q}`).join(', ')}`
    for (const names of [
      ['__proto__', 'a'],
      ['a', 'a'],
      ['constructor', '0'],
      ['toString', '__proto__', '__proto__'],
    ]) {
      const { rows } = await must(db, named(...names))
      expect(rows.map((row) => row.map(Number))).toEqual([names.map((_name, i) => i)])
    }
  })

  it('takes one statement a text', async () => {
    const two = await ask(db, 'select 1; select 2', [], { text: 'once' })
    expect(tagOf(two)).toBe('Sql')
    expect(tagOf(await ask(db, 'select 1'))).toBe('Right')
  })

  it('runs what has no prepared form', async () => {
    if (!family) return
    expect(tagOf(await ask(db, 'lock tables counters read', [], { text: 'once' }))).toBe('Right')
    expect(tagOf(await ask(db, 'unlock tables', [], { text: 'once' }))).toBe('Right')
  })

  it('gives dates and times as text, in UTC', async () => {
    if (is('sqlite')) return
    const now = is('postgres') ? 'timestamptz' : 'datetime(6)'
    await define(db, `create table moments (d date, t ${now})`)
    await must(db, 'insert into moments values (?, ?)', ['2012-10-15', '2012-10-15 12:57:18.000396'])
    const { rows } = await must(db, 'select d, t from moments')
    expect(rows).toEqual([['2012-10-15', `2012-10-15 12:57:18.000396${is('postgres') ? '+00' : ''}`]])
  })

  it('refuses a second connection to a server of the other dialect, and says which to use', async () => {
    if (!family) return
    const other = (is('mysql') ? mariadb : mysql)(fresh.url.replace(/^\w+:/, is('mysql') ? 'mariadb:' : 'mysql:'))
    expect(await ask(other, 'select 1')).toMatchObject({ left: { _tag: 'Connection', phase: 'session', sent: 'no' } })
    await other.close()()
  })

  it('says that the login was refused, without the password, and does not try again', async () => {
    if (is('sqlite')) return
    const url = new URL(fresh.url)
    url.username = 'nobody_of_this_name'
    url.password = 'hunter2secret'
    const stranger = open(engine, url.href)
    const outcome = await ask(stranger, 'select 1')
    // a server that trusts everyone still has no such role
    expect(outcome).toMatchObject({ left: { _tag: 'Connection', phase: 'auth', sent: 'no' } })
    expect(JSON.stringify(outcome)).not.toContain('hunter2secret')
    await stranger.close()()
  })

  it('says that nobody listens, to everyone who waits', async () => {
    if (is('sqlite')) return
    const url = new URL(fresh.url)
    url.port = '1'
    const nowhere = open(engine, url.href, 'poolSize=2')
    const all = await Promise.all([1, 2, 3, 4, 5].map(() => ask(nowhere, 'select 1')))
    for (const outcome of all)
      expect(outcome).toMatchObject({ left: { _tag: 'Connection', phase: 'connect', sent: 'no' } })
    await nowhere.close()()
  })
})

describe('a URL', () => {
  it('opens nothing and refuses what can not be right', () => {
    expect(postgres('postgres://ed:x@localhost/blog?poolSize=3').status()).toMatchObject({ size: 3, open: 0 })
    expect(() => postgres('postgres://localhost/blog?pools=3')).toThrow(/no option "pools"/)
    expect(() => postgres('mysql://localhost/blog')).toThrow(TypeError)
    expect(() => mysql('mysql://localhost/blog?connectTimeoutMs=0')).toThrow(/connectTimeoutMs/)
    expect(() => mysql('mysql://localhost/blog?connectTimeoutMs=2147483648')).toThrow(/2147483647/)
  })
})

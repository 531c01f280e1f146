// What the server refuses is classified by number, alike on every engine, and no message holds a value.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Wire } from '../../../src/compile/statement.js'
import type { Database } from '../../../src/effects/database.js'
import { showDbError } from '../../../src/effects/error-questions.js'
import { isDbError } from '../../../src/effects/error-questions.js'
import { engines, type FreshDatabase, freshDatabase } from '../../support/engines.js'
import { ask, define, must, open } from './raw.js'

const secret = 'hunter2secret'

describe.each(engines().map((engine) => [engine.label, engine] as const))('errors of %s', (_, engine) => {
  let fresh: FreshDatabase
  let db: Database
  beforeAll(async () => {
    fresh = await freshDatabase(engine)
    db = open(engine, fresh.url, 'poolSize=2')
    await define(
      db,
      'create table parents (id integer primary key, name varchar(20) not null, constraint parents_name unique (name))',
    )
    await define(
      db,
      `create table children (id integer primary key, parent_id integer not null, age integer, constraint children_age check (age >= 0), constraint children_parent foreign key (parent_id) references parents (id))`,
    )
    await define(db, 'create table pairs (a varchar(20) not null, b varchar(20) not null, primary key (a, b))')
    await must(db, 'insert into parents values (?, ?)', [1n, secret])
    await must(db, 'insert into pairs values (?, ?)', [secret, 'b'])
  })
  afterAll(async () => {
    await db.close()()
    await fresh.drop()
  })

  const is = (...names: ReadonlyArray<string>): boolean => names.includes(engine.name)

  const left = async (text: string, parameters: ReadonlyArray<Wire> = []): Promise<unknown> => {
    const outcome = await ask(db, text, parameters)
    if (outcome._tag === 'Right') throw new Error(`${text} succeeded`)
    expect(isDbError(outcome.left)).toBe(true)
    expect(showDbError(outcome.left)).not.toContain(secret)
    expect(JSON.stringify(outcome.left)).not.toContain(secret)
    return outcome.left
  }

  it('[ERR01, N01, N15, dialect 89] a duplicate key', async () => {
    const error = await left('insert into parents values (?, ?)', [2n, secret])
    expect(error).toMatchObject({
      _tag: 'UniqueViolation',
      code: 'RV201',
      statement: expect.stringContaining('insert into parents'),
    })
    if (is('sqlite')) expect(error).toMatchObject({ table: 'parents', columns: ['name'], constraint: null })
    else expect(error).toMatchObject({ constraint: 'parents_name' })
    if (is('postgres')) expect(error).toMatchObject({ table: 'parents', columns: ['name'] })
    expect(await left('insert into parents values (?, ?)', [1n, 'other'])).toMatchObject({ _tag: 'UniqueViolation' })
    const pair = await left('insert into pairs values (?, ?)', [secret, 'b'])
    if (is('sqlite', 'postgres')) expect(pair).toMatchObject({ columns: ['a', 'b'], table: 'pairs' })
    expect(
      await left('insert into pairs values (?, ?), (?, ?)', ["' for key 'x", 'b', "' for key 'x", 'b']),
    ).toMatchObject({
      _tag: 'UniqueViolation',
      constraint: is('postgres') ? 'pairs_pkey' : is('sqlite') ? null : 'PRIMARY',
    })
  })

  it('[ERR02, N15, dialect 89] a foreign key, from both ends', async () => {
    const named = is('sqlite') ? {} : { constraint: 'children_parent', table: 'children', columns: ['parent_id'] }
    expect(await left('insert into children values (?, ?, ?)', [1n, 99n, 1n])).toMatchObject({
      _tag: 'ForeignKeyViolation',
      code: 'RV202',
      ...named,
    })
    await must(db, 'insert into children values (?, ?, ?)', [1n, 1n, 1n])
    expect(await left('delete from parents where id = ?', [1n])).toMatchObject({ _tag: 'ForeignKeyViolation' })
  })

  it('[ERR02, dialect 89] null where none may be, given or left out', async () => {
    const column = { _tag: 'NotNullViolation', code: 'RV203', columns: ['name'] }
    expect(await left('insert into parents values (?, ?)', [3n, null])).toMatchObject(column)
    expect(await left('insert into parents (id) values (?)', [3n])).toMatchObject(column)
  })

  it('[ERR02, dialect 89] a check', async () => {
    const error = await left('insert into children values (?, ?, ?)', [2n, 1n, -1n])
    expect(error).toMatchObject({ _tag: 'CheckViolation', code: 'RV204', constraint: 'children_age' })
  })

  it('[ERR02] what is too long, out of range or no number', async () => {
    if (is('sqlite')) return
    expect(await left('insert into parents values (?, ?)', [4n, secret.repeat(9)])).toMatchObject({
      _tag: 'Sql',
      code: 'RV901',
    })
    expect(await left('insert into parents values (?, ?)', [99999999999n, 'x'])).toMatchObject({ _tag: 'Sql' })
    if (is('postgres')) {
      expect(await left('select cast(? as text)::integer', [secret])).toMatchObject({ _tag: 'Sql', sqlState: '22P02' })
    }
  })

  it('[ERR04] an unknown table, and a syntax error', async () => {
    const unknown = await left('select * from nowhere')
    const syntax = await left('selec 1')
    const expected = {
      sqlite: [null, null],
      postgres: ['42P01', '42601'],
      mysql: ['42S02', '42000'],
      mariadb: ['42S02', '42000'],
    }
    expect(unknown).toMatchObject({
      _tag: 'Sql',
      sqlState: expected[engine.name][0],
      message: expect.stringContaining('nowhere'),
    })
    expect(syntax).toMatchObject({
      _tag: 'Sql',
      sqlState: expected[engine.name][1],
      message: expect.stringContaining('selec'),
    })
  })

  it('shows what the server said where the Database was made so', async () => {
    const open_ = open(engine, fresh.url, 'hideParameters=false')
    const outcome = await ask(open_, 'insert into parents values (?, ?)', [9n, secret])
    expect(outcome).toMatchObject({ left: { _tag: 'UniqueViolation', cause: expect.any(Error) } })
    await open_.close()()
  })

  it('a value that the driver can not bind is refused and leaves the connection usable', async () => {
    // no type of relvar's allows it, but JavaScript does
    const outcome = await ask(db, 'select ?', [(() => 1) as unknown as Wire])
    if (!is('postgres')) expect(outcome._tag).toBe('Left')
    for (let i = 0; i < 3; i += 1) expect((await ask(db, 'select 1'))._tag).toBe('Right')
    expect(db.status()).toMatchObject({ busy: 0, waiting: 0 })
  })
})

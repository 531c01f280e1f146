// Functions and procedures that are kept in the database: functions are called in expressions, procedures by text.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  bigint,
  type Database,
  Db,
  eq,
  fn,
  from,
  innerJoin,
  insertInto,
  integer,
  literal,
  nullable,
  orderBy,
  primaryKey,
  select,
  sql,
  subquery,
  table,
  text,
  varchar,
  where,
} from '../../../src/index.js'
import { engines } from '../../support/engines.js'
import { must, openWorld, tagOf, type World } from '../../support/run-load.js'

const accounts = table('accounts', { id: pipe(integer, primaryKey), owner: varchar(20), balance: integer })

/** What is kept in the database, in the words of each engine; SQLite keeps no code. */
const kept = {
  postgres: [
    `CREATE FUNCTION doubled(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT n * 2 $$`,
    `CREATE FUNCTION rich(lowest integer) RETURNS TABLE (id integer, owner varchar) LANGUAGE sql AS $$ SELECT a.id, a.owner FROM accounts a WHERE a.balance >= lowest ORDER BY a.id $$`,
    `CREATE PROCEDURE transfer(giver integer, taker integer, amount integer, INOUT rest integer) LANGUAGE plpgsql AS $$ BEGIN UPDATE accounts SET balance = balance - amount WHERE id = giver; UPDATE accounts SET balance = balance + amount WHERE id = taker; SELECT balance INTO rest FROM accounts WHERE id = giver; END $$`,
    `CREATE PROCEDURE rename_owner(which integer, new_name text) LANGUAGE sql AS $$ UPDATE accounts SET owner = new_name WHERE id = which $$`,
  ],
  mysql: [
    `CREATE FUNCTION doubled(n INT) RETURNS INT DETERMINISTIC RETURN n * 2`,
    `CREATE PROCEDURE rich(IN least_balance INT) BEGIN SELECT id, owner FROM accounts WHERE balance >= least_balance ORDER BY id; SELECT 'another result' AS note; END`,
    `CREATE PROCEDURE transfer(IN giver INT, IN taker INT, IN amount INT, OUT rest INT) BEGIN UPDATE accounts SET balance = balance - amount WHERE id = giver; UPDATE accounts SET balance = balance + amount WHERE id = taker; SELECT balance INTO rest FROM accounts WHERE id = giver; END`,
    `CREATE PROCEDURE rename_owner(IN which INT, IN new_name VARCHAR(20)) UPDATE accounts SET owner = new_name WHERE id = which`,
  ],
}

const ofEngine = (name: 'postgres' | 'mysql' | 'mariadb' | 'sqlite'): ReadonlyArray<string> =>
  name === 'sqlite' ? [] : name === 'postgres' ? kept.postgres : kept.mysql

describe.each(engines())('functions and procedures on $label', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(engine)
    await world.create({ accounts })
    await world.rows(
      insertInto(accounts)([
        { id: 1, owner: 'ed', balance: 100 },
        { id: 2, owner: 'wendy', balance: 50 },
      ]),
    )
    for (const definition of ofEngine(engine.name)) await world.answer(sql.text(definition as string).command())
  })
  afterAll(() => world.close())

  const isServer = engine.name !== 'sqlite'
  const balances = () => world.rows(pipe(from(accounts), orderBy(accounts.id), select(accounts.balance)))

  it('[C40] a function is an expression of the type that its caller says', async () => {
    const name = isServer ? 'doubled' : 'abs'
    const doubled = fn(name, integer)
    const rows = await world.rows(
      pipe(from(accounts), where(eq(doubled(accounts.id), isServer ? 4 : 2)), select(doubled(accounts.balance))),
    )
    expect(rows).toEqual([isServer ? 100 : 50])
    const hostile = fn('upper', text)(literal("x'); DROP TABLE accounts; --", text))
    expect(await world.rows(pipe(from(accounts), where(eq(accounts.id, 1)), select(hostile)))).toEqual([
      "X'); DROP TABLE ACCOUNTS; --",
    ])
  })

  if (engine.name === 'sqlite') {
    it('SQLite keeps no procedures: a CALL is the refusal of its grammar', async () => {
      expect(tagOf(await world.outcome(sql.text('CALL rename_owner(1, :name)').bind({ name: 'x' }).command()))).toBe(
        'Sql',
      )
      const listed = sql.text('SELECT name FROM pragma_table_info(:t) ORDER BY cid').bind({ t: 'accounts' })
      expect(await world.rows(listed.as({ name: text }))).toEqual(['id', 'owner', 'balance'].map((name) => ({ name })))
    })
    return
  }

  it('[RAW02] a procedure without rows is a command, and its values are bound', async () => {
    const rename = sql.text('CALL rename_owner(:which, :name)').writes(accounts)
    for (const name of ["o'hara", "'); --", '$1 ? :x']) {
      await world.answer(rename.bind({ which: 1, name }).command())
      expect(await world.rows(pipe(from(accounts), where(eq(accounts.id, 1)), select(accounts.owner)))).toEqual([name])
    }
    await world.answer(rename.bind({ which: 1, name: 'ed' }).command())
    expect(tagOf(await world.outcome(sql.text('CALL no_such_procedure()').command()))).toBe('Sql')
  })

  it('a procedure that gives rows gives them typed, by name or by place', async () => {
    const call = sql
      .text(engine.name === 'postgres' ? 'SELECT * FROM rich(:least)' : 'CALL rich(:least)')
      .reads(accounts)
    const rich = call.bind({ least: 60 })
    expect(await world.rows(rich.as({ owner: text, id: integer }))).toEqual([{ owner: 'ed', id: 1 }])
    expect(await world.rows(rich.columns({ id: bigint, owner: text }))).toEqual([{ id: 1n, owner: 'ed' }])
    expect(await world.rows(call.bind({ least: 1000 }).as({ id: integer }))).toEqual([])
    expect(tagOf(await world.outcome(rich.columns({ id: integer })))).toBe('Decode')
    // The connection is whole after a procedure of several results.
    expect(await world.rows(pipe(from(accounts), orderBy(accounts.id), select(accounts.id)))).toEqual([1, 2])
    if (engine.name !== 'postgres') return
    const source = pipe(rich.as({ id: integer }), subquery('rich_ones'))
    const joined = pipe(from(source), innerJoin(accounts, eq(accounts.id, source.id)), select(accounts.balance))
    expect(await world.rows(joined)).toEqual([100])
  })

  it('what a procedure gives out is a row on PostgreSQL, and a variable of the session on MySQL and MariaDB', async () => {
    const before = await balances()
    const transfer = (amount: number) =>
      engine.name === 'postgres'
        ? Db.one(sql.text('CALL transfer(1, 2, :amount, NULL)').bind({ amount }).writes(accounts).as({ rest: integer }))
        : (db: Database) =>
            db.transaction()((tx) => async () => {
              // One connection for both: the variable belongs to the session.
              const called = await tx.execute(
                sql.text('CALL transfer(1, 2, :amount, @rest)').bind({ amount }).writes(accounts).command(),
              )()
              return E.isLeft(called) ? called : tx.one(sql.text('SELECT @rest').columns({ rest: nullable(integer) }))()
            })
    expect(must(await transfer(30)(world.db)())).toEqual({ rest: 70 })
    expect(await balances()).toEqual([(before[0] ?? 0) - 30, (before[1] ?? 0) + 30])
    expect(must(await transfer(-30)(world.db)())).toEqual({ rest: 100 })
  })
})

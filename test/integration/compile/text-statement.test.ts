// Whole statements as text: names are found where they are code, values are bound, rows are read by position.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  and,
  bigint,
  Db,
  eq,
  from,
  gt,
  innerJoin,
  insertInto,
  integer,
  leftJoin,
  like,
  literal,
  lower,
  nullable,
  orderBy,
  param,
  prepare,
  primaryKey,
  select,
  sql,
  subquery,
  table,
  tablesOf,
  text,
  varchar,
  where,
} from '../../../src/index.js'
import { engines } from '../../support/engines.js'
import { must, openWorld, tagOf, type World } from '../../support/run-load.js'

const users = table('users', { id: pipe(integer, primaryKey), name: varchar(50), age: pipe(integer, nullable) })
const posts = table('posts', { id: pipe(integer, primaryKey), author: integer, title: text })

const people = [
  { id: 1, name: 'ed', age: 30 },
  { id: 2, name: 'Wendy', age: null },
  { id: 3, name: "o'hara % ? $1 :x", age: 20 },
]

describe.each(engines())('statements of text on $label', (engine) => {
  let world: World
  const quote = (name: string): string =>
    engine.name === 'mysql' || engine.name === 'mariadb' ? `\`${name}\`` : `"${name}"`

  beforeAll(async () => {
    world = await openWorld(engine)
    await world.create({ users, posts })
    await world.rows(insertInto(users)(people))
    await world.rows(insertInto(posts)([{ id: 1, author: 1, title: 'a' }]))
  })
  afterAll(() => world.close())

  it('[E03] [E07] [RAW02] a statement with parameters by name, one of them twice', async () => {
    const named = sql.text(
      'SELECT id, name FROM users WHERE id > :low AND id <> :low + 1 AND name <> :name ORDER BY id',
    )
    const query = named.bind({ low: 0, name: 'ed' }).columns({ id: integer, name: text })
    expect(await world.rows(query)).toEqual([
      { id: 2, name: 'Wendy' },
      { id: 3, name: "o'hara % ? $1 :x" },
    ])
    expect(must(await world.db.first(query)())).toEqual({ _tag: 'Some', value: { id: 2, name: 'Wendy' } })
    expect(must(await Db.all(query)(world.db)())).toHaveLength(2)
    expect(
      await world.rows(named.bind({ low: 5 }).bind({ name: 'x' }).bind({ low: 1 }).columns({ n: integer, t: text })),
    ).toEqual([{ n: 3, t: "o'hara % ? $1 :x" }])
  })

  it('[E04] [E05] [E06] rows are read by position, by columns or by a table, and refused where the width is another', async () => {
    const named = sql.text('SELECT name, id FROM users WHERE name = :name').bind({ name: 'ed' })
    expect(await world.rows(named.columns({ who: text, key: bigint }))).toEqual([{ who: 'ed', key: 1n }])
    expect(await world.rows(sql.text('SELECT * FROM users WHERE id = 2').columns(users))).toEqual([people[1]])
    expect(tagOf(await world.outcome(named.columns({ name: text })))).toBe('Decode')
    expect(tagOf(await world.outcome(named.columns({ name: text, id: integer, more: nullable(text) })))).toBe('Decode')
    expect(tagOf(await world.outcome(named.columns({ name: integer, id: integer })))).toBe('Decode')
    expect(tagOf(await world.outcome(sql.text('SELECT age FROM users').columns({ age: integer })))).toBe('Decode')
  })

  it('[RAW03] a missing value and one too many are refused by name', async () => {
    const missing = await world.outcome(
      sql
        .text('SELECT :a + :b' as string)
        .bind({ a: 1 })
        .columns({ n: integer }),
    )
    expect(missing).toMatchObject({ left: { _tag: 'IllFormed', message: expect.stringContaining('"b"') } })
    const extra = await world.outcome(
      sql
        .text('SELECT 1' as string)
        .bind({ x: 1 })
        .columns({ n: integer }),
    )
    expect(extra).toMatchObject({ left: { _tag: 'IllFormed', message: expect.stringContaining('"x"') } })
    for (const value of [null, undefined, {}, new Date(), users.id, lower(literal('a', text))]) {
      const wrong = sql
        .text('SELECT :a')
        .bind({ a: value as unknown as string })
        .columns({ n: text })
      expect(['InvalidValue', 'IllFormed']).toContain(tagOf(await world.outcome(wrong)))
    }
    expect(tagOf(await world.outcome(sql.text('  ;').columns({ n: text })))).toBe('IllFormed')
    expect(() => sql.text(1 as unknown as string)).toThrow(TypeError)
    expect(() => sql.text('SELECT 1').columns({})).toThrow(TypeError)
  })

  it('a literal or a hole may be bound, null with its type', async () => {
    const query = sql
      .text(`SELECT id FROM users WHERE name = :name AND coalesce(:age, 0) = 0 ORDER BY id LIMIT :n OFFSET :m`)
      .bind({ name: param('name', text), age: literal(null, pipe(integer, nullable)), n: 1, m: 0 })
      .columns({ id: integer })
    const find = prepare(world.db.dialect)(query)
    const answer = async (name: unknown) => {
      const load = find({ name })
      return E.isLeft(load) ? load : world.load(load.right)
    }
    expect(must(await answer('ed')).rows).toEqual([{ id: 1 }])
    expect(must(await answer('Wendy')).rows).toEqual([{ id: 2 }])
    expect(tagOf(await answer(undefined))).toBe('InvalidValue')
  })

  it('[E12] [STR06] [STR16] [LIK26] names are found where they are code, and nothing else is changed', async () => {
    const value = (code: string, values: Readonly<Record<string, string | number>> = {}) =>
      world.rows(sql.text(`SELECT ${code}`).bind(values).columns({ v: text }))
    expect(await value(`':x :y'`)).toEqual([{ v: ':x :y' }])
    expect(await value(`'it''s :x' -- a comment with :y\n`)).toEqual([{ v: "it's :x" }])
    expect(await value(`/* :x ' */ :a`, { a: 'b' })).toEqual([{ v: 'b' }])
    expect(await value(`'%'`)).toEqual([{ v: '%' }])
    expect(await value(`'%%'`)).toEqual([{ v: '%%' }])
    expect(await value(`'hello % world'`)).toEqual([{ v: 'hello % world' }])
    expect(await value(`:p`, { p: 'percent % signs %% percent' })).toEqual([{ v: 'percent % signs %% percent' }])
    expect(await world.rows(sql.text('SELECT 6 % 10').columns({ n: integer }))).toEqual([{ n: 6 }])
    expect(
      await world.rows(
        sql
          .text(`SELECT t.${quote('a:b')} FROM (SELECT :v AS ${quote('a:b')}) AS t`)
          .bind({ v: 3 })
          .columns({ n: integer }),
      ),
    ).toEqual([{ n: 3 }])
    expect(await world.rows(pipe(from(users), where(pipe(users.name, like('%a \\%%'))), select(users.id)))).toEqual([])
    if (engine.name === 'postgres') {
      expect(await value(`:a::text || '::' || E'it\\'s :b' || $q$ :c $q$`, { a: 'x' })).toEqual([
        { v: "x::it's :b :c " },
      ])
      expect(
        await value(`('{"a": {"b": 1}}'::jsonb #>> '{a,b}') || (ARRAY[7,8,9])[:from : 2]::text`, { from: 1 }),
      ).toEqual([{ v: '1{7,8}' }])
      expect(await value(`('{"a": 1}'::jsonb ? 'a')::text || (ARRAY[7,8,9])[1\\:2]::text`)).toEqual([
        { v: 'true{7,8}' },
      ])
    }
    if (engine.name === 'mysql' || engine.name === 'mariadb')
      expect(await world.rows(sql.text('SELECT @x \\:= 5').columns({ n: bigint }))).toEqual([{ n: 5n }])
  })

  it('a statement of text is a source of a query, and joins', async () => {
    const older = pipe(
      sql
        .text('SELECT id, coalesce(age, 0) FROM users WHERE name <> :name -- all but one')
        .bind({ name: 'ed' })
        .columns({ id: integer, age: nullable(integer) }),
      subquery('older'),
    )
    const query = pipe(
      from(older),
      innerJoin(users, eq(users.id, older.id)),
      where(gt(older.age, 1)),
      select({ id: older.id, age: older.age, name: users.name }),
    )
    expect(await world.rows(query)).toEqual([{ id: 3, age: 20, name: "o'hara % ? $1 :x" }])
    const optional = pipe(
      from(users),
      leftJoin(older, and(eq(older.id, users.id), eq(users.name, 'Wendy'))),
      orderBy(users.id),
      select({ name: users.name, older }),
    )
    expect((await world.rows(optional)).map((row) => row.older)).toEqual([null, { id: 2, age: 0 }, null])
    expect(must(await Db.count(from(older))(world.db)())).toBe(2)
    const failing = pipe(sql.text('SELECT :a' as string).columns({ a: text }), subquery('t'))
    expect(tagOf(await world.outcome(from(failing)))).toBe('IllFormed')
  })

  it('[DML10] a command says how many rows it changed', async () => {
    const older = sql
      .text('UPDATE users SET age = age + :n WHERE age IS NOT NULL')
      .bind({ n: 1 })
      .writes(users)
      .command()
    expect((await world.answer(older)).affected).toBe(2)
    expect(must(await world.db.execute(older)())).toEqual({ rows: [], affected: 2, keys: [] })
    expect(await world.rows(pipe(from(users), orderBy(users.id), select(users.age)))).toEqual([32, null, 22])
    expect(tablesOf(older)).toEqual({ reads: [], writes: [{ schema: null, name: 'users' }] })
    expect(tablesOf(sql.text('SELECT 1').reads(users, posts).columns({ n: integer })).reads).toEqual([
      { schema: null, name: 'users' },
      { schema: null, name: 'posts' },
    ])
    const missing = sql.text('UPDATE users SET age = 1 WHERE id = 99').command()
    expect((await world.answer(missing)).affected).toBe(0)
    expect(tagOf(await world.outcome(sql.text('UPDATE no_such_table SET a = 1').command()))).toBe('Sql')
  })
})

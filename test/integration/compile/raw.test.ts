// Raw SQL as an expression: values are bound, expressions rendered in their places, and only trusted text is text.
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  bigint,
  boolean,
  charLength,
  count,
  desc,
  double,
  eq,
  fn,
  from,
  groupBy,
  gt,
  innerJoin,
  insertInto,
  integer,
  leftJoin,
  literal,
  lower,
  nullable,
  orderBy,
  primaryKey,
  raw,
  select,
  sql,
  subquery,
  sum,
  table,
  text,
  varchar,
  where,
} from '../../../src/index.js'
import { apply, emptyTables, evaluate, interpret } from '../../../src/memory.js'
import { engines } from '../../support/engines.js'
import { inMemory, type Place, places } from '../../support/places.js'
import { openWorld, openWorldAt, tagOf, type World } from '../../support/run-load.js'

const users = table('users', { id: pipe(integer, primaryKey), name: varchar(50), age: pipe(integer, nullable) })
const posts = table('posts', { id: pipe(integer, primaryKey), author: integer, title: text })

const people = [
  { id: 1, name: 'ed', age: 30 },
  { id: 2, name: 'Wendy', age: null },
  { id: 3, name: "o'hara % ? $1 :x", age: 20 },
]

describe.each(engines())('raw SQL on $label', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(engine)
    await world.create({ users, posts })
    await world.rows(insertInto(users)(people))
    await world.rows(insertInto(posts)([{ id: 1, author: 1, title: 'a' }]))
  })
  afterAll(() => world.close())

  const one = async (e: Parameters<typeof select>[0]): Promise<unknown> =>
    (await world.rows(pipe(from(users), where(eq(users.id, 1)), select({ e: e as typeof users.id })))).map(
      (r) => r.e,
    )[0]

  it('[E01] [E08] an expression: what is interpolated is bound or rendered', async () => {
    const named = pipe(
      from(users),
      where(sql(boolean)`${users.id} < ${224} and ${lower(users.name)} = ${'wendy'}`),
      orderBy(sql(integer)`${users.id} * ${-1}`),
      select({ id: users.id, twice: sql(integer)`${users.id} + ${users.id}` }),
    )
    expect(await world.rows(named)).toEqual([{ id: 2, twice: 4 }])
    world.sent()
    for (const value of ["'; drop table users; --", "o'hara % ? $1 :x", '\\', '"', '`', '/*', '--'])
      await world.rows(pipe(from(users), where(sql(boolean)`${users.name} = ${value}`)))
    const texts = world.sent().map((statement) => statement.sql)
    // One shape, one text.
    expect(new Set(texts).size).toBe(1)
    expect(await world.rows(pipe(from(users), where(sql(boolean)`${users.name} = ${people[2]?.name ?? ''}`)))).toEqual([
      people[2],
    ])
  })

  it('[E08] values of every kind are bound by the type that they show', async () => {
    expect(await one(sql(integer)`${7} % ${4}`)).toBe(3)
    expect(await one(sql(bigint)`${2n ** 62n}`)).toBe(2n ** 62n)
    expect(await one(sql(double)`${0.5} * ${3}`)).toBe(1.5)
    expect(await one(sql(text)`${'a'}`)).toBe('a')
    expect(await one(sql(boolean)`${true}`)).toBe(true)
    expect(await one(sql(pipe(text, nullable))`${literal(null, pipe(text, nullable))}`)).toBe(null)
    expect(await one(sql(integer)`${2 ** 31} - ${2 ** 31 - 5}`)).toBe(5)
  })

  it('an expression stands in every clause', async () => {
    const next = sql(integer)`${users.id} + ${1}`
    const query = pipe(
      from(users),
      innerJoin(posts, sql(boolean)`${posts.author} = ${users.id}`),
      where(gt(next, 1)),
      groupBy(next),
      orderBy(desc(next)),
      select({ next, n: count() }),
    )
    expect(await world.rows(query)).toEqual([{ next: 2, n: 1 }])
    expect(await world.rows(pipe(from(users), select(sum(next))))).toEqual([9])
    const optional = pipe(
      from(users),
      leftJoin(posts, eq(posts.author, users.id)),
      orderBy(users.id),
      select({ title: sql(text)`upper(${posts.title})` }),
    )
    // Its sources are known, and so is that it is null where they are absent.
    expect(await world.rows(optional)).toEqual([{ title: 'A' }, { title: null }, { title: null }])
  })

  it('raw is the one way for text', async () => {
    const ordered = (direction: 'asc' | 'desc') =>
      pipe(from(users), orderBy(users.id), select(sql(integer)`rank() over (order by ${users.id} ${raw(direction)})`))
    expect(await world.rows(ordered('asc'))).toEqual([1, 2, 3])
    expect(await world.rows(ordered('desc'))).toEqual([3, 2, 1])
    expect(await one(sql(integer)`${raw('1')}${raw('2')} + ${3}${raw(' -- a comment')}`)).toBe(15)
    // Text that only looks trusted is a value like any other object: refused.
    const forged = sql(integer)`${{ trusted: '1' } as unknown as string}`
    expect(tagOf(await world.outcome(pipe(from(users), select(forged))))).toBe('InvalidValue')
    for (const wrong of [null, undefined, Symbol('x'), () => 1, new Date(), [1], Number.NaN, users])
      expect(tagOf(await world.outcome(pipe(from(users), select(sql(integer)`${wrong as unknown as string}`))))).toBe(
        'InvalidValue',
      )
  })

  it('a value inside a string or a comment, and placeholders of the user, are refused', async () => {
    const name = 'x'
    const own = engine.name === 'postgres' ? '$1' : '?'
    const refused = [
      sql(text)`'%${name}%'`,
      sql(text)`"${name}"`,
      sql(text)`1 /* ${name} */`,
      sql(text)`1 -- ${name}`,
      sql(text)`'a`,
      sql(text)`'a\\' || ${name} || 'b'`,
      ...(engine.name === 'postgres' ? [sql(text)`$a$ ${name} $a$`] : []),
      sql(text)`${name} || ${raw(own)}`,
    ]
    for (const e of refused) expect(tagOf(await world.outcome(pipe(from(users), select({ e }))))).toBe('IllFormed')
    // A template without a type before it.
    expect(() => (sql as unknown as (t: unknown) => (t: unknown) => unknown)(['1'])(['1'])).toThrow(TypeError)
  })

  it('[C40] fn calls any function by name', async () => {
    expect(await one(fn('abs', integer)(-5))).toBe(5)
    expect(await one(fn('coalesce', text)(literal(null, pipe(text, nullable)), 'b'))).toBe('b')
    expect(await one(charLength(fn('upper', text)(users.name)))).toBe(2)
    const nothing = {
      postgres: 'pg_catalog.current_database',
      mysql: 'database',
      mariadb: 'database',
      sqlite: 'sqlite_version',
    }
    expect(typeof (await one(fn(nothing[engine.name], text)()))).toBe('string')
    const hostile = "x' or 1=1 --"
    expect(await one(fn('replace', text)(users.name, 'ed', hostile))).toBe(hostile)
    for (const name of ['a b', 'a;b', '', 'a()', '"a"', 'a.b.c', '1a', 'a-b'])
      expect(() => fn(name, text), name).toThrow(TypeError)
    expect(tagOf(await world.outcome(pipe(from(users), select(fn('no_such_function', text)(1)))))).toBe('Sql')
  })
})

describe('[N05] raw SQL in memory', () => {
  it('has no meaning', () => {
    const query = sql.text('SELECT 1').columns({ n: integer })
    const source = pipe(query, subquery('t'))
    const outcomes = [
      interpret(pipe(from(users), where(sql(boolean)`1 = 1`)))(emptyTables),
      interpret(pipe(from(users), select({ n: fn('abs', integer)(1) })))(emptyTables),
      interpret(from(source))(emptyTables),
      interpret(query as never)(emptyTables),
      apply(sql.text('DELETE FROM users').command() as never)(emptyTables),
      evaluate(sql(integer)`1`)({}),
    ]
    expect(outcomes.map(tagOf)).toEqual(outcomes.map(() => 'NotEvaluable'))
  })

  it('nor for a Database in memory, whose tables stay as they are', async () => {
    const world = await openWorldAt(inMemory)
    await world.create({ users })
    await world.rows(insertInto(users)(people))
    const asked = [
      pipe(from(users), where(sql(boolean)`1 = 1`)),
      pipe(from(users), select({ n: fn('abs', integer)(1) })),
      sql.text('SELECT 1').columns({ n: integer }),
      sql.text('DELETE FROM users').command(),
    ]
    for (const query of asked) expect(tagOf(await world.outcome(query))).toBe('NotEvaluable')
    expect(await world.rows(pipe(from(users), select(count())))).toEqual([3])
    await world.close()
  })
})

describe.each(places())('text that is no SQL on $label', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ users })
    await world.rows(insertInto(users)(people))
  })
  afterAll(() => world.close())

  it('[E02] a bare string is no criterion and no order', async () => {
    for (const text of ['id = 2', '1 = 1; drop table users', ''])
      expect(tagOf(await world.outcome(pipe(from(users), where(text as never))))).toBe('InvalidValue')
    expect(tagOf(await world.outcome(pipe(from(users), orderBy('id' as unknown as typeof users.id))))).toBe(
      'InvalidValue',
    )
    expect(await world.rows(pipe(from(users), select(count())))).toEqual([3])
  })
})

// Statements of the user's own text: names as each engine reads them, rows by name, values that stay values, among queries.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  asc,
  bigint,
  boolean,
  count,
  cte,
  deleteFrom,
  eq,
  exists,
  from,
  gt,
  include,
  innerJoin,
  inQuery,
  insertInto,
  integer,
  literal,
  many,
  named,
  nullable,
  onConflictDoUpdate,
  orderBy,
  primaryKey,
  queryCodec,
  raw,
  scalar,
  select,
  set,
  sql,
  subquery,
  table,
  tablesOf,
  text,
  union,
  update,
  varchar,
  where,
} from '../../../src/index.js'
import { engines } from '../../support/engines.js'
import { must, openWorld, tagOf, type World } from '../../support/run-load.js'

const users = table('users', {
  id: pipe(integer, primaryKey),
  fullName: pipe(varchar(50), named('full_name')),
  age: pipe(integer, nullable),
})
const posts = table('posts', { id: pipe(integer, primaryKey), author: integer, title: text })

const people = [
  { id: 1, fullName: 'ed', age: 30 },
  { id: 2, fullName: 'Wendy', age: null },
  { id: 3, fullName: "o'hara % ? $1 :x", age: 20 },
]

/** Values that would change a statement that they became text of. */
const hostile = [
  "'; DROP TABLE users; --",
  "' OR '1'='1",
  '" OR ""="',
  '\\',
  "\\'",
  "'",
  '`',
  '$1',
  '?',
  ':id',
  '--',
  '/*',
  '*/',
  '#',
  '$$',
  '%s',
  '{{x}}',
  'a\nb',
  '🐍',
]

describe.each(engines())('statements of text on $label', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(engine)
    await world.create({ users, posts })
    await world.rows(insertInto(users)(people))
    await world.rows(
      insertInto(posts)([
        { id: 1, author: 1, title: 'a' },
        { id: 2, author: 1, title: 'b' },
        { id: 3, author: 3, title: 'c' },
      ]),
    )
  })
  afterAll(() => world.close())

  const mysqlish = engine.name === 'mysql' || engine.name === 'mariadb'

  it('[E04] rows are found by the names of their columns, in any order, among others', async () => {
    const statement = sql.text('SELECT age, 1 AS more, full_name, id FROM users WHERE id <= :most ORDER BY id')
    const query = statement.bind({ most: 2 }).as(users)
    expect(await world.rows(query)).toEqual(people.slice(0, 2))
    expect(must(await world.db.first(query)())).toMatchObject({ _tag: 'Some', value: people[0] })
    expect(await world.rows(statement.bind({ most: 1 }).as({ more: bigint, id: integer }))).toEqual([
      { more: 1n, id: 1 },
    ])
    expect(await world.rows(statement.bind({ most: 0 }).as(users))).toEqual([])
    // A row is the table's: its column is nullable, and the others are not.
    const nulls = sql.text('SELECT NULL AS full_name, id, age FROM users').as(users)
    expect(tagOf(await world.outcome(nulls))).toBe('Decode')
  })

  it('[E04] a name that is not there, or there twice, is refused by its name', async () => {
    const missing = await world.outcome(sql.text('SELECT id, age FROM users').as(users))
    expect(missing).toMatchObject({ left: { _tag: 'Decode', message: expect.stringContaining('"full_name"') } })
    const twice = await world.outcome(sql.text('SELECT id, age, 1 AS id FROM users').as({ id: integer }))
    expect(twice).toMatchObject({ left: { _tag: 'Decode', message: expect.stringContaining('"id" twice') } })
    expect(() => sql.text('SELECT 1').as({})).toThrow(TypeError)
  })

  it('[RES01] a value is the same by its name and by its place', async () => {
    const statement = sql.text('SELECT id, full_name FROM users ORDER BY id')
    const byName = await world.rows(statement.as({ full_name: text, id: integer }))
    const byPlace = await world.rows(statement.columns({ id: integer, full_name: text }))
    expect(byName).toEqual(byPlace)
    expect(byName).toEqual(
      await world.rows(pipe(from(users), orderBy(users.id), select({ id: users.id, full_name: users.fullName }))),
    )
    const [row] = byName
    expect([row?.id, row?.['full_name'], Object.values(row ?? {})]).toEqual([1, 'ed', ['ed', 1]])
  })

  it('[E06] columns of an entity are chosen from a statement of text, as of any query', async () => {
    const named = pipe(sql.text('SELECT * FROM users WHERE age > :age').bind({ age: 1 }).as(users), subquery('old'))
    const chosen = pipe(from(named), orderBy(named.id), select({ who: named.fullName, next: named.id }))
    expect(await world.rows(chosen)).toEqual([
      { who: 'ed', next: 1 },
      { who: "o'hara % ? $1 :x", next: 3 },
    ])
    const joined = pipe(
      from(named),
      innerJoin(posts, eq(posts.author, named.id)),
      where(gt(posts.id, 1)),
      orderBy(posts.id),
      select({ title: posts.title, age: named.age }),
    )
    expect(await world.rows(joined)).toEqual([
      { title: 'b', age: 30 },
      { title: 'c', age: 20 },
    ])
  })

  it('[E06] it stands in criteria, as a value, in a set operation, in a CTE, under an include, in writes', async () => {
    const ids = pipe(
      sql.text('SELECT author FROM posts WHERE id > :id').bind({ id: 1 }).columns({ id: integer }),
      subquery('ids'),
    )
    const authors = pipe(from(ids), select(ids.id))
    const ordered = pipe(from(users), orderBy(users.id), select(users.id))
    expect(await world.rows(pipe(ordered, where(pipe(users.id, inQuery(authors)))))).toEqual([1, 3])
    expect(await world.rows(pipe(ordered, where(exists(pipe(from(ids), where(eq(ids.id, users.id)))))))).toEqual([1, 3])
    const number = scalar(pipe(from(ids), select(count())))
    expect(await world.rows(pipe(from(users), where(eq(users.id, 1)), select({ number })))).toEqual([{ number: 2 }])
    const one = pipe(from(ids), select({ id: ids.id }))
    const other = pipe(from(users), where(eq(users.id, 2)), select({ id: users.id }))
    expect(
      await world.rows(
        pipe(
          one,
          union(other),
          orderBy((row) => [asc(row.id)]),
        ),
      ),
    ).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }])
    const some = pipe(from(ids), select({ id: ids.id }), cte('some'))
    expect(await world.rows(pipe(from(some), orderBy(some.id), select(some.id)))).toEqual([1, 3])
    const postsOf = many(pipe(from(posts), where(eq(posts.author, ids.id)), orderBy(posts.id), select(posts.title)))
    const included = await world.rows(pipe(from(ids), where(eq(ids.id, 1)), include({ posts: postsOf })))
    expect(included).toEqual([{ id: 1, posts: ['a', 'b'] }])
    const copied = pipe(from(ids), select({ id: ids.id, author: literal(9, integer), title: literal('copy', text) }))
    const fresh = pipe(copied, where(eq(ids.id, 3)))
    await world.rows(
      pipe(deleteFrom(posts), where(pipe(posts.id, inQuery(pipe(from(ids), where(gt(ids.id, 5)), select(ids.id)))))),
    )
    expect(
      (await world.answer(pipe(update(users), set({ age: 31 }), where(pipe(users.id, inQuery(authors)))))).affected,
    ).toBe(2)
    await world.rows(pipe(update(users), set({ age: 30 }), where(eq(users.id, 1))))
    await world.rows(pipe(update(users), set({ age: 20 }), where(eq(users.id, 3))))
    expect(await world.rows(pipe(fresh))).toEqual([{ id: 3, author: 9, title: 'copy' }])
  })

  it('[E08] no value becomes text: hostile ones arrive as they are', async () => {
    for (const value of hostile) {
      const bound = sql.text('SELECT :v, :v').bind({ v: value }).columns({ a: text, b: text })
      expect(await world.rows(bound)).toEqual([{ a: value, b: value }])
      const written = sql.text('UPDATE users SET full_name = :v WHERE id = :id').bind({ v: value, id: 2 })
      expect((await world.answer(written.command())).affected).toBe(1)
      expect(await world.rows(pipe(from(users), where(eq(users.fullName, value)), select(users.id)))).toEqual([2])
    }
    await world.rows(pipe(update(users), set({ fullName: 'Wendy' }), where(eq(users.id, 2))))
    world.sent()
    for (const value of hostile)
      await world.rows(sql.text('SELECT id FROM users WHERE full_name = :v').bind({ v: value }).as({ id: integer }))
    expect(new Set(world.sent().map((statement) => statement.sql)).size).toBe(1)
    expect(await world.rows(pipe(from(users), select(count())))).toEqual([3])
  })

  it('[E12] [STR16] strings, comments and casts are left alone as this engine reads them', async () => {
    const value = (code: string, values: Readonly<Record<string, string | number>> = {}) =>
      world.rows(sql.text(`SELECT ${code} AS v`).bind(values).as({ v: text }))
    expect(await value(`'it''s :x' /* ' :y */`)).toEqual([{ v: "it's :x" }])
    expect(await value(`:a -- it's :b\n`, { a: 'x' })).toEqual([{ v: 'x' }])
    if (mysqlish) {
      // Prepared, as everything else: a backslash escapes in both kinds of strings.
      expect(await value(`'it\\'s :x'`)).toEqual([{ v: "it's :x" }])
      expect(await value(`"it\\" :x"`)).toEqual([{ v: 'it" :x' }])
      expect(await value(`:a # it's :b\n`, { a: 'x' })).toEqual([{ v: 'x' }])
      expect(await value(`concat(5--:n, '')`, { n: 2 })).toEqual([{ v: '7' }])
      expect(await value(`concat(1 /*! + :n */, '')`, { n: 2 })).toEqual([{ v: '3' }])
      const column = sql.text('SELECT 1 AS `a:b`').as({ 'a:b': bigint })
      expect(await world.rows(column)).toEqual([{ 'a:b': 1n }])
    }
    if (engine.name === 'postgres') {
      expect(await value(`E'it\\'s :x' || $t$ :y ' $$ $t$ || :a::text /* /* :b */ :c */`, { a: 'z' })).toEqual([
        { v: "it's :x :y ' $$ z" },
      ])
      const operators = sql
        .text(
          `SELECT d ? 'a' AS a, d ?| ARRAY['x', :k] AS b, d ?& ARRAY['a', 'z'] AS c, d @> :part::jsonb AS d, d #>> '{b,c}' AS e, (d -> 'l')::text AS f, (ARRAY[1,2,3])[1:2]::text AS g FROM (SELECT '{"a": 1, "b": {"c": 2}, "l": []}'::jsonb AS d) AS t`,
        )
        .bind({ k: 'a', part: '{"a": 1}' })
        .as({ a: boolean, b: boolean, c: boolean, d: boolean, e: text, f: text, g: text })
      expect(await world.rows(operators)).toEqual([
        { a: true, b: true, c: false, d: true, e: '2', f: '[]', g: '{1,2}' },
      ])
    }
    if (engine.name === 'sqlite') {
      expect(
        await world.rows(
          sql.text('SELECT 1 AS [a:b], :n AS "c:d"').bind({ n: 2 }).as({ 'a:b': integer, 'c:d': integer }),
        ),
      ).toEqual([{ 'a:b': 1, 'c:d': 2 }])
      expect(await value(`'{"a":1}' ->> '$.a' || :a`, { a: 'x' })).toEqual([{ v: '1x' }])
      for (const own of ['?', '?1', '@a', '$a', '\\:a'])
        expect(tagOf(await world.outcome(sql.text(`SELECT ${own}`).columns({ v: text })))).toBe('IllFormed')
    }
    // What this engine's own placeholder is would take the place of a bound value.
    const own = engine.name === 'postgres' ? '$1' : '?'
    expect(tagOf(await world.outcome(sql.text(`SELECT ${own}` as string).columns({ v: text })))).toBe('IllFormed')
    for (const open of [`'a`, `/* a`, `"a`])
      expect(tagOf(await world.outcome(sql.text(`SELECT ${open}` as string).columns({ v: text })))).toBe('IllFormed')
  })

  it('[RAW02] one value stands in all places of its name, whatever is between them', async () => {
    const statement = sql
      .text(`SELECT id, :n + 0 AS n FROM users WHERE id = :n /* :n */ OR id = :n + 1 AND ':n' <> full_name ORDER BY id`)
      .bind({ n: 1 })
    expect(await world.rows(statement.as({ id: integer, n: integer }))).toEqual([
      { id: 1, n: 1 },
      { id: 2, n: 1 },
    ])
  })

  it('[RAW03] what is missing or too much is refused with the statement, before anything is sent', async () => {
    world.sent()
    const missing = await world.outcome(
      sql
        .text('SELECT :a, :b' as string)
        .bind({ a: 1 })
        .columns({ n: integer }),
    )
    expect(missing).toMatchObject({ left: { _tag: 'IllFormed', message: expect.stringMatching(/"b".*SELECT :a, :b/) } })
    const extra = await world.outcome(
      sql
        .text("SELECT ':x'" as string)
        .bind({ x: 1 })
        .columns({ n: integer }),
    )
    expect(extra).toMatchObject({ left: { _tag: 'IllFormed', message: expect.stringMatching(/"x".*SELECT ':x'/) } })
    expect(world.sent()).toEqual([])
  })

  it('[RES04] what is asked of a statement of text is asked of it alone, not of the query around it', async () => {
    // One more bigint inside makes the driver give bigints there; the outer query gives what it says.
    const inner = pipe(sql.text('SELECT id, 5 FROM users').columns({ id: bigint, n: integer }), subquery('inner_rows'))
    const outer = pipe(from(inner), orderBy(inner.id), select({ n: inner.n, id: inner.id }))
    expect(await world.rows(outer)).toEqual([1n, 2n, 3n].map((id) => ({ n: 5, id })))
    expect(await world.rows(pipe(from(users), orderBy(users.id), select(users.id)))).toEqual([1, 2, 3])
    const first = must(await world.db.first(outer)())
    expect(first).toMatchObject({ _tag: 'Some' })
    expect(await world.rows(outer)).toHaveLength(3)
  })

  it('[E11] what others append as text is a value: a row that is there already is changed', async () => {
    const upsert = (age: number) =>
      pipe(
        insertInto(users)({ id: 2, fullName: 'Wendy', age }),
        onConflictDoUpdate<typeof users>({ target: users.id, set: (excluded) => ({ age: excluded.age }) }),
      )
    await world.answer(upsert(77))
    expect(await world.rows(pipe(from(users), where(eq(users.id, 2)), select(users.age)))).toEqual([77])
    await world.answer(pipe(update(users), set({ age: null }), where(eq(users.id, 2))))
    expect(await world.rows(pipe(from(users), select(count())))).toEqual([3])
  })

  it('[RES03] statements of one connection take turns, and none is refused as busy', async () => {
    const outcome = await world.db.transaction()((tx) => async () => {
      const all = await Promise.all([
        tx.all(sql.text('SELECT id FROM users ORDER BY id').as({ id: integer }))(),
        tx.all(pipe(from(posts), orderBy(posts.id), select(posts.id)))(),
        tx.execute(sql.text('UPDATE users SET age = age WHERE id = 1').writes(users).command())(),
        tx.all(sql.text('SELECT count(*) FROM posts').columns({ n: bigint }))(),
      ])
      return E.right(all)
    })()
    const all = must(outcome)
    expect(all.map((one) => one._tag)).toEqual(['Right', 'Right', 'Right', 'Right'])
    expect(all[3]).toEqual(E.right([{ n: 3n }]))
  })

  it('[E05] [E07] trusted text is the one way for text, and says what it sees', async () => {
    const order = raw('desc')
    const ranked = sql(bigint)`rank() over (order by ${users.id} ${order})`
    expect(await world.rows(pipe(from(users), orderBy(users.id), select(ranked)))).toEqual([3n, 2n, 1n])
    const positional = sql.text('SELECT full_name, id FROM users WHERE id = 1').columns({ name: text, id: integer })
    expect(await world.rows(positional)).toEqual([{ name: 'ed', id: 1 }])
    const seen = sql.text('SELECT 1').reads(users).writes(posts).command()
    expect(tablesOf(seen)).toEqual({
      reads: [{ schema: null, name: 'users' }],
      writes: [{ schema: null, name: 'posts' }],
    })
  })

  it('it is stored and read back where its text is trusted, names and outputs with it', async () => {
    const query = sql.text('SELECT age, id, full_name FROM users WHERE id = :id').bind({ id: 3 }).as(users)
    const codec = queryCodec({ users }, { trusted: true })
    const again = pipe(
      codec.encode(query),
      E.chain((json) => codec.decode(JSON.parse(JSON.stringify(json)))),
    )
    if (E.isLeft(again)) throw new Error(again.left.message)
    expect(await world.rows(again.right)).toEqual([people[2]])
    expect(tagOf(queryCodec({ users }).encode(query))).toBe('NotStorable')
  })
})

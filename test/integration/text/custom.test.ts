// Expressions of one's own: each engine says them in its words, memory agrees, and nothing in src/ knows them.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  alias,
  and,
  asc,
  checkConstraint,
  count,
  createAll,
  customFamily,
  customFunction,
  deleteFrom,
  desc,
  deriveDialect,
  double,
  eq,
  from,
  groupBy,
  generated,
  generatedAs,
  gt,
  having,
  innerJoin,
  insertInto,
  integer,
  leftJoin,
  limit,
  literal,
  nullable,
  orderBy,
  param,
  prepare,
  primaryKey,
  queryCodec,
  raw,
  refine,
  schema,
  select,
  set,
  sql,
  subquery,
  sum,
  table,
  text,
  update,
  where,
} from '../../../src/index.js'
import { apply, emptyTables, evaluate, interpret } from '../../../src/memory.js'
import type { AnyQuery } from '../../../src/expr/query.js'
import { engines } from '../../support/engines.js'
import { type Place, places } from '../../support/places.js'
import { must, openWorld, openWorldAt, tagOf, type World } from '../../support/run-load.js'

const Vector = new t.Type<ReadonlyArray<number>, string, string>(
  'vector',
  (u): u is ReadonlyArray<number> => Array.isArray(u) && u.every((n) => typeof n === 'number'),
  (stored, context) =>
    E.either.chain(
      E.tryCatch(() => JSON.parse(stored) as unknown, String),
      (parsed): E.Either<unknown, unknown> => E.right(parsed),
    )._tag === 'Right'
      ? t.success(JSON.parse(stored) as ReadonlyArray<number>)
      : t.failure(stored, context),
  (numbers) => JSON.stringify(numbers),
)
const vector = pipe(text, refine(Vector))

/** The distances of pgvector, in SQL that needs no extension. */
const distance = customFamily({
  name: 'vector.distance',
  data: t.keyof({ l1: null, l2: null }),
  takes: [vector, vector],
  gives: double,
  render: {
    postgres: ({ sql, operand, data }) => {
      const of = sql`(SELECT x.v::double precision - y.v::double precision AS d FROM jsonb_array_elements_text(${operand(0)}::jsonb) WITH ORDINALITY AS x (v, i) JOIN jsonb_array_elements_text(${operand(1)}::jsonb) WITH ORDINALITY AS y (v, i) ON x.i = y.i)`
      return data === 'l2'
        ? sql`SELECT sqrt(sum(z.d * z.d)) FROM ${of} AS z`
        : sql`SELECT sum(abs(z.d)) FROM ${of} AS z`
    },
    sqlite: ({ sql, operand, data }) => {
      const joined = sql`json_each(${operand(0)}) AS x JOIN json_each(${operand(1)}) AS y ON x.key = y.key`
      return data === 'l2'
        ? sql`SELECT sqrt(sum((x.value - y.value) * (x.value - y.value))) FROM ${joined}`
        : sql`SELECT CAST(sum(abs(x.value - y.value)) AS REAL) FROM ${joined}`
    },
    others: ({ sql, operand, data }) => {
      const joined = sql`JSON_TABLE(${operand(0)}, '$[*]' COLUMNS (i FOR ORDINALITY, v DOUBLE PATH '$')) AS x JOIN JSON_TABLE(${operand(1)}, '$[*]' COLUMNS (i FOR ORDINALITY, v DOUBLE PATH '$')) AS y ON x.i = y.i`
      return data === 'l2'
        ? sql`SELECT sqrt(sum((x.v - y.v) * (x.v - y.v))) FROM ${joined}`
        : sql`SELECT sum(abs(x.v - y.v)) FROM ${joined}`
    },
  },
  evaluate: ([a, b], kind) => {
    const apart = a.map((n, i) => Math.abs(n - (b[i] ?? 0)))
    return kind === 'l2' ? Math.sqrt(apart.reduce((all, d) => all + d * d, 0)) : apart.reduce((all, d) => all + d, 0)
  },
})
const l2 = distance('l2')

/** Takes null for a value of its own. */
const orElse = customFunction({
  name: 'or_else',
  takes: [nullable(integer), integer],
  gives: integer,
  render: { others: ({ sql, list, operands }) => sql`coalesce(${list(operands)})` },
  evaluate: ([a, b]) => a ?? b,
})

/** Sees no null: its operands make it null. */
const plus = customFunction({
  name: 'plus',
  takes: [integer, integer],
  gives: integer,
  render: { others: ({ sql, operand }) => sql`${operand(0)} + ${operand(1)}` },
  evaluate: ([a, b]) => a + b,
})

const items = table('items', {
  id: pipe(integer, primaryKey),
  at: vector,
  near: nullable(integer),
})
const rows = [
  { id: 1, at: [0, 0, 0], near: null },
  { id: 2, at: [3, 4, 0], near: 1 },
  { id: 3, at: [1, 1, 1], near: 2 },
]
const memory = () => {
  const filled = apply(insertInto(items)(rows))(emptyTables)
  if (E.isLeft(filled)) throw new Error(filled.left.message)
  return filled.right.tables
}

describe.each(places())('expressions of the user on $label', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ items })
    await world.rows(insertInto(items)(rows))
  })
  afterAll(() => world.close())

  const alike = async (query: AnyQuery): Promise<unknown> => {
    const found = must(await world.outcome(query)).rows
    // The types of the query are looked after where it is made.
    expect(interpret(query as never)(memory())).toEqual(E.right(found))
    return found
  }

  it('stand in every clause, and mean in memory what they mean in the engine', async () => {
    const nearest = pipe(
      from(items),
      orderBy(asc(l2(items.at, [3, 4, 1])), items.id),
      select({ id: items.id, far: l2(items.at, [3, 4, 0]), steps: distance('l1')(items.at, [3, 4, 0]) }),
      limit(2),
    )
    expect(await alike(nearest)).toEqual([
      { id: 2, far: 0, steps: 0 },
      { id: 3, far: Math.sqrt(14), steps: 6 },
    ])
    const other = pipe(items, alias('other'))
    const pairs = pipe(
      from(items),
      innerJoin(other, and(gt(other.id, items.id), gt(l2(items.at, other.at), 2))),
      orderBy(items.id, other.id),
      select({ a: items.id, b: other.id }),
    )
    expect(await alike(pairs)).toEqual([
      { a: 1, b: 2 },
      { a: 2, b: 3 },
    ])
    const near = orElse(items.near, 0)
    const groups = pipe(
      from(items),
      groupBy(near),
      having(gt(count(), 0)),
      orderBy(desc(near)),
      select({ near, n: count(), ids: sum(plus(items.id, 10)) }),
    )
    expect(await alike(groups)).toEqual([
      { near: 2, n: 1, ids: 13 },
      { near: 1, n: 1, ids: 12 },
      { near: 0, n: 1, ids: 11 },
    ])
  })

  it('are null where an operand is that they take no null for, and where a source is absent', async () => {
    expect(await alike(pipe(from(items), orderBy(items.id), select(plus(items.near, 1))))).toEqual([null, 2, 3])
    const other = pipe(items, alias('other'))
    const optional = pipe(
      from(items),
      leftJoin(other, eq(other.id, items.near)),
      orderBy(items.id),
      select({ sum: plus(other.id, items.id), far: l2(items.at, other.at) }),
    )
    expect(await alike(optional)).toEqual([
      { sum: null, far: null },
      { sum: 3, far: 5 },
      { sum: 5, far: Math.sqrt(14) },
    ])
  })

  it('stand in writes and in subqueries, and take parameters', async () => {
    const older = pipe(from(items), select({ id: items.id, n: plus(items.id, 100) }), subquery('older'))
    expect(await alike(pipe(from(older), where(gt(older.n, 101)), orderBy(older.id), select(older.n)))).toEqual([
      102, 103,
    ])
    const moved = pipe(update(items), set({ near: plus(items.id, 5) }), where(eq(orElse(items.near, -1), -1)))
    expect((await world.answer(moved)).affected).toBe(1)
    expect(await world.rows(pipe(from(items), orderBy(items.id), select(items.near)))).toEqual([6, 1, 2])
    expect((await world.answer(pipe(deleteFrom(items), where(gt(plus(items.id, 1), 100))))).affected).toBe(0)
    expect((await world.answer(pipe(update(items), set({ near: null }), where(eq(items.id, 1))))).affected).toBe(1)
    const far = prepare(world.db.dialect)(
      pipe(from(items), where(gt(l2(items.at, param('at', vector)), 2)), orderBy(items.id), select(items.id)),
    )
    const load = far({ at: [3, 4, 0] })
    expect(E.isRight(load) && must(await world.load(load.right)).rows).toEqual([1, 3])
  })

  it('[E08] see no value, so that none becomes text: hostile operands are bound', async () => {
    const echo = customFunction({
      name: 'echo',
      takes: [text],
      gives: text,
      render: { others: ({ sql, operand }) => sql`coalesce(${operand(0)}, ${operand(0)})` },
      evaluate: ([a]) => a,
    })
    for (const value of ["'; DROP TABLE items; --", '$1', '?', '\\', "o'hara", ':x', '/*'])
      expect(await alike(pipe(from(items), where(eq(items.id, 1)), select(echo(literal(value, text)))))).toEqual([
        value,
      ])
  })

  it('what untyped callers say is refused in words', async () => {
    const untyped = plus as unknown as (...given: ReadonlyArray<unknown>) => ReturnType<typeof plus>
    for (const e of [untyped(1), untyped(1, 'a'), untyped(1, 2, 3), untyped(null, 1), untyped(items.at, 1)])
      expect(['IllFormed', 'InvalidValue']).toContain(tagOf(await world.outcome(pipe(from(items), select({ e })))))
    const odd = distance as unknown as (data: unknown) => typeof l2
    for (const data of ['l3', null, 1n, () => 1, Number.NaN])
      expect(tagOf(await world.outcome(pipe(from(items), select({ e: odd(data)(items.at, [1]) }))))).toBe('IllFormed')
  })

  it('are stored by name, and read back where they are given', async () => {
    const query = pipe(from(items), orderBy(asc(l2(items.at, [3, 4, 1])), items.id), select({ id: items.id }))
    const codec = queryCodec({ items }, { custom: [distance, plus] })
    const json = pipe(codec.encode(query), E.map(JSON.stringify))
    const again = pipe(
      json,
      E.chain((stored) => codec.decode(JSON.parse(stored))),
    )
    if (E.isLeft(again)) throw new Error(again.left.message)
    expect(await world.rows(again.right)).toEqual([{ id: 2 }, { id: 3 }, { id: 1 }])
    const without = queryCodec({ items })
    expect(without.encode(query)).toMatchObject({ left: { message: expect.stringContaining('vector.distance') } })
    expect(
      tagOf(
        pipe(
          json,
          E.chain((stored) => without.decode(JSON.parse(stored))),
        ),
      ),
    ).toBe('NotStorable')
    const forged = pipe(
      json,
      E.chain((stored) => codec.decode(JSON.parse(stored.replace('"l2"', '"l9"')))),
    )
    expect(tagOf(forged)).toBe('NotStorable')
    expect(() => queryCodec({ items }, { custom: [plus, plus] })).toThrow(TypeError)
  })

  it('stand in what a table demands of its rows and computes of them', async () => {
    const sums = table('sums', { id: pipe(integer, primaryKey), n: integer, next: pipe(integer, generated) }, (t) => [
      checkConstraint(gt(plus(t.n, 1), 0)),
      generatedAs(t.next, plus(t.n, 1)),
    ])
    await world.create({ sums })
    const put = (id: number, n: number) => (insertInto(sums) as (row: unknown) => AnyQuery)({ id, n })
    expect(tagOf(await world.outcome(put(1, -1)))).toBe('CheckViolation')
    expect(tagOf(await world.outcome(put(1, 4)))).toBe('Right')
    expect(await world.rows(pipe(from(sums), select(sums.next)))).toEqual([5])
    const mine = apply(put(1, -1) as never)(emptyTables)
    expect(tagOf(mine)).toBe('CheckViolation')
  })
})

describe.each(engines())('the text of expressions of the user on $label', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(engine)
    await world.create({ items })
    await world.rows(insertInto(items)(rows))
  })
  afterAll(() => world.close())

  it('[E08] text that is made of them is refused', async () => {
    const wrong = (render: Parameters<typeof customFunction>[0]['render']) =>
      customFunction({ name: 'wrong', takes: [text], gives: text, render })(literal('a', text))
    const outcomes = [
      wrong({ others: ({ sql }) => sql`${"'x'" as never}` }),
      wrong({ others: () => "'x'" as never }),
      wrong({ others: ({ sql }) => (sql as unknown as (text: string) => never)("'x'") }),
      wrong({ others: ({ sql, operand }) => sql`'${operand(0)}'` }),
      wrong({ others: ({ sql }) => (engine.name === 'postgres' ? sql`$1` : sql`?`) }),
      wrong({ others: ({ digits }) => digits(1.5) }),
      wrong({
        others: () => {
          throw new Error('mine')
        },
      }),
    ]
    for (const e of outcomes) expect(tagOf(await world.outcome(pipe(from(items), select({ e }))))).toBe('IllFormed')
    const nowhere = wrong({})
    expect(await world.outcome(pipe(from(items), select({ nowhere })))).toMatchObject({
      left: { _tag: 'Unsupported', feature: 'say "wrong"', dialect: engine.name },
    })
  })

  it('two of one name and two of other data are two, and one is compiled once', async () => {
    const first = customFunction({ name: 'same', takes: [], gives: integer, render: { others: ({ sql }) => sql`1` } })
    const second = customFunction({ name: 'same', takes: [], gives: integer, render: { others: ({ sql }) => sql`2` } })
    expect(await world.rows(pipe(from(items), select(first()), limit(1), orderBy(items.id)))).toEqual([1])
    expect(await world.rows(pipe(from(items), select(second()), limit(1), orderBy(items.id)))).toEqual([2])
    const ask = (kind: 'l1' | 'l2', at: ReadonlyArray<number>) =>
      world.rows(pipe(from(items), where(eq(items.id, 2)), select(distance(kind)(items.at, at))))
    const before = world.db.dialect.cache.compilations()
    expect(await ask('l2', [0, 0, 0])).toEqual([5])
    expect(await ask('l2', [3, 0, 0])).toEqual([4])
    expect(world.db.dialect.cache.compilations() - before).toBe(1)
    expect(await ask('l1', [0, 0, 0])).toEqual([7])
    expect(world.db.dialect.cache.compilations() - before).toBe(2)
  })

  it('[E09] a derived dialect says types, functions and the user’s expressions in words of its own', async () => {
    const words = deriveDialect(world.db.dialect, {
      functions: { upper: ({ sql, operand }) => sql`lower(${operand(0)})` },
      custom: { plus: ({ sql, operand }) => sql`${operand(0)} * ${operand(1)}` },
    })
    const derived = world.db.having({ dialect: words })
    const product = pipe(from(items), where(eq(items.id, 2)), select(plus(items.id, 5)))
    expect(must(await derived.all(product)())).toEqual([10])
    // The base is as it was, its cache too.
    expect(await world.rows(product)).toEqual([7])
    const changed = await derived.transaction()((tx) => tx.all(product))()
    expect(changed).toEqual(E.right([10]))
    const elsewhere = engine.name === 'sqlite' ? 'postgres' : 'sqlite'
    expect(() => world.db.having({ dialect: { ...words, name: elsewhere } })).toThrow(TypeError)
    expect(() => deriveDialect(words, { maxParameters: 10 ** 9 })).toThrow(TypeError)
    expect(() => deriveDialect(words, { types: [[vector, { name: 'text' as never }]] })).toThrow(TypeError)
  })

  it('[E09] a derived dialect calls a type by another name, in tables and where a value is bound', async () => {
    const json = { postgres: 'jsonb', mysql: 'json', mariadb: 'json', sqlite: 'text' }[engine.name]
    const words = engine.name === 'postgres' ? { name: raw(json), cast: raw(json) } : { name: raw(json) }
    const db = world.db.having({ dialect: deriveDialect(world.db.dialect, { types: [[vector, words]] }) })
    const points = table('points', { id: pipe(integer, primaryKey), at: vector })
    must(await db.execute(createAll(schema({ points })))())
    must(await db.execute(insertInto(points)([1, 2, 3].map((id) => ({ id, at: [id, 0, 0] }))))())
    must(await db.execute(insertInto(points)({ id: 4, at: [9, 9, 9] }))())
    const near = pipe(
      from(points),
      where(gt(l2(points.at, [0, 0, 0]), 1)),
      orderBy(asc(l2(points.at, [9, 9, 9])), points.id),
      select({ id: points.id, at: points.at }),
    )
    expect(must(await db.all(near)())).toEqual([
      { id: 4, at: [9, 9, 9] },
      { id: 3, at: [3, 0, 0] },
      { id: 2, at: [2, 0, 0] },
    ])
    must(await db.execute(pipe(update(points), set({ at: [5, 5, 5] }), where(eq(points.id, 1))))())
    expect(must(await db.one(pipe(from(points), where(eq(points.id, 1)), select(points.at)))())).toEqual([5, 5, 5])
    if (engine.name === 'sqlite' || engine.name === 'mariadb') return
    const kept = sql
      .text(
        `SELECT lower(data_type) AS t FROM information_schema.columns WHERE table_name = 'points' AND column_name = 'at'`,
      )
      .as({ t: text })
    expect(await world.rows(kept)).toContainEqual({ t: json })
  })

  it('[E10] a derived dialect puts text into every INSERT: a hint, a comment, what an engine has besides', async () => {
    const ignoring = { postgres: null, mysql: 'IGNORE', mariadb: 'IGNORE', sqlite: 'OR IGNORE' }[engine.name]
    const end = engine.name === 'postgres' ? 'ON CONFLICT DO NOTHING' : '/* tagged */'
    const dialect = deriveDialect(world.db.dialect, {
      around: ({ kind, table: written }) =>
        kind === 'insert' && written.name === 'items'
          ? { ...(ignoring === null ? {} : { after: raw(ignoring) }), end: raw(end) }
          : null,
    })
    const db = world.db.having({ dialect })
    expect(tagOf(await world.outcome(insertInto(items)({ id: 1, at: [9, 9, 9], near: null })))).toBe('UniqueViolation')
    must(await db.execute(insertInto(items)({ id: 1, at: [9, 9, 9], near: null }))())
    expect(await world.rows(pipe(from(items), where(eq(items.id, 1)), select(items.at)))).toEqual([[0, 0, 0]])
    world.sent()
    must(await db.execute(pipe(update(items), set({ near: 1 }), where(eq(items.id, 2))))())
    must(await db.execute(insertInto(items)({ id: 1, at: [9, 9, 9], near: null }))())
    const [updated, inserted] = world.sent().map(({ sql }) => sql)
    expect(updated).not.toContain(end)
    expect(inserted?.endsWith(` ${end}`)).toBe(true)
    if (ignoring !== null) expect(inserted?.startsWith(`INSERT ${ignoring} INTO `)).toBe(true)
    const open = world.db.having({ dialect: deriveDialect(world.db.dialect, { around: () => ({ end: raw("'") }) }) })
    expect(tagOf(await open.execute(insertInto(items)({ id: 9, at: [1], near: null }))())).toBe('Compile')
  })
})

describe('expressions of the user in memory', () => {
  it('have a meaning where one was given', () => {
    expect(evaluate(plus(literal(1, integer), 2))({})).toEqual(E.right(3))
    const none = customFunction({ name: 'none', takes: [], gives: integer, render: {} })
    expect(tagOf(evaluate(none())({}))).toBe('NotEvaluable')
    const wrong = (evaluated: () => unknown) =>
      evaluate(
        customFunction({ name: 'wrong', takes: [], gives: integer, render: {}, evaluate: evaluated as () => number })(),
      )({})
    expect(tagOf(wrong(() => 'a'))).toBe('NotEvaluable')
    expect(tagOf(wrong(() => null))).toBe('NotEvaluable')
    expect(
      tagOf(
        wrong(() => {
          throw new Error('mine')
        }),
      ),
    ).toBe('NotEvaluable')
  })

  it('a definition that cannot be right is refused where it is made', () => {
    for (const name of ['', '1a', 'a b', "a'"])
      expect(() => customFunction({ name, takes: [], gives: integer, render: {} }), name).toThrow(TypeError)
    expect(() => customFunction({ name: 'a', takes: [], gives: integer, render: { oracle: 1 } as never })).toThrow(
      TypeError,
    )
    expect(() => customFunction({ name: 'a', takes: [1 as never], gives: integer, render: {} })).toThrow(TypeError)
    expect(() => customFunction({ name: 'a', takes: [], gives: null as never, render: {} })).toThrow(TypeError)
  })
})

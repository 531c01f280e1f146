// Inserts, updates and deletes: what they write, count and give back is the same on every engine.
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import {
  everyRow,
  add,
  alias,
  and,
  any,
  autoIncrement,
  bigint,
  boolean,
  caseWhen,
  coalesce,
  concat,
  count,
  date,
  defaultTo,
  deleteFrom,
  double,
  eq,
  exists,
  from,
  gt,
  inList,
  inQuery,
  insertInto,
  integer,
  isNull,
  json,
  limit,
  literal,
  lt,
  lower,
  max,
  mul,
  nullable,
  orderBy,
  param,
  prepare,
  primaryKey,
  references,
  returning,
  scalar,
  select,
  set,
  sum,
  table,
  text,
  timestamptz,
  update,
  upper,
  varchar,
  where,
} from '../../../src/index.js'
import { showValue } from '../../../src/compile/encode.js'
import { type Place, places } from '../../support/places.js'
import { must, openWorldAt, tagOf, type World } from '../../support/run-load.js'

let asked = 0

const users = table('users', {
  id: pipe(integer, primaryKey, autoIncrement),
  name: text,
  age: pipe(integer, nullable),
  level: pipe(integer, defaultTo(7)),
  token: pipe(
    varchar(20),
    defaultTo(() => `token ${(asked += 1)}`),
  ),
})
const bigs = table('bigs', { id: pipe(bigint, primaryKey, autoIncrement), note: pipe(text, nullable) })
const pairs = table('pairs', {
  a: pipe(integer, primaryKey),
  b: pipe(varchar(20), primaryKey),
  n: pipe(integer, nullable),
  m: pipe(integer, nullable),
})
const plain = table('plain', { n: integer })
const only = table('only', { id: pipe(integer, primaryKey, autoIncrement) })
const posts = table('posts', {
  id: pipe(integer, primaryKey, autoIncrement),
  userId: pipe(integer, references(users.id)),
  title: text,
})
const values = table('values', {
  id: pipe(integer, primaryKey),
  flag: pipe(boolean, nullable),
  real: pipe(double, nullable),
  day: pipe(date, nullable),
  at: pipe(timestamptz, nullable),
  doc: pipe(json(t.type({ n: t.number })), nullable),
  big: pipe(bigint, nullable),
})
const wide = table(
  'wide',
  Object.fromEntries(Array.from({ length: 70 }, (_, i) => [`c${i}`, integer])) as Record<'c0' | 'c69', typeof integer>,
)
const all = { users, bigs, pairs, plain, only, posts, values, wide }

describe.each(places())('write on $label', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create(all)
  })
  afterAll(() => world.close())
  beforeEach(async () => {
    for (const one of [posts, users, bigs, pairs, plain, only, values, wide])
      await world.rows(everyRow(deleteFrom(one as typeof plain)))
    world.sent()
  })

  // insert ---------------------------------------------------------------------------------------------------------

  it('[DML01] [DML03] [DML04] rows come back in the order in which they were given, and so do their keys', async () => {
    const { rows, keys, affected } = await world.answer(
      pipe(
        insertInto(users)([{ name: 'c' }, { name: 'a' }, { name: 'b' }]),
        returning({ id: users.id, name: users.name, level: users.level }),
      ),
    )
    expect(rows.map((row) => row.name)).toEqual(['c', 'a', 'b'])
    expect(rows.map((row) => row.level)).toEqual([7, 7, 7])
    expect(keys).toEqual(rows.map(({ id }) => ({ id })))
    expect(affected).toBe(3)
    const read = await world.rows(pipe(from(users), orderBy(users.id), select({ id: users.id, name: users.name })))
    expect(read).toEqual(rows.map(({ id, name }) => ({ id, name })))
  })

  it('[DML07] without returning there are keys and no rows', async () => {
    const { rows, keys, affected } = await world.answer(insertInto(users)([{ name: 'x' }, { name: 'y' }]))
    expect(rows).toEqual([])
    expect(affected).toBe(2)
    const read = await world.rows(pipe(from(users), orderBy(users.name), select({ id: users.id })))
    expect(keys).toEqual(read)
    const one = await world.answer(insertInto(users)({ name: 'z' }))
    expect(one.keys).toEqual(await world.rows(pipe(from(users), where(eq(users.name, 'z')), select({ id: users.id }))))
    expect((await world.answer(insertInto(plain)({ n: 1 }))).keys).toEqual([])
    expect((await world.answer(insertInto(pairs)({ a: 1, b: 'x' }))).keys).toEqual([])
  })

  it('one row without returning is one statement', async () => {
    await world.answer(insertInto(users)({ name: 'z' }))
    expect(world.sent()).toHaveLength(1)
  })

  it('[J11] rows of different shapes: what is given is kept, what is left out is made, all in order', async () => {
    const { rows, keys } = await world.answer(
      pipe(
        insertInto(users)([
          { name: 'a' },
          { id: 1000, name: 'b', age: 3 },
          { name: 'c', level: 1, token: 'mine' },
          { name: 'd', age: null },
          { id: 1001, name: 'e' },
          { name: 'f', age: 9 },
        ]),
        returning(users),
      ),
    )
    expect(rows.map((row) => [row.name, row.age, row.level])).toEqual([
      ['a', null, 7],
      ['b', 3, 7],
      ['c', null, 1],
      ['d', null, 7],
      ['e', null, 7],
      ['f', 9, 7],
    ])
    expect([rows[1]?.id, rows[4]?.id]).toEqual([1000, 1001])
    expect(rows[2]?.token).toBe('mine')
    expect(new Set(rows.map((row) => row.token)).size, 'a client default is asked once a row').toBe(6)
    expect(new Set(rows.map((row) => row.id)).size).toBe(6)
    expect(keys).toEqual([0, 2, 3, 5].map((i) => ({ id: rows[i]?.id })))
    expect(await world.rows(pipe(from(users), select(count())))).toEqual([6])
  })

  it('no rows are nothing to send', async () => {
    expect(await world.answer(pipe(insertInto(users)([]), returning(users)))).toEqual({
      rows: [],
      affected: 0,
      keys: [],
    })
    // In memory it is evaluated, and gives nothing.
    expect(world.sent()).toHaveLength(place.name === 'memory' ? 1 : 0)
  })

  it('[dialect 69] rows that name no column', async () => {
    const { rows, keys, affected } = await world.answer(pipe(insertInto(only)([{}, {}, {}]), returning(only)))
    expect(affected).toBe(3)
    expect(rows).toHaveLength(3)
    expect(keys).toEqual(rows)
    expect(new Set(rows.map((row) => row.id)).size).toBe(3)
  })

  it('keys of bigint', async () => {
    // PostgreSQL's identity does not look at keys that were given
    const start = place.name === 'postgres' ? 0n : 9007199254740993n
    if (start > 0n) await world.rows(insertInto(bigs)({ id: start, note: 'given' }))
    const { rows, keys } = await world.answer(
      pipe(insertInto(bigs)([{ note: 'x' }, {}]), returning({ id: bigs.id, note: bigs.note })),
    )
    expect(rows).toEqual([
      { id: start + 1n, note: 'x' },
      { id: start + 2n, note: null },
    ])
    expect(keys).toEqual([{ id: start + 1n }, { id: start + 2n }])
    expect((await world.answer(insertInto(bigs)({}))).keys).toEqual([{ id: start + 3n }])
    expect((await world.answer(insertInto(bigs)([{}, {}]))).keys).toEqual([{ id: start + 4n }, { id: start + 5n }])
  })

  it('returning of given keys, composite ones of text too, in the order of the rows', async () => {
    const rows = [
      { a: 2, b: 'x', n: 1 },
      { a: 1, b: 'X', n: 2 },
      { a: 1, b: 'x ', n: 3 },
      { a: 1, b: 'x', n: 4 },
      { a: 1, b: '\'"\\', n: 5 },
    ]
    expect(await world.rows(pipe(insertInto(pairs)(rows), returning({ a: pairs.a, b: pairs.b, n: pairs.n })))).toEqual(
      rows,
    )
  })

  it('returning says expressions of the new row, with values in them', async () => {
    const { rows } = await world.answer(
      pipe(
        insertInto(users)([{ name: 'ed', age: 5 }, { name: 'Flo' }]),
        returning({
          loud: upper(users.name),
          plus: add(coalesce(users.age, 10), 1),
          deep: { user: { name: users.name } },
          fixed: literal('x', text),
        }),
      ),
    )
    expect(rows).toEqual([
      { loud: 'ED', plus: 6, deep: { user: { name: 'ed' } }, fixed: 'x' },
      { loud: 'FLO', plus: 11, deep: { user: { name: 'Flo' } }, fixed: 'x' },
    ])
    expect(
      await world.rows(
        pipe(
          insertInto(pairs)([
            { a: 1, b: 'x', n: 4 },
            { a: 2, b: 'y', n: 6 },
          ]),
          returning({ n: mul(pairs.n, 2), b: concat(pairs.b, '!') }),
        ),
      ),
    ).toEqual([
      { n: 8, b: 'x!' },
      { n: 12, b: 'y!' },
    ])
    expect(await world.rows(pipe(insertInto(users)({ name: 'one' }), returning(users.name)))).toEqual(['one'])
  })

  it('values may be expressions: of parameters, of functions, of queries', async () => {
    await world.rows(insertInto(users)({ name: 'first', age: 1 }))
    const { rows } = await world.answer(
      pipe(
        insertInto(users)([
          { name: lower(literal('LOUD', text)), age: add(literal(1, integer), 2) },
          { name: concat('a', 'b', 'c'), age: scalar(pipe(from(plain), select(sum(plain.n)))) as never },
        ]),
        returning({ name: users.name, age: users.age }),
      ),
    )
    expect(rows).toEqual([
      { name: 'loud', age: 3 },
      { name: 'abc', age: null },
    ])
    await world.rows(
      insertInto(users)({ name: 'last', age: add(scalar(pipe(from(users), select(max(users.age)))), 1) as never }),
    )
    expect(await world.rows(pipe(from(users), where(eq(users.name, 'last')), select(users.age)))).toEqual([4])
    await world.rows(
      insertInto(pairs)([
        { a: add(literal(1, integer), add(literal(2, integer), 3)), b: 'x' },
        { a: 7, b: concat('y', 'z') },
      ]),
    )
    expect(await world.rows(pipe(from(pairs), orderBy(pairs.a), select({ a: pairs.a, b: pairs.b })))).toEqual([
      { a: 6, b: 'x' },
      { a: 7, b: 'yz' },
    ])
    const returned = await world.outcome(
      pipe(insertInto(pairs)([{ a: add(literal(8, integer), 1), b: 'x' }]), returning(pairs)),
    )
    expect(tagOf(returned)).toBe(place.name === 'mysql' ? 'Unsupported' : 'Right')
  })

  it('[LIM05] a prepared insert, run twice', async () => {
    const insert = prepare(world.db.dialect)(
      pipe(
        insertInto(users)({ name: param('name', text), age: param('age', pipe(integer, nullable)) }),
        returning({ name: users.name, age: users.age }),
      ),
    )
    const outcome = async (of: Record<string, unknown>) => {
      const load = insert(of)
      return load._tag === 'Left' ? load : world.load(load.right)
    }
    const run = async (of: Record<string, unknown>) => must(await outcome(of)).rows
    expect(await run({ name: 'a', age: 1 })).toEqual([{ name: 'a', age: 1 }])
    expect(await run({ name: 'b', age: null })).toEqual([{ name: 'b', age: null }])
    expect(tagOf(await outcome({ name: 'c' }))).toBe('InvalidValue')
  })

  it('[J08] [DRV09] more rows than one statement has parameters for: all or none, in order', async () => {
    const many = Array.from({ length: 12_000 }, (_, i) => ({ name: `n${i}`, age: i, level: i % 3, token: 't' }))
    const { rows, keys, affected } = await world.answer(
      pipe(insertInto(users)(many), returning({ name: users.name, age: users.age })),
    )
    expect(affected).toBe(12_000)
    expect(rows).toEqual(many.map(({ name, age }) => ({ name, age })))
    expect(keys).toHaveLength(12_000)
    expect(
      await world.rows(pipe(from(users), where(eq(users.id, keys[11_999]?.['id'] as number)), select(users.name))),
    ).toEqual(['n11999'])
    await world.rows(everyRow(deleteFrom(users)))
    const last = pipe(from(users), select(count()))
    const bad = [...many.slice(0, 11_000), { ...many[0], name: 1 } as never]
    world.sent()
    expect(tagOf(await world.outcome(insertInto(users)(bad)))).toBe('InvalidValue')
    expect(world.sent()).toEqual([])
    const clash = [...many.slice(0, 11_000).map((row, i) => ({ ...row, id: i + 1 })), { ...many[0], id: 5 } as never]
    expect(tagOf(await world.outcome(insertInto(users)(clash)))).toBe('UniqueViolation')
    expect(await world.rows(last)).toEqual([0])
  })

  it('rows of 70 columns, as many as fit', async () => {
    const row = (i: number) => Object.fromEntries(Array.from({ length: 70 }, (_, c) => [`c${c}`, i * 100 + c]))
    const rows = Array.from({ length: 2_000 }, (_, i) => row(i))
    expect((await world.answer(insertInto(wide)(rows as never))).affected).toBe(2_000)
    expect(await world.rows(pipe(from(wide), where(eq(wide.c0, 199_900)), select(wide.c69)))).toEqual([199_969])
  })

  it('a key that is no column is refused, and so is a row that is none', async () => {
    for (const row of [{ name: 'x', nothing: 1 }, null, undefined, 'text', 5, Symbol('row'), [['name', 'x']]])
      expect(['IllFormed', 'InvalidValue'], showValue(row)).toContain(
        tagOf(await world.outcome(insertInto(users)(row as never))),
      )
    expect(tagOf(await world.outcome(insertInto(users)({ name: 'x', age: 'y' } as never)))).toBe('InvalidValue')
    expect(tagOf(await world.outcome(insertInto(users)({ name: undefined } as never)))).toBe('InvalidValue')
    expect(world.sent()).toEqual([])
  })

  it('a value of another type is refused by its place', async () => {
    const outcome = await world.outcome(insertInto(users)([{ name: 'ok' }, { name: 'x', age: 1.5 }]))
    expect(outcome).toMatchObject({ left: { _tag: 'InvalidValue', place: 'users.age' } })
    expect(tagOf(await world.outcome(insertInto(users)({ name: 'x', age: literal(1.5, double) })))).toBe('IllFormed')
    expect(tagOf(await world.outcome(insertInto(users)({ name: literal('2012-01-01', date), age: 1 })))).toBe(
      'IllFormed',
    )
    expect(tagOf(await world.outcome(pipe(update(users), set({ age: add(users.age, 0.5) }), everyRow)))).toBe(
      'IllFormed',
    )
  })

  // update ---------------------------------------------------------------------------------------------------------

  const three = () => world.rows(insertInto(users)([{ name: 'a', age: 1 }, { name: 'b', age: 2 }, { name: 'c' }]))
  const ages = () => world.rows(pipe(from(users), orderBy(users.name), select(users.age)))

  it('[J02] [DML09] an update by expressions; affected are the rows that matched', async () => {
    await three()
    expect((await world.answer(pipe(update(users), set({ age: add(users.age, 1) }), everyRow))).affected).toBe(3)
    expect(await ages()).toEqual([2, 3, null])
    expect(
      (await world.answer(pipe(update(users), set({ age: 3 }), where(eq(users.name, 'b'))))).affected,
      'the same value',
    ).toBe(1)
    expect((await world.answer(pipe(update(users), set({ level: 7 }), everyRow))).affected, 'the same value').toBe(3)
    expect((await world.answer(pipe(update(users), set({ age: 0 }), where(eq(users.name, 'z'))))).affected).toBe(0)
    expect(
      (await world.answer(pipe(update(users), set({ age: 0 }), where(pipe(users.name, inList<string>([])))))).affected,
    ).toBe(0)
    expect(
      (await world.answer(pipe(update(users), set({ age: null }), where(eq(users.age, 2)), where(gt(users.level, 0)))))
        .affected,
    ).toBe(1)
    expect(await ages()).toEqual([null, 3, null])
    expect(await world.rows(pipe(from(users), where(isNull(users.age)), select(count())))).toEqual([2])
  })

  it('of one column the last value stands, and set may be said twice', async () => {
    await three()
    await world.rows(pipe(update(users), set({ age: 5, level: 1 }), where(eq(users.name, 'a')), set({ age: 6 })))
    expect(
      await world.rows(pipe(from(users), where(eq(users.name, 'a')), select({ age: users.age, level: users.level }))),
    ).toEqual([{ age: 6, level: 1 }])
  })

  it('every type is assigned, by value and by expression', async () => {
    await world.rows(insertInto(values)({ id: 1 }))
    const row = {
      flag: true,
      real: 0.1,
      day: '2012-10-15',
      at: '2012-10-15T12:57:18.000396Z',
      doc: { n: 1 },
      big: 9007199254740993n,
    }
    await world.rows(pipe(update(values), set(row), everyRow))
    expect(await world.rows(from(values))).toEqual([{ id: 1, ...row }])
    const changes = {
      flag: gt(values.id, 5),
      real: mul(values.real, 3),
      day: caseWhen(eq(values.id, 1), literal('2000-01-01', date)).otherwise(values.day),
      at: coalesce(values.at, '2012-10-15T12:57:18Z'),
      doc: values.doc,
      big: add(values.big, 1n),
    }
    await world.rows(pipe(update(values), set(changes), everyRow))
    expect(await world.rows(from(values))).toEqual([
      { ...row, id: 1, flag: false, real: 0.1 * 3, day: '2000-01-01', big: 9007199254740994n },
    ])
    await world.rows(
      pipe(update(values), set({ flag: null, real: null, day: null, at: null, doc: null, big: null }), everyRow),
    )
    expect(await world.rows(from(values))).toEqual([
      { id: 1, flag: null, real: null, day: null, at: null, doc: null, big: null },
    ])
  })

  it('[dialect 67] all expressions of set see the old row, or it is refused', async () => {
    await world.rows(insertInto(pairs)([{ a: 1, b: 'x', n: 10, m: 20 }]))
    await world.rows(pipe(update(pairs), set({ n: 1, m: pairs.n }), everyRow))
    expect(await world.rows(pipe(from(pairs), select({ n: pairs.n, m: pairs.m })))).toEqual([{ n: 1, m: 10 }])
    await world.rows(pipe(update(pairs), set({ m: add(pairs.n, 1), n: 5 }), everyRow))
    expect(await world.rows(pipe(from(pairs), select({ n: pairs.n, m: pairs.m })))).toEqual([{ n: 5, m: 2 }])
    await world.rows(pipe(update(pairs), set({ n: add(pairs.n, 1), m: add(pairs.n, pairs.m) }), everyRow))
    expect(await world.rows(pipe(from(pairs), select({ n: pairs.n, m: pairs.m })))).toEqual([{ n: 6, m: 7 }])
    const swap = await world.outcome(pipe(update(pairs), set({ n: pairs.m, m: pairs.n }), everyRow))
    if (place.name === 'mysql' || place.name === 'mariadb') expect(tagOf(swap)).toBe('Unsupported')
    else expect(await world.rows(pipe(from(pairs), select({ n: pairs.n, m: pairs.m })))).toEqual([{ n: 7, m: 6 }])
  })

  it('[dialect 67] what a query inside set reads of the old row counts, too', async () => {
    await world.rows(insertInto(plain)([{ n: 1 }, { n: 5 }]))
    await world.rows(insertInto(pairs)([{ a: 1, b: 'x', n: 3, m: 0 }]))
    const below = scalar(pipe(from(plain), where(lt(plain.n, pairs.n)), select(count())))
    await world.rows(pipe(update(pairs), set({ n: 9, m: below as never }), everyRow))
    expect(await world.rows(pipe(from(pairs), select({ n: pairs.n, m: pairs.m })))).toEqual([{ n: 9, m: 1 }])
  })

  it('[dialect 66] [SEL19] an update by queries, of other tables and of its own', async () => {
    await three()
    const id = async (name: string) =>
      (await world.rows(pipe(from(users), where(eq(users.name, name)), select(users.id))))[0] ?? 0
    await world.rows(
      insertInto(posts)([
        { userId: await id('a'), title: 'x' },
        { userId: await id('a'), title: 'y' },
      ]),
    )
    const postsOf = pipe(from(posts), where(eq(posts.userId, users.id)))
    await world.rows(pipe(update(users), set({ level: scalar(pipe(postsOf, select(count()))) as never }), everyRow))
    expect(await world.rows(pipe(from(users), orderBy(users.name), select(users.level)))).toEqual([2, 0, 0])
    expect((await world.answer(pipe(update(users), set({ level: 5 }), where(any(postsOf))))).affected).toBe(1)
    const oldest = pipe(from(users), orderBy(users.name), limit(2), select(users.id))
    expect(
      (await world.answer(pipe(update(users), set({ level: 8 }), where(pipe(users.id, inQuery(oldest)))))).affected,
    ).toBe(2)
    const other = pipe(users, alias('other'))
    expect(
      (
        await world.answer(
          pipe(
            update(users),
            set({ age: scalar(pipe(from(other), select(max(other.age)))) }),
            where(isNull(users.age)),
          ),
        )
      ).affected,
    ).toBe(1)
    expect(await ages()).toEqual([1, 2, 2])
    const older = await world.outcome(
      pipe(update(users), set({ level: 0 }), where(exists(pipe(from(other), where(gt(other.age, users.age)))))),
    )
    if (place.name === 'mysql') expect(tagOf(older)).toBe('Unsupported')
    else expect(must(older).affected).toBe(1)
  })

  it('an update under an alias', async () => {
    await three()
    const u = pipe(users, alias('u'))
    expect((await world.answer(pipe(update(u), set({ age: add(u.level, 1) }), where(eq(u.name, 'a'))))).affected).toBe(
      1,
    )
    expect(await ages()).toEqual([8, 2, null])
    expect((await world.answer(pipe(deleteFrom(u), where(eq(u.name, 'a'))))).affected).toBe(1)
  })

  it('an update that sets nothing, or what is no column, is refused', async () => {
    for (const changes of [
      {},
      { nothing: 1 },
      null,
      undefined,
      'x',
      { age: undefined },
      { age: 'x' },
      { age: Symbol('x') },
      { age: {} },
      { name: null },
    ])
      expect(['IllFormed', 'InvalidValue'], showValue(changes)).toContain(
        tagOf(await world.outcome(pipe(update(users), set(changes as never), everyRow))),
      )
    expect(tagOf(await world.outcome(update(users)))).toBe('IllFormed')
    expect(world.sent()).toEqual([])
  })

  it('[DML12] update returning: match, no match, an empty list', async () => {
    await three()
    const set5 = pipe(
      update(users),
      set({ age: 5 }),
      returning({ name: users.name, age: users.age, plus: add(users.age, 1) }),
    )
    const matched = await world.outcome(pipe(set5, where(eq(users.name, 'b'))))
    expect(must(matched)).toEqual({ rows: [{ name: 'b', age: 5, plus: 6 }], affected: 1, keys: [] })
    expect(await world.answer(pipe(set5, where(eq(users.name, 'zz'))))).toEqual({ rows: [], affected: 0, keys: [] })
    expect(await world.answer(pipe(set5, where(pipe(users.name, inList<string>([])))))).toEqual({
      rows: [],
      affected: 0,
      keys: [],
    })
    expect(await ages()).toEqual([1, 5, null])
  })

  // delete ---------------------------------------------------------------------------------------------------------

  it('[DML13] delete returning', async () => {
    await three()
    const gone = await world.outcome(
      pipe(deleteFrom(users), where(eq(users.name, 'b')), returning({ name: users.name, age: users.age })),
    )
    expect(must(gone)).toEqual({ rows: [{ name: 'b', age: 2 }], affected: 1, keys: [] })
    expect(await ages()).toEqual([1, null])
  })

  it('[SEL20] [dialect 66] delete by criterion and by queries, of its own table too', async () => {
    await three()
    expect((await world.answer(pipe(deleteFrom(users), where(eq(users.age, 1))))).affected).toBe(1)
    expect((await world.answer(pipe(deleteFrom(users), where(eq(users.age, 1))))).affected).toBe(0)
    const top = pipe(from(users), orderBy(users.name), limit(1), select(users.id))
    expect((await world.answer(pipe(deleteFrom(users), where(pipe(users.id, inQuery(top)))))).affected).toBe(1)
    await three()
    const other = pipe(users, alias('other'))
    const same = await world.outcome(
      pipe(
        deleteFrom(users),
        where(exists(pipe(from(other), where(and(eq(other.name, users.name), lt(other.id, users.id)))))),
      ),
    )
    if (place.name === 'mysql') expect(tagOf(same)).toBe('Unsupported')
    else expect(must(same).affected).toBe(1)
    const greatest = scalar(pipe(from(other), select(max(other.id))))
    expect((await world.answer(pipe(deleteFrom(users), where(eq(users.id, greatest))))).affected).toBe(1)
    expect((await world.answer(everyRow(deleteFrom(users)))).affected).toBeGreaterThan(0)
    expect(await ages()).toEqual([])
  })

  // its own table ----------------------------------------------------------------------------------------------------

  describe('a write that asks its own table sees it as it was, or is refused', () => {
    const x = pipe(pairs, alias('x'))
    const higher = pipe(from(x), where(gt(x.n, pairs.n)))
    const lower4 = pipe(from(x), where(lt(x.n, 4)))
    const raise = pipe(update(pairs), set({ n: add(pairs.n, 10) }), everyRow)
    const remove = everyRow(deleteFrom(pairs))
    const [mysql, none] = [['mysql'], []] as const
    it.each<readonly [string, Parameters<World['outcome']>[0], ReadonlyArray<number | null>, ReadonlyArray<string>]>([
      ['where exists', pipe(raise, where(exists(higher))), [11, 12, 13, 4], mysql],
      [
        'where in',
        pipe(raise, where(pipe(literal(1, integer), inQuery(pipe(higher, select(literal(1, integer))))))),
        [11, 12, 13, 4],
        mysql,
      ],
      ['where a value', pipe(raise, where(gt(scalar(pipe(higher, select(count()))), 0))), [11, 12, 13, 4], mysql],
      ['where exists, of no row', pipe(raise, where(exists(pipe(from(x), where(gt(x.n, 3)))))), [11, 12, 13, 14], none],
      [
        'where in, of no row',
        pipe(raise, where(pipe(pairs.n, inQuery(pipe(lower4, select(x.n)))))),
        [11, 12, 13, 4],
        none,
      ],
      [
        'where a value, of no row',
        pipe(raise, where(lt(pairs.n, scalar(pipe(from(x), select(max(x.n))))))),
        [11, 12, 13, 4],
        none,
      ],
      [
        'set a value',
        pipe(update(pairs), set({ n: scalar(pipe(higher, select(max(x.n)))) }), everyRow),
        [4, 4, 4, null],
        mysql,
      ],
      [
        'set by exists',
        pipe(update(pairs), set({ n: caseWhen(exists(higher), 100).otherwise(0) }), everyRow),
        [100, 100, 100, 0],
        mysql,
      ],
      [
        'set a value, of no row',
        pipe(update(pairs), set({ n: add(pairs.n, scalar(pipe(from(x), select(max(x.n))))) }), everyRow),
        [5, 6, 7, 8],
        none,
      ],
      ['delete where exists', pipe(remove, where(exists(pipe(from(x), where(lt(x.n, pairs.n)))))), [1], mysql],
      [
        'delete where a value',
        pipe(remove, where(gt(scalar(pipe(from(x), where(lt(x.a, add(pairs.a, 10))), select(count()))), 3))),
        [],
        mysql,
      ],
      ['delete where a value, of no row', pipe(remove, where(gt(scalar(pipe(from(x), select(count()))), 3))), [], none],
    ])('[dialect 66] %s', async (_, query, expected, refused) => {
      await world.rows(insertInto(pairs)([1, 2, 3, 4].map((n) => ({ a: n, b: 'x', n }))))
      const outcome = await world.outcome(query)
      expect(tagOf(outcome)).toBe(refused.includes(place.name) ? 'Unsupported' : 'Right')
      const after = await world.rows(pipe(from(pairs), orderBy(pairs.a), select(pairs.n)))
      expect(after).toEqual(refused.includes(place.name) ? [1, 2, 3, 4] : expected)
    })

    it('rows inserted together count the rows that were there before', async () => {
      await world.rows(insertInto(pairs)([1, 2].map((n) => ({ a: n, b: 'x', n }))))
      const counted = scalar(pipe(from(x), select(count())))
      expect(await world.outcome(insertInto(pairs)({ a: 3, b: 'x', n: counted as never })).then(tagOf)).toBe('Right')
      const two = insertInto(pairs)([4, 5].map((n) => ({ a: n, b: 'x', n: counted as never })))
      const refused = place.name === 'mysql' || place.name === 'mariadb'
      expect(tagOf(await world.outcome(two))).toBe(refused ? 'Unsupported' : 'Right')
      expect(await world.rows(pipe(from(pairs), orderBy(pairs.a), select(pairs.n)))).toEqual(
        refused ? [1, 2, 2] : [1, 2, 2, 3, 3],
      )
    })

    it('what is given back says nothing of other rows of it', async () => {
      const counted = scalar(pipe(from(x), select(count())))
      expect(tagOf(await world.outcome(pipe(insertInto(pairs)({ a: 1, b: 'x' }), returning({ n: counted }))))).toBe(
        'Unsupported',
      )
    })
  })

  it('what a write gives back holds no aggregate', async () => {
    expect(tagOf(await world.outcome(pipe(insertInto(plain)({ n: 1 }), returning({ n: count() }))))).toBe('IllFormed')
    expect(tagOf(await world.outcome(pipe(update(plain), set({ n: count() as never }), everyRow)))).toBe('IllFormed')
    expect(world.sent()).toEqual([])
  })
})

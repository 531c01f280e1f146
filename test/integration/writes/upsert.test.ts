// Upserts: rows are taken one after the other, and what is there already is left or changed, alike on every engine and in memory.
import { pipe } from 'fp-ts/lib/function.js'
import * as E from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import {
  type AnyQuery,
  add,
  and,
  autoIncrement,
  concat,
  deleteFrom,
  eq,
  everyRow,
  from,
  gt,
  insertInto,
  integer,
  literal,
  lt,
  lower,
  mul,
  ne,
  nullable,
  onConflictDoNothing,
  onConflictDoUpdate,
  orderBy,
  primaryKey,
  primaryKeyConstraint,
  returning,
  select,
  serverDefault,
  table,
  text,
  unique,
  uniqueConstraint,
  varchar,
} from '../../../src/index.js'
import { tagOf } from '../../support/run-load.js'
import { type UpsertPlace, upsertPlaces } from './upsert-place.js'

/** One key, whose values the rows give. */
const words = table('words', { id: pipe(integer, primaryKey), name: text, times: pipe(integer, nullable) })
/** A key that the database makes, and another by which rows are known. */
const users = table('users', {
  id: pipe(integer, primaryKey, autoIncrement),
  mail: pipe(varchar(50), unique),
  name: text,
  seen: pipe(integer, serverDefault(literal(7, integer))),
})
/** Two keys, both given. */
const places = table(
  'places',
  { id: pipe(integer, primaryKey), code: varchar(20), hall: pipe(integer, nullable), n: integer },
  (t) => [uniqueConstraint([t.code], { name: 'places_code' }), primaryKeyConstraint([t.id], { name: 'places_pkey' })],
)
/** A key of two columns, one of which may be null. */
const seats = table(
  'seats',
  { id: pipe(integer, primaryKey), row: integer, hall: pipe(integer, nullable), n: integer },
  (t) => [uniqueConstraint([t.row, t.hall])],
)
const all = { words, users, places, seats }

describe.each(upsertPlaces)('upsert on $label', ({ open }) => {
  let world: UpsertPlace
  beforeAll(async () => {
    world = await open()
    await world.create(all)
  })
  afterAll(() => world.close())
  beforeEach(async () => {
    for (const one of [words, users, places, seats]) await world.rows(everyRow(deleteFrom(one as typeof words)))
    world.sent()
  })

  const allWords = () => world.rows(pipe(from(words), orderBy(words.id)))
  const allPlaces = () => world.rows(pipe(from(places), orderBy(places.id)))

  // nothing ----------------------------------------------------------------------------------------------------------

  it('[DML18] [J13] rows that are there are left, and neither counted nor returned', async () => {
    const insert = (name: string) =>
      world.answer(
        pipe(
          insertInto(words)([
            { id: 1, name },
            { id: 2, name },
          ]),
          onConflictDoNothing(words.id),
          returning({ id: words.id, name: words.name }),
        ),
      )
    await world.answer(insertInto(words)({ id: 1, name: 'first' }))
    expect(await insert('a')).toEqual({ rows: [{ id: 2, name: 'a' }], affected: 1, keys: [] })
    expect(await insert('b')).toEqual({ rows: [], affected: 0, keys: [] })
    expect((await allWords()).map((w) => w.name)).toEqual(['first', 'a'])
  })

  it('[DML18] of a row that is left by another key there is no key', async () => {
    const insert = (name: string) => pipe(insertInto(users)({ mail: 'a@x', name }), onConflictDoNothing(users.mail))
    const first = await world.answer(insert('one'))
    expect(first.affected).toBe(1)
    expect(await world.rows(pipe(from(users), select({ id: users.id })))).toEqual(first.keys)
    expect(await world.answer(insert('two'))).toEqual({ rows: [], affected: 0, keys: [] })
    expect(await world.rows(pipe(from(users), select({ name: users.name, seen: users.seen })))).toEqual([
      { name: 'one', seen: 7 },
    ])
  })

  it('[DML27] what is counted is what was written, also without returning', async () => {
    await world.answer(insertInto(words)({ id: 2, name: 'there', times: 1 }))
    const rows = [1, 2, 3, 3].map((id) => ({ id, name: 'new', times: 5 }))
    expect((await world.answer(pipe(insertInto(words)(rows), onConflictDoNothing(words.id)))).affected).toBe(2)
    expect((await world.answer(pipe(insertInto(words)(rows), onConflictDoNothing()))).affected).toBe(0)
    const times = (n: number) =>
      pipe(
        insertInto(words)(rows.map((row) => ({ ...row, times: n }))),
        onConflictDoUpdate({
          target: words.id,
          set: (e) => ({ times: e.times }),
          where: (e) => gt(e.times, words.times),
        }),
      )
    // 1 and 3 have 5 already, and the second 3 meets what the first left.
    expect((await world.answer(times(5))).affected).toBe(1)
    expect((await world.answer(times(6))).affected).toBe(3)
    expect((await world.answer(times(6))).affected).toBe(0)
    const same = pipe(insertInto(words)(rows), onConflictDoUpdate({ target: words.id, set: { name: 'new' } }))
    expect((await world.answer(same)).affected).toBe(4)
    expect((await world.answer(same)).affected).toBe(4)
  })

  it('without a target a row that meets any key is left', async () => {
    await world.answer(insertInto(places)({ id: 1, code: 'a', n: 1 }))
    const { rows, affected } = await world.answer(
      pipe(
        insertInto(places)([
          { id: 1, code: 'z', n: 2 },
          { id: 2, code: 'a', n: 2 },
          { id: 3, code: 'c', n: 2 },
        ]),
        onConflictDoNothing(),
        returning({ id: places.id }),
      ),
    )
    expect(rows).toEqual([{ id: 3 }])
    expect(affected).toBe(1)
    expect((await allPlaces()).map(({ id, code, n }) => [id, code, n])).toEqual([
      [1, 'a', 1],
      [3, 'c', 2],
    ])
  })

  it('what is wrong besides a key is not swallowed', async () => {
    await world.answer(insertInto(words)({ id: 1, name: 'a' }))
    const nameless = { id: 1, name: null } as unknown as { id: number; name: string }
    const outcome = await world.outcome(pipe(insertInto(words)(nameless), onConflictDoNothing()))
    expect(tagOf(outcome)).toBe('InvalidValue')
  })

  // update -----------------------------------------------------------------------------------------------------------

  it('[DML19] [DML30] [J13] [N12] [E11] rows that are there are changed by the new one, the others are inserted', async () => {
    await world.answer(insertInto(words)({ id: 1, name: 'old', times: 10 }))
    const answer = await world.answer(
      pipe(
        insertInto(words)([
          { id: 2, name: 'two', times: 2 },
          { id: 1, name: 'one', times: 1 },
        ]),
        onConflictDoUpdate({
          target: words.id,
          set: (excluded) => ({
            name: concat(words.name, '-', excluded.name),
            times: add(words.times, excluded.times),
          }),
        }),
        returning({ id: words.id, name: words.name, times: words.times }),
      ),
    )
    expect(answer).toEqual({
      rows: [
        { id: 2, name: 'two', times: 2 },
        { id: 1, name: 'old-one', times: 11 },
      ],
      affected: 2,
      keys: [],
    })
    expect(await allWords()).toEqual([
      { id: 1, name: 'old-one', times: 11 },
      { id: 2, name: 'two', times: 2 },
    ])
  })

  it('[DML21] rows that do not satisfy where are left', async () => {
    const four = [1, 2, 3, 4].map((id) => ({ id, name: `name${id}` }))
    await world.answer(insertInto(words)(four.slice(0, 3)))
    const next = [
      { id: 1, name: 'name1' },
      { id: 2, name: 'name12' },
      { id: 3, name: 'name13' },
      { id: 4, name: 'name14' },
    ]
    const { rows, affected } = await world.answer(
      pipe(
        insertInto(words)(next),
        onConflictDoUpdate({
          target: words.id,
          set: (e) => ({ name: concat('updated ', e.name), times: add(words.id, 1) }),
          where: (e) => ne(e.name, 'name12'),
        }),
        returning({ id: words.id, name: words.name }),
      ),
    )
    expect(rows).toEqual([
      { id: 1, name: 'updated name1' },
      { id: 3, name: 'updated name13' },
      { id: 4, name: 'name14' },
    ])
    expect(affected).toBe(3)
    expect((await allWords()).map((w) => [w.name, w.times])).toEqual([
      ['updated name1', 2],
      ['name2', null],
      ['updated name13', 4],
      ['name14', null],
    ])
  })

  it('[DML25] where nothing satisfies it no row is written and none returned', async () => {
    await world.answer(insertInto(words)({ id: 1, name: 'a' }))
    const upsert = pipe(
      insertInto(words)({ id: 1, name: 'b' }),
      onConflictDoUpdate({ target: words.id, set: { name: 'c' }, where: eq(literal(1, integer), 2) }),
    )
    expect(await world.answer(pipe(upsert, returning({ id: words.id })))).toEqual({ rows: [], affected: 0, keys: [] })
    expect((await world.answer(upsert)).affected).toBe(0)
    expect((await allWords()).map((w) => w.name)).toEqual(['a'])
  })

  it('where sees the row as it was before its columns change', async () => {
    await world.answer(insertInto(words)({ id: 1, name: 'a', times: 5 }))
    const upsert = pipe(
      insertInto(words)({ id: 1, name: 'b', times: 100 }),
      onConflictDoUpdate({
        target: words.id,
        set: (e) => ({ times: e.times, name: concat(words.name, e.name) }),
        where: (e) => and(lt(words.times, 10), eq(words.name, 'a'), gt(e.times, words.times)),
      }),
    )
    expect((await world.answer(upsert)).affected).toBe(1)
    expect((await world.answer(upsert)).affected).toBe(0)
    expect(await allWords()).toEqual([{ id: 1, name: 'ab', times: 100 }])
  })

  it('new values see the row as it was, whatever their order', async () => {
    await world.answer(insertInto(places)({ id: 1, code: 'a', hall: 2, n: 3 }))
    const upsert = pipe(
      insertInto(places)({ id: 1, code: 'b', n: 0 }),
      onConflictDoUpdate({ target: places.id, set: { n: mul(places.n, 10), hall: places.n } }),
    )
    expect((await world.answer(upsert)).affected).toBe(1)
    expect(await allPlaces()).toEqual([{ id: 1, code: 'a', hall: 3, n: 30 }])
  })

  it('[DML22] an upsert by a unique column changes the primary key, too', async () => {
    await world.answer(insertInto(places)({ id: 1, code: 'a', n: 1 }))
    const upsert = pipe(
      insertInto(places)({ id: 42, code: 'a', n: 2 }),
      onConflictDoUpdate({ target: places.code, set: (e) => ({ id: e.id, n: e.n }) }),
      returning({ id: places.id, code: places.code, n: places.n }),
    )
    expect((await world.answer(upsert)).rows).toEqual([{ id: 42, code: 'a', n: 2 }])
    expect((await allPlaces()).map(({ id, code, n }) => [id, code, n])).toEqual([[42, 'a', 2]])
  })

  it('the key that the database made is told of inserted and of changed rows', async () => {
    const upsert = (...mails: ReadonlyArray<string>) =>
      world.answer(
        pipe(
          insertInto(users)(mails.map((mail) => ({ mail, name: 'n' }))),
          onConflictDoUpdate({ target: users.mail, set: { seen: add(users.seen, 1) } }),
        ),
      )
    const first = await upsert('a@x', 'b@x')
    expect(first.affected).toBe(2)
    const second = await upsert('c@x', 'b@x', 'a@x')
    expect(second.affected).toBe(3)
    const ids = await world.rows(
      pipe(from(users), orderBy(users.mail), select({ mail: users.mail, id: users.id, seen: users.seen })),
    )
    const idOf = (mail: string) => ({ id: ids.find((u) => u.mail === mail)?.id })
    expect(first.keys).toEqual([idOf('a@x'), idOf('b@x')])
    expect(second.keys).toEqual([idOf('c@x'), idOf('b@x'), idOf('a@x')])
    expect(ids.map((u) => u.seen)).toEqual([8, 8, 7])
  })

  // one after the other ----------------------------------------------------------------------------------------------

  it('[dialect 61] of two rows with one key the second meets the first', async () => {
    const rows = [
      { id: 1, name: 'a', times: 1 },
      { id: 1, name: 'b', times: 2 },
      { id: 2, name: 'c', times: 3 },
      { id: 1, name: 'd', times: 4 },
    ]
    const upsert = pipe(
      insertInto(words)(rows),
      onConflictDoUpdate({
        target: words.id,
        set: (e) => ({ name: concat(words.name, e.name), times: add(words.times, e.times) }),
      }),
    )
    expect((await world.answer(upsert)).affected).toBe(4)
    expect(await allWords()).toEqual([
      { id: 1, name: 'abd', times: 7 },
      { id: 2, name: 'c', times: 3 },
    ])
    const again = await world.answer(pipe(upsert, returning({ name: words.name })))
    expect(again.rows.map((r) => r.name)).toEqual(['abda', 'abdab', 'cc', 'abdabd'])
  })

  it('rows that name different columns keep their order, too', async () => {
    const mixed = [
      { mail: 'a@x', name: 'one' },
      { mail: 'a@x', name: 'two', seen: 40 },
      { mail: 'a@x', name: 'three' },
    ]
    const answer = await world.answer(
      pipe(
        insertInto(users)(mixed),
        onConflictDoUpdate({ target: users.mail, set: (e) => ({ name: concat(users.name, ' ', e.name) }) }),
        returning({ name: users.name, seen: users.seen }),
      ),
    )
    expect(answer.rows).toEqual([
      { name: 'one', seen: 7 },
      { name: 'one two', seen: 7 },
      { name: 'one two three', seen: 7 },
    ])
    expect(new Set(answer.keys.map((k) => k['id'])).size).toBe(1)
  })

  it('a row that changes the key is met by the next under its new one', async () => {
    const outcome = await world.answer(
      pipe(
        insertInto(words)([
          { id: 1, name: 'a' },
          { id: 1, name: 'b' },
          { id: 101, name: 'c' },
        ]),
        onConflictDoUpdate({
          target: words.id,
          set: (e) => ({ id: add(e.id, 100), name: concat(words.name, e.name) }),
        }),
      ),
    )
    expect(outcome.affected).toBe(3)
    expect(await allWords()).toEqual([{ id: 201, name: 'abc', times: null }])
  })

  it('a key that may be null meets no row where it is', async () => {
    const upsert = (n: number) =>
      pipe(
        insertInto(seats)([
          { id: n, row: 1, n },
          { id: n + 1, row: 1, hall: 1, n },
        ]),
        onConflictDoUpdate({ target: [seats.hall, seats.row], set: (e) => ({ n: add(seats.n, e.n) }) }),
        returning({ id: seats.id, n: seats.n }),
      )
    expect((await world.answer(upsert(1))).rows).toEqual([
      { id: 1, n: 1 },
      { id: 2, n: 1 },
    ])
    expect((await world.answer(upsert(5))).rows).toEqual([
      { id: 5, n: 5 },
      { id: 2, n: 6 },
    ])
  })

  // targets ----------------------------------------------------------------------------------------------------------

  it('[dialect 60] [DML28] a row that meets another key than the one that is meant is refused, and changes no other row', async () => {
    await world.answer(
      insertInto(places)([
        { id: 1, code: 'a', n: 1 },
        { id: 2, code: 'b', n: 2 },
      ]),
    )
    const byId = (id: number, code: string) =>
      pipe(
        insertInto(places)({ id, code, n: 9 }),
        onConflictDoUpdate({ target: places.id, set: (e) => ({ n: add(places.n, e.n) }) }),
      )
    const other = await world.outcome(byId(3, 'a'))
    expect(tagOf(other)).toBe('UniqueViolation')
    expect(tagOf(await world.outcome(pipe(byId(3, 'b'), returning({ id: places.id }))))).toBe('UniqueViolation')
    const left = pipe(insertInto(places)({ id: 3, code: 'b', n: 9 }), onConflictDoNothing(places.id))
    expect(tagOf(await world.outcome(left))).toBe('UniqueViolation')
    expect((await allPlaces()).map((p) => p.n)).toEqual([1, 2])
    // both keys are there, of two rows: the one that is meant is changed
    expect((await world.answer(byId(2, 'a'))).affected).toBe(1)
    const byCode = pipe(
      insertInto(places)({ id: 1, code: 'b', n: 100 }),
      onConflictDoUpdate({
        target: places.code,
        set: (e) => ({ n: add(places.n, e.n) }),
        where: (e) => lt(places.n, e.n),
      }),
    )
    expect((await world.answer(pipe(byCode, returning({ id: places.id, n: places.n })))).rows).toEqual([
      { id: 2, n: 111 },
    ])
    expect((await world.answer(byCode)).affected).toBe(0)
    expect(
      (await world.answer(pipe(insertInto(places)({ id: 1, code: 'b', n: 0 }), onConflictDoNothing(places.code))))
        .affected,
    ).toBe(0)
    expect((await allPlaces()).map((p) => p.n)).toEqual([1, 111])
  })

  it('[dialect 60] where no row of the key is there, rows are inserted beside rows of other keys', async () => {
    const upsert = (id: number, code: string, n: number) =>
      pipe(
        insertInto(places)({ id, code, n }),
        onConflictDoUpdate({ target: places.code, set: (e) => ({ n: e.n }) }),
        returning({ id: places.id, n: places.n }),
      )
    expect((await world.answer(upsert(1, 'a', 1))).rows).toEqual([{ id: 1, n: 1 }])
    expect((await world.answer(upsert(9, 'a', 2))).rows).toEqual([{ id: 1, n: 2 }])
    expect((await world.answer(upsert(2, 'b', 3))).rows).toEqual([{ id: 2, n: 3 }])
  })

  it('[DML24] a target that is no key is refused before anything is sent', async () => {
    const byName = pipe(
      insertInto(words)({ id: 1, name: 'a' }),
      onConflictDoUpdate({ target: words.name, set: { times: 1 } }),
    )
    expect(await world.outcome(byName)).toMatchObject({
      left: { message: expect.stringMatching(/"words" has no key of the columns "name": .*, and it has \("id"\)/) },
    })
    expect(
      await world.outcome(pipe(insertInto(words)({ id: 1, name: 'a' }), onConflictDoNothing({ constraint: 'nobody' }))),
    ).toMatchObject({
      left: { message: expect.stringMatching(/"words" has no key of the constraint "nobody": .*, and it has "/) },
    })
    for (const wrong of [
      byName,
      pipe(insertInto(words)({ id: 1, name: 'a' }), onConflictDoNothing(words.name)),
      pipe(insertInto(words)([]), onConflictDoNothing(words.id, words.name)),
      pipe(insertInto(places)({ id: 1, code: 'a', n: 1 }), onConflictDoNothing({ constraint: 'nobody' })),
    ]) {
      const outcome = await world.outcome(wrong)
      expect(tagOf(outcome)).toBe('IllFormed')
      expect(E.isLeft(outcome) ? outcome.left.message : '').toMatch(
        /has no key of .*: a conflict is about a primary key or what is unique/,
      )
    }
    expect(world.sent()).toEqual([])
  })

  it('what no type would let through is refused, too', async () => {
    const set = { nope: 1 } as unknown as { name: string }
    const upsert = onConflictDoUpdate<typeof words>({ target: words.id, set })
    expect(tagOf(await world.outcome(upsert(insertInto(words)({ id: 1, name: 'a' }))))).toBe('IllFormed')
    const nothing = onConflictDoUpdate<typeof words>({ target: words.id, set: {} })
    expect(tagOf(await world.outcome(nothing(insertInto(words)({ id: 1, name: 'a' }))))).toBe('IllFormed')
    const foreign = onConflictDoNothing(places.id) as unknown as (q: AnyQuery) => AnyQuery
    expect(tagOf(await world.outcome(foreign(insertInto(words)({ id: 1, name: 'a' }))))).toBe('IllFormed')
    const wrong = onConflictDoUpdate<typeof words>({ target: words.id, set: { times: 'x' as unknown as number } })
    expect(tagOf(await world.outcome(wrong(insertInto(words)({ id: 1, name: 'a' }))))).toBe('InvalidValue')
    expect(await allWords()).toEqual([])
  })

  it('a constraint is named by its own name, or by the one that relvar gives it', async () => {
    const upsert = (constraint: string) =>
      pipe(
        insertInto(places)({ id: 1, code: 'a', n: 1 }),
        onConflictDoUpdate({ target: { constraint }, set: { n: add(places.n, 1) } }),
      )
    for (const name of ['places_code', 'places_pkey']) await world.answer(upsert(name))
    expect((await allPlaces()).map((p) => p.n)).toEqual([2])
    const user = pipe(
      insertInto(users)({ mail: 'a@x', name: 'a' }),
      onConflictDoUpdate({ target: { constraint: 'uq_users_mail' }, set: (e) => ({ name: lower(e.mail) }) }),
    )
    await world.answer(user)
    await world.answer(user)
    expect(await world.rows(pipe(from(users), select(users.name)))).toEqual(['a@x'])
  })
})

// What is asked of a Database with a query: rows, one, their number, and what a write did, alike on every engine.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import * as t from 'io-ts'
import {
  autoIncrement,
  bigint,
  count,
  createAll,
  deleteFrom,
  distinct,
  dropAll,
  eq,
  from,
  groupBy,
  gt,
  insertInto,
  integer,
  json,
  leftJoin,
  limit,
  max,
  nullable,
  offset,
  orderBy,
  primaryKey,
  references,
  returning,
  schema,
  select,
  set,
  table,
  text,
  union,
  update,
  varchar,
  where,
} from 'relvar'
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest'

import type { Database } from '../../../src/effects/database.js'
import * as Db from '../../../src/effects/db.js'
import { echo } from '../../../src/effects/echo.js'
import type { DbError } from '../../../src/effects/error.js'
import { inTransaction, isRelvarError, run } from '../../../src/effects/promise.js'
import { transaction, withMiddleware } from '../../../src/effects/transaction.js'
import { places } from '../../support/places.js'
import { tagOf } from './raw.js'

const users = table('users', {
  id: pipe(integer, primaryKey, autoIncrement),
  name: pipe(varchar(50)),
  age: pipe(integer, nullable),
  big: pipe(bigint, nullable),
})
const posts = table('posts', {
  id: pipe(integer, primaryKey, autoIncrement),
  title: text,
  authorId: pipe(integer, references(users.id)),
})
const blog = schema({ users, posts })

describe.each(places())('Db on $label', ({ name: place, open }) => {
  let db: Database
  let close: () => Promise<void>
  const right = async <A>(effect: RTE.ReaderTaskEither<Database, DbError, A>): Promise<A> => run(effect(db))

  beforeAll(async () => {
    ;({ db, close } = await open())
    await right(Db.execute(createAll(blog)))
    const { keys, affected } = await right(
      Db.execute(
        insertInto(users)([
          { name: 'ed', age: 40, big: 9007199254740993n },
          { name: 'wendy', age: 30 },
          { name: 'mary', age: 30 },
          { name: 'fred' },
        ]),
      ),
    )
    expect([keys.map(({ id }) => id), affected]).toEqual([[1, 2, 3, 4], 4])
    await right(
      Db.execute(
        insertInto(posts)([
          { title: 'one', authorId: 1 },
          { title: 'two', authorId: 1 },
        ]),
      ),
    )
  })
  afterAll(async () => {
    await right(Db.execute(dropAll(blog)))
    await close()
  })

  const byName = (name: string) => pipe(from(users), where(eq(users.name, name)))
  const names = pipe(from(users), orderBy(users.id), select(users.name))

  it('all', async () => {
    expect(await right(Db.all(names))).toEqual(['ed', 'wendy', 'mary', 'fred'])
    expect(await run(db.all(byName('ed')))).toEqual([{ id: 1, name: 'ed', age: 40, big: 9007199254740993n }])
    expectTypeOf(Db.all(names)).toEqualTypeOf<RTE.ReaderTaskEither<Database, DbError, ReadonlyArray<string>>>()
  })

  it('first, an Option', async () => {
    expect(await right(Db.first(names))).toEqual(O.some('ed'))
    expect(await right(Db.first(pipe(names, where(gt(users.id, 9)))))).toEqual(O.none)
    expect(await right(Db.first(pipe(names, limit(0))))).toEqual(O.none)
    expect(await right(Db.first(pipe(names, limit(3), offset(1))))).toEqual(O.some('wendy'))
  })

  it('[N02, N03] one and oneOrNone', async () => {
    expect(await right(Db.one(byName('mary')))).toMatchObject({ id: 3, name: 'mary' })
    expect(tagOf(await Db.one(byName('nobody'))(db)())).toBe('NoRows')
    // a write that gives no rows is told from one that found none
    const aging = (id: number) => pipe(update(users), set({ age: 40 }), where(eq(users.id, id)))
    expect(await Db.one(aging(1))(db)()).toMatchObject({
      left: { _tag: 'NoRows', message: expect.stringContaining('returning(…)') },
    })
    expect(await Db.one(aging(99))(db)()).toMatchObject({ left: { _tag: 'NoRows' } })
    expect(await Db.one(from(users))(db)()).toMatchObject({
      left: { _tag: 'MultipleRows', code: 'RV502', statement: expect.stringContaining('users') },
    })
    expect(await right(Db.oneOrNone(byName('nobody')))).toEqual(O.none)
    expect(await right(Db.oneOrNone(byName('ed')))).toMatchObject(O.some({ id: 1 }))
    expect(tagOf(await Db.oneOrNone(from(users))(db)())).toBe('MultipleRows')
  })

  it('scalar', async () => {
    expect(await right(Db.scalar(pipe(from(users), select(count()))))).toBe(4)
    expect(await right(Db.scalar(pipe(from(users), where(gt(users.id, 9)), select(max(users.age)))))).toBe(null)
    expect(tagOf(await Db.scalar(pipe(names, where(gt(users.id, 9))))(db)())).toBe('NoRows')
  })

  it.each([
    ['a whole table', from(users), 4],
    ['where', pipe(from(users), where(eq(users.age, 30))), 2],
    ['an order', names, 4],
    ['a limit', pipe(from(users), orderBy(users.id), limit(3)), 3],
    ['an offset', pipe(from(users), orderBy(users.id), limit(9), offset(3)), 1],
    ['distinct', pipe(from(users), select({ age: users.age }), distinct), 3],
    ['distinct of one expression', pipe(from(users), select(users.age), distinct), 3],
    ['groups', pipe(from(users), groupBy(users.age), select({ age: users.age, n: count() })), 3],
    ['an ungrouped aggregate', pipe(from(users), select(count())), 1],
    [
      'a nested record',
      pipe(from(users), leftJoin(posts, eq(posts.authorId, users.id)), select({ u: users, p: { t: posts.title } })),
      5,
    ],
    [
      'a nested record with a limit',
      pipe(
        from(users),
        leftJoin(posts, eq(posts.authorId, users.id)),
        select({ u: users, p: { t: posts.title } }),
        limit(2),
      ),
      2,
    ],
    [
      'a set operation',
      pipe(from(users), select({ x: users.name }), union(pipe(from(posts), select({ x: posts.title })))),
      6,
    ],
    ['nothing', pipe(from(users), where(gt(users.id, 9))), 0],
  ])('count and exists of %s', async (_title, query, n) => {
    expect(await run(db.count(query as never))).toBe(n)
    expect(await run(db.exists(query as never))).toBe(n > 0)
  })

  it('execute gives rows that matched, and what a write returns', async () => {
    const same = pipe(update(users), set({ age: 30 }), where(eq(users.age, 30)))
    expect((await right(Db.execute(same))).affected).toBe(2)
    const inserted = pipe(
      insertInto(users)([{ name: 'gone' }, { name: 'gone too' }]),
      returning({ id: users.id, name: users.name }),
    )
    const { rows, affected } = await right(Db.execute(inserted))
    expect(rows.map((row) => row.name)).toEqual(['gone', 'gone too'])
    expect(affected).toBe(2)
    const removed = pipe(deleteFrom(users), where(gt(users.id, 4)))
    expect((await right(Db.execute(removed))).affected).toBe(2)
  })

  it('[K12] refuses what is no query, and what no column takes, before anything is sent', async () => {
    expect(tagOf(await db.all({} as never)())).toBe('Compile')
    expect(tagOf(await db.count(insertInto(users)([{ name: 'x' }]) as never)())).toBe('Compile')
    expect(tagOf(await Db.execute(insertInto(users)([{ name: 'x'.repeat(51) }]))(db)())).toBe('InvalidValue')
  })

  it('goes through transactions and middleware, DDL included', async () => {
    const lines: Array<string> = []
    const loud = withMiddleware(echo((line) => lines.push(line)))(db)
    const program = pipe(
      Db.execute(insertInto(users)([{ name: 'temp', age: 1 }])),
      RTE.chain(() => Db.count(from(users))),
      RTE.chainW((n) => RTE.left(n)),
      transaction(),
    )
    expect(await program(loud)()).toEqual(E.left(5))
    expect(await right(Db.count(from(users)))).toBe(4)
    expect(lines.length).toBeGreaterThanOrEqual(4)
    expect(lines.join('\n')).toMatch(/^\d+\.\d\d ms, .*(BEGIN|START)/)
    expect(lines.at(-1)).toContain('ROLLBACK')
    expect(lines.join('\n')).not.toContain('temp')
    const shown: Array<string> = []
    await Db.all(byName('ed'))(withMiddleware(echo((line) => shown.push(line), { hideParameters: false }))(db))()
    expect(shown.join('\n')).toContain('-- "ed"')
  })

  it('makes and drops tables in a transaction where the engine can, and refuses where it would commit', async () => {
    const other = schema({ other: table('other', { id: pipe(integer, primaryKey) }) })
    const program = pipe(
      Db.execute(createAll(other)),
      RTE.chainW(() => RTE.left('back')),
      transaction(),
    )
    const family = place === 'mysql' || place === 'mariadb'
    expect(tagOf(await program(db)())).toBe(family ? 'Compile' : 'back')
    const kept = await Db.all(from(other.tables.other))(db)()
    expect(tagOf(kept)).toBe('Sql')
  })

  it('promises', async () => {
    await expect(run(db.one(byName('nobody')))).rejects.toMatchObject({
      name: 'NoRows',
      code: 'RV501',
      cause: { _tag: 'NoRows' },
    })
    expect(isRelvarError(await run(db.one(byName('nobody'))).catch((e: unknown) => e))).toBe(true)
    const mine = new Error('mine')
    const failing = inTransaction(db)(async (tx) => {
      await run(tx.execute(insertInto(users)([{ name: 'temp' }])))
      throw mine
    })
    await expect(failing).rejects.toBe(mine)
    expect(await run(db.count(from(users)))).toBe(4)
    const n = await inTransaction(db, { isolation: 'serializable' })((tx) => run(tx.count(from(users))))
    expect(n).toBe(4)
    const caught = inTransaction(db)((tx) => run(tx.one(byName('nobody'))))
    await expect(caught).rejects.toMatchObject({ name: 'NoRows' })
  })

  it('[N06, N07] text and documents in any script come back as they went', async () => {
    const papers = table('papers', { id: pipe(integer, primaryKey), title: text, doc: json(t.unknown) })
    const title = '日本語 Ελλάδα עברית 🦀👩‍👩‍👧 é e\u0301'
    const rows = [{ id: 1, title, doc: { [title]: [title, '👾'] } }]
    await right(Db.execute(createAll(schema({ papers }))))
    await right(Db.execute(insertInto(papers)(rows)))
    expect(await right(Db.all(pipe(from(papers), where(eq(papers.title, title)))))).toEqual(rows)
    await right(Db.execute(dropAll(schema({ papers }))))
  })

  it('rows in bulk, in one transaction', async () => {
    const many = Array.from({ length: 2_500 }, (_x, i) => ({ name: `n${i}`, age: i }))
    const { affected, keys } = await right(Db.execute(insertInto(users)(many)))
    expect([affected, keys.length]).toEqual([2_500, 2_500])
    expect((await right(Db.execute(pipe(deleteFrom(users), where(gt(users.id, 4)))))).affected).toBe(2_500)
  })
})

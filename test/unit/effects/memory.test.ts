// A Database in memory: the same functions, transactions that are old values, conflicts as from a server.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  add,
  autoIncrement,
  createAll,
  createTable,
  type Database,
  Db,
  type DbError,
  dropTable,
  eq,
  from,
  include,
  insertInto,
  integer,
  many,
  orderBy,
  primaryKey,
  references,
  returning,
  retrying,
  schema,
  select,
  set,
  table,
  text,
  transaction,
  unique,
  update,
  Uow,
  where,
} from 'relvar'
import { memory, rowsIn } from 'relvar/memory'
import { run } from 'relvar/promise'
import { describe, expect, test } from 'vitest'

const users = table('users', {
  id: pipe(integer, primaryKey, autoIncrement),
  name: pipe(text, unique),
  visits: integer,
})
const posts = table('posts', {
  id: pipe(integer, primaryKey, autoIncrement),
  userId: pipe(integer, references(users.id)),
})
const blog = schema({ users, posts })
const postsOf = pipe(from(posts), where(eq(posts.userId, users.id)))

const others = table('others', { id: pipe(integer, primaryKey), n: integer })

const filled = async () => {
  const db = memory()
  await run(db.execute(createAll(blog)))
  await run(
    db.execute(
      insertInto(users)([
        { name: 'ed', visits: 0 },
        { name: 'wendy', visits: 5 },
      ]),
    ),
  )
  return db
}

const tagOf = <A>(outcome: E.Either<DbError, A>): string => (E.isLeft(outcome) ? outcome.left._tag : 'Right')
const visit = (id: number) =>
  Db.execute(pipe(update(users), set({ visits: add(users.visits, 1) }), where(eq(users.id, id))))
const visitsOf = (db: Database) => run(db.all(pipe(from(users), orderBy(users.id), select(users.visits))))

describe('a Database in memory', () => {
  test('answers queries and writes, with keys, counts and what is returned', async () => {
    const db = await filled()
    const answer = await run(
      db.execute(
        insertInto(users)([
          { name: 'mary', visits: 1 },
          { name: 'fred', visits: 2 },
        ]),
      ),
    )
    expect(answer).toEqual({ rows: [], affected: 2, keys: [{ id: 3 }, { id: 4 }] })
    const renamed = pipe(update(users), set({ name: 'Ed' }), where(eq(users.id, 1)), returning({ name: users.name }))
    expect(await run(db.execute(renamed))).toEqual({ rows: [{ name: 'Ed' }], affected: 1, keys: [] })
    expect(await run(db.count(from(users)))).toBe(4)
    expect(await run(db.ping)).toBe(true)
    expect(rowsIn(users)(db.tables()).map(({ name }) => name)).toEqual(['Ed', 'wendy', 'mary', 'fred'])
    expect(db.status().driver).toBe('memory')
    await run(db.close())
    expect(tagOf(await db.all(from(users))())).toBe('Connection')
  })

  test('keeps constraints, with the errors of a server, and nothing of a refused statement', async () => {
    const db = await filled()
    const twice = await db.execute(
      insertInto(users)([
        { name: 'new', visits: 1 },
        { name: 'ed', visits: 1 },
      ]),
    )()
    expect(E.isLeft(twice) && twice.left).toMatchObject({ _tag: 'UniqueViolation', code: 'RV201', columns: ['name'] })
    expect(tagOf(await db.execute(insertInto(posts)({ userId: 9 }))())).toBe('ForeignKeyViolation')
    expect(await run(db.count(from(users)))).toBe(2)
  })

  test('loads relations, and units of work are flushed into it', async () => {
    const db = await filled()
    const [post, work] = Uow.insert(posts)({ userId: 2 })(Uow.empty(blog))
    const next = await run(Uow.commit(work)(db))
    expect(Uow.keyOf(post)(next)).toMatchObject({ value: { id: 1 } })
    const loaded = pipe(from(users), orderBy(users.id), include({ posts: many(postsOf) }))
    expect((await run(db.all(loaded))).map((user) => user.posts)).toEqual([[], [{ id: 1, userId: 2 }]])
  })

  test('a Left rolls back, and a nested one goes back to its savepoint alone', async () => {
    const db = await filled()
    const inner = pipe(
      visit(2),
      RTE.chainW(() => RTE.left('no')),
      transaction(),
    )
    const kept = pipe(
      visit(1),
      RTE.chainW(() =>
        pipe(
          inner,
          RTE.orElseW(() => RTE.right(null)),
        ),
      ),
      transaction(),
    )
    expect(E.isRight(await kept(db)())).toBe(true)
    expect(await visitsOf(db)).toEqual([1, 5])
    const gone = pipe(
      visit(1),
      RTE.chainW(() => RTE.left('no')),
      transaction(),
    )
    expect(await gone(db)()).toEqual(E.left('no'))
    expect(await visitsOf(db)).toEqual([1, 5])
  })

  test('a transaction sees the tables as they were when it began', async () => {
    const db = await filled()
    const seen = await run(
      db.transaction()((tx) =>
        pipe(
          tx.count(from(users)),
          TE.chain(() => db.execute(insertInto(users)({ name: 'late', visits: 0 }))),
          TE.chain(() => tx.count(from(users))),
        ),
      ),
    )
    expect([seen, await run(db.count(from(users)))]).toEqual([2, 3])
  })

  test('of two that change one row the second is Serialization; other rows are merged', async () => {
    const db = await filled()
    const around = (mine: number, theirs: number) =>
      db.transaction()((tx) =>
        pipe(
          visit(mine)(tx),
          TE.chain(() => visit(theirs)(db)),
        ),
      )()
    expect(tagOf(await around(1, 1))).toBe('Serialization')
    expect(await visitsOf(db)).toEqual([1, 5])
    expect(tagOf(await around(1, 2))).toBe('Right')
    expect(await visitsOf(db)).toEqual([2, 6])
  })

  test('a key that both insert is a UniqueViolation of the second', async () => {
    const db = await filled()
    const insert = insertInto(users)({ name: 'both', visits: 0 })
    const outcome = await db.transaction()((tx) =>
      pipe(
        tx.execute(insert),
        TE.chain(() => db.execute(insert)),
      ),
    )()
    expect(tagOf(outcome)).toBe('UniqueViolation')
    expect(await run(db.count(from(users)))).toBe(3)
  })

  test('serializable: what was read and changed since is Serialization', async () => {
    const db = await filled()
    const skewed = (isolation: 'serializable' | 'repeatable read') =>
      db.transaction({ isolation })((tx) =>
        pipe(
          tx.all(from(users)),
          TE.chain(() => visit(2)(db)),
          TE.chain(() => visit(1)(tx)),
        ),
      )()
    expect(tagOf(await skewed('serializable'))).toBe('Serialization')
    expect(tagOf(await skewed('repeatable read'))).toBe('Right')
  })

  test('eight workers count up one row, and nothing is lost', async () => {
    const db = await filled()
    const one = pipe(visit(1), transaction(), retrying({ times: 1_000, delayMs: () => 0 }))
    const worker = async () => {
      for (let i = 0; i < 25; i++) await run(one(db))
    }
    await Promise.all(Array.from({ length: 8 }, worker))
    expect(await visitsOf(db)).toEqual([200, 5])
  })
})

describe('DDL in transactions that run beside others', () => {
  test('of two that make tables, the second is refused, and none is lost', async () => {
    const db = await filled()
    const more = table('more', { id: pipe(integer, primaryKey) })
    const outcome = await db.transaction()((tx) => async () => {
      await run(tx.execute(createTable(others)))
      await run(db.execute(createTable(more)))
      return E.right(null)
    })()
    expect(outcome).toMatchObject({ left: { _tag: 'Serialization' } })
    expect(await run(db.hasTable(more))).toBe(true)
    expect(await run(db.hasTable(others))).toBe(false)
  })

  test('a table that was dropped leaves no rows, also where others have written elsewhere', async () => {
    const db = await filled()
    await run(db.execute(createTable(others)))
    await run(db.execute(insertInto(others)([{ id: 1, n: 1 }])))
    const outcome = await db.transaction()((tx) => async () => {
      await run(tx.execute(dropTable(others)))
      await run(db.execute(pipe(update(users), set({ visits: 9 }), where(eq(users.id, 1)))))
      return E.right(null)
    })()
    expect(outcome).toEqual(E.right(null))
    await run(db.execute(createTable(others)))
    expect(await run(db.all(from(others)))).toEqual([])
  })

  test('a table that others have written to is not dropped', async () => {
    const db = await filled()
    await run(db.execute(createTable(others)))
    await run(db.execute(insertInto(others)([{ id: 1, n: 1 }])))
    const outcome = await db.transaction()((tx) => async () => {
      await run(tx.execute(dropTable(others)))
      await run(db.execute(insertInto(others)([{ id: 2, n: 2 }])))
      return E.right(null)
    })()
    expect(outcome).toMatchObject({ left: { _tag: 'Serialization' } })
    expect(await run(db.all(from(others)))).toHaveLength(2)
  })
})

test('a program that only asks memory hears timers and signals all the same', async () => {
  const db = await filled()
  const stop = new AbortController()
  setTimeout(() => stop.abort(), 1)
  const signalled = db.having({ signal: stop.signal })
  // (without a turn of the event loop this would never end)
  let outcome = await signalled.all(from(users))()
  while (E.isRight(outcome)) outcome = await signalled.all(from(users))()
  expect(outcome.left).toMatchObject({ _tag: 'Cancelled', sent: 'no' })
  expect(await db.count(from(users))()).toMatchObject({ _tag: 'Right' })
})

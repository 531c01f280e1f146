// How transactions in memory are kept apart: each sees the tables as they were when it began, and who comes second gives way.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import {
  add,
  and,
  count,
  createAll,
  type Database,
  type DbError,
  deleteFrom,
  eq,
  exists,
  forUpdate,
  from,
  gt,
  include,
  insertInto,
  integer,
  isRetryable,
  type Isolation,
  many,
  orderBy,
  primaryKey,
  retrying,
  schema,
  select,
  set,
  sum,
  table,
  transaction,
  update,
  view,
  where,
} from 'relvar'
import { emptyTables, memory, type MemoryDatabase, withRows } from 'relvar/memory'
import { run } from 'relvar/promise'
import { beforeEach, describe, expect, it } from 'vitest'

import { pause } from '../../../src/effects/deadline.js'
import { must } from '../../support/run-load.js'
import { tagOf } from '../effects/raw.js'

const notes = table('notes', { id: pipe(integer, primaryKey), n: integer, version: integer })
const others = table('others', { id: pipe(integer, primaryKey), noteId: integer })
const positive = view('positive', pipe(from(notes), where(gt(notes.n, 0))))
const all = schema({ notes, others, positive })

const nOf = (id: number) => pipe(from(notes), where(eq(notes.id, id)), select(notes.n))
const numbers = pipe(from(notes), orderBy(notes.id), select(notes.n))
const bump = (id: number) => pipe(update(notes), set({ n: add(notes.n, 1) }), where(eq(notes.id, id)))
const put = (id: number, n: number) => pipe(update(notes), set({ n }), where(eq(notes.id, id)))
const third = insertInto(notes)({ id: 3, n: 0, version: 0 })

const levels: ReadonlyArray<Isolation> = ['read uncommitted', 'read committed', 'repeatable read', 'serializable']
const snapshots = levels.slice(0, 3)

/** Runs steps in a transaction; what a step of it awaits from outside is done in between. */
const within = <A>(db: Database, isolation: Isolation | null, steps: (tx: Database) => Promise<A>) =>
  db.transaction(isolation === null ? {} : { isolation })(
    (tx): TE.TaskEither<DbError, A> =>
      async () =>
        E.right(await steps(tx)),
  )()

describe('isolation on memory', () => {
  let db: MemoryDatabase
  beforeEach(async () => {
    db = memory()
    await run(db.execute(createAll(all)))
    await run(db.execute(insertInto(notes)([1, 2].map((id) => ({ id, n: 0, version: 0 })))))
  })

  it.each(levels)(
    '[ISO02] %s can be asked for, and is a snapshot: rows are read again as they were, and there are no new ones',
    async (isolation) => {
      const seen = await within(db, isolation, async (tx) => {
        const before = [await run(tx.all(numbers)), await run(tx.one(pipe(from(notes), select(count()))))]
        await run(db.execute(bump(1)))
        await run(db.execute(third))
        await run(db.execute(pipe(deleteFrom(notes), where(eq(notes.id, 2)))))
        const after = [await run(tx.all(numbers)), await run(tx.one(pipe(from(notes), select(count()))))]
        return { before, after }
      })
      expect(seen).toEqual(E.right({ before: [[0, 0], 2], after: [[0, 0], 2] }))
      expect(await run(db.all(numbers))).toEqual([1, 0])
    },
  )

  it('[ISO02] nobody sees what is not committed, nor what is rolled back', async () => {
    const seen = await within(db, 'read uncommitted', async (tx) => {
      await run(tx.execute(bump(1)))
      return [await run(tx.all(numbers)), await run(db.all(numbers))]
    })
    expect(seen).toEqual(
      E.right([
        [1, 0],
        [0, 0],
      ]),
    )
    const undone = await db.transaction()((tx) =>
      pipe(
        tx.execute(bump(1)),
        TE.chainW(() => TE.left('no')),
      ),
    )()
    expect(undone).toEqual(E.left('no'))
    expect(await run(db.all(numbers))).toEqual([1, 0])
  })

  it('[ISO03] a level that there is not is refused with those that there are', async () => {
    const outcome = await db.transaction({ isolation: 'snapshot' as never })(() => TE.right(1))()
    expect(outcome).toMatchObject({ left: { _tag: 'InvalidValue', code: 'RV601' } })
    for (const level of levels) expect(outcome).toMatchObject({ left: { message: expect.stringContaining(level) } })
  })

  const total = async (tx: Database): Promise<number> => (await run(tx.all(numbers))).reduce((a, b) => a + b, 0)

  /** Each of two transactions reads both rows and writes one of them. */
  const skewed = (isolation: Isolation | null) =>
    within(db, isolation, async (tx) => {
      const seen = await total(tx)
      const theirs = await within(db, isolation, async (t2) => run(t2.execute(put(2, (await total(t2)) + 2))))
      expect(tagOf(theirs)).toBe('Right')
      await run(tx.execute(put(1, seen + 5)))
    })

  it.each(snapshots)(
    '[dialect 87] %s: two that write what the other has read both commit (write skew)',
    async (isolation) => {
      expect(tagOf(await skewed(isolation))).toBe('Right')
      expect(await run(db.all(numbers))).toEqual([5, 2])
    },
  )

  it('[ISO05, dialect 86] serializable: the second of them is Serialization; the next transaction is a snapshot again', async () => {
    expect(tagOf(await skewed('serializable'))).toBe('Serialization')
    expect(await run(db.all(numbers))).toEqual([0, 2])
    expect(tagOf(await skewed(null))).toBe('Right')
    expect(await run(db.all(numbers))).toEqual([7, 4])
  })

  it.each(levels)(
    '[dialect 87] %s: no update is lost: of two that read a number and write it, the second is Serialization',
    async (isolation) => {
      const outcome = await within(db, isolation, async (tx) => {
        const seen = await run(tx.one(nOf(1)))
        await run(db.execute(bump(1)))
        await run(tx.execute(put(1, seen + 1)))
      })
      expect(E.isLeft(outcome) && isRetryable(outcome.left)).toBe(true)
      expect(tagOf(outcome)).toBe('Serialization')
      expect(await run(db.one(nOf(1)))).toBe(1)
    },
  )

  it.each(levels)(
    '[dialect 87] %s: of two that read one version and write, one changes the row and the other knows',
    async (isolation) => {
      const change = pipe(
        update(notes),
        set({ n: add(notes.n, 1), version: 1 }),
        where(and(eq(notes.id, 1), eq(notes.version, 0))),
      )
      const outcome = await within(db, isolation, async (tx) => {
        const faster = await run(db.execute(change))
        const mine = await run(tx.execute(change))
        return [faster.affected, mine.affected]
      })
      expect(tagOf(outcome)).toBe('Serialization')
      expect(await run(db.all(pipe(from(notes), where(eq(notes.id, 1)))))).toEqual([{ id: 1, n: 1, version: 1 }])
    },
  )

  it('[dialect 87] a row that one deletes and the other changes, and a key that both insert, are errors of the second', async () => {
    const deleted = await within(db, null, async (tx) => {
      await run(tx.execute(pipe(deleteFrom(notes), where(eq(notes.id, 1)))))
      await run(db.execute(bump(1)))
    })
    expect(tagOf(deleted)).toBe('Serialization')
    const inserted = await within(db, null, async (tx) => {
      await run(tx.execute(third))
      await run(db.execute(third))
    })
    expect(tagOf(inserted)).toBe('UniqueViolation')
    expect(await run(db.all(numbers))).toEqual([1, 0, 0])
  })

  it('[dialect 87] so is a key that both insert into a table that was filled and never made', async () => {
    const filled = must(withRows(notes)([])(emptyTables))
    const unmade = memory({ tables: filled })
    const outcome = await within(unmade, null, async (tx) => {
      await run(tx.execute(third))
      await run(unmade.execute(third))
    })
    expect(tagOf(outcome)).toBe('UniqueViolation')
    expect(await run(unmade.all(numbers))).toEqual([0])
  })

  const reads: ReadonlyArray<readonly [string, (tx: Database) => TE.TaskEither<DbError, unknown>]> = [
    ['a count', (tx) => tx.count(from(notes))],
    ['a view', (tx) => tx.all(from(positive))],
    ['a subquery', (tx) => tx.all(pipe(from(others), where(exists(from(notes)))))],
    [
      'a relation',
      (tx) => tx.all(pipe(from(others), include({ of: many(pipe(from(notes), where(eq(notes.id, others.noteId)))) }))),
    ],
    [
      'the criterion of an update that meets no row',
      (tx) => tx.execute(pipe(update(notes), set({ n: 9 }), where(eq(notes.n, 77)))),
    ],
    [
      'the criterion of a delete that meets no row',
      (tx) => tx.execute(pipe(deleteFrom(notes), where(eq(notes.n, 77)))),
    ],
    [
      'the query of an update',
      (tx) => tx.execute(pipe(update(others), set({ noteId: 1 }), where(exists(from(notes))))),
    ],
  ]

  it.each(reads)(
    '[dialect 87] serializable: what %s has read and another changed is Serialization (no phantom)',
    async (_, read) => {
      const outcome = await within(db, 'serializable', async (tx) => {
        await run(read(tx))
        await run(db.execute(third))
        await run(tx.execute(insertInto(others)({ id: 1, noteId: 1 })))
      })
      expect(tagOf(outcome)).toBe('Serialization')
      expect(await run(db.count(from(others)))).toBe(0)
    },
  )

  it('[dialect 87] serializable: who only reads, or only met other tables, is in nobody’s way', async () => {
    const reader = await within(db, 'serializable', async (tx) => {
      await run(tx.all(from(notes)))
      await run(db.execute(bump(1)))
    })
    const elsewhere = await within(db, 'serializable', async (tx) => {
      await run(tx.all(from(others)))
      await run(db.execute(bump(1)))
      await run(tx.execute(insertInto(others)({ id: 1, noteId: 1 })))
    })
    expect([tagOf(reader), tagOf(elsewhere)]).toEqual(['Right', 'Right'])
  })

  it('[dialect 90] rows that are locked are not changed by others until the end, or the end is Serialization', async () => {
    const locked = (isLocked: boolean) =>
      within(db, null, async (tx) => {
        const one = pipe(from(notes), where(eq(notes.id, 1)))
        await run(isLocked ? tx.all(pipe(one, forUpdate())) : tx.all(one))
        await run(db.execute(bump(1)))
        await run(tx.execute(bump(2)))
      })
    expect(tagOf(await locked(true))).toBe('Serialization')
    expect(tagOf(await locked(false))).toBe('Right')
  })

  it('[TXN03] what a savepoint took back conflicts with nobody, and the rest is committed', async () => {
    const outcome = await within(db, null, async (tx) => {
      await run(tx.execute(bump(2)))
      const inner = await tx.transaction()((t2) =>
        pipe(
          t2.execute(bump(1)),
          TE.chainW(() => TE.left('no')),
        ),
      )()
      await run(db.execute(bump(1)))
      return inner
    })
    expect(outcome).toEqual(E.right(E.left('no')))
    expect(await run(db.all(numbers))).toEqual([1, 1])
  })

  it('a read-only transaction refuses to write, and sees its snapshot', async () => {
    const outcome = await db.transaction({ readOnly: true })((tx) => tx.execute(bump(1)))()
    expect(tagOf(outcome)).toBe('ReadOnly')
    expect(await run(db.all(numbers))).toEqual([0, 0])
  })

  it('[dialect 87, ERR07] who gives way is retried: of many that add to a number all do', async () => {
    const plusOne = pipe(
      (tx: Database) =>
        pipe(
          tx.one(nOf(1)),
          TE.chain((n) => TE.fromTask(() => pause(1).then(() => n))),
          TE.chain((n) => tx.execute(put(1, n + 1))),
        ),
      transaction({ isolation: 'serializable' }),
      retrying({ times: 100, delayMs: () => 1 }),
    )
    const outcomes = await Promise.all(Array.from({ length: 12 }, () => plusOne(db)()))
    expect(outcomes.map(tagOf)).toEqual(Array.from({ length: 12 }, () => 'Right'))
    expect(await run(db.one(nOf(1)))).toBe(12)
  })

  it('[dialect 88] nobody waits for a lock: the faster one is done at once, the other one knows at its end', async () => {
    const outcome = await within(db, null, async (tx) => {
      await run(tx.execute(bump(1)))
      const inner = await db.transaction()((t2) => t2.execute(bump(1)))()
      return [tagOf(inner), tagOf(await tx.all(numbers)())]
    })
    expect(tagOf(outcome)).toBe('Serialization')
    expect(await run(db.one(nOf(1)))).toBe(1)
  })

  it('[dialect 88] a statement whose time has passed does not begin: QueryTimeout', async () => {
    const late = await db.having({ timeoutMs: 1 }).transaction()((tx) => async () => {
      await pause(20)
      return tx.execute(bump(1))()
    })()
    expect(late).toMatchObject({ left: { _tag: 'QueryTimeout', by: 'client' } })
    expect(await run(db.all(numbers))).toEqual([0, 0])
  })

  it('sums of all rows stay the same while money moves, at every level', async () => {
    for (const isolation of levels) {
      const move = (one: number, other: number) =>
        pipe(
          (tx: Database) =>
            pipe(
              tx.execute(pipe(update(notes), set({ n: add(notes.n, -1) }), where(eq(notes.id, one)))),
              TE.chain(() => TE.fromTask(() => pause(0))),
              TE.chain(() => tx.execute(bump(other))),
            ),
          transaction({ isolation }),
          retrying({ times: 200, delayMs: () => 0 }),
        )
      const total = transaction({ isolation })((tx: Database) => tx.one(pipe(from(notes), select(sum(notes.n)))))
      const moves = Array.from({ length: 8 }, (_, i) => move((i % 2) + 1, 2 - (i % 2))(db)())
      const totals = Array.from({ length: 8 }, () => total(db)())
      expect((await Promise.all(moves)).map(tagOf)).toEqual(moves.map(() => 'Right'))
      expect(await Promise.all(totals)).toEqual(totals.map(() => E.right(0)))
    }
  })
})

// Rows one after the other: in order, no more of them here than a batch, and nothing left behind however the reading ends.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Database } from '../../../src/effects/database.js'
import { pause } from '../../../src/effects/deadline.js'
import type { DbError } from '../../../src/effects/error.js'
import type { StreamOptions } from '../../../src/effects/stream.js'
import {
  eq,
  from,
  gt,
  include,
  insertInto,
  lt,
  integer,
  many,
  mul,
  nullable,
  orderBy,
  primaryKey,
  schema,
  select,
  table,
  text,
  transaction,
  where,
  createAll,
  update,
  set,
  everyRow,
  withSignal,
  withTimeout,
} from '../../../src/index.js'
import { places } from '../../support/places.js'

const rows = table('rows', { id: pipe(integer, primaryKey), name: text, half: pipe(integer, nullable) })
const parts = table('parts', { id: pipe(integer, primaryKey), row: integer })

const count = 2_500
const inOrder = pipe(from(rows), orderBy(rows.id))
const partsOf = pipe(from(parts), where(eq(parts.row, rows.id)), orderBy(parts.id))

const must = async <A>(effect: () => Promise<E.Either<DbError, A>>): Promise<A> => {
  const outcome = await effect()
  if (E.isLeft(outcome)) throw new Error(`${outcome.left._tag}: ${outcome.left.message}`)
  return outcome.right
}

/** Reads a stream: what came, and the Left at its end. */
const read = async <A>(
  stream: AsyncIterable<E.Either<DbError, A>>,
  most = Number.POSITIVE_INFINITY,
): Promise<{ readonly rows: ReadonlyArray<A>; readonly error: DbError | null }> => {
  const some: Array<A> = []
  let error: DbError | null = null
  for await (const one of stream) {
    if (E.isLeft(one)) error = one.left
    else some.push(one.right)
    if (some.length >= most) break
  }
  return { rows: some, error }
}

/** Nothing is held any more, soon. */
const settled = async (db: Database): Promise<number> => {
  for (let i = 0; i < 100 && db.status().busy > 0; i += 1) await pause(20)
  return db.status().busy
}

describe.each(places())('streams on $label', (place) => {
  let db: Database
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ db, close } = await place.open())
    await must(db.execute(createAll(schema({ rows, parts }))))
    await must(
      db.execute(
        insertInto(rows)(
          Array.from({ length: count }, (_, i) => ({ id: i, name: `row ${i} 'é"`, half: i % 2 === 0 ? i / 2 : null })),
        ),
      ),
    )
    await must(db.execute(insertInto(parts)(Array.from({ length: 50 }, (_, i) => ({ id: i, row: i % 20 })))))
  })
  afterAll(() => close())

  it.each([1, 7, 1_000, 2_500, 100_000])('[D06] all rows in their order, %i at a time', async (batch) => {
    const asked = batch === 1 ? pipe(inOrder, where(gt(rows.id, count - 30))) : inOrder
    const { rows: came, error } = await read(db.stream(asked, { batch }))
    expect(error).toBeNull()
    expect(came).toEqual(await must(db.all(asked)))
    expect(await settled(db)).toBe(0)
  })

  it('[D06] with bound values, decoded as by all; a query with none gives none', async () => {
    const some = pipe(from(rows), where(gt(rows.id, 2_490)), orderBy(rows.id), select({ n: rows.name, h: rows.half }))
    expect((await read(db.stream(some))).rows).toEqual(await must(db.all(some)))
    expect(await read(db.stream(pipe(inOrder, where(eq(rows.name, 'nobody')))))).toEqual({ rows: [], error: null })
  })

  it('[D06] nothing runs before it is iterated, and each iteration asks anew', async () => {
    const sent: Array<string> = []
    const loud = db.having({
      middleware: (next) => (statement) => {
        sent.push(statement.sql)
        return next(statement)
      },
    })
    const stream = loud.stream(pipe(inOrder, where(gt(rows.id, 2_497))))
    await pause(5)
    expect(sent).toEqual([])
    expect((await read(stream)).rows.map(({ id }) => id)).toEqual([2_498, 2_499])
    expect((await read(stream)).rows).toHaveLength(2)
    expect(sent).toHaveLength(2)
  })

  it('[D06] relations come with each batch', async () => {
    const tree = pipe(inOrder, include({ parts: many(partsOf) }))
    const { rows: came, error } = await read(db.stream(pipe(tree, where(lt(rows.id, 100))), { batch: 8 }))
    // in memory a Database of one connection has room for both; SQLite in memory has not
    if (db.status().size === 1) {
      expect(error?._tag).toBe('PoolTimeout')
      return
    }
    expect(error).toBeNull()
    expect(came).toEqual(await must(db.all(pipe(tree, where(lt(rows.id, 100))))))
    expect(came.filter(({ parts: own }) => own.length > 0)).toHaveLength(20)
  })

  it('left early: the connection is there for the next effect', async () => {
    for (const most of [1, 3, 1_000, 1_001, 2_400]) {
      const { rows: came } = await read(db.stream(inOrder, { batch: 100 }), most)
      expect(came).toHaveLength(most)
      expect(await must(db.count(inOrder))).toBe(count)
    }
    expect(await settled(db)).toBe(0)
  })

  it('a reader that throws gives the connection back', async () => {
    const reading = async (): Promise<void> => {
      for await (const one of db.stream(inOrder)) if (E.isRight(one) && one.right.id === 5) throw new Error('enough')
    }
    await expect(reading()).rejects.toThrow('enough')
    expect(await settled(db)).toBe(0)
  })

  it('a reader that forgets it loses the connection, and is told', async () => {
    const iterator = db.stream(inOrder, { batch: 10, idleTimeoutMs: 40 })[Symbol.asyncIterator]()
    await iterator.next()
    expect(db.status().busy).toBe(1)
    expect(await settled(db)).toBe(0)
    const after = await iterator.next()
    expect(after.done === true ? null : after.value).toMatchObject({ left: { _tag: 'QueryTimeout', by: 'client' } })
    expect((await iterator.next()).done).toBe(true)
  })

  it('[bar 7] an abort ends it between rows, with a Left, and the connection goes back', async () => {
    const abort = new AbortController()
    const came: Array<unknown> = []
    let error: DbError | null = null
    for await (const one of withSignal(abort.signal)(db).stream(inOrder, { batch: 50 })) {
      if (E.isLeft(one)) error = one.left
      else came.push(one.right)
      if (came.length === 120) abort.abort()
    }
    expect(came).toHaveLength(120)
    expect(error).toMatchObject({ _tag: 'Cancelled' })
    expect(await settled(db)).toBe(0)
    const before = await read(withSignal(AbortSignal.abort())(db).stream(inOrder))
    expect(before).toMatchObject({ rows: [], error: { _tag: 'Cancelled', sent: 'no' } })
  })

  it('a time is that of the whole stream', async () => {
    let error: DbError | null = null
    for await (const one of withTimeout(60)(db).stream(inOrder, { batch: 10 })) {
      if (E.isLeft(one)) error = one.left
      else if (one.right.id % 10 === 0) await pause(20)
    }
    expect(error).toMatchObject({ _tag: 'QueryTimeout' })
    expect(await settled(db)).toBe(0)
    expect(await must(db.count(inOrder))).toBe(count)
  })

  it('a Left comes last: where the statement is refused, and where a row is', async () => {
    const nowhere = table('nowhere', { id: integer })
    expect(await read(db.stream(from(nowhere)))).toMatchObject({ rows: [], error: { _tag: 'Sql' } })
    expect(await settled(db)).toBe(0)
    const wrong = [
      { batch: 0 },
      { batch: 1.5 },
      { batch: Number.NaN },
      { idleTimeoutMs: 0 },
    ] satisfies Array<StreamOptions>
    for (const options of wrong)
      expect(await read(db.stream(inOrder, options))).toMatchObject({ rows: [], error: { _tag: 'InvalidValue' } })
    const write = pipe(update(rows), set({ name: 'x' }), everyRow)
    expect(await read(db.stream(write as never))).toMatchObject({ error: { _tag: 'Compile' } })
  })

  it('in a transaction: what it wrote is read, and nothing else is sent meanwhile', async () => {
    const program = transaction()((tx: Database) => async () => {
      await must(tx.execute(insertInto(rows)({ id: 9_000, name: 'new', half: null })))
      const seen: Array<number> = []
      let refused: E.Either<DbError, unknown> | null = null
      for await (const one of tx.stream(inOrder, { batch: 1_000 })) {
        if (E.isLeft(one)) return one
        seen.push(one.right.id)
        if (seen.length === 10) refused = await tx.count(inOrder)()
      }
      const afterwards = await tx.count(inOrder)()
      return E.right({ last: seen.at(-1), n: seen.length, refused, afterwards })
    })
    const outcome = await program(db)()
    expect(outcome).toMatchObject({
      right: {
        last: 9_000,
        n: count + 1,
        refused: { left: { _tag: 'TransactionClosed' } },
        afterwards: E.right(count + 1),
      },
    })
    const left = transaction()((tx: Database) => async () => {
      for await (const one of tx.stream(inOrder, { batch: 10 })) if (E.isRight(one)) break
      return tx.count(inOrder)()
    })
    expect(await left(db)()).toEqual(E.right(count + 1))
    expect(await settled(db)).toBe(0)
  })

  it('the end of a transaction ends what is still being read on it', async () => {
    let kept: AsyncIterator<E.Either<DbError, unknown>> | null = null
    const program = transaction()((tx: Database) => async () => {
      kept = tx.stream(inOrder, { batch: 10 })[Symbol.asyncIterator]()
      return (await kept.next()).value as E.Either<DbError, unknown>
    })
    expect(await program(db)()).toMatchObject({ right: { id: 0 } })
    // assigned by the program that has run
    const after = await (kept as unknown as AsyncIterator<E.Either<DbError, unknown>>).next()
    expect(after.value).toMatchObject({ left: { _tag: 'TransactionClosed' } })
    expect(await settled(db)).toBe(0)
  })

  it('many at once, more than there are connections', async () => {
    const all = await Promise.all(Array.from({ length: 12 }, () => read(db.stream(inOrder, { batch: 500 }))))
    expect(all.map(({ rows: came, error }) => [came.length, error])).toEqual(all.map(() => [count + 1, null]))
    expect(await settled(db)).toBe(0)
  })

  it('an error on the way is the last element, and the connection is used again', async () => {
    // what does not fit is found at row 2,148, where the rows are not put together before the first of them comes
    const { rows: came, error } = await read(db.stream(pipe(inOrder, select(mul(rows.id, 1_000_000))), { batch: 100 }))
    expect(error).not.toBeNull()
    expect(came.every((n, i) => n === i * 1_000_000)).toBe(true)
    expect(await settled(db)).toBe(0)
    expect(await must(db.count(inOrder))).toBe(count + 1)
  })
})

// Serializable transactions in memory, however their statements are mixed, come to what they come to one after the other.
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  add,
  count,
  type Database,
  type DbError,
  deleteFrom,
  eq,
  from,
  gt,
  insertInto,
  integer,
  primaryKey,
  select,
  set,
  sum,
  table,
  update,
  where,
} from 'relvar'
import { emptyTables, memory, rowsIn, type Tables, withRows } from 'relvar/memory'
import { describe, expect, test } from 'vitest'

import { must } from '../../support/run-load.js'
import { sameRows, showRows } from '../world.js'
import { seed, times } from './drawn.js'

const cells = table('cells', { id: pipe(integer, primaryKey), n: integer })

const filled: Tables = must(
  withRows(cells)([
    { id: 1, n: 0 },
    { id: 2, n: 1 },
  ])(emptyTables),
)

// -- programs ---------------------------------------------------------------------------------------------------------

type Step =
  | { readonly _tag: 'Read' | 'Write' | 'Delete' | 'Insert' | 'Bump'; readonly at: number }
  | { readonly _tag: 'Count' | 'Sum' }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    _tag: fc.constantFrom('Read' as const, 'Write' as const, 'Delete' as const, 'Insert' as const, 'Bump' as const),
    at: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ _tag: fc.constantFrom('Count' as const, 'Sum' as const) }),
)

/** What a transaction saw; what it writes is made of that. */
type Seen = ReadonlyArray<unknown>

const madeOf = (seen: Seen): number =>
  seen.flat().reduce<number>((total, n) => total + (typeof n === 'number' ? n : 0), 1)

const done = async (tx: Database, one: Step, seen: Seen): Promise<E.Either<DbError, unknown>> => {
  switch (one._tag) {
    case 'Read':
      return tx.all(pipe(from(cells), where(eq(cells.id, one.at)), select(cells.n)))()
    case 'Count':
      return tx.all(pipe(from(cells), select(count())))()
    case 'Sum':
      return tx.all(pipe(from(cells), select(sum(cells.n))))()
    case 'Write':
      return pipe(
        await tx.execute(pipe(update(cells), set({ n: madeOf(seen) }), where(eq(cells.id, one.at))))(),
        E.map(({ affected }) => affected),
      )
    case 'Bump':
      return pipe(
        await tx.execute(pipe(update(cells), set({ n: add(cells.n, 1) }), where(gt(cells.n, one.at))))(),
        E.map(({ affected }) => affected),
      )
    case 'Delete':
      return pipe(
        await tx.execute(pipe(deleteFrom(cells), where(eq(cells.id, one.at))))(),
        E.map(({ affected }) => affected),
      )
    case 'Insert':
      return pipe(
        await tx.execute(insertInto(cells)({ id: one.at, n: madeOf(seen) }))(),
        E.map(({ affected }) => affected),
      )
  }
}

/** The program as a transaction, which lets others have their turn before each of its steps and before its end. */
const transacted = (db: Database, steps: ReadonlyArray<Step>, turn: () => Promise<unknown>) =>
  db.transaction({ isolation: 'serializable' })((tx) => async () => {
    const seen: Array<unknown> = []
    for (const one of steps) {
      await turn()
      const found = await done(tx, one, seen)
      if (E.isLeft(found)) return found
      seen.push(found.right)
    }
    await turn()
    return E.right<DbError, Seen>(seen)
  })()

// -- orders -----------------------------------------------------------------------------------------------------------

const ordersOf = <A>(all: ReadonlyArray<A>): ReadonlyArray<ReadonlyArray<A>> =>
  all.length === 0
    ? [[]]
    : all.flatMap((first) => ordersOf(all.filter((one) => one !== first)).map((rest) => [first, ...rest]))

interface Committed {
  readonly steps: ReadonlyArray<Step>
  readonly seen: Seen
}

const cellsOf = (tables: Tables) => [...rowsIn(cells)(tables)].sort((a, b) => a.id - b.id)

/** Whether the transactions see the same one after the other, and leave the same. */
const isSerial = async (order: ReadonlyArray<Committed>, left: Tables): Promise<boolean> => {
  const db = memory({ tables: filled })
  for (const { steps, seen } of order) {
    const again = await transacted(db, steps, () => Promise.resolve())
    if (E.isLeft(again) || !sameRows(again.right, seen)) return false
  }
  return sameRows(cellsOf(db.tables()), cellsOf(left))
}

const givesWay: ReadonlyArray<string> = ['Serialization', 'UniqueViolation']

describe('memory', () => {
  test('[dialect 87] serializable transactions come to what some order of those that commit comes to', () =>
    fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 3 }),
        async (s, programs) => {
          const db = memory({ tables: filled })
          const turn = () => s.schedule(Promise.resolve())
          const outcomes = await s.waitFor(Promise.all(programs.map((steps) => transacted(db, steps, turn))))
          const committed = outcomes.flatMap((outcome, i) => {
            if (E.isRight(outcome)) return [{ steps: programs[i] ?? [], seen: outcome.right }]
            expect(givesWay).toContain(outcome.left._tag)
            return []
          })
          for (const order of ordersOf(committed)) if (await isSerial(order, db.tables())) return
          expect(showRows([committed, cellsOf(db.tables())])).toBe('what some order comes to')
        },
      ),
      { seed, numRuns: 150 * times },
    ))
})

// Relations between the answers of queries, asked at every place: each engine of the run, and memory.
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import {
  type Answer,
  type AnyQuery,
  type ClosedQuery,
  createAll,
  type Database,
  Db,
  type DbError,
  type Decode,
  deleteFrom,
  everyRow,
  insertInto,
  type Query,
  schema,
} from 'relvar'
import { apply, type ConstraintError, type EvalError, interpret, rowsIn, type Tables } from 'relvar/memory'
import { show } from 'relvar/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { must } from '../../support/run-load.js'
import { type OpenPlace, type Place, places } from '../../support/places.js'
import { sameBag, sameRows, showRows } from '../world.js'
import { isRefusal } from '../../support/differential/unsaid.js'
import { data, seed, tables as all, times } from './drawn.js'

// -- one case ---------------------------------------------------------------------------------------------------------

/** What can be asked of a place that holds these rows. What has no answer there is not wrong: the case is drawn anew. */
export interface Asking {
  readonly db: Database
  readonly tables: Tables
  readonly rows: <P, S extends string, O extends string, F extends string, K extends 'select' | 'set'>(
    q: Query<P, S, O, F, K> & ClosedQuery<F>,
  ) => Promise<ReadonlyArray<Decode<P, O>>>
  readonly write: <P, S extends string, O extends string, F extends string>(
    w: Query<P, S, O, F, 'insert' | 'update' | 'delete'> & ClosedQuery<F>,
  ) => Promise<Answer<Decode<P, O>>>
}

const isUnsupported = (error: DbError): boolean => error._tag === 'Compile' && error.error._tag === 'Unsupported'

/** What an answer holds. What a place cannot say, and what has no answer in memory either (a number too large, say), ends the case. */
const held = <A>(
  { dialect }: Database,
  q: AnyQuery,
  outcome: E.Either<DbError, A>,
  remembered: () => E.Either<EvalError | ConstraintError, unknown>,
): A => {
  if (E.isRight(outcome)) return outcome.right
  fc.pre(!isUnsupported(outcome.left) && !isRefusal(dialect, outcome.left) && E.isRight(remembered()))
  throw new Error(`${show(q)}\n${outcome.left._tag}: ${outcome.left.message}\n${outcome.left.statement ?? ''}`)
}

/** Asks a Database that holds these rows. */
export const asking = (db: Database, tables: Tables): Asking => ({
  db,
  tables,
  rows: async (q) => held(db, q, await db.all(q)(), () => interpret(q)(tables)),
  write: async (w) => held(db, w, await db.execute(w)(), () => apply(w)(tables)),
})

/** What a program finds in a transaction that is rolled back. */
export const undone = async <A>({ db, tables }: Asking, program: (at: Asking) => Promise<A>): Promise<A> => {
  const outcome = await db.transaction()((tx) => async () => {
    try {
      return E.left({ _tag: 'Undone' as const, found: E.right<unknown, A>(await program(asking(tx, tables))) })
    } catch (thrown) {
      return E.left({ _tag: 'Undone' as const, found: E.left<unknown, A>(thrown) })
    }
  })()
  if (E.isRight(outcome) || outcome.left._tag !== 'Undone') throw new Error('this transaction was to be undone')
  const { found } = outcome.left
  if (E.isLeft(found)) throw found.left
  return found.right
}

// -- rows -------------------------------------------------------------------------------------------------------------

/** The tables with these rows and no others. */
const fill = (db: Database, of: Tables): Promise<unknown> =>
  db
    .transaction()((tx) => async () => {
      for (const t of all) {
        must(await Db.execute(everyRow(deleteFrom(t)))(tx)())
        const rows: ReadonlyArray<unknown> = rowsIn(t)(of)
        // Rows that were read from a table can be written to it: nothing is computed in these.
        if (rows.length > 0) must(await Db.execute(insertInto(t)(rows as ReadonlyArray<never>))(tx)())
      }
      return E.right(null)
    })()
    .then(must)

export const expectBag = (what: string, a: ReadonlyArray<unknown>, b: ReadonlyArray<unknown>): void => {
  if (!sameBag(a, b)) expect(showRows(a), what).toBe(showRows(b))
}

export const expectRows = (what: string, a: ReadonlyArray<unknown>, b: ReadonlyArray<unknown>): void => {
  if (!sameRows(a, b)) expect(showRows(a), what).toBe(showRows(b))
}

// -- places -----------------------------------------------------------------------------------------------------------

/** States a relation: it holds for what is drawn, over rows that are drawn, too. */
export type Holds = <A>(title: string, drawn: fc.Arbitrary<A>, check: (at: Asking, drawn: A) => Promise<void>) => void

/** Cases that share their rows, so that a table is filled less often than it is asked. */
const together = 6
const rowSets = 5 * times

/**
 * Of the cases of a relation these have an answer at least, few as they are: MariaDB takes no outer row in a derived table, and
 * MySQL asks no table that it writes.
 */
const answered: Readonly<Record<Place['name'], number>> = {
  memory: 0.75,
  sqlite: 0.75,
  postgres: 0.75,
  mysql: 0.4,
  mariadb: 0.3,
}

const hour = 3_600_000

/** Runs the relations at every place, each with some dozens of cases. */
export const atEveryPlace = (state: (holds: Holds) => void): void => {
  describe.each(places())('$label', (place) => {
    let opened: OpenPlace
    beforeAll(async () => {
      opened = await place.open()
      must(await opened.db.execute(createAll(schema(Object.fromEntries(all.map((t, i) => [`t${i}`, t])))))())
    })
    afterAll(() => opened.close())

    state((title, drawn, check) =>
      test(title, { timeout: hour }, async () => {
        const cases = { asked: 0, answered: 0 }
        const property = fc.asyncProperty(
          data,
          fc.array(drawn, { minLength: together, maxLength: together }),
          async (tables, some) => {
            await fill(opened.db, tables)
            for (const one of some) {
              cases.asked += 1
              try {
                await check(asking(opened.db, tables), one)
                cases.answered += 1
              } catch (error) {
                if (!fc.PreconditionFailure.isFailure(error)) throw error
              }
            }
          },
        )
        await fc.assert(property, { seed, numRuns: rowSets })
        expect(cases.answered / cases.asked, 'cases with an answer').toBeGreaterThanOrEqual(answered[place.name])
      }),
    )
  })
}

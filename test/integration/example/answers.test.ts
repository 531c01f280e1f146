// The example answers as the files say, on every engine: each answer is computed a second time in plain TypeScript.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'
import { type Database, Db, Uow } from 'relvar'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { concernedDirectors, readBefore, totals, workOf } from '../../../examples/src/change.js'
import { readData } from '../../../examples/src/data.js'
import { placeOf } from '../../../examples/src/database.js'
import { importData, recreate } from '../../../examples/src/import.js'
import * as airports from '../../../examples/src/questions/airports.js'
import { delayByDistance } from '../../../examples/src/questions/delays.js'
import { directorsWithFilms } from '../../../examples/src/questions/directors.js'
import * as films from '../../../examples/src/questions/films.js'
import * as pages from '../../../examples/src/questions/pages.js'
import * as routes from '../../../examples/src/questions/routes.js'
import * as sets from '../../../examples/src/questions/sets.js'
import { engines, type FreshDatabase, freshDatabase } from '../../support/engines.js'
import * as expected from './expected.js'

const must = async <E1, A>(effect: TaskEither<E1, A>): Promise<A> => {
  const outcome = await effect()
  if (E.isLeft(outcome)) throw new Error(JSON.stringify(outcome.left), { cause: outcome.left })
  return outcome.right
}

/** Engines add doubles in an order of their own, so numbers that are no integers are equal but for their last digits. */
const almost = (value: unknown): unknown => {
  if (typeof value === 'number' && !Number.isInteger(value)) return expect.closeTo(value, 9)
  if (Array.isArray(value)) return value.map(almost)
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, almost(inner)]))
    : value
}

/** Films without their ids and kinds of genre. */
const credits = (
  rows: ReadonlyArray<{
    readonly name: string
    readonly films: ReadonlyArray<{
      readonly title: string
      readonly released: string
      readonly genres: ReadonlyArray<{ readonly name: string }>
    }>
  }>,
): unknown =>
  rows.map(({ name, films: of }) => ({
    name,
    films: of.map(({ title, released, genres }) => ({ title, released, genres: genres.map((genre) => genre.name) })),
  }))

const pageOf = (
  rows: ReadonlyArray<{
    readonly title: string
    readonly released: string
    readonly about: { readonly distributor: string | null }
  }>,
): unknown => rows.map(({ title, released, about }) => ({ title, released, distributor: about.distributor }))

const noProgress = { advance: () => () => {}, end: () => {} }

describe.each(engines().map((engine) => [engine.label, engine] as const))('the example on %s', (_, engine) => {
  let fresh: FreshDatabase
  let db: Database

  const importAll = async (): Promise<void> => {
    await must(recreate(db))
    await must(importData(await must(readData), noProgress)(db))
  }

  beforeAll(async () => {
    fresh = await freshDatabase(engine)
    db = (await must(placeOf(fresh.url))).database
    await importAll()
  })
  afterAll(async () => {
    await must(db.close())
    await fresh.drop()
  })

  test('imports every row that is not refused', async () => {
    expect(await must(totals(db))).toEqual(expected.totals)
  })

  test.each([
    ['slowest routes', (d: Database) => d.all(routes.slowestRoutes(30)), expected.slowestRoutes(30)],
    ['slowest routes, rare ones too', (d: Database) => d.all(routes.slowestRoutes(5)), expected.slowestRoutes(5)],
    ['busiest airports', (d: Database) => d.all(airports.busiestAirports(10)), expected.busiestAirports(10)],
    ['all airports with flights', (d: Database) => d.all(airports.busiestAirports(999)), expected.busiestAirports(999)],
    ['airports of Hawaii', (d: Database) => d.all(airports.airportsOf('HI')), expected.airportsOf('HI')],
    ['airports not reached', (d: Database) => d.all(airports.unreached), expected.unreached],
    ['airports left but not reached', (d: Database) => d.all(airports.leftButNotReached), expected.leftButNotReached],
    ['states with airports', (d: Database) => d.all(routes.statesWithAirports(100)), expected.statesWithAirports(100)],
    ['all states', (d: Database) => d.all(routes.statesWithAirports(1)), expected.statesWithAirports(1)],
    ['delay by distance', (d: Database) => d.all(delayByDistance), expected.delayByDistance],
    ['one-way routes', (d: Database) => d.all(sets.oneWayRoutes), expected.oneWayRoutes],
    [
      'films better than the mean',
      (d: Database) => d.all(films.betterThanTheirDirector(5)),
      expected.betterThanTheirDirector(5),
    ],
    ['disputed films', (d: Database) => d.all(sets.disputedFilms(4)), expected.disputedFilms(4)],
    ['genres by share', (d: Database) => d.all(films.genresByShare), expected.genresByShare],
    ['gross unknown', (d: Database) => d.all(films.grossUnknown), expected.grossUnknown],
  ] as const)('%s', async (__, ask, answer: ReadonlyArray<unknown>) => {
    expect(answer.length).toBeGreaterThan(0)
    expect(await must<unknown, ReadonlyArray<unknown>>(ask(db))).toEqual(almost(answer))
  })

  test('the board of an airport on a day', async () => {
    const rows = await must(pages.board('HNL', '2001-01-01')(db))
    expect(rows.map(({ id: __, ...row }) => row)).toEqual(expected.board('HNL', '2001-01-01'))
    expect(rows.length).toBeGreaterThan(0)
  })

  test('directors with their films with their genres', async () => {
    expect(credits(await must(db.all(directorsWithFilms(20))))).toEqual(expected.directorsWithFilms(20))
  })

  test('pages go on where the one before ended', async () => {
    expect(pageOf(await must(db.all(pages.newestFilms(5))))).toEqual(expected.newestFilms(0, 5))
    expect(pageOf(await must(pages.secondPage(5)(db)))).toEqual(expected.newestFilms(5, 10))
    expect(pageOf(await must(pages.secondPage(50)(db)))).toEqual(expected.newestFilms(50, 100))
  })

  test('a unit of work: its plan, and the rows after it', async () => {
    expect(credits(await must(db.all(concernedDirectors)))).toEqual(expected.concernedBefore)
    const work = workOf(await must(readBefore(db)))
    expect(
      pipe(
        work,
        Uow.plan(db.dialect),
        E.map(({ counts }) => counts),
      ),
    ).toEqual(E.right({ inserts: 4, updates: 1, deletes: 1 + expected.linksRemoved }))
    expect(await must(totals(db))).toEqual(expected.totals)
    await must(Uow.commit(work)(db))
    expect(credits(await must(db.all(concernedDirectors)))).toEqual(expected.concernedAfter)
    expect(await must(totals(db))).toEqual({
      directors: expected.totals.directors + 1,
      films: expected.totals.films + 2 - 1,
      links: expected.totals.links + 1 - expected.linksRemoved,
    })
  })

  test('a second run begins anew', async () => {
    await importAll()
    expect(await must(totals(db))).toEqual(expected.totals)
    expect(credits(await must(Db.all(concernedDirectors)(db)))).toEqual(expected.concernedBefore)
  })
})

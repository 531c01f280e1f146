// Tables and columns whose names are like those that the compiler gives are written like others.
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  add,
  autoIncrement,
  from,
  insertFrom,
  insertInto,
  integer,
  literal,
  onConflictDoNothing,
  onConflictDoUpdate,
  orderBy,
  primaryKey,
  returning,
  select,
  table,
} from '../../../src/index.js'
import { type Place, places } from '../../support/places.js'
import { openWorldAt, type World } from '../../support/run-load.js'

const likes = ['k', 'kk', 'v', 'q', 'r', 'w0', 't0', 's0'].map((name) => ({
  name,
  given: table(name, { i: pipe(integer, primaryKey), c0: integer, k: integer }),
  made: table(`${name}_made`, { i: pipe(integer, primaryKey, autoIncrement), c0: integer }),
}))

describe.each(places())('names like the compiler’s on $label', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create(
      Object.fromEntries(
        likes.flatMap(({ name, given, made }) => [
          [name, given],
          [`${name}_made`, made],
        ]),
      ),
    )
  })
  afterAll(() => world.close())

  it.each(likes)('inserts into a table named $name give back their rows', async ({ given, made }) => {
    const rows = [
      { i: 2, c0: 20, k: 1 },
      { i: 1, c0: 10, k: 1 },
    ]
    expect(await world.rows(pipe(insertInto(given)(rows), returning(given)))).toEqual(rows)
    const plus = add(literal(1, integer), literal(2, integer))
    expect(await world.rows(pipe(insertInto(given)([{ i: 3, c0: plus, k: 1 }]), returning(given.c0)))).toEqual([3])
    const keys = await world.answer(pipe(insertInto(made)([{ c0: 1 }, { c0: 2 }]), returning(made.c0)))
    expect(keys.rows).toEqual([1, 2])
    expect(keys.keys).toHaveLength(2)
  })

  it.each(likes)('upserts into a table named $name give back their rows', async ({ given }) => {
    const upsert = pipe(
      insertInto(given)([
        { i: 1, c0: 5, k: 2 },
        { i: 7, c0: 7, k: 7 },
      ]),
      onConflictDoUpdate({ target: given.i, set: (e) => ({ c0: add(given.c0, e.c0), k: e.k }) }),
      returning({ c0: given.c0, k: given.k }),
    )
    expect(await world.rows(upsert)).toEqual([
      { c0: 15, k: 2 },
      { c0: 7, k: 7 },
    ])
    expect((await world.answer(pipe(insertInto(given)([{ i: 1, c0: 0, k: 0 }]), onConflictDoNothing()))).affected).toBe(
      0,
    )
  })

  it.each(likes)('the rows of a query go from and into a table named $name', async ({ given, made }) => {
    const more = pipe(from(made), select({ i: add(made.i, 100), c0: made.c0, k: made.c0 }))
    expect((await world.answer(insertFrom(given)(more))).affected).toBe(2)
    const again = pipe(
      insertFrom(given)(more),
      onConflictDoUpdate({ target: given.i, set: (e) => ({ k: add(given.k, e.c0) }) }),
    )
    expect((await world.answer(again)).affected).toBe(2)
    const found = await world.rows(pipe(from(given), orderBy(given.i), select({ i: given.i, k: given.k })))
    expect(found.filter(({ i }) => i > 100).map(({ k }) => k)).toEqual([2, 4])
  })
})

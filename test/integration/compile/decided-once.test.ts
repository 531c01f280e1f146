// A criterion that is the same for all rows of a query inside is decided anew each time that the statement runs: MariaDB keeps what
// it decided where such a statement is kept prepared.
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  boolean,
  count,
  deleteFrom,
  everyRow,
  from,
  inQuery,
  insertInto,
  integer,
  literal,
  not,
  nullable,
  primaryKey,
  select,
  set,
  table,
  update,
  where,
} from '../../../src/index.js'
import { places } from '../../support/places.js'
import { openWorldAt, type World } from '../../support/run-load.js'

const users = table('users', { id: pipe(integer, primaryKey), age: pipe(integer, nullable) })
const posts = table('posts', { id: pipe(integer, primaryKey), author: pipe(integer, nullable) })

describe.each(places().map((place) => [place.label, place] as const))('a fixed criterion inside on %s', (_, place) => {
  let world: World<typeof place.name>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ users, posts })
    await world.rows(insertInto(users)([{ id: 1, age: null }]))
    await world.rows(insertInto(posts)([{ id: 1, author: 3 }]))
  })
  afterAll(() => world.close())

  const authors = (on: boolean) => pipe(from(posts), where(literal(on, boolean)), select(posts.author))
  const outside = (on: boolean) =>
    pipe(from(users), where(not(pipe(users.age, inQuery(authors(on))))), select(users.id))
  const changed = (on: boolean) =>
    pipe(update(users), set({ age: null }), where(not(pipe(users.age, inQuery(authors(on))))))

  it('is decided by what is bound now', async () => {
    for (const on of [true, false, true, false]) {
      const rows = await world.rows(outside(on))
      expect([on, rows]).toEqual([on, on ? [] : [1]])
    }
  })

  it('is decided by the rows that are there now, in writes too', async () => {
    expect((await world.answer(changed(true))).affected).toBe(0)
    expect((await world.answer(changed(false))).affected).toBe(1)
    await world.rows(everyRow(deleteFrom(posts)))
    expect(await world.rows(outside(true))).toEqual([1])
    expect((await world.answer(changed(true))).affected).toBe(1)
    expect(await world.rows(pipe(from(posts), select(count())))).toEqual([0])
  })
})

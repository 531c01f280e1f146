// What an engine itself gets wrong of queries in writes, and the compiler's other words for it: found by random writes.
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  add,
  createTableAs,
  date,
  eq,
  everyRow,
  from,
  groupBy,
  insertFrom,
  insertInto,
  integer,
  isNotNull,
  literal,
  lt,
  max,
  min,
  nullable,
  orderBy,
  primaryKey,
  scalar,
  select,
  set,
  table,
  update,
  where,
  withRecursive,
} from '../../../src/index.js'
import { type Place, places } from '../../support/places.js'
import { must, openWorldAt, type World } from '../../support/run-load.js'

const visits = table('visits', {
  id: pipe(integer, primaryKey),
  place: integer,
  on: pipe(date, nullable),
})
const ends = table('ends', {
  place: pipe(integer, primaryKey),
  first: pipe(date, nullable),
  last: pipe(date, nullable),
})
const copied = table('copied', {
  place: pipe(integer, primaryKey),
  first: pipe(date, nullable),
  last: pipe(date, nullable),
})

const perPlace = pipe(
  from(visits),
  groupBy(visits.place),
  select({ place: visits.place, first: min(visits.on), last: max(visits.on) }),
)

describe.each(places())('what $label would get wrong of queries in writes', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ visits, ends })
    must(
      await world.outcome(
        insertInto(visits)([
          { id: 1, place: 1, on: null },
          { id: 2, place: 1, on: null },
          { id: 3, place: 2, on: '2024-03-02' },
          { id: 4, place: 2, on: null },
          { id: 5, place: 2, on: '0999-12-31' },
        ]),
      ),
    )
  })
  afterAll(() => world.close())

  const found = [
    { place: 1, first: null, last: null },
    { place: 2, first: '0999-12-31', last: '2024-03-02' },
  ]

  it('a group without dates has no least one where its rows are inserted', async () => {
    must(await world.outcome(pipe(perPlace, insertFrom(ends))))
    expect(await world.rows(pipe(from(ends), orderBy(ends.place)))).toEqual(found)
  })

  it('nor where a row is set to it', async () => {
    const first = pipe(from(visits), where(eq(visits.place, ends.place)), groupBy(visits.place), select(max(visits.on)))
    must(await world.outcome(pipe(update(ends), set({ first: scalar(first) }), everyRow)))
    const rows = pipe(from(ends), orderBy(ends.place), select(ends.first))
    expect(await world.rows(rows)).toEqual([null, '2024-03-02'])
    must(await world.outcome(pipe(update(ends), set({ last: null }), where(isNotNull(scalar(first))))))
    expect(await world.rows(pipe(from(ends), orderBy(ends.place), select(ends.last)))).toEqual([null, null])
  })

  it('nor where a recursion begins with it', async () => {
    const first = pipe(
      from(visits),
      groupBy(visits.place),
      select({ place: visits.place, first: min(visits.on), step: literal(0, integer) }),
    )
    const firsts = withRecursive('firsts', first, (before) =>
      pipe(
        from(before),
        where(lt(before.step, 1)),
        select({ place: before.place, first: before.first, step: add(before.step, 1) }),
      ),
    )
    const asked = pipe(
      from(firsts),
      orderBy(firsts.place, firsts.step),
      select({ place: firsts.place, first: firsts.first }),
    )
    expect(await world.rows(asked)).toEqual([
      { place: 1, first: null },
      { place: 1, first: null },
      { place: 2, first: '0999-12-31' },
      { place: 2, first: '0999-12-31' },
    ])
  })

  it('nor where a table is made of them', async () => {
    must(await world.ddl(pipe(perPlace, createTableAs(copied))))
    expect(await world.rows(pipe(from(copied), orderBy(copied.place)))).toEqual(found)
  })
})

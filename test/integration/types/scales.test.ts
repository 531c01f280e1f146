// Numerics of several scales are numbers: they meet in comparisons, lists, queries and set operations on every engine.
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  alias,
  anyOf,
  type Expr,
  from,
  gt,
  inQuery,
  insertInto,
  integer,
  limit,
  not,
  nullable,
  numeric,
  orderBy,
  primaryKey,
  select,
  table,
  union,
  unionAll,
  where,
} from '../../../src/index.js'
import { type Place, places } from '../../support/places.js'
import { openWorldAt, type World } from '../../support/run-load.js'

const amounts = table('amounts', {
  id: pipe(integer, primaryKey),
  exact: pipe(numeric(6, 3), nullable),
  rough: pipe(numeric(5, 1), nullable),
})
const other = pipe(amounts, alias('other'))
const rows = [
  { id: 1, exact: '1.500', rough: '2.0' },
  { id: 2, exact: '2.000', rough: '1.5' },
  { id: 3, exact: '15.000', rough: '0.3' },
  { id: 4, exact: '0.301', rough: null },
] as const
const filled = insertInto(amounts)(rows)

describe.each(places())('scales on $label', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ amounts })
    await world.rows(filled)
  })
  afterAll(() => world.close())

  const ids = (on: Expr<boolean | null, 'amounts', 'amounts'>) =>
    world.rows(pipe(from(amounts), where(on), orderBy(amounts.id), select(amounts.id)))

  it('a query of another scale holds the same numbers, in either direction', async () => {
    const rough = pipe(from(other), select(other.rough))
    const exact = pipe(from(other), select(other.exact))
    expect(await ids(pipe(amounts.exact, inQuery(rough)))).toEqual([1, 2])
    expect(await ids(pipe(amounts.rough, inQuery(exact)))).toEqual([1, 2])
    expect(await ids(not(pipe(amounts.rough, inQuery(exact))))).toEqual([3])
    expect(await ids(pipe(amounts.exact, inQuery(pipe(rough, orderBy(other.id), limit(1)))))).toEqual([2])
    const united = pipe(
      from(other),
      select({ v: other.rough }),
      unionAll(pipe(from(other), select({ v: other.exact }))),
    )
    expect(await ids(pipe(amounts.rough, inQuery(united)))).toEqual([1, 2, 3])
  })

  it('any and all rows of another scale', async () => {
    const rough = pipe(from(other), select(other.rough))
    expect(await ids(pipe(amounts.exact, anyOf('eq', rough)))).toEqual([1, 2])
    expect(await ids(pipe(amounts.exact, anyOf('lt', rough)))).toEqual([1, 4])
  })

  it('columns beside each other, and sides of a union', async () => {
    expect(await ids(gt(amounts.exact, amounts.rough))).toEqual([2, 3])
    const all = pipe(
      from(amounts),
      select({ v: amounts.exact }),
      union(pipe(from(amounts), select({ v: amounts.rough }))),
      orderBy((row) => [row.v]),
    )
    expect(await world.rows(all)).toEqual(['0.300', '0.301', '1.500', '2.000', '15.000', null].map((v) => ({ v })))
  })
})

// What stands in for a row that there is not may have more digits than the column: all values of the shift have those digits then.
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  from,
  insertInto,
  integer,
  lag,
  literal,
  numeric,
  over,
  primaryKey,
  select,
  table,
} from '../../../src/index.js'
import { places } from '../../support/places.js'
import { openWorldAt, tagOf, type World } from '../../support/run-load.js'

const prices = table('prices', { id: pipe(integer, primaryKey), price: numeric(10, 2) })
const shifted = (type: ReturnType<typeof numeric>) =>
  pipe(
    from(prices),
    select({ before: pipe(lag(prices.price, 1, literal('7.12345', type)), over({ orderBy: [prices.id] })) }),
  )

describe.each(places().map((place) => [place.label, place] as const))('a shift with a default on %s', (_, place) => {
  let world: World<typeof place.name>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ prices })
    await world.rows(
      insertInto(prices)([
        { id: 1, price: '1.50' },
        { id: 2, price: '2.50' },
      ]),
    )
  })
  afterAll(() => world.close())

  it('has the digits of both', async () => {
    expect(await world.rows(shifted(numeric(12, 5)))).toEqual([{ before: '7.12345' }, { before: '1.50000' }])
  })

  it('has the digits of both, or is refused where they are kept in two forms', async () => {
    const outcome = await world.outcome(shifted(numeric(20, 5)))
    if (place.name === 'sqlite') expect(tagOf(outcome)).toBe('Unsupported')
    else expect(outcome).toMatchObject({ right: { rows: [{ before: '7.12345' }, { before: '1.50000' }] } })
  })
})

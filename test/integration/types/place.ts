// Where statements run in these tests, whatever their types are.
import * as E from 'fp-ts/lib/Either.js'

import type { AnyQuery } from '../../../src/expr/query.js'
import type { AnyTable } from '../../../src/expr/table.js'
import type { Place as Somewhere } from '../../support/places.js'
import { openWorldAt } from '../../support/run-load.js'

export type Outcome = E.Either<{ readonly _tag: string; readonly message: string }, ReadonlyArray<unknown>>

export interface Place {
  readonly run: (query: AnyQuery) => Promise<Outcome>
  readonly rows: (query: AnyQuery) => Promise<ReadonlyArray<unknown>>
  readonly create: (tables: Readonly<Record<string, AnyTable>>) => Promise<void>
  /** How many statements were sent since this was last asked. */
  readonly sent: () => number
  readonly close: () => Promise<void>
}

const must = (outcome: Outcome): ReadonlyArray<unknown> => {
  if (E.isRight(outcome)) return outcome.right
  throw new Error(`${outcome.left._tag}: ${outcome.left.message}`)
}

/** A place with nothing in it. */
export const openPlace = async (place: Somewhere): Promise<Place> => {
  const world = await openWorldAt(place)
  const run: Place['run'] = async (query) => {
    const outcome = await world.outcome(query)
    return E.isLeft(outcome) ? outcome : E.right(outcome.right.rows)
  }
  return {
    run,
    rows: async (query) => must(await run(query)),
    create: world.create,
    sent: () => world.sent().length,
    close: world.close,
  }
}

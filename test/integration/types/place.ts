// Where statements run in these tests: an engine with an empty database, or tables in memory.
import * as E from 'fp-ts/lib/Either.js'

import { type AnyQuery, nodeOfQuery } from '../../../src/expr/query.js'
import { isWrite } from '../../../src/expr/query-node.js'
import type { AnyTable } from '../../../src/expr/table.js'
import { apply } from '../../../src/interpret/apply.js'
import { interpret } from '../../../src/interpret/interpret.js'
import { emptyTables, type Tables } from '../../../src/interpret/tables.js'
import type { Engine } from '../../support/engines.js'
import { openWorld } from '../../support/run-load.js'

export type Outcome = E.Either<{ readonly _tag: string; readonly message: string }, ReadonlyArray<unknown>>

export interface Place {
  readonly run: (query: AnyQuery) => Promise<Outcome>
  readonly rows: (query: AnyQuery) => Promise<ReadonlyArray<unknown>>
  readonly create: (tables: Readonly<Record<string, AnyTable>>) => Promise<void>
  /** How many statements were sent since this was last asked; none in memory. */
  readonly sent: () => number
  readonly close: () => Promise<void>
}

const must = (outcome: Outcome): ReadonlyArray<unknown> => {
  if (E.isRight(outcome)) return outcome.right
  throw new Error(`${outcome.left._tag}: ${outcome.left.message}`)
}

const inMemory = (): Place => {
  let tables: Tables = emptyTables
  const run: Place['run'] = (query) => {
    // The types of the query are the test's business.
    if (!isWrite(nodeOfQuery(query))) return Promise.resolve(interpret(query as never)(tables) as Outcome)
    const done = apply(query as never)(tables)
    if (E.isLeft(done)) return Promise.resolve(done)
    tables = done.right.tables
    return Promise.resolve(E.right(done.right.rows))
  }
  return {
    run,
    rows: async (query) => must(await run(query)),
    create: () => Promise.resolve(),
    sent: () => 0,
    close: () => Promise.resolve(),
  }
}

/** The place behind a name; `null` is memory. */
export const openPlace = async (engine: Engine | null): Promise<Place> => {
  if (engine === null) return inMemory()
  const world = await openWorld(engine)
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

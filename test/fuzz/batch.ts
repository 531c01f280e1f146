// A batch: some tables, rows for them, and many queries and writes over these, drawn by the number of the batch.
import type * as fc from 'fast-check'

import { type AnySchema, type AnyTable, schema } from '../../src/index.js'
import type { Tables } from '../../src/memory.js'
import { type AnyClosedQuery, type AnyClosedWrite, contents, query, write } from '../../src/testing.js'
import { asked, written } from '../property/world.js'
import { drawnAt } from './draw.js'
import { schemas } from './schemas.js'

/** What queries and writes are drawn from. */
export interface Drawing {
  readonly tables: ReadonlyArray<AnyTable>
  readonly contents: fc.Arbitrary<Tables>
}

export interface Batch {
  /** The schema to make, and to drop afterwards; null where the tables stand all the time. */
  readonly schema: AnySchema | null
  /** Whose foreign keys are kept. */
  readonly kept: AnySchema
  readonly asked: Drawing & { readonly query: fc.Arbitrary<AnyClosedQuery> }
  readonly written: Drawing & { readonly write: fc.Arbitrary<AnyClosedWrite> }
}

const schemaOf = (tables: ReadonlyArray<AnyTable>): AnySchema =>
  schema(Object.fromEntries(tables.map((t, i) => [`t${i}`, t])))

const drawing = (tables: ReadonlyArray<AnyTable>): Drawing => ({ tables, contents: contents(tables) })

/** The tables that every batch of the fixed world has, for `createAll`. */
export const world: AnySchema = schemaOf([...asked, ...written])

const ofWorld: Batch = {
  schema: null,
  kept: schemaOf(written),
  asked: { ...drawing(asked), query: query(asked) },
  written: { ...drawing(written), write: write(written) },
}

/** The batch of a number: every other one has tables of its own. */
export const batchAt = (seed: number, worker: number, number: number): Batch => {
  if (number % 2 === 0) return ofWorld
  const own = drawnAt(schemas, seed, worker, number, 1).value
  const all = drawing(own.tables)
  return {
    schema: own.schema,
    kept: own.schema,
    asked: { ...all, query: query(own.tables) },
    written: { ...all, write: write(own.tables) },
  }
}

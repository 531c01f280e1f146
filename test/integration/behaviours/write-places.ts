// Where a statement can be asked, reads and writes alike: every engine of this run, and tables in memory.
import * as E from 'fp-ts/lib/Either.js'

import type { AnyQuery, AnyTable, Decode, Kind, Nothing, Query } from '../../../src/index.js'
import { schema } from '../../../src/index.js'
import type { ClosedQuery } from '../../../src/expr/query.js'
import { apply, interpret, type Tables, tablesIn } from '../../../src/memory.js'
import { engines } from '../../support/engines.js'
import { must, openWorld } from '../../support/run-load.js'

interface Given<Row> {
  readonly rows: ReadonlyArray<Row>
  readonly affected: number
}

type Outcome<A> = E.Either<{ readonly _tag: string; readonly message: string }, A>

export interface WritePlace {
  readonly name: string
  /** Makes empty tables, in place of all that there were. */
  readonly create: (tables: Readonly<Record<string, AnyTable>>) => Promise<void>
  /** Of any statement, also one that the types refuse. */
  readonly outcome: (kind: 'read' | 'write', query: AnyQuery) => Promise<Outcome<Given<unknown>>>
  /** The rows of a query; what fails is thrown. */
  readonly rows: <P, S extends string, O extends string, F extends string, K extends 'select' | 'set'>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ) => Promise<ReadonlyArray<Decode<P, O>>>
  /** What a write gives; what fails is thrown. */
  readonly write: <P, S extends string, O extends string, F extends string, K extends Kind>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ) => Promise<Given<Decode<P, O>>>
  readonly close: () => Promise<void>
}

const place = (parts: Pick<WritePlace, 'name' | 'create' | 'outcome' | 'close'>): WritePlace => ({
  ...parts,
  // The rows are made by the projection of the query, as its types say.
  rows: async (query) =>
    must((await parts.outcome('read', query as unknown as AnyQuery)) as E.Either<never, Given<never>>).rows,
  write: async (query) =>
    must((await parts.outcome('write', query as unknown as AnyQuery)) as E.Either<never, Given<never>>),
})

const inMemory = (): WritePlace => {
  let tables: Tables = tablesIn(schema({}))
  return place({
    name: 'memory',
    create: (made) => {
      tables = tablesIn(schema(made))
      return Promise.resolve()
    },
    outcome: (kind, query) => {
      // What the types of the query refuse must be refused in words, too.
      if (kind === 'read') {
        const rows = interpret(query as unknown as Query<unknown, never, never, never, 'select'>)(tables)
        return Promise.resolve(E.isLeft(rows) ? rows : E.right({ rows: rows.right, affected: 0 }))
      }
      const applied = apply(query as unknown as Query<Nothing, never, never, never, 'insert'>)(tables)
      if (E.isLeft(applied)) return Promise.resolve(applied)
      tables = applied.right.tables
      return Promise.resolve(applied)
    },
    close: () => Promise.resolve(),
  })
}

/** The places of this run by name. */
export const writePlaces: ReadonlyArray<{ readonly label: string; readonly open: () => Promise<WritePlace> }> = [
  { label: 'memory', open: () => Promise.resolve(inMemory()) },
  ...engines().map((engine) => ({
    label: engine.label,
    open: async (): Promise<WritePlace> => {
      const world = await openWorld(engine)
      let before: Readonly<Record<string, AnyTable>> = {}
      return place({
        name: engine.name,
        create: async (tables) => {
          await world.drop(before)
          await world.create(tables)
          before = tables
        },
        outcome: (_, query) => world.outcome(query),
        close: world.close,
      })
    },
  })),
]

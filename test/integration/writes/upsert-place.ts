// Where an upsert can be asked: every engine of this run, and tables in memory.
import * as E from 'fp-ts/lib/Either.js'

import type { Answer } from '../../../src/compile/answer.js'
import type { Statement } from '../../../src/compile/statement.js'
import type { AnyQuery, ClosedQuery, Decode, Kind, Query } from '../../../src/expr/query.js'
import { type AnyTable, schema } from '../../../src/index.js'
import { apply, interpret, type Tables, tablesIn } from '../../../src/memory.js'
import { engines } from '../../support/engines.js'
import { openWorld } from '../../support/run-load.js'

type Outcome = E.Either<{ readonly _tag: string; readonly message: string }, Answer<unknown>>

export interface UpsertPlace {
  readonly rows: <P, S extends string, O extends string, F extends string, K extends Kind>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ) => Promise<ReadonlyArray<Decode<P, O>>>
  readonly answer: <P, S extends string, O extends string, F extends string, K extends Kind>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ) => Promise<Answer<Decode<P, O>>>
  /** Of any query, also one that the types refuse. */
  readonly outcome: (query: AnyQuery) => Promise<Outcome>
  readonly create: (tables: Readonly<Record<string, AnyTable>>) => Promise<void>
  /** The statements that were sent since this was last asked: none in memory. */
  readonly sent: () => ReadonlyArray<Statement>
  readonly close: () => Promise<void>
}

const isRead = (query: AnyQuery): boolean => {
  const { _tag } = query as unknown as { readonly _tag: string }
  return _tag === 'Select' || _tag === 'SetOperation'
}

const inMemory = (): UpsertPlace => {
  let tables: Tables = tablesIn(schema({}))
  const outcome = (query: AnyQuery): Promise<Outcome> => {
    if (isRead(query)) {
      const rows = interpret(query as unknown as Query<unknown, never, never, never, 'select'>)(tables)
      return Promise.resolve(E.isLeft(rows) ? rows : E.right({ rows: rows.right, affected: 0, keys: [] }))
    }
    const applied = apply(query as unknown as Query<unknown, never, never, never, 'insert'>)(tables)
    if (E.isLeft(applied)) return Promise.resolve(applied)
    tables = applied.right.tables
    const { rows, affected, keys } = applied.right
    return Promise.resolve(E.right({ rows, affected, keys }))
  }
  const answer: UpsertPlace['answer'] = async (query) => {
    const made = await outcome(query as unknown as AnyQuery)
    if (E.isLeft(made)) throw new Error(`${made.left._tag}: ${made.left.message}`)
    // The rows are made by the projection of the query, as its types say.
    return made.right as Answer<never>
  }
  return {
    answer,
    outcome,
    rows: async (query) => (await answer(query)).rows,
    create: (made) => {
      tables = tablesIn(schema(made))
      return Promise.resolve()
    },
    sent: () => [],
    close: () => Promise.resolve(),
  }
}

/** The places of this run by name. */
export const upsertPlaces: ReadonlyArray<{ readonly label: string; readonly open: () => Promise<UpsertPlace> }> = [
  { label: 'memory', open: () => Promise.resolve(inMemory()) },
  ...engines().map((engine) => ({ label: engine.label, open: (): Promise<UpsertPlace> => openWorld(engine) })),
]

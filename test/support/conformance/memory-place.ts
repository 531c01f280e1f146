// The conformance data as tables in memory, asked through the interpreter.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import type { AnyExpr, ClosedQuery, Decode, Query } from 'relvar'
import { apply, interpret, type Tables, tablesIn, withRows } from 'relvar/memory'

import { flushInMemory } from './memory-flush.js'
import { loadedRows } from './samples.js'
import { tablesByName, tutorial } from './tables.js'
import type { Ask, Failure, Place, World } from './world.js'

/** The data as tables in memory. */
export const tablesOfData = (): Tables => {
  let tables = tablesIn(tutorial)
  for (const [name, t] of tablesByName) {
    const filled = pipe(tables, withRows(t)(loadedRows(name)))
    if (E.isLeft(filled)) throw new Error(`${name}: ${filled.left.message}`)
    tables = filled.right
  }
  return tables
}

const failure = (_tag: string, message: string): Failure => ({ _tag, message })

const onlyRow = <A>(rows: ReadonlyArray<A>): E.Either<Failure, O.Option<A>> => {
  const [row] = rows
  if (rows.length > 1) return E.left(failure('MultipleRows', `${rows.length} rows`))
  return E.right(rows.length === 0 ? O.none : O.some(row as A)) // the row is there, whatever an A may be
}

const ask =
  <A>(answer: () => E.Either<Failure, A>): Ask<A> =>
  () =>
    Promise.resolve(answer())

/** Tables in memory; the one thing that changes is which tables they are. */
export const memoryPlace = (): Place => {
  let tables = tablesOfData()

  const rows = <P, S extends string, O extends string, F extends string, K extends 'select' | 'set'>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ): E.Either<Failure, ReadonlyArray<Decode<P, O>>> => interpret(query)(tables)

  const exactlyOne = <P, S extends string, O extends string, F extends string, K extends 'select' | 'set'>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ): E.Either<Failure, Decode<P, O>> =>
    pipe(rows(query), E.chain(onlyRow), E.chain(E.fromOption(() => failure('NoRows', 'no row'))))

  const world: World = {
    all: (query) => ask(() => rows(query)),
    // Untyped callers are told, too: the types of `interpret` take no text.
    text: (query) => ask(() => interpret(query as never)(tables)) as Ask<never>,
    first: (query) =>
      ask(() =>
        pipe(
          rows(query),
          E.map((found) => (found.length === 0 ? O.none : O.some(found[0] as (typeof found)[number]))),
        ),
      ),
    one: (query) => ask(() => exactlyOne(query)),
    oneOrNone: (query) => ask(() => pipe(rows(query), E.chain(onlyRow))),
    scalar: <P extends AnyExpr, S extends string, O extends string, F extends string, K extends 'select' | 'set'>(
      query: Query<P, S, O, F, K> & ClosedQuery<F>,
    ) => ask(() => exactlyOne(query)),
    count: (query) =>
      ask(() =>
        pipe(
          rows(query),
          E.map((found) => found.length),
        ),
      ),
    write: (query) =>
      ask(() => {
        const applied = apply(query)(tables)
        if (E.isLeft(applied)) return applied
        tables = applied.right.tables
        return applied
      }),
    flush: (uow) =>
      ask(() => {
        const flushed = flushInMemory(tables, uow)
        if (E.isLeft(flushed)) return flushed
        tables = flushed.right[0]
        return E.right(flushed.right[1])
      }),
    transaction: (program) => async () => {
      const before = tables
      const outcome = await program(world)()
      if (E.isLeft(outcome)) tables = before
      return outcome
    },
  }

  return {
    world,
    sent: null,
    restore: () => {
      tables = tablesOfData()
      return Promise.resolve()
    },
    close: () => Promise.resolve(),
  }
}

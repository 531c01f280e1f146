/**
 * A question: its words, the effect that answers it, and how its answer looks. Asking it also tells what was sent.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import { type Database, type DbError, type Middleware, type Statement, withMiddleware } from 'relvar'

import { type Column, counted, showTable } from './table-print.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

export interface Question {
  readonly words: string
  readonly answer: RTE.ReaderTaskEither<Database, DbError, Answer>
}

/** An answer as it is printed, and how many rows it has. */
export interface Answer {
  readonly table: string
  readonly rows: string
}

/** What an effect gave, the statements that it sent, and how long all of it took. */
export interface Observed<A> {
  readonly value: A
  readonly statements: ReadonlyArray<Statement>
  readonly ms: number
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** A question that an effect answers with rows, and then the columns that show these. */
export const question =
  <Row>(words: string, rows: RTE.ReaderTaskEither<Database, DbError, ReadonlyArray<Row>>) =>
  (columns: ReadonlyArray<Column<Row>>): Question => ({
    words,
    answer: pipe(
      rows,
      RTE.map((all) => ({ table: showTable(columns)(all), rows: counted(all.length, 'row') })),
    ),
  })

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/** A middleware that gives each statement on to a listener, and to the database. */
const listening =
  (listener: (statement: Statement) => void): Middleware =>
  (next) =>
  (statement) => {
    listener(statement)
    return next(statement)
  }

/** The same effect, with what it sent and how long it took beside its value. */
export const observed =
  <R extends Database, E1, A>(effect: RTE.ReaderTaskEither<R, E1, A>): RTE.ReaderTaskEither<R, E1, Observed<A>> =>
  (environment) =>
  async () => {
    const statements: Array<Statement> = []
    const since = performance.now()
    const outcome = await effect(withMiddleware(listening((statement) => statements.push(statement)))(environment))()
    return pipe(
      outcome,
      E.map((value) => ({ value, statements, ms: performance.now() - since })),
    )
  }

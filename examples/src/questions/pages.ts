/**
 * Queries that a program builds as it goes: the page after a row, and what belongs to a row that is at hand.
 */
import { pipe } from 'fp-ts/lib/function.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { and, asc, between, Db, desc, eq, from, given, gt, limit, lt, or, orderBy, select, where } from 'relvar'

import { question } from '../question.js'
import { departuresOf } from '../relations.js'
import { label, minutes, whole } from '../table-print.js'
import { airports, flights, movies } from '../tables.js'

// -------------------------------------------------------------------------------------
// a page after a row
// -------------------------------------------------------------------------------------

/** A row's place in the order of the pages. */
export interface Place {
  readonly released: string
  readonly id: number
}

/** The first page of films, newest first. */
export const newestFilms = (size: number) =>
  pipe(
    from(movies),
    select({ id: movies.id, title: movies.title, released: movies.released, about: movies.about }),
    orderBy(desc(movies.released), asc(movies.id)),
    limit(size),
  )

/** The page after a place. Clauses commute: this `where` stands after the limit and filters before it all the same. */
export const newestFilmsAfter = ({ released, id }: Place, size: number) =>
  pipe(
    newestFilms(size),
    where(or(lt(movies.released, released), and(eq(movies.released, released), gt(movies.id, id)))),
  )

/** The second page: it begins where the first one ends, and no row of the first is counted again. */
export const secondPage = (size: number) =>
  pipe(
    Db.all(newestFilms(size)),
    RTE.map(RA.last),
    RTE.flatMap((end) => (end._tag === 'None' ? RTE.right([]) : Db.all(newestFilmsAfter(end.value, size)))),
  )

export const askSecondPage = question(
  'Which films are on the second page, newest first, five a page?',
  secondPage(5),
)([
  label('film', (r) => r.title),
  label('released', (r) => r.released),
  label('distributor', (r) => r.about.distributor),
])

// -------------------------------------------------------------------------------------
// what belongs to a row
// -------------------------------------------------------------------------------------

/** The board of an airport whose row is at hand: `given` puts the row in place of the table that the relation leaves open. */
export const board = (iata: string, day: string) =>
  pipe(
    Db.one(pipe(from(airports), where(eq(airports.iata, iata)))),
    RTE.flatMap((airport) =>
      Db.all(
        pipe(
          departuresOf,
          given(airports, airport),
          where(pipe(flights.departs, between(`${day}T00:00:00Z`, `${day}T23:59:59Z`))),
          orderBy(flights.departs, flights.id),
        ),
      ),
    ),
  )

export const askBoard = question(
  'What did the board of Honolulu show on New Year\u2019s Day 2001?',
  board('HNL', '2001-01-01'),
)([
  label('departs', (r) => r.departs.slice(11, 16)),
  label('to', (r) => r.destination),
  whole('miles', (r) => r.distance),
  minutes('delay', (r) => r.delay),
])

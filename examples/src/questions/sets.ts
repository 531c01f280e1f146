/**
 * Set operations: they end the scope, so that what follows sees their outputs alone.
 */
import { pipe } from 'fp-ts/lib/function.js'
import {
  and,
  asc,
  Db,
  desc,
  except,
  from,
  gte,
  isNotNull,
  limit,
  literal,
  mul,
  type Order,
  orderBy,
  select,
  sub,
  text,
  unionAll,
  where,
} from 'relvar'

import { question } from '../question.js'
import { label, tenths, whole } from '../table-print.js'
import { flights, movies } from '../tables.js'

/** Routes that are flown one way only: all routes but those that are the way back of another. */
export const oneWayRoutes = pipe(
  from(flights),
  select({ from: flights.origin, to: flights.destination }),
  except(pipe(from(flights), select({ from: flights.destination, to: flights.origin }))),
  orderBy((route) => [asc(route.from), asc(route.to)]),
)

export const askOneWayRoutes = question(
  'Which routes are flown in one direction only?',
  Db.all(oneWayRoutes),
)([label('from', (r) => r.from), label('to', (r) => r.to)])

/** By how much the audience likes a film better than the critics, in points of a hundred. */
const gap = sub(mul(movies.imdb, 10), movies.tomatoes)

const disputed = (who: string, order: Order<'movies'>, top: number) =>
  pipe(
    from(movies),
    where(and(isNotNull(movies.imdb), isNotNull(movies.tomatoes), gte(movies.imdbVotes, 1000))),
    orderBy(order, asc(movies.id)),
    limit(top),
    select({ who: literal(who, text), title: movies.title, imdb: movies.imdb, tomatoes: movies.tomatoes, gap }),
  )

/** The films on which audience and critics differ most, from either side. */
export const disputedFilms = (top: number) =>
  pipe(
    disputed('the audience', desc(gap), top),
    unionAll(disputed('the critics', asc(gap), top)),
    orderBy((film) => [desc(film.gap), asc(film.title)]),
  )

export const askDisputedFilms = question(
  'On which films do audience and critics differ most?',
  Db.all(disputedFilms(4)),
)([
  label('liked by', (r) => r.who),
  label('film', (r) => r.title),
  tenths('IMDb', (r) => r.imdb),
  whole('tomatoes', (r) => r.tomatoes),
  tenths('gap', (r) => r.gap),
])

/**
 * The relations. Each is a query that mentions a table it does not bind: whoever uses it brings the outer row. The same value
 * serves `exists`, `include`, a scalar subquery, and `given`.
 */
import { pipe } from 'fp-ts/lib/function.js'
import { eq, from, innerJoin, where } from 'relvar'

import { airports, directors, flights, genres, movieGenres, movies } from './tables.js'

/** The flights that leave an airport. */
export const departuresOf = pipe(from(flights), where(eq(flights.origin, airports.iata)))

/** The flights that reach an airport. */
export const arrivalsOf = pipe(from(flights), where(eq(flights.destination, airports.iata)))

/** The films of a director. */
export const filmsOf = pipe(from(movies), where(eq(movies.directorId, directors.id)))

/** The genres of a film, through the link. */
export const genresOf = pipe(
  from(genres),
  innerJoin(movieGenres, eq(movieGenres.genreId, genres.id)),
  where(eq(movieGenres.movieId, movies.id)),
)

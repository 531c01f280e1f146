/**
 * The import: tables anew, then all records in one transaction, so that a run that is interrupted leaves empty tables and
 * never half of the data.
 */
import { pipe } from 'fp-ts/lib/function.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import {
  createAll,
  type Database,
  Db,
  type DbError,
  dropAll,
  insertInto,
  type KeyOf,
  returning,
  transaction,
} from 'relvar'

import type { Data } from './data.js'
import type { Progress } from './progress.js'
import { airports, cinemaAndSky, directors, flights, genres, movieGenres, movies } from './tables.js'
import type { Film } from './validate/movie.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

type Effect<A> = RTE.ReaderTaskEither<Database, DbError, A>

// -------------------------------------------------------------------------------------
// parts
// -------------------------------------------------------------------------------------

/** Drops the tables of an earlier run and makes them anew. */
export const recreate: Effect<void> = pipe(
  Db.execute(dropAll(cinemaAndSky)),
  RTE.flatMap(() => Db.execute(createAll(cinemaAndSky))),
  RTE.asUnit,
)

/** Rows a thousand at a time. */
const inParts = <A, B>(
  rows: ReadonlyArray<A>,
  insert: (part: ReadonlyArray<A>) => Effect<ReadonlyArray<B>>,
  advance: (by: number) => () => void,
): Effect<ReadonlyArray<B>> =>
  pipe(
    RA.chunksOf(1000)(rows),
    RTE.traverseSeqArray((part) =>
      pipe(
        insert(part),
        RTE.tapIO(() => advance(part.length)),
      ),
    ),
    RTE.map(RA.flatten),
  )

/** An insert whose answer nobody needs. */
const nothing = <A>(effect: Effect<A>): Effect<ReadonlyArray<never>> =>
  pipe(
    effect,
    RTE.map(() => []),
  )

const idsByName = (rows: ReadonlyArray<{ readonly id: number; readonly name: string }>): ReadonlyMap<string, number> =>
  new Map(rows.map(({ id, name }) => [name, id]))

const directorNames = (films: ReadonlyArray<Film>): ReadonlyArray<string> => [
  ...new Set(films.flatMap(({ director }) => director ?? [])),
]

const allGenres = (films: ReadonlyArray<Film>): ReadonlyArray<Film['genres'][number]> => [
  ...new Map(films.flatMap((film) => film.genres).map((genre) => [genre.name, genre])).values(),
]

const linksOf = (
  films: ReadonlyArray<Film>,
  movieIds: ReadonlyArray<number>,
  genreIds: ReadonlyMap<string, number>,
): ReadonlyArray<KeyOf<typeof movieGenres>> =>
  RA.zip(movieIds)(films).flatMap(([film, movieId]) =>
    [...new Set(film.genres.map(({ name }) => genreIds.get(name)))].flatMap((genreId) =>
      genreId === undefined ? [] : [{ movieId, genreId }],
    ),
  )

// -------------------------------------------------------------------------------------
// the whole
// -------------------------------------------------------------------------------------

const flightData = ({ airports: ports, flights: legs }: Data, progress: Progress): Effect<void> =>
  pipe(
    inParts(
      ports.records,
      (part) => nothing(Db.execute(insertInto(airports)(part))),
      (n) => progress.advance('airports', n),
    ),
    RTE.flatMap(() =>
      inParts(
        legs.records,
        (part) => nothing(Db.execute(insertInto(flights)(part))),
        (n) => progress.advance('flights', n),
      ),
    ),
    RTE.asUnit,
  )

/** Directors and genres first, since films need their keys: RETURNING gives them, also where the engine has none. */
const filmData = ({ films: { records } }: Data, progress: Progress): Effect<void> =>
  pipe(
    RTE.Do,
    RTE.bind('directorIds', () =>
      pipe(
        Db.all(
          pipe(
            insertInto(directors)(directorNames(records).map((name) => ({ name }))),
            returning({ id: directors.id, name: directors.name }),
          ),
        ),
        RTE.map(idsByName),
      ),
    ),
    RTE.bind('genreIds', () =>
      pipe(
        Db.all(pipe(insertInto(genres)(allGenres(records)), returning({ id: genres.id, name: genres.name }))),
        RTE.map(idsByName),
      ),
    ),
    RTE.bind('movieIds', ({ directorIds }) =>
      inParts(
        records,
        (part) =>
          Db.all(
            pipe(
              insertInto(movies)(
                part.map(({ row, director }) => ({
                  ...row,
                  directorId: director === null ? null : (directorIds.get(director) ?? null),
                })),
              ),
              returning(movies.id),
            ),
          ),
        (n) => progress.advance('films', n),
      ),
    ),
    RTE.flatMap(({ movieIds, genreIds }) =>
      inParts(
        linksOf(records, movieIds, genreIds),
        (part) => nothing(Db.execute(insertInto(movieGenres)(part))),
        () => progress.advance('links of films and genres', 0),
      ),
    ),
    RTE.asUnit,
  )

/** Imports all records. */
export const importData = (data: Data, progress: Progress): Effect<void> =>
  pipe(
    flightData(data, progress),
    RTE.flatMap(() => filmData(data, progress)),
    transaction(),
  )

/** How many rows the bar counts. */
export const rowsToImport = (data: Data): number =>
  data.airports.records.length + data.flights.records.length + data.films.records.length

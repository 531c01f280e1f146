/**
 * The tables. A table is a plain value whose own properties are its columns; foreign keys need no thunks.
 */
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import {
  autoIncrement,
  bigint,
  date,
  double,
  index,
  integer,
  json,
  nullable,
  primaryKey,
  references,
  schema,
  table,
  timestamptz,
  unique,
  varchar,
} from 'relvar'

// -------------------------------------------------------------------------------------
// flights
// -------------------------------------------------------------------------------------

export const airports = table('airports', {
  iata: pipe(varchar(4), primaryKey),
  name: varchar(60),
  city: pipe(varchar(60), nullable),
  state: pipe(varchar(2), nullable, index),
  country: varchar(40),
  latitude: double,
  longitude: double,
})

export const flights = table('flights', {
  id: pipe(integer, primaryKey, autoIncrement),
  /** The file names no time zone: its local times are kept as if they were UTC. */
  departs: timestamptz,
  /** Minutes; below zero for a flight that came early. */
  delay: integer,
  /** Miles. */
  distance: integer,
  origin: pipe(varchar(4), references(airports.iata), index),
  destination: pipe(varchar(4), references(airports.iata), index),
})

// -------------------------------------------------------------------------------------
// films
// -------------------------------------------------------------------------------------

export const directors = table('directors', {
  id: pipe(integer, primaryKey, autoIncrement),
  name: pipe(varchar(60), unique),
})

/** What no question asks of a film one by one: a document, checked by its codec when it is written and when it is read. */
export const About = t.readonly(
  t.type({
    distributor: t.union([t.string, t.null]),
    basedOn: t.union([t.string, t.null]),
    mpaa: t.union([t.string, t.null]),
  }),
)

export const movies = table('movies', {
  id: pipe(integer, primaryKey, autoIncrement),
  title: varchar(100),
  released: date,
  directorId: pipe(integer, nullable, references(directors.id), index),
  /** Dollars; some films earned more than 32 bits hold. */
  budget: pipe(bigint, nullable),
  usGross: pipe(bigint, nullable),
  worldGross: pipe(bigint, nullable),
  minutes: pipe(integer, nullable),
  /** Percent of the critics. */
  tomatoes: pipe(integer, nullable),
  /** Mean of the audience's votes, 1 to 10. */
  imdb: pipe(double, nullable),
  imdbVotes: pipe(integer, nullable),
  about: json(About),
})

export const genres = table('genres', {
  id: pipe(integer, primaryKey, autoIncrement),
  name: pipe(varchar(40), unique),
  kind: varchar(20),
})

/** Which film has which genres: the link of a many-to-many relation. */
export const movieGenres = table('movie_genres', {
  movieId: pipe(integer, primaryKey, references(movies.id)),
  genreId: pipe(integer, primaryKey, references(genres.id), index),
})

// -------------------------------------------------------------------------------------
// all of them
// -------------------------------------------------------------------------------------

/** What DDL and units of work need to know: every table, and through them every foreign key. */
export const cinemaAndSky = schema({ airports, flights, directors, movies, genres, movieGenres })

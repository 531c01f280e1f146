/**
 * Questions about films: a query with a name, a subquery for the whole of a share, nulls.
 */
import { pipe } from 'fp-ts/lib/function.js'
import {
  and,
  asc,
  avg,
  count,
  Db,
  desc,
  div,
  eq,
  from,
  groupBy,
  gt,
  gte,
  having,
  innerJoin,
  isNotNull,
  isNull,
  leftJoin,
  limit,
  mul,
  orderBy,
  scalar,
  select,
  sub,
  subquery,
  where,
} from 'relvar'

import { question } from '../question.js'
import { dollars, hundredths, label, percent, tenths, whole } from '../table-print.js'
import { directors, genres, movieGenres, movies } from '../tables.js'

/** The mean rating of each director of at least so many rated films: a query with a name is a table like any other. */
const meansOfDirectors = (filmsAtLeast: number) =>
  pipe(
    from(movies),
    where(and(isNotNull(movies.directorId), isNotNull(movies.imdb))),
    groupBy(movies.directorId),
    having(gte(count(), filmsAtLeast)),
    select({ directorId: movies.directorId, mean: avg(movies.imdb) }),
    subquery('means'),
  )

/** Films that stand out most from the mean of their director. */
export const betterThanTheirDirector = (filmsAtLeast: number) => {
  const means = meansOfDirectors(filmsAtLeast)
  const better = sub(movies.imdb, means.mean)
  return pipe(
    from(movies),
    innerJoin(means, eq(means.directorId, movies.directorId)),
    innerJoin(directors, eq(directors.id, movies.directorId)),
    where(gt(movies.imdb, means.mean)),
    select({ title: movies.title, director: directors.name, imdb: movies.imdb, mean: means.mean, better }),
    orderBy(desc(better), asc(movies.id)),
    limit(10),
  )
}

export const askBetterThanTheirDirector = question(
  "Which films outshine their director's mean most? (Of directors with at least five rated films.)",
  Db.all(betterThanTheirDirector(5)),
)([
  label('film', (r) => r.title),
  label('director', (r) => r.director),
  tenths('IMDb', (r) => r.imdb),
  hundredths("director's mean", (r) => r.mean),
  hundredths('better by', (r) => r.better),
])

/** How many films have a genre, and what share of all films that is. */
export const genresByShare = pipe(
  from(genres),
  innerJoin(movieGenres, eq(movieGenres.genreId, genres.id)),
  groupBy(genres.id),
  select({
    kind: genres.kind,
    name: genres.name,
    films: count(),
    share: div(mul(count(), 100), scalar(pipe(from(movies), select(count())))),
  }),
  orderBy(desc(count()), asc(genres.name)),
)

export const askGenresByShare = question(
  'What share of all films has each genre?',
  Db.all(genresByShare),
)([
  label('genre', (r) => r.name),
  label('kind', (r) => r.kind),
  whole('films', (r) => r.films),
  percent('share', (r) => r.share),
])

/** Films whose US gross nobody wrote down. Most of them have no director either, hence the outer join. */
export const grossUnknown = pipe(
  from(movies),
  leftJoin(directors, eq(directors.id, movies.directorId)),
  where(isNull(movies.usGross)),
  select({ title: movies.title, released: movies.released, director: directors.name, budget: movies.budget }),
  orderBy(asc(movies.released), asc(movies.title)),
)

export const askGrossUnknown = question(
  'Of which films is the US gross unknown?',
  Db.all(grossUnknown),
)([
  label('film', (r) => r.title),
  label('released', (r) => r.released),
  label('director', (r) => r.director),
  dollars('budget', (r) => r.budget),
])

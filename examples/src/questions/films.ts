/**
 * Questions about films: a subquery that looks at the outer row, nulls, shares of a whole.
 */
import { pipe } from 'fp-ts/lib/function.js'
import {
  alias,
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
  gte,
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
  where,
} from 'relvar'

import { question } from '../question.js'
import { decimal, dollars, label, percent, whole } from '../table-print.js'
import { directors, genres, movieGenres, movies } from '../tables.js'

/** The other films of a film's director, itself included: the same table under another name, open in `movies`. */
const siblings = pipe(movies, alias('siblings'))
const siblingsOf = pipe(
  from(siblings),
  where(and(eq(siblings.directorId, movies.directorId), isNotNull(siblings.imdb))),
)
const meanOfDirector = scalar(pipe(siblingsOf, select(avg(siblings.imdb))))
const ratedByDirector = scalar(pipe(siblingsOf, select(count())))

/** Films that stand out most from the mean of their director, who has at least so many films with a rating. */
export const betterThanTheirDirector = (filmsAtLeast: number) =>
  pipe(
    from(movies),
    innerJoin(directors, eq(directors.id, movies.directorId)),
    where(isNotNull(movies.imdb)),
    where(gte(ratedByDirector, filmsAtLeast)),
    select({
      title: movies.title,
      director: directors.name,
      imdb: movies.imdb,
      mean: meanOfDirector,
      better: sub(movies.imdb, meanOfDirector),
    }),
    orderBy(desc(sub(movies.imdb, meanOfDirector)), asc(movies.id)),
    limit(10),
  )

export const askBetterThanTheirDirector = question(
  "Which films outshine their director's mean most? (Of directors with at least five rated films.)",
  Db.all(betterThanTheirDirector(5)),
)([
  label('film', (r) => r.title),
  label('director', (r) => r.director),
  decimal('IMDb', (r) => r.imdb),
  decimal("director's mean", (r) => r.mean),
  decimal('better by', (r) => r.better),
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

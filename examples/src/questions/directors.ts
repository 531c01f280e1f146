/**
 * Rows inside rows: `include` loads relations of relations, one statement a level however many rows there are.
 */
import { pipe } from 'fp-ts/lib/function.js'
import { asc, count, Db, desc, from, include, limit, many, orderBy, scalar, select } from 'relvar'

import { question } from '../question.js'
import { filmsOf, genresOf } from '../relations.js'
import { firstLines, label, whole } from '../table-print.js'
import { directors, genres, movies } from '../tables.js'

/** How many films a director has: the relation as a value of one row. */
const films = scalar(pipe(filmsOf, select(count())))

/** The directors with most films, each with the films, each with its genres. */
export const directorsWithFilms = (top: number) =>
  pipe(
    from(directors),
    include({
      films: many(
        pipe(
          filmsOf,
          select({ id: movies.id, title: movies.title, released: movies.released }),
          orderBy(asc(movies.released), asc(movies.id)),
          include({
            genres: many(pipe(genresOf, select({ name: genres.name, kind: genres.kind }), orderBy(genres.name))),
          }),
        ),
      ),
    }),
    orderBy(desc(films), asc(directors.name)),
    limit(top),
  )

export const askDirectorsWithFilms = question(
  'Which directors made most films, and which films are these?',
  Db.all(directorsWithFilms(5)),
)([
  label('director', (r) => r.name),
  whole('films', (r) => r.films.length),
  label('the films with their genres', (r) =>
    firstLines(3, r.films, (film) => `${film.title} (${film.genres.map((g) => g.name).join(', ')})`),
  ),
])

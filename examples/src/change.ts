/**
 * A change through a unit of work. What is to happen is a value; its plan is another, which can be read before anything is
 * written; the commit writes the plan in one transaction.
 *
 * The file credits "The Wizard of Oz" to King Vidor, who finished it; its director was Victor Fleming, whom the file does not
 * know. And it has a film that no cinema showed.
 */
import { pipe } from 'fp-ts/lib/function.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import * as S from 'fp-ts/lib/State.js'
import {
  asc,
  type Database,
  Db,
  type DbError,
  eq,
  from,
  given,
  include,
  inList,
  many,
  orderBy,
  type RowOf,
  select,
  type UnitOfWork,
  Uow,
  where,
} from 'relvar'

import { filmsOf, genresOf } from './relations.js'
import { cinemaAndSky, directors, genres, movieGenres, movies } from './tables.js'

// -------------------------------------------------------------------------------------
// what is needed of the database
// -------------------------------------------------------------------------------------

/** The rows that the change is about, as they are now. */
export interface Before {
  readonly wizard: RowOf<typeof movies>
  readonly unseen: RowOf<typeof movies>
  readonly unseenGenres: ReadonlyArray<RowOf<typeof movieGenres>>
  readonly adventure: RowOf<typeof genres>
}

const filmCalled = (title: string) => Db.one(pipe(from(movies), where(eq(movies.title, title))))

const linksOf = pipe(from(movieGenres), where(eq(movieGenres.movieId, movies.id)))

/** Reads what the change is about. */
export const readBefore: RTE.ReaderTaskEither<Database, DbError, Before> = pipe(
  RTE.Do,
  RTE.bind('wizard', () => filmCalled('The Wizard of Oz')),
  RTE.bind('unseen', () => filmCalled('Foodfight!')),
  RTE.bind('unseenGenres', ({ unseen }) => Db.all(pipe(linksOf, given(movies, unseen), orderBy(movieGenres.genreId)))),
  RTE.bind('adventure', () => Db.one(pipe(from(genres), where(eq(genres.name, 'Adventure'))))),
)

// -------------------------------------------------------------------------------------
// the change, as a value
// -------------------------------------------------------------------------------------

type Work = UnitOfWork<(typeof cinemaAndSky)['tables']>

const film = (title: string, released: string, minutes: number) => ({
  title,
  released,
  minutes,
  about: { distributor: 'MGM', basedOn: 'Based on Book/Short Story', mpaa: null },
})

/** Adds, moves and removes: pure, in any order. The Refs stand for keys that the database will make. */
const changes = ({ wizard, unseen, unseenGenres, adventure }: Before): S.State<Work, void> =>
  pipe(
    S.of<Work, object>({}),
    S.bind('fleming', () => Uow.insert(directors)({ name: 'Victor Fleming' })),
    S.bind('island', ({ fleming }) =>
      Uow.insert(movies)({ ...film('Treasure Island', '1934-08-17', 103), directorId: fleming }),
    ),
    S.bind('captains', ({ fleming }) =>
      Uow.insert(movies)({ ...film('Captains Courageous', '1937-06-25', 117), directorId: fleming }),
    ),
    S.chainFirst(({ island }) => Uow.insert(movieGenres)({ movieId: island, genreId: adventure.id })),
    S.chain(({ fleming }) => S.modify(Uow.modify(movies)(wizard, { directorId: fleming }))),
    S.chain(() => S.modify(Uow.remove(movies)(unseen))),
    S.chain(() =>
      S.traverseArray((link: RowOf<typeof movieGenres>) => S.modify(Uow.remove(movieGenres)(link)))(unseenGenres),
    ),
    S.map(() => undefined),
  )

/** The unit of work: what was read, and what is to change. */
export const workOf = (before: Before): Work =>
  pipe(
    Uow.empty(cinemaAndSky),
    Uow.load(movies)([before.wizard, before.unseen]),
    Uow.load(movieGenres)(before.unseenGenres),
    (work) => S.execute(work)(changes(before)),
  )

// -------------------------------------------------------------------------------------
// what it came to
// -------------------------------------------------------------------------------------

/** The two directors with their films and genres. */
export const concernedDirectors = pipe(
  from(directors),
  where(pipe(directors.name, inList(['King Vidor', 'Victor Fleming']))),
  include({
    films: many(
      pipe(
        filmsOf,
        select({ id: movies.id, title: movies.title, released: movies.released }),
        include({ genres: many(pipe(genresOf, select({ name: genres.name }), orderBy(genres.name))) }),
        orderBy(asc(movies.released), asc(movies.id)),
      ),
    ),
  }),
  orderBy(directors.name),
)

/** How many rows there are of what changes. */
export const totals = pipe(
  RTE.Do,
  RTE.apS('directors', Db.count(from(directors))),
  RTE.apS('films', Db.count(from(movies))),
  RTE.apS('links', Db.count(from(movieGenres))),
)

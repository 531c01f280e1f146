/**
 * Rows of movies.json: nulls, titles that are numbers, dates in words, and years whose century was misread.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import * as t from 'io-ts'
import type { InsertOf } from 'relvar'

import type { movies } from '../tables.js'
import { isoDay } from './calendar.js'
import { asIs, Dollars, field, mended, nullable, numberFrom, wholeFrom, Words } from './field.js'
import type { RowRules } from './rows.js'

// -------------------------------------------------------------------------------------
// fields
// -------------------------------------------------------------------------------------

/** Who wrote the file let a program guess the types, so that the film "300" got a number for a title. */
const title = field('title', (found) =>
  typeof found === 'number'
    ? E.right(mended(String(found), 'the title is a number: read as text'))
    : pipe(
        Words.decode(found),
        E.bimap(() => 'no title', asIs),
      ),
)

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The last year that the file can know of. Its years once had two digits, and 39 became 2039. */
const lastYear = 2011

/** `Jun 12 1998`. */
const released = field('released', (found) => {
  const [, month = '', day, digits] =
    /^([A-Z][a-z]{2}) (\d{2}) (\d{4})$/.exec(typeof found === 'string' ? found : '') ?? []
  const year = Number(digits)
  const early = year > lastYear
  return pipe(
    isoDay(early ? year - 100 : year, months.indexOf(month) + 1, Number(day)),
    O.map((date) => (early ? mended(date, `released after ${lastYear}: a hundred years taken off`) : asIs(date))),
    E.fromOption(() => 'the release date does not parse'),
  )
})

const ratings: ReadonlyArray<unknown> = ['G', 'PG', 'PG-13', 'R', 'NC-17', 'Not Rated', null]

const mpaa = field('mpaa', (found) =>
  ratings.includes(found) || typeof found !== 'string'
    ? pipe(
        t.union([t.string, t.null]).decode(found),
        E.bimap(() => 'the MPAA rating is no text', asIs),
      )
    : E.right(mended(null, 'no MPAA rating of that name: taken as unknown')),
)

// -------------------------------------------------------------------------------------
// rows
// -------------------------------------------------------------------------------------

const MovieRow = t.strict({
  Title: title,
  'Release Date': released,
  Director: nullable(Words, 'the director is no name'),
  'Major Genre': nullable(Words, 'the genre is no word'),
  'Creative Type': nullable(Words, 'the creative type is no word'),
  'Production Budget': nullable(Dollars, 'the budget is no amount of dollars'),
  'US Gross': nullable(Dollars, 'the US gross is no amount of dollars'),
  'Worldwide Gross': nullable(Dollars, 'the worldwide gross is no amount of dollars'),
  'Running Time min': nullable(wholeFrom(1, 6000), 'the running time is no number of minutes'),
  'Rotten Tomatoes Rating': nullable(wholeFrom(0, 100), 'the rating of Rotten Tomatoes is not from 0 to 100'),
  'IMDB Rating': nullable(numberFrom(0, 10), 'the rating of IMDb is not from 0 to 10'),
  'IMDB Votes': nullable(wholeFrom(0, 2 ** 31 - 1), 'the votes are no number'),
  Distributor: nullable(Words, 'the distributor is no name'),
  Source: nullable(Words, 'the source is no word'),
  'MPAA Rating': mpaa,
})

/** A film before its director and genres have keys: these are names still. */
export interface Film {
  readonly row: Omit<InsertOf<typeof movies>, 'id' | 'directorId'>
  readonly director: string | null
  readonly genres: ReadonlyArray<{ readonly name: string; readonly kind: 'genre' | 'creative type' }>
}

const film = (fields: t.TypeOf<typeof MovieRow>): Film => {
  const genre = fields['Major Genre'].value
  const type = fields['Creative Type'].value
  return {
    row: {
      title: fields.Title.value,
      released: fields['Release Date'].value,
      budget: fields['Production Budget'].value,
      usGross: fields['US Gross'].value,
      worldGross: fields['Worldwide Gross'].value,
      minutes: fields['Running Time min'].value,
      tomatoes: fields['Rotten Tomatoes Rating'].value,
      imdb: fields['IMDB Rating'].value,
      imdbVotes: fields['IMDB Votes'].value,
      about: {
        distributor: fields.Distributor.value,
        basedOn: fields.Source.value,
        mpaa: fields['MPAA Rating'].value,
      },
    },
    director: fields.Director.value,
    genres: [
      ...(genre === null ? [] : [{ name: genre, kind: 'genre' } as const]),
      ...(type === null ? [] : [{ name: type, kind: 'creative type' } as const]),
    ],
  }
}

export const movieRules: RowRules<t.TypeOf<typeof MovieRow>, Film> = {
  file: 'movies.json',
  codec: MovieRow,
  record: film,
  check: () => null,
  key: ({ row }) => JSON.stringify([row.title, row.released]),
  duplicate: 'a second row for the same title and release date',
  called: ({ row }) => row.title,
}

// The three files as they are, and what of them should be kept: in plain TypeScript, without relvar and without the example's
// validation, so that one can be checked by the other.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const folder = join(createRequire(import.meta.url).resolve('vega-datasets'), '../../data')
const read = (name: string): string => readFileSync(join(folder, name), 'utf8')

// -------------------------------------------------------------------------------------
// airports.csv
// -------------------------------------------------------------------------------------

export interface AirportLine {
  readonly iata: string
  readonly name: string
  readonly city: string | null
  readonly state: string | null
  readonly country: string
  readonly latitude: number
  readonly longitude: number
}

/** Cells of a line in which a comma may stand inside quotes. */
const cells = (line: string): ReadonlyArray<string> =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
  )

export const airportLines: ReadonlyArray<ReadonlyArray<string>> = read('airports.csv')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((line) => cells(line.trimEnd()))

const unlessNa = (cell: string): string | null => (cell === 'NA' ? null : cell)

export const airports: ReadonlyArray<AirportLine> = airportLines.map(
  ([iata = '', name = '', city = '', state = '', country = '', latitude = '', longitude = '']) => ({
    iata,
    name,
    city: unlessNa(city),
    state: unlessNa(state),
    country,
    latitude: Number(latitude),
    longitude: Number(longitude),
  }),
)

// -------------------------------------------------------------------------------------
// flights-20k.json
// -------------------------------------------------------------------------------------

export interface FlightRow {
  readonly date: string
  readonly delay: number
  readonly distance: number
  readonly origin: string
  readonly destination: string
}

// What JSON.parse gives is what the file says: these tests look at every field that they use.
export const flightRows = JSON.parse(read('flights-20k.json')) as ReadonlyArray<FlightRow>

/** The first row of each departure, origin and destination. */
export const flights: ReadonlyArray<FlightRow> = [
  ...flightRows
    .toReversed()
    .reduce((rows, row) => rows.set(`${row.date}|${row.origin}|${row.destination}`, row), new Map<string, FlightRow>())
    .values(),
].toReversed()

// -------------------------------------------------------------------------------------
// movies.json
// -------------------------------------------------------------------------------------

export interface MovieRow {
  readonly Title: string | number | null
  readonly 'Release Date': string
  readonly Director: string | null
  readonly 'Major Genre': string | null
  readonly 'Creative Type': string | null
  readonly 'Production Budget': number | null
  readonly 'US Gross': number | null
  readonly 'Rotten Tomatoes Rating': number | null
  readonly 'IMDB Rating': number | null
  readonly 'IMDB Votes': number | null
  readonly 'MPAA Rating': string | null
  readonly Distributor: string | null
}

export const movieRows = JSON.parse(read('movies.json')) as ReadonlyArray<MovieRow>

const monthNames = 'JanFebMarAprMayJunJulAugSepOctNovDec'

/** The day of release, with the century put right. */
export const dayOf = (row: MovieRow): string => {
  const [month = '', day = '', year = ''] = row['Release Date'].split(' ')
  const number = String(monthNames.indexOf(month) / 3 + 1).padStart(2, '0')
  return `${Number(year) > 2011 ? Number(year) - 100 : year}-${number}-${day}`
}

/** A film with its place among those that are kept, which is the order of their ids. */
export interface FilmRow {
  readonly at: number
  readonly title: string
  readonly released: string
  readonly row: MovieRow
  readonly genres: ReadonlyArray<string>
}

export const films: ReadonlyArray<FilmRow> = movieRows
  .filter((row) => row.Title !== null)
  .map((row, at) => ({
    at,
    title: String(row.Title),
    released: dayOf(row),
    row,
    genres: [row['Major Genre'], row['Creative Type']].filter((name) => name !== null).toSorted(),
  }))

// -------------------------------------------------------------------------------------
// arithmetic
// -------------------------------------------------------------------------------------

export const mean = (numbers: ReadonlyArray<number>): number => numbers.reduce((a, b) => a + b, 0) / numbers.length

export const groups = <A>(
  items: ReadonlyArray<A>,
  key: (item: A) => string,
): ReadonlyArray<readonly [string, ReadonlyArray<A>]> => {
  const found = new Map<string, Array<A>>()
  for (const item of items) found.set(key(item), [...(found.get(key(item)) ?? []), item])
  return [...found]
}

/** Sorts by keys, one after the other; text by code units, which is what the engines of the tests do. */
export const sorted = <A>(
  items: ReadonlyArray<A>,
  ...keys: ReadonlyArray<(item: A) => string | number>
): ReadonlyArray<A> =>
  items.toSorted((a, b) => {
    for (const key of keys) {
      const [x, y] = [key(a), key(b)]
      if (x !== y) return x < y ? -1 : 1
    }
    return 0
  })

// The answers to the example's questions, computed straight from the files.
import { airports, films, type FilmRow, flights, groups, mean, sorted } from './files.js'

const airport = new Map(airports.map((row) => [row.iata, row]))
const cityOf = (iata: string): string | null => airport.get(iata)?.city ?? null

// -------------------------------------------------------------------------------------
// flights
// -------------------------------------------------------------------------------------

export const slowestRoutes = (flightsAtLeast: number) =>
  sorted(
    groups(flights, (f) => `${f.origin}>${f.destination}`)
      .filter(([, legs]) => legs.length >= flightsAtLeast)
      .map(([route, legs]) => {
        const [from = '', to = ''] = route.split('>')
        const delays = legs.map((f) => f.delay)
        const counts = { flights: legs.length, delay: mean(delays), worst: Math.max(...delays) }
        return { from, fromCity: cityOf(from), to, toCity: cityOf(to), ...counts }
      }),
    (r) => -r.delay,
    (r) => r.from,
    (r) => r.to,
  ).slice(0, 10)

const countBy = (key: 'origin' | 'destination'): ReadonlyMap<string, number> =>
  new Map(groups(flights, (f) => f[key]).map(([iata, legs]) => [iata, legs.length]))

const departures = countBy('origin')
const arrivals = countBy('destination')

export const busiestAirports = (top: number) =>
  sorted(
    airports.flatMap(({ iata, name }) => {
      const [out, into] = [departures.get(iata), arrivals.get(iata) ?? 0]
      return out === undefined ? [] : [{ iata, name, departures: out, arrivals: into, flights: out + into }]
    }),
    (r) => -r.flights,
    (r) => r.iata,
  ).slice(0, top)

export const airportsOf = (state: string) =>
  sorted(
    airports
      .filter((row) => row.state === state)
      .map(({ iata, name }) => {
        const delays = flights.filter((f) => f.origin === iata).map((f) => f.delay)
        return { iata, name, departures: delays.length, delay: delays.length === 0 ? null : mean(delays) }
      }),
    (r) => -r.departures,
    (r) => r.iata,
  )

export const unreached = sorted(
  airports.filter(({ iata }) => !arrivals.has(iata)),
  (r) => r.iata,
)

export const leftButNotReached = unreached.filter(({ iata }) => departures.has(iata))

export const statesWithAirports = (airportsAtLeast: number) =>
  sorted(
    groups(
      airports.filter((row) => row.country === 'USA' && row.state !== null),
      (row) => String(row.state),
    )
      .filter(([, rows]) => rows.length >= airportsAtLeast)
      .map(([state, rows]) => {
        const cities = new Set(rows.flatMap((row) => row.city ?? []))
        return { state, airports: rows.length, cities: cities.size }
      }),
    (r) => -r.airports,
    (r) => r.state,
  )

const reaches: ReadonlyArray<readonly [string, number, number]> = [
  ['under 250 miles', 0, 250],
  ['250 to 499', 250, 500],
  ['500 to 999', 500, 1000],
  ['1000 to 1999', 1000, 2000],
  ['2000 and more', 2000, Infinity],
]

export const delayByDistance = reaches.map(([distance, least, below]) => {
  const legs = flights.filter((f) => f.distance >= least && f.distance < below)
  const late = legs.filter((f) => f.delay > 15).length
  return { distance, flights: legs.length, delay: mean(legs.map((f) => f.delay)), late: (late * 100) / legs.length }
})

const routes = new Set(flights.map((f) => `${f.origin}>${f.destination}`))

export const oneWayRoutes = [...routes]
  .map((route) => route.split('>'))
  .flatMap(([from = '', to = '']) => (routes.has(`${to}>${from}`) ? [] : [{ from, to }]))
  .toSorted((a, b) => (`${a.from} ${a.to}` < `${b.from} ${b.to}` ? -1 : 1))

/** What a board shows of each departure, in the order of time. */
export const board = (iata: string, day: string) =>
  sorted(
    flights.filter((f) => f.origin === iata && f.date.startsWith(day.replaceAll('-', '/'))),
    (f) => f.date,
  ).map(({ date, delay, distance, origin, destination }) => ({
    departs: `${date.replaceAll('/', '-').replace(' ', 'T')}:00.000000Z`,
    delay,
    distance,
    origin,
    destination,
  }))

// -------------------------------------------------------------------------------------
// films
// -------------------------------------------------------------------------------------

const byDirector = groups(
  films.filter((film) => film.row.Director !== null),
  (film) => String(film.row.Director),
)

const inOrder = (list: ReadonlyArray<FilmRow>): ReadonlyArray<FilmRow> =>
  sorted(
    list,
    (film) => film.released,
    (film) => film.at,
  )

/** Directors by the number of their films, with these in the order of release. */
export const directorsWithFilms = (top: number) =>
  sorted(
    byDirector,
    ([, list]) => -list.length,
    ([name]) => name,
  )
    .slice(0, top)
    .map(([name, list]) => ({
      name,
      films: inOrder(list).map(({ title, released, genres }) => ({ title, released, genres })),
    }))

export const betterThanTheirDirector = (filmsAtLeast: number) =>
  sorted(
    byDirector.flatMap(([director, list]) => {
      const rated = list.flatMap(({ at, title, row }) => {
        const imdb = row['IMDB Rating']
        return imdb === null ? [] : [{ at, title, imdb }]
      })
      const average = mean(rated.map(({ imdb }) => imdb))
      return rated.length < filmsAtLeast
        ? []
        : rated.map(({ at, title, imdb }) => ({ at, title, director, imdb, mean: average, better: imdb - average }))
    }),
    (r) => -r.better,
    (r) => r.at,
  )
    .slice(0, 10)
    .map(({ title, director, imdb, mean: average, better }) => ({ title, director, imdb, mean: average, better }))

const judged = films.flatMap(({ at, title, row }) => {
  const { 'IMDB Rating': imdb, 'Rotten Tomatoes Rating': tomatoes, 'IMDB Votes': votes } = row
  return imdb === null || tomatoes === null || votes === null || votes < 1000
    ? []
    : [{ at, title, imdb, tomatoes, gap: imdb * 10 - tomatoes }]
})

export const disputedFilms = (top: number) => {
  const first = (who: string, sign: number) =>
    sorted(
      judged,
      (film) => sign * film.gap,
      (film) => film.at,
    )
      .slice(0, top)
      .map(({ title, imdb, tomatoes, gap }) => ({ who, title, imdb, tomatoes, gap }))
  return sorted(
    [...first('the audience', -1), ...first('the critics', 1)],
    (film) => -film.gap,
    (film) => film.title,
  )
}

const kinds = [
  ['genre', 'Major Genre'],
  ['creative type', 'Creative Type'],
] as const

export const genresByShare = sorted(
  kinds.flatMap(([kind, field]) =>
    groups(
      films.filter((film) => film.row[field] !== null),
      (film) => String(film.row[field]),
    ).map(([name, list]) => ({ kind, name, films: list.length, share: (list.length * 100) / films.length })),
  ),
  (r) => -r.films,
  (r) => r.name,
)

export const grossUnknown = sorted(
  films.filter((film) => film.row['US Gross'] === null),
  (film) => film.released,
  (film) => film.title,
).map(({ title, released, row }) => ({
  title,
  released,
  director: row.Director,
  budget: row['Production Budget'] === null ? null : BigInt(row['Production Budget']),
}))

/** Films, newest first, those of one day in the order of the file. */
export const newestFilms = (from: number, to: number) =>
  films
    .toSorted((a, b) => (a.released === b.released ? a.at - b.at : a.released < b.released ? 1 : -1))
    .slice(from, to)
    .map(({ title, released, row }) => ({ title, released, distributor: row.Distributor }))

// -------------------------------------------------------------------------------------
// the change
// -------------------------------------------------------------------------------------

const filmsBy = (director: string) => byDirector.find(([name]) => name === director)?.[1] ?? []

const credit = ({ title, released, genres }: FilmRow) => ({ title, released, genres })

/** The two directors before and after the unit of work. */
export const concernedBefore = [{ name: 'King Vidor', films: inOrder(filmsBy('King Vidor')).map(credit) }]

const wizard = inOrder(filmsBy('King Vidor'))
  .map(credit)
  .filter((film) => film.title === 'The Wizard of Oz')

export const concernedAfter = [
  { name: 'King Vidor', films: concernedBefore[0]?.films.filter((film) => film.title !== 'The Wizard of Oz') ?? [] },
  {
    name: 'Victor Fleming',
    films: [
      { title: 'Treasure Island', released: '1934-08-17', genres: ['Adventure'] },
      { title: 'Captains Courageous', released: '1937-06-25', genres: [] },
      ...wizard,
    ],
  },
]

/** Directors, films, and links of films and genres. */
export const totals = {
  directors: byDirector.length,
  films: films.length,
  links: films.flatMap((film) => film.genres).length,
}

/** How many links go with the film that is removed. */
export const linksRemoved = films.find((film) => film.title === 'Foodfight!')?.genres.length ?? 0

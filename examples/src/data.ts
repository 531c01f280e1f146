/**
 * The data: files of the package vega-datasets, which no one here wrote, read and checked.
 */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'

import { type FileError, fileError } from './failure.js'
import { type Airport, airportRules } from './validate/airport.js'
import { type Flight, flightRules } from './validate/flight.js'
import { type Film, movieRules } from './validate/movie.js'
import { type Checked, checkRows } from './validate/rows.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Everything that is to be imported, and what was found wrong with the rest. */
export interface Data {
  readonly airports: Checked<Airport>
  readonly flights: Checked<Flight>
  readonly films: Checked<Film>
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const pathOf = (name: string): string =>
  // The package exports its code alone, which stands beside the folder of its data.
  join(createRequire(import.meta.url).resolve('vega-datasets'), '../../data', name)

const rowsOf = (name: string, parseRows: (text: string) => unknown): TE.TaskEither<FileError, ReadonlyArray<unknown>> =>
  TE.tryCatch(
    async () => {
      const rows = parseRows(await readFile(pathOf(name), 'utf8'))
      if (Array.isArray(rows)) return rows
      throw new TypeError('a list of rows was expected')
    },
    (thrown) => fileError(`${name} of vega-datasets`, thrown),
  )

// A row with too few or too many cells is for the validation to refuse, so it is no error here.
const parseCsv = (text: string): unknown => parse(text, { columns: true, bom: true, relax_column_count: true })

/** Reads and checks all files. */
export const readData: TE.TaskEither<FileError, Data> = pipe(
  TE.Do,
  TE.bind('airportRows', () => rowsOf('airports.csv', parseCsv)),
  TE.bind('flightRows', () => rowsOf('flights-20k.json', JSON.parse)),
  TE.bind('movieRows', () => rowsOf('movies.json', JSON.parse)),
  TE.map(({ airportRows, flightRows, movieRows }) => {
    const airports = checkRows(airportRules)(airportRows)
    const known = new Set(airports.records.map(({ iata }) => iata))
    return {
      airports,
      flights: checkRows(flightRules(known))(flightRows),
      films: checkRows(movieRules)(movieRows),
    }
  }),
)

/**
 * Rows of airports.csv: all their fields are text.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import type { InsertOf } from 'relvar'

import type { airports } from '../tables.js'
import { asIs, field, type FieldCodec, mended, numberFrom, required, Words } from './field.js'
import type { RowRules } from './rows.js'

/** The code of an airport: three characters or four. */
export const Code = t.refinement(t.string, (s) => /^[A-Z0-9]{3,4}$/.test(s), 'Code')

const State = t.refinement(t.string, (s) => /^[A-Z]{2}$/.test(s), 'State')

/** Text in which `NA` stands for what is not known: a state of that name there is not. */
const knownOrNot = (what: string, codec: t.Type<string, unknown, unknown>): FieldCodec<string | null> =>
  field(what, (found) =>
    found === 'NA'
      ? E.right(mended(null, `the ${what} is NA: taken as unknown`))
      : pipe(
          codec.decode(found),
          E.bimap(() => `no ${what}`, asIs),
        ),
  )

const degrees = (what: string, most: number): FieldCodec<number> =>
  field(what, (found) =>
    pipe(
      numberFrom(-most, most).decode(typeof found === 'string' && found.trim() !== '' ? Number(found) : found),
      E.bimap(() => `no ${what} from -${most} to ${most}`, asIs),
    ),
  )

const AirportRow = t.strict({
  iata: required(Code, 'no airport code'),
  name: required(Words, 'no name'),
  city: knownOrNot('city', Words),
  state: knownOrNot('state', State),
  country: required(Words, 'no country'),
  latitude: degrees('latitude', 90),
  longitude: degrees('longitude', 180),
})

export type Airport = InsertOf<typeof airports>

export const airportRules: RowRules<t.TypeOf<typeof AirportRow>, Airport> = {
  file: 'airports.csv',
  codec: AirportRow,
  record: ({ iata, name, city, state, country, latitude, longitude }) => ({
    iata: iata.value,
    name: name.value,
    city: city.value,
    state: state.value,
    country: country.value,
    latitude: latitude.value,
    longitude: longitude.value,
  }),
  check: () => null,
  key: ({ iata }) => iata,
  duplicate: 'a second row for the same airport',
  called: ({ iata, name }) => `${iata} ${name}`,
}

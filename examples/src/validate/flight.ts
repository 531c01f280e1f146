/**
 * Rows of flights-20k.json.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import * as t from 'io-ts'
import type { InsertOf } from 'relvar'

import type { flights } from '../tables.js'
import { Code } from './airport.js'
import { isoDay } from './calendar.js'
import { asIs, field, required, wholeFrom } from './field.js'
import type { RowRules } from './rows.js'

/** `2001/01/31 23:59`. */
const departure = field('departure', (found) => {
  const [, year, month, day, hour, minute] =
    /^(\d{4})\/(\d{2})\/(\d{2}) ([01]\d|2[0-3]):([0-5]\d)$/.exec(typeof found === 'string' ? found : '') ?? []
  return pipe(
    isoDay(Number(year), Number(month), Number(day)),
    O.map((date) => asIs(`${date}T${hour}:${minute}:00Z`)),
    E.fromOption(() => 'the departure is no date and time'),
  )
})

const FlightRow = t.strict({
  date: departure,
  delay: required(wholeFrom(-1440, 10_000), 'no delay in whole minutes'),
  distance: required(wholeFrom(1, 12_500), 'no distance in whole miles'),
  origin: required(Code, 'no code of the origin'),
  destination: required(Code, 'no code of the destination'),
})

export type Flight = InsertOf<typeof flights>

/** The rules for flights between known airports. */
export const flightRules = (known: ReadonlySet<string>): RowRules<t.TypeOf<typeof FlightRow>, Flight> => ({
  file: 'flights-20k.json',
  codec: FlightRow,
  record: ({ date, delay, distance, origin, destination }) => ({
    departs: date.value,
    delay: delay.value,
    distance: distance.value,
    origin: origin.value,
    destination: destination.value,
  }),
  check: ({ origin, destination }) => {
    if (!known.has(origin)) return 'the origin is no known airport'
    if (!known.has(destination)) return 'the destination is no known airport'
    return origin === destination ? 'it ends where it began' : null
  },
  // The file has no flight numbers, so this is all that tells two flights apart.
  key: ({ departs, origin, destination }) => `${departs} ${origin} ${destination}`,
  duplicate: 'a second row for the same flight',
  called: ({ departs, origin, destination }) => `${origin} to ${destination} at ${departs}`,
})

/**
 * What is there and what is not: EXISTS over a relation, outer joins, and queries that have a name.
 */
import { pipe } from 'fp-ts/lib/function.js'
import {
  add,
  any,
  asc,
  avg,
  coalesce,
  count,
  Db,
  desc,
  eq,
  from,
  groupBy,
  innerJoin,
  leftJoin,
  limit,
  none,
  orderBy,
  select,
  subquery,
  where,
} from 'relvar'

import { question } from '../question.js'
import { arrivalsOf, departuresOf } from '../relations.js'
import { label, meanMinutes, whole } from '../table-print.js'
import { airports, flights } from '../tables.js'

/** Airports that flights leave, but that none of the file reaches. */
export const leftButNotReached = pipe(
  from(airports),
  where(any(departuresOf)),
  where(none(arrivalsOf)),
  orderBy(airports.iata),
)

export const askLeftButNotReached = question(
  'Which airports do flights leave that no flight reaches?',
  Db.all(leftButNotReached),
)([
  label('airport', (r) => r.iata),
  label('name', (r) => r.name),
  label('city', (r) => r.city),
  label('state', (r) => r.state),
])

/** All airports that no flight of the file reaches. */
export const unreached = pipe(from(airports), where(none(arrivalsOf)), orderBy(airports.iata))

export const askUnreached = question(
  'Which airports does no flight reach at all?',
  Db.all(unreached),
)([
  label('airport', (r) => r.iata),
  label('name', (r) => r.name),
  label('city', (r) => r.city),
  label('state', (r) => r.state),
])

/** Every airport of a state with its departures; one that no flight leaves has none, and no mean delay either. */
export const airportsOf = (state: string) =>
  pipe(
    from(airports),
    leftJoin(flights, eq(flights.origin, airports.iata)),
    where(eq(airports.state, state)),
    groupBy(airports.iata),
    select({
      iata: airports.iata,
      name: airports.name,
      departures: count(flights.id),
      delay: avg(flights.delay),
    }),
    orderBy(desc(count(flights.id)), asc(airports.iata)),
  )

export const askAirportsOfHawaii = question(
  'How many flights leave each airport of Hawaii, those without any included?',
  Db.all(airportsOf('HI')),
)([
  label('airport', (r) => r.iata),
  label('name', (r) => r.name),
  whole('departures', (r) => r.departures),
  meanMinutes('mean delay', (r) => r.delay),
])

/** How many flights leave each airport: a query with a name is a table like any other. */
const departures = pipe(
  from(flights),
  groupBy(flights.origin),
  select({ iata: flights.origin, flights: count() }),
  subquery('departures'),
)

const arrivals = pipe(
  from(flights),
  groupBy(flights.destination),
  select({ iata: flights.destination, flights: count() }),
  subquery('arrivals'),
)

/** The airports with most flights in and out. An airport that no flight reaches counts with its departures. */
export const busiestAirports = (top: number) => {
  const landed = coalesce(arrivals.flights, 0)
  return pipe(
    from(airports),
    innerJoin(departures, eq(departures.iata, airports.iata)),
    leftJoin(arrivals, eq(arrivals.iata, airports.iata)),
    select({
      iata: airports.iata,
      name: airports.name,
      departures: departures.flights,
      arrivals: landed,
      flights: add(departures.flights, landed),
    }),
    orderBy(desc(add(departures.flights, landed)), asc(airports.iata)),
    limit(top),
  )
}

export const askBusiestAirports = question(
  'Which airports are the busiest?',
  Db.all(busiestAirports(10)),
)([
  label('airport', (r) => r.iata),
  label('name', (r) => r.name),
  whole('departures', (r) => r.departures),
  whole('arrivals', (r) => r.arrivals),
  whole('flights', (r) => r.flights),
])

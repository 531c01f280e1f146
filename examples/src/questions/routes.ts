/**
 * Joins, groups and HAVING: the slowest routes, and the states with most airports.
 */
import { pipe } from 'fp-ts/lib/function.js'
import {
  alias,
  and,
  asc,
  avg,
  count,
  countDistinct,
  Db,
  desc,
  eq,
  from,
  groupBy,
  gte,
  having,
  innerJoin,
  isNotNull,
  limit,
  max,
  orderBy,
  select,
  where,
} from 'relvar'

import { question } from '../question.js'
import { label, meanMinutes, minutes, whole } from '../table-print.js'
import { airports, flights } from '../tables.js'

// One table joined twice: each time under a name of its own.
const start = pipe(airports, alias('start'))
const end = pipe(airports, alias('end'))

/** Routes with at least so many flights, the greatest mean delay first. The keys of both airports free their columns. */
export const slowestRoutes = (flightsAtLeast: number) =>
  pipe(
    from(flights),
    innerJoin(start, eq(start.iata, flights.origin)),
    innerJoin(end, eq(end.iata, flights.destination)),
    groupBy(start.iata, end.iata),
    having(gte(count(), flightsAtLeast)),
    select({
      from: start.iata,
      fromCity: start.city,
      to: end.iata,
      toCity: end.city,
      flights: count(),
      delay: avg(flights.delay),
      worst: max(flights.delay),
    }),
    orderBy(desc(avg(flights.delay)), asc(start.iata), asc(end.iata)),
    limit(10),
  )

export const askSlowestRoutes = question(
  'Which routes with at least 30 flights are the slowest, by their mean delay?',
  Db.all(slowestRoutes(30)),
)([
  label('from', (r) => `${r.from} ${r.fromCity ?? ''}`),
  label('to', (r) => `${r.to} ${r.toCity ?? ''}`),
  whole('flights', (r) => r.flights),
  meanMinutes('mean delay', (r) => r.delay),
  minutes('worst', (r) => r.worst),
])

/** States (and territories) of the USA with more than so many airports. */
export const statesWithAirports = (airportsAtLeast: number) =>
  pipe(
    from(airports),
    where(and(eq(airports.country, 'USA'), isNotNull(airports.state))),
    groupBy(airports.state),
    having(gte(count(), airportsAtLeast)),
    select({ state: airports.state, airports: count(), cities: countDistinct(airports.city) }),
    orderBy(desc(count()), asc(airports.state)),
  )

export const askStatesWithAirports = question(
  'Which states have a hundred airports or more?',
  Db.all(statesWithAirports(100)),
)([label('state', (r) => r.state), whole('airports', (r) => r.airports), whole('cities', (r) => r.cities)])

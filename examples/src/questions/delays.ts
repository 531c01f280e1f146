/**
 * Groups that no column holds: CASE makes them.
 */
import { pipe } from 'fp-ts/lib/function.js'
import { avg, caseWhen, count, Db, div, from, groupBy, gt, lt, min, mul, orderBy, select, sum } from 'relvar'

import { question } from '../question.js'
import { label, meanMinutes, percent, whole } from '../table-print.js'
import { flights } from '../tables.js'

/** The word for a distance. */
const reach = caseWhen(lt(flights.distance, 250), 'under 250 miles')
  .when(lt(flights.distance, 500), '250 to 499')
  .when(lt(flights.distance, 1000), '500 to 999')
  .when(lt(flights.distance, 2000), '1000 to 1999')
  .otherwise('2000 and more')

const late = caseWhen(gt(flights.delay, 15), 1).otherwise(0)

/** Mean delay, and the share of late flights, by distance. */
export const delayByDistance = pipe(
  from(flights),
  groupBy(reach),
  select({
    distance: reach,
    flights: count(),
    delay: avg(flights.delay),
    late: div(mul(sum(late), 100), count()),
  }),
  orderBy(min(flights.distance)),
)

export const askDelayByDistance = question(
  'Are long flights late more often? (Late: by more than a quarter of an hour.)',
  Db.all(delayByDistance),
)([
  label('distance', (r) => r.distance),
  whole('flights', (r) => r.flights),
  meanMinutes('mean delay', (r) => r.delay),
  percent('late', (r) => r.late),
])

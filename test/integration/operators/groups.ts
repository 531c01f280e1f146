// Aggregates, and queries inside expressions, in the catalogue.
import { pipe } from 'fp-ts/lib/function.js'

import {
  and,
  avg,
  count,
  countDistinct,
  eq,
  exists,
  from,
  inQuery,
  literal,
  integer,
  max,
  min,
  not,
  scalar,
  select,
  sum,
  where,
} from '../../../src/index.js'
import { type Entry, entry } from './entry.js'
import { others } from './fixture.js'

/** Each row of the fixture is a group of its own. */
export const aggregates: ReadonlyArray<Entry> = [
  entry('count', () => count(), [1, 1, 1, 1], { kind: 'aggregate' }),
  entry('count of values', (t) => count(t.n), [1, 1, 1, 0], { kind: 'aggregate' }),
  entry('countDistinct', (t) => countDistinct(t.flag), [1, 1, 0, 0], { kind: 'aggregate' }),
  entry('sum', (t) => sum(t.n), [7, -7, 0, null], { kind: 'aggregate' }),
  entry('sum of bigints', (t) => sum(t.big), ['7', '-9007199254740993', '0', null], { kind: 'aggregate' }),
  entry('avg', (t) => avg(t.x), [2.5, -0.5, 0, null], { kind: 'aggregate' }),
  entry('min', (t) => min(t.name), ['Wendy', 'ed % !', '', null], { kind: 'aggregate' }),
  entry('max', (t) => max(t.day), ['2024-02-29', '1999-12-31', '2024-03-01', null], { kind: 'aggregate' }),
]

export const queries: ReadonlyArray<Entry> = [
  entry('literal', () => literal(5, integer), [5, 5, 5, 5]),
  entry('exists', (t) => exists(pipe(from(others), where(and(eq(others.id, t.id), eq(others.n, 7))))), [
    true,
    false,
    false,
    false,
  ]),
  entry('not exists', (t) => not(exists(pipe(from(others), where(eq(others.id, t.id))))), [false, false, false, true]),
  entry('inQuery', (t) => pipe(t.n, inQuery(pipe(from(others), where(eq(others.id, 1)), select(others.n)))), [
    true,
    false,
    false,
    null,
  ]),
  entry('inQuery with a null', (t) => pipe(t.n, inQuery(pipe(from(others), select(others.n)))), [
    true,
    null,
    true,
    null,
  ]),
  entry('scalar', (t) => scalar(pipe(from(others), where(eq(others.id, t.id)), select(others.n))), [7, 0, null, null]),
]

// Comparison, logic and choice in the catalogue.
import { pipe } from 'fp-ts/lib/function.js'

import {
  and,
  between,
  caseWhen,
  coalesce,
  concat,
  containsText,
  endsWith,
  eq,
  gt,
  gte,
  ilike,
  inList,
  isDistinctFrom,
  isFalse,
  isNotDistinctFrom,
  isNotFalse,
  isNotNull,
  isNotTrue,
  isNull,
  isTrue,
  like,
  lt,
  lte,
  ne,
  not,
  notInList,
  or,
  startsWith,
} from '../../../src/index.js'
import { type Entry, entry } from './entry.js'

export const comparison: ReadonlyArray<Entry> = [
  entry('eq', (t) => eq(t.n, 7), [true, false, false, null]),
  entry('eq of text', (t) => eq(t.name, 'wendy'), [false, false, false, null]),
  entry('eq of decimals', (t) => eq(t.price, '2.5'), [true, false, false, null]),
  entry('eq of instants', (t) => eq(t.at, '1970-01-01T00:00:00Z'), [false, false, true, null]),
  entry('eq of UUIDs', (t) => eq(t.uid, '7c9e6679-7425-40de-944b-e07fc1f90ae7'), [false, true, false, null]),
  entry('eq of bytes', (t) => eq(t.bytes, Uint8Array.of(1, 2)), [true, false, false, null]),
  entry('ne', (t) => ne(t.n, t.m), [true, true, false, null]),
  entry('lt', (t) => lt(t.n, t.m), [false, true, false, null]),
  entry('lt of text', (t) => lt(t.name, 'a'), [true, false, true, null]),
  entry('lte', (t) => lte(t.n, 0), [false, true, true, null]),
  entry('gt', (t) => gt(t.n, 0), [true, false, false, null]),
  entry('gt of an integer and a fraction', (t) => gt(t.n, 6.5), [true, false, false, null]),
  entry('gte', (t) => gte(t.x, 0), [true, false, true, null]),
  entry('between', (t) => pipe(t.n, between(0, 7)), [true, false, true, null]),
  entry('between, reversed', (t) => pipe(t.n, between(7, 0)), [false, false, false, null]),
  entry('isDistinctFrom', (t) => isDistinctFrom(t.n, 7), [false, true, true, true]),
  entry('isDistinctFrom null', (t) => isDistinctFrom(t.flag, null), [true, true, false, false]),
  entry('isNotDistinctFrom', (t) => isNotDistinctFrom(t.n, t.m), [false, false, true, true]),
  entry('inList', (t) => pipe(t.n, inList([0, 7])), [true, false, true, null]),
  entry('inList of nothing', (t) => pipe(t.n, inList([])), [false, false, false, false]),
  entry('notInList', (t) => pipe(t.name, notInList(['Wendy'])), [false, true, true, null]),
]

export const logic: ReadonlyArray<Entry> = [
  entry('a boolean', (t) => t.flag, [true, false, null, null]),
  entry('and', (t) => and(t.flag, gt(t.n, 0)), [true, false, false, null]),
  entry('and of nothing', () => and(), [true, true, true, true]),
  entry('or', (t) => or(t.flag, lte(t.n, 0)), [true, true, true, null]),
  entry('or of nothing', () => or(), [false, false, false, false]),
  entry('not', (t) => not(t.flag), [false, true, null, null]),
  entry('not of inList', (t) => not(pipe(t.n, inList([7]))), [false, true, true, null]),
  entry('isNull', (t) => isNull(t.flag), [false, false, true, true]),
  entry('isNotNull', (t) => isNotNull(t.doc), [true, true, true, false]),
  entry('isTrue', (t) => isTrue(t.flag), [true, false, false, false]),
  entry('isFalse', (t) => isFalse(t.flag), [false, true, false, false]),
  entry('isNotTrue', (t) => isNotTrue(t.flag), [false, true, true, true]),
  entry('isNotFalse', (t) => isNotFalse(gt(t.n, 0)), [true, false, false, true]),
]

export const choice: ReadonlyArray<Entry> = [
  entry('caseWhen', (t) => caseWhen(gt(t.n, 0), 'up').when(lt(t.n, 0), 'down').end, ['up', 'down', null, null]),
  entry('caseWhen, otherwise', (t) => caseWhen(t.flag, t.n).otherwise(0), [7, 0, 0, 0]),
  entry('coalesce', (t) => coalesce(t.n, -1), [7, -7, 0, -1]),
]

export const patterns: ReadonlyArray<Entry> = [
  entry('like', (t) => pipe(t.name, like('We%')), [true, false, false, null]),
  entry('ilike', (t) => pipe(t.name, ilike('w%Y')), [true, false, false, null]),
  entry('startsWith', (t) => pipe(t.name, startsWith('ed %')), [false, true, false, null]),
  entry('endsWith', (t) => pipe(t.name, endsWith('% !')), [false, true, false, null]),
  entry('containsText', (t) => pipe(t.name, containsText('%')), [false, true, false, null]),
  entry('concat', (t) => concat(t.name, '/', t.code), ['Wendy/ab', 'ed % !/b', '/', null]),
]

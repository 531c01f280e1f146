// Text, times, documents, arrays, windows and raw SQL in the catalogue.
import { pipe } from 'fp-ts/lib/function.js'

import {
  addInterval,
  anyOf,
  array,
  arrayAppend,
  arrayConcat,
  arrayContainedBy,
  arrayContains,
  arrayLength,
  arrayOverlaps,
  arrayPosition,
  byteLength,
  charLength,
  concat,
  concatWs,
  count,
  customFunction,
  dateOf,
  daysBetween,
  elementAt,
  eq,
  eqAnyElement,
  extract,
  from,
  indexOf,
  inRows,
  integer,
  jsonArray,
  jsonContains,
  jsonExists,
  jsonLength,
  jsonObject,
  jsonPath,
  jsonTypeOf,
  literal,
  lower,
  lpad,
  ltrim,
  microsecondsBetween,
  nullable,
  over,
  regexMatches,
  repeat,
  replace,
  reverse,
  rowNumber,
  rpad,
  rtrim,
  secondsBetween,
  select,
  sql,
  startsWith,
  substring,
  sum,
  takeLeft,
  takeRight,
  text,
  timeOf,
  toTimestamp,
  toTimestamptz,
  trim,
  truncateTo,
  upper,
  where,
} from '../../../src/index.js'
import { type Entry, entry } from './entry.js'
import { others } from './fixture.js'

export const texts: ReadonlyArray<Entry> = [
  entry('lower', (t) => lower(t.name), ['wendy', 'ed % !', '', null]),
  entry('upper', (t) => upper(t.name), ['WENDY', 'ED % !', '', null]),
  entry('charLength', (t) => charLength(t.name), [5, 6, 0, null]),
  entry('byteLength', (t) => byteLength(t.name), [5, 6, 0, null]),
  entry('trim', (t) => trim(concat(' ', t.name, ' ')), ['Wendy', 'ed % !', '', null]),
  entry('ltrim', (t) => ltrim(concat(' ', t.name, ' ')), ['Wendy ', 'ed % ! ', '', null]),
  entry('rtrim', (t) => rtrim(concat(' ', t.name, ' ')), [' Wendy', ' ed % !', '', null]),
  entry('concatWs', (t) => concatWs('-', t.code, t.name), ['ab-Wendy', 'b-ed % !', '-', '']),
  entry('substring', (t) => pipe(t.name, substring(1, 3)), ['end', 'd %', '', null]),
  entry('indexOf', (t) => pipe(t.name, indexOf('e')), [1, 0, -1, null]),
  entry('replace', (t) => pipe(t.name, replace('e', 'E')), ['WEndy', 'Ed % !', '', null]),
  entry('takeLeft', (t) => pipe(t.name, takeLeft(2)), ['We', 'ed', '', null]),
  entry('takeRight', (t) => pipe(t.name, takeRight(2)), ['dy', ' !', '', null]),
  entry('lpad', (t) => pipe(t.code, lpad(3, '0')), ['0ab', '00b', '000', null]),
  entry('rpad', (t) => pipe(t.code, rpad(3, '0')), ['ab0', 'b00', '000', null]),
  entry('repeat', (t) => pipe(t.code, repeat(2)), ['abab', 'bb', '', null]),
  entry('reverse', (t) => reverse(t.code), ['ba', 'b', '', null], { refused: { sqlite: 'everywhere' } }),
  entry('startsWith of an expression', (t) => pipe(t.name, startsWith(t.code)), [false, false, true, null]),
  entry('regexMatches', (t) => pipe(t.name, regexMatches('^W.+y$')), [true, false, false, null]),
]

export const times: ReadonlyArray<Entry> = [
  entry('extract', (t) => extract(t.day, 'year'), [2024, 1999, 2024, null]),
  entry('truncateTo', (t) => truncateTo(t.day, 'month'), ['2024-02-01', '1999-12-01', '2024-03-01', null]),
  entry('addInterval', (t) => addInterval(t.day, { days: 1 }), ['2024-03-01', '2000-01-01', '2024-03-02', null]),
  entry('daysBetween', (t) => daysBetween(t.day, '2024-03-01'), [1, 8827, 0, null]),
  entry('secondsBetween', (t) => secondsBetween('2000-01-01T00:00:00Z', t.at), [762526638, 0, -946684800, null]),
  entry('microsecondsBetween', (t) => microsecondsBetween('2000-01-01T00:00:00Z', t.at), [
    762526638000396n,
    -1n,
    -946684800000000n,
    null,
  ]),
  entry('dateOf', (t) => dateOf(t.local), ['2024-02-29', '1999-12-31', '1970-01-01', null]),
  entry('timeOf', (t) => timeOf(t.local), ['12:57:18.000396', '23:59:59.999999', '00:00:00.000000', null]),
  entry('toTimestamp', (t) => toTimestamp(t.day), [
    '2024-02-29T00:00:00.000000',
    '1999-12-31T00:00:00.000000',
    '2024-03-01T00:00:00.000000',
    null,
  ]),
  entry('toTimestamptz', (t) => toTimestamptz(t.local), [
    '2024-02-29T12:57:18.000396Z',
    '1999-12-31T23:59:59.999999Z',
    '1970-01-01T00:00:00.000000Z',
    null,
  ]),
]

/** A document that was built has a type of its own, which no column has. */
const unstored = { refused: { all: ['set', 'values'] } } as const

export const documents: ReadonlyArray<Entry> = [
  entry('jsonPath', (t) => jsonPath(t.doc, ['a'], integer), [1, null, null, null]),
  entry('jsonExists', (t) => jsonExists(t.doc, ['b']), [true, false, false, false]),
  entry('jsonTypeOf', (t) => jsonTypeOf(t.doc), ['object', 'object', 'object', null]),
  entry('jsonLength', (t) => jsonLength(t.doc), [2, 1, 0, null]),
  entry('jsonContains', (t) => jsonContains(t.doc, { a: 1 }), [true, false, false, null]),
  entry('jsonObject', (t) => jsonObject({ n: t.n }), [{ n: 7 }, { n: -7 }, { n: 0 }, { n: null }], unstored),
  entry(
    'jsonArray',
    (t) => jsonArray(t.n, t.code),
    [
      [7, 'ab'],
      [-7, 'b'],
      [0, ''],
      [null, null],
    ],
    unstored,
  ),
]

/** Only PostgreSQL has arrays, and memory. */
const onPostgres = { refused: { mysql: 'everywhere', mariadb: 'everywhere', sqlite: 'everywhere' } } as const
const list = literal(['ab', 'c'], array(text))

export const arrays: ReadonlyArray<Entry> = [
  entry('arrayLength', () => arrayLength(list), [2, 2, 2, 2], onPostgres),
  entry('elementAt', (t) => elementAt(list, t.m), [null, null, 'ab', null], onPostgres),
  entry('arrayContains', () => arrayContains(list, ['c']), [true, true, true, true], onPostgres),
  entry('arrayContainedBy', () => arrayContainedBy(list, ['c']), [false, false, false, false], onPostgres),
  entry('arrayOverlaps', () => arrayOverlaps(list, ['c', 'd']), [true, true, true, true], onPostgres),
  entry('arrayConcat', () => arrayLength(arrayConcat(list, ['d'])), [3, 3, 3, 3], onPostgres),
  entry('arrayAppend', () => elementAt(arrayAppend(list, 'd'), 2), ['d', 'd', 'd', 'd'], onPostgres),
  entry('arrayPosition', () => arrayPosition(list, 'c'), [1, 1, 1, 1], onPostgres),
  entry('eqAnyElement', (t) => eqAnyElement(t.code, list), [true, false, false, null], onPostgres),
]

export const windows: ReadonlyArray<Entry> = [
  entry('rowNumber', (t) => pipe(rowNumber(), over({ orderBy: [t.id] })), [1, 2, 3, 4], { kind: 'window' }),
  entry('sum over a window', (t) => pipe(sum(t.n), over({ orderBy: [t.id] })), [7, 0, 0, 0], { kind: 'window' }),
  entry('count over a partition', (t) => pipe(count(), over({ partitionBy: [t.m] })), [2, 2, 1, 1], { kind: 'window' }),
]

const twice = customFunction({
  name: 'twice',
  takes: [integer],
  gives: integer,
  render: { others: ({ sql, operand }) => sql`${operand(0)} * 2` },
  evaluate: ([n]) => n * 2,
})
const seven = pipe(from(others), where(eq(others.id, 1)), select(others.n))

export const more: ReadonlyArray<Entry> = [
  entry(
    'inRows',
    (t) =>
      inRows(
        [t.id, t.n],
        [
          [1, 7],
          [2, 0],
        ],
      ),
    [true, false, false, false],
  ),
  entry('anyOf', (t) => pipe(t.n, anyOf('gte', seven)), [true, false, false, null]),
  entry('customFunction', (t) => twice(t.n), [14, -14, 0, null]),
  entry('sql', (t) => sql(pipe(integer, nullable))`${t.n} + ${1}`, [8, -6, 1, null], { inMemory: false }),
]

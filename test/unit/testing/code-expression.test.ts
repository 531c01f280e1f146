// Each expression that relvar's functions make is printed as a call of these, and made again by it.
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import {
  abs,
  add,
  addInterval,
  alias,
  allOf,
  and,
  any,
  type AnyExpr,
  anyOf,
  array,
  arrayAgg,
  arrayAppend,
  arrayConcat,
  arrayContainedBy,
  arrayContains,
  arrayLength,
  arrayOverlaps,
  arrayPosition,
  asc,
  avg,
  between,
  bigint,
  binary,
  bitAnd,
  bitNot,
  bitOr,
  bitXor,
  boolAnd,
  boolean,
  boolOr,
  byteLength,
  caseWhen,
  cast,
  ceil,
  char,
  charLength,
  coalesce,
  collate,
  compareRows,
  concat,
  concatWs,
  containsText,
  count,
  countDistinct,
  countOf,
  cumeDist,
  currentDate,
  currentRow,
  currentTimestamp,
  customFamily,
  customFunction,
  date,
  dateOf,
  daysBetween,
  denseRank,
  desc,
  distinctValues,
  div,
  double,
  elementAt,
  endsWith,
  eq,
  eqAnyElement,
  exists,
  exp,
  exprEq,
  extract,
  filter,
  firstValue,
  floor,
  following,
  from,
  greatest,
  grouping,
  groupsBetween,
  gt,
  gte,
  ilike,
  indexOf,
  inList,
  inQuery,
  inQueryRows,
  inRows,
  intDiv,
  integer,
  isDistinctFrom,
  isFalse,
  isNotDistinctFrom,
  isNotFalse,
  isNotNull,
  isNotTrue,
  isNull,
  isTrue,
  json,
  jsonAgg,
  jsonArray,
  jsonContains,
  jsonExists,
  jsonLength,
  jsonObject,
  jsonPath,
  jsonTypeOf,
  lag,
  lastValue,
  lead,
  least,
  like,
  limit,
  listParam,
  literal,
  ln,
  lower,
  lpad,
  lt,
  lte,
  ltrim,
  matches,
  max,
  microsecondsBetween,
  min,
  mod,
  mul,
  ne,
  negate,
  nextValue,
  not,
  notInList,
  nthValue,
  ntile,
  nullable,
  nullIf,
  nullsFirst,
  numeric,
  or,
  orderBy,
  over,
  param,
  percentRank,
  power,
  preceding,
  random,
  rangeBetween,
  rank,
  raw,
  real,
  regexMatches,
  repeat,
  replace,
  reverse,
  round,
  roundTo,
  rowNumber,
  rowsBetween,
  rpad,
  rtrim,
  scalar,
  secondsBetween,
  select,
  sequence,
  shiftLeft,
  shiftRight,
  sign,
  smallint,
  sql,
  sqrt,
  startsWith,
  stddevPop,
  stddevSamp,
  stringAgg,
  sub,
  substring,
  sum,
  table,
  takeLeft,
  takeRight,
  text,
  time,
  timeOf,
  timestamp,
  timestamptz,
  toTimestamp,
  toTimestamptz,
  trim,
  truncate,
  truncateDigits,
  truncateTo,
  unboundedFollowing,
  unboundedPreceding,
  union,
  unsigned,
  upper,
  uuid,
  varchar,
  varPop,
  varSamp,
  where,
} from 'relvar'
import { code } from 'relvar/testing'
import { describe, expect, test } from 'vitest'
import { expr, nodeOf } from '../../../src/expr/expr.js'
import { refParam } from '../../../src/expr/node.js'
import { nodeOfQuery } from '../../../src/expr/query.js'
import { integerType } from '../../../src/expr/sql-type.js'
import { run } from '../../support/printed-code.js'

const users = table('users', {
  id: integer,
  age: pipe(integer, nullable),
  small: smallint,
  big: bigint,
  weight: double,
  share: real,
  price: numeric(12, 2),
  ok: boolean,
  name: varchar(20),
  code: char(5),
  day: date,
  at: timestamptz,
  local: timestamp,
  opens: time,
  tags: array(text),
  about: json(t.type({ a: t.number })),
  key: uuid,
  seen: pipe(integer, unsigned),
})
const posts = table('posts', { authorId: integer, title: text })
const friends = pipe(users, alias('friends'))
const titles = pipe(from(posts), select(posts.title))
const window = { partitionBy: [users.ok], orderBy: [desc(users.id)] } as const
const many = sequence('many', { start: 5, cycle: true }, { schema: 'shop' })

const gap = customFunction({
  name: 'gap',
  takes: [integer, integer],
  gives: integer,
  render: { others: ({ sql: write, operand }) => write`abs(${operand(0)} - ${operand(1)})` },
})
const part = customFamily({
  name: 'part.of',
  data: t.type({ unit: t.string }),
  takes: [date],
  gives: integer,
  render: { others: ({ sql: write, operand }) => write`part(${operand(0)})` },
})
const own = { gap, part_of: part }

/** An expression as code, and what is expected of it. */
type Case = readonly [AnyExpr, string]

const operators: ReadonlyArray<Case> = [
  [eq(users.age, 1), 'eq(users.age, 1)'],
  [eq(users.age, literal(1 as never, bigint) as never), 'eq(users.age, literal(1, bigint))'],
  [ne(users.age, users.id), 'ne(users.age, users.id)'],
  [lt(users.code, 'a'), "lt(users.code, 'a')"],
  [lte(users.price, '1.5'), "lte(users.price, '1.5')"],
  [gt(users.id, 1.5), 'gt(users.id, 1.5)'],
  [gte(users.big, -3n), 'gte(users.big, -3n)'],
  [isNotDistinctFrom(users.age, null), 'isNotDistinctFrom(users.age, null)'],
  [isDistinctFrom(users.age, 3), 'isDistinctFrom(users.age, 3)'],
  [and(), 'and()'],
  [or(users.ok, not(users.ok)), 'or(users.ok, not(users.ok))'],
  [isNull(users.age), 'isNull(users.age)'],
  [isNotNull(users.age), 'isNotNull(users.age)'],
  [pipe(users.name, like('a!%')), "pipe(users.name, like('a!%'))"],
  [pipe(users.name, ilike(users.code)), 'pipe(users.name, ilike(users.code))'],
  [pipe(users.name, startsWith('a%')), "pipe(users.name, like('a!%%'))"],
  [pipe(users.name, startsWith(users.code)), 'pipe(users.name, startsWith(users.code))'],
  [pipe(users.name, endsWith(users.code)), 'pipe(users.name, endsWith(users.code))'],
  [pipe(users.name, containsText(users.code)), 'pipe(users.name, containsText(users.code))'],
  [pipe(users.id, between(1, 5)), 'pipe(users.id, between(1, 5))'],
  [pipe(users.id, inList([1, 2])), 'pipe(users.id, inList([1, 2]))'],
  [pipe(users.id, notInList([])), 'pipe(users.id, notInList([]))'],
  [pipe(users.id, inList(listParam('ids', integer))), "pipe(users.id, inList(listParam('ids', integer)))"],
  [eq(users.id, param('id', integer)), "eq(users.id, param('id', integer))"],
  [pipe(users.name, inQuery(titles)), 'pipe(users.name, inQuery(pipe(from(posts), select(posts.title))))'],
  [inRows([users.id, users.name], [[1, 'a']]), "inRows([users.id, users.name], [[1, 'a']])"],
  [pipe(users.name, anyOf('eq', titles)), "pipe(users.name, anyOf('eq', pipe(from(posts), select(posts.title))))"],
  [pipe(users.name, allOf('lt', titles)), "pipe(users.name, allOf('lt', pipe(from(posts), select(posts.title))))"],
  [
    compareRows('lt', [users.id, users.name], [1, 'a']),
    "or(lt(users.id, 1), and(eq(users.id, 1), lt(users.name, 'a')))",
  ],
  [add(users.id, 1), 'add(users.id, 1)'],
  [sub(users.big, 1n), 'sub(users.big, 1n)'],
  [mul(users.price, '0.5'), "mul(users.price, '0.5')"],
  [div(users.id, 2), 'div(users.id, 2)'],
  [intDiv(users.seen, 2), 'intDiv(users.seen, 2)'],
  [mod(users.small, 2), 'mod(users.small, 2)'],
  [add(users.weight, -0), 'add(users.weight, -0)'],
  [add(users.weight, Number.NaN), 'add(users.weight, NaN)'],
  [concat('<', users.name, '>'), "concat('<', users.name, '>')"],
  [caseWhen(users.ok, 1).end, 'caseWhen(users.ok, 1).end'],
  [
    caseWhen(users.ok, users.id).when(isNull(users.age), 2).otherwise(users.weight),
    'caseWhen(users.ok, users.id).when(isNull(users.age), 2).otherwise(users.weight)',
  ],
  [coalesce(users.age, 0), 'coalesce(users.age, 0)'],
  [coalesce(coalesce(users.age, users.id), 0.5), 'coalesce(coalesce(users.age, users.id), 0.5)'],
  [exists(titles), 'exists(pipe(from(posts), select(posts.title)))'],
  [scalar(countOf(from(posts))), 'scalar(pipe(from(posts), select(count())))'],
  [
    scalar(countOf(pipe(from(posts), orderBy(posts.title), limit(2), select(posts.title)))),
    'scalar(countOf(pipe(from(posts), select({ v0: posts.title }), orderBy(asc(posts.title)), limit(2))))',
  ],
  [
    inQueryRows([users.name, users.id], pipe(from(posts), select({ title: posts.title, id: posts.authorId }))),
    'inQueryRows([users.name, users.id], pipe(from(posts), select({ title: posts.title, id: posts.authorId })))',
  ],
  [
    any(pipe(from(posts), where(eq(posts.authorId, users.id)), limit(1)), eq(posts.title, 'a')),
    "any(pipe(from(posts), where(eq(posts.authorId, users.id)), limit(1)), eq(posts.title, 'a'))",
  ],
  [sql(integer)`${users.id} + ${1} + ${raw('x`\\$')}`, 'sql(integer)`${users.id} + ${1} + x\\`\\\\$`'],
  [sql(pipe(text, nullable))`\${a} ${'b'}\n`, "sql(pipe(text, nullable))`\\${a} ${'b'}\\n`"],
  [gap(users.id, 3), 'gap(users.id, literal(3, integer))'],
  [part({ unit: 'a' })(users.day), "part_of({ unit: 'a' })(users.day)"],
]

const calls: ReadonlyArray<Case> = [
  [lower(users.name), 'lower(users.name)'],
  [upper(users.name), 'upper(users.name)'],
  [charLength(users.name), 'charLength(users.name)'],
  [byteLength(users.name), 'byteLength(users.name)'],
  [trim(users.name), 'trim(users.name)'],
  [ltrim(users.name), 'ltrim(users.name)'],
  [rtrim(users.name), 'rtrim(users.name)'],
  [reverse(users.name), 'reverse(users.name)'],
  [concatWs(', ', users.name, 'x'), "concatWs(', ', users.name, 'x')"],
  [concatWs(users.code, users.name), 'concatWs(users.code, users.name)'],
  [pipe(users.name, substring(2)), 'pipe(users.name, substring(2))'],
  [pipe(users.name, substring(2, users.id)), 'pipe(users.name, substring(2, users.id))'],
  [pipe(users.name, indexOf('x')), "pipe(users.name, indexOf('x'))"],
  [pipe(users.name, replace('a', 'b')), "pipe(users.name, replace('a', 'b'))"],
  [pipe(users.name, takeLeft(3)), 'pipe(users.name, takeLeft(3))'],
  [pipe(users.name, takeRight(3)), 'pipe(users.name, takeRight(3))'],
  [pipe(users.name, lpad(3)), "pipe(users.name, lpad(3, ' '))"],
  [pipe(users.name, rpad(3, 'x')), "pipe(users.name, rpad(3, 'x'))"],
  [pipe(users.name, repeat(3)), 'pipe(users.name, repeat(3))'],
  [pipe(users.name, regexMatches('^a', 'i')), "pipe(users.name, regexMatches('^a', 'i'))"],
  [pipe(users.name, regexMatches(param('p', text))), "pipe(users.name, regexMatches(param('p', text)))"],
  [matches([users.name, users.code], 'x'), "matches([users.name, users.code], 'x')"],
  [pipe(users.name, collate('C')), "pipe(users.name, collate('C'))"],
  [abs(users.id), 'abs(users.id)'],
  [negate(users.id), 'negate(users.id)'],
  [sign(users.id), 'sign(users.id)'],
  [round(users.price), 'round(users.price)'],
  [pipe(users.price, roundTo(1)), 'pipe(users.price, roundTo(1))'],
  [truncate(users.weight), 'truncate(users.weight)'],
  [pipe(users.price, truncateDigits(1)), 'pipe(users.price, truncateDigits(1))'],
  [ceil(users.price), 'ceil(users.price)'],
  [floor(users.price), 'floor(users.price)'],
  [sqrt(users.id), 'sqrt(users.id)'],
  [power(users.id, 2), 'power(users.id, 2)'],
  [exp(users.weight), 'exp(users.weight)'],
  [ln(users.weight), 'ln(users.weight)'],
  [random(), 'random()'],
  [bitAnd(users.id, 3), 'bitAnd(users.id, 3)'],
  [bitOr(users.id, 3), 'bitOr(users.id, 3)'],
  [bitXor(users.id, 3), 'bitXor(users.id, 3)'],
  [bitNot(users.id), 'bitNot(users.id)'],
  [shiftLeft(users.id, 3), 'shiftLeft(users.id, 3)'],
  [shiftRight(users.id, 3), 'shiftRight(users.id, 3)'],
  [greatest(users.id, 3, users.weight), 'greatest(users.id, 3, users.weight)'],
  [least(users.id, 3), 'least(users.id, 3)'],
  [nullIf(users.name, ''), "nullIf(users.name, '')"],
  [isTrue(users.ok), 'isTrue(users.ok)'],
  [isFalse(users.ok), 'isFalse(users.ok)'],
  [isNotTrue(users.ok), 'isNotTrue(users.ok)'],
  [isNotFalse(users.ok), 'isNotFalse(users.ok)'],
  [pipe(users.id, cast(numeric(30, 2))), 'pipe(users.id, cast(numeric(30, 2)))'],
  [currentTimestamp, 'currentTimestamp'],
  [currentDate, 'currentDate'],
  [extract(users.at, 'isoWeek'), "extract(users.at, 'isoWeek')"],
  [truncateTo(users.at, 'hour'), "truncateTo(users.at, 'hour')"],
  [addInterval(users.at, { months: 1, days: users.id }), 'addInterval(users.at, { months: 1, days: users.id })'],
  [daysBetween(users.day, '2024-01-01'), "daysBetween(users.day, '2024-01-01')"],
  [
    secondsBetween('2024-01-01T00:00:00.000000', users.local),
    "secondsBetween('2024-01-01T00:00:00.000000', users.local)",
  ],
  [microsecondsBetween(users.at, users.at), 'microsecondsBetween(users.at, users.at)'],
  [dateOf(users.at), 'dateOf(users.at)'],
  [timeOf(users.local), 'timeOf(users.local)'],
  [toTimestamp(users.day), 'toTimestamp(users.day)'],
  [toTimestamptz(users.local), 'toTimestamptz(users.local)'],
  [jsonPath(users.about, ['a', 0], text), "jsonPath(users.about, ['a', 0], text)"],
  [jsonExists(users.about, ['a']), "jsonExists(users.about, ['a'])"],
  [jsonTypeOf(users.about), 'jsonTypeOf(users.about)'],
  [jsonLength(users.about, ['b']), "jsonLength(users.about, ['b'])"],
  [jsonContains(users.about, { a: 1 }), 'jsonContains(users.about, { a: 1 })'],
  [jsonContains(users.about, friends.about), 'jsonContains(users.about, friends.about)'],
  [jsonObject({ id: users.id, 'c d': users.at }), "jsonObject({ id: users.id, 'c d': users.at })"],
  [jsonArray(users.id, users.name), 'jsonArray(users.id, users.name)'],
  [arrayLength(users.tags), 'arrayLength(users.tags)'],
  [elementAt(users.tags, 1), 'elementAt(users.tags, 1)'],
  [arrayContains(users.tags, ['a']), "arrayContains(users.tags, ['a'])"],
  [arrayContainedBy(users.tags, ['a']), "arrayContainedBy(users.tags, ['a'])"],
  [arrayOverlaps(users.tags, []), 'arrayOverlaps(users.tags, [])'],
  [arrayConcat(users.tags, ['a']), "arrayConcat(users.tags, ['a'])"],
  [arrayAppend(users.tags, 'a'), "arrayAppend(users.tags, 'a')"],
  [arrayPosition(users.tags, 'a'), "arrayPosition(users.tags, 'a')"],
  [eqAnyElement(users.name, users.tags), 'eqAnyElement(users.name, users.tags)'],
  [eqAnyElement(users.name, ['a']), "eqAnyElement(users.name, ['a'])"],
  [nextValue(sequence('one')), "nextValue(sequence('one'))"],
  [nextValue(many, integer), "nextValue(sequence('many', { start: 5n, cycle: true }, { schema: 'shop' }), integer)"],
]

const groups: ReadonlyArray<Case> = [
  [count(), 'count()'],
  [count(users.age), 'count(users.age)'],
  [countDistinct(users.age), 'countDistinct(users.age)'],
  [sum(users.big), 'sum(users.big)'],
  [avg(users.id), 'avg(users.id)'],
  [min(users.name), 'min(users.name)'],
  [max(users.at), 'max(users.at)'],
  [boolAnd(users.ok), 'boolAnd(users.ok)'],
  [boolOr(users.ok), 'boolOr(users.ok)'],
  [stddevPop(users.id), 'stddevPop(users.id)'],
  [stddevSamp(users.id), 'stddevSamp(users.id)'],
  [varPop(users.id), 'varPop(users.id)'],
  [varSamp(users.id), 'varSamp(users.id)'],
  [grouping(users.id), 'grouping(users.id)'],
  [pipe(sum(users.id), distinctValues), 'pipe(sum(users.id), distinctValues)'],
  [pipe(countDistinct(users.id), filter(users.ok)), 'pipe(countDistinct(users.id), filter(users.ok))'],
  [pipe(sum(users.id), distinctValues, filter(users.ok)), 'pipe(sum(users.id), distinctValues, filter(users.ok))'],
  [
    stringAgg(users.name, ', ', [nullsFirst(desc(users.id)), users.name]),
    "stringAgg(users.name, ', ', [nullsFirst(desc(users.id)), asc(users.name)])",
  ],
  [jsonAgg(users.at, [users.id]), 'jsonAgg(users.at, [asc(users.id)])'],
  [arrayAgg(users.id, [asc(users.id)]), 'arrayAgg(users.id, [asc(users.id)])'],
  ...(
    [
      [rowNumber(), 'rowNumber()'],
      [rank(), 'rank()'],
      [denseRank(), 'denseRank()'],
      [percentRank(), 'percentRank()'],
      [cumeDist(), 'cumeDist()'],
      [ntile(3), 'ntile(3)'],
      [lag(users.id), 'lag(users.id, 1)'],
      [lead(users.id, 2, 0), 'lead(users.id, 2, 0)'],
      [firstValue(users.name), 'firstValue(users.name)'],
      [lastValue(users.name), 'lastValue(users.name)'],
      [nthValue(users.name, 2), 'nthValue(users.name, 2)'],
      [sum(users.id), 'sum(users.id)'],
    ] as const
  ).map(
    ([of, said]) =>
      [pipe(of, over(window)), `pipe(${said}, over({ partitionBy: [users.ok], orderBy: [desc(users.id)] }))`] as const,
  ),
  [pipe(count(), over({})), 'pipe(count(), over({}))'],
  [
    pipe(sum(users.id), over({ ...window, frame: rowsBetween(preceding(1), following(param('n', integer))) })),
    "frame: rowsBetween(preceding(1), following(param('n', integer)))",
  ],
  [
    pipe(sum(users.id), over({ ...window, frame: rangeBetween(unboundedPreceding, preceding(3)) })),
    'frame: rangeBetween(unboundedPreceding, preceding(3))',
  ],
  [
    pipe(sum(users.id), over({ ...window, frame: groupsBetween(currentRow, unboundedFollowing) })),
    'frame: groupsBetween(currentRow, unboundedFollowing)',
  ],
]

const valueCases: ReadonlyArray<Case> = [
  [literal('\'"`${a}\n\u2028\\\ud83d\ude00', text), String.raw`literal('\'"${'`'}${'${a}'}\n\u2028\\😀', text)`],
  [literal(null, pipe(integer, nullable)), 'literal(null, pipe(integer, nullable))'],
  [literal(-0, double), 'literal(-0, double)'],
  [literal(Number.NEGATIVE_INFINITY, double), 'literal(-Infinity, double)'],
  [literal(2n ** 70n, bigint), 'literal(1180591620717411303424n, bigint)'],
  [literal(Uint8Array.of(0, 255), binary), 'literal(Uint8Array.of(0, 255), binary)'],
  [literal(Buffer.from([1]), binary), 'literal(Buffer.from([1]), binary)'],
  [literal(new Date(Number.NaN) as never, date), 'literal(new Date(NaN), date)'],
  [literal(new Date(0) as never, date), "literal(new Date('1970-01-01T00:00:00.000Z'), date)"],
  [literal(['a', null], array(pipe(text, nullable))), "literal(['a', null], array(pipe(text, nullable)))"],
  [literal({ 'a b': [1], c: { d: true } } as never, text), "literal({ 'a b': [1], c: { d: true } }, text)"],
  [literal({ null: null, true: true } as never, text), 'literal({ null: null, true: true }, text)'],
  [literal(JSON.parse('{"__proto__":1}') as never, text), "literal({ ['__proto__']: 1 }, text)"],
  [literal(undefined as never, integer), 'literal(undefined, integer)'],
]

const statementOf = (e: AnyExpr) => pipe(from(users), select(e))

const lastLine = (printed: string): string => printed.slice(printed.indexOf('export const statement = '))
const flat = (printed: string): string =>
  printed
    .replaceAll(/,\n\s*([\])}])/g, '$1')
    .replaceAll(/([[({])\n\s*/g, '$1')
    .replaceAll(/\n\s*/g, ' ')
    .replaceAll('( ', '(')
const spaced = (printed: string): string => flat(printed).replaceAll(/\{ /g, '{').replaceAll(/ \}/g, '}')

describe.each([
  ['operators', operators],
  ['functions', calls],
  ['aggregates and windows', groups],
  ['values', valueCases],
])('%s', (_, cases) => {
  test.each(cases.map(([e, said]) => [said, e] as const))('%s', (said, e) => {
    const statement = statementOf(e)
    const printed = code(statement)
    expect(spaced(lastLine(printed))).toContain(spaced(said))
    // What relvar's functions make they can make again.
    expect(printed).not.toContain('unusual')
    const again = run(printed, own).statement
    expect(code(again)).toBe(printed)
    const [before, after] = [statement, again].map((q) => {
      const node = nodeOfQuery(q)
      return node._tag === 'Select' && node.select?._tag === 'One' ? node.select.expr : null
    })
    if (before === null || before === undefined || after === null || after === undefined) throw new Error(printed)
    // A codec has a number of its own each time that it is made.
    if (!printed.includes('json(')) expect(exprEq.equals(expr(after), e)).toBe(true)
    expect(after._tag).toBe(nodeOf(e)._tag)
  })
})

test('an expression of one’s own is named, and said to be brought', () => {
  const printed = code(statementOf(gap(users.id, users.age)))
  expect(printed).toContain('// Yours to bring here: gap\n')
  expect(() => run(printed)).toThrow('gap is not defined')
})

test('two definitions of one name have two names', () => {
  const other = customFunction({ name: 'gap', takes: [], gives: integer, render: {} })
  expect(code(statementOf(add(other(), gap(users.id, 1))))).toContain('add(gap(), gap2(users.id, literal(1, integer)))')
})

test('the key of a row that is not written yet is said to be none', () => {
  const key = expr<number, never, never>(refParam({ ref: null, column: 'id' }, integerType, false))
  expect(code(statementOf(eq(users.id, key)))).toContain(
    'eq(users.id, literal(undefined /* the key of a row that is not written yet */, integer))',
  )
})

test('sides of a union are queries of their own', () => {
  const both = pipe(
    from(users),
    select({ id: users.id }),
    union(pipe(from(friends), select({ id: friends.id }))),
    orderBy((row) => [nullsFirst(desc(row.id))]),
    limit(3),
  )
  expect(lastLine(code(both))).toContain('orderBy((row) => [nullsFirst(desc(row.id))])')
})

// Each expression has its value for one row: the rule of the table of dialect differences.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  abs,
  add,
  and,
  type AnyExpr,
  between,
  bigint,
  boolean,
  caseWhen,
  charLength,
  coalesce,
  concat,
  containsText,
  count,
  div,
  double,
  endsWith,
  eq,
  exists,
  from,
  gt,
  ilike,
  inList,
  intDiv,
  integer,
  isDistinctFrom,
  isNotDistinctFrom,
  isNotNull,
  isNull,
  like,
  literal,
  lower,
  lt,
  mod,
  mul,
  ne,
  not,
  notInList,
  nullable,
  or,
  param,
  startsWith,
  sub,
  table,
  text,
  timestamptz,
  upper,
} from 'relvar'
import { evaluate } from 'relvar/memory'
import { describe, expect, test } from 'vitest'

const all = table('all', {
  n: pipe(integer, nullable),
  m: pipe(integer, nullable),
  big: pipe(bigint, nullable),
  x: pipe(double, nullable),
  s: pipe(text, nullable),
  u: pipe(text, nullable),
  ok: pipe(boolean, nullable),
  at: pipe(timestamptz, nullable),
})
const nothing = { n: null, m: null, big: null, x: null, s: null, u: null, ok: null, at: null }
type Row = Partial<Record<keyof typeof nothing, unknown>>

const valueOf = (e: AnyExpr, row: Row): unknown => {
  const value = evaluate(e)({ ...nothing, ...row })
  return E.isRight(value) ? value.right : value.left._tag
}

/** An expression, a row, and the value. */
type Case = readonly [string, AnyExpr, Row, unknown]

const check = (cases: ReadonlyArray<Case>): void =>
  test.each(cases)('%s', (_, e, row, expected) => expect(valueOf(e, row)).toEqual(expected))

describe('arithmetic', () =>
  check([
    ['whole division goes towards zero', intDiv(all.n, 2), { n: -7 }, -3],
    ['the remainder has the sign of the dividend', mod(all.n, 2), { n: -7 }, -1],
    ['zero has no sign', mod(all.n, 2), { n: -4 }, 0],
    ['true division of integers', div(all.n, 2), { n: 7 }, 3.5],
    ['true division of bigints', div(all.big, 2n), { big: 7n }, 3.5],
    ['division by zero is null', div(all.n, 0), { n: 7 }, null],
    ['whole division by zero is null', intDiv(all.big, 0n), { big: 7n }, null],
    ['the remainder by zero is null', mod(all.n, 0), { n: 7 }, null],
    ['null makes it null', add(all.n, all.m), { n: 1 }, null],
    ['32 bits overflow', add(all.n, 1), { n: 2147483647 }, 'Overflow'],
    ['the least integer has no absolute value', abs(all.n), { n: -2147483648 }, 'Overflow'],
    ['64 bits overflow', mul(all.big, 2n), { big: 9223372036854775807n }, 'Overflow'],
    ['a double overflows', mul(all.x, 1e200), { x: 1e200 }, 'Overflow'],
    ['an integer beside a fraction is a double', add(all.n, 0.5), { n: 2147483647 }, 2147483647.5],
    ['bigints are exact', sub(all.big, 1n), { big: 9007199254740993n }, 9007199254740992n],
  ]))

describe('comparisons', () =>
  check([
    ['equal', eq(all.n, 1), { n: 1 }, true],
    ['null is equal to nothing', eq(all.n, all.m), {}, null],
    ['null is different from nothing', ne(all.n, 1), {}, null],
    ['nulls are not distinct', isNotDistinctFrom(all.n, all.m), {}, true],
    ['null is distinct from a value', isDistinctFrom(all.n, 1), {}, true],
    ['text is compared by code point: A before a', lt(all.s, 'a'), { s: 'A' }, true],
    ['text is compared by code point beyond UTF-16 units', gt(all.s, '\uff5e'), { s: '😀' }, true],
    ['spaces at the end count', eq(all.s, 'a'), { s: 'a ' }, false],
    ['accents count', eq(all.s, 'e'), { s: 'é' }, false],
    ['false before true', lt(all.ok, true), { ok: false }, true],
    ['instants in any zone', eq(all.at, '2012-10-15T14:57:18+02:00'), { at: '2012-10-15T12:57:18Z' }, true],
    ['between takes both bounds', pipe(all.n, between(1, 2)), { n: 2 }, true],
    ['between is false where one side is', pipe(all.n, between(all.m, 2)), { n: 3 }, false],
    ['between is null where it could be', pipe(all.n, between(all.m, 2)), { n: 2 }, null],
  ]))

describe('[property 13] logic', () =>
  check([
    ['false and null is false', and(all.ok, literal(false, boolean)), {}, false],
    ['true and null is null', and(all.ok, literal(true, boolean)), {}, null],
    ['true or null is true', or(all.ok, literal(true, boolean)), {}, true],
    ['false or null is null', or(all.ok, literal(false, boolean)), {}, null],
    ['not null is null', not(all.ok), {}, null],
    ['and of nothing is true', and(), {}, true],
    ['or of nothing is false', or(), {}, false],
    ['isNull is never null', isNull(all.ok), {}, true],
    ['isNotNull is never null', isNotNull(all.ok), {}, false],
  ]))

describe('lists', () =>
  check([
    ['in', pipe(all.n, inList([1, 2])), { n: 2 }, true],
    ['not in', pipe(all.n, notInList([1, 2])), { n: 2 }, false],
    ['null in a list is null', pipe(all.n, inList([1, 2])), {}, null],
    ['nothing is in an empty list', pipe(all.n, inList<number>([])), {}, false],
    ['all is outside of an empty list', pipe(all.n, notInList<number>([])), {}, true],
  ]))

describe('text', () =>
  check([
    ['like minds case', pipe(all.s, like('%ED')), { s: 'wed' }, false],
    ['ilike does not', pipe(all.s, ilike('%ED')), { s: 'wed' }, true],
    ['_ is one character, of any code point', pipe(all.s, like('a_')), { s: 'a😀' }, true],
    ['% is any text, also none', pipe(all.s, like('%a%')), { s: 'a' }, true],
    ['! takes what follows literally', pipe(all.s, like('10!%')), { s: '10%' }, true],
    ['!! is one !', pipe(all.s, like('a!!')), { s: 'a!' }, true],
    ['a pattern can be a column', pipe(all.s, like(all.u)), { s: 'abc', u: 'a%' }, true],
    ['a pattern that ends in ! is refused', pipe(all.s, like('a!')), { s: 'a' }, 'InvalidValue'],
    ['like of null is null', pipe(all.s, like('%')), {}, null],
    ['startsWith takes % literally', pipe(all.s, startsWith('5%')), { s: '50' }, false],
    ['endsWith', pipe(all.s, endsWith('_x')), { s: 'a_x' }, true],
    ['containsText', pipe(all.s, containsText('!')), { s: 'a!b' }, true],
    ['concat', concat(all.s, '-', all.u), { s: 'a', u: 'b' }, 'a-b'],
    ['concat is null where a part is', concat(all.s, '-', all.u), { s: 'a' }, null],
    ['concat of nothing is empty', concat(), {}, ''],
    ['characters are code points', charLength(all.s), { s: 'a😀' }, 2],
    ['lower', lower(all.s), { s: 'ABC' }, 'abc'],
    ['upper', upper(all.s), { s: 'abc' }, 'ABC'],
  ]))

describe('choices', () =>
  check([
    [
      'the first branch that is true',
      caseWhen(gt(all.n, 1), 'a').when(gt(all.n, 0), 'b').otherwise('c'),
      { n: 1 },
      'b',
    ],
    ['null is no truth', caseWhen(gt(all.n, 1), 'a').otherwise('c'), {}, 'c'],
    ['without otherwise it is null', caseWhen(gt(all.n, 1), 'a').end, { n: 0 }, null],
    ['a branch that is not taken is not asked', caseWhen(isNull(all.n), 0).otherwise(add(all.n, 1)), {}, 0],
    ['coalesce', coalesce(all.s, 'none'), {}, 'none'],
  ]))

describe('what has no value for one row', () =>
  check([
    ['an aggregate', count(), {}, 'NotEvaluable'],
    ['a subquery', exists(from(all)), {}, 'NotEvaluable'],
    ['a parameter that nobody binds', eq(all.n, param('n', integer)), { n: 1 }, 'InvalidValue'],
    ['a value that is not there', all.n, { n: undefined }, 'InvalidValue'],
    ['a value of another type', all.n, { n: 'one' }, 'InvalidValue'],
    ['a literal that its type cannot hold', add(all.n, 3e9), { n: 1 }, 'InvalidValue'],
  ]))

test('an expression of two tables has no value for one row', () => {
  const other = table('other', { n: integer })
  expect(valueOf(add(all.n, other.n), { n: 1 })).toBe('NotEvaluable')
})

test('a column may be called __proto__', () => {
  const odd = table('odd', { ['__proto__']: integer })
  const row: unknown = JSON.parse('{"__proto__": 7}')
  // JSON.parse makes it an own property, as rows have it.
  expect(evaluate(add(odd['__proto__'], 1))(row as Record<string, unknown>)).toEqual(E.right(8))
})

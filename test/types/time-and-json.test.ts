// Functions of times, documents and arrays: what they give, what stays nullable, and what they do not take.
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { describe, expectTypeOf, test } from 'vitest'

import {
  addInterval,
  array,
  arrayAppend,
  arrayContains,
  arrayLength,
  bigint,
  currentDate,
  currentTimestamp,
  date,
  dateOf,
  daysBetween,
  elementAt,
  eqAnyElement,
  type Expr,
  extract,
  from,
  integer,
  json,
  jsonArray,
  jsonContains,
  jsonExists,
  type JsonKind,
  jsonLength,
  jsonObject,
  jsonPath,
  jsonTypeOf,
  literal,
  microsecondsBetween,
  nullable,
  secondsBetween,
  select,
  table,
  text,
  timestamptz,
  truncateTo,
  where,
} from '../../src/index.js'
import { all } from '../types/blog.js'

const things = table('things', {
  id: bigint,
  n: integer,
  may: pipe(integer, nullable),
  day: date,
  at: pipe(timestamptz, nullable),
  doc: json(t.UnknownRecord),
  tags: array(text),
  scores: pipe(array(integer), nullable),
})

describe('functions of time', () => {
  test('give numbers and text, nullable where the time is', () => {
    expectTypeOf(extract(things.day, 'year')).toEqualTypeOf<Expr<number, 'things', 'things'>>()
    expectTypeOf(pipe(things.at, extract('epoch'))).toEqualTypeOf<Expr<number | null, 'things', 'things'>>()
    expectTypeOf(truncateTo(things.at, 'month')).toEqualTypeOf<Expr<string | null, 'things', 'things'>>()
    expectTypeOf(dateOf(things.at)).toEqualTypeOf<Expr<string | null, 'things', 'things'>>()
    expectTypeOf(currentTimestamp).toEqualTypeOf<Expr<string>>()
    expectTypeOf(daysBetween(things.day, currentDate)).toEqualTypeOf<Expr<number, 'things', 'things'>>()
    expectTypeOf(secondsBetween(things.at, '2012-10-15T00:00:00Z')).toEqualTypeOf<
      Expr<number | null, 'things', 'things'>
    >()
    expectTypeOf(microsecondsBetween(currentTimestamp, currentTimestamp)).toEqualTypeOf<Expr<bigint>>()
  })

  test('amounts of an interval may be null, and mention what they mention', () => {
    expectTypeOf(addInterval(things.day, { days: 1 })).toEqualTypeOf<Expr<string, 'things', 'things'>>()
    expectTypeOf(addInterval(currentDate, { days: things.may })).toEqualTypeOf<
      Expr<string | null, 'things', 'things'>
    >()
    expectTypeOf(pipe(things.day, addInterval({ months: 1, days: things.n }))).toEqualTypeOf<
      Expr<string, 'things', 'things'>
    >()
  })

  test('take times, and words that there are', () => {
    // @ts-expect-error: is not assignable to parameter of type 'Expr<string | null
    extract(things.n, 'year')
    // @ts-expect-error: '"dow"' is not assignable to
    extract(things.day, 'dow')
    // @ts-expect-error: '"decade"' is not assignable to
    truncateTo(things.day, 'decade')
    // @ts-expect-error: 'day' does not exist in type 'IntervalAmounts
    addInterval(things.day, { day: 1 })
    // @ts-expect-error: Type 'string' is not assignable to type 'number
    addInterval(things.day, { days: '1' })
    // @ts-expect-error: is not assignable to type 'number
    addInterval(things.day, { days: things.id })
    // @ts-expect-error: is not assignable to parameter of type 'TimeValue'
    daysBetween(things.day, 3)
  })
})

describe('functions of documents', () => {
  test('give a value of the type, or null', () => {
    expectTypeOf(jsonPath(things.doc, ['a', 0], text)).toEqualTypeOf<Expr<string | null, 'things', 'things'>>()
    expectTypeOf(pipe(things.doc, jsonPath(['a'], json(t.type({ n: t.number }))))).toEqualTypeOf<
      Expr<{ n: number } | null, 'things', 'things'>
    >()
    expectTypeOf(jsonExists(things.doc, ['a'])).toEqualTypeOf<Expr<boolean, 'things'>>()
    expectTypeOf(jsonTypeOf(things.doc)).toEqualTypeOf<Expr<JsonKind | null, 'things', 'things'>>()
    expectTypeOf(jsonLength(things.doc, ['a'])).toEqualTypeOf<Expr<number | null, 'things', 'things'>>()
    expectTypeOf(jsonContains(things.doc, { a: 1 })).toEqualTypeOf<Expr<boolean, 'things', 'things'>>()
  })

  test('a document of values has their types; what may be absent may be null', () => {
    const made = pipe(from(things), select({ o: jsonObject({ one: literal(1, integer), id: things.id }) }))
    expectTypeOf(all(made)).toEqualTypeOf<
      ReadonlyArray<{ readonly o: { readonly one: number; readonly id: bigint | null } }>
    >()
    expectTypeOf(jsonArray(literal(1, integer), literal('x', text))).toEqualTypeOf<Expr<readonly [number, string]>>()
  })

  test('take paths of keys and places, and types', () => {
    // @ts-expect-error: Type 'boolean' is not assignable to type 'string | number'
    jsonPath(things.doc, [true], text)
    // @ts-expect-error: is not assignable to parameter of type
    jsonPath(things.doc, ['a'], 'text')
    // @ts-expect-error: Argument of type 'number' is not assignable to parameter of type 'object'
    jsonContains(things.doc, 3)
    // @ts-expect-error: Type 'string' is not assignable to type 'AnyExpr'
    jsonObject({ a: 'x' })
  })
})

describe('functions of arrays', () => {
  test('know their elements', () => {
    expectTypeOf(arrayLength(things.tags)).toEqualTypeOf<Expr<number, 'things', 'things'>>()
    expectTypeOf(arrayLength(things.scores)).toEqualTypeOf<Expr<number | null, 'things', 'things'>>()
    expectTypeOf(elementAt(things.tags, 0)).toEqualTypeOf<Expr<string | null, 'things', 'things'>>()
    expectTypeOf(arrayContains(things.tags, ['a'])).toEqualTypeOf<Expr<boolean, 'things', 'things'>>()
    expectTypeOf(arrayAppend(things.tags, 'a')).toEqualTypeOf<Expr<ReadonlyArray<string>, 'things', 'things'>>()
    expectTypeOf(eqAnyElement(things.n, things.scores)).toEqualTypeOf<Expr<boolean | null, 'things', 'things'>>()
    pipe(from(things), where(pipe(things.tags, arrayContains(['a']))))
  })

  test('take elements of their type', () => {
    // @ts-expect-error: Type 'number' is not assignable to type 'string'
    arrayContains(things.tags, [1])
    // @ts-expect-error: is not assignable to parameter of type
    arrayAppend(things.tags, 1)
    // @ts-expect-error: the two sides have different types
    eqAnyElement(things.n, things.tags)
    // @ts-expect-error: is not assignable to parameter of type
    arrayLength(things.n)
  })
})

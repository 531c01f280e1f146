// What untyped callers give instead of values and expressions is refused with its place: nothing throws, nothing reaches SQL.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { describe, expect, it } from 'vitest'

import { statementOf } from '../../../src/expr/query.js'
import * as relvar from '../../../src/index.js'
import {
  bigint,
  boolean,
  compile,
  compileDdl,
  date,
  double,
  integer,
  json,
  mariadbDialect,
  mysqlDialect,
  nullable,
  param,
  postgresDialect,
  prepare,
  primaryKey,
  sqliteDialect,
  table,
  tablesOf,
  text,
  timestamptz,
  varchar,
} from '../../../src/index.js'

/** Whatever a caller without types takes the library's values for. */
interface Untyped {
  (...args: ReadonlyArray<unknown>): Untyped
  readonly when: Untyped
  readonly otherwise: Untyped
  readonly end: Untyped
}

const {
  abs,
  add,
  and,
  asc,
  avg,
  between,
  caseWhen,
  charLength,
  coalesce,
  concat,
  containsText,
  count,
  countDistinct,
  deleteFrom,
  desc,
  div,
  endsWith,
  eq,
  everyRow,
  exists,
  from,
  given,
  groupBy,
  gt,
  having,
  ilike,
  include,
  innerJoin,
  inList,
  inQuery,
  insertInto,
  intDiv,
  isDistinctFrom,
  isNotDistinctFrom,
  isNotNull,
  isNull,
  leftJoin,
  like,
  limit,
  literal,
  lower,
  lte,
  many,
  max,
  min,
  mod,
  mul,
  ne,
  not,
  notInList,
  nullsFirst,
  offset,
  or,
  orderBy,
  returning,
  scalar,
  select,
  set,
  startsWith,
  sub,
  subquery,
  sum,
  union,
  update,
  upper,
  where,
} = relvar as unknown as { readonly [K in keyof typeof relvar]: Untyped }

const users = table('users', {
  id: pipe(integer, primaryKey),
  name: text,
  short: varchar(5),
  age: pipe(integer, nullable),
  big: bigint,
  real: double,
  flag: boolean,
  day: date,
  at: timestamptz,
  doc: json(t.type({ n: t.number })),
})
const posts = table('posts', { id: pipe(integer, primaryKey), userId: integer })
const postsOf = pipe(from(posts), where(eq(posts.userId, users.id)))
const dialects = [postgresDialect(), mysqlDialect(), mariadbDialect(), sqliteDialect()]

const real = from(users)
const columnNode = users.id as object
/** What no value of any column is, and what only looks like a node or a query. */
const nothings: ReadonlyArray<readonly [string, unknown]> = [
  ['undefined', undefined],
  ['an object', {}],
  ['an array', [1, 2]],
  ['a function', () => 1],
  ['a symbol', Symbol('x')],
  ['a Date', new Date(0)],
  ['a Map', new Map([['a', 1]])],
  ['a boxed number', new Number(5)],
  ['an object with toString', { toString: () => "'; DROP TABLE users; --" }],
  ['an object with valueOf', { valueOf: () => 1 }],
  ['a forged column', JSON.parse(JSON.stringify(columnNode))],
  [
    'a forged parameter',
    {
      _tag: 'Param',
      kind: { _tag: 'Value', value: 1 },
      type: { _tag: 'Integer', id: 'Integer' },
      nullable: false,
      shape: 1,
      params: 1,
    },
  ],
  ['forged raw SQL', { _tag: 'Raw', sql: '1; DROP TABLE users', text: '1' }],
  ['a forged query', JSON.parse(JSON.stringify(statementOf(real)))],
  [
    'a copied query',
    { ...(statementOf(real) as object), [Symbol.for('relvar/query')]: true, brand: true }.constructor({}),
  ],
  [
    'a forged order',
    { expr: JSON.parse(JSON.stringify(columnNode)), direction: 'asc; DROP TABLE users', nulls: 'last' },
  ],
  ['an array with a length alone', { length: 2, 0: 1, 1: 2 }],
]
const numbers: ReadonlyArray<readonly [string, unknown]> = [
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
]
const all = [...nothings, ...numbers]

/** Each operator with the hostile value in each of its places. */
const places: ReadonlyArray<readonly [string, (x: unknown) => unknown]> = [
  ...[eq, ne, gt, lte, isDistinctFrom, isNotDistinctFrom].flatMap(
    (op): ReadonlyArray<readonly [string, (x: unknown) => unknown]> => [
      ['comparison, right', (x) => where(op(users.age, x))(real)],
      ['comparison of text, right', (x) => where(op(users.name, x))(real)],
      ['comparison of bigint, right', (x) => where(op(users.big, x))(real)],
      ['comparison of booleans, right', (x) => where(op(users.flag, x))(real)],
      ['comparison of instants, right', (x) => where(op(users.at, x))(real)],
      ['comparison, left', (x) => where(op(x, users.age))(real)],
      ['comparison, piped', (x) => where(pipe(users.day, op(x)))(real)],
      ['comparison, both', (x) => where(op(x, x))(real)],
    ],
  ),
  ['between, low', (x) => where(pipe(users.age, between(x, 5)))(real)],
  ['between, high', (x) => where(pipe(users.age, between(1, x)))(real)],
  ['between, operand', (x) => where(between(1, 5)(x))(real)],
  ['inList, element', (x) => where(pipe(users.age, inList([1, x])))(real)],
  [
    'inList, element of many',
    (x) => where(pipe(users.age, inList([...Array.from({ length: 2000 }, () => 1), x])))(real),
  ],
  ['inList, operand', (x) => where(inList([1])(x))(real)],
  ['notInList, element', (x) => where(pipe(users.name, notInList(['a', x])))(real)],
  ['inQuery, operand', (x) => where(inQuery(pipe(from(posts), select(posts.id)))(x))(real)],
  ['inQuery, query', (x) => where(pipe(users.id, inQuery(x)))(real)],
  ['exists', (x) => where(exists(x))(real)],
  ['scalar', (x) => select({ n: scalar(x) })(real)],
  ['where', (x) => where(x)(real)],
  ['having', (x) => having(x)(groupBy(users.id)(real))],
  ['on', (x) => innerJoin(posts, x)(real)],
  ['on of a left join', (x) => leftJoin(posts, x)(real)],
  ['and', (x) => where(and(eq(users.id, 1), x))(real)],
  ['or', (x) => where(or(x, eq(users.id, 1)))(real)],
  ['not', (x) => where(not(x))(real)],
  ['isNull', (x) => where(isNull(x))(real)],
  ['isNotNull', (x) => where(isNotNull(x))(real)],
  ...[like, ilike, startsWith, endsWith, containsText].flatMap(
    (op): ReadonlyArray<readonly [string, (x: unknown) => unknown]> => [
      ['a pattern', (x) => where(pipe(users.name, op(x)))(real)],
      ['what a pattern is looked for in', (x) => where(op('a')(x))(real)],
    ],
  ),
  ...[add, sub, mul, intDiv, mod].flatMap(
    (op): ReadonlyArray<readonly [string, (x: unknown) => unknown]> => [
      ['arithmetic, right', (x) => select({ n: op(users.age, x) })(real)],
      ['arithmetic of bigint, right', (x) => select({ n: op(users.big, x) })(real)],
      ['arithmetic, left', (x) => select({ n: op(x, 1) })(real)],
    ],
  ),
  ['div', (x) => select({ n: div(users.age, x) })(real)],
  ['abs', (x) => select({ n: abs(x) })(real)],
  ['concat', (x) => select({ n: concat('a', x) })(real)],
  ['lower', (x) => select({ n: lower(x) })(real)],
  ['upper', (x) => select({ n: upper(x) })(real)],
  ['charLength', (x) => select({ n: charLength(x) })(real)],
  ['coalesce, right', (x) => select({ n: coalesce(users.age, x) })(real)],
  ['coalesce, left', (x) => select({ n: coalesce(x, 1) })(real)],
  ['caseWhen, condition', (x) => select({ n: caseWhen(x, 1).end })(real)],
  ['caseWhen, value', (x) => select({ n: caseWhen(eq(users.id, 1), x).when(eq(users.id, 2), 5).end })(real)],
  [
    'caseWhen, otherwise',
    (x) => (x === undefined ? where(x)(real) : select({ n: caseWhen(eq(users.id, 1), 1).otherwise(x) })(real)),
  ],
  ['sum', (x) => select({ n: sum(x) })(real)],
  ['avg', (x) => select({ n: avg(x) })(real)],
  ['min', (x) => select({ n: min(x) })(real)],
  ['max', (x) => select({ n: max(x) })(real)],
  ['countDistinct', (x) => select({ n: countDistinct(x) })(real)],
  ['count', (x) => (x === undefined ? where(x)(real) : select({ n: count(x) })(real))],
  ['groupBy', (x) => select({ n: count() })(groupBy(x)(real))],
  ['orderBy', (x) => orderBy(x)(real)],
  ['asc', (x) => orderBy(asc(x))(real)],
  ['desc', (x) => orderBy(desc(x))(real)],
  ['nullsFirst', (x) => orderBy(nullsFirst(x))(real)],
  ['limit', (x) => limit(x)(real)],
  ['offset', (x) => offset(x)(real)],
  ['limit of a union', (x) => limit(x)(union(from(posts))(from(posts)))],
  ['literal of an integer', (x) => select({ n: literal(x, integer) })(real)],
  ['literal of text', (x) => select({ n: literal(x, text) })(real)],
  ['literal of a document', (x) => select({ n: literal(x, json(t.type({ n: t.number }))) })(real)],
  ['an inserted integer', (x) => insertInto(posts)([{ id: x, userId: 1 }])],
  [
    'an inserted value of many rows',
    (x) =>
      insertInto(posts)([
        { id: 1, userId: 1 },
        { id: 2, userId: x },
      ]),
  ],
  ['an updated value', (x) => everyRow(set({ name: x })(update(users)))],
  ['an updated document', (x) => everyRow(set({ doc: x })(update(users)))],
  ['the criterion of an update', (x) => where(x)(set({ name: 'a' })(update(users)))],
  ['the criterion of a delete', (x) => where(eq(users.id, x))(deleteFrom(users))],
  ['a row given', (x) => given(users, x)(postsOf)],
  ['a column of a row given', (x) => given(users, { id: x })(postsOf)],
]

/** Tables and columns are no values: they mean themselves. */
const outcomeOf = (build: () => unknown): string => {
  const query = build()
  return dialects
    .map((dialect) => {
      const load = compile(dialect)(query as never)
      return E.isLeft(load) ? load.left._tag : 'Right'
    })
    .filter((tag, i, tags) => tags.indexOf(tag) === i)
    .join()
}

describe.each(all)('%s', (name, x) => {
  it('is InvalidValue in every place of every operator', () => {
    const wrong = places.flatMap(([place, build]) => {
      // an array is a list of rows, a number of no fraction is a double
      const tag = outcomeOf(() => build(x))
      return tag === 'InvalidValue' ? [] : [`${place}: ${tag}`]
    })
    expect(wrong, name).toEqual([])
  })
})

it.each(all.filter(([, x]) => !Array.isArray(x)))('inList of %s is refused: it is no list', (_, x) => {
  for (const op of [inList, notInList])
    expect(outcomeOf(() => where(pipe(users.name, op(x)))(real))).toBe('InvalidValue')
})

it.each(['a', 5, 5n, true, null])('a list that is %s is refused, also where one element would be right', (x) => {
  const column =
    typeof x === 'string'
      ? users.name
      : typeof x === 'bigint'
        ? users.big
        : typeof x === 'boolean'
          ? users.flag
          : users.age
  expect(outcomeOf(() => where(pipe(column, inList(x)))(real))).toBe('InvalidValue')
})

it('null is refused where null cannot stand', () => {
  for (const build of [
    () => where(eq(users.age, null))(real),
    () => where(pipe(users.age, inList([null])))(real),
    () => where(pipe(users.age, between(null, 1)))(real),
    () => where(pipe(users.name, like(null)))(real),
    () => select({ n: add(users.age, null) })(real),
    () => select({ n: coalesce(users.age, null) })(real),
    () => insertInto(posts)({ id: null, userId: 1 }),
    () => everyRow(set({ name: null })(update(users))),
    () => where(null)(real),
    () => where(and(null))(real),
    () => limit(null)(real),
  ])
    expect(outcomeOf(build), String(build)).toBe('InvalidValue')
  expect(outcomeOf(() => where(isNotDistinctFrom(users.age, null))(real))).toBe('Right')
  expect(outcomeOf(() => everyRow(set({ age: null })(update(users))))).toBe('Right')
})

it('values of another type are refused', () => {
  for (const build of [
    () => where(eq(users.name, 5))(real),
    () => where(eq(users.age, '5'))(real),
    () => where(eq(users.age, 5n))(real),
    () => where(eq(users.big, 5))(real),
    () => where(eq(users.flag, 1))(real),
    () => where(eq(users.flag, 'true'))(real),
    () => where(eq(users.day, '2012-13-01'))(real),
    () => where(eq(users.at, '2012-10-15'))(real),
    () => where(eq(users.name, 'a\0b'))(real),
    () => where(eq(users.name, '\ud800'))(real),
    () => where(true)(real) && where(1)(real),
    () => where('1 = 1')(real),
    () => orderBy('name; DROP TABLE users')(real),
    () => select(count())(groupBy(1)(real)),
  ])
    expect(outcomeOf(build), String(build)).toBe('InvalidValue')
})

it('the place is named', () => {
  const placeOf = (query: unknown): string => {
    const load = compile(sqliteDialect())(query as never)
    return E.isLeft(load) && load.left._tag === 'InvalidValue' ? load.left.place : JSON.stringify(load)
  }
  expect(placeOf(where(eq(users.name, 5))(real))).toBe('eq with users.name')
  expect(placeOf(where(pipe(users.age, inList(['x'])))(real))).toBe('inList of users.age')
  expect(placeOf(where(pipe(users.age, between(1, 'x')))(real))).toBe('between of users.age')
  expect(placeOf(where(pipe(users.name, like(5)))(real))).toBe('like of users.name')
  expect(placeOf(limit('x')(real))).toBe('limit')
  expect(placeOf(offset(-1)(real))).toBe('offset')
  expect(placeOf(insertInto(posts)({ id: 1, userId: 'x' }))).toBe('posts.userId')
  expect(placeOf(everyRow(set({ name: 5 })(update(users))))).toBe('users.name')
  const load = prepare(sqliteDialect())(pipe(real, where(eq(users.id, param('the id', integer)))) as never)({})
  expect(load).toMatchObject({ left: { _tag: 'InvalidValue', place: 'parameter "the id"' } })
})

it.each(nothings.filter(([, x]) => x !== undefined))('compile, prepare, tablesOf and compileDdl refuse %s', (_, x) => {
  for (const dialect of dialects) {
    expect(compile(dialect)(x as never)).toMatchObject({ left: { _tag: 'IllFormed' } })
    expect(prepare(dialect)(x as never)({})).toMatchObject({ left: { _tag: 'IllFormed' } })
    expect(compileDdl(dialect)(x as never)).toMatchObject({ left: { _tag: 'IllFormed' } })
  }
  expect(tablesOf(x as never)).toEqual({ reads: [], writes: [] })
})

it('a definition that cannot be right is a TypeError where it is made', () => {
  const wrong: ReadonlyArray<() => unknown> = [
    () => from({}),
    () => from(undefined),
    () => from(JSON.parse(JSON.stringify(users))),
    () => innerJoin('posts', eq(users.id, 1))(real),
    () => where(eq(users.id, 1))({}),
    () => select({ a: users.id })(JSON.parse(JSON.stringify(statementOf(real)))),
    () => union({})(real),
    () => include({ posts: {} })(real),
    () => include({ posts: { cardinality: 'many', query: statementOf(postsOf) } })(real),
    () => many({}),
    () => subquery('x\0')(real),
    () => subquery('')(real),
    () => subquery('x')(select(users.id)(real)),
    () => subquery('x')(select({ a: { b: users.id } })(real)),
    () => union(select({ a: { b: users.id } })(real))(select({ a: { b: users.id } })(real)),
    () => where(eq(users.id, 1))(union(real)(real)),
    () => where(eq(users.id, 1))(insertInto(posts)({ id: 1, userId: 1 })),
    () => insertInto(pipe(real, subquery('x')))({}),
    () => many(deleteFrom(users)),
  ]
  for (const make of wrong) expect(make, String(make)).toThrow(TypeError)
})

it('a row with nothing in it, and a list of rows that is none', () => {
  expect(outcomeOf(() => select({})(real))).toBe('IllFormed')
  expect(outcomeOf(() => returning({})(insertInto(posts)({ id: 1, userId: 1 })))).toBe('IllFormed')
  expect(outcomeOf(() => insertInto(posts)(null))).toBe('IllFormed')
  expect(outcomeOf(() => select('x')(real))).toBe('InvalidValue')
  expect(outcomeOf(() => select({ a: 'x' })(real))).toBe('InvalidValue')
  expect(outcomeOf(() => select({ a: { b: undefined } })(real))).toBe('InvalidValue')
  expect(outcomeOf(() => select([users.id])(real))).toBe('Right')
})

it('a list is copied: what its owner changes afterwards is no business of the query', () => {
  const list = [1, 2]
  const q = where(pipe(users.id, inList(list)))(real)
  list.push(3, 4, 5)
  list[0] = 'x' as never
  const load = compile(sqliteDialect())(q as never)
  expect(E.isRight(load) && load.right._tag === 'Step' && load.right.statement.parameters).toEqual([1n, 2n])
})

it('what queries are made of is frozen', () => {
  const q = pipe(real, where(eq(users.id, 1)), orderBy(users.id), limit(1))
  expect(Object.isFrozen(q)).toBe(true)
  expect(Object.isFrozen(users)).toBe(true)
  expect(Object.isFrozen(users.id)).toBe(true)
  expect(Object.isFrozen(eq(users.id, 1))).toBe(true)
  expect(Object.isFrozen(asc(users.id))).toBe(true)
  expect(Object.isFrozen(many(postsOf))).toBe(true)
})

// What no engine takes, or not all of them mean alike, is refused in memory over empty tables, too, with the words of the engines.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { describe, expect, it } from 'vitest'

import { showValue } from '../../../src/expr/show.js'
import {
  and,
  autoIncrement,
  count,
  distinct,
  eq,
  from,
  groupBy,
  include,
  inList,
  insertInto,
  integer,
  inRows,
  isNull,
  json,
  jsonAgg,
  jsonTypeOf,
  leftJoin,
  limit,
  listParam,
  literal,
  many,
  nullable,
  param,
  primaryKey,
  returning,
  scalar,
  select,
  sub,
  sum,
  table,
  text,
  values,
  where,
} from '../../../src/index.js'
import { apply, emptyTables, interpret, rowsIn, withRows } from '../../../src/memory.js'

const users = table('users', { id: pipe(integer, primaryKey), age: pipe(integer, nullable) })
const posts = table('posts', { id: pipe(integer, primaryKey), userId: integer, stars: pipe(integer, nullable) })

const outcomeOf = (asked: E.Either<{ readonly _tag: string; readonly message: string }, unknown>) =>
  E.isLeft(asked) ? [asked.left._tag, asked.left.message] : ['Right', asked.right]

describe('a list where one value stands', () => {
  const ofAge = (age: unknown) =>
    interpret(pipe(from(users), where(eq(users.age, param('age', integer)))), { age })(emptyTables)

  it('is no value of a parameter, nor of an expression', () => {
    expect(outcomeOf(ofAge([1]))).toEqual(['InvalidValue', 'parameter "age": a list where one value stands'])
    expect(outcomeOf(ofAge(1))).toEqual(['Right', []])
    const bare = pipe(from(users), where(eq(users.age, [1] as never)))
    expect(outcomeOf(interpret(bare)(emptyTables))).toEqual(['InvalidValue', 'a value: a list where one value stands'])
    const within = pipe(
      from(users),
      include({
        posts: many(pipe(from(posts), where(and(eq(posts.userId, users.id), eq(posts.stars, param('n', integer)))))),
      }),
    )
    expect(outcomeOf(interpret(within, { n: [] })(emptyTables))[0]).toBe('InvalidValue')
  })

  it('is one of a document, and of IN', () => {
    const documents = table('documents', { id: pipe(integer, primaryKey), doc: json(t.array(t.number)) })
    expect(E.isRight(apply(insertInto(documents)({ id: 1, doc: [1] }))(emptyTables))).toBe(true)
    const listed = pipe(from(users), where(pipe(users.age, inList(listParam('ages', integer)))))
    expect(outcomeOf(interpret(listed, { ages: [1, 2] })(emptyTables))).toEqual(['Right', []])
    const rows = pipe(from(users), where(inRows([users.id, users.age], [[1, 2]])))
    expect(outcomeOf(interpret(rows)(emptyTables))).toEqual(['Right', []])
  })
})

it('an aggregate of outer rows alone has no meaning; one that mentions its own rows has', () => {
  const asked = (e: Parameters<typeof sum>[0]) =>
    interpret(pipe(from(users), select(scalar(pipe(from(posts), select(sum(e as typeof users.id)))))))(emptyTables)
  expect(outcomeOf(asked(users.age))).toEqual([
    'Unsupported',
    expect.stringContaining('aggregate what an outer row says'),
  ])
  expect(outcomeOf(asked(sub(posts.stars, users.id)))[0]).toBe('Right')
  expect(outcomeOf(asked(literal(1, integer)))[0]).toBe('Right')
})

it('what a write gives back asks nothing of its own table', () => {
  const counted = scalar(pipe(from(posts), select(count())))
  const own = pipe(insertInto(posts)({ id: 1, userId: 1 }), returning({ n: counted }))
  expect(outcomeOf(apply(own)(emptyTables))[0]).toBe('Unsupported')
  const other = pipe(insertInto(users)({ id: 1 }), returning({ n: counted }))
  expect(outcomeOf(apply(other)(emptyTables))[0]).toBe('Right')
})

it('under distinct and groupBy a relation asks for nothing that is not given', () => {
  const joined = pipe(from(users), leftJoin(posts, eq(posts.userId, users.id)))
  const relation = many(
    pipe(
      from(pipe(table('others', { id: pipe(integer, primaryKey), n: integer }))),
      where(eq(table('others', { id: pipe(integer, primaryKey), n: integer }).n, posts.stars)),
    ),
  )
  const hidden = pipe(joined, select({ stars: posts.stars }), distinct, include({ relation }))
  expect(outcomeOf(interpret(hidden)(emptyTables))).toEqual(['IllFormed', expect.stringContaining('"posts" is there')])
  const grouped = pipe(joined, groupBy(posts.stars), select({ stars: posts.stars }), include({ relation }))
  expect(outcomeOf(interpret(grouped)(emptyTables))[0]).toBe('IllFormed')
  const absent = pipe(joined, select({ id: users.id }), distinct, include({ relation }))
  expect(outcomeOf(interpret(absent)(emptyTables))).toEqual([
    'IllFormed',
    expect.stringContaining('"posts"."stars" among the outputs'),
  ])
  const inner = pipe(from(posts), select({ stars: posts.stars }), distinct, include({ relation }))
  expect(outcomeOf(interpret(inner)(emptyTables))).toEqual(['Right', []])
})

it('a value that is none says what it was for', () => {
  const rows = from(values('v', { id: integer }, [{ id: 1 }, { id: 'x' as never }]))
  expect(interpret(rows)(emptyTables)).toMatchObject(E.left({ _tag: 'InvalidValue', place: 'v.id of row 2' }))
})

it('a number of rows is refused where it is bound, and an error where it is computed', () => {
  expect(outcomeOf(interpret(pipe(from(users), limit(-1)))(emptyTables))[0]).toBe('InvalidValue')
  expect(outcomeOf(interpret(pipe(from(users), limit(sub(literal(1, integer), 3))))(emptyTables))[0]).toBe('Overflow')
})

it('keys are made for the rows that name the same columns together, in the order of the first of each', () => {
  const keyed = table('keyed', { id: pipe(integer, primaryKey, autoIncrement), word: text })
  const rows = [{ word: 'a' }, { id: 7, word: 'b' }, { word: 'c' }, { id: 8, word: 'd' }]
  const done = apply(pipe(insertInto(keyed)(rows), returning({ id: keyed.id, word: keyed.word })))(emptyTables)
  expect(E.isRight(done) && done.right.rows).toEqual([
    { id: 1, word: 'a' },
    { id: 7, word: 'b' },
    { id: 2, word: 'c' },
    { id: 8, word: 'd' },
  ])
})

it('a document that is null is a value, and null where it is read', () => {
  const documents = table('documents', { id: pipe(integer, primaryKey), doc: pipe(json(t.unknown), nullable) })
  const kept = table('kept', { id: pipe(integer, primaryKey), doc: json(t.unknown) })
  const filled = pipe(
    emptyTables,
    withRows(kept)([{ id: 1, doc: null }]),
    E.chain(withRows(documents)([{ id: 1, doc: null }])),
  )
  if (E.isLeft(filled)) throw new Error(filled.left.message)
  expect(rowsIn(kept)(filled.right)).toEqual([{ id: 1, doc: null }])
  const asked = pipe(
    from(kept),
    select({ none: isNull(kept.doc), kind: jsonTypeOf(kept.doc), doc: kept.doc, all: jsonAgg(kept.doc, [kept.id]) }),
    groupBy(kept.id),
  )
  expect(outcomeOf(interpret(asked)(filled.right))).toEqual([
    'Right',
    [{ none: false, kind: 'null', doc: null, all: [null] }],
  ])
  const absent = pipe(from(documents), select({ none: isNull(documents.doc), kind: jsonTypeOf(documents.doc) }))
  expect(outcomeOf(interpret(absent)(filled.right))).toEqual(['Right', [{ none: true, kind: null }]])
})

it('a value that cannot be looked into is shown by its kind', () => {
  const itself: Record<string, unknown> = {}
  itself['self'] = itself
  expect(showValue(itself)).toBe('(object)')
  expect(
    showValue({
      get a(): never {
        throw new Error('mine')
      },
    }),
  ).toBe('(object)')
  expect(showValue({ a: [1, 'x', null] })).toBe('{ a: [1, "x", null] }')
})

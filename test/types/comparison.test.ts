// Both sides of a comparison have one type, written either way; null is asked for with isNull; the null of either side stays.
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expectTypeOf, test } from 'vitest'

import {
  between,
  containsText,
  eq,
  type Expr,
  from,
  gt,
  ilike,
  inList,
  inQuery,
  integer,
  isDistinctFrom,
  isNotDistinctFrom,
  isNull,
  like,
  lt,
  ne,
  not,
  notInList,
  nullable,
  or,
  param,
  select,
  text,
  where,
} from '../../src/index.js'
import { addresses, comments, events, posts, users } from '../types/blog.js'

declare const maybe: boolean

describe('a comparison', () => {
  test('is of one type, data-first', () => {
    // @ts-expect-error: Argument of type 'number' is not assignable to parameter of type 'string | AnyExpr'
    eq(users.name, 3)
    // @ts-expect-error: Argument of type 'string' is not assignable to parameter of type 'number | AnyExpr'
    gt(users.age, 'x')
    // @ts-expect-error: the two sides have different types: string and number
    eq(users.name, posts.id)
    // @ts-expect-error: the two sides have different types: number and bigint
    lt(users.id, posts.views)
    // @ts-expect-error: Argument of type 'bigint' is not assignable to parameter of type 'number | AnyExpr'
    eq(users.id, 3n)
    // @ts-expect-error: Argument of type 'number' is not assignable to parameter of type 'bigint | AnyExpr'
    eq(posts.views, 3)
    // @ts-expect-error: is not assignable to parameter of type 'string | AnyExpr'
    eq(users.name, users)
  })

  test('is of one type, data-last', () => {
    // @ts-expect-error: the two sides have different types: string and number
    pipe(users.name, eq(3))
    // @ts-expect-error: the two sides have different types: number and string
    pipe(users.age, gt('x'))
    // @ts-expect-error: the two sides have different types: string and number
    pipe(users.name, eq(posts.id))
    // @ts-expect-error: the two sides have different types: number and bigint
    pipe(users.id, lt(posts.views))
    // @ts-expect-error: the two sides have different types: bigint and number
    pipe(posts.views, eq(3))
  })

  test('takes no null, data-first and data-last', () => {
    // @ts-expect-error: Argument of type 'null' is not assignable to parameter of type 'string | AnyExpr'
    eq(users.fullname, null)
    // @ts-expect-error: Argument of type 'null' is not assignable to parameter of type 'AnyExpr | Literal'
    pipe(users.fullname, eq(null))
    // @ts-expect-error: is not assignable to parameter of type 'string | AnyExpr'
    eq(users.fullname, maybe ? 'x' : null)
    // @ts-expect-error: is not assignable to parameter of type 'string | AnyExpr'
    eq(users.fullname, undefined)
    isNull(users.fullname)
  })

  test('takes what may be a value or an expression where both fit', () => {
    eq(users.name, maybe ? users.fullname : 'x')
    pipe(users.name, eq(maybe ? users.fullname : 'x'))
    // @ts-expect-error: the two sides have different types: string and number
    eq(users.name, maybe ? posts.id : 'x')
    // @ts-expect-error: the two sides have different types: string and number
    pipe(users.name, eq(maybe ? posts.id : 'x'))
    // @ts-expect-error: the two sides have different types: string and number
    pipe(users.name, eq(maybe ? 'x' : 3))
    // @ts-expect-error: is not assignable to parameter of type 'string | AnyExpr'
    eq(users.name, maybe ? 'x' : 3)
  })

  test('with a union of literals takes its members, and any column of their type', () => {
    eq(events.kind, 'open')
    pipe(events.kind, eq('close'))
    eq(events.kind, users.name)
    eq(users.name, events.kind)
    // @ts-expect-error: Argument of type '"ajar"' is not assignable
    eq(events.kind, 'ajar')
    // @ts-expect-error: the two sides have different types
    pipe(events.kind, eq('ajar'))
    // @ts-expect-error: Argument of type 'string' is not assignable
    eq(events.kind, 'open' as string)
    // @ts-expect-error: the two sides have different types
    pipe(events.kind, eq('open' as string))
  })

  test('is of booleans and of documents, too', () => {
    eq(posts.live, true)
    pipe(posts.live, ne(false))
    eq(events.payload, { size: 1 })
    pipe(events.payload, eq({ size: 1 }))
    // @ts-expect-error: the two sides have different types: boolean and number
    pipe(posts.live, eq(1))
    // @ts-expect-error: Type 'string' is not assignable to type 'number'
    eq(events.payload, { size: 'x' })
    // @ts-expect-error: the two sides have different types: object
    pipe(events.payload, eq({ size: 'x' }))
  })

  test('keeps the null of a nullable side, whichever it is', () => {
    expectTypeOf(eq(users.name, 'x')).toEqualTypeOf<Expr<boolean, 'users', 'users'>>()
    expectTypeOf(eq(users.fullname, 'x')).toEqualTypeOf<Expr<boolean | null, 'users', 'users'>>()
    expectTypeOf(pipe(users.fullname, eq('x'))).toEqualTypeOf<Expr<boolean | null, 'users', 'users'>>()
    expectTypeOf(eq(users.name, comments.body)).toEqualTypeOf<
      Expr<boolean | null, 'users' | 'comments', 'users' | 'comments'>
    >()
    expectTypeOf(pipe(users.name, eq(comments.body))).toEqualTypeOf<
      Expr<boolean | null, 'users' | 'comments', 'users' | 'comments'>
    >()
    expectTypeOf(ne(users.name, addresses.email)).toEqualTypeOf<
      Expr<boolean, 'users' | 'addresses', 'users' | 'addresses'>
    >()
  })

  test('takes parameters of the type', () => {
    expectTypeOf(eq(users.id, param('id', integer))).toEqualTypeOf<Expr<boolean, 'users', 'users'>>()
    expectTypeOf(eq(users.name, param('n', pipe(text, nullable)))).toEqualTypeOf<
      Expr<boolean | null, 'users', 'users'>
    >()
    // @ts-expect-error: the two sides have different types: number and string
    eq(users.id, param('id', text))
  })

  test('that minds null takes it as a value and is never null', () => {
    expectTypeOf(isDistinctFrom(users.fullname, null)).toEqualTypeOf<Expr<boolean, 'users'>>()
    expectTypeOf(pipe(users.fullname, isNotDistinctFrom(null))).toEqualTypeOf<Expr<boolean, 'users'>>()
    expectTypeOf(isDistinctFrom(users.fullname, addresses.email)).toEqualTypeOf<Expr<boolean, 'users' | 'addresses'>>()
    // @ts-expect-error: Argument of type '3' is not assignable to parameter of type 'string | AnyExpr | null'
    isDistinctFrom(users.fullname, 3)
    // @ts-expect-error: the two sides have different types: string and number
    pipe(users.fullname, isDistinctFrom(3))
    // @ts-expect-error: the two sides have different types: string and number
    isNotDistinctFrom(users.name, posts.id)
  })
})

describe('BETWEEN', () => {
  test('has bounds of the type, values or expressions', () => {
    expectTypeOf(pipe(users.age, between(1, 2))).toEqualTypeOf<Expr<boolean, 'users', 'users'>>()
    expectTypeOf(pipe(users.age, between(posts.id, users.managerId))).toEqualTypeOf<
      Expr<boolean | null, 'users' | 'posts', 'users' | 'posts'>
    >()
    // @ts-expect-error: the two sides have different types: number and string
    pipe(users.age, between(1, 'x'))
    // @ts-expect-error: the two sides have different types: number and string
    pipe(users.age, between('x', 1))
    // @ts-expect-error: the two sides have different types: number and string
    pipe(users.age, between(users.name, 1))
    // @ts-expect-error: Argument of type 'null' is not assignable
    pipe(users.age, between(1, null))
  })
})

describe('IN', () => {
  test('is of a list of the type', () => {
    expectTypeOf(pipe(users.name, inList(['ed', 'wendy']))).toEqualTypeOf<Expr<boolean, 'users', 'users'>>()
    expectTypeOf(pipe(users.fullname, notInList(['ed']))).toEqualTypeOf<Expr<boolean | null, 'users', 'users'>>()
    pipe(users.name, inList([]))
    // @ts-expect-error: the two sides have different types: number and string
    pipe(users.id, inList(['a']))
    // @ts-expect-error: the two sides have different types: string and number
    pipe(users.name, notInList([3]))
    // @ts-expect-error: the two sides have different types: string and number
    pipe(users.name, inList(['a', 3]))
    // @ts-expect-error: the two sides have different types: string and number
    pipe(users.name, inList([] as ReadonlyArray<string | number>))
    // @ts-expect-error: Type 'null' is not assignable to type 'string | number | bigint | boolean'
    pipe(users.name, inList(['a', null]))
  })

  test('is of a query with one output of the type', () => {
    const authors = pipe(from(posts), select(posts.authorId))
    expectTypeOf(pipe(users.id, inQuery(authors))).toEqualTypeOf<Expr<boolean, 'users', 'users'>>()
    const bodies = pipe(from(comments), where(eq(comments.postId, posts.id)), select(comments.body))
    expectTypeOf(pipe(users.name, inQuery(bodies))).toEqualTypeOf<Expr<boolean | null, 'users' | 'posts', 'users'>>()
    // @ts-expect-error: the two sides have different types: string and number
    pipe(users.name, inQuery(authors))
    expectTypeOf(pipe(users.id, inQuery(pipe(from(posts), select({ id: posts.id }))))).toEqualTypeOf<
      Expr<boolean, 'users', 'users'>
    >()
    // @ts-expect-error: "title" is one of several outputs: a query that stands for a value has one output
    pipe(users.id, inQuery(pipe(from(posts), select({ id: posts.id, title: posts.title }))))
  })
})

describe('a pattern', () => {
  test('is text and is matched against text', () => {
    expectTypeOf(pipe(users.fullname, like('%x'))).toEqualTypeOf<Expr<boolean | null, 'users', 'users'>>()
    expectTypeOf(pipe(users.name, ilike(comments.body))).toEqualTypeOf<
      Expr<boolean | null, 'users' | 'comments', 'users' | 'comments'>
    >()
    // @ts-expect-error: Type 'number' is not assignable to type 'string'
    pipe(users.id, like('%x'))
    // @ts-expect-error: Argument of type 'number' is not assignable to parameter of type 'TextValue'
    pipe(users.name, like(3))
    // @ts-expect-error: Argument of type 'number' is not assignable to parameter of type 'TextValue'
    pipe(users.name, containsText(3))
  })
})

describe('a criterion', () => {
  test('is true, false or null', () => {
    // @ts-expect-error: Type 'string' is not assignable to type 'boolean | null'
    where(users.name)
    // @ts-expect-error: Type 'string' is not assignable to type 'boolean | null'
    not(users.name)
    // @ts-expect-error: Type 'number' is not assignable to type 'boolean | null'
    or(eq(users.id, 1), users.id)
    where(posts.live)
  })
})

// Functions of text keep the null of every operand and the sources of all; raw SQL takes values and expressions, and says which.
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { describe, expectTypeOf, test } from 'vitest'

import {
  boolean,
  charLength,
  collate,
  concatWs,
  containsText,
  customFamily,
  customFunction,
  type Expr,
  fn,
  from,
  indexOf,
  innerJoin,
  integer,
  literal,
  lpad,
  matches,
  nullable,
  raw,
  regexMatches,
  repeat,
  replace,
  select,
  sql,
  startsWith,
  subquery,
  substring,
  takeLeft,
  type TextStatement,
  text,
  trim,
  union,
  where,
} from '../../src/index.js'
import { all, comments, posts, users } from '../types/blog.js'

describe('a function of text', () => {
  test('is null where an operand is, and mentions what its operands mention', () => {
    expectTypeOf(trim(users.name)).toEqualTypeOf<Expr<string, 'users', 'users'>>()
    expectTypeOf(pipe(users.name, substring(1))).toEqualTypeOf<Expr<string, 'users', 'users'>>()
    expectTypeOf(pipe(users.name, substring(1, 2))).toEqualTypeOf<Expr<string, 'users', 'users'>>()
    expectTypeOf(pipe(users.name, substring(posts.id))).toEqualTypeOf<
      Expr<string, 'users' | 'posts', 'users' | 'posts'>
    >()
    expectTypeOf(pipe(users.name, indexOf(comments.body))).toEqualTypeOf<
      Expr<number | null, 'users' | 'comments', 'users' | 'comments'>
    >()
    expectTypeOf(pipe(comments.body, replace('a', 'b'))).toEqualTypeOf<Expr<string | null, 'comments', 'comments'>>()
    expectTypeOf(concatWs(', ', users.name, comments.body)).toEqualTypeOf<Expr<string, 'users' | 'comments'>>()
    expectTypeOf(pipe(users.name, startsWith(comments.body))).toEqualTypeOf<
      Expr<boolean | null, 'users' | 'comments', 'users' | 'comments'>
    >()
    expectTypeOf(pipe(comments.body, regexMatches('a'))).toEqualTypeOf<Expr<boolean | null, 'comments', 'comments'>>()
    expectTypeOf(matches([posts.title, comments.body], 'a')).toEqualTypeOf<Expr<boolean, 'posts' | 'comments'>>()
    expectTypeOf(pipe(comments.body, collate('C'))).toEqualTypeOf<Expr<string | null, 'comments', 'comments'>>()
  })

  test('takes text', () => {
    // @ts-expect-error: Type 'number' is not assignable to type 'string'
    trim(users.age)
    // @ts-expect-error: Type 'number' is not assignable to type 'string'
    pipe(users.age, substring(1))
    // @ts-expect-error: Argument of type 'string' is not assignable to parameter of type 'Place'
    pipe(users.name, takeLeft('2'))
    // @ts-expect-error: Type 'string' is not assignable to type 'number'
    pipe(users.name, takeLeft(users.name))
    // @ts-expect-error: Argument of type 'number' is not assignable to parameter of type 'TextValue'
    pipe(users.name, indexOf(1))
    // @ts-expect-error: Argument of type 'null' is not assignable to parameter of type 'TextValue'
    pipe(users.name, replace('a', null))
    // @ts-expect-error: Argument of type 'null' is not assignable to parameter of type 'TextValue'
    pipe(users.name, containsText(null))
    // @ts-expect-error: Expected at least 2 arguments, but got 1
    concatWs(', ')
    // @ts-expect-error: Type 'number' is not assignable to type 'string'
    charLength(users.id)
  })

  test('takes values where engines differ by what they are given', () => {
    // @ts-expect-error: Argument of type 'Expr<number, "users", "users">' is not assignable to parameter of type 'number'
    pipe(users.name, repeat(users.id))
    // @ts-expect-error: Argument of type 'Expr<number, "users", "users">' is not assignable to parameter of type 'number'
    pipe(users.name, lpad(users.id))
    // @ts-expect-error: Type '"posts"' is not assignable to type 'never'
    pipe(users.name, regexMatches(posts.title))
    // @ts-expect-error: Argument of type '"g"' is not assignable to parameter of type '"" | "i" | undefined'
    pipe(users.name, regexMatches('a', 'g'))
    // @ts-expect-error: Source has 0 element(s) but target requires 1
    matches([], 'a')
  })
})

describe('an expression of the user', () => {
  const both = customFunction({ name: 'both', takes: [integer, text], gives: boolean, render: {} })
  const first = customFunction({ name: 'first', takes: [nullable(text), text], gives: text, render: {} })

  test('takes operands of its types, and is null where they are', () => {
    expectTypeOf(both(users.id, posts.title)).toEqualTypeOf<Expr<boolean, 'users' | 'posts', 'users' | 'posts'>>()
    expectTypeOf(both(1, 'a')).toEqualTypeOf<Expr<boolean>>()
    expectTypeOf(both(users.id, comments.body)).toEqualTypeOf<
      Expr<boolean | null, 'users' | 'comments', 'users' | 'comments'>
    >()
    expectTypeOf(first(comments.body, 'a')).toEqualTypeOf<Expr<string, 'comments', 'comments'>>()
    // @ts-expect-error: Type 'string' is not assignable to type 'CustomOperand
    both('a', 'a')
    // @ts-expect-error: Source has 1 element(s) but target requires 2
    both(1)
    // @ts-expect-error: Type 'null' is not assignable to type 'CustomOperand
    both(null, 'a')
    // @ts-expect-error: "posts" is mentioned but never joined
    all(pipe(from(users), where(both(users.id, posts.title))))
  })

  test('has a meaning of values of its types, and data of its own', () => {
    const part = customFamily({
      name: 'part',
      data: t.keyof({ year: null, month: null }),
      takes: [integer, nullable(text)],
      gives: integer,
      render: { others: ({ sql: written, operand, data }) => (data === 'year' ? operand(0) : written`${operand(1)}`) },
      evaluate: ([a, b], data) => {
        expectTypeOf(a).toEqualTypeOf<number>()
        expectTypeOf(b).toEqualTypeOf<string | null>()
        expectTypeOf(data).toEqualTypeOf<'year' | 'month'>()
        return a
      },
    })
    expectTypeOf(part('year')(users.id, 'a')).toEqualTypeOf<Expr<number, 'users', 'users'>>()
    // @ts-expect-error: Argument of type '"day"' is not assignable to parameter of type
    part('day')
    customFunction({
      name: 'wrong',
      takes: [integer],
      gives: integer,
      // @ts-expect-error: Type 'string' is not assignable to type 'RenderedSql'
      render: { others: () => '1' },
    })
    customFunction({
      name: 'wrong',
      takes: [integer],
      gives: integer,
      // @ts-expect-error: Argument of type 'number' is not assignable to parameter of type 'RenderedSql'
      render: { others: ({ sql: written }) => written`${1}` },
    })
  })
})

describe('raw SQL', () => {
  test('has the type that it says, and mentions what is interpolated', () => {
    expectTypeOf(sql(boolean)`${users.id} < ${posts.id} + ${1}`).toEqualTypeOf<
      Expr<boolean, 'users' | 'posts', 'users' | 'posts'>
    >()
    expectTypeOf(sql(nullable(text))`now() ${raw('')}`).toEqualTypeOf<Expr<string | null>>()
    expectTypeOf(fn('abs', integer)(users.id, 1)).toEqualTypeOf<Expr<number, 'users', 'users'>>()
    pipe(from(users), innerJoin(posts, sql(boolean)`${posts.authorId} = ${users.id}`))
    // @ts-expect-error: "posts" is mentioned but never joined
    all(pipe(from(users), where(sql(boolean)`${posts.id} = ${users.id}`)))
    // @ts-expect-error: Type 'number' is not assignable to type 'boolean | null'
    pipe(from(users), where(sql(integer)`1`))
  })

  test('takes values that show their type', () => {
    // @ts-expect-error: Argument of type 'null' is not assignable to parameter of type 'RawPart'
    void sql(integer)`${null}`
    void sql(pipe(integer, nullable))`${literal(null, pipe(integer, nullable))}`
    // @ts-expect-error: Argument of type 'Date' is not assignable to parameter of type 'RawPart'
    void sql(integer)`${new Date()}`
    // @ts-expect-error: Type 'TemplateStringsArray' is missing the following properties from type 'ColumnSpec<unknown
    void sql`1`
    // @ts-expect-error: Argument of type 'null' is not assignable to parameter of type 'Expr<unknown, string, string> | RawValue'
    fn('abs', integer)(null)
    // @ts-expect-error: Type 'null' is not assignable to type 'Bound'
    sql.text('SELECT :a').bind({ a: null })
    // @ts-expect-error: Type '"users"' is not assignable to type 'never'
    sql.text('SELECT :a').bind({ a: users.id })
  })

  test('the parameters of a literal text are known', () => {
    const named = sql.text("SELECT :a, ':b', x::text FROM t WHERE c = :c_1 AND d = :a")
    expectTypeOf(named).toEqualTypeOf<TextStatement<'a' | 'c_1', 'a' | 'c_1'>>()
    const half = named.bind({ a: 1 })
    expectTypeOf(half).toEqualTypeOf<TextStatement<'a' | 'c_1', 'c_1'>>()
    half.bind({ c_1: 'x' }).command()
    half.bind({ a: 2, c_1: 'x' }).columns({ n: integer })
    sql.text('SELECT 1').as({ n: integer })
    sql.text('SELECT a[1:2], 12:30').command()
    // @ts-expect-error: no value was bound for ":c_1"
    half.columns({ n: integer })
    // @ts-expect-error: no value was bound for ":c_1"
    half.as({ n: integer })
    // @ts-expect-error: no value was bound for ":c_1"
    half.command()
    // @ts-expect-error: the text has no parameter ":b"
    named.bind({ b: 1 })
    // @ts-expect-error: the text has no parameter ":x"
    sql.text('SELECT 1').bind({ x: 1 })
  })

  test('where its type does not tell, a text is looked at when it runs', () => {
    const unknown = 'SELECT :a' as string
    expectTypeOf(sql.text(unknown)).toEqualTypeOf<TextStatement<string, never>>()
    sql.text(unknown).bind({ b: 1 }).command()
    for (const text of ['SELECT :a -- :b', "SELECT E'\\'' :a", 'SELECT $$ :a $$', 'SELECT [:a]', '# :a'] as const)
      expectTypeOf(sql.text(text)).toEqualTypeOf<TextStatement<string, never>>()
    const values: Record<string, number> = { a: 1 }
    sql.text('SELECT :a').bind(values).command()
  })

  test('rows by name are those of a table or of columns', () => {
    const read = sql.text('SELECT * FROM users')
    expectTypeOf(all(read.as(users))[0]!).toEqualTypeOf(all(from(users))[0]!)
    expectTypeOf(all(read.as({ id: integer }))[0]!).toEqualTypeOf<{ readonly id: number }>()
  })

  test('a statement has the rows of its columns, and is a query or a source', () => {
    const named = sql.text('SELECT id, name FROM users').columns({ id: integer, name: nullable(text) })
    expectTypeOf(all(named)[0]!).toEqualTypeOf<{ readonly id: number; readonly name: string | null }>()
    const source = pipe(named, subquery('named'))
    expectTypeOf(source.name).toEqualTypeOf<Expr<string | null, 'named', 'named'>>()
    expectTypeOf(all(pipe(from(source), select({ n: source.id })))[0]!).toEqualTypeOf<{ readonly n: number }>()
    // @ts-expect-error: "text"
    pipe(named, where(sql(boolean)`1 = 1`))
    // @ts-expect-error: "text"
    pipe(from(users), select({ id: users.id, name: users.name }), union(named))
  })
})

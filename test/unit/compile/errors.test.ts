// What is wrong with a query is said before anything is sent, in words that name it, and never depends on a value.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { describe, expect, it } from 'vitest'

import {
  add,
  alias,
  and,
  type AnyExpr,
  type AnyQuery,
  between,
  bigint,
  boolean,
  caseWhen,
  coalesce,
  compile,
  concat,
  count,
  countDistinct,
  date,
  deleteFrom,
  distinct,
  double,
  eq,
  everyRow,
  exists,
  type Expr,
  from,
  groupBy,
  gt,
  include,
  innerJoin,
  inList,
  inQuery,
  insertInto,
  integer,
  intersect,
  isNotDistinctFrom,
  isNull,
  json,
  like,
  literal,
  lower,
  many,
  mariadbDialect,
  max,
  mod,
  mysqlDialect,
  ne,
  nullable,
  or,
  orderBy,
  postgresDialect,
  present,
  primaryKey,
  returning,
  scalar,
  select,
  set,
  sqliteDialect,
  sum,
  table,
  tableIn,
  text,
  timestamptz,
  union,
  unionAll,
  update,
  where,
} from '../../../src/index.js'

const users = table('users', { id: pipe(integer, primaryKey), name: text, age: pipe(integer, nullable) })
const posts = table('posts', { id: pipe(integer, primaryKey), userId: integer, title: text })
const mixed = table('mixed', {
  id: pipe(integer, primaryKey),
  name: text,
  day: date,
  at: timestamptz,
  big: bigint,
  real: double,
  flag: boolean,
  doc: json(t.string),
  other: json(t.string),
})
const dialects = [postgresDialect(), mysqlDialect(), mariadbDialect(), sqliteDialect()]

/** The error on all four, which must agree. */
const errorOf = (
  query: AnyQuery | ((...args: never) => unknown),
): { readonly _tag: string; readonly message: string } => {
  const errors = dialects
    .map((dialect) => compile(dialect)(query as never))
    .map((load) => (E.isLeft(load) ? load.left : { _tag: 'Right', message: '' }))
  expect(new Set(errors.map((e) => e._tag)).size, JSON.stringify(errors)).toBe(1)
  return errors[0] ?? { _tag: 'none', message: '' }
}
// the types refuse most of these queries: what they refuse is refused in words, too
const loose = <A>(x: unknown): A => x as A
const other = <A>(e: AnyExpr): Expr<A, 'users' | 'posts' | 'mixed'> => loose(e)

describe('sources', () => {
  it('FreeSource: a table that is mentioned and never joined', () => {
    const open: ReadonlyArray<AnyQuery> = [
      pipe(from(posts), where(eq(posts.userId, users.id))),
      pipe(from(posts), select({ id: posts.id, name: users.name })),
      pipe(from(posts), select({ post: posts, user: users })),
      pipe(from(posts), orderBy(users.id)),
      pipe(from(posts), groupBy(posts.id, users.id), select(count())),
      pipe(from(posts), where(exists(pipe(from(mixed), where(eq(mixed.id, users.id)))))),
      pipe(from(posts), select(scalar(pipe(from(mixed), where(eq(mixed.id, users.id)), select(count()))))),
      pipe(update(posts), set({ userId: other(users.id) }) as never, everyRow as never) as never,
      pipe(deleteFrom(posts), where(eq(posts.userId, users.id))),
      pipe(insertInto(posts)({ id: 1, userId: other(users.id) as never, title: 'x' })),
      pipe(insertInto(posts)({ id: 1, userId: 1, title: 'x' }), returning({ name: users.name })),
      loose(pipe(from(posts), loose<(q: unknown) => unknown>(present(users)))),
    ]
    for (const query of open)
      expect(errorOf(query)).toMatchObject({
        _tag: 'FreeSource',
        source: 'users',
        message: '"users" is mentioned but never joined',
      })
  })

  it('FreeSource: a criterion of a join does not see a later join', () => {
    const query = pipe(
      from(posts),
      innerJoin(mixed, eq(mixed.id, users.id)),
      loose<(q: unknown) => AnyQuery>(innerJoin(users, eq(users.id, posts.userId))),
    )
    expect(errorOf(query)).toMatchObject({ _tag: 'FreeSource', source: 'users' })
    const inner = pipe(
      from(posts),
      innerJoin(mixed, eq(mixed.id, users.id)),
      loose<(q: unknown) => never>(innerJoin(users, eq(users.id, posts.userId))),
    )
    expect(errorOf(pipe(from(users), where(exists(inner))))).toMatchObject({ _tag: 'FreeSource', source: 'users' })
  })

  it('SourceMismatch: one name for two tables', () => {
    const twin = table('users', { id: integer, nick: text })
    const away = tableIn('away')('users', { id: pipe(integer, primaryKey), name: text, age: pipe(integer, nullable) })
    expect(errorOf(pipe(from(users), where(eq(loose<typeof users>(twin).id, 1))))).toMatchObject({
      _tag: 'SourceMismatch',
      source: 'users',
    })
    expect(errorOf(pipe(from(users), where(eq(loose<typeof users>(away).id, 1))))).toMatchObject({
      _tag: 'SourceMismatch',
    })
    expect(
      errorOf(loose(pipe(from(users), loose<(q: unknown) => unknown>(innerJoin(away, eq(away.id, users.id)))))),
    ).toMatchObject({ _tag: 'SourceMismatch' })
    expect(
      errorOf(
        pipe(from(users), where(exists(pipe(from(posts), where(eq(posts.userId, loose<typeof users>(twin).id)))))),
      ),
    ).toMatchObject({ _tag: 'SourceMismatch' })
    const named = pipe(posts, alias('users'))
    expect(errorOf(pipe(from(users), where(eq(loose<typeof users>(named).id, 1))))).toMatchObject({
      _tag: 'SourceMismatch',
    })
    // an equal definition made twice is the same table
    const again = table('users', { id: pipe(integer, primaryKey), name: text, age: pipe(integer, nullable) })
    expect(errorOf(pipe(from(users), where(eq(again.id, 1))))._tag).toBe('Right')
  })

  it('IllFormed: one table joined twice', () => {
    expect(
      errorOf(loose(pipe(from(users), loose<(q: unknown) => unknown>(innerJoin(users, eq(users.id, 1)))))),
    ).toMatchObject({ _tag: 'IllFormed', message: '"users" is joined twice: give one of the two an alias' })
  })

  it('IllFormed: an include that relates to nothing of this query', () => {
    const relation = many(pipe(from(posts), where(eq(posts.userId, users.id))))
    expect(
      errorOf(loose(pipe(from(mixed), select({ id: mixed.id }), loose<(q: unknown) => unknown>(include({ relation })))))
        ._tag,
    ).toBe('IllFormed')
    const closed = many(loose<never>(from(posts)))
    expect(errorOf(pipe(from(users), include({ closed })))._tag).toBe('IllFormed')
  })

  it('a relation is no part of another query than the one that includes it', () => {
    const inner = pipe(from(users), include({ posts: many(pipe(from(posts), where(eq(posts.userId, users.id)))) }))
    expect(errorOf(pipe(from(mixed), where(exists(inner))))._tag).toBe('Right')
    expect(
      errorOf(pipe(from(mixed), where(pipe(mixed.id, inQuery(loose<never>(pipe(inner, select({ id: users.id }))))))))
        ._tag,
    ).toBe('IllFormed')
  })
})

describe('types that TypeScript takes for one', () => {
  const strings = { name: mixed.name, day: mixed.day, at: mixed.at, big: sum(mixed.big) }
  it('text, days, instants and decimals are not compared with each other', () => {
    for (const [a, x] of Object.entries(strings))
      for (const [b, y] of Object.entries(strings)) {
        if (a === b || a === 'big' || b === 'big') continue
        const q = from(mixed)
        for (const on of [eq(x, y), ne(x, y), gt(x, y), isNotDistinctFrom(x, y), pipe(x, between(y, y))])
          expect(errorOf(pipe(q, where(on)))._tag, `${a} ${b}`).toBe('IllFormed')
        expect(errorOf(pipe(q, select({ z: coalesce(x, y) })))._tag).toBe('IllFormed')
        expect(errorOf(pipe(q, select({ z: caseWhen(isNull(x), x).otherwise(y) })))._tag).toBe('IllFormed')
        expect(errorOf(pipe(q, where(pipe(x, inQuery(pipe(from(mixed), select(y)))))))._tag).toBe('IllFormed')
        expect(errorOf(pipe(q, select({ z: x }), union(pipe(q, select({ z: y })))))._tag).toBe('IllFormed')
      }
    expect(errorOf(pipe(from(mixed), select({ z: coalesce(sum(mixed.big), '5') })))._tag).toBe('Right')
    expect(errorOf(pipe(from(mixed), groupBy(mixed.id), select({ z: eq(sum(mixed.big), mixed.name) })))._tag).toBe(
      'IllFormed',
    )
  })

  it('text is made of text', () => {
    for (const e of [concat(mixed.day, 'x'), concat(mixed.at), lower(mixed.day), lower(mixed.doc)])
      expect(errorOf(pipe(from(mixed), select({ e })))._tag).toBe('IllFormed')
    expect(errorOf(pipe(from(mixed), where(pipe(mixed.day, like('2012%')))))._tag).toBe('IllFormed')
    expect(errorOf(pipe(from(mixed), where(pipe(mixed.name, like(mixed.day)))))._tag).toBe('IllFormed')
  })

  it('a criterion is a truth value, a sum is of numbers', () => {
    for (const query of [
      pipe(from(mixed), where(loose<Expr<boolean, 'mixed'>>(mixed.name))),
      pipe(from(mixed), where(and(loose<Expr<boolean, 'mixed'>>(mixed.id)))),
      pipe(from(mixed), where(or(eq(mixed.id, 1), loose<Expr<boolean, 'mixed'>>(mixed.id)))),
      pipe(from(mixed), innerJoin(posts, loose<Expr<boolean, 'mixed'>>(mixed.id))),
      pipe(from(mixed), select({ n: caseWhen(loose<Expr<boolean, 'mixed'>>(mixed.id), 1).end })),
      pipe(from(mixed), select({ n: sum(loose<Expr<number, 'mixed'>>(mixed.name)) })),
      pipe(from(mixed), select({ n: max(loose<Expr<number, 'mixed'>>(mixed.flag)) })),
      pipe(from(mixed), select({ n: add(loose<Expr<number, 'mixed'>>(mixed.name), 1) })),
      pipe(from(mixed), select({ n: add(mixed.id, loose<Expr<number, 'mixed'>>(mixed.big)) })),
    ])
      expect(errorOf(query as AnyQuery)._tag).toBe('IllFormed')
  })

  it('what does not fit into a column is not assigned to it', () => {
    const wrong: ReadonlyArray<readonly [keyof typeof mixed, AnyExpr]> = [
      ['name', mixed.day],
      ['day', mixed.name],
      ['at', mixed.day],
      ['id', mixed.real],
      ['id', add(mixed.id, 0.5)],
      ['doc', mixed.other],
      ['flag', mixed.id],
    ]
    for (const [key, e] of wrong)
      expect(errorOf(pipe(update(mixed), set(loose<object>({ [key]: e })), everyRow))._tag, String(key)).toBe(
        'IllFormed',
      )
    const right: ReadonlyArray<readonly [keyof typeof mixed, AnyExpr]> = [
      ['real', mixed.id],
      ['doc', mixed.doc],
      ['name', concat(mixed.name, 'x')],
      ['id', add(mixed.id, 1)],
    ]
    for (const [key, e] of right)
      expect(errorOf(pipe(update(mixed), set(loose<object>({ [key]: e })), everyRow))._tag, String(key)).toBe('Right')
  })
})

it('[dialect 72] documents have no equality and no order: Unsupported wherever they would need one', () => {
  const q = from(mixed)
  const doc = loose<Expr<string, 'mixed', 'mixed'>>(mixed.doc)
  for (const query of [
    pipe(q, where(eq(mixed.doc, 'x'))),
    pipe(q, where(eq(mixed.doc, mixed.other))),
    pipe(q, where(eq(mixed.name, mixed.doc))),
    pipe(q, where(isNotDistinctFrom(mixed.doc, null))),
    pipe(q, where(pipe(doc, inList(['x'])))),
    pipe(q, where(pipe(doc, between('a', 'b')))),
    pipe(q, where(pipe(doc, inQuery(pipe(from(mixed), select(mixed.doc)))))),
    pipe(q, select({ n: max(doc) })),
    pipe(q, select({ n: countDistinct(mixed.doc) })),
    pipe(q, select({ doc }), distinct),
    pipe(q, distinct),
    pipe(q, groupBy(mixed.doc), select(count())),
    pipe(q, orderBy(mixed.doc)),
    pipe(q, select({ doc }), union(pipe(q, select({ doc })))),
    pipe(q, select({ doc }), intersect(pipe(q, select({ doc })))),
    pipe(
      q,
      select({ doc }),
      unionAll(pipe(q, select({ doc }))),
      orderBy((row) => [row.doc]),
    ),
  ])
    expect(errorOf(query)._tag).toBe('Unsupported')
  for (const query of [
    pipe(q, where(isNull(mixed.doc))),
    pipe(q, select({ n: count(mixed.doc) })),
    pipe(q, groupBy(mixed.id), select({ doc })),
    pipe(q, select({ doc }), unionAll(pipe(q, select({ doc })))),
    pipe(q, select({ doc: coalesce(mixed.doc, 'x') })),
    pipe(q, where(exists(pipe(from(mixed), where(eq(mixed.id, 1)))))),
  ])
    expect(errorOf(query)._tag).toBe('Right')
})

it('a compile error is the same for every value, also on a cache hit', () => {
  const dialect = sqliteDialect()
  const ask = (x: number) =>
    compile(dialect)(pipe(from(posts), where(and(eq(posts.userId, users.id), eq(posts.id, x)))) as never)
  for (let i = 0; i < 5; i++) expect(ask(i)).toMatchObject({ left: { _tag: 'FreeSource' } })
  expect(dialect.cache.compilations()).toBe(1)
})

it('Unsupported names the dialect, the feature and another way', () => {
  const load = compile(postgresDialect())(pipe(from(mixed), select({ r: mod(mixed.real, 2) })))
  expect(load).toMatchObject({
    left: {
      _tag: 'Unsupported',
      dialect: 'postgres',
      message: 'postgres cannot take the remainder of doubles: use integers',
    },
  })
})

it('[INX19] more parameters than the engine takes are Unsupported', () => {
  for (const dialect of dialects) {
    const many_ = Array.from({ length: dialect.features.maxParameters + 1 }, (_, i) => eq(users.id, i))
    expect(compile(dialect)(pipe(from(users), where(or(...many_))))).toMatchObject({ left: { _tag: 'Unsupported' } })
    const fits = Array.from({ length: 5_000 }, (_, i) => eq(users.id, i))
    expect(E.isRight(compile(dialect)(pipe(from(users), where(or(...fits)))))).toBe(true)
  }
})

it('a chain of 5,000 filters compiles', () => {
  let q = from(users)
  for (let i = 0; i < 5_000; i++) q = pipe(q, where(eq(users.id, i)))
  expect(errorOf(q)._tag).toBe('Right')
  expect(errorOf(pipe(from(users), where(eq(literal(1, integer), 1))))._tag).toBe('Right')
})

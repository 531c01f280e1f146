// Includes, what is refused whatever the rows are, and named parameters.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import {
  alias,
  and,
  count,
  distinct,
  eq,
  from,
  groupBy,
  gt,
  having,
  include,
  integer,
  json,
  leftJoin,
  limit,
  many,
  one,
  optional,
  orderBy,
  param,
  primaryKey,
  select,
  sum,
  table,
  text,
  where,
} from 'relvar'
import { emptyTables, interpret } from 'relvar/memory'
import { describe, expect, test } from 'vitest'
import { ask, author, posts, tables, users } from './blog.js'

describe('[property 36] includes', () => {
  const postsOf = pipe(from(posts), where(author), orderBy(posts.title))

  test('many is a list in the order of the relation', () =>
    expect(
      ask(
        pipe(
          from(users),
          select({ name: users.name }),
          include({ posts: many(pipe(postsOf, select(posts.title))) }),
          orderBy(users.id),
        ),
      ),
    ).toEqual([
      { name: 'ed', posts: ['a', 'b'] },
      { name: 'wendy', posts: [] },
      { name: 'mary', posts: [] },
    ]))

  test('a limit is of each row', () =>
    expect(
      ask(
        pipe(
          from(users),
          where(eq(users.id, 1)),
          select({ id: users.id }),
          include({ posts: many(pipe(postsOf, limit(1), select(posts.id))) }),
        ),
      ),
    ).toEqual([{ id: 1, posts: [11] }]))

  test('one is exactly one, optional at most one', () => {
    const bosses = pipe(users, alias('boss'))
    const boss = pipe(from(bosses), where(eq(bosses.id, users.bossId)), select(bosses.name))
    const names = select({ name: users.name })
    expect(ask(pipe(from(users), names, include({ boss: optional(boss) }), orderBy(users.id)))).toEqual([
      { name: 'ed', boss: 'wendy' },
      { name: 'wendy', boss: null },
      { name: 'mary', boss: 'wendy' },
    ])
    expect(ask(pipe(from(users), names, include({ boss: one(boss) })))).toBe('NoRows')
    expect(ask(pipe(from(users), names, include({ post: optional(pipe(postsOf, select(posts.id))) })))).toBe(
      'MultipleRows',
    )
  })

  test('an ungrouped aggregate gives its row where nothing matches', () =>
    expect(
      ask(
        pipe(
          from(users),
          where(eq(users.id, 2)),
          select({ id: users.id }),
          include({ posts: one(pipe(from(posts), where(author), select({ n: count() }))) }),
        ),
      ),
    ).toEqual([{ id: 2, posts: { n: 0 } }]))

  test('under an absent row many is empty, one and optional are null', () => {
    const authorOf = pipe(from(users), where(eq(users.id, posts.authorId)), select(users.name))
    const u = pipe(users, alias('u'))
    const rows = pipe(
      from(u),
      leftJoin(posts, eq(posts.authorId, u.id)),
      where(eq(u.id, 2)),
      select({ name: u.name }),
      include({ all: many(authorOf), one: one(authorOf), maybe: optional(authorOf) }),
    )
    expect(ask(rows)).toEqual([{ name: 'wendy', all: [], one: null, maybe: null }])
  })

  test('under distinct it needs its columns among the outputs', () => {
    const titles = many(pipe(postsOf, select(posts.title)))
    expect(ask(pipe(from(users), select({ age: users.age }), distinct, include({ titles })))).toBe('IllFormed')
  })
})

describe('what is refused whatever the rows are', () => {
  test('a table that no join brings', () => {
    const open = pipe(from(posts), where(author))
    // @ts-expect-error: "users" is mentioned but never joined
    expect(ask(open)).toBe('FreeSource')
  })

  test('one name for two tables', () => {
    const other = table('users', { id: integer, more: text })
    expect(ask(pipe(from(users), select({ more: other.more })))).toBe('SourceMismatch')
  })

  test('documents are not compared', () => {
    const events = table('events', { id: pipe(integer, primaryKey), body: json(t.unknown) })
    expect(ask(pipe(from(events), where(eq(events.body, events.body))))).toBe('Unsupported')
    expect(ask(pipe(from(events), select(events.body), distinct))).toBe('Unsupported')
    expect(ask(pipe(from(events), orderBy(events.body)))).toBe('Unsupported')
    expect(ask(pipe(from(events), groupBy(events.body), select(count())))).toBe('Unsupported')
  })

  test('an aggregate where there are no groups', () => {
    expect(ask(pipe(from(users), where(gt(count(), 1))))).toBe('IllFormed')
    expect(ask(pipe(from(users), select(sum(count(users.id)))))).toBe('IllFormed')
    expect(ask(pipe(from(users), having(eq(users.id, 1))))).toBe('IllFormed')
  })

  test('what is no query', () => {
    // @ts-expect-error: an untyped caller gives what it has
    expect(ask({ _tag: 'Select' })).toBe('IllFormed')
  })
})

describe('named parameters', () => {
  const byAge = pipe(
    from(users),
    where(and(eq(users.age, param('age', integer)), gt(users.id, param('after', integer)))),
    select(users.id),
  )

  test('are bound by name', () => {
    expect(interpret(byAge, { age: 30, after: 1 })(tables)).toEqual(E.right([3]))
  })

  test('are all needed, and checked', () => {
    expect(interpret(byAge, { age: 30 })(tables)).toMatchObject({
      left: { _tag: 'InvalidValue', place: 'parameter "after"' },
    })
    expect(interpret(byAge, { age: 'x', after: 1 })(tables)).toMatchObject({
      left: { _tag: 'InvalidValue', place: 'parameter "age"' },
    })
  })

  test('are checked also where there is no row', () => {
    expect(interpret(byAge, {})(emptyTables)).toMatchObject({ left: { _tag: 'InvalidValue' } })
  })
})

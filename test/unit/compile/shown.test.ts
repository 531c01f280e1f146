// What a statement will do is told in words, its SQL can be read with its values in it, and its rows are read the same way whether
// code may be made from text or not.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterEach, describe, expect, it } from 'vitest'

import {
  compile,
  eq,
  explain,
  from,
  include,
  insertInto,
  integer,
  leftJoin,
  many,
  mariadbDialect,
  mysqlDialect,
  nullable,
  onConflictDoUpdate,
  postgresDialect,
  primaryKey,
  returning,
  select,
  set,
  showExplanation,
  sqliteDialect,
  table,
  text,
  toSql,
  toSqlInline,
  update,
  where,
} from '../../../src/index.js'

const users = table('users', { id: pipe(integer, primaryKey), name: text, nick: pipe(text, nullable) })
const posts = table('posts', { id: pipe(integer, primaryKey), userId: integer })
const postsOf = pipe(from(posts), where(eq(posts.userId, users.id)))

const right = <A>(of: E.Either<{ readonly message: string }, A>): A => {
  if (E.isLeft(of)) throw new Error(of.left.message)
  return of.right
}

const dialects = [postgresDialect(), mysqlDialect(), mariadbDialect(), sqliteDialect()]

describe('an explanation', () => {
  const withPosts = pipe(from(users), include({ posts: many(postsOf) }))

  it('of a query with a relation has a statement for each, and the tables', () => {
    for (const dialect of dialects) {
      const told = right(explain(dialect)(withPosts))
      expect(told.statements).toHaveLength(2)
      expect(told.roundTrips).toBe(2)
      expect(told.statements.map((s) => s.parameters)).toEqual([0, 1])
      expect(told.statements[1]?.why).toBe(
        `include posts: its rows for all outer rows at once, whose keys travel as ${dialect.name === 'postgres' ? 'an array a column' : 'one JSON parameter'}`,
      )
      expect(told.tables).toEqual({
        reads: [
          { schema: null, name: 'users' },
          { schema: null, name: 'posts' },
        ],
        writes: [],
      })
    }
  })

  it('is shown in lines', () => {
    const shown = showExplanation(right(explain(postgresDialect())(withPosts))).split('\n')
    expect(shown[0]).toMatch(/^postgres: 2 round trips; reads users, posts/)
    expect(shown.filter((line) => /^\d\. /.test(line)).map((line) => line.slice(0, 2))).toEqual(['1.', '2.'])
    expect(shown.filter((line) => line.trimStart().startsWith('SELECT'))).toHaveLength(2)
    const one = pipe(from(users), where(eq(users.id, 1)))
    expect(showExplanation(right(explain(sqliteDialect())(one)))).toMatch(/^sqlite: 1 round trip; reads users/)
    const change = pipe(update(users), set({ name: 'x' }), where(eq(users.id, 1)))
    expect(showExplanation(right(explain(sqliteDialect())(change)))).toContain('writes users')
  })

  it('of a write that is several statements counts them', () => {
    const made = pipe(insertInto(users)({ id: 1, name: 'a' }), returning({ name: users.name }))
    expect(right(explain(postgresDialect())(made)).roundTrips).toBe(1)
    const mysql = right(explain(mysqlDialect())(made))
    expect(mysql.tables.writes).toEqual([{ schema: null, name: 'users' }])
    const upsert = pipe(
      insertInto(users)({ id: 1, name: 'a' }),
      onConflictDoUpdate({ target: users.id, set: (e) => ({ name: e.name }) }),
      returning({ name: users.name }),
    )
    for (const dialect of dialects)
      expect(right(explain(dialect)(upsert)).statements.every((s) => s.sql.length > 0 && s.why.length > 0)).toBe(true)
  })

  it('of what is no query is IllFormed', () => {
    expect(explain(sqliteDialect())({} as never)).toMatchObject({
      left: { _tag: 'IllFormed', message: 'explain takes a query or a write' },
    })
  })
})

describe('SQL as text', () => {
  const asked = pipe(from(users), where(eq(users.name, "O'Hara ? $1 \\ `x`")), where(eq(users.id, 5)))

  it('has its values in their places', () => {
    expect(right(toSqlInline(sqliteDialect())(asked))).toBe(
      `SELECT t0."id", t0."name", t0."nick" FROM "users" AS t0 WHERE ((t0."name" = 'O''Hara ? $1 \\ \`x\`') AND (t0."id" = 5))`,
    )
    expect(right(toSqlInline(postgresDialect())(asked))).toContain(`E'O''Hara ? $1 \\\\ \`x\`'::text`)
    expect(right(toSqlInline(postgresDialect())(asked))).toContain('5::integer')
    expect(right(toSqlInline(mysqlDialect())(asked))).toContain("'O\\'Hara ? $1 \\\\ `x`'")
    for (const dialect of dialects) expect(right(toSqlInline(dialect)(asked))).not.toMatch(/= (\?|\$1)/)
  })

  it('leaves alone what only looks like a place', () => {
    const odd = table('is it ?', { id: pipe(integer, primaryKey), $1: integer })
    const q = pipe(from(odd), where(eq(odd.$1, 7)))
    expect(right(toSqlInline(sqliteDialect())(q))).toBe(
      'SELECT t0."id", t0."$1" FROM "is it ?" AS t0 WHERE (t0."$1" = 7)',
    )
    expect(right(toSqlInline(mysqlDialect())(q))).toContain('FROM `is it ?` AS t0 WHERE (t0.`$1` = CAST(7 AS SIGNED))')
    expect(right(toSqlInline(postgresDialect())(q))).toContain('FROM "is it ?" AS t0 WHERE (t0."$1" = 7::integer)')
  })

  it('of several rows on SQLite is one statement for each', () => {
    const two = insertInto(users)([
      { id: 1, name: 'a' },
      { id: 2, name: 'b' },
    ])
    const text = right(toSqlInline(sqliteDialect())(two))
    expect(text).toContain("'a'")
    expect(text).toContain("'b'")
    expect(right(toSql(sqliteDialect())(two)).parameters).toContain('a')
  })

  it('of what sends nothing, and of what is no query, is IllFormed', () => {
    expect(toSql(sqliteDialect())(insertInto(users)([]))).toMatchObject({
      left: { message: 'there is nothing to send' },
    })
    expect(E.isLeft(toSqlInline(sqliteDialect())({} as never))).toBe(true)
  })
})

describe('rows', () => {
  const odd = table('odd', {
    id: pipe(integer, primaryKey),
    ['__proto__']: pipe(integer, nullable),
    nick: pipe(text, nullable),
  })
  const queries = [
    pipe(from(users), select({ id: users.id, more: { name: users.name, nick: users.nick } })),
    pipe(from(users), leftJoin(posts, eq(posts.userId, users.id)), select({ user: users, post: posts })),
    from(odd),
    pipe(from(users), select(users.nick)),
  ] as const
  const replies = [
    [
      [1, 'ed', null],
      [2, 'wendy', 'w'],
    ],
    [
      [1, 'ed', null, 7, 1],
      [2, 'wendy', 'w', null, null],
    ],
    [
      [1, 5, 'x'],
      [2, null, null],
    ],
    [['x'], [null]],
  ]
  const read = (at: number, rows: ReadonlyArray<ReadonlyArray<unknown>>): unknown => {
    // The four have rows of four types.
    const load = right(compile(sqliteDialect())(queries[at] as (typeof queries)[0]))
    if (load._tag === 'Done') throw new Error('no statement')
    const rest = load.next({ rows, affected: 0, insertId: null })
    return E.isLeft(rest)
      ? `${rest.left._tag}: ${rest.left.message}`
      : rest.right._tag === 'Done'
        ? rest.right.value.rows
        : rest
  }

  const made = globalThis.Function
  afterEach(() => {
    globalThis.Function = made
  })

  const asMade = (): ReadonlyArray<unknown> => replies.map((rows, at) => read(at, rows))

  it('are records, nested records, nulls where a joined row is absent, and plain values', () => {
    expect(read(0, replies[0] ?? [])).toEqual([
      { id: 1, more: { name: 'ed', nick: null } },
      { id: 2, more: { name: 'wendy', nick: 'w' } },
    ])
    expect(read(1, replies[1] ?? [])).toEqual([
      { user: { id: 1, name: 'ed', nick: null }, post: { id: 7, userId: 1 } },
      { user: { id: 2, name: 'wendy', nick: 'w' }, post: null },
    ])
    expect(read(3, replies[3] ?? [])).toEqual(['x', null])
    const [first] = read(2, replies[2] ?? []) as ReadonlyArray<object>
    expect(Object.entries(first ?? {})).toEqual([
      ['id', 1],
      ['__proto__', 5],
      ['nick', 'x'],
    ])
    expect(Object.getPrototypeOf(first)).toBe(Object.prototype)
  })

  it('are the same where no code may be made from text', () => {
    const wanted = asMade().map((rows) => (rows as ReadonlyArray<object>).map((row) => JSON.stringify(row)))
    globalThis.Function = (() => {
      throw new EvalError('forbidden')
    }) as unknown as FunctionConstructor
    expect(asMade().map((rows) => (rows as ReadonlyArray<object>).map((row) => JSON.stringify(row)))).toEqual(wanted)
    expect(read(0, [[1, 'ed', 5]])).toMatch(/^Decode: /)
    expect(read(1, [[1, 'ed', null, 7, null]])).toMatch(/^Decode: /)
  })

  it('that are not what the schema says are told of with their place', () => {
    expect(read(0, [[1, null, null]])).toContain('the database gave NULL for what the schema says is not null')
    expect(
      read(0, [
        [1, 'ed', null],
        ['x', 'ed', null],
      ]),
    ).toMatch(/"x" is no /)
    expect(read(1, [[1, 'ed', null, 7, null]])).toMatch(/^Decode: /)
    expect(read(0, [[]])).toMatch(/^Decode: /)
  })
})

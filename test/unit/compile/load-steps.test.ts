// A Load is a list of steps: one for a plain query, one more a level of includes, two where RETURNING is emulated.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'

import {
  autoIncrement,
  compile,
  eq,
  type Expr,
  from,
  include,
  insertInto,
  integer,
  type Load,
  type LoadError,
  many,
  max,
  mariadbDialect,
  mysqlDialect,
  optional,
  param,
  postgresDialect,
  prepare,
  primaryKey,
  references,
  type Reply,
  returning,
  scalar,
  select,
  sqliteDialect,
  type Step,
  table,
  tableIn,
  tablesOf,
  text,
  where,
} from '../../../src/index.js'
import { loadOf } from '../../../src/compile/compile.js'
import { refParam, value } from '../../../src/expr/node.js'
import { sourceOf } from '../../../src/expr/table.js'

const users = table('users', { id: pipe(integer, primaryKey, autoIncrement), name: text })
const posts = table('posts', {
  id: pipe(integer, primaryKey),
  title: text,
  authorId: pipe(integer, references(users.id)),
})
const tags = tableIn('blog')('tags', { id: pipe(integer, primaryKey), postId: integer, label: text })
const postsOf = pipe(from(posts), where(eq(posts.authorId, users.id)))
const tagsOf = pipe(from(tags), where(eq(tags.postId, posts.id)))

const reply = (rows: Reply['rows'], insertId: bigint | null = null): Reply => ({
  rows,
  affected: rows.length,
  insertId,
})

const stepOf = <A>(load: E.Either<unknown, Load<A>>): Step<A> => {
  if (E.isLeft(load) || load.right._tag !== 'Step') throw new Error(`no step: ${JSON.stringify(load)}`)
  return load.right
}

const valueOf = <A>(load: E.Either<LoadError, Load<A>>): A => {
  if (E.isLeft(load) || load.right._tag !== 'Done') throw new Error(`not done: ${JSON.stringify(load)}`)
  return load.right.value
}

describe('the steps of a Load', () => {
  it('is one for a plain query', () => {
    const step = stepOf(compile(sqliteDialect())(pipe(from(users), where(eq(users.id, 1)))))
    expect(step.statement.parameters).toEqual([1n])
    expect(step.atomic).toBe(false)
    expect(valueOf(step.next(reply([[1, 'ed']]))).rows).toEqual([{ id: 1, name: 'ed' }])
  })

  it('is one more for each level of includes, with the keys of all rows in one parameter', () => {
    const nested = pipe(from(users), include({ posts: many(pipe(postsOf, include({ tags: many(tagsOf) }))) }))
    const root = stepOf(compile(sqliteDialect())(nested))
    const second = stepOf(
      root.next(
        reply([
          [1, 'ed'],
          [2, 'wendy'],
          [3, 'mary'],
        ]),
      ),
    )
    expect(second.statement.parameters).toEqual(['[1,2,3]'])
    // The ordinal of the key comes last; the rows of one key stay in their order.
    const third = stepOf(
      second.next(
        reply([
          [10, 'a', 1, 0],
          [11, 'b', 2, 1],
          [12, 'c', 1, 0],
        ]),
      ),
    )
    expect(third.statement.parameters).toEqual(['[10,11,12]'])
    const rows = valueOf(third.next(reply([[7, 12, 'x', 2]]))).rows
    expect(rows).toEqual([
      {
        id: 1,
        name: 'ed',
        posts: [
          { id: 10, title: 'a', authorId: 1, tags: [] },
          { id: 12, title: 'c', authorId: 1, tags: [{ id: 7, postId: 12, label: 'x' }] },
        ],
      },
      { id: 2, name: 'wendy', posts: [{ id: 11, title: 'b', authorId: 2, tags: [] }] },
      { id: 3, name: 'mary', posts: [] },
    ])
  })

  it('sends nothing for the includes of no rows', () => {
    const root = stepOf(compile(postgresDialect())(pipe(from(users), include({ posts: many(postsOf) }))))
    expect(valueOf(root.next(reply([]))).rows).toEqual([])
  })

  it('is a Left where a relation to one has two rows', () => {
    const root = stepOf(compile(sqliteDialect())(pipe(from(users), include({ post: optional(postsOf) }))))
    const second = stepOf(root.next(reply([[1, 'ed']])))
    expect(
      second.next(
        reply([
          [10, 'a', 1, 0],
          [11, 'b', 1, 0],
        ]),
      ),
    ).toMatchObject({ left: { _tag: 'MultipleRows' } })
  })

  it('is two, in one transaction, for RETURNING where the engine has none: by the keys that it made', () => {
    const add = pipe(
      insertInto(users)([{ name: 'ed' }, { name: 'wendy' }]),
      returning({ id: users.id, name: users.name }),
    )
    const insert = stepOf(compile(mysqlDialect())(add))
    expect(insert.atomic).toBe(true)
    expect(insert.statement.returnsRows).toBe(false)
    const read = stepOf(insert.next({ rows: [], affected: 2, insertId: 7n }))
    expect(read.statement.sql).toMatch(/^SELECT .* BETWEEN .*auto_increment_increment/)
    const answer = valueOf(
      read.next(
        reply([
          [8, 'wendy', 8],
          [7, 'ed', 7],
        ]),
      ),
    )
    expect(answer).toEqual({
      rows: [
        { id: 7, name: 'ed' },
        { id: 8, name: 'wendy' },
      ],
      keys: [{ id: 7 }, { id: 8 }],
      affected: 2,
    })
  })

  it('is two for RETURNING where the engine has none: by the keys that the rows gave', () => {
    const add = pipe(
      insertInto(posts)([
        { id: 5, title: 'a', authorId: 1 },
        { id: 3, title: 'b', authorId: 1 },
      ]),
      returning(posts.title),
    )
    const insert = stepOf(compile(mysqlDialect())(add))
    const read = stepOf(insert.next({ rows: [], affected: 2, insertId: 0n }))
    expect(read.statement.parameters).toEqual(['[5,3]'])
    expect(valueOf(read.next(reply([['a'], ['b']]))).rows).toEqual(['a', 'b'])
  })

  it('is one for RETURNING where the engine has it', () => {
    const add = pipe(insertInto(users)([{ name: 'ed' }]), returning(users))
    for (const dialect of [postgresDialect(), mariadbDialect(), sqliteDialect()]) {
      const insert = stepOf(compile(dialect)(add))
      expect(insert.statement.sql).toContain('RETURNING')
      expect(valueOf(insert.next(reply([[1, 'ed', 1]]))).keys).toEqual([{ id: 1 }])
    }
  })

  it('says so where fewer rows come back than were inserted', () => {
    const add = pipe(insertInto(users)([{ name: 'ed' }, { name: 'wendy' }]), returning(users))
    const insert = stepOf(compile(sqliteDialect())(add))
    expect(insert.next(reply([[1, 'ed', 1]]))).toMatchObject({ left: { _tag: 'Corrupt' } })
  })

  it('is as many as an engine’s parameters ask for, in one transaction, in the order of the rows', () => {
    const rows = Array.from({ length: 40000 }, (_, i) => ({ name: `user ${i}` }))
    let load: E.Either<unknown, Load<unknown>> = compile(sqliteDialect())(insertInto(users)(rows))
    let sent = 0
    while (E.isRight(load) && load.right._tag === 'Step') {
      const { statement, atomic, next } = load.right
      expect(atomic).toBe(true)
      const [names = [], ...more] = statement.sets?.columns ?? []
      expect(more).toEqual([])
      const before = sent
      sent += names.length
      load = next(reply(names.map((__, i) => [before + i + 1])))
    }
    expect(sent).toBe(40000)
    expect(load).toMatchObject({ right: { _tag: 'Done', value: { affected: 40000 } } })
  })

  it('is refused where rows of several statements ask the table that they go to', () => {
    const highest = scalar(pipe(from(users), select(max(users.name)))) as unknown as Expr<string>
    const rows = Array.from({ length: 1001 }, () => ({ name: highest }))
    expect(compile(sqliteDialect())(insertInto(users)(rows))).toMatchObject({ left: { _tag: 'Unsupported' } })
    expect(E.isRight(compile(sqliteDialect())(insertInto(users)(rows.slice(0, 10))))).toBe(true)
  })

  it('sends nothing at all where one value of the last row is wrong', () => {
    const rows = [...Array.from({ length: 40000 }, () => ({ name: 'ok' })), { name: 'NUL \0' }]
    expect(compile(sqliteDialect())(insertInto(users)(rows))).toMatchObject({
      left: { _tag: 'InvalidValue', place: 'users.name' },
    })
  })
})

describe('parameters', () => {
  it('takes the values of holes with each run, and refuses a run without one', () => {
    const byId = prepare(sqliteDialect())(
      pipe(from(users), where(eq(users.id, param('id', integer))), select(users.name)),
    )
    expect(stepOf(byId({ id: 3 })).statement.parameters).toEqual([3n])
    expect(byId({})).toMatchObject({ left: { _tag: 'InvalidValue', place: 'parameter "id"' } })
    expect(byId({ id: 'three' })).toMatchObject({ left: { _tag: 'InvalidValue' } })
  })
})

describe('a Ref', () => {
  it('is a parameter like any other: its value comes with the run, by the row that it stands for', () => {
    const source = sourceOf(posts)
    if (source._tag !== 'TableSource') throw new Error('posts is a table')
    const author = { ref: 'a new user', column: 'id' }
    const rows = [
      [
        { key: 'id', value: value(1, integer.type) },
        { key: 'title', value: value('a', text.type) },
        { key: 'authorId', value: refParam(author, integer.type, false) },
      ],
    ]
    const node = {
      _tag: 'Insert',
      into: source,
      source: { _tag: 'Rows', rows },
      conflict: null,
      returning: null,
    } as const
    const run = (key: unknown) =>
      loadOf(sqliteDialect(), node, { holes: {}, ref: (target) => (target === author ? key : undefined) })
    expect(stepOf(run(7)).statement.parameters).toEqual([1n, 'a', 7n])
    expect(run(undefined)).toMatchObject({ left: { _tag: 'InvalidValue', place: 'posts.authorId' } })
  })
})

describe('the table set of a statement', () => {
  const key = (name: string, schema: string | null = null) => ({ schema, name })

  it('names what it reads, inside subqueries and includes too, and what it writes', () => {
    const query = pipe(from(users), include({ posts: many(pipe(postsOf, include({ tags: many(tagsOf) }))) }))
    expect(tablesOf(query)).toEqual({ reads: [key('users'), key('posts'), key('tags', 'blog')], writes: [] })
    expect(stepOf(compile(sqliteDialect())(query)).statement.tables).toEqual(tablesOf(query))
    expect(tablesOf(insertInto(users)({ name: 'ed' })).writes).toEqual([key('users')])
  })
})

// What the linter finds in writes, and what it finds only where it is asked.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'

import {
  alias,
  and,
  type AnyQuery,
  autoIncrement,
  comment,
  createAll,
  count,
  deleteFrom,
  eq,
  everyRow,
  exists,
  from,
  gt,
  innerJoin,
  insertFrom,
  insertInto,
  integer,
  limit,
  lint,
  literal,
  lintDdl,
  type LintOptions,
  onConflictDoNothing,
  onConflictDoUpdate,
  orderBy,
  primaryKey,
  schema,
  select,
  serverDefault,
  set,
  sql,
  subquery,
  table,
  tableComment,
  text,
  union,
  unique,
  update,
  where,
  withLint,
} from '../../../src/index.js'
import { sqlite } from '../../../src/sqlite.js'

const users = table('users', { id: pipe(integer, primaryKey, autoIncrement), name: text })
const tags = table('tags', { postId: pipe(integer, primaryKey), tag: pipe(text, primaryKey), n: integer })
const codes = table('codes', { id: pipe(integer, primaryKey), code: pipe(text, unique), n: integer })
const made = table('made', { id: pipe(integer, primaryKey, serverDefault(literal(1, integer))), n: integer })

const tagsOf = (query: AnyQuery, options?: LintOptions): ReadonlyArray<string> =>
  lint(query, options).map((f) => f._tag)

describe('the linter of writes [A21]', () => {
  it('finds a criterion that is not about the rows that are written', () => {
    const other = pipe(users, alias('other'))
    expect(lint(pipe(update(users), set({ name: 'x' }), where(eq(literal(1, integer), 1))))).toEqual([
      {
        _tag: 'EveryRow',
        place: '',
        sources: ['users'],
        message: 'every row of "users" is written: no criterion mentions a column of it',
      },
    ])
    const some = exists(pipe(from(other), where(eq(other.name, 'x'))))
    expect(tagsOf(pipe(deleteFrom(users), where(some)))).toEqual(['EveryRow', 'UncorrelatedExists'])
    expect(tagsOf(pipe(deleteFrom(users), where(exists(pipe(from(other), where(eq(other.id, users.id)))))))).toEqual([])
    expect(tagsOf(pipe(deleteFrom(users), where(eq(users.id, 1))))).toEqual([])
  })

  it('finds a write of every row that says so where that is asked for', () => {
    const all = pipe(deleteFrom(users), everyRow)
    expect(tagsOf(all)).toEqual([])
    expect(tagsOf(all, { also: ['EveryRow'] })).toEqual(['EveryRow'])
    expect(tagsOf(pipe(update(users), set({ name: 'x' }), everyRow), { also: ['EveryRow'] })).toEqual(['EveryRow'])
    expect(tagsOf(pipe(deleteFrom(users), where(gt(users.id, 1))), { also: ['EveryRow'] })).toEqual([])
  })

  it('finds an insert that names no key where none is made', () => {
    const untyped = insertInto(tags) as unknown as (row: unknown) => AnyQuery
    expect(lint(untyped({ postId: 1, n: 1 }))).toMatchObject([{ _tag: 'NoKey', sources: ['tags'] }])
    expect(lint(untyped({ postId: 1, n: 1 }))[0]?.message).toContain('"tag"')
    expect(
      tagsOf(
        untyped([
          { postId: 1, tag: 'a', n: 1 },
          { postId: 1, n: 1 },
        ]),
      ),
    ).toEqual(['NoKey'])
    expect(tagsOf(insertInto(tags)({ postId: 1, tag: 'a', n: 1 }))).toEqual([])
    expect(tagsOf(insertInto(users)({ name: 'ed' }))).toEqual([])
    expect(tagsOf(insertInto(made)({ n: 1 }))).toEqual([])
    const rows = pipe(from(codes), select({ postId: codes.id, n: codes.n }))
    const fromRows = (query: unknown): AnyQuery => (insertFrom(tags) as (q: unknown) => AnyQuery)(query)
    expect(tagsOf(fromRows(rows))).toEqual(['NoKey'])
    expect(tagsOf(fromRows(pipe(from(codes), select({ postId: codes.id, tag: codes.code, n: codes.n }))))).toEqual([])
  })

  it('finds an upsert by one key of several', () => {
    const row = { id: 1, code: 'a', n: 1 }
    const upsert = (target: 'id' | 'code') =>
      pipe(insertInto(codes)(row), onConflictDoUpdate<typeof codes>({ target: codes[target], set: { n: 2 } }))
    expect(lint(upsert('id'))).toMatchObject([{ _tag: 'SeveralKeys', sources: ['codes'] }])
    expect(tagsOf(upsert('code'))).toEqual(['SeveralKeys'])
    expect(tagsOf(pipe(insertInto(codes)(row), onConflictDoNothing()))).toEqual([])
    expect(tagsOf(insertInto(codes)(row))).toEqual([])
  })

  it('finds a read of as many rows as there are where that is asked for', () => {
    const also = { also: ['UnboundedRead'] } as const
    expect(tagsOf(from(users))).toEqual([])
    expect(tagsOf(from(users), also)).toEqual(['UnboundedRead'])
    expect(tagsOf(pipe(from(users), where(gt(users.id, 1))), also)).toEqual(['UnboundedRead'])
    expect(tagsOf(pipe(from(users), innerJoin(codes, eq(codes.id, users.id)), where(eq(users.id, 1))), also)).toEqual([
      'UnboundedRead',
    ])
    const flat = pipe(from(users), select({ id: users.id }))
    expect(tagsOf(pipe(flat, union(flat)), also)).toEqual(['UnboundedRead', 'UnboundedRead'])
    const bounded = [
      pipe(from(users), orderBy(users.id), limit(10)),
      pipe(from(users), where(eq(users.id, 1))),
      pipe(from(codes), where(eq(codes.code, 'a'))),
      pipe(from(tags), where(and(eq(tags.postId, 1), eq(tags.tag, 'a')))),
      pipe(from(users), select(count())),
      pipe(flat, union(flat), limit(1)),
    ]
    for (const query of bounded) expect(tagsOf(query, also).filter((tag) => tag === 'UnboundedRead')).toEqual([])
    expect(tagsOf(pipe(from(tags), where(eq(tags.postId, 1))), also)).toEqual(['UnboundedRead'])
  })

  it('[E07] finds statements of text, alone and as sources', () => {
    const named = sql.text('SELECT id FROM users').columns({ id: integer })
    expect(tagsOf(named)).toEqual(['RawText'])
    expect(tagsOf(sql.text('DELETE FROM users').command())).toEqual(['RawText'])
    expect(tagsOf(from(pipe(named, subquery('t'))))).toEqual(['RawText'])
  })

  it('finds comments that SQLite does not keep, and nothing where they are kept', async () => {
    const commented = table('commented', { id: pipe(integer, primaryKey, comment('given')), n: integer }, () => [
      tableComment('things'),
    ])
    const ddl = createAll(schema({ users, commented }))
    expect(lintDdl('sqlite')(ddl)).toMatchObject([
      { _tag: 'LostComment', sources: ['commented'], message: expect.stringContaining('of "commented" is') },
      { _tag: 'LostComment', message: expect.stringContaining('"commented"."id"') },
    ])
    for (const engine of ['postgres', 'mysql', 'mariadb'] as const) expect(lintDdl(engine)(ddl)).toEqual([])
    expect(lintDdl('sqlite')(createAll(schema({ users })))).toEqual([])
    const db = sqlite('sqlite::memory:')
    const refused = await withLint({ errors: ['LostComment'] })(db).execute(ddl)()
    expect(E.isLeft(refused) && refused.left._tag).toBe('Compile')
    expect(E.isRight(await withLint({ report: () => undefined })(db).execute(ddl)())).toBe(true)
    await db.close()()
  })

  it('stands before a Database, with what is asked for', async () => {
    const db = sqlite('sqlite::memory:')
    const found: Array<string> = []
    const strict = withLint({ also: ['EveryRow'], report: (f) => void found.push(f._tag), errors: ['EveryRow'] })(db)
    const all = pipe(deleteFrom(users), everyRow)
    const outcome = await strict.execute(all)()
    expect(E.isLeft(outcome) && outcome.left).toMatchObject({ _tag: 'Compile', error: { _tag: 'Linted' } })
    expect(found).toEqual(['EveryRow'])
    // The same value is looked at anew for another linter.
    const lenient = await withLint({ errors: true })(db).execute(all)()
    expect(E.isLeft(lenient) && lenient.left._tag).toBe('Sql')
    await db.close()()
  })
})

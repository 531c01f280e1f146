// However a query is loaded, it gives the trees that it means in memory: relations of no row, of absent rows and of rows that repeat.
import fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import * as RTE from 'fp-ts/lib/ReaderTaskEither.js'
import {
  alias,
  asc,
  createAll,
  type Database,
  Db,
  desc,
  eq,
  from,
  gt,
  include,
  innerJoin,
  integer,
  leftJoin,
  limit,
  many,
  type Middleware,
  nullable,
  one,
  optional,
  orderBy,
  primaryKey,
  references,
  schema,
  select,
  table,
  varchar,
  where,
} from 'relvar'
import { memory, rowsIn, tablesIn } from 'relvar/memory'
import { run } from 'relvar/promise'
import { atOnce, contents, loadsTheSame } from 'relvar/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fill } from '../../../src/testing/fill.js'
import { places } from '../../support/places.js'

const times = Number(process.env['RELVAR_TEST_TIMES'] ?? '1')
const seed = Number(process.env['RELVAR_TEST_SEED'] ?? '20261121')

const users = table('users', {
  id: pipe(integer, primaryKey),
  name: pipe(varchar(20), nullable),
  bossId: pipe(integer, nullable),
})
const posts = table('posts', {
  id: pipe(integer, primaryKey),
  // Some lead to nobody, and nobody keeps them.
  authorId: pipe(integer, nullable),
  title: varchar(20),
})
const notes = table('notes', {
  postId: pipe(integer, primaryKey, references(posts.id)),
  place: pipe(integer, primaryKey),
  text: pipe(varchar(20), nullable),
})
const all = [users, posts, notes]
const blog = schema({ users, posts, notes })

const postsOf = pipe(from(posts), where(eq(posts.authorId, users.id)))
const notesOf = pipe(from(notes), where(eq(notes.postId, posts.id)))
const authorOf = pipe(from(users), where(eq(users.id, posts.authorId)))
const boss = pipe(users, alias('boss'))
const bossOf = pipe(from(boss), where(eq(boss.id, users.bossId)))
const inOrder = pipe(postsOf, orderBy(desc(posts.title), asc(posts.id)))

const trees = {
  'many in an order, and their own': pipe(
    from(users),
    orderBy(asc(users.name), asc(users.id)),
    include({
      posts: many(pipe(inOrder, include({ notes: many(pipe(notesOf, orderBy(asc(notes.postId), asc(notes.place)))) }))),
    }),
  ),
  'the first of each': pipe(from(users), include({ latest: many(pipe(inOrder, limit(2))), boss: optional(bossOf) })),
  'parents that repeat and parents that are absent': pipe(from(posts), include({ author: optional(authorOf) })),
  'those that must be there': pipe(from(posts), include({ author: one(authorOf), notes: many(notesOf) })),
  'rows of a join, one side of which is absent': pipe(
    from(posts),
    leftJoin(users, eq(users.id, posts.authorId)),
    select({ title: posts.title, user: users }),
    include({ others: many(inOrder), notes: many(notesOf) }),
  ),
  'no relation at all': pipe(from(users), innerJoin(posts, eq(posts.authorId, users.id)), where(gt(posts.id, 0))),
}

describe.each(places())('loading on $label', ({ name, open }) => {
  let db: Database
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ db, close } = await open())
    await run(db.execute(createAll(blog)))
  })
  afterAll(async () => {
    expect(db.status()).toMatchObject({ busy: 0, waiting: 0 })
    await close()
  })

  const numRuns = (name === 'memory' || name === 'sqlite' ? 25 : 6) * times
  const property = (how: keyof typeof trees) =>
    loadsTheSame(all, trees[how] as (typeof trees)['no relation at all'], { [name]: db })

  it.each(Object.keys(trees) as ReadonlyArray<keyof typeof trees>)(
    '[property 36] %s: at once, as a stream, each row alone and in pages',
    (how) => fc.assert(property(how), { seed, numRuns }),
  )

  it('[property 36] joined by hand', async () => {
    const query = pipe(from(users), include({ posts: many(inOrder) }))
    const byHand = () =>
      pipe(
        Db.all(
          pipe(
            from(users),
            leftJoin(posts, eq(posts.authorId, users.id)),
            orderBy(desc(posts.title), asc(posts.id)),
            select({ user: users, post: posts }),
          ),
        ),
        RTE.map((rows) =>
          [...new Map(rows.map(({ user }) => [user.id, user])).values()].map((user) => ({
            ...user,
            posts: rows.flatMap((row) => (row.user.id === user.id && row.post !== null ? [row.post] : [])),
          })),
        ),
      )
    await fc.assert(loadsTheSame(all, query, { [name]: db }, { 'at once': atOnce, 'by hand': byHand }), {
      seed,
      numRuns,
    })
  })

  it('[property 37] a second time gives the same, with as many statements as there are relations', async () => {
    let sent = 0
    const middleware: Middleware = (next) => (statement) => {
      sent += 1
      return next(statement)
    }
    const counted = db.having({ middleware })
    const query = trees['many in an order, and their own']
    const found: Array<readonly [number, number]> = []
    await fc.assert(
      fc.asyncProperty(contents(all), async (tables) => {
        await fill(db, all, tables)
        sent = 0
        const first = await run(counted.all(query))
        const once = sent
        expect(await run(counted.all(query))).toEqual(first)
        expect(sent).toBe(2 * once)
        // The query, the posts of all users, the notes of all posts; where there is no parent, nothing is asked about children. Memory
        // evaluates all of it.
        const posted = first.some((user) => user.posts.length > 0)
        expect(once).toBe(name === 'memory' || first.length === 0 ? 1 : posted ? 3 : 2)
        found.push([once, rowsIn(users)(tables).length])
      }),
      { seed, numRuns: numRuns * 2 },
    )
    const most = name === 'memory' ? 1 : 3
    expect(new Set(found.flatMap(([once, rows]) => (once === most ? [rows] : []))).size).toBeGreaterThan(1)
    await fill(db, all, tablesIn(blog))
  })
})

describe('loading in memory', () => {
  const db = memory({ tables: tablesIn(blog) })

  it('finds a way that forgets parents without children, and says which', async () => {
    const query = pipe(from(users), include({ posts: many(inOrder) }))
    const lossy = () =>
      pipe(
        Db.all(query),
        RTE.map((rows) => rows.filter((user) => user.posts.length > 0)),
      )
    const details = await fc.check(loadsTheSame(all, query, { memory: db }, { 'at once': atOnce, lossy }), { seed })
    expect(String(details.errorInstance)).toContain('memory, lossy, gives other rows than memory for pipe(from(users)')
    // One user, and nothing else.
    const tables = details.counterexample?.[0]
    expect(tables === undefined ? [] : [users, posts, notes].map((t) => rowsIn(t)(tables).length)).toEqual([1, 0, 0])
  })

  it('finds an order that is not kept', async () => {
    const query = pipe(from(users), orderBy(asc(users.id)))
    const reversed = () =>
      pipe(
        Db.all(query),
        RTE.map((rows) => [...rows].reverse()),
      )
    const details = await fc.check(loadsTheSame(all, query, { memory: db }, { reversed }), { seed })
    const tables = details.counterexample?.[0]
    expect(tables === undefined ? [] : rowsIn(users)(tables).length).toBe(2)
    // Without an order it is none to keep.
    const unordered = from(users)
    const any = () =>
      pipe(
        Db.all(unordered),
        RTE.map((rows) => [...rows].reverse()),
      )
    await fc.assert(loadsTheSame(all, unordered, { memory: db }, { any }), { seed, numRuns: 20 })
  })
})

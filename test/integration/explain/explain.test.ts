// What a query will do: relvar's own explanation, and the engine's plan.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  createAll,
  crossJoin,
  Db,
  deleteFrom,
  eq,
  explain,
  type Finding,
  from,
  include,
  inList,
  insertInto,
  integer,
  limit,
  many,
  orderBy,
  primaryKey,
  references,
  schema,
  showExplanation,
  table,
  text,
  where,
  withLint,
} from '../../../src/index.js'
import { engines } from '../../support/engines.js'
import { type Place, places } from '../../support/places.js'
import { openWorld, openWorldAt, type World } from '../../support/run-load.js'

const users = table('users', { id: pipe(integer, primaryKey), name: text })
const posts = table('posts', { id: pipe(integer, primaryKey), authorId: pipe(integer, references(users.id)) })
const comments = table('comments', { id: pipe(integer, primaryKey), postId: pipe(integer, references(posts.id)) })
const commentsOf = many(pipe(from(comments), where(eq(comments.postId, posts.id))))
const postsOf = many(pipe(from(posts), where(eq(posts.authorId, users.id)), include({ comments: commentsOf })))
const graph = pipe(from(users), where(pipe(users.id, inList([1, 2]))), include({ posts: postsOf }))

describe.each(engines())('explain on $label', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(engine)
    await world.create({ users, posts, comments })
    await world.rows(insertInto(users)([1, 2].map((id) => ({ id, name: `n${id}` }))))
    await world.rows(insertInto(posts)([1, 2, 3].map((id) => ({ id, authorId: 1 }))))
    await world.rows(insertInto(comments)([1, 2].map((id) => ({ id, postId: 1 }))))
  })
  afterAll(() => world.close())

  it('[G12, C64, O04] tells the statements that a query will send, before any is', async () => {
    const explained = explain(world.db.dialect)(graph)
    if (E.isLeft(explained)) throw new Error(explained.left.message)
    world.sent()
    await world.rows(graph)
    const sent = world.sent()
    expect(explained.right.statements.map((s) => s.sql)).toEqual(sent.map((s) => s.sql))
    expect(explained.right.statements.map((s) => s.parameters)).toEqual(sent.map((s) => s.parameters.length))
    expect(explained.right.roundTrips).toBe(3)
    expect(explained.right.statements.map((s) => s.why.split(':')[0])).toEqual([
      'the rows of the query',
      'include posts',
      'include posts.comments',
    ])
    expect(explained.right.tables).toEqual({
      reads: ['users', 'posts', 'comments'].map((name) => ({ schema: null, name })),
      writes: [],
    })
    expect(showExplanation(explained.right)).toContain('3 round trips; reads users, posts, comments')
  })

  it('[C64] tells of writes, and of what cannot be said', () => {
    const { dialect } = world.db
    const one = explain(dialect)(insertInto(users)({ id: 9, name: 'x' }))
    expect(E.isRight(one) && one.right.tables.writes).toEqual([{ schema: null, name: 'users' }])
    const gone = explain(dialect)(pipe(deleteFrom(users), where(eq(users.id, 1))))
    expect(E.isRight(gone) && gone.right.statements[0]?.why).toBe('the delete')
    expect(explain(dialect)('nothing' as never)).toMatchObject({ _tag: 'Left', left: { _tag: 'IllFormed' } })
  })

  it('gives the plan of the engine as data', async () => {
    const byKey = pipe(from(users), where(eq(users.id, 1)))
    const plan = await Db.plan(byKey)(world.db)()
    if (E.isLeft(plan)) throw new Error(plan.left.message)
    expect(plan.right.analyzed).toBe(false)
    expect(typeof plan.right.plan).toBe('object')
    expect(JSON.stringify(plan.right.plan)).toMatch(/users|t0/)
  })

  it('analyzes a read where the engine can, and never a write', async () => {
    const byKey = pipe(from(users), where(eq(users.id, 1)))
    const analyzed = await Db.plan(byKey, { analyze: true })(world.db)()
    if (engine.name === 'sqlite')
      expect(analyzed).toMatchObject({ _tag: 'Left', left: { _tag: 'Compile', error: { _tag: 'Unsupported' } } })
    else {
      if (E.isLeft(analyzed)) throw new Error(analyzed.left.message)
      expect(analyzed.right.analyzed).toBe(true)
      expect(JSON.stringify(analyzed.right.plan)).toMatch(/actual|r_loops/i)
    }
    const gone = pipe(deleteFrom(comments), where(eq(comments.id, 1)))
    expect(await Db.plan(gone, { analyze: true })(world.db)()).toMatchObject({
      _tag: 'Left',
      left: { _tag: 'Compile', error: { _tag: 'IllFormed' } },
    })
    expect(E.isRight(await Db.plan(gone)(world.db)())).toBe(true)
    expect(await world.rows(from(comments))).toHaveLength(2)
  })
})

describe.each(places())('a linter on $label', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ users, posts, comments })
  })
  afterAll(() => world.close())

  it('[A21] reports what it finds before a query is sent, or refuses it', async () => {
    const found: Array<Finding['_tag']> = []
    const product = pipe(from(users), crossJoin(posts), orderBy(users.id))
    const told = withLint({ report: (finding) => found.push(finding._tag) })(world.db)
    expect(E.isRight(await Db.all(product)(told)())).toBe(true)
    expect(found).toEqual(['CartesianProduct'])

    const strict = withLint({ errors: ['CartesianProduct'] })(world.db)
    world.sent()
    expect(await Db.count(product)(strict)()).toMatchObject({
      _tag: 'Left',
      left: { _tag: 'Compile', error: { _tag: 'Linted', code: 'RV715', findings: [{ _tag: 'CartesianProduct' }] } },
    })
    expect(world.sent()).toEqual([])
    expect(E.isRight(await Db.all(pipe(from(users), limit(1)))(strict)())).toBe(true)
    const inside = await strict.transaction()((tx) => Db.all(product)(tx))()
    expect(inside).toMatchObject({ _tag: 'Left', left: { _tag: 'Compile' } })
    expect(E.isRight(await Db.execute(createAll(schema({ users })))(strict)())).toBe(true)
  })
})

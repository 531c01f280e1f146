// Full text: all words of a query stand in the columns, as the engine's own search sees words.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  and,
  eq,
  from,
  innerJoin,
  insertInto,
  integer,
  leftJoin,
  lower,
  matches,
  not,
  nullable,
  orderBy,
  param,
  prepare,
  primaryKey,
  select,
  sql,
  table,
  text,
  where,
} from '../../../src/index.js'
import { emptyTables, interpret, withRows } from '../../../src/memory.js'
import { engines } from '../../support/engines.js'
import { must, openWorld, tagOf, type World } from '../../support/run-load.js'

const posts = table('posts', { id: pipe(integer, primaryKey), title: text, body: pipe(text, nullable) })
const notes = table('notes', { id: pipe(integer, primaryKey), post: integer })
const found = (query: string) =>
  pipe(from(posts), where(matches([posts.title, posts.body], query)), orderBy(posts.id), select(posts.id))

describe.each(engines())('[C26] [P07] full text on $label', (engine) => {
  let world: World
  const isFamily = engine.name === 'mysql' || engine.name === 'mariadb'
  beforeAll(async () => {
    world = await openWorld(engine)
    await world.create({ posts, notes })
    if (isFamily) {
      const folding = 'longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci'
      await world.rows(sql.text(`ALTER TABLE posts MODIFY title ${folding} NOT NULL, MODIFY body ${folding}`).command())
      await world.rows(sql.text('CREATE FULLTEXT INDEX both_of ON posts (title, body)').command())
    }
    await world.rows(
      insertInto(posts)([
        { id: 1, title: 'Immutable queries', body: 'values compose, mutable state does not' },
        { id: 2, title: 'Queries', body: null },
        { id: 3, title: 'State machines', body: 'immutable or not' },
      ]),
    )
    await world.rows(insertInto(notes)([{ id: 1, post: 1 }]))
  })
  afterAll(() => world.close())

  if (engine.name === 'sqlite') {
    it('is refused, with what to do instead', async () => {
      expect(await world.outcome(found('queries'))).toMatchObject({
        left: { _tag: 'Unsupported', dialect: 'sqlite', message: expect.stringContaining('containsText') },
      })
    })
    return
  }

  it('finds the rows that have all words, whatever their case where the collation of the columns folds it', async () => {
    expect(await world.rows(found('queries'))).toEqual([1, 2])
    expect(await world.rows(found('IMMUTABLE state'))).toEqual([1, 3])
    expect(await world.rows(found('immutable machines queries'))).toEqual([])
    expect(await world.rows(found('mutab'))).toEqual([])
    expect(await world.rows(found(''))).toEqual([])
  })

  it('there is no search without an index where it is the index that knows words', async () => {
    const unindexed = await world.outcome(pipe(from(posts), where(matches([posts.body], 'state')), select(posts.id)))
    expect(tagOf(unindexed)).toBe(isFamily ? 'Sql' : 'Right')
  })

  it('minds case on MySQL and MariaDB where the columns do, as those of createAll', async () => {
    const words = table('words', { id: pipe(integer, primaryKey), word: text })
    await world.create({ words })
    if (isFamily) await world.rows(sql.text('CREATE FULLTEXT INDEX of_word ON words (word)').command())
    await world.rows(
      insertInto(words)([
        { id: 1, word: 'Queries' },
        { id: 2, word: 'queries' },
      ]),
    )
    const lowered = pipe(from(words), where(matches([words.word], 'queries')), orderBy(words.id), select(words.id))
    expect(await world.rows(lowered)).toEqual(isFamily ? [2] : [1, 2])
  })

  it('what would be an operator of the engine is none', async () => {
    for (const query of [
      '-queries',
      '+queries',
      'quer*ies*',
      '"queries"',
      '(queries)',
      '~queries',
      'queries &',
      '!queries',
      "queries'",
      'queries:*',
      '>queries',
      '@queries',
      '%',
    ])
      expect(tagOf(await world.outcome(found(query))), query).toBe('Right')
    expect(await world.rows(found('-queries'))).toEqual([1, 2])
    expect(await world.rows(found('immutable -state'))).toEqual([1, 3])
    expect(await world.rows(found("'; drop table posts; --"))).toEqual([])
  })

  it('is a truth value: in a select, negated, beside others, in a join, of an absent row', async () => {
    const on = matches([posts.title, posts.body], 'immutable')
    expect(await world.rows(pipe(from(posts), orderBy(posts.id), select({ on, id: posts.id })))).toEqual([
      { on: true, id: 1 },
      { on: false, id: 2 },
      { on: true, id: 3 },
    ])
    expect(await world.rows(pipe(from(posts), where(and(not(on), eq(posts.id, 2))), select(posts.id)))).toEqual([2])
    expect(
      await world.rows(pipe(from(notes), innerJoin(posts, and(eq(posts.id, notes.post), on)), select(notes.id))),
    ).toEqual([1])
    const absent = pipe(from(notes), leftJoin(posts, eq(posts.id, 99)), select({ on, id: notes.id }))
    expect(await world.rows(absent)).toEqual([{ on: false, id: 1 }])
  })

  it('a parameter may be the query; expressions, and columns that are none, may not', async () => {
    const find = prepare(world.db.dialect)(
      pipe(
        from(posts),
        where(matches([posts.title, posts.body], param('q', text))),
        orderBy(posts.id),
        select(posts.id),
      ),
    )
    const load = find({ q: 'state' })
    expect(load._tag === 'Right' ? must(await world.load(load.right)).rows : null).toEqual([1, 3])
    const wrong = [
      matches([posts.title], posts.body as unknown as string),
      matches([lower(posts.title)], 'a'),
      matches([posts.id as unknown as typeof posts.title], 'a'),
      matches([posts.title], 1 as unknown as string),
      matches([posts.title], null as unknown as string),
    ]
    const tags = await Promise.all(wrong.map(async (on) => tagOf(await world.outcome(pipe(from(posts), where(on))))))
    expect(tags).toEqual(['IllFormed', 'IllFormed', 'IllFormed', 'InvalidValue', 'InvalidValue'])
  })
})

describe('[C26] full text in memory', () => {
  it('has no meaning', () => {
    const filled = pipe(emptyTables, withRows(posts)([{ id: 1, title: 'a', body: null }]))
    const asked = interpret(pipe(from(posts), select(matches([posts.title], 'a'))))
    expect(tagOf(pipe(filled, E.chainW(asked)))).toBe('NotEvaluable')
  })
})

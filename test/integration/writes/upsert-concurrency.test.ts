// Upserts of eight workers at once on one key: counters add up, nothing is lost and nothing is there twice.
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  add,
  autoIncrement,
  from,
  insertInto,
  integer,
  lt,
  onConflictDoNothing,
  onConflictDoUpdate,
  orderBy,
  primaryKey,
  returning,
  select,
  table,
  unique,
  varchar,
} from '../../../src/index.js'
import { engines } from '../../support/engines.js'
import { openWorld, type World } from '../../support/run-load.js'

const counts = table('counts', { id: pipe(integer, primaryKey), n: integer })
const named = table('named', {
  id: pipe(integer, primaryKey, autoIncrement),
  name: pipe(varchar(20), unique),
  n: integer,
})
const twice = table('twice', { id: pipe(integer, primaryKey), code: pipe(varchar(20), unique), n: integer })
const made = table('made', { id: pipe(integer, primaryKey), name: pipe(varchar(20), unique), n: integer })

const workers = 8
const rounds = 12

/** What each of eight workers does, one round after the other, all at once. */
const atOnce = async <A>(work: (worker: number, round: number) => Promise<A>): Promise<ReadonlyArray<A>> =>
  (
    await Promise.all(
      Array.from({ length: workers }, async (_, worker) => {
        const done: Array<A> = []
        for (let round = 0; round < rounds; round++) done.push(await work(worker, round))
        return done
      }),
    )
  ).flat()

describe.each(engines())('upserts at once on $label', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(engine)
    await world.create({ counts, named, twice, made })
  })
  afterAll(() => world.close())

  it('[dialect 60] counters add up, of rows that come and of a row that comes twice', async () => {
    const answers = await atOnce(() =>
      world.answer(
        pipe(
          insertInto(counts)([
            { id: 1, n: 1 },
            { id: 1, n: 10 },
            { id: 2, n: 1 },
          ]),
          onConflictDoUpdate({ target: counts.id, set: (e) => ({ n: add(counts.n, e.n) }) }),
        ),
      ),
    )
    expect(answers.every(({ affected }) => affected === 3)).toBe(true)
    expect(await world.rows(pipe(from(counts), orderBy(counts.id)))).toEqual([
      { id: 1, n: 11 * workers * rounds },
      { id: 2, n: workers * rounds },
    ])
  })

  it('[dialect 60] [dialect 62] each worker sees the row as it left it, and its key', async () => {
    const answers = await atOnce(() =>
      world.answer(
        pipe(
          insertInto(named)({ name: 'one', n: 1 }),
          onConflictDoUpdate({ target: named.name, set: { n: add(named.n, 1) } }),
          returning({ id: named.id, n: named.n }),
        ),
      ),
    )
    const all = answers.flatMap(({ rows }) => rows)
    // No two of them saw the same count: none was lost between the write and what was read of it.
    expect(all.map(({ n }) => n).toSorted((a, b) => a - b)).toEqual(all.map((_, i) => i + 1))
    expect(await world.rows(pipe(from(named), select({ id: named.id, n: named.n })))).toEqual([
      { id: all[0]?.id, n: workers * rounds },
    ])
    expect(new Set(answers.flatMap(({ keys }) => keys.map((key) => key['id'])))).toEqual(new Set([all[0]?.id]))
  })

  it('[dialect 60] where, counted: as many rows are changed as are said to be', async () => {
    const limit = 40
    const answers = await atOnce(() =>
      world.answer(
        pipe(
          insertInto(counts)({ id: 9, n: 1 }),
          onConflictDoUpdate({ target: counts.id, set: { n: add(counts.n, 1) }, where: lt(counts.n, limit) }),
        ),
      ),
    )
    expect(answers.reduce((n, { affected }) => n + affected, 0)).toBe(limit)
    const rows = await world.rows(pipe(from(counts), select({ id: counts.id, n: counts.n })))
    expect(rows.find(({ id }) => id === 9)).toEqual({ id: 9, n: limit })
  })

  it('[dialect 60] of rows that are left one alone is inserted, with its key', async () => {
    const answers = await atOnce((worker, round) =>
      world.answer(
        pipe(
          insertInto(named)({ name: `of round ${round}`, n: worker }),
          onConflictDoNothing(named.name),
          returning({ name: named.name, n: named.n }),
        ),
      ),
    )
    expect(answers.reduce((n, { affected }) => n + affected, 0)).toBe(rounds)
    expect(answers.flatMap(({ keys }) => keys)).toHaveLength(rounds)
    const returned = answers.flatMap(({ rows }) => rows)
    const stored = await world.rows(pipe(from(named), select({ name: named.name, n: named.n })))
    expect(new Set(stored.map((r) => JSON.stringify(r)))).toEqual(
      new Set([...returned, ...stored.filter(({ name }) => name === 'one')].map((r) => JSON.stringify(r))),
    )
  })

  it('[dialect 60] a table with two keys: the one that is meant is found', async () => {
    await world.answer(
      insertInto(twice)([
        { id: 1, code: 'a', n: 0 },
        { id: 2, code: 'b', n: 0 },
      ]),
    )
    const answers = await atOnce((worker) =>
      world.answer(
        pipe(
          // half of them meet the row 1 by its other key first
          insertInto(twice)({ id: worker % 2 === 0 ? 1 : 2, code: 'b', n: 1 }),
          onConflictDoUpdate({ target: twice.code, set: (e) => ({ n: add(twice.n, e.n) }) }),
          returning({ id: twice.id, n: twice.n }),
        ),
      ),
    )
    const seen = answers.flatMap(({ rows }) => rows)
    expect(seen.every(({ id }) => id === 2)).toBe(true)
    expect(seen.map(({ n }) => n).toSorted((a, b) => a - b)).toEqual(seen.map((_, i) => i + 1))
    expect(await world.rows(pipe(from(twice), orderBy(twice.id), select({ n: twice.n })))).toEqual([
      { n: 0 },
      { n: workers * rounds },
    ])
  })

  it('[dialect 60] a table with two keys whose row is not there yet', async () => {
    const answers = await atOnce((worker, round) =>
      world.answer(
        pipe(
          insertInto(made)({ id: round, name: `n${round}`, n: 1 }),
          onConflictDoUpdate({ target: made.name, set: { n: add(made.n, 1) } }),
        ),
      ),
    )
    expect(answers.every(({ affected }) => affected === 1)).toBe(true)
    const rows = await world.rows(pipe(from(made), orderBy(made.id), select({ id: made.id, n: made.n })))
    expect(rows).toEqual(Array.from({ length: rounds }, (_, id) => ({ id, n: workers })))
  })
})

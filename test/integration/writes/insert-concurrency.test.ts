// Inserts of eight workers at once: every row is there once, and its key is the one that was told.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { autoIncrement, from, insertInto, integer, primaryKey, returning, table, varchar } from '../../../src/index.js'
import { engines } from '../../support/engines.js'
import { openWorld, type World } from '../../support/run-load.js'

const notes = table('notes', { id: pipe(integer, primaryKey, autoIncrement), note: varchar(40) })
const marks = table('marks', { id: pipe(integer, primaryKey, autoIncrement), mark: varchar(40) })

const workers = 8
const rounds = 10

describe.each(engines())('inserts at once on $label', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(engine)
    await world.create({ notes, marks })
  })
  afterAll(() => world.close())

  /** Batches of several lengths, of all workers at once. */
  const atOnce = async <A>(work: (rows: ReadonlyArray<string>) => Promise<ReadonlyArray<A>>) =>
    (
      await Promise.all(
        Array.from({ length: workers }, async (_, worker) => {
          const done: Array<readonly [string, A]> = []
          for (let round = 0; round < rounds; round++) {
            const rows = Array.from({ length: [1, 2, 30, 75][round % 4] ?? 1 }, (_row, i) => `${worker}-${round}-${i}`)
            const answers = await work(rows)
            rows.forEach((row, i) => done.push([row, answers[i] as A]))
          }
          return done
        }),
      )
    ).flat()

  it('[DML03] [DML04] the keys that are told are those of the rows; none is lost, none is there twice', async () => {
    const told = await atOnce(async (rows) => {
      const { keys } = await world.answer(insertInto(notes)(rows.map((note) => ({ note }))))
      return keys.map(({ id }) => id)
    })
    const kept = await world.rows(from(notes))
    expect(kept).toHaveLength(told.length)
    expect(new Map(kept.map(({ note, id }) => [note, id]))).toEqual(new Map(told))
  })

  it('[J12] rows that are given back are those that were inserted', async () => {
    const told = await atOnce(async (rows) => {
      const answer = await world.answer(
        pipe(insertInto(marks)(rows.map((mark) => ({ mark }))), returning({ id: marks.id, mark: marks.mark })),
      )
      expect(answer.rows.map(({ mark }) => mark)).toEqual(rows)
      return answer.rows.map(({ id }) => id)
    })
    const kept = await world.rows(from(marks))
    expect(kept).toHaveLength(told.length)
    expect(new Map(kept.map(({ mark, id }) => [mark, id]))).toEqual(new Map(told))
    expect(E.isRight(await world.outcome(from(marks)))).toBe(true)
  })
})

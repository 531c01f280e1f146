// A real database, the shop of Chinook: declared, created, filled and read back; its questions as relvar and as SQL by hand.
import * as E from 'fp-ts/lib/Either.js'
import { from } from 'relvar'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { done, step } from '../../src/compile/load.js'
import { noTables, type RawRow } from '../../src/compile/statement.js'
import { type AnyTable, tableInfo } from '../../src/expr/table.js'
import { chinookData } from '../support/chinook/data.js'
import { music } from '../support/chinook/questions/music.js'
import { people } from '../support/chinook/questions/people.js'
import type { AnyRows, Question } from '../support/chinook/questions/question.js'
import { sales } from '../support/chinook/questions/sales.js'
import { chinook } from '../support/chinook/tables.js'
import { engines } from '../support/engines.js'
import { inMemory, type Place } from '../support/places.js'
import { must, openWorld, openWorldAt, type World } from '../support/run-load.js'
import { sqlite } from '../support/servers/engine.js'
import { type Cell, differences, rawRow } from '../tpch/answer.js'

const questions = [...sales, ...people, ...music].map((question) => [question.says, question] as const)
const data = chinookData()

const allOf = (of: AnyTable): AnyRows =>
  // Any table: its rows are compared whole, whatever their type is.
  from(of as typeof chinook.tables.genre)

type Fields = Readonly<Record<string, unknown>>

const sorted = (of: AnyTable, rows: ReadonlyArray<Fields>): ReadonlyArray<Fields> => {
  const keys = tableInfo(of).primaryKey
  const before = (a: Fields, b: Fields): number =>
    keys.map((key) => Number(a[key]) - Number(b[key])).find((difference) => difference !== 0) ?? 0
  return [...rows].sort(before)
}

const byHand = async (
  { engine, load }: World,
  { sql, kinds }: Question,
): Promise<ReadonlyArray<ReadonlyArray<Cell>>> => {
  const statement = {
    sql: sql(engine),
    parameters: [],
    text: 'once',
    returnsRows: true,
    bigints: true,
    tables: noTables,
  } as const
  const rows = must(await load(step(statement, (reply) => E.right(done<ReadonlyArray<RawRow>>(reply.rows)))))
  return rows.map(rawRow(engine, kinds))
}

const filled = async <Name extends Place['name']>(world: World<Name>): Promise<World<Name>> => {
  await world.create(chinook.tables)
  for (const { insert } of data) await world.answer(insert)
  return world
}

describe.each(engines())('chinook on $label', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await filled(await openWorld(engine))
  }, 120_000)
  afterAll(() => world.close())

  it('[B01, B02, B04, B12, B16, B22, B25] eleven tables are created, filled and read back as they were', async () => {
    expect(data).toHaveLength(11)
    for (const { table, rows } of data)
      expect(sorted(table, (await world.rows(allOf(table))) as ReadonlyArray<Fields>)).toEqual(sorted(table, rows))
  })

  it.each(questions)('%s: relvar and SQL by hand say the same', async (_, question) => {
    const expected = await byHand(world, question)
    expect(expected).not.toEqual([])
    const rows = await world.rows(question.query)
    expect(differences(question.kinds, expected, question.flat(rows))).toEqual([])
  })
})

describe('chinook in memory', () => {
  let world: World
  let memory: World<Place['name']>
  beforeAll(async () => {
    world = await filled(await openWorld(sqlite))
    memory = await filled(await openWorldAt(inMemory))
  }, 120_000)
  afterAll(async () => {
    await world.close()
    await memory.close()
  })

  it('[B01, B02, B04, B12, B16, B22, B25] memory keeps the rows of eleven tables', async () => {
    for (const { table, rows } of data)
      expect(sorted(table, (await memory.rows(allOf(table))) as ReadonlyArray<Fields>)).toEqual(sorted(table, rows))
  })

  it.each(questions)('%s: memory and SQL by hand say the same', async (_, question) => {
    const rows = await memory.rows(question.query)
    expect(differences(question.kinds, await byHand(world, question), question.flat(rows))).toEqual([])
  })
})

// The 22 queries of TPC-H: each relvar value gives the rows that hand-written SQL gives on the same engine, and in memory.
import * as E from 'fp-ts/lib/Either.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { done, step } from '../../src/compile/load.js'
import { noTables, type RawRow, type Statement } from '../../src/compile/statement.js'
import type { Query } from '../../src/expr/query.js'
import { engines } from '../support/engines.js'
import { inMemory, type Place } from '../support/places.js'
import { sqlite } from '../support/servers/engine.js'
import { must, openWorld, openWorldAt, type World } from '../support/run-load.js'
import { differences, rawRow, relvarRow } from '../tpch/answer.js'
import { hundredth, tpchData } from '../tpch/data.js'
import { fill } from '../tpch/fill.js'
import { allQueries, type QueryName, queryNames } from '../tpch/queries/all.js'
import { allByHand } from '../tpch/sql/all.js'
import { wordsOf } from '../tpch/sql/words.js'
import { tpch } from '../tpch/tables.js'

const statement = (sql: string): Statement => ({
  sql,
  parameters: [],
  text: 'once',
  returnsRows: true,
  bigints: true,
  tables: noTables,
})

/** The rows of SQL that relvar did not write. */
const ask = async ({ load }: World, sql: string): Promise<ReadonlyArray<RawRow>> =>
  must(await load(step(statement(sql), ({ rows }) => E.right(done(rows)))))

/** One of the queries, whatever its rows are. */
const anyQuery = (name: QueryName): Query<unknown, never, string, never> => allQueries[name]

const byHand = async (world: World, name: QueryName) => {
  const { kinds, sql } = allByHand[name]
  const rows = await ask(world, sql(wordsOf[world.engine]))
  return rows.map(rawRow(world.engine, kinds))
}

describe.each(engines())('tpch on $label', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(engine)
    await world.create(tpch.tables)
    await fill(tpchData(hundredth), world.answer)
    for (const { name } of tpch.infos) await ask(world, wordsOf[world.engine].analyze(name))
  }, 120_000)
  afterAll(() => world.close())

  it.each(queryNames)('%s gives the rows of hand-written SQL', async (name) => {
    const { kinds } = allByHand[name]
    const expected = await byHand(world, name)
    expect(expected).not.toEqual([])
    const rows = await world.rows(anyQuery(name))
    expect(differences(kinds, expected, rows.map(relvarRow(kinds)))).toEqual([])
  })
})

describe(`tpch in memory, ${hundredth.orders} orders`, () => {
  const data = tpchData(hundredth)
  let world: World
  let memory: World<Place['name']>
  beforeAll(async () => {
    world = await openWorld(sqlite)
    memory = await openWorldAt(inMemory)
    for (const one of [world, memory]) {
      await one.create(tpch.tables)
      await fill(data, one.answer)
    }
  }, 120_000)
  afterAll(async () => {
    await world.close()
    await memory.close()
  })

  it.each(queryNames)('%s in memory gives the rows of hand-written SQL', async (name) => {
    const { kinds } = allByHand[name]
    const rows = await memory.rows(anyQuery(name))
    expect(differences(kinds, await byHand(world, name), rows.map(relvarRow(kinds)))).toEqual([])
  })
})

// What the compiler writes for an engine that engine prepares: where it says yes it is SQL, where it says no it is in words.
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { mariadbDialect, mysqlDialect, postgresDialect, sqliteDialect } from 'relvar'
import { query, show, write } from 'relvar/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Dialect } from '../../src/compile/dialect.js'
import type { AnyQuery } from '../../src/expr/query.js'
import { type Engine, engines } from '../support/engines.js'
import { compiled } from './compiled.js'
import { seed, times } from './laws.js'
import { openPreparing, type Preparing } from './preparing.js'
import { asked, written } from './world.js'

const dialects: Readonly<Record<Engine['name'], () => Dialect>> = {
  postgres: postgresDialect,
  mysql: mysqlDialect,
  mariadb: mariadbDialect,
  sqlite: sqliteDialect,
}

const hour = 3_600_000

describe.each(engines().map((engine) => [engine.label, engine] as const))('%s', (_, engine) => {
  const dialect = dialects[engine.name]()
  let preparing: Preparing

  beforeAll(async () => {
    preparing = await openPreparing(engine, [...asked, ...written])
  })
  afterAll(() => preparing.close())

  /** How many statements the engine took. */
  const prepared = async (q: AnyQuery): Promise<number> => {
    const all = compiled(dialect, q)
    if (E.isLeft(all)) {
      if (all.left._tag !== 'Unsupported') throw new Error(`${all.left._tag}: ${all.left.message}\n  ${show(q)}`)
      return 0
    }
    const said = all.right.statements.filter((s) => !s.isControl)
    for (const { sql } of said) {
      const problem = await preparing.problem(sql)
      if (problem !== null) throw new Error(`${problem}\n  ${show(q)}\n  ${sql}`)
    }
    return said.length
  }

  const allPrepared = async (drawn: fc.Arbitrary<AnyQuery>, numRuns: number): Promise<void> => {
    let count = 0
    await fc.assert(
      fc.asyncProperty(drawn, async (q) => void (count += await prepared(q))),
      { seed, numRuns },
    )
    expect(count).toBeGreaterThan(numRuns / 2)
  }

  test('[property 10] every query that is compiled is prepared', { timeout: hour }, () =>
    allPrepared(query(asked), 150 * times),
  )

  test('[property 10] every write that is compiled is prepared', { timeout: hour }, () =>
    allPrepared(write(written), 100 * times),
  )
})

// Rows of random schemas are what their tables say: taken in memory and by every engine, and given back as they were.
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { type AnySchema, type AnyTable, createAll, type Database, dropAll } from 'relvar'
import { rowsIn, type Tables, tablesIn, withRows } from 'relvar/memory'
import { run } from 'relvar/promise'
import { contents } from 'relvar/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TableInfo } from '../../../src/expr/source.js'
import { checkReferences } from '../../../src/interpret/foreign-key.js'
import { fill } from '../../../src/testing/fill.js'
import { places } from '../../support/places.js'
import { sameBag } from '../../property/world.js'
import { allRows } from './work.js'
import { randomSchema } from './random-schema.js'

const times = Number(process.env['RELVAR_TEST_TIMES'] ?? '1')
const seed = Number(process.env['RELVAR_TEST_SEED'] ?? '20261121')

type Filled = readonly [AnySchema, Tables]

const filledSchemas = (rich: boolean, arrays: boolean): fc.Arbitrary<Filled> =>
  randomSchema(rich, arrays).chain((of) => fc.tuple(fc.constant(of), contents(of)))

/** Whether rows of a table must refer to rows of it. */
const hasRoots = (info: TableInfo): boolean =>
  info.foreignKeys.some(
    ({ columns, target }) =>
      target.table === info.name && columns.every((c) => info.columns.find(({ key }) => key === c)?.nullable === false),
  )

const tablesOf = (of: AnySchema): ReadonlyArray<AnyTable> => Object.values(of.tables)

describe.each(places())('rows on $label', ({ name, open }) => {
  let db: Database
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ db, close } = await open())
  })
  afterAll(async () => {
    expect(db.status()).toMatchObject({ busy: 0, waiting: 0 })
    await close()
  })

  it('of any schema are taken, and given back as they were', async () => {
    const isInnoDb = name === 'mysql' || name === 'mariadb'
    const rich = name === 'postgres' || name === 'sqlite'
    await fc.assert(
      fc.asyncProperty(filledSchemas(rich, name === 'postgres'), async ([of, tables]) => {
        await run(db.execute(createAll(of)))
        try {
          await fill(db, of, tables)
          for (const t of tablesOf(of)) {
            const [mine, theirs] = [rowsIn(t)(tables), await allRows(db, t)]
            if (!sameBag(mine, theirs)) expect(theirs).toEqual(mine)
          }
          // What is there already goes first; InnoDB never deletes a row that refers to itself.
          if (!(isInnoDb && of.infos.some(hasRoots))) await fill(db, of, tables)
        } finally {
          await run(db.execute(dropAll(of)))
        }
      }),
      { seed, numRuns: (name === 'memory' || name === 'sqlite' ? 25 : 6) * times },
    )
  })
})

it('rows on memory: of any schema are taken by withRows, and every reference is met', () => {
  fc.assert(
    fc.property(filledSchemas(true, true), ([of, tables]) => {
      let again = tablesIn(of)
      for (const t of tablesOf(of)) {
        const next = withRows(t)(rowsIn(t)(tables))(again)
        if (E.isLeft(next)) throw new Error(next.left.message)
        again = next.right
      }
      expect(again.rows).toEqual(tables.rows)
      expect(checkReferences(tablesIn(of), tables)).toEqual(E.right(null))
    }),
    { seed, numRuns: 100 * times },
  )
})

it('rows on memory: of most schemas there are some, in circles too', () => {
  const all = fc.sample(filledSchemas(true, true), { seed, numRuns: 200 })
  const counts = all.map(([of, tables]) => tablesOf(of).map((t) => rowsIn(t)(tables).length))
  const filled = counts.flat().filter((n) => n > 0).length
  expect(filled / counts.flat().length).toBeGreaterThan(0.6)
  const circles = all.flatMap(([of, tables]) => tablesOf(of).flatMap((t) => rowsIn(t)(tables)))
  expect(circles.some((row) => 'openId' in row && row['openId'] !== null)).toBe(true)
})

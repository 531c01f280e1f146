/**
 * `factory(table)` and `seeded(tables)`: rows for tests that are no properties; the same ones each time.
 */
import * as fc from 'fast-check'

import { type AnyTable, type InsertOf, tableInfo } from '../expr/table.js'
import type { Tables } from '../interpret/tables.js'
import { columnValues, contents } from './rows.js'

/** Which of the rows that could be made: the same number, the same rows. */
const firstSeed = 1

const sampled = <A>(arbitrary: fc.Arbitrary<A>, seed: number, count: number): ReadonlyArray<A> =>
  fc.sample(arbitrary, { seed, numRuns: count })

/** Rows of a table to insert, one after the other. */
export interface Factory<T extends AnyTable> {
  /** The next row, with what is said of it. */
  (changes?: Partial<InsertOf<T>>): InsertOf<T>
}

/**
 * Makes rows of a table to insert: each time another one, in the same order in each run. Keys that the database makes are left to
 * it; a key or a unique column that a row brings is its number.
 *
 * @param t the table
 * @param seed which rows: another number, other rows
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { autoIncrement, integer, primaryKey, table, text } from 'relvar'
 * import { factory } from 'relvar/testing'
 *
 * const users = table('users', { id: pipe(integer, primaryKey, autoIncrement), name: text, age: integer })
 * const user = factory(users)
 * assert.strictEqual(user({ name: 'ed' }).name, 'ed')
 * assert.strictEqual(typeof user().age, 'number')
 *
 * @category constructors
 * @since 0.1.0
 */
export const factory = <T extends AnyTable>(t: T, seed: number = firstSeed): Factory<T> => {
  const info = tableInfo(t)
  const columns = info.columns.filter((c) => !c.autoIncrement && c.generated === null)
  const row = fc.record(Object.fromEntries(columns.map((c) => [c.key, columnValues(c, undefined)])))
  const keys = new Set([...info.primaryKey, ...info.uniques.flatMap((u) => u.columns)])
  let made = 0
  return (changes = {}) => {
    made += 1
    const [values = {}] = sampled(row, seed + made, 1)
    const numbered = columns
      .filter((c) => keys.has(c.key))
      .flatMap((c): ReadonlyArray<readonly [string, unknown]> => {
        if (['SmallInt', 'Integer', 'Unsigned'].includes(c.type._tag)) return [[c.key, made]]
        if (c.type._tag === 'BigInt') return [[c.key, BigInt(made)]]
        return c.type._tag === 'Text' || c.type._tag === 'Varchar' ? [[c.key, `${c.key}${made}`]] : []
      })
    // Each column has a value of its type, as InsertOf says; what the caller says is of those types, too.
    return { ...values, ...Object.fromEntries(numbered), ...changes } as InsertOf<T>
  }
}

/**
 * Tables filled with rows that keep their foreign keys, the same ones for the same number. Give the tables in an order in which
 * each comes after those that it refers to.
 *
 * @param seed which rows: another number, other rows
 * @example
 * import { integer, table } from 'relvar'
 * import { rowsIn } from 'relvar/memory'
 * import { seeded } from 'relvar/testing'
 *
 * const scores = table('scores', { points: integer })
 * assert.deepStrictEqual(rowsIn(scores)(seeded([scores], 7)), rowsIn(scores)(seeded([scores], 7)))
 *
 * @category constructors
 * @since 0.1.0
 */
export const seeded = (tables: ReadonlyArray<AnyTable>, seed: number = firstSeed): Tables => {
  const [made] = sampled(contents(tables), seed, 1)
  // One sample was asked for, so there is one.
  return made as Tables
}

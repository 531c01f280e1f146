// What the compiler writes in other words before it writes SQL means the same, and twice is once.
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { from, queryEq, where } from 'relvar'
import { interpret, type Tables } from 'relvar/memory'
import { query } from 'relvar/testing'
import { expect, test } from 'vitest'
import { withPlace } from '../../src/compile/keyset.js'
import { unshared } from '../../src/compile/read.js'
import { integerType } from '../../src/expr/sql-type.js'
import { nodeOf } from '../../src/expr/expr.js'
import * as node from '../../src/expr/node.js'
import { type AnyQuery, nodeOfQuery, query as queryOf } from '../../src/expr/query.js'
import { isWrite, type QueryNode, type SelectNode } from '../../src/expr/query-node.js'
import { sameStatement } from '../../src/expr/same.js'
import { data, expectBag, onUsers, runs } from './laws.js'
import { asked, users } from './world.js'

const queryNode = (q: AnyQuery): QueryNode => {
  const found = nodeOfQuery(q)
  if (isWrite(found)) throw new Error('a query')
  return found
}

const selectNode = (q: AnyQuery): SelectNode => {
  const found = queryNode(q)
  if (found._tag !== 'Select') throw new Error('one SELECT')
  return found
}

const rowsOf = (tables: Tables, found: QueryNode): ReadonlyArray<unknown> => {
  const rows = interpret(queryOf<unknown, never, never, never, 'select'>(found))(tables)
  if (E.isRight(rows)) return rows.right
  fc.pre(!['Overflow', 'NoRows', 'MultipleRows'].includes(rows.left._tag))
  throw new Error(rows.left.message)
}

/** The same rows, and nothing more to say in other words. */
const lowered = (tables: Tables, found: QueryNode, once: QueryNode, twice: QueryNode): void => {
  expectBag(rowsOf(tables, once), rowsOf(tables, found))
  expect(sameStatement(twice, once)).toBe(true)
}

test('[property 11] parameters of their own in each place change nothing, in memory', () => {
  fc.assert(
    fc.property(data, query(asked), (tables, q) => {
      const found = queryNode(q)
      const once = unshared(found)
      expect(queryEq.equals(queryOf(once) as unknown as AnyQuery, q)).toBe(true)
      lowered(tables, found, once, unshared(once))
    }),
    { ...runs, numRuns: runs.numRuns / 2 },
  )
})

const placed = fc.record({
  direction: fc.constantFrom('asc' as const, 'desc' as const),
  nulls: fc.constantFrom('first' as const, 'last' as const),
  way: fc.constantFrom('after' as const, 'before' as const),
  age: fc.option(fc.integer({ min: -2, max: 3 })),
  id: fc.integer({ min: -2, max: 3 }),
})

test('[property 11] a place in an order is a criterion, in memory', () => {
  fc.assert(
    fc.property(data, onUsers, placed, (tables, on, { direction, nulls, way, age, id }) => {
      const found: SelectNode = {
        ...selectNode(pipe(from(users), where(on))),
        orderBy: [
          { expr: nodeOf(users.age), direction, nulls },
          { expr: nodeOf(users.id), direction: 'asc', nulls: 'last' },
        ],
        keyset: { direction: way, values: [node.value(age, integerType, true), node.value(id, integerType)] },
      }
      const lower = (q: SelectNode): SelectNode => ({ ...withPlace(q), keyset: null })
      lowered(tables, found, lower(found), lower(lower(found)))
    }),
    runs,
  )
})

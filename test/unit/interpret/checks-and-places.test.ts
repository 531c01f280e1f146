// A check that cannot be computed lets no row in; and the place of a cursor has nulls on the side that the order puts them.
import { pipe } from 'fp-ts/lib/function.js'
import {
  add,
  after,
  asc,
  before,
  checkConstraint,
  cursorOf,
  desc,
  from,
  gt,
  insertInto,
  integer,
  nullable,
  nullsFirst,
  nullsLast,
  orderBy,
  primaryKey,
  table,
} from 'relvar'
import { emptyTables, interpret } from 'relvar/memory'
import { describe, expect, it } from 'vitest'

import { done, filled, held, refused, run } from './applied.js'

describe('a check', () => {
  const counts = table('counts', { id: pipe(integer, primaryKey), n: pipe(integer, nullable) }, (t) => [
    checkConstraint(gt(add(t.n, 1), 0)),
  ])

  it('that says yes or nothing lets a row in', () => {
    const { tables } = run(
      emptyTables,
      insertInto(counts)([
        { id: 1, n: 0 },
        { id: 2, n: null },
      ]),
    )
    expect(held(tables, counts)).toHaveLength(2)
  })

  it('that says no, or cannot be computed, lets none in', () => {
    expect(refused(emptyTables, insertInto(counts)({ id: 1, n: -1 }))).toMatchObject({ _tag: 'CheckViolation' })
    expect(refused(emptyTables, insertInto(counts)({ id: 1, n: 2 ** 31 - 1 }))).toMatchObject({ _tag: 'Overflow' })
  })
})

describe('what stands after and before a place', () => {
  const people = table('people', { id: pipe(integer, primaryKey), age: pipe(integer, nullable) })
  const tables = filled(people, [
    { id: 1, age: 20 },
    { id: 2, age: 20 },
    { id: 3, age: 30 },
    { id: 4, age: null },
    { id: 5, age: null },
  ])(emptyTables)
  const orders = [
    ['up, nulls last', nullsLast(asc(people.age)), [1, 2, 3, 4, 5]],
    ['up, nulls first', nullsFirst(asc(people.age)), [4, 5, 1, 2, 3]],
    ['down, nulls last', nullsLast(desc(people.age)), [3, 1, 2, 4, 5]],
    ['down, nulls first', nullsFirst(desc(people.age)), [4, 5, 3, 1, 2]],
  ] as const

  it.each(orders)('%s', (_, order, ids) => {
    const all = pipe(from(people), orderBy(order, people.id))
    const rows = done(interpret(all)(tables))
    expect(rows.map((row) => row.id)).toEqual(ids)
    for (const [i, row] of rows.entries()) {
      const place = done(cursorOf(all)(row))
      const idsOf = (rest: ReadonlyArray<{ readonly id: number }>): ReadonlyArray<number> => rest.map(({ id }) => id)
      expect(idsOf(done(interpret(pipe(all, after(place)))(tables)))).toEqual(ids.slice(i + 1))
      expect(idsOf(done(interpret(pipe(all, before(place)))(tables)))).toEqual(ids.slice(0, i))
    }
  })
})

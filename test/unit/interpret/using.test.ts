// Updates and deletes that look at other sources: a row is written once, where some combination of their rows matches.
import { pipe } from 'fp-ts/lib/function.js'
import {
  add,
  alias,
  and,
  subquery,
  deleteFrom,
  eq,
  everyRow,
  from,
  gt,
  insertFrom,
  insertInto,
  integer,
  nullable,
  primaryKey,
  returning,
  select,
  set,
  sum,
  groupBy,
  table,
  text,
  update,
  using,
  where,
} from 'relvar'
import { emptyTables } from 'relvar/memory'
import { describe, expect, test } from 'vitest'
import { stepsOf } from '../../support/steps.js'
import { filled, held, refused, run } from './applied.js'

const users = table('users', { id: pipe(integer, primaryKey), name: text, points: pipe(integer, nullable) })
const moves = table('moves', { userId: integer, name: text, kind: integer })
const start = pipe(
  emptyTables,
  filled(users, [
    { id: 1, name: 'ed', points: 1 },
    { id: 2, name: 'wendy', points: 2 },
    { id: 3, name: 'mary', points: null },
  ]),
  filled(moves, [
    { userId: 1, name: 'eddie', kind: 1 },
    { userId: 2, name: 'w', kind: 1 },
    { userId: 2, name: 'ww', kind: 2 },
    { userId: 9, name: 'nobody', kind: 1 },
  ]),
)
const names = (tables: typeof start): ReadonlyArray<unknown> =>
  held(tables, users).map((row) => (row as { readonly name: string }).name)

describe('update', () => {
  test('memory: takes values of the row that matches [DML15]', () => {
    const { tables, affected } = run(
      start,
      pipe(
        update(users),
        using(moves, eq(moves.userId, users.id)),
        set({ name: moves.name, points: add(users.points, moves.kind) }),
        where(eq(moves.kind, 1)),
      ),
    )
    expect(affected).toBe(2)
    expect(held(tables, users)).toEqual([
      { id: 1, name: 'eddie', points: 2 },
      { id: 2, name: 'w', points: 3 },
      { id: 3, name: 'mary', points: null },
    ])
  })

  test('memory: of several rows that match none is chosen', () => {
    const both = pipe(update(users), using(moves, eq(moves.userId, users.id)))
    expect(refused(start, pipe(both, set({ name: moves.name })))).toMatchObject({ _tag: 'MultipleRows' })
    const { tables, affected } = run(start, pipe(both, set({ name: 'moved' })))
    expect([affected, names(tables)]).toEqual([2, ['moved', 'moved', 'mary']])
  })

  test('memory: two other sources, of which one criterion looks at the one behind it', () => {
    const others = pipe(users, alias('others'))
    const write = pipe(
      update(users),
      using(others, eq(others.id, add(users.id, 1))),
      using(moves, and(eq(moves.userId, others.id), eq(moves.kind, 2))),
      set({ name: moves.name }),
    )
    expect(names(run(start, write).tables)).toEqual(['ww', 'wendy', 'mary'])
  })

  test('memory: a query with a name is a source like a table', () => {
    const totals = pipe(
      from(moves),
      groupBy(moves.userId),
      select({ userId: moves.userId, kinds: sum(moves.kind) }),
      subquery('totals'),
    )
    const write = pipe(
      update(users),
      using(totals, eq(totals.userId, users.id)),
      set({ name: 'total' }),
      where(gt(totals.kinds, 2)),
    )
    expect(names(run(start, write).tables)).toEqual(['ed', 'total', 'mary'])
  })

  test('memory: what is given back is of the written row alone', () => {
    const write = pipe(update(users), using(moves, eq(moves.userId, users.id)), set({ points: 0 }))
    expect(refused(start, pipe(write, returning(moves as never)))).toMatchObject({ _tag: 'FreeSource' })
    expect(run(start, pipe(write, returning({ now: users.points }))).rows).toEqual([{ now: 0 }, { now: 0 }])
  })
})

describe('delete', () => {
  test('memory: each row that some other matches goes, once [DML16]', () => {
    const { tables, rows, affected } = run(
      start,
      pipe(deleteFrom(users), using(moves, eq(moves.userId, users.id)), returning(users.name)),
    )
    expect([affected, rows, names(tables)]).toEqual([2, ['ed', 'wendy'], ['mary']])
  })

  test('memory: every row is what everyRow says', () => {
    expect(run(start, everyRow(deleteFrom(users))).affected).toBe(3)
    // @ts-expect-error: it does not say which rows
    expect(refused(start, deleteFrom(users))).toMatchObject({ _tag: 'IllFormed' })
  })
})

describe('insert of a query', () => {
  test('memory: rows come in the order of the query, with what it leaves out [DML06]', () => {
    const copies = table('copies', { id: pipe(integer, primaryKey), name: text, points: pipe(integer, nullable) })
    const { tables, affected } = run(
      start,
      pipe(
        from(users),
        where(gt(users.id, 1)),
        select({ name: users.name, id: add(users.id, 10) }),
        insertFrom(copies),
      ),
    )
    expect(affected).toBe(2)
    expect(held(tables, copies)).toEqual([
      { id: 12, name: 'wendy', points: null },
      { id: 13, name: 'mary', points: null },
    ])
  })

  test('memory: it may read the table that it writes, as that was before', () => {
    const write = pipe(from(users), select({ id: add(users.id, 3), name: users.name }), insertFrom(users))
    expect(run(start, write).affected).toBe(3)
    expect(
      refused(start, pipe(from(users), select({ id: add(users.id, 1), name: users.name }), insertFrom(users))),
    ).toMatchObject({
      _tag: 'UniqueViolation',
    })
  })

  test('memory: the work of an insert grows with its rows, not with their square', () => {
    const inserting = (n: number): number => {
      const write = insertInto(users)(Array.from({ length: n }, (_, id) => ({ id, name: `user ${id}`, points: id })))
      return stepsOf(() => expect(run(emptyTables, write).affected).toBe(n))
    }
    // What is made once is made before.
    inserting(10)
    // Ten times as many rows: about 10, where it grows with the square 100.
    expect(inserting(5_000) / inserting(500)).toBeLessThan(15)
  })
})

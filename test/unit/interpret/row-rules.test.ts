// What a table says of its rows holds after each write: checks, computed columns, what the database puts, and the keys it counts.
import { pipe } from 'fp-ts/lib/function.js'
import {
  add,
  autoIncrement,
  bigint,
  checkConstraint,
  concat,
  currentTimestamp,
  eq,
  everyRow,
  generated,
  generatedAs,
  gt,
  identity,
  insertInto,
  integer,
  lt,
  mul,
  nullable,
  onConflictDoUpdate,
  onUpdate,
  primaryKey,
  returning,
  serverDefault,
  set,
  smallint,
  table,
  text,
  timestamptz,
  update,
  varchar,
  where,
} from 'relvar'
import { apply, emptyTables, withRows } from 'relvar/memory'
import { describe, expect, test } from 'vitest'
import { filled, held, refused, run } from './applied.js'

describe('checks', () => {
  const scores = table(
    'scores',
    { id: pipe(integer, primaryKey), points: pipe(integer, nullable), most: integer },
    (own) => [checkConstraint(lt(own.points, own.most), { name: 'below_most' }), checkConstraint(gt(own.most, 0))],
  )
  const one = filled(scores, [{ id: 1, points: 1, most: 5 }])(emptyTables)

  test('memory: a row that breaks one is refused, by insert, update and upsert', () => {
    const broken = {
      _tag: 'CheckViolation',
      code: 'RV204',
      table: 'scores',
      constraint: 'below_most',
      columns: [],
    }
    expect(refused(one, insertInto(scores)({ id: 2, points: 5, most: 5 }))).toMatchObject(broken)
    expect(refused(one, pipe(update(scores), set({ most: 1 }), everyRow))).toMatchObject(broken)
    const write = pipe(
      insertInto(scores)({ id: 1, points: 1, most: 9 }),
      onConflictDoUpdate({ target: scores.id, set: { points: 7 } }),
    )
    expect(refused(one, write)).toMatchObject(broken)
    expect(refused(one, insertInto(scores)({ id: 2, most: 0 }))).toMatchObject({
      _tag: 'CheckViolation',
      constraint: null,
    })
  })

  test('memory: the new row of an upsert must keep them, also where a row is there', () =>
    expect(
      refused(
        one,
        pipe(
          insertInto(scores)({ id: 1, points: 9, most: 9 }),
          onConflictDoUpdate({ target: scores.id, set: { points: 2 } }),
        ),
      ),
    ).toMatchObject({ _tag: 'CheckViolation' }))

  test('memory: one that is null lets the row in', () =>
    expect(run(one, insertInto(scores)({ id: 2, points: null, most: 5 })).affected).toBe(1))

  test('memory: rows that tables are filled with keep them, too', () =>
    expect(withRows(scores)([{ id: 1, points: 9, most: 5 }])(emptyTables)).toMatchObject({
      left: { _tag: 'CheckViolation' },
    }))
})

describe('computed columns', () => {
  const boxes = table(
    'boxes',
    {
      id: pipe(integer, primaryKey),
      side: integer,
      name: pipe(text, nullable),
      area: pipe(integer, generated),
      label: pipe(text, nullable, generated),
    },
    (own) => [
      generatedAs(own.area, mul(own.side, own.side)),
      generatedAs(own.label, concat('box ', own.name)),
      checkConstraint(lt(own.area, 100)),
    ],
  )

  test('memory: are computed anew by each write, and checks see them', () => {
    const { tables, rows } = run(emptyTables, pipe(insertInto(boxes)({ id: 1, side: 3, name: 'x' }), returning(boxes)))
    expect(rows).toEqual([{ id: 1, side: 3, name: 'x', area: 9, label: 'box x' }])
    expect(run(tables, pipe(update(boxes), set({ side: 4 }), everyRow, returning(boxes.area))).rows).toEqual([16])
    expect(refused(tables, pipe(update(boxes), set({ side: 10 }), everyRow))).toMatchObject({ _tag: 'CheckViolation' })
    const upsert = pipe(
      insertInto(boxes)({ id: 1, side: 5 }),
      onConflictDoUpdate({ target: boxes.id, set: (excluded) => ({ side: add(excluded.area, -20) }) }),
      returning(boxes),
    )
    expect(run(tables, upsert).rows).toEqual([{ id: 1, side: 5, name: 'x', area: 25, label: 'box x' }])
  })

  test('memory: take no value', () => {
    // @ts-expect-error: the column is computed
    expect(refused(emptyTables, insertInto(boxes)({ id: 1, side: 3, area: 1 }))).toMatchObject({ _tag: 'IllFormed' })
  })

  test('memory: of rows that tables are filled with are computed, too', () =>
    expect(held(filled(boxes, [{ id: 1, side: 2, name: null, area: 77, label: '' }])(emptyTables), boxes)).toEqual([
      { id: 1, side: 2, name: null, area: 4, label: null },
    ]))
})

describe('what the database puts', () => {
  const posts = table('posts', {
    id: pipe(integer, primaryKey),
    made: pipe(timestamptz, serverDefault(currentTimestamp)),
    state: pipe(varchar(9), serverDefault('new')),
    touched: pipe(varchar(9), nullable, onUpdate('changed')),
  })

  test('memory: a row that leaves a column out has what its table says', () => {
    const now = '2012-10-15T12:57:18.000000Z'
    const { rows, tables } = run(
      emptyTables,
      pipe(insertInto(posts)([{ id: 1 }, { id: 2, state: 'old' }]), returning(posts)),
      { now },
    )
    expect(rows).toEqual([
      { id: 1, made: now, state: 'new', touched: null },
      { id: 2, made: now, state: 'old', touched: null },
    ])
    const changed = run(
      tables,
      pipe(update(posts), set({ state: 'x' }), where(eq(posts.id, 1)), returning(posts.touched)),
    )
    expect(changed.rows).toEqual(['changed'])
  })

  test('memory: nobody said what time it is', () =>
    expect(refused(emptyTables, insertInto(posts)({ id: 1 }))).toMatchObject({ _tag: 'NotEvaluable' }))
})

describe('keys that are counted', () => {
  const keys = (t: Parameters<typeof insertInto>[0], n: number): unknown => {
    const write = insertInto(t)(Array.from({ length: n }, () => ({ name: 'x' })) as never)
    const result = apply(pipe(write, returning(t as never)) as never)(emptyTables)
    return result._tag === 'Right'
      ? result.right.rows.map((row) => (row as { readonly id: unknown }).id)
      : result.left._tag
  }

  test('memory: an identity starts where it says and goes in its steps [DDL17]', () => {
    expect(keys(table('a', { id: pipe(integer, primaryKey, identity({ start: 42 })), name: text }), 3)).toEqual([
      42, 43, 44,
    ])
    expect(keys(table('a', { id: pipe(bigint, primaryKey, identity({ increment: 10 })), name: text }), 2)).toEqual([
      1n,
      11n,
    ])
    expect(
      keys(table('a', { id: pipe(integer, primaryKey, identity({ increment: -2, start: 5, max: 9 })), name: text }), 3),
    ).toEqual([5, 3, 1])
  })

  test('memory: it ends, or begins again', () => {
    expect(keys(table('a', { id: pipe(integer, identity({ start: 2, max: 3 })), name: text }), 3)).toBe('Overflow')
    expect(keys(table('a', { id: pipe(integer, identity({ start: 2, max: 3, cycle: true })), name: text }), 4)).toEqual(
      [2, 3, 1, 2],
    )
    expect(keys(table('a', { id: pipe(smallint, primaryKey, identity({ start: 32767 })), name: text }), 2)).toBe(
      'InvalidValue',
    )
  })

  test('memory: one that is always made takes no value', () => {
    const always = table('always', { id: pipe(integer, primaryKey, identity({ always: true })), name: text })
    expect(refused(emptyTables, insertInto(always)({ id: 5, name: 'x' }))).toMatchObject({ _tag: 'IllFormed' })
    expect(run(emptyTables, insertInto(always)({ name: 'x' })).affected).toBe(1)
  })

  test('memory: a key that an update gives is not made again', () => {
    const users = table('users', { id: pipe(integer, primaryKey, autoIncrement), name: text })
    const { tables } = run(
      filled(users, [{ id: 1, name: 'x' }])(emptyTables),
      pipe(update(users), set({ id: 2 }), everyRow),
    )
    expect(run(tables, pipe(insertInto(users)({ name: 'y' }), returning(users.id))).rows).toEqual([3])
  })
})

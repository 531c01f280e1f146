// A write gives new tables and leaves the old ones as they were; what would break a constraint gives none.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import {
  add,
  alias,
  type AnyTable,
  autoIncrement,
  bigint,
  type ClosedQuery,
  concat,
  defaultTo,
  deleteFrom,
  everyRow,
  eq,
  exists,
  foreignKey,
  from,
  insertInto,
  integer,
  json,
  literal,
  mul,
  nullable,
  primaryKey,
  type Query,
  references,
  returning,
  schema,
  set,
  sub,
  table,
  text,
  timestamptz,
  unique,
  update,
  varchar,
  where,
} from 'relvar'
import { type Applied, apply, emptyTables, rowsIn, type Tables, tablesIn, withRows } from 'relvar/memory'
import { describe, expect, test } from 'vitest'

const done = <A>(result: E.Either<{ readonly message: string }, A>): A => {
  if (E.isLeft(result)) throw new Error(result.left.message)
  return result.right
}

const run = <P, S extends string, O extends string, F extends string, K extends 'insert' | 'update' | 'delete'>(
  tables: Tables,
  w: Query<P, S, O, F, K> & ClosedQuery<F>,
): Applied<unknown> => done(apply(w)(tables))

const refused = <P, S extends string, O extends string, F extends string, K extends 'insert' | 'update' | 'delete'>(
  tables: Tables,
  w: Query<P, S, O, F, K> & ClosedQuery<F>,
): unknown => {
  const result = apply(w)(tables)
  return E.isLeft(result) ? result.left : 'not refused'
}

const filled =
  (t: AnyTable, rows: ReadonlyArray<object>) =>
  (tables: Tables): Tables =>
    done(withRows(t)(rows as ReadonlyArray<never>)(tables)) // the rows of a test are what they are

describe('insert', () => {
  let made = 0
  const users = table('users', {
    id: pipe(integer, primaryKey, autoIncrement),
    name: varchar(5),
    code: pipe(text, nullable, unique),
    level: pipe(integer, defaultTo(3)),
    number: pipe(
      integer,
      defaultTo(() => {
        made += 1
        return made
      }),
    ),
  })

  test('makes keys, defaults and nulls for what is left out', () => {
    const { tables, rows, affected } = run(
      emptyTables,
      pipe(insertInto(users)([{ name: 'ed' }, { name: 'wendy', level: 5 }]), returning(users)),
    )
    expect(rows).toEqual([
      { id: 1, name: 'ed', code: null, level: 3, number: 1 },
      { id: 2, name: 'wendy', code: null, level: 5, number: 2 },
    ])
    expect(affected).toBe(2)
    expect(rowsIn(users)(tables)).toEqual(rows)
    expect(rowsIn(users)(emptyTables)).toEqual([])
  })

  test('keys go on after the greatest, also after it is gone', () => {
    const first = run(emptyTables, insertInto(users)({ id: 7, name: 'ed' })).tables
    const gone = run(first, everyRow(deleteFrom(users))).tables
    expect(run(gone, pipe(insertInto(users)({ name: 'wendy' }), returning(users.id))).rows).toEqual([8])
  })

  test('refuses a key or a unique value that is there; nulls never meet', () => {
    const first = run(
      emptyTables,
      insertInto(users)([
        { id: 1, name: 'ed' },
        { id: 2, name: 'ed', code: 'x' },
      ]),
    ).tables
    expect(refused(first, insertInto(users)({ id: 1, name: 'x' }))).toMatchObject({
      _tag: 'UniqueViolation',
      columns: ['id'],
    })
    expect(refused(first, insertInto(users)({ name: 'x', code: 'x' }))).toMatchObject({
      _tag: 'UniqueViolation',
      code: 'RV201',
      columns: ['code'],
    })
    expect(refused(first, insertInto(users)({ name: 'x', code: null }))).toBe('not refused')
  })

  test('refuses what a column cannot hold', () => {
    expect(refused(emptyTables, insertInto(users)({ name: 'too long' }))).toMatchObject({ _tag: 'InvalidValue' })
    expect(refused(emptyTables, insertInto(users)({ name: 'ed', level: 0.5 }))).toMatchObject({ _tag: 'InvalidValue' })
    // @ts-expect-error: a name is needed
    expect(refused(emptyTables, insertInto(users)({ level: 1 }))).toMatchObject({
      _tag: 'NotNullViolation',
      columns: ['name'],
    })
  })

  test('keeps values as an engine gives them back', () => {
    const events = table('events', { at: timestamptz, n: bigint, body: json(t.type({ day: t.string })) })
    const { rows } = run(
      emptyTables,
      pipe(insertInto(events)({ at: '2012-10-15 14:57:18+02', n: 1n, body: { day: 'x' } }), returning(events)),
    )
    expect(rows).toEqual([{ at: '2012-10-15T12:57:18.000000Z', n: 1n, body: { day: 'x' } }])
  })
})

describe('update and delete', () => {
  const pairs = table('pairs', { id: pipe(integer, primaryKey), a: integer, b: pipe(integer, nullable), s: varchar(3) })
  const two = filled(pairs, [
    { id: 1, a: 10, b: 20, s: 'x' },
    { id: 2, a: 30, b: null, s: 'y' },
  ])(emptyTables)

  test('all expressions see the old row', () => {
    const { rows, affected } = run(
      two,
      pipe(update(pairs), set({ b: pairs.a, a: mul(pairs.a, 2) }), returning(pairs), everyRow),
    )
    expect(affected).toBe(2)
    expect(rows).toEqual([
      { id: 1, a: 20, b: 10, s: 'x' },
      { id: 2, a: 60, b: 30, s: 'y' },
    ])
  })

  test('rows that match count, whether they change or not', () =>
    expect(run(two, pipe(update(pairs), set({ a: 10 }), where(eq(pairs.id, 1)))).affected).toBe(1))

  test('subqueries see the rows from before', () => {
    const other = pipe(pairs, alias('other'))
    const later = exists(pipe(from(other), where(eq(other.id, add(pairs.id, 1)))))
    const { tables, affected } = run(two, pipe(deleteFrom(pairs), where(later)))
    expect(affected).toBe(1)
    expect(rowsIn(pairs)(tables).map((row) => row.id)).toEqual([2])
  })

  test('delete gives the rows that are gone', () =>
    expect(run(two, pipe(deleteFrom(pairs), where(eq(pairs.a, 30)), returning(pairs.s))).rows).toEqual(['y']))

  test('a value that comes out null, or too long, is refused', () => {
    // A null that the types let through since the column beside it may be null.
    const nulls = pipe(update(pairs), set({ a: sub(pairs.b, 1) as never }), everyRow)
    expect(refused(two, nulls)).toMatchObject({ _tag: 'NotNullViolation', code: 'RV203', columns: ['a'] })
    expect(refused(two, pipe(update(pairs), set({ s: concat(pairs.s, 'long') }), everyRow))).toMatchObject({
      _tag: 'InvalidValue',
      place: 'pairs.s',
    })
  })

  test('two rows of one key are refused at the end of the statement, not on the way', () => {
    expect(run(two, pipe(update(pairs), set({ id: add(pairs.id, 1) }), everyRow)).affected).toBe(2)
    expect(refused(two, pipe(update(pairs), set({ id: literal(5, integer) }), everyRow))).toMatchObject({
      _tag: 'UniqueViolation',
    })
  })
})

describe('foreign keys', () => {
  const owners = table('owners', { id: pipe(integer, primaryKey) })
  const pets = table(
    'pets',
    {
      id: pipe(integer, primaryKey),
      ownerId: pipe(integer, references(owners.id, { onDelete: 'cascade', onUpdate: 'cascade' })),
      sitterId: pipe(integer, nullable, references(owners.id, { onDelete: 'setNull' })),
      motherId: pipe(integer, nullable),
    },
    (own) => [foreignKey(own.motherId, own.id)],
  )
  const start = pipe(
    tablesIn(schema({ owners, pets })),
    filled(owners, [{ id: 1 }, { id: 2 }]),
    filled(pets, [
      { id: 10, ownerId: 1, sitterId: 2, motherId: null },
      { id: 11, ownerId: 2, sitterId: null, motherId: null },
    ]),
  )

  test('a reference to nothing is refused', () =>
    expect(refused(start, insertInto(pets)({ id: 12, ownerId: 9 }))).toMatchObject({
      _tag: 'ForeignKeyViolation',
      code: 'RV202',
      table: 'pets',
      columns: ['ownerId'],
    }))

  test('cascade removes, setNull lets go', () => {
    const { tables, affected } = run(start, pipe(deleteFrom(owners), where(eq(owners.id, 2))))
    expect(affected).toBe(1)
    expect(rowsIn(pets)(tables)).toEqual([{ id: 10, ownerId: 1, sitterId: null, motherId: null }])
  })

  test('an update cascades where it is asked to', () => {
    const { tables } = run(start, pipe(update(owners), set({ id: 5 }), where(eq(owners.id, 1))))
    expect(rowsIn(pets)(tables).map((pet) => pet.ownerId)).toEqual([5, 2])
    expect(refused(start, pipe(update(owners), set({ id: 5 }), where(eq(owners.id, 2))))).toMatchObject({
      _tag: 'ForeignKeyViolation',
    })
  })

  test('a cascade stops at what still refers, and nothing has changed', () => {
    const born = run(start, insertInto(pets)({ id: 12, ownerId: 2, motherId: 10 })).tables
    expect(refused(born, pipe(deleteFrom(owners), where(eq(owners.id, 1))))).toMatchObject({
      _tag: 'ForeignKeyViolation',
      columns: ['motherId'],
    })
    expect(rowsIn(pets)(born)).toHaveLength(3)
  })

  test('without a schema nobody keeps them', () =>
    expect(refused(emptyTables, insertInto(pets)({ id: 12, ownerId: 9 }))).toBe('not refused'))
})

describe('withRows', () => {
  const users = table('users', { id: pipe(integer, primaryKey), name: text })

  test('checks what it is given', () => {
    expect(
      withRows(users)([
        { id: 1, name: 'a' },
        { id: 1, name: 'b' },
      ])(emptyTables),
    ).toMatchObject({ left: { _tag: 'UniqueViolation' } })
    // @ts-expect-error: a name is text
    expect(withRows(users)([{ id: 1, name: 2 }])(emptyTables)).toMatchObject({
      left: { _tag: 'InvalidValue', place: 'users.name' },
    })
    // @ts-expect-error: a name is missing
    expect(withRows(users)([{ id: 1 }])(emptyTables)).toMatchObject({ left: { _tag: 'InvalidValue' } })
  })

  test('an alias is the same table', () => {
    const tables = done(withRows(pipe(users, alias('u')))([{ id: 1, name: 'a' }])(emptyTables))
    expect(rowsIn(users)(tables)).toEqual([{ id: 1, name: 'a' }])
  })
})

// An upsert in memory takes its rows one after the other: each is inserted, or changes the row that is there, or leaves it.
import { pipe } from 'fp-ts/lib/function.js'
import {
  add,
  autoIncrement,
  concat,
  eq,
  foreignKey,
  from,
  gt,
  indexOn,
  insertFrom,
  insertInto,
  integer,
  isNull,
  lower,
  ne,
  nullable,
  onConflictDoNothing,
  onConflictDoUpdate,
  primaryKey,
  returning,
  schema,
  select,
  table,
  text,
  unique,
  uniqueConstraint,
  varchar,
} from 'relvar'
import { emptyTables, tablesIn } from 'relvar/memory'
import { describe, expect, test } from 'vitest'
import { filled, held, refused, run } from './applied.js'

const users = table('users', { id: pipe(integer, primaryKey), name: text, mail: pipe(text, nullable, unique) })
const start = filled(users, [
  { id: 1, name: 'ed', mail: 'ed@x' },
  { id: 2, name: 'wendy', mail: null },
])(emptyTables)

describe('do nothing', () => {
  test('memory: rows that are there stay; the others are inserted, counted and given back [DML18]', () => {
    const rows = [
      { id: 1, name: 'other', mail: null },
      { id: 3, name: 'mary', mail: null },
      { id: 3, name: 'again', mail: null },
    ]
    const {
      tables,
      rows: given,
      affected,
    } = run(start, pipe(insertInto(users)(rows), onConflictDoNothing(users.id), returning(users.name)))
    expect([given, affected]).toEqual([['mary'], 1])
    expect(held(tables, users)).toEqual([
      { id: 1, name: 'ed', mail: 'ed@x' },
      { id: 2, name: 'wendy', mail: null },
      { id: 3, name: 'mary', mail: null },
    ])
  })

  test('memory: without a target any key is met; with one, another key is a violation', () => {
    const clash = insertInto(users)({ id: 9, name: 'x', mail: 'ed@x' })
    expect(run(start, pipe(clash, onConflictDoNothing())).affected).toBe(0)
    expect(run(start, pipe(clash, onConflictDoNothing(users.mail))).affected).toBe(0)
    expect(refused(start, pipe(clash, onConflictDoNothing(users.id)))).toMatchObject({
      _tag: 'UniqueViolation',
      columns: ['mail'],
    })
  })

  test('memory: nulls never meet', () => {
    const rows = insertInto(users)([
      { id: 8, name: 'x', mail: null },
      { id: 9, name: 'x', mail: null },
    ])
    expect(run(start, pipe(rows, onConflictDoNothing(users.mail))).affected).toBe(2)
  })

  test('memory: a target that is no key of the table is refused [DML24]', () =>
    expect(
      refused(start, pipe(insertInto(users)({ id: 9, name: 'x' }), onConflictDoNothing(users.name))),
    ).toMatchObject({ _tag: 'IllFormed' }))

  test('memory: a row whose key is there makes no key of its own', () => {
    const counted = table('counted', { id: pipe(integer, primaryKey, autoIncrement), code: pipe(text, unique) })
    const { tables } = run(emptyTables, insertInto(counted)([{ code: 'a' }]))
    const again = pipe(insertInto(counted)([{ code: 'a' }, { code: 'b' }]), onConflictDoNothing(), returning(counted))
    expect(run(tables, again).rows).toEqual([{ id: 2, code: 'b' }])
  })
})

describe('do update', () => {
  test('memory: the old row and the new one are both seen, and each row sees what those before it left [DML19]', () => {
    const words = table('words', { word: pipe(varchar(9), primaryKey), times: integer })
    const rows = [
      { word: 'so', times: 1 },
      { word: 'it', times: 2 },
      { word: 'so', times: 10 },
    ]
    const {
      tables,
      rows: given,
      affected,
    } = run(
      filled(words, [{ word: 'it', times: 100 }])(emptyTables),
      pipe(
        insertInto(words)(rows),
        onConflictDoUpdate({ target: words.word, set: (excluded) => ({ times: add(words.times, excluded.times) }) }),
        returning(words),
      ),
    )
    expect(affected).toBe(3)
    expect(given).toEqual([
      { word: 'so', times: 1 },
      { word: 'it', times: 102 },
      { word: 'so', times: 11 },
    ])
    expect(held(tables, words)).toEqual([
      { word: 'it', times: 102 },
      { word: 'so', times: 11 },
    ])
  })

  test('memory: where says which of the rows that are there are changed [DML21]', () => {
    const rows = [11, 12, 13, 14].map((n, i) => ({ id: i + 1, name: `name${n}` }))
    const four = filled(users, [
      { id: 1, name: 'name1', mail: null },
      { id: 2, name: 'name2', mail: null },
    ])(emptyTables)
    const { tables, affected } = run(
      four,
      pipe(
        insertInto(users)(rows),
        onConflictDoUpdate({
          target: users.id,
          set: { name: 'updated' },
          where: (excluded) => ne(excluded.name, 'name12'),
        }),
      ),
    )
    expect(affected).toBe(3)
    expect(held(tables, users)).toEqual([
      { id: 1, name: 'updated', mail: null },
      { id: 2, name: 'name2', mail: null },
      { id: 3, name: 'name13', mail: null },
      { id: 4, name: 'name14', mail: null },
    ])
  })

  test('memory: a criterion that no row meets changes and gives back nothing [DML25]', () => {
    const { rows, affected, tables } = run(
      start,
      pipe(
        insertInto(users)({ id: 1, name: 'x' }),
        onConflictDoUpdate({ target: users.id, set: { name: 'y' }, where: eq(users.name, 'nobody') }),
        returning(users),
      ),
    )
    expect([rows, affected, held(tables, users)]).toEqual([[], 0, held(start, users)])
  })

  test('memory: by a unique column the key changes, too [DML22]', () => {
    const { tables } = run(
      start,
      pipe(
        insertInto(users)({ id: 42, name: 'unique', mail: 'ed@x' }),
        onConflictDoUpdate({ target: users.mail, set: (excluded) => ({ id: excluded.id, name: excluded.name }) }),
      ),
    )
    expect(held(tables, users)[0]).toEqual({ id: 42, name: 'unique', mail: 'ed@x' })
  })

  test('memory: what an update gives a row must be free', () =>
    expect(
      refused(
        start,
        pipe(insertInto(users)({ id: 1, name: 'x' }), onConflictDoUpdate({ target: users.id, set: { id: 2 } })),
      ),
    ).toMatchObject({ _tag: 'UniqueViolation', columns: ['id'] }))

  test('memory: the rows of a query are rows like any other', () => {
    const others = table('others', { id: pipe(integer, primaryKey), name: text })
    const tables = filled(others, [
      { id: 2, name: 'of query' },
      { id: 3, name: 'new' },
    ])(start)
    const write = pipe(
      from(others),
      select({ id: others.id, name: others.name }),
      insertFrom(users),
      onConflictDoUpdate({
        target: users.id,
        set: (excluded) => ({ name: concat(users.name, ' ', excluded.name) }),
      }),
      returning(users.name),
    )
    expect(run(tables, write).rows).toEqual(['wendy of query', 'new'])
  })
})

describe('targets', () => {
  const seats = table(
    'seats',
    { row: integer, seat: integer, name: pipe(text, nullable), gone: pipe(integer, nullable) },
    (own) => [
      uniqueConstraint([own.row, own.seat], { name: 'one_seat' }),
      indexOn([lower(own.name)], { name: 'one_name', unique: true, where: gt(own.row, 0) }),
      indexOn([own.gone], { unique: true, where: isNull(own.name) }),
    ],
  )
  const one = filled(seats, [{ row: 1, seat: 1, name: 'Ed', gone: 1 }])(emptyTables)

  test('memory: several columns in any order, and a constraint by its name', () => {
    const again = insertInto(seats)({ row: 1, seat: 1, name: 'other' })
    expect(run(one, pipe(again, onConflictDoNothing(seats.seat, seats.row))).affected).toBe(0)
    expect(run(one, pipe(again, onConflictDoNothing({ constraint: 'one_seat' }))).affected).toBe(0)
    expect(refused(one, pipe(again, onConflictDoNothing({ constraint: 'no_such' })))).toMatchObject({
      _tag: 'IllFormed',
    })
    expect(refused(one, again)).toMatchObject({ _tag: 'UniqueViolation', constraint: 'one_seat' })
  })

  test('memory: a unique index is of its expression, and of the rows that it holds', () => {
    const ed = { name: 'eD' }
    expect(refused(one, insertInto(seats)({ row: 2, seat: 1, ...ed }))).toMatchObject({
      _tag: 'UniqueViolation',
      constraint: 'one_name',
      columns: [],
    })
    expect(run(one, insertInto(seats)({ row: -2, seat: 1, ...ed })).affected).toBe(1)
  })

  test('memory: a unique index of some rows is meant where the target says which', () => {
    const rows = insertInto(seats)([
      { row: 5, seat: 5, gone: 1 },
      { row: 6, seat: 6, gone: 1 },
    ])
    const write = pipe(
      rows,
      onConflictDoUpdate({ target: seats.gone, targetWhere: isNull(seats.name), set: { seat: 7 } }),
      returning({ row: seats.row, seat: seats.seat }),
    )
    expect(run(one, write).rows).toEqual([
      { row: 5, seat: 5 },
      { row: 5, seat: 7 },
    ])
    expect(refused(one, pipe(rows, onConflictDoUpdate({ target: seats.gone, set: { seat: 7 } })))).toMatchObject({
      _tag: 'IllFormed',
    })
  })
})

test('memory: foreign keys are asked, and act, once all rows are taken', () => {
  const owners = table('owners', { id: pipe(integer, primaryKey), code: pipe(integer, unique) })
  const pets = table('pets', { id: pipe(integer, primaryKey), owner: pipe(integer, nullable) }, (own) => [
    foreignKey(own.owner, owners.code, { onUpdate: 'cascade' }),
  ])
  const tables = pipe(
    tablesIn(schema({ owners, pets })),
    filled(owners, [{ id: 1, code: 10 }]),
    filled(pets, [{ id: 1, owner: 10 }]),
  )
  const moved = run(
    tables,
    pipe(insertInto(owners)({ id: 1, code: 0 }), onConflictDoUpdate({ target: owners.id, set: { code: 20 } })),
  ).tables
  expect(held(moved, pets)).toEqual([{ id: 1, owner: 20 }])
  expect(refused(tables, pipe(insertInto(pets)({ id: 2, owner: 99 }), onConflictDoNothing(pets.id)))).toMatchObject({
    _tag: 'ForeignKeyViolation',
  })
  expect(run(tables, pipe(insertInto(pets)({ id: 1, owner: 99 }), onConflictDoNothing(pets.id))).affected).toBe(0)
})

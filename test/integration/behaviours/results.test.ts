// What comes back of reads and writes: rows that matched, keys that the database made, rows of a write, rows of text, rows within rows.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import {
  and,
  type AnyQuery,
  autoIncrement,
  countOf,
  crossJoin,
  deleteFrom,
  eq,
  forUpdate,
  from,
  gt,
  include,
  innerJoin,
  insertInto,
  integer,
  lint,
  many,
  orderBy,
  primaryKey,
  references,
  returning,
  schema,
  select,
  set,
  sql,
  table,
  text,
  update,
  varchar,
  where,
} from '../../../src/index.js'
import type { Nothing, Query } from '../../../src/expr/query.js'
import { apply, interpret, type Tables, tablesIn } from '../../../src/memory.js'
import { engines } from '../../support/engines.js'
import { remembered } from '../../support/in-memory.js'
import { openWorld, tagOf, type World } from '../../support/run-load.js'

const users = table('users', { id: pipe(integer, primaryKey, autoIncrement), name: varchar(20) })
const notes = table('notes', {
  id: pipe(integer, primaryKey, autoIncrement),
  userId: pipe(integer, references(users.id)),
  body: text,
})

const people = [{ name: 'ed' }, { name: 'wendy' }, { name: 'mary' }]
const keys = [{ id: 1 }, { id: 2 }, { id: 3 }]
const sameName = pipe(update(users), set({ name: 'ed' }), where(eq(users.name, 'ed')))
const made = pipe(insertInto(users)(people), returning({ id: users.id, name: users.name }))
const withKeys = people.map((row, i) => ({ id: i + 1, ...row }))

const notesOf = many(pipe(from(notes), where(eq(notes.userId, users.id)), orderBy(notes.id)))
const graph = pipe(from(users), include({ notes: notesOf }), orderBy(users.id))
const pairs = pipe(
  from(users),
  innerJoin(notes, eq(notes.userId, users.id)),
  orderBy(notes.id),
  select({ user: users, note: notes }),
)
const someNotes = [1, 1, 2].map((userId, i) => ({ userId, body: `n${i}` }))
const product = pipe(from(users), crossJoin(notes), orderBy(users.id, notes.id))
const byText = sql
  .text('SELECT name, id FROM users WHERE id > :low ORDER BY id')
  .bind({ low: 1 })
  .columns({ name: text, id: integer })

describe.each(engines())('results on $label', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(engine)
  })
  beforeEach(async () => {
    await world.create({ users, notes })
    return () => world.drop({ users, notes })
  })
  afterAll(() => world.close())

  it('[D12, P05, P08] the database makes keys, and nothing but autoIncrement is declared for it; they come in the order of the rows', async () => {
    const { keys: found, rows } = await world.answer(insertInto(users)(people))
    expect(found).toEqual(keys)
    expect(rows).toEqual([])
    expect((await world.answer(insertInto(users)({ name: 'fred' }))).keys).toEqual([{ id: 4 }])
  })

  it('[D13, P06, dialect 59] an insert gives the rows that it wrote, also where the engine has no RETURNING', async () => {
    expect(await world.rows(made)).toEqual(withKeys)
  })

  it('[D13, P06, dialect 59] an update and a delete give theirs, also where the engine has no RETURNING', async () => {
    await world.rows(insertInto(users)(people))
    expect(
      await world.rows(pipe(update(users), set({ name: 'x' }), where(eq(users.id, 2)), returning(users))),
    ).toMatchObject([{ id: 2, name: 'x' }])
    expect(await world.rows(pipe(deleteFrom(users), where(eq(users.id, 3)), returning({ name: users.name })))).toEqual([
      { name: 'mary' },
    ])
  })

  it('[D11, dialect 63] a write tells the rows that matched, also those that it left as they were', async () => {
    await world.rows(insertInto(users)([...people, { name: 'ed' }]))
    expect((await world.answer(sameName)).affected).toBe(2)
    expect((await world.answer(pipe(update(users), set({ name: 'x' }), where(gt(users.id, 9))))).affected).toBe(0)
    expect((await world.answer(pipe(deleteFrom(users), where(gt(users.id, 1))))).affected).toBe(3)
  })

  it('[D14] rows of a statement of text, by its columns', async () => {
    await world.rows(insertInto(users)(people))
    expect(await world.rows(byText)).toEqual([
      { name: 'wendy', id: 2 },
      { name: 'mary', id: 3 },
    ])
  })

  it('[RES01] a value is the same by its key, by its position and by its column', async () => {
    await world.rows(insertInto(users)(people))
    const first = pipe(from(users), where(eq(users.id, 2)))
    const byKey = (await world.rows(first))[0]
    expect(byKey?.name).toBe('wendy')
    const inOrder = await world.rows(pipe(first, select({ name: users.name, id: users.id })))
    expect(inOrder.map(Object.values)).toEqual([[byKey?.name, byKey?.id]])
    expect(await world.rows(pipe(first, select(users.name)))).toEqual([byKey?.name])
    // By position: the names of the statement play no part.
    const moved = sql.text('SELECT id AS name, name AS id FROM users WHERE id = 2').columns({ id: integer, name: text })
    expect(await world.rows(moved)).toEqual([{ id: byKey?.id, name: byKey?.name }])
  })

  it('[D15] a row with many of another is there once, with all of them', async () => {
    await world.rows(insertInto(users)(people))
    await world.rows(insertInto(notes)(someNotes))
    expect((await world.rows(graph)).map((row) => [row.name, row.notes.map((note) => note.body)])).toEqual([
      ['ed', ['n0', 'n1']],
      ['wendy', ['n2']],
      ['mary', []],
    ])
  })

  it('[D09] of two sources a row of each', async () => {
    await world.rows(insertInto(users)(people))
    await world.rows(insertInto(notes)(someNotes))
    expect(await world.rows(pairs)).toEqual(
      someNotes.map((note, i) => ({ user: withKeys[note.userId - 1], note: { id: i + 1, ...note } })),
    )
  })

  it('[P09] a value has the placeholder of the engine', async () => {
    await world.rows(insertInto(users)(people))
    world.sent()
    const q = pipe(from(users), where(and(gt(users.id, 1), eq(users.name, 'mary'))), select(users.id))
    expect(await world.rows(q)).toEqual([3])
    const [statement] = world.sent()
    expect(statement?.parameters).toHaveLength(2)
    const marks = engine.name === 'postgres' ? [/\$1/, /\$2/] : [/\?[^?]*\?/]
    for (const mark of marks) expect(statement?.sql).toMatch(mark)
    expect(statement?.sql).not.toMatch(engine.name === 'postgres' ? /\?|[^:]:\w|%/ : /\$1|[^:]:\w|%/)
  })

  it('[P04] text has no length to be told; varchar has one, and holds it', async () => {
    const long = 'é'.repeat(70_000)
    await world.rows(insertInto(users)({ name: 'x'.repeat(20) }))
    await world.rows(insertInto(notes)({ userId: 1, body: long }))
    expect(await world.rows(pipe(from(notes), select(notes.body)))).toEqual([long])
    expect(tagOf(await world.outcome(insertInto(users)({ name: 'x'.repeat(21) })))).toBe('InvalidValue')
  })

  it('[SEL32] a product that no criterion asks for is told, and has all pairs', async () => {
    await world.rows(insertInto(users)(people))
    await world.rows(insertInto(notes)(someNotes))
    expect(lint(product).map(({ _tag, sources }) => [_tag, [...sources].sort()])).toEqual([
      ['CartesianProduct', ['notes', 'users']],
    ])
    expect(await world.rows(product)).toHaveLength(9)
  })
})

describe('results in memory', () => {
  const empty = tablesIn(schema({ users, notes }))
  const done = (tables: Tables, ...writes: ReadonlyArray<AnyQuery>): { tables: Tables; last: unknown } =>
    writes.reduce<{ tables: Tables; last: unknown }>(
      (before, write) => {
        // A write mentions its own table alone, so it is closed.
        const after = apply(write as unknown as Query<Nothing, never, never, never, 'insert'>)(before.tables)
        if (E.isLeft(after)) throw new Error(after.left.message)
        return { tables: after.right.tables, last: after.right }
      },
      { tables, last: null },
    )

  it('[D12, D13, P05, P06, P08, dialect 59] memory makes keys in the order of the rows, and gives what was written', () => {
    expect(done(empty, made).last).toMatchObject({ rows: withKeys, affected: 3 })
    const { tables } = done(empty, insertInto(users)(people))
    expect(
      done(tables, pipe(update(users), set({ name: 'x' }), where(eq(users.id, 2)), returning(users))).last,
    ).toMatchObject({ rows: [{ id: 2, name: 'x' }] })
    expect(
      done(tables, pipe(deleteFrom(users), where(eq(users.id, 3)), returning({ name: users.name }))).last,
    ).toMatchObject({ rows: [{ name: 'mary' }] })
  })

  it('[D11, dialect 63] memory tells the rows that matched', () => {
    expect(done(empty, insertInto(users)([...people, { name: 'ed' }]), sameName).last).toMatchObject({ affected: 2 })
  })

  it('[D09, D15] memory has a row of each source, and a row with many of another once', () => {
    const { tables } = done(empty, insertInto(users)(people), insertInto(notes)(someNotes))
    expect(remembered(tables, graph).map((row) => row.notes.map((note) => note.body))).toEqual([
      ['n0', 'n1'],
      ['n2'],
      [],
    ])
    expect(remembered(tables, pairs).map(({ user, note }) => [user.name, note.body])).toEqual([
      ['ed', 'n0'],
      ['ed', 'n1'],
      ['wendy', 'n2'],
    ])
    expect(remembered(tables, product)).toHaveLength(9)
  })

  it('[D01, D05, D07, D10] memory gives all rows, values of a query of one output, and their number', () => {
    const { tables } = done(empty, insertInto(users)(people))
    const names = pipe(from(users), orderBy(users.id), select(users.name))
    expect(remembered(tables, pipe(from(users), orderBy(users.id)))).toEqual(withKeys)
    expect(remembered(tables, names)).toEqual(['ed', 'wendy', 'mary'])
    expect(remembered(tables, countOf(names))).toEqual([3])
  })

  it('[RES01] memory gives a value by its key, by its position and by its column', () => {
    const { tables } = done(empty, insertInto(users)(people))
    const second = pipe(from(users), where(eq(users.id, 2)))
    expect(remembered(tables, second).map((row) => row.name)).toEqual(['wendy'])
    expect(remembered(tables, pipe(second, select({ name: users.name, id: users.id }))).map(Object.values)).toEqual([
      ['wendy', 2],
    ])
    expect(remembered(tables, pipe(second, select(users.name)))).toEqual(['wendy'])
  })

  it('[dialect 90] in memory nobody else is there: a lock changes nothing', () => {
    const { tables } = done(empty, insertInto(users)(people))
    const locked = pipe(from(users), where(gt(users.id, 1)), orderBy(users.id), forUpdate({ wait: 'skipLocked' }))
    expect(remembered(tables, locked)).toEqual(withKeys.slice(1))
  })

  it('[D14, P09] in memory text has no meaning', () => {
    expect(tagOf(interpret(byText as never)(empty))).toBe('NotEvaluable')
  })

  it('[P04] a varchar without a length cannot be declared, and memory holds one to it', () => {
    expect(() => varchar(undefined as never)).toThrow(TypeError)
    const long = apply(insertInto(users)({ name: 'x'.repeat(21) }))(empty)
    expect(tagOf(long)).toBe('InvalidValue')
  })

  it('[SEL32] the linter needs no engine, as memory has none', () => {
    expect(lint(product)).toMatchObject([{ _tag: 'CartesianProduct' }])
    expect(lint(pairs)).toEqual([])
  })
})

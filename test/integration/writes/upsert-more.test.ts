// Upserts of the rows of queries, of many rows, of all kinds of values; by indexes of some rows; in transactions and statements.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { compile, prepare } from '../../../src/compile/compile.js'
import {
  add,
  alias,
  autoIncrement,
  bigint,
  binary,
  boolean,
  count,
  date,
  deleteFrom,
  desc,
  double,
  eq,
  everyRow,
  explain,
  from,
  groupBy,
  gt,
  indexOn,
  insertFrom,
  insertInto,
  integer,
  interval,
  json,
  lt,
  max,
  named,
  ne,
  nullable,
  numeric,
  onConflictDoNothing,
  onConflictDoUpdate,
  orderBy,
  param,
  primaryKey,
  returning,
  scalar,
  select,
  table,
  text,
  timestamptz,
  unique,
  uniqueConstraint,
  uuid,
  varchar,
  where,
} from '../../../src/index.js'
import type { Database } from '../../../src/effects/database.js'
import type { AnyQuery, ClosedQuery, Kind, Query } from '../../../src/expr/query.js'
import { engines } from '../../support/engines.js'
import { must, openWorld, tagOf, type World } from '../../support/run-load.js'

const scores = table('scores', { id: pipe(integer, primaryKey), name: varchar(20), points: integer })
const best = table('best', { name: pipe(varchar(20), primaryKey), points: integer, note: pipe(text, nullable) })
const counted = table('counted', { id: pipe(integer, primaryKey), n: integer })
const keyed = table(
  'keyed',
  {
    id: pipe(integer, primaryKey, autoIncrement, named('key_id')),
    code: pipe(varchar(9), named('the code')),
    n: integer,
  },
  (k) => [uniqueConstraint([k.code])],
)
const swaps = table('swaps', { id: pipe(integer, primaryKey), a: integer, b: integer })
const kinds = table('kinds', {
  id: pipe(integer, primaryKey),
  flag: pipe(boolean, nullable),
  price: pipe(numeric(20, 4), nullable),
  real: pipe(double, nullable),
  big: pipe(bigint, nullable),
  day: pipe(date, nullable),
  at: pipe(timestamptz, nullable),
  doc: pipe(json(t.type({ n: t.number, s: t.string })), nullable),
  bytes: pipe(binary, nullable),
  key: pipe(uuid, nullable),
  long: pipe(interval, nullable),
  name: pipe(text, nullable),
})
const made = table('made', { id: pipe(integer, primaryKey, autoIncrement), n: integer })
const excluded = table('excluded', { id: pipe(integer, primaryKey), code: pipe(varchar(9), unique) })
const all = { made, excluded, scores, best, counted, keyed, swaps, kinds }

/** Of the names of active people, each is there once. */
const people = table(
  'people',
  { id: pipe(integer, primaryKey), name: text, active: boolean, kind: integer, n: integer },
  (p) => [
    indexOn([p.name], { name: 'active_names', unique: true, where: eq(p.active, true) }),
    indexOn([p.name], { name: 'second_names', unique: true, where: eq(p.kind, 2) }),
    indexOn([p.name], { name: 'third_names', unique: true, where: eq(p.kind, 3) }),
  ],
)

describe.each(engines())('upserts besides on $label', (engine) => {
  let world: World
  const isFamily = engine.name === 'mysql' || engine.name === 'mariadb'
  beforeAll(async () => {
    world = await openWorld(engine)
    await world.create(all)
  })
  afterAll(() => world.close())
  beforeEach(async () => {
    for (const one of [made, excluded, scores, best, counted, keyed, swaps, kinds])
      await world.rows(everyRow(deleteFrom(one as typeof scores)))
    world.sent()
  })

  // rows of queries --------------------------------------------------------------------------------------------------

  const fill = () =>
    world.answer(
      insertInto(scores)([
        { id: 1, name: 'ann', points: 5 },
        { id: 2, name: 'bob', points: 7 },
        { id: 3, name: 'cid', points: 9 },
      ]),
    )
  const ranked = pipe(from(scores), orderBy(desc(scores.points)), select({ name: scores.name, points: scores.points }))
  const bests = () => world.rows(pipe(from(best), orderBy(best.name)))

  it('[J13] the rows of a query are inserted, and those that are there changed', async () => {
    await fill()
    await world.answer(insertInto(best)({ name: 'bob', points: 1, note: 'first' }))
    const upsert = pipe(
      ranked,
      insertFrom(best),
      onConflictDoUpdate({ target: best.name, set: (e) => ({ points: add(best.points, e.points) }) }),
    )
    expect(await world.answer(upsert)).toEqual({ rows: [], affected: 3, keys: [] })
    expect(await bests()).toEqual([
      { name: 'ann', points: 5, note: null },
      { name: 'bob', points: 8, note: 'first' },
      { name: 'cid', points: 9, note: null },
    ])
    const { rows, affected } = await world.answer(
      pipe(
        ranked,
        insertFrom(best),
        onConflictDoUpdate({ target: best.name, set: { note: 'again' }, where: lt(best.points, 9) }),
        returning({ name: best.name, note: best.note }),
      ),
    )
    expect(rows).toEqual([
      { name: 'bob', note: 'again' },
      { name: 'ann', note: 'again' },
    ])
    expect(affected).toBe(2)
  })

  it('[DML18] of the rows of a query those that are there are left', async () => {
    await fill()
    await world.answer(insertInto(best)({ name: 'bob', points: 1 }))
    const upsert = pipe(ranked, insertFrom(best), onConflictDoNothing(best.name))
    expect(await world.answer(upsert)).toEqual({ rows: [], affected: 2, keys: [] })
    expect(await world.answer(upsert)).toEqual({ rows: [], affected: 0, keys: [] })
    expect((await bests()).map((b) => b.points)).toEqual([5, 1, 9])
  })

  it('the query may read the table that is written, and a row may be its one output', async () => {
    await world.answer(
      insertInto(best)([
        { name: 'a', points: 1 },
        { name: 'b', points: 2 },
      ]),
    )
    const again = pipe(
      from(best),
      where(gt(best.points, 1)),
      select({ name: best.name, points: best.points }),
      insertFrom(best),
      onConflictDoUpdate({ target: best.name, set: (e) => ({ points: add(e.points, 10) }) }),
    )
    expect((await world.answer(again)).affected).toBe(1)
    expect((await bests()).map((b) => b.points)).toEqual([1, 12])
    const none = pipe(
      from(best),
      where(gt(best.points, 100)),
      select({ name: best.name, points: best.points }),
      insertFrom(best),
      onConflictDoNothing(best.name),
    )
    expect(await world.answer(none)).toEqual({ rows: [], affected: 0, keys: [] })
  })

  it('[dialect 61] rows of a query that share a key meet each other', async () => {
    await fill()
    await world.answer(insertInto(scores)({ id: 4, name: 'ann', points: 10 }))
    const upsert = pipe(
      from(scores),
      orderBy(scores.id),
      select({ name: scores.name, points: scores.points }),
      insertFrom(best),
      onConflictDoUpdate({ target: best.name, set: (e) => ({ points: add(best.points, e.points) }) }),
    )
    expect((await world.answer(upsert)).affected).toBe(4)
    expect((await bests()).map((b) => b.points)).toEqual([15, 7, 9])
    const grouped = pipe(
      from(scores),
      groupBy(scores.name),
      select({ name: scores.name, points: max(scores.points) }),
      insertFrom(best),
      onConflictDoUpdate({ target: best.name, set: (e) => ({ points: e.points }) }),
    )
    world.sent()
    expect(tagOf(await world.outcome(grouped))).toBe('Right')
    // Groups have each key once: PostgreSQL takes them in one statement.
    if (!isFamily) expect(world.sent()).toHaveLength(1)
    expect((await bests()).map((b) => b.points)).toEqual([10, 7, 9])
  })

  // many -------------------------------------------------------------------------------------------------------------

  it('many rows are few statements, and counted as a whole', async () => {
    const rows = Array.from({ length: 2500 }, (_, i) => ({ id: i, n: 1 }))
    const left = await world.answer(
      pipe(insertInto(counted)(rows.filter(({ id }) => id % 5 === 0)), onConflictDoNothing(counted.id)),
    )
    expect(left.affected).toBe(500)
    world.sent()
    const rest = await world.answer(pipe(insertInto(counted)(rows), onConflictDoNothing(counted.id)))
    expect(rest.affected).toBe(2000)
    expect(world.sent().length).toBeLessThanOrEqual(10)
    const more = pipe(
      insertInto(counted)(rows),
      onConflictDoUpdate({ target: counted.id, set: (e) => ({ n: add(counted.n, e.n) }) }),
    )
    expect((await world.answer(more)).affected).toBe(2500)
    expect(world.sent().length).toBeLessThanOrEqual(10)
    const some = pipe(
      insertInto(counted)(rows.map((row) => ({ ...row, n: row.id }))),
      onConflictDoUpdate({ target: counted.id, set: (e) => ({ n: e.n }), where: (e) => lt(e.n, 700) }),
    )
    expect((await world.answer(some)).affected).toBe(700)
    expect(await world.rows(pipe(from(counted), where(eq(counted.n, 2)), select(count())))).toEqual([1801])
  })

  it('rows that give keys which the database could make are counted, too', async () => {
    const rows = [-5, 3, -5, 7].map((id) => ({ id, n: 1 }))
    const upsert = pipe(insertInto(made)(rows), onConflictDoNothing(made.id))
    expect((await world.answer(upsert)).affected).toBe(3)
    expect((await world.answer(upsert)).affected).toBe(0)
    expect(
      (await world.answer(pipe(insertInto(made)([{ id: -9, n: 1 }]), onConflictDoNothing(made.id)))).affected,
    ).toBe(1)
    const some = pipe(
      insertInto(made)(rows.map((row) => ({ ...row, n: 2 }))),
      onConflictDoUpdate({ target: made.id, set: (e) => ({ n: e.n }), where: ne(made.n, 2) }),
    )
    expect((await world.answer(some)).affected).toBe(3)
    const { keys, affected } = await world.answer(pipe(insertInto(made)([{ n: 5 }, { n: 6 }]), onConflictDoNothing()))
    expect(affected).toBe(2)
    expect(keys).toEqual(
      await world.rows(pipe(from(made), where(gt(made.n, 4)), orderBy(made.id), select({ id: made.id }))),
    )
  })

  it('a table may have the name of the new row, where it is left alone', async () => {
    const twice = pipe(
      insertInto(excluded)([
        { id: 1, code: 'a' },
        { id: 1, code: 'a' },
      ]),
      onConflictDoNothing(excluded.id),
    )
    expect((await world.answer(twice)).affected).toBe(1)
    const changed = onConflictDoUpdate<typeof excluded>({ target: excluded.id, set: { code: 'b' } })
    expect(tagOf(await world.outcome(changed(insertInto(excluded)({ id: 1, code: 'a' }))))).toBe('IllFormed')
    const named = alias('e')(excluded)
    const byAlias = onConflictDoUpdate<typeof named>({ target: named.id, set: { code: 'b' } })
    expect(tagOf(await world.outcome(byAlias(insertInto(named)({ id: 1, code: 'a' }))))).toBe('Unsupported')
  })

  it('what one statement can say is one statement', async () => {
    await world.answer(
      pipe(
        insertInto(counted)([
          { id: 1, n: 1 },
          { id: 2, n: 1 },
        ]),
        onConflictDoUpdate({ target: counted.id, set: (e) => ({ n: e.n }) }),
      ),
    )
    expect(world.sent()).toHaveLength(1)
    await world.answer(pipe(insertInto(keyed)({ code: 'a', n: 1 }), onConflictDoNothing(keyed.code)))
    expect(world.sent().filter(({ text: of }) => of !== 'control')).toHaveLength(1)
  })

  // values -----------------------------------------------------------------------------------------------------------

  it('[DML21] values of each type go through a condition unchanged', async () => {
    const one = {
      id: 1,
      flag: true,
      price: '1234567890123456.7891' as const,
      real: 0.1,
      big: 9007199254740993n,
      day: '2024-02-29',
      at: '2024-02-29T12:30:00.123456Z',
      doc: { n: 1.5, s: 'é"\\' },
      bytes: Uint8Array.from([0, 255, 1]),
      key: '0e37df36-f698-11e6-8dd4-cb9ced3df976',
      long: 'P1DT2H',
      name: 'x'.repeat(300),
    }
    const other = {
      ...one,
      flag: false,
      price: '-0.0001' as const,
      real: -1e300,
      big: -5n,
      doc: { n: 2, s: 'two' },
      name: '',
      long: 'PT1S',
    }
    const none = Object.fromEntries(
      Object.keys(one).map((key) => [key, key === 'id' ? 1 : null]),
    ) as unknown as typeof one
    const upsert = (row: typeof one | typeof other, key: number) =>
      pipe(
        insertInto(kinds)(row),
        onConflictDoUpdate({
          target: kinds.id,
          // the key with the rest: it stays what it is
          set: (e) => ({ ...e }),
          where: ne(kinds.id, key),
        }),
      )
    for (const row of [one, other, none, one]) {
      const before = await world.rows(from(kinds))
      const kept = await world.answer(upsert({ ...row, id: 1 }, before.length === 0 ? 0 : 1))
      expect(kept.affected).toBe(before.length === 0 ? 1 : 0)
      if (before.length > 0) expect(await world.rows(from(kinds))).toEqual(before)
      expect((await world.answer(pipe(upsert(row, 0), returning(kinds)))).rows).toEqual(await world.rows(from(kinds)))
      const [stored] = await world.rows(from(kinds))
      expect(stored).toEqual(must(await world.db.run(must(compile(world.db.dialect)(from(kinds))))()).rows[0])
      expect({ ...stored, at: null, long: null }).toEqual({ ...row, at: null, long: null })
      expect(stored?.at === null).toBe(row.at === null)
      expect(stored?.long === null).toBe(row.long === null)
    }
  })

  it('a new value may be a query about both rows', async () => {
    await fill()
    await world.answer(
      insertInto(best)([
        { name: 'ann', points: 0 },
        { name: 'bob', points: 0 },
      ]),
    )
    const upsert = pipe(
      insertInto(best)([
        { name: 'ann', points: 1 },
        { name: 'bob', points: 2 },
      ]),
      onConflictDoUpdate({
        target: best.name,
        set: (e) => ({
          points: add(
            scalar(pipe(from(scores), where(eq(scores.name, e.name)), select(max(scores.points)))) as never,
            e.points,
          ),
        }),
      }),
    )
    const outcome = await world.outcome(upsert)
    if (E.isLeft(outcome)) throw new Error(outcome.left.message)
    expect((await bests()).map((b) => b.points)).toEqual([6, 9])
  })

  it('rows that ask the table that they are written to are refused where there are several', async () => {
    const next = pipe(from(counted), select(count()))
    const upsert = (rows: ReadonlyArray<{ id: number; n: number }>) =>
      pipe(
        insertInto(counted)(rows),
        onConflictDoUpdate({ target: counted.id, set: { n: scalar(next) as never } }),
      ) as unknown as AnyQuery
    expect(
      tagOf(
        await world.outcome(
          upsert([
            { id: 1, n: 1 },
            { id: 2, n: 1 },
          ]),
        ),
      ),
    ).toBe('Unsupported')
    expect(world.sent()).toEqual([])
  })

  it('what the rows leave out is no column of excluded', async () => {
    const outcome = await world.outcome(
      pipe(
        insertInto(keyed)({ code: 'a', n: 1 }),
        onConflictDoUpdate({ target: keyed.code, set: (e) => ({ n: e.id }) }),
      ),
    )
    expect(tagOf(outcome)).toBe('Unsupported')
    expect(E.isLeft(outcome) ? outcome.left.message : '').toMatch(/excluded\.id, which the rows leave out/)
  })

  it('columns that are set from each other see the old row, or it is refused', async () => {
    await world.answer(insertInto(swaps)({ id: 1, a: 1, b: 2 }))
    const outcome = await world.outcome(
      pipe(
        insertInto(swaps)({ id: 1, a: 0, b: 0 }),
        onConflictDoUpdate({ target: swaps.id, set: { a: swaps.b, b: swaps.a } }),
      ),
    )
    expect(tagOf(outcome)).toBe(isFamily ? 'Unsupported' : 'Right')
    expect(await world.rows(from(swaps))).toEqual([isFamily ? { id: 1, a: 1, b: 2 } : { id: 1, a: 2, b: 1 }])
  })

  it('columns go by their names in the database, and values may be parameters', async () => {
    const upsert = pipe(
      insertInto(keyed)({ code: param('code', varchar(9)), n: param('n', integer) }),
      onConflictDoUpdate({ target: keyed.code, set: (e) => ({ n: add(add(keyed.n, e.n), param('more', integer)) }) }),
      returning({ code: keyed.code, n: keyed.n }),
    )
    const run = prepare(world.db.dialect)(upsert)
    const answer = async (values: Readonly<Record<string, unknown>>) => must(await world.load(must(run(values))))
    expect((await answer({ code: 'a', n: 1, more: 100 })).rows).toEqual([{ code: 'a', n: 1 }])
    expect((await answer({ code: 'a', n: 2, more: 100 })).rows).toEqual([{ code: 'a', n: 103 }])
    expect((await answer({ code: 'a', n: 2, more: 1000 })).rows).toEqual([{ code: 'a', n: 1105 }])
    expect(tagOf(run({ code: 'a', n: 'no', more: 0 }))).toBe('InvalidValue')
  })

  // indexes of some rows ---------------------------------------------------------------------------------------------

  if (!isFamily)
    it('[DML24] an index of some rows is named by its columns and those rows', async () => {
      await world.create({ people })
      const upsert = (target: 'active' | 2 | 3, row: { id: number; name: string; active: boolean; kind: number }) =>
        pipe(
          insertInto(people)({ ...row, n: 1 }),
          onConflictDoUpdate({
            target: people.name,
            targetWhere: target === 'active' ? eq(people.active, true) : eq(people.kind, target),
            set: { n: add(people.n, 1) },
          }),
          returning({ id: people.id, n: people.n }),
        )
      const rows = async (...of: Parameters<typeof upsert>) => (await world.answer(upsert(...of))).rows
      expect(await rows('active', { id: 1, name: 'a', active: true, kind: 1 })).toEqual([{ id: 1, n: 1 }])
      expect(await rows('active', { id: 2, name: 'a', active: true, kind: 1 })).toEqual([{ id: 1, n: 2 }])
      expect(await rows('active', { id: 3, name: 'a', active: false, kind: 2 })).toEqual([{ id: 3, n: 1 }])
      expect(await rows(2, { id: 4, name: 'a', active: false, kind: 2 })).toEqual([{ id: 3, n: 2 }])
      expect(await rows(3, { id: 4, name: 'a', active: false, kind: 3 })).toEqual([{ id: 4, n: 1 }])
      expect(await rows(3, { id: 5, name: 'a', active: false, kind: 3 })).toEqual([{ id: 4, n: 2 }])
      const without = pipe(
        insertInto(people)({ id: 9, name: 'a', active: true, kind: 1, n: 1 }),
        onConflictDoNothing(people.name),
      )
      expect(tagOf(await world.outcome(without))).toBe('IllFormed')
      await world.drop({ people })
    })

  // transactions -----------------------------------------------------------------------------------------------------

  const within = async <P, S extends string, O extends string, F extends string, K extends Kind>(
    tx: Database,
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
  ) => must(await tx.run(must(compile(tx.dialect)(query)))())

  // SQLite has one writer: nobody changes anything meanwhile.
  if (engine.name !== 'sqlite')
    it('[DML27] a row that others changed meanwhile is returned as it is now', async () => {
      await world.answer(insertInto(keyed)({ code: 'a', n: 1 }))
      const upsert = pipe(
        insertInto(keyed)({ code: 'a', n: 0 }),
        onConflictDoUpdate({ target: keyed.code, set: { n: keyed.n } }),
        returning({ n: keyed.n }),
      )
      const outcome = await world.db.transaction()((tx) => async () => {
        await within(tx, from(keyed))
        await world.answer(
          pipe(insertInto(keyed)({ code: 'a', n: 0 }), onConflictDoUpdate({ target: keyed.code, set: { n: 50 } })),
        )
        return E.right((await within(tx, upsert)).rows)
      })()
      expect(outcome).toEqual(E.right([{ n: 50 }]))
    })

  it('an upsert of several statements that fails leaves nothing behind', async () => {
    const outcome = await world.outcome(
      pipe(
        insertInto(keyed)([
          { code: 'a', n: 1 },
          { code: 'b', n: 1 },
          { id: 7, code: 'c', n: 1 },
          { id: 7, code: 'd', n: 1 },
        ]),
        onConflictDoUpdate({ target: keyed.code, set: { n: 2 } }),
        returning({ n: keyed.n }),
      ),
    )
    expect(tagOf(outcome)).toBe('UniqueViolation')
    expect(await world.rows(from(keyed))).toEqual([])
  })

  it('explain shows the insert, and how it tells what it did', () => {
    const upsert = pipe(insertInto(counted)({ id: 1, n: 1 }), onConflictDoNothing(counted.id))
    const explained = must(explain(world.db.dialect)(upsert))
    expect(explained.statements).toHaveLength(1)
    expect(explained.statements[0]?.sql).toMatch(/^INSERT INTO .counted./)
    expect(explained.statements[0]?.notes.join()).toMatch(isFamily ? /LAST_INSERT_ID counts the rows/ : /^$/)
    const others = must(explain(world.db.dialect)(pipe(upsert, returning({ n: counted.n }))))
    expect(others.statements[0]?.notes.join()).toMatch(isFamily ? /each row is a statement of its own/ : /^$/)
  })

  it('no rows are no statement', async () => {
    expect(await world.answer(pipe(insertInto(counted)([]), onConflictDoNothing(counted.id)))).toEqual({
      rows: [],
      affected: 0,
      keys: [],
    })
    expect(world.sent()).toEqual([])
  })
})

// Deletes by rows of other sources, and what a delete gives back: the same rows on every engine.
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import {
  add,
  alias,
  and,
  binary,
  count,
  cte,
  deleteFrom,
  eq,
  everyRow,
  exists,
  explain,
  foreignKey,
  from,
  groupBy,
  gt,
  inList,
  insertInto,
  integer,
  limit,
  lt,
  max,
  nullable,
  orderBy,
  primaryKey,
  returning,
  scalar,
  select,
  subquery,
  table,
  text,
  timestamptz,
  using,
  varbinary,
  where,
} from '../../../src/index.js'
import { type Place, places } from '../../support/places.js'
import { must, openWorldAt, tagOf, type World } from '../../support/run-load.js'

const users = table('users', {
  id: pipe(integer, primaryKey),
  name: text,
  bossId: pipe(integer, nullable),
})
const scores = table('scores', { id: pipe(integer, primaryKey), userId: integer, n: integer })
const kinds = table('kinds', { id: pipe(integer, primaryKey), least: integer })
const keyless = table('keyless', { n: integer })
const marks = table('marks', { at: pipe(timestamptz, primaryKey), code: pipe(binary, nullable) })
const blobs = table('blobs', { key: pipe(varbinary(8), primaryKey), n: integer })
const nodes = table('nodes', { id: pipe(integer, primaryKey), parentId: pipe(integer, nullable) }, (t) => [
  foreignKey(t.parentId, t.id, { onDelete: 'cascade' }),
])
const all = { users, scores, kinds, keyless, marks, blobs, nodes }

/** Short values in order. */
const inOrder = (list: ReadonlyArray<unknown>): ReadonlyArray<unknown> =>
  [...list].sort((a, b) => (String(a) < String(b) ? -1 : 1))

describe.each(places())('delete on $label', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create(all)
  })
  afterAll(() => world.close())
  beforeEach(async () => {
    for (const each of Object.values(all)) await world.rows(everyRow(deleteFrom(each)))
    await world.rows(
      insertInto(users)([
        { id: 1, name: 'ed' },
        { id: 2, name: 'wendy', bossId: 1 },
        { id: 3, name: 'mary', bossId: 1 },
        { id: 4, name: 'fred', bossId: 3 },
      ]),
    )
    await world.rows(
      insertInto(scores)([
        { id: 1, userId: 1, n: 5 },
        { id: 2, userId: 1, n: 7 },
        { id: 3, userId: 2, n: 1 },
      ]),
    )
    await world.rows(
      insertInto(kinds)([
        { id: 1, least: 6 },
        { id: 2, least: 0 },
      ]),
    )
    world.sent()
  })

  const left = () => world.rows(pipe(from(users), orderBy(users.id), select(users.id)))
  const inSteps = place.name === 'mysql'

  // using ------------------------------------------------------------------------------------------------------------

  it('[DML16, dialect 65] rows that other rows match, each once', async () => {
    const scored = pipe(deleteFrom(users), using(scores, eq(scores.userId, users.id)))
    expect(await world.answer(pipe(scored, where(gt(scores.n, 6))))).toEqual({ rows: [], affected: 1, keys: [] })
    expect(await left()).toEqual([2, 3, 4])
    expect((await world.answer(pipe(scored, where(gt(users.id, 2))))).affected).toBe(0)
    await world.rows(insertInto(scores)({ id: 9, userId: 2, n: 3 }))
    expect((await world.answer(scored)).affected).toBe(1)
    expect(await left()).toEqual([3, 4])
    expect(await world.rows(pipe(from(scores), select({ n: count() })))).toEqual([{ n: 4 }])
  })

  it('[DML16, dialect 65] two other tables, the second by the first', async () => {
    const good = pipe(
      deleteFrom(users),
      using(scores, eq(scores.userId, users.id)),
      using(kinds, and(lt(kinds.least, scores.n), gt(kinds.least, 0))),
      where(eq(users.name, 'ed')),
    )
    expect((await world.answer(good)).affected).toBe(1)
    expect(await left()).toEqual([2, 3, 4])
  })

  it('[DML16, dialect 66] the table itself as the other source', async () => {
    const report = pipe(users, alias('report'))
    const managers = pipe(deleteFrom(users), using(report, eq(report.bossId, users.id)))
    expect((await world.answer(pipe(managers, where(gt(report.id, 2))))).affected).toBe(2)
    expect(await left()).toEqual([2, 4])
    const boss = pipe(users, alias('boss'))
    expect((await world.answer(pipe(deleteFrom(users), using(boss, eq(boss.id, users.bossId))))).affected).toBe(0)
  })

  it('[dialect 65] a query with a name, and one over the written table', async () => {
    const most = pipe(
      from(users),
      groupBy(users.bossId),
      select({ bossId: users.bossId, n: count() }),
      subquery('most'),
    )
    expect(
      (await world.answer(pipe(deleteFrom(users), using(most, eq(most.bossId, users.id)), where(gt(most.n, 1)))))
        .affected,
    ).toBe(1)
    expect(await left()).toEqual([2, 3, 4])
    const best = pipe(from(scores), orderBy(scores.n), limit(1), subquery('best'))
    expect((await world.answer(pipe(deleteFrom(users), using(best, eq(best.userId, users.id))))).affected).toBe(1)
    expect(await left()).toEqual([3, 4])
  })

  it('[dialect 70] rows with a name in front', async () => {
    const best = pipe(
      from(scores),
      groupBy(scores.userId),
      select({ userId: scores.userId, most: max(scores.n) }),
      cte('best'),
    )
    const byBest = pipe(deleteFrom(users), using(best, eq(best.userId, users.id)))
    expect((await world.answer(pipe(byBest, where(lt(best.most, 5))))).affected).toBe(1)
    expect(await left()).toEqual([1, 3, 4])
    expect(await world.rows(pipe(byBest, returning({ id: users.id })))).toEqual([{ id: 1 }])
    const reports = pipe(from(users), where(gt(users.bossId, 0)), select({ boss: users.bossId }), cte('reports'))
    expect((await world.answer(pipe(deleteFrom(users), using(reports, eq(reports.boss, users.id))))).affected).toBe(1)
    expect(await left()).toEqual([4])
  })

  it('[dialect 68] a table under an alias is the table', async () => {
    const u = pipe(users, alias('u'))
    const own = pipe(
      deleteFrom(u),
      using(users, eq(users.id, u.bossId)),
      where(eq(users.name, 'mary')),
      returning(u.name),
    )
    expect(await world.rows(own)).toEqual(['fred'])
    expect((await world.answer(pipe(deleteFrom(u), where(eq(u.name, 'mary'))))).affected).toBe(1)
    expect(await left()).toEqual([1, 2])
  })

  // which rows ---------------------------------------------------------------------------------------------------------

  it('[J07] by a criterion', async () => {
    expect((await world.answer(pipe(deleteFrom(users), where(gt(users.id, 2))))).affected).toBe(2)
    expect(await left()).toEqual([1, 2])
  })

  it('[DML31, J07] every row only where that is said', async () => {
    expect(tagOf(await world.outcome(deleteFrom(users)))).toBe('IllFormed')
    expect(tagOf(await world.outcome(pipe(deleteFrom(users), returning(users))))).toBe('IllFormed')
    expect(world.sent()).toEqual([])
    expect((await world.answer(everyRow(deleteFrom(users)))).affected).toBe(4)
    expect(await left()).toEqual([])
  })

  // returning ----------------------------------------------------------------------------------------------------------

  it('[DML13, dialect 59] returning: the rows as they were; of no match and an empty list, none', async () => {
    const gone = pipe(deleteFrom(users), returning({ id: users.id, name: users.name, next: add(users.id, 1) }))
    expect(await world.answer(pipe(gone, where(eq(users.name, 'wendy'))))).toEqual({
      rows: [{ id: 2, name: 'wendy', next: 3 }],
      affected: 1,
      keys: [],
    })
    const none = { rows: [], affected: 0, keys: [] }
    expect(await world.answer(pipe(gone, where(eq(users.name, 'zz'))))).toEqual(none)
    expect(await world.answer(pipe(gone, where(pipe(users.name, inList<string>([])))))).toEqual(none)
    expect(await left()).toEqual([1, 3, 4])
    const rest = await world.answer(pipe(gone, where(gt(users.id, 1))))
    expect(rest.affected).toBe(2)
    expect(inOrder(rest.rows.map((r) => r.name))).toEqual(['fred', 'mary'])
  })

  it('[dialect 59] returning beside other sources, and with queries of other tables', async () => {
    const scored = pipe(from(scores), where(eq(scores.userId, users.id)))
    const gone = pipe(
      deleteFrom(users),
      using(scores, eq(scores.userId, users.id)),
      returning({ id: users.id, most: scalar(pipe(scored, select(max(scores.n)))) }),
    )
    const rows = await world.rows(gone)
    expect([...rows].sort((a, b) => a.id - b.id)).toEqual([
      { id: 1, most: 7 },
      { id: 2, most: 1 },
    ])
    expect(await left()).toEqual([3, 4])
    const report = pipe(users, alias('report'))
    const bosses = pipe(deleteFrom(users), using(report, eq(report.bossId, users.id)), returning(users.name))
    expect(await world.rows(bosses)).toEqual(['mary'])
    const total = scalar(pipe(from(report), select(count())))
    expect(tagOf(await world.outcome(pipe(deleteFrom(users), where(exists(scored)), returning({ total }))))).toBe(
      'Unsupported',
    )
    expect(tagOf(await world.outcome(pipe(deleteFrom(users), everyRow, returning({ n: count() as never }))))).toBe(
      'IllFormed',
    )
    expect(await left()).toEqual([4])
  })

  it('[dialect 59] returning rows whose key is a time, and rows that go with others', async () => {
    const at = ['2024-02-29T12:00:00.001Z', '2024-02-29T12:00:00.002Z', '2024-02-29T12:00:00.003Z']
    await world.rows(insertInto(marks)(at.map((when, i) => ({ at: when, code: new Uint8Array([i, 0]) }))))
    const gone = await world.rows(
      pipe(deleteFrom(marks), where(gt(marks.at, '2024-02-29T12:00:00.001Z')), returning(marks)),
    )
    expect(inOrder(gone.map((m) => m.code?.[0]))).toEqual([1, 2])
    expect(await world.rows(pipe(from(marks), select({ n: count() })))).toEqual([{ n: 1 }])
    await world.rows(insertInto(blobs)([0, 255].map((n) => ({ key: new Uint8Array([n, 0, 39]), n }))))
    expect(await world.rows(pipe(deleteFrom(blobs), where(eq(blobs.n, 255)), returning({ n: blobs.n })))).toEqual([
      { n: 255 },
    ])
    await world.rows(insertInto(nodes)([{ id: 1 }]))
    await world.rows(
      insertInto(nodes)([
        { id: 2, parentId: 1 },
        { id: 3, parentId: 2 },
      ]),
    )
    const family = await world.answer(pipe(deleteFrom(nodes), everyRow, returning(nodes.id)))
    expect(inOrder(family.rows)).toEqual([1, 2, 3])
    expect(family.affected).toBe(3)
    await world.rows(insertInto(nodes)([{ id: 1 }]))
    await world.rows(
      insertInto(nodes)([
        { id: 2, parentId: 1 },
        { id: 3, parentId: 2 },
      ]),
    )
    // A row that goes with another counts where the criterion is of it, too.
    expect((await world.answer(pipe(deleteFrom(nodes), where(lt(nodes.id, 3))))).affected).toBe(2)
    expect(await world.rows(from(nodes))).toEqual([])
  })

  it('[dialect 59] where rows are found again by their key, a table without one is refused', async () => {
    await world.rows(insertInto(keyless)([{ n: 1 }, { n: 1 }]))
    const outcome = await world.outcome(pipe(deleteFrom(keyless), everyRow, returning(keyless.n)))
    if (inSteps) return expect(tagOf(outcome)).toBe('Unsupported')
    return expect(must(outcome)).toEqual({ rows: [1, 1], affected: 2, keys: [] })
  })

  it('[dialect 59] the steps are one transaction, which explain tells', async () => {
    const gone = pipe(deleteFrom(users), where(gt(users.id, 1)), returning(users))
    const explained = must(explain(world.db.dialect)(gone))
    expect(explained.statements.length).toBe(inSteps ? 2 : 1)
    await world.rows(gone)
    if (place.name === 'memory') return expect(world.sent()).toHaveLength(1)
    const sent = world.sent().map((s) => s.sql.split(' ')[0])
    return expect(sent.filter((word) => word === 'SELECT' || word === 'DELETE')).toEqual(
      inSteps ? ['SELECT', 'DELETE'] : ['DELETE'],
    )
  })

  it('[dialect 59] 8 workers take rows away: none is taken twice, and none is lost', async () => {
    await world.rows(insertInto(kinds)(Array.from({ length: 40 }, (_, i) => ({ id: 100 + i, least: 0 }))))
    const worker = async (): Promise<ReadonlyArray<number>> => {
      const taken: Array<number> = []
      for (;;) {
        const there = await world.rows(pipe(from(kinds), where(gt(kinds.id, 99)), select(kinds.id)))
        if (there.length === 0) return taken
        // All workers reach for the same few rows.
        const some = [...there].sort((a, b) => a - b).slice(0, 3)
        const outcome = await world.outcome(
          pipe(deleteFrom(kinds), where(pipe(kinds.id, inList(some))), returning(kinds)),
        )
        if (['Deadlock', 'Serialization', 'LockTimeout'].includes(tagOf(outcome))) continue
        const { rows, affected } = must(outcome)
        expect(rows.length).toBe(affected)
        for (const row of rows) taken.push((row as { readonly id: number }).id) // a row of kinds
      }
    }
    const taken = await Promise.all(Array.from({ length: 8 }, worker))
    expect(taken.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => 100 + i))
    expect(taken.filter((own) => own.length > 0).length).toBeGreaterThan(
      place.name === 'sqlite' || place.name === 'memory' ? 0 : 1,
    )
  })
})

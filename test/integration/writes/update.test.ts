// Updates by rows of other sources, and what an update gives back: the same rows on every engine.
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import {
  add,
  alias,
  and,
  autoIncrement,
  concat,
  count,
  cte,
  defaultTo,
  deleteFrom,
  eq,
  everyRow,
  exists,
  explain,
  from,
  groupBy,
  gt,
  identity,
  inList,
  inQuery,
  insertInto,
  integer,
  isNotNull,
  lt,
  max,
  mul,
  ne,
  nullable,
  onUpdate,
  orderBy,
  primaryKey,
  returning,
  scalar,
  select,
  set,
  subquery,
  sum,
  table,
  text,
  unique,
  update,
  using,
  varchar,
  where,
} from '../../../src/index.js'
import { type Place, places } from '../../support/places.js'
import { must, openWorldAt, tagOf, type World } from '../../support/run-load.js'

let ticks = 0

const users = table('users', {
  id: pipe(integer, primaryKey),
  name: text,
  mail: pipe(varchar(40), nullable),
  points: pipe(integer, defaultTo(0)),
  bossId: pipe(integer, nullable),
})
const moves = table('moves', {
  userId: pipe(integer, primaryKey),
  mail: varchar(40),
  kind: pipe(integer, defaultTo(0)),
})
const kinds = table('kinds', { id: pipe(integer, primaryKey), suffix: varchar(10) })
const scores = table('scores', { id: pipe(integer, primaryKey, autoIncrement), userId: integer, n: integer })
const codes = table('codes', { code: pipe(varchar(10), unique), label: text, owner: pipe(integer, nullable, unique) })
const pairs = table('pairs', {
  a: pipe(integer, primaryKey),
  b: pipe(varchar(20), primaryKey),
  n: pipe(integer, nullable),
  m: pipe(integer, nullable),
})
const keyless = table('keyless', { n: integer, m: integer })
const touched = table('touched', {
  id: pipe(integer, primaryKey),
  note: text,
  version: pipe(
    integer,
    defaultTo(0),
    onUpdate(() => (ticks += 1)),
  ),
  state: pipe(varchar(10), defaultTo('new'), onUpdate('changed')),
})
// Names like those that the compiler gives, and like that of keys.
const t0 = table('t0', { id: pipe(integer, primaryKey), n: integer })
const k = table('k', { id: pipe(integer, primaryKey), n: integer })
const all = { users, moves, kinds, scores, codes, pairs, keyless, touched, t0, k }

/** Short values in order. */
const inOrder = (list: ReadonlyArray<unknown>): ReadonlyArray<unknown> =>
  [...list].sort((a, b) => (String(a) < String(b) ? -1 : 1))

describe.each(places())('update on $label', (place) => {
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
        { id: 4, name: 'fred', mail: 'f@x', bossId: 3 },
      ]),
    )
    await world.rows(
      insertInto(moves)([
        { userId: 1, mail: 'ed@new' },
        { userId: 3, mail: 'mary@new', kind: 1 },
        { userId: 9, mail: 'nobody@new' },
      ]),
    )
    await world.rows(
      insertInto(kinds)([
        { id: 0, suffix: '.org' },
        { id: 1, suffix: '.com' },
      ]),
    )
    await world.rows(
      insertInto(scores)([
        { userId: 1, n: 5 },
        { userId: 1, n: 7 },
        { userId: 2, n: 1 },
      ]),
    )
    world.sent()
  })

  const mails = () => world.rows(pipe(from(users), orderBy(users.id), select(users.mail)))
  const points = () => world.rows(pipe(from(users), orderBy(users.id), select(users.points)))
  const byMoves = using(moves, eq(moves.userId, users.id))
  const inSteps = place.name === 'mysql' || place.name === 'mariadb'

  // using ------------------------------------------------------------------------------------------------------------

  it('[DML15, dialect 64] new values of another table, found by its key', async () => {
    const moved = pipe(update(users), byMoves, set({ mail: moves.mail }))
    expect(await world.answer(moved)).toEqual({ rows: [], affected: 2, keys: [] })
    expect(await mails()).toEqual(['ed@new', null, 'mary@new', 'f@x'])
    // Rows that match count, also where nothing changes in them.
    expect((await world.answer(moved)).affected).toBe(2)
  })

  it('[dialect 64] two tables, the second by the first, and a criterion over all', async () => {
    const both = pipe(
      update(users),
      byMoves,
      using(kinds, eq(kinds.id, moves.kind)),
      set({ mail: concat(moves.mail, kinds.suffix), name: concat(users.name, kinds.suffix) }),
      where(gt(moves.userId, 0)),
      where(ne(users.name, 'zz')),
    )
    expect((await world.answer(both)).affected).toBe(2)
    expect(await mails()).toEqual(['ed@new.org', null, 'mary@new.com', 'f@x'])
    expect(await world.rows(pipe(from(users), where(eq(users.id, 1)), select(users.name)))).toEqual(['ed.org'])
  })

  it('[dialect 64] a new value that mentions a source needs one row of it', async () => {
    const byScores = pipe(update(users), using(scores, eq(scores.userId, users.id)), set({ points: scores.n }))
    expect(tagOf(await world.outcome(byScores))).toBe('MultipleRows')
    expect(await points()).toEqual([0, 0, 0, 0])
    expect((await world.answer(pipe(byScores, where(lt(scores.n, 6))))).affected).toBe(2)
    expect(await points()).toEqual([5, 1, 0, 0])
  })

  it('[dialect 64] where no new value mentions the sources, a row is written once however many match', async () => {
    const scored = pipe(
      update(users),
      using(scores, eq(scores.userId, users.id)),
      set({ points: add(users.points, 10) }),
    )
    expect((await world.answer(scored)).affected).toBe(2)
    expect(await points()).toEqual([10, 10, 0, 0])
    // All combinations of two sources.
    expect((await world.answer(pipe(scored, using(kinds, gt(kinds.id, -1))))).affected).toBe(2)
    expect(await points()).toEqual([20, 20, 0, 0])
  })

  it('[DML15] the table itself as the other source', async () => {
    const boss = pipe(users, alias('boss'))
    const named = pipe(update(users), using(boss, eq(boss.id, users.bossId)), set({ mail: boss.name }))
    expect((await world.answer(named)).affected).toBe(3)
    expect(await mails()).toEqual([null, 'ed', 'ed', 'mary'])
    const report = pipe(users, alias('report'))
    const managers = pipe(
      update(users),
      using(report, eq(report.bossId, users.id)),
      set({ points: add(users.points, 1) }),
    )
    expect((await world.answer(managers)).affected).toBe(2)
    expect(await points()).toEqual([1, 0, 1, 0])
    // What is read is the old row, also of rows that the statement has written already.
    const up = pipe(update(users), using(boss, eq(boss.id, users.bossId)), set({ points: add(boss.points, 100) }))
    expect((await world.answer(up)).affected).toBe(3)
    expect(await points()).toEqual([1, 101, 101, 101])
  })

  it('[DML15] the table itself, where several rows match, is refused or an error, and nothing is written', async () => {
    const report = pipe(users, alias('report'))
    const any = pipe(update(users), using(report, eq(report.bossId, users.id)), set({ mail: report.name }))
    const outcome = tagOf(await world.outcome(any))
    expect(outcome).toBe(place.name === 'mysql' ? 'Unsupported' : 'MultipleRows')
    expect(await mails()).toEqual([null, null, null, 'f@x'])
  })

  it('[dialect 64] a query with a name: sums of groups, each met by what it groups by', async () => {
    const sums = pipe(
      from(scores),
      groupBy(scores.userId),
      select({ userId: scores.userId, total: max(scores.n), n: count() }),
      subquery('sums'),
    )
    const summed = pipe(update(users), using(sums, eq(sums.userId, users.id)), set({ points: sums.total }))
    expect((await world.answer(summed)).affected).toBe(2)
    expect(await points()).toEqual([7, 1, 0, 0])
    expect((await world.answer(pipe(summed, where(gt(sums.n, 1)), set({ points: 50 })))).affected).toBe(1)
    expect(await points()).toEqual([50, 1, 0, 0])
  })

  it('[dialect 70] rows with a name in front, as a source and in a criterion', async () => {
    const best = pipe(
      from(scores),
      groupBy(scores.userId),
      select({ userId: scores.userId, most: max(scores.n) }),
      cte('best'),
    )
    const byBest = pipe(update(users), using(best, eq(best.userId, users.id)))
    expect((await world.answer(pipe(byBest, set({ points: best.most })))).affected).toBe(2)
    expect(await points()).toEqual([7, 1, 0, 0])
    expect((await world.answer(pipe(byBest, set({ points: 3 }), where(gt(best.most, 5))))).affected).toBe(1)
    const those = pipe(from(best), where(lt(best.most, 5)), select(best.userId))
    expect(
      (await world.answer(pipe(update(users), set({ points: 9 }), where(pipe(users.id, inQuery(those)))))).affected,
    ).toBe(1)
    expect(await points()).toEqual([3, 9, 0, 0])
    const raised = pipe(
      byBest,
      set({ points: add(best.most, users.points) }),
      returning({ id: users.id, n: users.points }),
    )
    expect([...(await world.rows(raised))].sort((a, b) => a.id - b.id)).toEqual([
      { id: 1, n: 10 },
      { id: 2, n: 10 },
    ])
  })

  it('[dialect 66] rows of a query over the written table', async () => {
    const most = pipe(
      from(users),
      groupBy(users.bossId),
      select({ bossId: users.bossId, n: count() }),
      subquery('most'),
    )
    const managers = pipe(update(users), using(most, eq(most.bossId, users.id)), set({ points: most.n }))
    expect((await world.answer(managers)).affected).toBe(2)
    expect(await points()).toEqual([2, 0, 1, 0])
    expect((await world.answer(pipe(managers, set({ points: 8 })))).affected).toBe(2)
    expect(await points()).toEqual([8, 0, 8, 0])
  })

  it('[dialect 64] a unique column finds one row, a null in it none', async () => {
    await world.rows(
      insertInto(codes)([
        { code: 'ed', label: 'E', owner: 1 },
        { code: 'mary', label: 'M' },
        { code: 'x', label: 'X' },
      ]),
    )
    expect(
      (await world.answer(pipe(update(users), using(codes, eq(codes.owner, users.bossId)), set({ mail: codes.label }))))
        .affected,
    ).toBe(2)
    expect(await mails()).toEqual([null, 'E', 'E', 'f@x'])
  })

  it('[dialect 67] all new values see the old row, beside other tables too', async () => {
    await world.rows(insertInto(pairs)([{ a: 1, b: 'x', n: 1, m: 2 }]))
    const ones = pipe(update(pairs), using(moves, eq(moves.userId, pairs.a)))
    const chain = pipe(ones, set({ n: add(moves.userId, 10), m: add(pairs.n, moves.userId) }))
    expect((await world.answer(chain)).affected).toBe(1)
    expect(await world.rows(pipe(from(pairs), select({ n: pairs.n, m: pairs.m })))).toEqual([{ n: 11, m: 2 }])
    const swap = await world.outcome(pipe(ones, set({ n: pairs.m, m: pairs.n })))
    expect(tagOf(swap)).toBe(inSteps ? 'Unsupported' : 'Right')
    // A value that is a query of several sources reads the criterion's columns, which are set before or after.
    const several = pipe(update(pairs), using(scores, eq(scores.userId, pairs.a)), where(gt(scores.n, 6)))
    expect((await world.answer(pipe(several, set({ n: 3, m: scores.n }), where(isNotNull(pairs.n))))).affected).toBe(1)
    expect(await world.rows(pipe(from(pairs), select({ n: pairs.n, m: pairs.m })))).toEqual([{ n: 3, m: 7 }])
  })

  it('tables whose names are like those that the compiler gives', async () => {
    await world.rows(
      insertInto(t0)([
        { id: 1, n: 1 },
        { id: 2, n: 2 },
      ]),
    )
    await world.rows(insertInto(k)([{ id: 1, n: 10 }]))
    const same = pipe(from(users), where(eq(users.id, t0.id)), where(eq(users.name, 'ed')))
    expect((await world.answer(pipe(update(t0), set({ n: 5 }), where(exists(same))))).affected).toBe(1)
    const other = pipe(t0, alias('other'))
    const changed = pipe(update(t0), using(other, eq(other.id, add(t0.id, 1))), set({ n: other.n }), returning(t0))
    expect(await world.rows(changed)).toEqual([{ id: 1, n: 2 }])
    const ofK = pipe(update(k), using(t0, eq(t0.id, k.id)), set({ n: add(k.n, t0.n) }), returning({ n: k.n }))
    expect(await world.rows(ofK)).toEqual([{ n: 12 }])
    expect(await world.rows(pipe(deleteFrom(k), where(eq(k.n, 12)), returning(k)))).toEqual([{ id: 1, n: 12 }])
  })

  it('[J02] a table under an alias is the table', async () => {
    const u = pipe(users, alias('u'))
    const own = pipe(
      update(u),
      using(users, eq(users.id, u.bossId)),
      set({ mail: users.name, points: add(u.points, 1) }),
    )
    expect((await world.answer(own)).affected).toBe(3)
    expect(await mails()).toEqual([null, 'ed', 'ed', 'mary'])
    const back = pipe(
      update(u),
      set({ points: mul(u.points, 3) }),
      where(eq(u.name, 'fred')),
      returning({ p: u.points }),
    )
    expect(await world.rows(back)).toEqual([{ p: 3 }])
  })

  it('what cannot be right is refused before anything is sent', async () => {
    const wrong = [
      // a source that is joined later, or never, or twice
      pipe(
        update(users),
        using(moves, eq(moves.userId, kinds.id) as never),
        using(kinds as never, eq(kinds.id, 1)),
        set({ points: 1 }),
      ),
      pipe(update(users), using(moves, eq(moves.userId, kinds.id) as never), set({ points: 1 })),
      pipe(update(users), byMoves, set({ points: 1 }), byMoves as never),
      pipe(update(users), using(users as never, eq(users.id, 1)), set({ points: 1 })),
      // an aggregate would be another query
      pipe(update(users), byMoves, set({ points: count(moves.userId) as never })),
      pipe(update(users), byMoves, set({ points: 1 }), where(gt(count(moves.userId) as never, 1) as never)),
      // given back is the written row
      pipe(update(users), byMoves, set({ points: 1 }), returning(moves as never)),
      pipe(update(users), byMoves, set({ points: 1 }), returning({ n: count() as never })),
      pipe(update(users), byMoves, set({})),
      update(users),
    ]
    for (const [i, query] of wrong.entries())
      expect(['FreeSource', 'IllFormed', 'SourceMismatch'], String(i)).toContain(
        tagOf(await world.outcome(query as never)),
      )
    expect(world.sent()).toEqual([])
  })

  // returning --------------------------------------------------------------------------------------------------------

  it('[DML12, dialect 59] returning: the rows as they are now; of no match and an empty list, none', async () => {
    const marked = pipe(
      update(users),
      set({ points: add(users.points, 5) }),
      returning({ id: users.id, points: users.points, plus: add(users.points, 1) }),
    )
    expect(await world.answer(pipe(marked, where(eq(users.name, 'ed'))))).toEqual({
      rows: [{ id: 1, points: 5, plus: 6 }],
      affected: 1,
      keys: [],
    })
    const none = { rows: [], affected: 0, keys: [] }
    expect(await world.answer(pipe(marked, where(eq(users.name, 'zz'))))).toEqual(none)
    expect(await world.answer(pipe(marked, where(pipe(users.name, inList<string>([])))))).toEqual(none)
    expect(await points()).toEqual([5, 0, 0, 0])
    // The criterion is of the old row, which is no longer so.
    const again = await world.rows(pipe(marked, where(eq(users.points, 0))))
    expect(inOrder(again.map((r) => r.id))).toEqual([2, 3, 4])
    expect(
      await world.rows(pipe(marked, where(eq(users.points, 5)), where(eq(users.id, 4)), returning(users))),
    ).toEqual([{ id: 4, name: 'fred', mail: 'f@x', points: 10, bossId: 3 }])
  })

  it('[DML09, dialect 63] rows that match count, returned or not', async () => {
    const same = pipe(update(users), set({ points: 0 }), where(gt(users.id, 1)))
    expect((await world.answer(same)).affected).toBe(3)
    const back = await world.answer(pipe(same, returning(users.id)))
    expect(back.affected).toBe(3)
    expect(inOrder(back.rows)).toEqual([2, 3, 4])
  })

  it('[dialect 59] returning beside other tables', async () => {
    const moved = pipe(update(users), byMoves, set({ mail: moves.mail }), returning({ id: users.id, mail: users.mail }))
    const rows = await world.rows(moved)
    expect([...rows].sort((a, b) => a.id - b.id)).toEqual([
      { id: 1, mail: 'ed@new' },
      { id: 3, mail: 'mary@new' },
    ])
    const byScores = using(scores, eq(scores.userId, users.id))
    expect(tagOf(await world.outcome(pipe(update(users), byScores, set({ points: scores.n }), returning(users))))).toBe(
      'MultipleRows',
    )
    expect(await points()).toEqual([0, 0, 0, 0])
    const marked = pipe(update(users), byScores, set({ points: 1 }), returning(users.id))
    expect(inOrder(await world.rows(marked))).toEqual([1, 2])
    const boss = pipe(users, alias('boss'))
    const named = pipe(
      update(users),
      using(boss, eq(boss.id, users.bossId)),
      set({ mail: boss.name }),
      returning(users.mail),
    )
    expect(inOrder(await world.rows(named))).toEqual(['ed', 'ed', 'mary'])
  })

  it('[dialect 59] returning where the update changes the key, also one of two columns', async () => {
    const shifted = pipe(
      update(users),
      set({ id: add(users.id, 100) }),
      where(gt(users.id, 2)),
      returning({ id: users.id, name: users.name }),
    )
    expect([...(await world.rows(shifted))].sort((a, b) => a.id - b.id)).toEqual([
      { id: 103, name: 'mary' },
      { id: 104, name: 'fred' },
    ])
    expect(await world.rows(pipe(update(users), set({ id: 7 }), where(eq(users.id, 1)), returning(users.id)))).toEqual([
      7,
    ])
    await world.rows(
      insertInto(pairs)([
        { a: 1, b: 'x' },
        { a: 1, b: 'y\'"' },
      ]),
    )
    const renamed = pipe(
      update(pairs),
      set({ b: concat(pairs.b, 'é'), n: pairs.a }),
      where(eq(pairs.a, 1)),
      returning(pairs),
    )
    const rows = await world.rows(renamed)
    expect([...rows].sort((a, b) => (a.b < b.b ? -1 : 1))).toEqual([
      { a: 1, b: 'xé', n: 1, m: null },
      { a: 1, b: 'y\'"é', n: 1, m: null },
    ])
  })

  it('[dialect 59] returning with queries of other tables in all places', async () => {
    const scored = pipe(from(scores), where(eq(scores.userId, users.id)))
    const counted = pipe(
      update(users),
      set({ points: scalar(pipe(scored, select(count()))) as never }),
      where(exists(scored)),
      returning({ id: users.id, points: users.points, most: scalar(pipe(scored, select(max(scores.n)))) }),
    )
    expect([...(await world.rows(counted))].sort((a, b) => a.id - b.id)).toEqual([
      { id: 1, points: 2, most: 7 },
      { id: 2, points: 1, most: 1 },
    ])
    const other = pipe(users, alias('other'))
    const total = scalar(pipe(from(other), select(sum(other.points))))
    expect(
      tagOf(await world.outcome(pipe(everyRow(pipe(update(users), set({ points: 0 }), returning({ total })))))),
    ).toBe('Unsupported')
    expect((await points())[0]).toBe(2)
  })

  it('[dialect 59] where rows are found again by their key, a table without one is refused', async () => {
    await world.rows(
      insertInto(keyless)([
        { n: 1, m: 1 },
        { n: 1, m: 1 },
      ]),
    )
    const outcome = await world.outcome(pipe(update(keyless), set({ m: 2 }), everyRow, returning(keyless.m)))
    if (inSteps) return expect(tagOf(outcome)).toBe('Unsupported')
    return expect(must(outcome)).toEqual({ rows: [2, 2], affected: 2, keys: [] })
  })

  it('[dialect 59] the steps are one transaction, which explain tells', async () => {
    const marked = pipe(update(users), set({ points: 1 }), where(gt(users.id, 1)), returning(users))
    const explained = must(explain(world.db.dialect)(marked))
    expect(explained.statements.length).toBe(inSteps ? 3 : 1)
    expect(explained.statements[0]?.why).toMatch(inSteps ? /rows of the update are found/ : /^the update$/)
    await world.rows(marked)
    const sent = world.sent().map((s) => s.sql.split(' ')[0])
    if (place.name !== 'memory')
      expect(sent.filter((word) => word === 'SELECT' || word === 'UPDATE')).toEqual(
        inSteps ? ['SELECT', 'UPDATE', 'SELECT'] : ['UPDATE'],
      )
    const bad = pipe(update(users), set({ name: 5 as never }), everyRow, returning(users))
    expect(tagOf(await world.outcome(bad))).toBe('InvalidValue')
    expect(world.sent()).toEqual([])
  })

  it('[dialect 59] 8 workers take jobs: none is taken twice, and none is lost', async () => {
    await world.rows(everyRow(deleteFrom(k)))
    await world.rows(insertInto(k)(Array.from({ length: 40 }, (_, i) => ({ id: i, n: 0 }))))
    const worker = async (me: number): Promise<ReadonlyArray<number>> => {
      const taken: Array<number> = []
      for (;;) {
        const free = await world.rows(pipe(from(k), where(eq(k.n, 0)), select(k.id)))
        if (free.length === 0) return taken
        // All workers reach for the same few rows.
        const some = [...free].sort((a, b) => a - b).slice(0, 3)
        const take = pipe(update(k), set({ n: me }), where(and(eq(k.n, 0), pipe(k.id, inList(some)))), returning(k))
        const outcome = await world.outcome(take)
        if (['Deadlock', 'Serialization', 'LockTimeout'].includes(tagOf(outcome))) continue
        const { rows, affected } = must(outcome)
        expect(rows.length).toBe(affected)
        for (const row of rows) taken.push((row as { readonly id: number }).id) // a row of k
      }
    }
    const taken = await Promise.all(Array.from({ length: 8 }, (_, i) => worker(i + 1)))
    expect(taken.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, i) => i))
    const stored = await world.rows(pipe(from(k), select({ id: k.id, n: k.n })))
    expect(stored.every(({ id, n }) => taken[n - 1]?.includes(id) === true)).toBe(true)
  })

  it('[dialect 59] 8 workers count one row up: each sees what it made, and nothing is lost', async () => {
    await world.rows(insertInto(k)({ id: 1, n: 0 }))
    const up = pipe(update(k), set({ n: add(k.n, 1) }), where(eq(k.id, 1)), returning(k.n))
    const worker = async (): Promise<ReadonlyArray<unknown>> => {
      const seen: Array<unknown> = []
      while (seen.length < 5) {
        const outcome = await world.outcome(up)
        if (['Deadlock', 'Serialization', 'LockTimeout'].includes(tagOf(outcome))) continue
        seen.push(...must(outcome).rows)
      }
      return seen
    }
    const seen = await Promise.all(Array.from({ length: 8 }, worker))
    expect(seen.flat().sort((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
  })

  // columns ------------------------------------------------------------------------------------------------------------

  it('[B29] onUpdate: a column that the update does not name, of every row that matches', async () => {
    await world.rows(
      insertInto(touched)([
        { id: 1, note: 'a' },
        { id: 2, note: 'b' },
      ]),
    )
    ticks = 10
    const change = pipe(update(touched), set({ note: 'c' }))
    await world.rows(pipe(change, everyRow))
    const rows = () => world.rows(pipe(from(touched), orderBy(touched.id)))
    expect(await rows()).toEqual([
      { id: 1, note: 'c', version: 11, state: 'changed' },
      { id: 2, note: 'c', version: 11, state: 'changed' },
    ])
    // What is named stands, before or after; what was made stays when more is set.
    await world.rows(pipe(update(touched), set({ state: 'old' }), set({ note: 'd' }), where(eq(touched.id, 1))))
    await world.rows(pipe(change, set({ version: 99 }), where(eq(touched.id, 2))))
    expect(await rows()).toEqual([
      { id: 1, note: 'd', version: 12, state: 'old' },
      { id: 2, note: 'c', version: 99, state: 'changed' },
    ])
    expect(ticks).toBe(12)
    expect(
      await world.rows(pipe(update(touched), set({ note: 'e' }), where(eq(touched.id, 1)), returning(touched))),
    ).toEqual([{ id: 1, note: 'e', version: 13, state: 'changed' }])
  })

  it('[J01, J03] columns by their keys, by a criterion', async () => {
    const answer = await world.answer(pipe(update(users), set({ name: 'x', points: 3 }), where(gt(users.id, 2))))
    expect(answer.affected).toBe(2)
    expect(await world.rows(pipe(from(users), orderBy(users.id), select({ n: users.name, p: users.points })))).toEqual([
      { n: 'ed', p: 0 },
      { n: 'wendy', p: 0 },
      { n: 'x', p: 3 },
      { n: 'x', p: 3 },
    ])
  })

  it('[J02] by the old value', async () => {
    await world.rows(pipe(update(users), set({ points: add(users.id, 1) }), everyRow))
    await world.rows(pipe(update(users), set({ points: mul(users.points, 2) }), where(gt(users.id, 2))))
    expect(await points()).toEqual([2, 3, 8, 10])
  })

  it('what the database always makes is not written', async () => {
    const counted = table('counted', { id: pipe(integer, primaryKey, identity({ always: true })), n: integer })
    const outcome = await world.outcome(pipe(update(counted), set({ id: 5 } as never), everyRow))
    expect(tagOf(outcome)).toBe('IllFormed')
    expect(world.sent()).toEqual([])
  })
})

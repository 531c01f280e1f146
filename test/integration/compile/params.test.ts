// Parameters by name: of every type, null where the type says so, wherever a value may stand; and inserts side by side.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { showValue } from '../../../src/compile/encode.js'
import {
  add,
  type AnyQuery,
  autoIncrement,
  bigint,
  boolean,
  caseWhen,
  coalesce,
  type ColumnSpec,
  concat,
  count,
  date,
  deleteFrom,
  double,
  eq,
  from,
  groupBy,
  gt,
  having,
  insertInto,
  integer,
  isNotDistinctFrom,
  isNotNull,
  isNull,
  json,
  like,
  max,
  nullable,
  orderBy,
  param,
  prepare,
  primaryKey,
  returning,
  scalar,
  select,
  set,
  table,
  text,
  timestamptz,
  update,
  varchar,
  where,
} from '../../../src/index.js'
import { engines } from '../../support/engines.js'
import { type Place, places } from '../../support/places.js'
import { must, openWorld, openWorldAt, tagOf, type World } from '../../support/run-load.js'

const users = table('users', {
  id: pipe(integer, primaryKey, autoIncrement),
  name: text,
  age: pipe(integer, nullable),
  at: pipe(timestamptz, nullable),
})

const types: ReadonlyArray<readonly [string, ColumnSpec<unknown>, unknown]> = [
  ['integer', integer, -5],
  ['bigint', bigint, 9007199254740993n],
  ['double', double, 0.1],
  ['boolean', boolean, true],
  ['varchar', varchar(9), "it's \\"],
  ['text', text, 'a '],
  ['date', date, '2012-02-29'],
  ['timestamptz', timestamptz, '2012-10-15T12:57:18.000396Z'],
  ['json', json(t.type({ n: t.number })), { n: 1 }],
]

describe.each(places())('params on $label', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ users })
    await world.rows(insertInto(users)([{ name: 'ann', age: 1, at: '2012-10-15T12:57:18.000396Z' }, { name: 'bob' }]))
  })
  afterAll(() => world.close())

  const asked = (query: AnyQuery) => {
    const prepared = prepare(world.db.dialect)(query as never)
    return async (values: Readonly<Record<string, unknown>>) => {
      const load = prepared(values)
      return E.isLeft(load) ? load : world.load(load.right)
    }
  }
  const runner = (query: AnyQuery) => {
    const outcome = asked(query)
    return async (values: Readonly<Record<string, unknown>>): Promise<ReadonlyArray<unknown>> =>
      must(await outcome(values)).rows
  }
  const first = pipe(from(users), where(eq(users.name, 'ann')))

  it.each(types)('[LIM05] of %s: selected, null too, and refused where it is another', async (_, spec, value) => {
    const run = runner(
      pipe(
        first,
        select({
          x: param('x', spec),
          y: param('y', pipe(spec as ColumnSpec<number>, nullable)),
          none: isNull(param('y', pipe(spec as ColumnSpec<number>, nullable))),
        }),
      ),
    )
    expect(await run({ x: value, y: value })).toEqual([{ x: value, y: value, none: false }])
    expect(await run({ x: value, y: null })).toEqual([{ x: value, y: null, none: true }])
    const late = pipe(first, select({ y: param('y', pipe(spec as ColumnSpec<number>, nullable)) }))
    const nullFirst = runner(late)
    for (const y of [null, value, null, value]) expect(await nullFirst({ y })).toEqual([{ y }])
    const prepared = asked(pipe(first, select({ x: param('x', spec) })))
    world.sent()
    for (const wrong of [null, undefined, Symbol('x'), {}, () => 1])
      expect(tagOf(await prepared({ x: wrong })), showValue(wrong)).toBe('InvalidValue')
    expect(world.sent()).toEqual([])
  })

  it('[CMP17] a filter that a null parameter leaves out', async () => {
    const name = param('name', pipe(text, nullable))
    const run = runner(
      pipe(
        from(users),
        where(eq(caseWhen(isNotNull(name), name).otherwise(users.name), users.name)),
        orderBy(users.name),
        select(users.name),
      ),
    )
    expect(await run({ name: null })).toEqual(['ann', 'bob'])
    expect(await run({ name: 'bob' })).toEqual(['bob'])
    const same = runner(
      pipe(from(users), where(isNotDistinctFrom(users.age, param('age', pipe(integer, nullable)))), select(users.name)),
    )
    expect(await same({ age: null })).toEqual(['bob'])
    expect(await same({ age: 1 })).toEqual(['ann'])
  })

  it('two parameters stand beside each other without a column', async () => {
    const run = runner(
      pipe(
        first,
        select({
          sum: add(param('a', integer), param('b', integer)),
          eq: eq(param('a', integer), param('b', integer)),
          text: concat(param('s', text), param('s', text)),
          same: eq(param('s', text), param('other', text)),
          like: pipe(param('s', text), like(param('other', text))),
          or: coalesce(param('none', pipe(text, nullable)), param('s', text)),
        }),
      ),
    )
    expect(await run({ a: 1, b: 2, s: 'x', other: 'X', none: null })).toEqual([
      { sum: 3, eq: false, text: 'xx', same: false, like: false, or: 'x' },
    ])
    expect(await run({ a: 2, b: 2, s: 'x', other: 'x', none: 'y' })).toEqual([
      { sum: 4, eq: true, text: 'xx', same: true, like: true, or: 'y' },
    ])
  })

  it('in having, in groups and in writes', async () => {
    const grouped = runner(
      pipe(
        from(users),
        groupBy(users.name),
        having(gt(count(), param('n', integer))),
        orderBy(users.name),
        select(users.name),
      ),
    )
    expect(await grouped({ n: 0 })).toEqual(['ann', 'bob'])
    expect(await grouped({ n: 1 })).toEqual([])
    const change = runner(
      pipe(
        update(users),
        set({ age: add(users.age, param('by', integer)), at: param('at', pipe(timestamptz, nullable)) }),
        where(eq(users.name, param('name', text))),
      ),
    )
    await change({ by: 5, at: null, name: 'ann' })
    await change({ by: -5, at: '2012-10-15T12:57:18.000396Z', name: 'ann' })
    expect(await world.rows(pipe(first, select({ age: users.age, at: users.at })))).toEqual([
      { age: 1, at: '2012-10-15T12:57:18.000396Z' },
    ])
  })

  it('[DTM17] a query as a value keeps its type', async () => {
    const latest = scalar(pipe(from(users), select(max(users.at))))
    expect(await world.rows(pipe(first, select({ latest, or: coalesce(latest, '2000-01-01T00:00:00Z') })))).toEqual([
      { latest: '2012-10-15T12:57:18.000396Z', or: '2012-10-15T12:57:18.000396Z' },
    ])
  })

  it('[DML03] inserts at the same time each get their own rows back', async () => {
    const batches = Array.from({ length: 12 }, (_, b) =>
      Array.from({ length: 40 }, (__, i) => ({ name: `b${b} ${i}` })),
    )
    const answers = await Promise.all(
      batches.map((rows) => world.answer(pipe(insertInto(users)(rows), returning({ id: users.id, name: users.name })))),
    )
    for (const [i, { rows, keys }] of answers.entries()) {
      expect(rows.map(({ name }) => ({ name }))).toEqual(batches[i])
      expect(keys).toEqual(rows.map(({ id }) => ({ id })))
    }
    expect(new Set(answers.flatMap(({ rows }) => rows.map(({ id }) => id))).size).toBe(480)
    await world.rows(pipe(deleteFrom(users), where(pipe(users.name, like('b% %')))))
  })
})

/** Those whose sessions say how keys are counted. */
const counting = engines().filter(({ name }) => name === 'mysql' || name === 'mariadb')

describe.each(counting)('keys on $label', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(engine)
    await world.create({ users })
  })
  afterAll(() => world.close())

  it('[DML04] of a session that counts in steps of 7', async () => {
    const { control } = await import('../../../src/compile/statement.js')
    const { done, step } = await import('../../../src/compile/load.js')
    const { compile } = await import('../../../src/index.js')
    const insert = compile(world.db.dialect)(
      pipe(
        insertInto(users)([{ name: 's1' }, { name: 's2' }, { name: 's3' }]),
        returning({ id: users.id, name: users.name }),
      ),
    )
    if (E.isLeft(insert)) throw new Error(insert.left.message)
    const answer = await world.db.transaction()((tx) => async () => {
      await tx.run(step(control('SET SESSION auto_increment_increment = 7'), () => E.right(done(null))))()
      const outcome = await tx.run(insert.right)()
      await tx.run(step(control('SET SESSION auto_increment_increment = 1'), () => E.right(done(null))))()
      return outcome
    })()
    const { rows, keys } = must(answer)
    expect(rows.map((row) => row.name)).toEqual(['s1', 's2', 's3'])
    expect(keys).toEqual(rows.map(({ id }) => ({ id })))
    expect((rows[1]?.id ?? 0) - (rows[0]?.id ?? 0)).toBe(7)
  })
})

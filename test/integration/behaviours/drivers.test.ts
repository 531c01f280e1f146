// What drivers do with values is no business of the user: integers stay whole, numbers exact, and what none can carry is refused alike.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  add,
  and,
  type AnyQuery,
  avg,
  bigint,
  cast,
  count,
  createAll,
  date,
  div,
  double,
  eq,
  from,
  gt,
  gte,
  insertInto,
  integer,
  intDiv,
  limit,
  literal,
  lt,
  max,
  nullable,
  numeric,
  orderBy,
  param,
  prepare,
  primaryKey,
  references,
  type RowOf,
  schema,
  select,
  set,
  sql,
  sum,
  table,
  text,
  timestamp,
  timestamptz,
  update,
  where,
} from 'relvar'
import { apply, interpret, type Tables, tablesIn } from 'relvar/memory'
import { run } from 'relvar/promise'
import { sqlite } from 'relvar/sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { engines, freshDatabase } from '../../support/engines.js'
import { memoryOf, remembered } from '../../support/in-memory.js'
import { must, openWorld, tagOf, type World } from '../../support/run-load.js'
import { load } from '../effects/raw.js'

const values = table('values_of_drivers', {
  id: pipe(integer, primaryKey),
  whole: integer,
  big: bigint,
  exact: numeric(17, 4),
  d: double,
  name: text,
})
const times = table('times_of_drivers', {
  id: pipe(integer, primaryKey),
  day: pipe(date, nullable),
  local: pipe(timestamp, nullable),
  instant: pipe(timestamptz, nullable),
})
const children = table('children_of_drivers', {
  id: pipe(integer, primaryKey),
  of: pipe(integer, references(values.id)),
})

const rows: ReadonlyArray<RowOf<typeof values>> = [
  { id: 1, whole: 7, big: 9007199254740993n, exact: '1234567890123.4500', d: 0.5, name: 'a' },
  { id: 2, whole: -7, big: -9223372036854775808n, exact: '0.0001', d: -2.5, name: 'b' },
  { id: 3, whole: 15, big: 10n, exact: '-2.5000', d: 15, name: '3' },
]
const filling = insertInto(values)(rows)

const whole = pipe(
  from(values),
  where(eq(values.id, 3)),
  select({
    quotient: intDiv(values.whole, 10),
    exact: div(values.whole, 10),
    bound: intDiv(literal(15, integer), literal(10, integer)),
  }),
)

const aggregated = pipe(
  from(values),
  select({
    rows: count(),
    wholes: sum(values.whole),
    exact: sum(values.exact),
    greatest: max(values.big),
    mean: avg(values.whole),
  }),
)
const totals = { rows: 3, wholes: 15, exact: '1234567890120.9501', greatest: 9007199254740993n, mean: 5 }

const x = param('x', integer)
const everywhere = pipe(
  from(values),
  where(and(gte(values.whole, x), gt(add(values.d, x), 0), lt(cast(x, bigint), 100n))),
  orderBy(values.id),
  limit(x),
  select({ id: values.id, sum: add(values.whole, x), half: div(x, 2), text: cast(x, text) }),
)
const three = literal(3, integer)
const oneValue = pipe(
  from(values),
  where(and(eq(values.id, three), eq(values.name, cast(three, text)), gt(values.d, three))),
  select({ whole: add(values.whole, three), d: add(values.d, three) }),
)

/** Queries and writes with a value that no engine can carry, or that not all can. */
const impossible: ReadonlyArray<readonly [string, AnyQuery]> = [Number.NaN, Infinity, -Infinity].flatMap((number) => [
  [`insert ${number}`, insertInto(values)({ ...(rows[0] as RowOf<typeof values>), id: 9, d: number })] as const,
  [`set ${number}`, pipe(update(values), set({ d: number }), where(eq(values.id, 1)))] as const,
  [`compare ${number}`, pipe(from(values), where(gt(values.d, number)))] as const,
  [`select ${number}`, pipe(from(values), select(literal(number, double)))] as const,
])

const absent: ReadonlyArray<readonly [string, AnyQuery]> = [
  ['insert', insertInto(values)({ ...(rows[0] as RowOf<typeof values>), id: 9, name: undefined as never })],
  ['set', pipe(update(values), set({ name: undefined as never }), where(eq(values.id, 1)))],
  ['compare', pipe(from(values), where(eq(values.name, undefined as never)))],
  ['literal', pipe(from(values), select(literal(undefined as never, text)))],
]

/** Times that PostgreSQL or JavaScript could say, and the others could not. */
const outside: ReadonlyArray<readonly [string, AnyQuery]> = [
  ['a day of the year 20000', insertInto(times)({ id: 9, day: '20000-01-01' })],
  ['a day before the year 1', insertInto(times)({ id: 9, day: '-0044-03-15' })],
  ['a day of PostgreSQL before the year 1', insertInto(times)({ id: 9, day: '0044-03-15 BC' })],
  ['a time without an end', insertInto(times)({ id: 9, local: 'infinity' })],
  ['an instant of the year 20000', insertInto(times)({ id: 9, instant: '+020000-01-01T00:00:00Z' })],
  ['an instant without a beginning', insertInto(times)({ id: 9, instant: '-infinity' })],
]

const atEnds = [
  { id: 1, day: '0001-01-01', local: '0001-01-01T00:00:00.000000', instant: '0001-01-01T00:00:00.000000Z' },
  { id: 2, day: '9999-12-31', local: '9999-12-31T23:59:59.999999', instant: '9999-12-31T23:59:59.999999Z' },
]

describe.each(engines())('drivers of $label', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(engine)
    await world.create({ values, times, children })
    await world.rows(filling)
  })
  afterAll(() => world.close())

  const raw = (textOf: string) => world.load(load(world.db, textOf, [], { text: 'once' }))

  it('[DRV01] an integer is bound as one, so that its quotient is whole and its text has no point', async () => {
    expect(await world.rows(whole)).toEqual([{ quotient: 1, exact: 1.5, bound: 1 }])
    const asText = pipe(
      from(values),
      where(eq(values.id, 3)),
      select(cast(add(literal(1, integer), values.whole), text)),
    )
    expect(await world.rows(asText)).toEqual(['16'])
  })

  it('[DRV03] undefined is no value: the same refusal everywhere, and nothing is sent', async () => {
    world.sent()
    for (const [what, query] of absent) {
      const outcome = await world.outcome(query)
      expect(tagOf(outcome), what).toBe('InvalidValue')
      expect(E.isLeft(outcome) && outcome.left.message, what).toMatch(/undefined|is not null|must not/)
    }
    expect(world.sent()).toEqual([])
  })

  it('[DRV04] what is read has the type that was declared, whatever the driver made of it', async () => {
    expect(await world.rows(pipe(from(values), orderBy(values.id)))).toEqual(rows)
    expect(await world.rows(aggregated)).toEqual([totals])
    const byText = sql.text('SELECT count(*), max(big) FROM values_of_drivers').columns({ n: integer, big: bigint })
    expect(await world.rows(byText)).toEqual([{ n: 3, big: 9007199254740993n }])
  })

  it('[DRV06] one parameter may stand where an integer, a double, a text and a number of rows are meant', async () => {
    const bound = must(prepare(world.db.dialect)(everywhere)({ x: 3 }))
    expect((await run(world.db.run(bound))).rows).toEqual([
      { id: 1, sum: 10, half: 1.5, text: '3' },
      { id: 3, sum: 18, half: 1.5, text: '3' },
    ])
    expect(await world.rows(oneValue)).toEqual([{ whole: 18, d: 18 }])
  })

  it('[DRV07] foreign keys are looked at, whatever the library was built with', async () => {
    const orphan = insertInto(children)({ id: 1, of: 99 })
    expect(tagOf(await world.outcome(orphan))).toBe('ForeignKeyViolation')
    if (engine.name !== 'sqlite') return
    const outcomes = []
    for (const library of ['better-sqlite3', 'node:sqlite', 'node-sqlite3-wasm'] as const) {
      const fresh = await freshDatabase(engine)
      const db = sqlite(`${fresh.url}?library=${library}`)
      const made = await db.execute(createAll(schema({ values, children })))()
      // A library that is not there is no library to look at.
      if (E.isRight(made)) outcomes.push(tagOf(await db.execute(orphan)()))
      await run(db.close())
      await fresh.drop()
    }
    expect(outcomes.length).toBeGreaterThan(0)
    expect(new Set(outcomes)).toEqual(new Set(['ForeignKeyViolation']))
  })

  it('[DRV10] what is no number is refused before it is sent', async () => {
    world.sent()
    for (const [what, query] of impossible) expect(tagOf(await world.outcome(query)), what).toBe('InvalidValue')
    expect(world.sent()).toEqual([])
  })

  it('[DRV11] days and times go from the year 1 to 9999; others are refused, and what stands there already is Decode', async () => {
    await world.rows(insertInto(times)(atEnds))
    expect(await world.rows(pipe(from(times), orderBy(times.id)))).toEqual(atEnds)
    world.sent()
    for (const [what, query] of outside) expect(tagOf(await world.outcome(query)), what).toBe('InvalidValue')
    expect(world.sent()).toEqual([])
    const others = {
      postgres: [
        "'infinity', null, null",
        "'20000-01-01', null, null",
        "null, '0044-03-15 BC', null",
        "null, null, '-infinity'",
      ],
      mysql: [],
      mariadb: [],
      sqlite: [
        "'infinity', null, null",
        "'20000-01-01', null, null",
        "null, '-0044-03-15 00:00:00', null",
        "null, null, 'now'",
      ],
    }[engine.name]
    for (const those of others) {
      await raw(`insert into times_of_drivers values (9, ${those})`)
      expect(tagOf(await world.outcome(pipe(from(times), where(eq(times.id, 9))))), those).toBe('Decode')
      await raw('delete from times_of_drivers where id = 9')
    }
    // MySQL and MariaDB have none of these: the server refuses them.
    if (others.length === 0)
      for (const word of ["'infinity'", "'20000-01-01'", "'-0044-03-15'"])
        expect(tagOf(await raw(`insert into times_of_drivers (id, day) values (9, ${word})`)), word).toBe('Sql')
  })
})

describe('drivers, of which memory has none', () => {
  const tables = memoryOf(filling)
  const asked = (query: AnyQuery, of: Tables = tables): string => {
    // Reads and writes of tables that they bind themselves, so both are closed.
    const closed = query as never
    const read = tagOf(interpret(closed)(of))
    return read === 'Right' ? read : read === 'InvalidValue' ? read : tagOf(apply(closed)(of))
  }

  it('[DRV01, DRV04] memory has whole numbers, exact ones and totals of the same types', () => {
    expect(remembered(tables, whole)).toEqual([{ quotient: 1, exact: 1.5, bound: 1 }])
    expect(remembered(tables, pipe(from(values), orderBy(values.id)))).toEqual(rows)
    expect(remembered(tables, aggregated)).toEqual([totals])
  })

  it('[DRV06] memory means by one parameter one value', () => {
    expect(interpret(everywhere, { x: 3 })(tables)).toEqual(
      E.right([
        { id: 1, sum: 10, half: 1.5, text: '3' },
        { id: 3, sum: 18, half: 1.5, text: '3' },
      ]),
    )
    expect(remembered(tables, oneValue)).toEqual([{ whole: 18, d: 18 }])
  })

  it('[DRV03, DRV10, DRV11] memory refuses what no engine can carry', () => {
    for (const [what, query] of [...absent, ...impossible, ...outside]) expect(asked(query), what).toBe('InvalidValue')
  })

  it('[DRV07] memory looks at foreign keys', () => {
    expect(tagOf(apply(insertInto(children)({ id: 1, of: 99 }))(tablesIn(schema({ values, children }))))).toBe(
      'ForeignKeyViolation',
    )
  })
})

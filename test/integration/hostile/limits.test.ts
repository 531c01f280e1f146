// Limits, at n and one beyond: what fits is kept, what does not is refused, and nothing is cut without a word.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  bigint,
  Db,
  deleteFrom,
  double,
  everyRow,
  from,
  inList,
  insertInto,
  integer,
  json,
  primaryKey,
  select,
  smallint,
  table,
  text,
  where,
  withTimeout,
} from '../../../src/index.js'
import { places } from '../../support/places.js'
import { openWorldAt, type World } from '../../support/run-load.js'

const of = table('l_all', {
  id: pipe(integer, primaryKey),
  small: smallint,
  big: bigint,
  real: double,
  doc: json(t.unknown),
  body: text,
})
const row = { id: 1, small: 1, big: 1n, real: 1, doc: null as unknown, body: '' }
type Row = typeof row

const nested = (depth: number): unknown => {
  let value: unknown = 0
  for (let i = 0; i < depth; i++) value = [value]
  return value
}

const fits: ReadonlyArray<readonly [string, Partial<Row>]> = [
  ['2^31 - 1 as an integer', { id: 2 ** 31 - 1 }],
  ['-2^31 as an integer', { id: -(2 ** 31) }],
  ['2^15 - 1 as a smallint', { small: 2 ** 15 - 1 }],
  ['2^63 - 1 as a bigint', { big: 2n ** 63n - 1n }],
  ['-2^63 as a bigint', { big: -(2n ** 63n) }],
  ['2^53 - 1 as a bigint', { big: 2n ** 53n - 1n }],
  ['2^53 + 1 as a bigint', { big: 2n ** 53n + 1n }],
  ['2^53 as a double', { real: 2 ** 53 }],
  ['the largest double', { real: Number.MAX_VALUE }],
]

const tooMuch: ReadonlyArray<readonly [string, Partial<Row>]> = [
  ['2^31 as an integer', { id: 2 ** 31 }],
  ['-2^31 - 1 as an integer', { id: -(2 ** 31) - 1 }],
  ['2^15 as a smallint', { small: 2 ** 15 }],
  ['2^63 as a bigint', { big: 2n ** 63n }],
  ['-2^63 - 1 as a bigint', { big: -(2n ** 63n) - 1n }],
  ['JSON of depth 100,000', { doc: nested(100_000) }],
]

describe.each(places().map((place) => [place.label, place] as const))('%s', (_, place) => {
  let world: World
  beforeAll(async () => {
    // What it does is the same in memory.
    world = (await openWorldAt(place)) as World
    await world.create({ of })
  })
  afterAll(() => world.close())

  const through = async (changes: Partial<Row>): Promise<unknown> => {
    await world.rows(pipe(deleteFrom(of), everyRow))
    const written = await world.outcome(insertInto(of)({ ...row, ...changes }))
    return E.isLeft(written) ? written.left._tag : world.rows(from(of))
  }

  it.each(fits)('[bar 24] keeps %s', async (_what, changes) => {
    expect(await through(changes)).toEqual([{ ...row, ...changes }])
  })

  it.each(tooMuch)('[bar 24] refuses %s', async (_what, changes) => {
    expect(await through(changes)).toBe('InvalidValue')
  })

  it.each([999, 1_000, 1_001])('[bar 24] keeps JSON of depth %d, or refuses it', async (depth) => {
    const came = await through({ doc: nested(depth) })
    if (typeof came === 'string') expect(came).toMatch(/^(InvalidValue|ResourceLimit|CheckViolation|Sql)$/)
    else expect(JSON.stringify(came, big)).toBe(JSON.stringify([{ ...row, doc: nested(depth) }], big))
  })

  it.each([32_765, 32_766, 32_767, 65_534, 65_535, 65_536])(
    '[bar 24] asks with a list of %d values, or refuses it',
    async (n) => {
      await world.rows(pipe(deleteFrom(of), everyRow))
      await world.rows(insertInto(of)(row))
      const list = Array.from({ length: n }, (_one, i) => i + 1)
      const outcome = await world.outcome(pipe(from(of), where(pipe(of.id, inList(list))), select({ id: of.id })))
      if (E.isLeft(outcome)) expect(outcome.left._tag).toBe('ResourceLimit')
      else expect(outcome.right.rows).toEqual([{ id: 1 }])
    },
  )

  it.each([32_766, 32_767])('[bar 24] writes rows with %d parameters and more', async (n) => {
    await world.rows(pipe(deleteFrom(of), everyRow))
    const rows = Array.from({ length: Math.ceil(n / 6) + 1 }, (_one, i) => ({ ...row, id: i + 1 }))
    await world.rows(insertInto(of)(rows))
    expect(await Db.count(from(of))(world.db)()).toEqual(E.right(rows.length))
  })

  it('[bar 24] takes names of 63 bytes, and refuses 64: engines would cut them', async () => {
    const name = 'é'.repeat(31)
    const named = table(`${name}a`, { [`${name}b`]: integer })
    await world.create({ named })
    expect(await world.rows(insertInto(named)({ [`${name}b`]: 3 } as never))).toEqual([])
    expect(await world.rows(from(named))).toEqual([{ [`${name}b`]: 3 }])
    await world.drop({ named })
    for (const bad of ['x'.repeat(64), `${name}aa`, 'é'.repeat(32)]) {
      expect(() => table(bad, { id: integer })).toThrow(TypeError)
      expect(() => table('t', { [bad]: integer })).toThrow(TypeError)
    }
  })

  it('[bar 24] waits 2^31 - 1 ms, and 2^31 ms no shorter', async () => {
    await world.rows(pipe(deleteFrom(of), everyRow))
    for (const ms of [2 ** 31 - 1, 2 ** 31, 2 ** 53])
      expect(await Db.count(from(of))(withTimeout(ms)(world.db))()).toEqual(E.right(0))
  })
})

const big = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value)

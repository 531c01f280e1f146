// Rounding, signs, roots, choices: each gives on every engine, and in memory, what the same table of values says.
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  abs,
  add,
  type AnyExpr,
  bigint,
  type Expr,
  cast,
  ceil,
  date,
  div,
  double,
  eq,
  exp,
  floor,
  from,
  gte,
  greatest,
  insertInto,
  integer,
  least,
  literal,
  ln,
  lt,
  mul,
  negate,
  nullable,
  nullIf,
  numeric,
  orderBy,
  power,
  primaryKey,
  random,
  round,
  roundTo,
  select,
  sign,
  smallint,
  sqrt,
  table,
  text,
  timestamptz,
  truncate,
  truncateDigits,
  where,
} from '../../../src/index.js'
import { interpret } from '../../../src/memory.js'
import { engines } from '../../support/engines.js'
import { type Place, places } from '../../support/places.js'
import { both, memoryOf } from '../../support/in-memory.js'
import { openWorld, openWorldAt, tagOf, type World } from '../../support/run-load.js'

const numbers = table('numbers', {
  id: pipe(integer, primaryKey),
  n: pipe(integer, nullable),
  small: pipe(smallint, nullable),
  big: pipe(bigint, nullable),
  x: pipe(double, nullable),
  price: pipe(numeric(12, 3), nullable),
  rate: pipe(numeric(6, 4), nullable),
  name: pipe(text, nullable),
  day: pipe(date, nullable),
  at: pipe(timestamptz, nullable),
})

const rows = [
  { id: 1, n: 7, small: 7, big: 7n, x: 2.5, price: '2.500', rate: '1.2345', name: 'b', day: '2024-02-29' },
  { id: 2, n: -7, small: -7, big: -7n, x: -2.5, price: '-2.500', rate: '-1.2345', name: 'B', day: '1999-12-31' },
  { id: 3, n: 0, small: 0, big: 0n, x: 0, price: '0.000', rate: '0.0000', name: '', day: '2024-03-01' },
  {
    id: 4,
    n: 2147483647,
    small: 32767,
    big: 9223372036854775807n,
    x: 0.49999999999999994,
    price: '999999999.999',
    rate: '99.9999',
    name: 'が',
  },
  {
    id: 5,
    n: -2147483648,
    small: -32768,
    big: -9223372036854775807n,
    x: -1e300,
    price: '-999999999.999',
    rate: '-0.0005',
    name: 'a',
  },
  { id: 6, n: 1, small: 1, big: 9007199254740993n, x: 2251799813685248.5, price: '2.345', rate: '0.0050', name: 'é' },
  { id: 7 },
] as const

const instants = { 1: '2024-02-29T10:00:00.000001Z', 2: '1999-12-31T23:59:59.999999Z' }
const inserted = rows.map((row) => (row.id === 1 || row.id === 2 ? { ...row, at: instants[row.id] } : row))

describe.each(places())('functions of numbers on $label', (place) => {
  let world: World<Place['name']>
  const memory = memoryOf(insertInto(numbers)(inserted))
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ numbers })
    await world.rows(insertInto(numbers)(inserted))
  })
  afterAll(() => world.close())

  const column = <A>(e: Expr<A, 'numbers', 'numbers'>) =>
    both(world, memory, pipe(from(numbers), orderBy(numbers.id), select(e)))

  it('[NUM31, dialect 27] decimals are rounded exactly, halves away from zero', async () => {
    expect(await column(round(numbers.price))).toEqual(['3', '-3', '0', '1000000000', '-1000000000', '2', null])
    expect(await column(pipe(numbers.price, roundTo(2)))).toEqual([
      '2.50',
      '-2.50',
      '0.00',
      '1000000000.00',
      '-1000000000.00',
      '2.35',
      null,
    ])
    expect(await column(pipe(numbers.rate, roundTo(3)))).toEqual([
      '1.235',
      '-1.235',
      '0.000',
      '100.000',
      '-0.001',
      '0.005',
      null,
    ])
    expect(await column(pipe(numbers.price, roundTo(5)))).toEqual([
      ...inserted.map((r) => ('price' in r ? r.price : null)),
    ])
    const products = await column(pipe(mul(numbers.price, numbers.rate), roundTo(2)))
    expect(products).toEqual(['3.09', '3.09', '0.00', '99999899999.90', '500000.00', '0.01', null])
  })

  it('[NUM31] a bound decimal is rounded like any other', async () => {
    const bound = pipe(
      from(numbers),
      where(eq(numbers.id, 1)),
      select({
        a: round(literal('2.5', numeric(3, 1))),
        b: pipe(literal('2.345', numeric(5, 3)), roundTo(2)),
        c: round(literal('-0.5', numeric(3, 1))),
        d: round(literal('-0.4', numeric(3, 1))),
      }),
    )
    expect(await world.rows(bound)).toEqual([{ a: '3', b: '2.35', c: '-1', d: '0' }])
  })

  it('truncate, ceil and floor of decimals and of doubles', async () => {
    expect(await column(truncate(numbers.price))).toEqual(['2', '-2', '0', '999999999', '-999999999', '2', null])
    expect(await column(ceil(numbers.price))).toEqual(['3', '-2', '0', '1000000000', '-999999999', '3', null])
    expect(await column(floor(numbers.price))).toEqual(['2', '-3', '0', '999999999', '-1000000000', '2', null])
    expect(await column(pipe(numbers.rate, truncateDigits(2)))).toEqual([
      '1.23',
      '-1.23',
      '0.00',
      '99.99',
      '0.00',
      '0.00',
      null,
    ])
    expect(await column(truncate(numbers.x))).toEqual([2, -2, 0, 0, -1e300, 2251799813685248, null])
    expect(await column(ceil(numbers.x))).toEqual([3, -2, 0, 1, -1e300, 2251799813685249, null])
    expect(await column(floor(numbers.x))).toEqual([2, -3, 0, 0, -1e300, 2251799813685248, null])
    expect(await column(ceil(literal(-0.5, double)))).toEqual([0, 0, 0, 0, 0, 0, 0])
  })

  it('of a whole number, rounding is the number itself', async () => {
    for (const f of [round, truncate, ceil, floor]) {
      expect(await column(f(numbers.n))).toEqual(inserted.map((r) => ('n' in r ? r.n : null)))
      expect(await column(f(numbers.big))).toEqual(inserted.map((r) => ('big' in r ? r.big : null)))
    }
  })

  it('[dialect 27] doubles are not rounded to the nearest, nor to decimal digits', async () => {
    for (const e of [
      round(numbers.x),
      pipe(numbers.x as never, roundTo(2)),
      pipe(numbers.x as never, truncateDigits(1)),
    ])
      expect(tagOf(await world.outcome(pipe(from(numbers), select({ e }))))).toBe('Unsupported')
  })

  it('sign, negate and abs of every kind of number', async () => {
    const signs = [1, -1, 0, 1, -1, 1, null]
    for (const of of [numbers.n, numbers.small, numbers.big, numbers.x, numbers.price, numbers.rate])
      expect(await column(sign(of as typeof numbers.n))).toEqual(signs)
    expect(await column(negate(numbers.big))).toEqual([
      -7n,
      7n,
      0n,
      -9223372036854775807n,
      9223372036854775807n,
      -9007199254740993n,
      null,
    ])
    expect((await column(negate(numbers.x))).map((x) => Object.is(x, -0))).not.toContain(true)
    expect(await column(negate(negate(numbers.x)))).toEqual(inserted.map((r) => ('x' in r ? r.x : null)))
    expect(await column(negate(numbers.price))).toEqual([
      '-2.500',
      '2.500',
      '0.000',
      '-999999999.999',
      '999999999.999',
      '-2.345',
      null,
    ])
    expect(await column(abs(numbers.price))).toEqual([
      '2.500',
      '2.500',
      '0.000',
      '999999999.999',
      '999999999.999',
      '2.345',
      null,
    ])
  })

  it('[dialect 4, NUM04] the least integer has no opposite', async () => {
    const least32 = pipe(from(numbers), where(eq(numbers.id, 5)), select(negate(numbers.n)))
    expect(tagOf(await world.outcome(least32))).not.toBe('Right')
  })

  it('a square root is the nearest double everywhere, and null below zero', async () => {
    expect(await column(sqrt(numbers.n))).toEqual([Math.sqrt(7), null, 0, Math.sqrt(2147483647), null, 1, null])
    expect(await column(sqrt(numbers.x))).toEqual([
      Math.sqrt(2.5),
      null,
      0,
      Math.sqrt(0.49999999999999994),
      null,
      Math.sqrt(2251799813685248.5),
      null,
    ])
    expect(await column(sqrt(literal(-1, integer)))).toEqual([null, null, null, null, null, null, null])
  })

  it('power, exp and ln agree to twelve digits', async () => {
    const near = async (e: Expr<number | null, 'numbers', 'numbers'>, wanted: ReadonlyArray<number | null>) => {
      const got = await world.rows(pipe(from(numbers), where(lt(numbers.id, 4)), orderBy(numbers.id), select(e)))
      expect(got.length).toBe(wanted.length)
      for (const [i, n] of wanted.entries()) {
        const mine = got[i] ?? null
        if (n === null || mine === null) expect(mine).toBe(n)
        else expect(Math.abs(mine - n)).toBeLessThanOrEqual(1e-12 * Math.abs(n))
      }
    }
    await near(power(numbers.x, 2), [6.25, 6.25, 0])
    await near(power(numbers.n, -1), [1 / 7, -1 / 7, null])
    await near(power(numbers.x, 0.5), [Math.sqrt(2.5), null, 0])
    await near(pipe(numbers.n, power(numbers.x)), [7 ** 2.5, null, 1])
    await near(power(numbers.x, 0), [1, 1, 1])
    await near(exp(numbers.x), [Math.exp(2.5), Math.exp(-2.5), 1])
    await near(ln(numbers.n), [Math.log(7), null, null])
    await near(ln(numbers.x), [Math.log(2.5), null, null])
  })

  it('[dialect 26] greatest and least are null where one of them is', async () => {
    expect(await column(greatest(numbers.n, numbers.small, 0))).toEqual([7, 0, 0, 2147483647, 0, 1, null])
    expect(await column(least(numbers.n, numbers.small, 0))).toEqual([0, -7, 0, 0, -2147483648, 0, null])
    expect(await column(greatest(numbers.id, numbers.n))).toEqual([7, 2, 3, 2147483647, 5, 6, null])
    expect(await column(greatest(numbers.big, 5n))).toEqual([
      7n,
      5n,
      5n,
      9223372036854775807n,
      5n,
      9007199254740993n,
      null,
    ])
    expect(await column(least(numbers.x, numbers.id))).toEqual([1, -2.5, 0, 0.49999999999999994, -1e300, 6, null])
    expect(await column(greatest(numbers.price, '2.4'))).toEqual([
      '2.500',
      '2.400',
      '2.400',
      '999999999.999',
      '2.400',
      '2.400',
      null,
    ])
    expect(await column(greatest(numbers.rate, numbers.price))).toEqual([
      '2.5000',
      '-1.2345',
      '0.0000',
      '999999999.9990',
      '-0.0005',
      '2.3450',
      null,
    ])
    expect(await column(greatest(numbers.name, 'a'))).toEqual(['b', 'a', 'a', 'が', 'a', 'é', null])
    expect(await column(least(numbers.name, 'a'))).toEqual(['a', 'B', '', 'a', 'a', 'a', null])
    expect(await column(greatest(numbers.day, '2024-01-01'))).toEqual([
      '2024-02-29',
      '2024-01-01',
      '2024-03-01',
      null,
      null,
      null,
      null,
    ])
    expect(await column(least(numbers.at, '2024-01-01T00:00:00Z'))).toEqual([
      '2024-01-01T00:00:00.000000Z',
      '1999-12-31T23:59:59.999999Z',
      null,
      null,
      null,
      null,
      null,
    ])
  })

  it('nullIf is null where both are equal', async () => {
    expect(await column(nullIf(numbers.n, 7))).toEqual([null, -7, 0, 2147483647, -2147483648, 1, null])
    expect(await column(nullIf(numbers.n, numbers.small))).toEqual([
      null,
      null,
      null,
      2147483647,
      -2147483648,
      null,
      null,
    ])
    expect(await column(nullIf(numbers.name, 'b'))).toEqual([null, 'B', '', 'が', 'a', 'é', null])
    expect(await column(nullIf(numbers.price, '2.5'))).toEqual([
      null,
      '-2.500',
      '0.000',
      '999999999.999',
      '-999999999.999',
      '2.345',
      null,
    ])
    expect(await column(nullIf(numbers.price, '2.50000'))).toEqual([
      null,
      '-2.500',
      '0.000',
      '999999999.999',
      '-999999999.999',
      '2.345',
      null,
    ])
    expect(await column(nullIf(numbers.price, '2.50001'))).toEqual(inserted.map((r) => ('price' in r ? r.price : null)))
    expect(await column(nullIf(numbers.day, '2024-02-29'))).toEqual([
      null,
      '1999-12-31',
      '2024-03-01',
      null,
      null,
      null,
      null,
    ])
    expect(await column(div(numbers.n, nullIf(numbers.small, 7)))).toEqual([
      null,
      1,
      null,
      2147483647 / 32767,
      65536,
      1,
      null,
    ])
  })

  it('what is no number is refused before anything is sent', async () => {
    const wrong: ReadonlyArray<AnyExpr> = [
      negate(numbers.name as never),
      sign(numbers.day as never),
      round(numbers.name as never),
      sqrt(numbers.price as never),
      greatest(numbers.n, numbers.name as never),
      greatest(numbers.n as never, numbers.big as never),
      nullIf(numbers.n, numbers.day as never),
      add(numbers.n, round(numbers.name as never)),
    ]
    world.sent()
    for (const e of wrong) expect(tagOf(await world.outcome(pipe(from(numbers), select({ e }))))).toBe('IllFormed')
    expect(world.sent()).toEqual([])
  })

  it('[C66] they stand in where, orderBy and inside one another', async () => {
    const found = pipe(
      from(numbers),
      where(eq(round(numbers.price), '3')),
      orderBy(negate(numbers.id)),
      select({ id: numbers.id, text: pipe(round(numbers.price), cast(text)) }),
    )
    expect(await world.rows(found)).toEqual([{ id: 1, text: '3' }])
    const ordered = pipe(
      from(numbers),
      where(lt(numbers.id, 5)),
      orderBy(abs(numbers.n), negate(numbers.n)),
      select(numbers.id),
    )
    expect(await world.rows(ordered)).toEqual([3, 1, 2, 4])
  })
})

describe.each(engines())('random numbers on $label', (engine) => {
  let world: World
  beforeAll(async () => {
    world = await openWorld(engine)
    await world.create({ numbers })
    await world.rows(insertInto(numbers)(inserted))
  })
  afterAll(() => world.close())

  it('are from 0 to below 1, and another one each time', async () => {
    const drawn = await world.rows(pipe(from(numbers), select(random())))
    expect(drawn.every((n) => n >= 0 && n < 1)).toBe(true)
    expect(new Set(drawn).size).toBeGreaterThan(1)
    const some = await world.rows(pipe(from(numbers), where(gte(random(), 1)), select(numbers.id)))
    expect(some).toEqual([])
  })
})

describe('random numbers in memory', () => {
  it('are none: an evaluation is pure', () => {
    expect(tagOf(interpret(pipe(from(numbers), select(random())))(memoryOf(insertInto(numbers)(inserted))))).toBe(
      'NotEvaluable',
    )
  })
})

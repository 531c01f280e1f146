// Bits of integers and bigints are those of two's complement on every engine, and in memory.
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  bigint,
  bitAnd,
  bitNot,
  bitOr,
  bitXor,
  double,
  eq,
  type Expr,
  from,
  gt,
  insertInto,
  integer,
  literal,
  nullable,
  orderBy,
  primaryKey,
  select,
  shiftLeft,
  shiftRight,
  sub,
  table,
  text,
  where,
} from '../../../src/index.js'
import { type Place, places } from '../../support/places.js'
import { openWorldAt, tagOf, type World } from '../../support/run-load.js'

const digits = table('digits', { a: pipe(integer, primaryKey) })
const numbers = table('numbers', {
  id: pipe(integer, primaryKey),
  n: pipe(integer, nullable),
  big: pipe(bigint, nullable),
  places: pipe(integer, nullable),
  x: pipe(double, nullable),
  name: pipe(text, nullable),
})

const ns = [0, 1, -1, 7, -8, 2147483647, -2147483648, 1431655765]
const bigs = [0n, 1n, -1n, 7n, -8n, 9223372036854775807n, -9223372036854775808n, 6148914691236517205n]
const shifts = [0, 1, 5, 31, 32, 63, 64, 65]

const digitRows = insertInto(digits)(Array.from({ length: 10 }, (_, a) => ({ a })))
const numberRows = insertInto(numbers)([
  ...ns.map((n, i) => ({ id: i + 1, n, big: bigs[i] ?? 0n, places: shifts[i] ?? 0 })),
  { id: 100 },
])

describe.each(places())('bits on $label', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ digits, numbers })
    await world.rows(digitRows)
    await world.rows(numberRows)
  })
  afterAll(() => world.close())

  const positive = (e: Expr<number | null, 'digits', 'digits'>) =>
    world.rows(pipe(from(digits), where(gt(e, 0)), orderBy(digits.a), select(digits.a)))
  const column = <A>(e: Expr<A, 'numbers', 'numbers'>) =>
    world.rows(pipe(from(numbers), orderBy(numbers.id), select(e)))

  it('[NUM32] what is positive of each operator', async () => {
    const all = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    expect(await positive(bitXor(digits.a, 5))).toEqual(all.filter((a) => a !== 5))
    expect(await positive(bitOr(digits.a, 1))).toEqual(all)
    expect(await positive(bitAnd(digits.a, 4))).toEqual([4, 5, 6, 7])
    expect(await positive(bitNot(sub(digits.a, 2)))).toEqual([0])
    expect(await positive(shiftLeft(digits.a, 1))).toEqual(all.slice(1))
    expect(await positive(shiftRight(digits.a, 2))).toEqual([4, 5, 6, 7, 8, 9])
  })

  it('[NUM34] the bits that 7 has not are -8, of an integer and of a bigint', async () => {
    const sevens = pipe(
      from(numbers),
      where(eq(numbers.id, 4)),
      select({ n: bitNot(numbers.n), big: bitNot(numbers.big), bound: bitNot(literal(7, integer)) }),
    )
    expect(await world.rows(sevens)).toEqual([{ n: -8, big: -8n, bound: -8 }])
  })

  it('and, or, xor and not of 32 bits', async () => {
    for (const b of ns) {
      expect(await column(bitAnd(numbers.n, b))).toEqual([...ns.map((a) => a & b), null])
      expect(await column(bitOr(numbers.n, b))).toEqual([...ns.map((a) => a | b), null])
      expect(await column(pipe(numbers.n, bitXor(b)))).toEqual([...ns.map((a) => a ^ b), null])
    }
    expect(await column(bitNot(numbers.n))).toEqual([...ns.map((a) => ~a), null])
  })

  it('and, or, xor and not of 64 bits', async () => {
    for (const b of bigs) {
      expect(await column(bitAnd(numbers.big, b))).toEqual([...bigs.map((a) => a & b), null])
      expect(await column(bitOr(numbers.big, b))).toEqual([...bigs.map((a) => a | b), null])
      expect(await column(bitXor(numbers.big, b))).toEqual([...bigs.map((a) => a ^ b), null])
    }
    expect(await column(bitNot(numbers.big))).toEqual([...bigs.map((a) => ~a), null])
  })

  it('shifts of any number of places stay within the width of the type', async () => {
    const left = (a: bigint, n: number, width: number): bigint => BigInt.asIntN(width, a << BigInt(n))
    for (const n of shifts) {
      expect(await column(shiftLeft(numbers.n, n))).toEqual([...ns.map((a) => Number(left(BigInt(a), n, 32))), null])
      expect(await column(shiftRight(numbers.n, n))).toEqual([...ns.map((a) => Number(BigInt(a) >> BigInt(n))), null])
      expect(await column(shiftLeft(numbers.big, n))).toEqual([...bigs.map((a) => left(a, n, 64)), null])
      expect(await column(pipe(numbers.big, shiftRight(n)))).toEqual([...bigs.map((a) => a >> BigInt(n)), null])
    }
    expect(await column(shiftLeft(numbers.n, numbers.places))).toEqual([
      ...ns.map((a, i) => Number(left(BigInt(a), shifts[i] ?? 0, 32))),
      null,
    ])
    expect(await column(shiftRight(numbers.big, numbers.places))).toEqual([
      ...bigs.map((a, i) => a >> BigInt(shifts[i] ?? 0)),
      null,
    ])
  })

  it('a shift by less than nothing is null', async () => {
    const none = [...ns.map(() => null), null]
    expect(await column(shiftLeft(numbers.n, -1))).toEqual(none)
    expect(await column(shiftRight(numbers.big, sub(numbers.places, 1000)))).toEqual(none)
  })

  it('bits of a number with a fraction, of text, and of both widths together are refused', async () => {
    for (const e of [
      bitAnd(numbers.x, 1),
      bitNot(numbers.name as never),
      shiftLeft(numbers.x, 1),
      bitOr(numbers.n as never, numbers.big as never),
      shiftLeft(numbers.n, numbers.x),
    ])
      expect(tagOf(await world.outcome(pipe(from(numbers), select({ e }))))).toBe('IllFormed')
  })
})

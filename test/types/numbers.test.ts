// Functions of numbers keep the type of their operand, its null and its sources; bits are of whole numbers, casts of a stated type.
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expectTypeOf, test } from 'vitest'

import {
  abs,
  bigint,
  bitAnd,
  bitNot,
  bitXor,
  cast,
  ceil,
  type Decimal,
  double,
  type Expr,
  exp,
  floor,
  from,
  greatest,
  integer,
  isNotTrue,
  isTrue,
  least,
  ln,
  negate,
  nullable,
  nullIf,
  numeric,
  power,
  round,
  roundTo,
  select,
  shiftLeft,
  shiftRight,
  sign,
  sqrt,
  table,
  text,
  truncateDigits,
  where,
} from '../../src/index.js'

const items = table('items', {
  id: integer,
  big: bigint,
  x: double,
  price: numeric(10, 2),
  discount: pipe(numeric(4, 3), nullable),
  age: pipe(integer, nullable),
  name: text,
})
type Of<A> = Expr<A, 'items', 'items'>

describe('functions of numbers', () => {
  test('keep the type of the operand, and its null', () => {
    expectTypeOf(abs(items.id)).toEqualTypeOf<Of<number>>()
    expectTypeOf(negate(items.big)).toEqualTypeOf<Of<bigint>>()
    expectTypeOf(round(items.price)).toEqualTypeOf<Of<Decimal>>()
    expectTypeOf(ceil(items.x)).toEqualTypeOf<Of<number>>()
    expectTypeOf(floor(items.age)).toEqualTypeOf<Of<number | null>>()
    expectTypeOf(pipe(items.discount, roundTo(2))).toEqualTypeOf<Of<Decimal | null>>()
    expectTypeOf(sign(items.discount)).toEqualTypeOf<Of<number | null>>()
    expectTypeOf(exp(items.id)).toEqualTypeOf<Of<number>>()
  })

  test('may be null where there is no such number', () => {
    expectTypeOf(sqrt(items.id)).toEqualTypeOf<Of<number | null>>()
    expectTypeOf(ln(items.x)).toEqualTypeOf<Of<number | null>>()
    expectTypeOf(power(items.x, 2)).toEqualTypeOf<Of<number | null>>()
    expectTypeOf(pipe(items.x, power(items.id))).toEqualTypeOf<Of<number | null>>()
    expectTypeOf(shiftLeft(items.big, 1)).toEqualTypeOf<Of<bigint | null>>()
  })

  test('are of numbers', () => {
    // @ts-expect-error: is not assignable to parameter of type 'Expr<
    round(items.name)
    // @ts-expect-error: is not assignable to parameter of type 'Expr<
    negate(items.name)
    // @ts-expect-error: is not assignable to parameter of type 'Expr<
    sqrt(items.price)
    // @ts-expect-error: Type 'number' is not assignable to type '`${number}`'
    pipe(items.x, truncateDigits(1))
    // @ts-expect-error: Argument of type 'string' is not assignable to parameter of type 'number'
    roundTo('2')
    // @ts-expect-error: 'string'
    power(items.x, '2')
  })
})

describe('bits', () => {
  test('are of whole numbers of one type', () => {
    expectTypeOf(bitAnd(items.id, 4)).toEqualTypeOf<Of<number>>()
    expectTypeOf(pipe(items.big, bitXor(4n))).toEqualTypeOf<Of<bigint>>()
    expectTypeOf(bitNot(items.age)).toEqualTypeOf<Of<number | null>>()
    // @ts-expect-error: Argument of type 'bigint' is not assignable to parameter of type 'number | AnyExpr'
    bitAnd(items.id, 4n)
    // @ts-expect-error: the two sides have different types: number and bigint
    bitAnd(items.id, items.big)
    // @ts-expect-error: the two sides have different types: bigint and number
    pipe(items.big, bitXor(4))
    // @ts-expect-error: is not assignable to parameter of type 'Expr<
    bitNot(items.price)
    // @ts-expect-error: 'bigint'
    shiftRight(items.big, 1n)
  })
})

describe('choices', () => {
  test('are of one type, and null where one of them may be', () => {
    expectTypeOf(greatest(items.id, 0)).toEqualTypeOf<Of<number>>()
    expectTypeOf(least(items.id, items.age, 3)).toEqualTypeOf<Of<number | null>>()
    expectTypeOf(nullIf(items.name, '')).toEqualTypeOf<Of<string | null>>()
    // @ts-expect-error: 'string'
    greatest(items.id, 'a')
    // @ts-expect-error: the two sides have different types: number and string
    least(items.id, items.name)
    // @ts-expect-error: 'number'
    nullIf(items.name, 3)
  })
})

describe('casts and tests of truth', () => {
  test('a cast has the type that was asked for, and the null of what it is of', () => {
    expectTypeOf(cast(items.id, text)).toEqualTypeOf<Of<string>>()
    expectTypeOf(pipe(items.age, cast(bigint))).toEqualTypeOf<Of<bigint | null>>()
    expectTypeOf(cast(items.id, numeric(12, 2))).toEqualTypeOf<Of<Decimal>>()
    // @ts-expect-error: 'string'
    cast(items.id, 'text')
  })

  test('isTrue is never null; a number is no criterion', () => {
    expectTypeOf(isTrue(isNotTrue(nullIf(items.id, 1) as never))).toExtend<Expr<boolean, string>>()
    // @ts-expect-error: is not assignable to parameter of type 'Expr<boolean | null
    isTrue(items.id)
    // @ts-expect-error: 'boolean'
    pipe(from(items), where(items.id === items.age), select(items.id))
  })
})

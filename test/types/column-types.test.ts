// What the columns of each type give, and what does not fit over them.
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { describe, expectTypeOf, test } from 'vitest'

import {
  add,
  array,
  asDate,
  bigint,
  type ColumnValue,
  type Decimal,
  enumeration,
  eq,
  insertCodec,
  insertInto,
  type InsertOf,
  integer,
  nullable,
  numeric,
  refine,
  rowCodec,
  type RowOf,
  serialized,
  sum,
  table,
  text,
  timestamptz,
  unsigned,
} from '../../src/index.js'

interface EmailBrand {
  readonly Email: unique symbol
}
type Email = t.Branded<string, EmailBrand>
const Email = t.brand(t.string, (s): s is Email => s.includes('@'), 'Email')

const orders = table('orders', {
  id: pipe(bigint, unsigned),
  state: enumeration(['open', 'paid']),
  price: numeric(10, 2),
  email: pipe(text, refine(Email), nullable),
  at: pipe(timestamptz, nullable, asDate),
  tags: array(pipe(text, nullable)),
  grid: array(array(integer)),
  draft: serialized(t.type({ title: t.string })),
})

describe('a column of a type', () => {
  test('gives its values', () => {
    expectTypeOf<RowOf<typeof orders>>().toEqualTypeOf<{
      readonly id: bigint
      readonly state: 'open' | 'paid'
      readonly price: Decimal
      readonly email: Email | null
      readonly at: Date | null
      readonly tags: ReadonlyArray<string | null>
      readonly grid: ReadonlyArray<ReadonlyArray<number>>
      readonly draft: { title: string }
    }>()
    const counted = pipe(integer, unsigned)
    expectTypeOf<ColumnValue<typeof counted>>().toEqualTypeOf<number>()
  })

  test('has codecs of its rows', () => {
    expectTypeOf(rowCodec(orders)).toEqualTypeOf<t.Type<RowOf<typeof orders>, unknown, unknown>>()
    expectTypeOf(insertCodec(orders)).toEqualTypeOf<t.Type<InsertOf<typeof orders>, unknown, unknown>>()
  })

  test('calculates with decimals, and with no other text', () => {
    expectTypeOf(add(orders.price, '1.50')).toEqualTypeOf(add(orders.price, orders.price))
    // @ts-expect-error: '"a dozen"' is not assignable to parameter of type 'AnyExpr | `${number}`'
    add(orders.price, 'a dozen')
    // @ts-expect-error: '1' is not assignable to parameter of type 'AnyExpr | `${number}`'
    add(orders.price, 1)
    // @ts-expect-error: Type '"open"' is not assignable to type 'number | bigint | `${number}` | null'
    sum(orders.state)
  })
})

describe('does not compile', () => {
  test('a value that is no member', () => {
    // @ts-expect-error: '"sent"' is not assignable to parameter of type 'AnyExpr | NonNullable<"open" | "paid">'
    eq(orders.state, 'sent')
    // @ts-expect-error: Type '"sent"' is not assignable to type '"open" | "paid"
    insertInto(orders)({ id: 1n, state: 'sent', price: '1', tags: [], grid: [], draft: { title: '' } })
  })

  test('a codec that encodes to something else than the column takes', () => {
    const Flag = new t.Type<string, boolean, unknown>('Flag', t.string.is, t.string.validate, (s) => s === 'on')
    // @ts-expect-error: the codec encodes to boolean, and the column takes string
    pipe(text, refine(Flag))
    // @ts-expect-error: the codec encodes to string, and the column takes number
    pipe(integer, refine(Email))
  })

  test('a sign that no text goes without', () => {
    // @ts-expect-error: 'ColumnSpec<string, false, false, never>' is not assignable to type 'ColumnSpec<number | bigint | null
    pipe(text, unsigned)
    // @ts-expect-error: 'ColumnSpec<number, false, false, never>' is not assignable to type 'ColumnSpec<string | null
    pipe(integer, asDate)
  })
})

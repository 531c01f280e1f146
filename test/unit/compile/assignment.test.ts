// What a column does not take of an expression is refused with both types in words, and with what would make it fit.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, test } from 'vitest'

import {
  cast,
  compile,
  type Dialect,
  double,
  enumeration,
  everyRow,
  integer,
  mariadbDialect,
  mul,
  mysqlDialect,
  numeric,
  postgresDialect,
  roundTo,
  set,
  sqliteDialect,
  table,
  update,
} from '../../../src/index.js'

const goods = table('goods', {
  price: numeric(10, 2),
  share: numeric(5, 4),
  weight: double,
  count: integer,
  state: enumeration(['new', 'sold']),
  past: enumeration(['new', 'sold', 'lost']),
})
const all = everyRow(update(goods))
const rounded = pipe(all, set({ price: pipe(mul(goods.price, '1.10'), roundTo(2)) }))

const said = (compiled: E.Either<{ readonly message: string }, unknown>): string | null =>
  pipe(
    compiled,
    E.match(
      (error) => error.message,
      () => null,
    ),
  )
const dialects: ReadonlyArray<Dialect> = [postgresDialect(), mysqlDialect(), mariadbDialect(), sqliteDialect()]

describe.each(dialects)('on $name', (dialect) => {
  const of = compile(dialect)

  test('a numeric of more digits is to be rounded', () => {
    expect(said(of(pipe(all, set({ price: mul(goods.price, '1.10') }))))).toBe(
      'goods.price is numeric(10, 2): it takes no expression of type numeric with 4 digits after its point: round it, with roundTo(2)',
    )
    expect(said(of(pipe(all, set({ price: goods.share }))))).toBe(
      'goods.price is numeric(10, 2): it takes no expression of type numeric(5, 4): round it, with roundTo(2)',
    )
    expect(said(of(rounded))).toBeNull()
  })

  test('an enumeration of more members', () => {
    // @ts-expect-error: the types refuse it first
    const narrowed = of(pipe(all, set({ state: goods.past })))
    expect(said(narrowed)).toBe(
      'goods.state is enumeration: it takes no expression of type enumeration, whose "lost" it does not have',
    )
    expect(said(of(pipe(all, set({ past: goods.state }))))).toBeNull()
  })

  test('a double in a whole column', () => {
    expect(said(of(pipe(all, set({ count: mul(goods.weight, 2) }))))).toBe(
      'goods.count is integer: it takes no expression of type double',
    )
    expect(said(of(pipe(all, set({ weight: cast(goods.count, double) }))))).toBeNull()
  })
})

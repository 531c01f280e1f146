// Decimals in memory: each way of rounding, on whole numbers, halves and all between, on both sides of zero; and windows that reach
// as far as a decimal says.
import { pipe } from 'fp-ts/lib/function.js'
import {
  asc,
  cast,
  ceil,
  currentRow,
  floor,
  following,
  from,
  integer,
  numeric,
  nullable,
  orderBy,
  over,
  preceding,
  primaryKey,
  rangeBetween,
  round,
  select,
  sign,
  sum,
  table,
  text,
  truncate,
} from 'relvar'
import { emptyTables, interpret } from 'relvar/memory'
import { describe, expect, it } from 'vitest'

import { done, filled } from './applied.js'

const bills = table('bills', { id: pipe(integer, primaryKey), price: pipe(numeric(8, 2), nullable), n: integer })

describe('a decimal', () => {
  const whole = {
    rounded: cast(text)(round(bills.price)),
    cut: cast(text)(truncate(bills.price)),
    above: cast(text)(ceil(bills.price)),
    below: cast(text)(floor(bills.price)),
    sign: sign(bills.price),
  }

  it.each([
    ['2.00', '2', '2', '2', '2', 1],
    ['2.01', '2', '2', '3', '2', 1],
    ['2.49', '2', '2', '3', '2', 1],
    ['2.50', '3', '2', '3', '2', 1],
    ['2.99', '3', '2', '3', '2', 1],
    ['0.00', '0', '0', '0', '0', 0],
    ['0.01', '0', '0', '1', '0', 1],
    ['0.50', '1', '0', '1', '0', 1],
    ['-0.01', '0', '0', '0', '-1', -1],
    ['-0.50', '-1', '0', '0', '-1', -1],
    ['-2.00', '-2', '-2', '-2', '-2', -1],
    ['-2.49', '-2', '-2', '-2', '-3', -1],
    ['-2.50', '-3', '-2', '-2', '-3', -1],
    ['-2.99', '-3', '-2', '-2', '-3', -1],
  ])('%s', (price, rounded, cut, above, below, signed) => {
    const tables = filled(bills, [{ id: 1, price, n: 0 }])(emptyTables)
    expect(done(interpret(pipe(from(bills), select(whole)))(tables))).toEqual([
      { rounded, cut, above, below, sign: signed },
    ])
  })
})

describe('a window that reaches as far as a decimal', () => {
  const tables = filled(bills, [
    { id: 1, price: '1.00', n: 1 },
    { id: 2, price: '1.50', n: 10 },
    { id: 3, price: '1.51', n: 100 },
    { id: 4, price: '10.00', n: 1000 },
    { id: 5, price: null, n: 10000 },
    { id: 6, price: null, n: 100000 },
  ])(emptyTables)
  const around = (frame: ReturnType<typeof rangeBetween>): unknown =>
    done(
      interpret(
        pipe(from(bills), select(pipe(sum(bills.n), over({ orderBy: [asc(bills.price)], frame }))), orderBy(bills.id)),
      )(tables),
    )

  it('has the rows within it, and to a null the other nulls', () => {
    const nulls = 110000
    expect(around(rangeBetween(preceding('0.50'), currentRow))).toEqual([1, 11, 110, 1000, nulls, nulls])
    expect(around(rangeBetween(currentRow, following('0.50')))).toEqual([11, 110, 100, 1000, nulls, nulls])
    expect(around(rangeBetween(preceding('0.50'), following('0.50')))).toEqual([11, 111, 110, 1000, nulls, nulls])
  })
})

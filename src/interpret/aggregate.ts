/**
 * Aggregates of the values of a group; nulls are left out before.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { AggregateNode } from '../expr/node.js'
import type { SqlType } from '../expr/sql-type.js'
import { checked } from './arithmetic.js'
import { notEvaluable, overflow, type Result } from './eval-error.js'
import { comparatorOf, distinctBy, keyOf } from './value.js'

const isNumber = (u: unknown): u is number => typeof u === 'number'
const isBig = (u: unknown): u is bigint => typeof u === 'bigint'

/** Sums of bigints are decimal numbers as text, and so are the sums of those. */
const wholeNumber = (u: unknown): bigint | null =>
  isBig(u) ? u : typeof u === 'string' && /^-?\d+$/.test(u) ? BigInt(u) : null

const total = (values: ReadonlyArray<unknown>): number | bigint | null => {
  if (values.every(isNumber)) return values.reduce((a, b) => a + b, 0)
  const whole = values.map(wholeNumber).filter((n) => n !== null)
  return whole.length === values.length ? whole.reduce((a, b) => a + b, 0n) : null
}

const sum = (type: SqlType<unknown>, values: ReadonlyArray<unknown>): Result<unknown> => {
  const n = total(values)
  if (n === null) return E.left(notEvaluable('sum: the operands are numbers, or bigints'))
  if (typeof n === 'bigint') return E.right(type._tag === 'Numeric' ? String(n) : Number(n))
  return checked(type, n, 'a sum')
}

const average = (values: ReadonlyArray<unknown>): Result<unknown> => {
  const n = total(values)
  if (n === null) return E.left(notEvaluable('avg: the operands are numbers, or bigints'))
  const mean = Number(n) / values.length
  return Number.isFinite(mean) ? E.right(mean + 0) : E.left(overflow('a mean', 'Double'))
}

const extreme = (type: SqlType<unknown>, values: ReadonlyArray<unknown>, sign: 1 | -1): unknown => {
  const compare = comparatorOf(type)
  return values.reduce((best, value) => (compare(value, best) * sign > 0 ? value : best))
}

/** An aggregate of the values that its operand has in a group's rows; of none all but counts are null. */
export const aggregated = (node: AggregateNode, all: ReadonlyArray<unknown>): Result<unknown> => {
  const there = all.filter((value) => value !== null)
  const values = node.distinct ? distinctBy(keyOf)(there) : there
  if (node.name === 'count') return E.right(values.length)
  if (values.length === 0) return E.right(null)
  switch (node.name) {
    case 'sum':
      return sum(node.type, values)
    case 'avg':
      return average(values)
    case 'min':
      return E.right(extreme(node.type, values, -1))
    case 'max':
      return E.right(extreme(node.type, values, 1))
  }
}

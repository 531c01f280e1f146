/**
 * Arithmetic of numbers and of bigints, as engines do it with their types: whole division goes towards zero, by zero it is
 * null, and what a type cannot hold is an error.
 */
import * as E from 'fp-ts/lib/Either.js'

import { atScale, decimalText, parseDecimal } from '../expr/decimal.js'
import type { ArithmeticOp } from '../expr/node.js'
import { isBigInt, isDouble, isInteger, isSmallInt } from '../expr/number-value.js'
import type { SqlType } from '../expr/sql-type.js'
import { notEvaluable, beyondType, type Result } from './eval-error.js'
import { settled } from './value.js'

const holds = (type: SqlType<unknown>, n: number): boolean =>
  type._tag === 'Integer'
    ? isInteger(n)
    : type._tag === 'SmallInt'
      ? isSmallInt(n)
      : type._tag === 'Count'
        ? Number.isSafeInteger(n)
        : isDouble(n)

/** The number where its type holds it; zero has no sign. */
export const checked = (type: SqlType<unknown>, n: number, what: string): Result<number> =>
  holds(type, n) ? E.right(n + 0) : E.left(beyondType(what, type))

const ofNumbers = (op: ArithmeticOp, a: number, b: number): number | null => {
  switch (op) {
    case 'add':
      return a + b
    case 'sub':
      return a - b
    case 'mul':
      return a * b
    case 'div':
      return b === 0 ? null : a / b
    case 'intDiv':
      return b === 0 ? null : Math.trunc(a / b)
    case 'mod':
      return b === 0 ? null : a % b
  }
}

const ofBigInts = (op: ArithmeticOp, a: bigint, b: bigint): bigint | number | null => {
  switch (op) {
    case 'add':
      return a + b
    case 'sub':
      return a - b
    case 'mul':
      return a * b
    case 'div':
      return b === 0n ? null : Number(a) / Number(b)
    case 'intDiv':
      return b === 0n ? null : a / b
    case 'mod':
      return b === 0n ? null : a % b
  }
}

const words: Readonly<Record<ArithmeticOp, string>> = {
  add: '+',
  sub: '-',
  mul: '*',
  div: '/',
  intDiv: 'intDiv',
  mod: 'mod',
}

/** Decimals as their units at one scale; a product has the scales of both. */
const ofDecimals = (op: ArithmeticOp, type: SqlType<unknown>, a: string, b: string): Result<unknown> => {
  const [x, y] = [parseDecimal(a), parseDecimal(b)]
  if (x === null || y === null) return E.left(notEvaluable(`${op}: the operands are decimals`))
  const scale = Math.max(x.scale, y.scale)
  const [m, n] = [atScale(x, scale) ?? 0n, atScale(y, scale) ?? 0n]
  const spelled = (units: bigint, at: number): Result<unknown> => E.right(settled(type, decimalText(units, at)))
  switch (op) {
    case 'add':
      return spelled(m + n, scale)
    case 'sub':
      return spelled(m - n, scale)
    case 'mul':
      return spelled(x.units * y.units, x.scale + y.scale)
    case 'div':
      return n === 0n ? E.right(null) : checked(type, Number(a) / Number(b), `${a} / ${b}`)
    case 'intDiv':
      return n === 0n ? E.right(null) : spelled(m / n, 0)
    case 'mod':
      return n === 0n ? E.right(null) : spelled(m % n, scale)
  }
}

/** The operator applied to two values of which none is null. */
export const calculated = (op: ArithmeticOp, type: SqlType<unknown>, a: unknown, b: unknown): Result<unknown> => {
  const what = `${String(a)} ${words[op]} ${String(b)}`
  if (typeof a === 'number' && typeof b === 'number') {
    const n = ofNumbers(op, a, b)
    return n === null ? E.right(null) : checked(type, n, what)
  }
  if (typeof a === 'bigint' && typeof b === 'bigint') {
    const n = ofBigInts(op, a, b)
    return typeof n !== 'bigint' || isBigInt(n) ? E.right(n) : E.left(beyondType(what, type))
  }
  if (typeof a === 'string' && typeof b === 'string') return ofDecimals(op, type, a, b)
  return E.left(notEvaluable(`${op}: both sides are numbers, or both bigints, or both decimals`))
}

/** The value without its sign. */
export const absolute = (type: SqlType<unknown>, a: unknown): Result<unknown> => {
  if (typeof a === 'number') return checked(type, Math.abs(a), `abs(${a})`)
  if (typeof a === 'string') return E.right(a.replace('-', ''))
  if (typeof a !== 'bigint') return E.left(notEvaluable('abs: the operand is a number or a bigint'))
  const n = a < 0n ? -a : a
  return isBigInt(n) ? E.right(n) : E.left(beyondType(`abs(${a})`, type))
}

/**
 * The meaning of functions of numbers.
 */
import * as E from 'fp-ts/lib/Either.js'

import { atScale, decimalText, parseDecimal } from '../expr/decimal.js'
import type { MathFunction, NumberFunction } from '../expr/number-functions.js'
import type { SqlType } from '../expr/sql-type.js'
import { absolute, checked } from './arithmetic.js'
import { bitFunctions } from './bit-functions.js'
import { castMeaning } from './cast.js'
import { choiceFunctions } from './choice-functions.js'
import { notEvaluable, type Result } from './eval-error.js'
import type { Meaning } from './function-meaning.js'
import { truthFunctions } from './truth-functions.js'

/** A number as a double; null where it is none. */
const asDouble = (value: unknown): number | null =>
  typeof value === 'number' ? value : typeof value === 'bigint' ? Number(value) : null

/** A function of doubles, null where `there` says that there is no result. */
const ofDoubles =
  (f: (...numbers: ReadonlyArray<number>) => number, there: (...numbers: ReadonlyArray<number>) => boolean): Meaning =>
  (values, node) => {
    if (values.includes(null)) return E.right(null)
    const numbers = values.map(asDouble).filter((n) => n !== null)
    if (numbers.length < values.length) return E.left(notEvaluable(`${node.name}: the operands are numbers`))
    return there(...numbers) ? checked(node.type, f(...numbers), `${node.name}(${numbers.join(', ')})`) : E.right(null)
  }

const negated: Meaning = ([value], { type }) => {
  if (typeof value === 'string') {
    const units = unitsOf(value, type.scale)
    return units === null ? E.left(notEvaluable('negate: the operand is a decimal')) : decimal(-units, type)
  }
  return typeof value === 'bigint'
    ? absoluteOrNegative(type, value)
    : typeof value === 'number'
      ? checked(type, -value, `-${value}`)
      : E.left(notEvaluable('negate: the operand is a number'))
}

/** The least bigint has no opposite. */
const absoluteOrNegative = (type: SqlType<unknown>, value: bigint): Result<unknown> =>
  value > 0n ? E.right(-value) : absolute(type, value)

const signed: Meaning = ([value]) => {
  if (typeof value === 'string') {
    const parsed = parseDecimal(value)
    return parsed === null
      ? E.left(notEvaluable('sign: the operand is a number'))
      : E.right(parsed.units > 0n ? 1 : parsed.units < 0n ? -1 : 0)
  }
  if (typeof value === 'bigint') return E.right(value > 0n ? 1 : value < 0n ? -1 : 0)
  return typeof value === 'number'
    ? E.right(Math.sign(value) + 0)
    : E.left(notEvaluable('sign: the operand is a number'))
}

const unitsOf = (text: string, scale: number): bigint | null => {
  const parsed = parseDecimal(text)
  return parsed === null ? null : atScale(parsed, scale)
}

const decimal = (units: bigint, type: SqlType<unknown>): Result<unknown> => E.right(decimalText(units, type.scale))

type Step = (whole: bigint, rest: bigint, unit: bigint) => bigint

/** Decimals by their units: `step` is what the rest adds to the quotient, which goes towards zero. Doubles by `f`. */
const rounding =
  (step: Step, f: ((n: number) => number) | null): Meaning =>
  ([value], node) => {
    if (typeof value === 'number' && f !== null) return checked(node.type, f(value), `${node.name}(${value})`)
    const parsed = typeof value === 'string' ? parseDecimal(value) : null
    if (parsed === null) return E.left(notEvaluable(`${node.name}: the operand is a decimal`))
    const { scale } = node.type
    const exact = atScale(parsed, scale)
    if (exact !== null) return decimal(exact, node.type)
    const unit = 10n ** BigInt(parsed.scale - scale)
    return decimal(parsed.units / unit + step(parsed.units, parsed.units % unit, unit), node.type)
  }

const mathFunctions: { readonly [N in MathFunction]: Meaning } = {
  abs: ([value], node) => {
    if (typeof value !== 'string') return absolute(node.type, value)
    const units = unitsOf(value, node.type.scale)
    return units === null
      ? E.left(notEvaluable('abs: the operand is a number'))
      : decimal(units < 0n ? -units : units, node.type)
  },
  negate: negated,
  sign: signed,
  // Halves go away from zero: twice the rest is then a unit at least.
  round: rounding((_, rest, unit) => (rest * 2n) / unit, null),
  truncate: rounding(() => 0n, Math.trunc),
  ceil: rounding((_, rest) => (rest > 0n ? 1n : 0n), Math.ceil),
  floor: rounding((_, rest) => (rest < 0n ? -1n : 0n), Math.floor),
  sqrt: ofDoubles(
    (n = 0) => Math.sqrt(n),
    (n = 0) => n >= 0,
  ),
  power: ofDoubles(
    (a = 0, b = 0) => a ** b,
    (a = 0, b = 0) => (a < 0 ? Number.isInteger(b) : a > 0 || b >= 0),
  ),
  exp: ofDoubles(
    (n = 0) => Math.exp(n),
    () => true,
  ),
  ln: ofDoubles(
    (n = 0) => Math.log(n),
    (n = 0) => n > 0,
  ),
  random: () => E.left(notEvaluable('random has no meaning in memory')),
}

export const numberFunctions: { readonly [N in NumberFunction]: Meaning } = {
  ...mathFunctions,
  ...bitFunctions,
  ...choiceFunctions,
  ...truthFunctions,
  cast: castMeaning,
}

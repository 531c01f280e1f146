/**
 * The meaning of CAST: the conversions that the compiler takes, and no others.
 */
import * as E from 'fp-ts/lib/Either.js'

import { atScale, decimalText, parseDecimal } from '../expr/decimal.js'
import { isBigInt, isInteger, isSmallInt } from '../expr/number-value.js'
import { plainOf, type SqlType } from '../expr/sql-type.js'
import { notEvaluable, beyondType, type Result } from './eval-error.js'
import type { Meaning } from './function-meaning.js'

/** A decimal in the scale of a type, halves away from zero. */
const atScaleOf = (text: string, scale: number): string | null => {
  const parsed = parseDecimal(text)
  if (parsed === null) return null
  const exact = atScale(parsed, scale)
  if (exact !== null) return decimalText(exact, scale)
  const unit = 10n ** BigInt(parsed.scale - scale)
  return decimalText(parsed.units / unit + ((parsed.units % unit) * 2n) / unit, scale)
}

const wholeOf = (value: unknown): bigint | null => {
  if (typeof value === 'bigint') return value
  if (typeof value === 'boolean') return value ? 1n : 0n
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : null
  const parsed = typeof value === 'string' ? parseDecimal(value) : null
  return parsed === null ? null : atScale(parsed, 0)
}

const dayStart: Readonly<Partial<Record<string, string>>> = {
  Timestamp: 'T00:00:00.000000',
  TimestampTz: 'T00:00:00.000000Z',
}

const asText = (value: unknown): string | null =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean'
      ? String(value)
      : null

const isText = ({ _tag }: SqlType<unknown>): boolean => ['Char', 'Varchar', 'Text', 'Enumeration'].includes(_tag)

/** The value as one of the type, or null where it is none. */
const converted = (value: unknown, from: SqlType<unknown>, to: SqlType<unknown>): unknown => {
  switch (to._tag) {
    case 'SmallInt':
    case 'Integer':
    case 'Count': {
      const whole = wholeOf(value)
      return whole === null ? null : Number(whole)
    }
    case 'BigInt':
      return wholeOf(value)
    case 'Double':
      return value === '' || value === null ? null : Number(value)
    case 'Numeric':
      return atScaleOf(String(value), to.scale)
    case 'Date':
      return typeof value === 'string' ? value.slice(0, 10) : null
    case 'Timestamp':
    case 'TimestampTz':
      return from._tag === 'Date' && typeof value === 'string' ? value + (dayStart[to._tag] ?? '') : value
    case 'Varchar':
    case 'Text':
      return asText(value)
    default:
      return value
  }
}

const holds = (value: unknown, { _tag }: SqlType<unknown>): boolean =>
  _tag === 'SmallInt' ? isSmallInt(value) : _tag === 'Integer' ? isInteger(value) : _tag !== 'BigInt' || isBigInt(value)

/** The value as one of another type that columns are altered to; null where it is none. */
export const altered = (value: unknown, from: SqlType<unknown>, to: SqlType<unknown>): unknown =>
  value !== null && isText(to) && !isText(from) ? asText(value) : converted(value, plainOf(from), plainOf(to))

export const castMeaning: Meaning = ([value], node): Result<unknown> => {
  const [from, to] = [plainOf(node.operands[0]?.type ?? node.type), plainOf(node.type)]
  const made = converted(value, from, to)
  if (made === null) return E.left(notEvaluable(`cast: the value is none of ${to.id}`))
  return holds(made, to) ? E.right(made) : E.left(beyondType(`cast(${String(value)})`, node.type))
}

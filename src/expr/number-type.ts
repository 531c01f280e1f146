/**
 * The types of what is calculated: one rule for all engines, so that each is made to meet it.
 */
import type { ArithmeticOp } from './node.js'
import {
  bigintType,
  countType,
  decimalType,
  doubleType,
  integerType,
  numericType,
  plainOf,
  type SqlType,
} from './sql-type.js'

const isFloat = ({ _tag }: SqlType<unknown>): boolean => _tag === 'Double' || _tag === 'Real'

const digits = ({ precision, scale }: SqlType<unknown>): number | null =>
  precision === null ? null : precision - scale

const plus = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a + b)
const most = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : Math.max(a, b))

/** Digits that no operation loses: one more for a sum, those of both for a product. */
const decimalResult = (op: ArithmeticOp, a: SqlType<unknown>, b: SqlType<unknown>): SqlType<unknown> => {
  const storedAs = a.storedAs === 'text' || b.storedAs === 'text' ? 'text' : 'number'
  const scale = Math.max(a.scale, b.scale)
  switch (op) {
    case 'mul':
      return decimalType(plus(a.precision, b.precision), a.scale + b.scale, storedAs)
    case 'intDiv':
      return decimalType(plus(digits(a), b.scale), 0, storedAs)
    case 'mod':
      return decimalType(plus(most(digits(a), digits(b)), scale), scale, storedAs)
    default:
      return decimalType(plus(most(digits(a), digits(b)), scale + 1), scale, storedAs)
  }
}

/**
 * The type of `left op right`. A double makes the whole a double; numerics keep every digit; small integers calculate as integers,
 * and beside a count or an unsigned integer they count.
 */
export const arithmeticType = (op: ArithmeticOp, left: SqlType<unknown>, right: SqlType<unknown>): SqlType<unknown> => {
  const [a, b] = [plainOf(left), plainOf(right)]
  if (op === 'div' || isFloat(a) || isFloat(b)) return doubleType
  if (a._tag === 'Numeric' && b._tag === 'Numeric') return decimalResult(op, a, b)
  if (a._tag === 'Numeric' || a._tag === 'BigInt' || a._tag === 'UnsignedBigInt')
    return a._tag === 'Numeric' ? a : bigintType
  const small = (type: SqlType<unknown>): boolean => type._tag === 'SmallInt' || type._tag === 'Integer'
  if (small(a) && small(b)) return integerType
  // Anything else is no number, and refused where it is compiled.
  return a._tag === 'Count' || a._tag === 'Unsigned' || b._tag === 'Count' || b._tag === 'Unsigned' ? countType : a
}

/** The type of a sum: no row can make it too small. */
export const sumType = (type: SqlType<unknown>): SqlType<unknown> => {
  const of = plainOf(type)
  switch (of._tag) {
    case 'SmallInt':
    case 'Integer':
    case 'Unsigned':
    case 'Count':
      return countType
    case 'Real':
    case 'Double':
      return doubleType
    case 'Numeric':
      return decimalType(null, of.scale, of.storedAs)
    default:
      return numericType
  }
}

/**
 * What an operand needs so that an operation means on one engine what it means on all: another scale, a wider type, a double.
 */
import type { ArithmeticOp } from '../expr/node.js'
import { decimalType, doubleType, type SqlType, unified } from '../expr/sql-type.js'
import type { Dialect } from './dialect.js'
import { type Encode, nothing, refused, type Sql, sql } from './sql.js'

/** One and so many zeros. */
export const power = (zeros: number): string => `1${'0'.repeat(zeros)}`

/** A value of one type among values of another. SQLite's numerics are units of their last digit. */
export const converted = (dialect: Dialect, value: Sql, from: SqlType<unknown>, to: SqlType<unknown> | null): Sql => {
  if (to === null || dialect.name !== 'sqlite' || from._tag !== 'Numeric') return value
  if (to._tag === 'Double')
    return from.scale === 0 ? sql`CAST(${value} AS REAL)` : sql`(CAST(${value} AS REAL) / ${power(from.scale)}.0)`
  return to._tag === 'Numeric' && to.scale > from.scale ? sql`(${value} * ${power(to.scale - from.scale)})` : value
}

/** Whether a value of one type needs other words among values of another. */
export const isConverted = (dialect: Dialect, from: SqlType<unknown>, to: SqlType<unknown> | null): boolean =>
  converted(dialect, nothing, from, to) !== nothing

/** Both sides of a comparison in one type. */
export const compared = (
  dialect: Dialect,
  left: Sql,
  right: Sql,
  types: readonly [SqlType<unknown>, SqlType<unknown>],
): readonly [Sql, Sql] => {
  const both = unified(types[0], types[1])
  return [converted(dialect, left, types[0], both), converted(dialect, right, types[1], both)]
}

/** An operand of arithmetic in the width of the result: small types would overflow, and MySQL's unsigned ones below zero. */
const widened = (dialect: Dialect, value: Sql, from: SqlType<unknown>, result: SqlType<unknown>): Sql => {
  if (dialect.name === 'postgres') {
    if (from._tag === 'Real') return sql`CAST(${value} AS double precision)`
    if (result._tag === 'Integer' && from._tag === 'SmallInt') return sql`CAST(${value} AS integer)`
    return result._tag === 'Count' && from._tag !== 'Count' && from._tag !== 'Double'
      ? sql`CAST(${value} AS bigint)`
      : value
  }
  return dialect.name !== 'sqlite' && from._tag === 'Unsigned' ? sql`CAST(${value} AS SIGNED)` : value
}

/**
 * A factor of a product of numerics in SQLite, which goes on with doubles beyond 64 bits, and in WHERE without a word: a bound one
 * of no stated precision has at most the digits that the other leaves of eighteen.
 */
const bounded = (dialect: Dialect, value: Sql, own: SqlType<unknown>, other: SqlType<unknown>): Sql => {
  const [one] = value
  if (dialect.name !== 'sqlite' || own._tag !== 'Numeric' || own.precision !== null) return value
  if (value.length > 1 || one === undefined || typeof one === 'string' || other.precision === null) return value
  const digits = Math.max(18 - other.precision, 0)
  const encode: Encode = (of) => {
    const wire = one.encode(of)
    return typeof wire === 'bigint' && String(wire).replace('-', '').length > digits
      ? refused(`a product of numerics has at most 18 digits in SQLite, and here is place for ${digits} of them`)
      : wire
  }
  return [{ ...one, encode }]
}

/** Both operands of an arithmetic operator. */
export const calculated = (
  dialect: Dialect,
  op: ArithmeticOp,
  left: Sql,
  right: Sql,
  types: readonly [SqlType<unknown>, SqlType<unknown>],
  result: SqlType<unknown>,
): readonly [Sql, Sql] => {
  const both = op === 'div' ? doubleType : op === 'mul' ? null : unified(types[0], types[1])
  const one = (value: Sql, from: SqlType<unknown>): Sql =>
    widened(dialect, converted(dialect, value, from, both), from, result)
  if (op === 'mul' && types[0]._tag === 'Numeric' && types[1]._tag === 'Numeric')
    return [bounded(dialect, left, types[0], types[1]), bounded(dialect, right, types[1], types[0])]
  return [one(left, types[0]), one(right, types[1])]
}

/** What `sum` and `avg` look at. */
export const summed = (dialect: Dialect, name: string, value: Sql, type: SqlType<unknown>): Sql => {
  if (name !== 'sum') return converted(dialect, value, type, name === 'avg' ? doubleType : null)
  return dialect.name === 'postgres' && type._tag === 'Real' ? sql`CAST(${value} AS double precision)` : value
}

/**
 * The least and the greatest, also of a type that the engine has no aggregate for.
 *
 * @param strict - whether MySQL makes errors of warnings: it begins a group's least date with one that is none (0000-00-00)
 */
export const extreme = (
  dialect: Dialect,
  name: 'min' | 'max',
  value: Sql,
  type: SqlType<unknown>,
  over: Sql,
  strict: boolean,
): Sql => {
  // PostgreSQL before 18 has none of UUIDs, whose text has their order.
  if (dialect.name === 'postgres' && type._tag === 'Uuid')
    return sql`CAST(${name}(CAST(${value} AS text))${over} AS uuid)`
  if (dialect.name === 'mysql' && type._tag === 'Date' && strict)
    return sql`CAST(${name}(CAST(${value} AS DATETIME))${over} AS DATE)`
  return sql`${name}(${value})${over}`
}

/** The type of a list's elements, so that each is bound in the scale of the operand. */
export const elementType = (list: SqlType<unknown>, operand: SqlType<unknown>): SqlType<unknown> =>
  list._tag === 'Numeric' && list.refinement === null && operand._tag === 'Numeric' && operand.scale > list.scale
    ? decimalType(null, operand.scale, list.storedAs)
    : list

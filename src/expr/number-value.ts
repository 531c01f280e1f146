/**
 * The numbers that every engine keeps as they are, by width.
 */

const whole =
  (least: number, most: number) =>
  (u: unknown): u is number =>
    typeof u === 'number' && Number.isInteger(u) && u >= least && u <= most

/** 16 bits, as every engine's SMALLINT. */
export const isSmallInt = whole(-32768, 32767)

/** 32 bits, as every engine's INTEGER. */
export const isInteger = whole(-2147483648, 2147483647)

/** Whole numbers from 0 that `bits` hold. */
export const isUnsigned = (bits: number): ((u: unknown) => u is number) => whole(0, 2 ** bits - 1)

/** 64 bits, as every engine's BIGINT. */
export const isBigInt = (u: unknown): u is bigint =>
  typeof u === 'bigint' && u >= -9223372036854775808n && u <= 9223372036854775807n

/** 64 bits without a sign, as MySQL and MariaDB have them. */
export const isUnsignedBigInt = (u: unknown): u is bigint =>
  typeof u === 'bigint' && u >= 0n && u <= 18446744073709551615n

/** NaN and the infinities are no values of relvar: three of the four engines cannot store them. */
export const isDouble = (u: unknown): u is number => typeof u === 'number' && Number.isFinite(u)

/** What 32 bits hold, after rounding. */
export const isReal = (u: unknown): u is number => typeof u === 'number' && Number.isFinite(Math.fround(u))

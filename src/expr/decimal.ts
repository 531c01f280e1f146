/**
 * Decimal numbers as text, exact: how they are read, spelled and calculated with. No JS number takes part.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as O from 'fp-ts/lib/Option.js'

/** A decimal number as text: what a numeric column gives and takes. */
export type Decimal = `${number}`

/** A decimal as a whole number of units of its last digit: 1.50 is 150 at scale 2. */
export interface Units {
  readonly units: bigint
  readonly scale: number
}

const pattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/

/** The most digits that any engine keeps; longer text is no number of theirs. */
const longest = 2000

/** What a text says, without the zeros that mean nothing: `4E+8`, `-0.50`, `007`. Null where it is no decimal number. */
export const parseDecimal = (text: string): Units | null => {
  // An untyped caller may have something else.
  const m = typeof text !== 'string' || text.length > longest ? null : pattern.exec(text)
  if (m === null) return null
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = m
  if (whole === '' && fraction === '') return null
  const kept = fraction.replace(/0+$/, '')
  const digits = BigInt(`${whole}${kept}`)
  const units = sign === '-' ? -digits : digits
  const shift = Number(exponent) - kept.length
  return shift >= 0 ? { units: units * 10n ** BigInt(shift), scale: 0 } : reduced({ units, scale: -shift })
}

/** The same number with the least scale. */
const reduced = ({ units, scale }: Units): Units => {
  let [u, s] = [units, scale]
  while (s > 0 && u % 10n === 0n) [u, s] = [u / 10n, s - 1]
  return { units: u, scale: s }
}

/** The number at another scale; null where digits would be lost. */
export const atScale = ({ units, scale }: Units, wanted: number): bigint | null => {
  if (wanted >= scale) return units * 10n ** BigInt(wanted - scale)
  const unit = 10n ** BigInt(scale - wanted)
  return units % unit === 0n ? units / unit : null
}

/** The one spelling of a number of units at a scale: `1.000`, `-0.05`; zero has no sign. */
export const decimalText = (units: bigint, scale: number): string => {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0')
  const point = digits.length - scale
  const text = scale === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`
  return units < 0n ? `-${text}` : text
}

/** How many digits a number of units has. */
const digitsOf = (units: bigint): number => (units < 0n ? -units : units).toString().length

/**
 * The units of a text at a scale, or why it is none: digits behind the scale are refused, unless they are zeros. `precision` null
 * takes any number of digits.
 */
export const decimalUnits = (text: string, precision: number | null, scale: number): E.Either<string, bigint> => {
  const parsed = parseDecimal(text)
  if (parsed === null) return E.left('is no decimal number such as "12.50"')
  const units = atScale(parsed, scale)
  if (units === null) return E.left(`has more than ${scale} digits after the point`)
  return precision !== null && digitsOf(units) > precision && units !== 0n
    ? E.left(`has more than ${precision - scale} digits before the point`)
    : E.right(units)
}

/** How many digits after the point a decimal text needs; 0 where it is none. */
export const scaleOfText = (text: string): number => parseDecimal(text)?.scale ?? 0

/**
 * A text from elsewhere as a decimal number, exact; none where it is no number.
 *
 * @example
 * import * as O from 'fp-ts/lib/Option.js'
 * import { decimal } from 'relvar'
 *
 * assert.deepStrictEqual(decimal('012.50'), O.some('12.5'))
 * assert.deepStrictEqual(decimal('a dozen'), O.none)
 *
 * @category constructors
 * @since 0.1.0
 */
export const decimal = (text: string): O.Option<Decimal> => {
  const parsed = parseDecimal(text)
  // The digits of a decimal number are one of TypeScript's, too.
  return parsed === null ? O.none : O.some(decimalText(parsed.units, parsed.scale) as Decimal)
}

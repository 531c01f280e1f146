/**
 * Intervals as ISO 8601 text. Months, days and seconds stay apart, as PostgreSQL keeps them: a month has no fixed number of days,
 * and a day none of hours.
 */
import * as E from 'fp-ts/lib/Either.js'

/** An interval in the three parts that do not turn into each other. */
export interface Interval {
  readonly months: bigint
  readonly days: bigint
  readonly micros: bigint
}

const number = String.raw`([+-]?\d{1,18})`
const pattern = new RegExp(
  String.raw`^([+-]?)P(?:${number}Y)?(?:${number}M)?(?:${number}W)?(?:${number}D)?` +
    String.raw`(?:T(?:${number}H)?(?:${number}M)?(?:([+-]?)(\d{1,18})(?:[.,](\d{1,6}))?S)?)?$`,
)

const int = (text: string | undefined): bigint => (text === undefined ? 0n : BigInt(text.replace('+', '')))

/** What a text says, or why it says nothing that PostgreSQL holds. */
export const parseInterval = (text: string): E.Either<string, Interval> => {
  const m = pattern.exec(text)
  if (m === null || /[PT]$/.test(text)) return E.left('is no ISO 8601 interval such as "P1Y2M3DT4H5M6.5S"')
  const [, all, years, months, weeks, days, hours, minutes, sign, seconds = '0', fraction = ''] = m
  const whole = BigInt(seconds) * 1_000_000n + BigInt(fraction.padEnd(6, '0'))
  const turn = all === '-' ? -1n : 1n
  const made = {
    months: turn * (int(years) * 12n + int(months)),
    days: turn * (int(weeks) * 7n + int(days)),
    micros: turn * ((int(hours) * 60n + int(minutes)) * 60_000_000n + (sign === '-' ? -whole : whole)),
  }
  const held = fitsBits(made.months, 32n) && fitsBits(made.days, 32n) && fitsBits(made.micros, 64n)
  return held ? E.right(made) : E.left('is longer than an interval can be')
}

const fitsBits = (n: bigint, bits: bigint): boolean => {
  const half = 2n ** (bits - 1n)
  return n >= -half && n < half
}

const part = (n: bigint, unit: string): string => (n === 0n ? '' : `${n}${unit}`)

const secondsText = (micros: bigint): string => {
  const size = micros < 0n ? -micros : micros
  const fraction = (size % 1_000_000n).toString().padStart(6, '0').replace(/0+$/, '')
  return size === 0n ? '' : `${micros < 0n ? '-' : ''}${size / 1_000_000n}${fraction === '' ? '' : `.${fraction}`}S`
}

/** The one spelling: no zero parts, no weeks, `PT0S` for none at all. */
export const intervalText = ({ months, days, micros }: Interval): string => {
  const date = part(months / 12n, 'Y') + part(months % 12n, 'M') + part(days, 'D')
  const minutes = micros / 60_000_000n
  const time = part(minutes / 60n, 'H') + part(minutes % 60n, 'M') + secondsText(micros % 60_000_000n)
  return date === '' && time === '' ? 'PT0S' : `P${date}${time === '' ? '' : `T${time}`}`
}

/** The one spelling of an interval, or a reason. */
export const intervalFromText = (text: string): E.Either<string, string> => {
  const parsed = parseInterval(text)
  return E.isLeft(parsed) ? parsed : E.right(intervalText(parsed.right))
}

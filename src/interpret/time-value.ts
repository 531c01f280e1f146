/**
 * Dates and times in memory as whole numbers, days and microseconds, and back to their one spelling.
 */

/** Digits with zeros before them. */
const pad = (n: number | bigint, width: number): string => String(n).padStart(width, '0')

// -------------------------------------------------------------------------------------
// days
// -------------------------------------------------------------------------------------

/** A day as its year, month and day of the month. */
export interface Day {
  readonly year: number
  readonly month: number
  readonly day: number
}

/** The day that a date, a timestamp or an instant begins with. */
export const dayOf = (text: string): Day => ({
  year: Number(text.slice(0, 4)),
  month: Number(text.slice(5, 7)),
  day: Number(text.slice(8, 10)),
})

/** The days from 1970-01-01 to the day; one that its month has not is so many days after the first. */
export const daysTo = ({ year, month, day }: Day): number => {
  const at = new Date(0)
  // setUTCFullYear takes years below 100 as they are, which Date.UTC does not.
  at.setUTCFullYear(year, month - 1, day)
  return Math.round(at.getTime() / 86_400_000)
}

/** The day so many days after 1970-01-01; NaN where a Date goes no further. */
export const dayAt = (days: number): Day => {
  const at = new Date(days * 86_400_000)
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() }
}

/** `2012-10-15`; null outside the years 0001 to 9999. */
export const dateText = ({ year, month, day }: Day): string | null =>
  year >= 1 && year <= 9999 ? `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}` : null

/** So many months on; where the month is shorter, its last day. */
export const addMonths = ({ year, month, day }: Day, months: number): Day => {
  const all = year * 12 + month - 1 + months
  const to = { year: Math.floor(all / 12), month: all - Math.floor(all / 12) * 12 + 1 }
  const last = daysTo({ ...to, month: to.month + 1, day: 1 }) - daysTo({ ...to, day: 1 })
  return { ...to, day: Math.min(day, last) }
}

/** 1 for Monday, 7 for Sunday. */
export const isoDayOfWeek = (days: number): number => ((((days + 3) % 7) + 7) % 7) + 1

/** The Thursday of a day's week: it says which week, and of which year, that is. */
export const thursdayOf = (days: number): number => days - isoDayOfWeek(days) + 4

/** The first of January is 1. */
export const dayOfYear = (days: number): number => days - daysTo({ year: dayAt(days).year, month: 1, day: 1 }) + 1

// -------------------------------------------------------------------------------------
// microseconds
// -------------------------------------------------------------------------------------

const daily = 86_400_000_000n

/** The microseconds of a time of day, `12:57:18.000396`. */
export const microsOf = (clock: string): bigint =>
  BigInt(Number(clock.slice(0, 2)) * 3600 + Number(clock.slice(3, 5)) * 60 + Number(clock.slice(6, 8))) * 1_000_000n +
  BigInt(clock.slice(9, 15))

/** The microseconds from 1970 to a timestamp or an instant. */
export const microsTo = (text: string): bigint => BigInt(daysTo(dayOf(text))) * daily + microsOf(text.slice(11))

/** Rounded down. */
export const floorDiv = (a: bigint, b: bigint): bigint => (a - (((a % b) + b) % b)) / b

/** `2012-10-15T12:57:18.000396` of microseconds since 1970; null outside the years 0001 to 9999. */
export const timestampText = (micros: bigint): string | null => {
  const days = floorDiv(micros, daily)
  const date = dateText(dayAt(Number(days)))
  return date === null ? null : `${date}T${clockText(micros - days * daily)}`
}

const clockText = (micros: bigint): string => {
  const seconds = micros / 1_000_000n
  return `${pad(seconds / 3600n, 2)}:${pad((seconds / 60n) % 60n, 2)}:${pad(seconds % 60n, 2)}.${pad(micros % 1_000_000n, 6)}`
}

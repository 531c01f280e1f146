/**
 * Days of the calendar: what does not exist is none.
 */
import * as O from 'fp-ts/lib/Option.js'

const two = (n: number): string => String(n).padStart(2, '0')

/** `1998-06-12` of a year with four digits, a month from 1 and a day, where there is such a day. */
export const isoDay = (year: number, month: number, day: number): O.Option<string> => {
  const at = new Date(Date.UTC(year, month - 1, day))
  const exists = year > 999 && at.getUTCMonth() === month - 1 && at.getUTCDate() === day
  return exists ? O.some(`${year}-${two(month)}-${two(day)}`) : O.none
}

/**
 * Dates and instants as ISO text, exact to the microsecond; no Date object takes part, so no time zone of the process can.
 */
import * as E from 'fp-ts/lib/Either.js'

const pad = (n: number, width: number): string => String(n).padStart(width, '0')

const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (isLeap(year) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

/** The number that the digits from one place to another make; NaN where one of them is none. */
const digits = (text: string, from: number, to: number): number => {
  let n = 0
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return Number.NaN
    n = n * 10 + digit
  }
  return n
}

/** `YYYY-MM-DD` of a day that exists, from 0001-01-01 to 9999-12-31. */
export const isIsoDate = (u: unknown): u is string => {
  // Without a pattern: a bulk insert asks this of each day.
  if (typeof u !== 'string' || u.length !== 10 || u[4] !== '-' || u[7] !== '-') return false
  const year = digits(u, 0, 4)
  const month = digits(u, 5, 7)
  const day = digits(u, 8, 10)
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

const timePattern = /^(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?$/

/** The one spelling of a time of day: `12:57:18.000396`, six digits. Left with a reason where it is none. */
export const timeFromText = (text: string): E.Either<string, string> => {
  const m = timePattern.exec(text)
  if (m === null) return E.left('is no time such as 12:57:18.000396')
  const [, hour = '', minute = '', second = '00', fraction = ''] = m
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return E.left('names a time that does not exist')
  return E.right(`${hour}:${minute}:${second}.${fraction.padEnd(6, '0')}`)
}

/** Whether `u` is a time of day in any spelling that is taken. */
export const isIsoTime = (u: unknown): u is string => typeof u === 'string' && E.isRight(timeFromText(u))

/** The one spelling of a local date-time: `2012-10-15T12:57:18.000396`, no zone. Left with a reason where it is none. */
export const timestampFromText = (text: string): E.Either<string, string> => {
  if (text[10] !== 'T' && text[10] !== ' ') return E.left('is no local date-time such as 2012-10-15T12:57:18.000396')
  const date = text.slice(0, 10)
  if (!isIsoDate(date)) return E.left('names a day that does not exist')
  const time = timeFromText(text.slice(11))
  if (E.isLeft(time)) return E.left('is no local date-time such as 2012-10-15T12:57:18.000396')
  return E.right(`${date}T${time.right}`)
}

const instantPattern = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?(Z|[+-]\d{2}(?::?\d{2})?)$/

/**
 * The one spelling of an instant: `2012-10-15T12:57:18.000396Z`, UTC with six digits.
 * Left with a reason where the text is no instant (no zone, no such day, more than six digits).
 */
export const instantFromText = (text: string): E.Either<string, string> => {
  const m = instantPattern.exec(text)
  if (m === null) return E.left('is no instant such as 2012-10-15T12:57:18.000396Z')
  const [, date = '', hour = '', minute = '', second = '00', fraction = '', zone = 'Z'] = m
  if (!isIsoDate(date)) return E.left('names a day that does not exist')
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return E.left('names a time that does not exist')
  const micros = fraction.padEnd(6, '0')
  const offset = zoneMinutes(zone)
  if (offset === null) return E.left('has a time zone that does not exist')
  return offset === 0
    ? E.right(`${date}T${hour}:${minute}:${second}.${micros}Z`)
    : shifted(date, Number(hour) * 60 + Number(minute) - offset, second, micros)
}

const zoneMinutes = (zone: string): number | null => {
  if (zone === 'Z') return 0
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0')
  const [hours, minutes] = [Number(digits.slice(0, 2)), Number(digits.slice(2))]
  return hours > 15 || minutes > 59 ? null : (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes)
}

const shifted = (date: string, minutes: number, second: string, micros: string): E.Either<string, string> => {
  const day = Math.floor(minutes / 1440)
  const rest = minutes - day * 1440
  const moved = addDays(date, day)
  return moved === null
    ? E.left('is outside the years 0001 to 9999')
    : E.right(`${moved}T${pad(Math.floor(rest / 60), 2)}:${pad(rest % 60, 2)}:${second}.${micros}Z`)
}

const addDays = (date: string, days: number): string | null => {
  const [y = 0, m = 0, d = 0] = date.split('-').map(Number)
  const at = new Date(0)
  // setUTCFullYear takes years below 100 as they are, which Date.UTC does not.
  at.setUTCFullYear(y, m - 1, d + days)
  const year = at.getUTCFullYear()
  return year < 1 || year > 9999 ? null : `${pad(year, 4)}-${pad(at.getUTCMonth() + 1, 2)}-${pad(at.getUTCDate(), 2)}`
}

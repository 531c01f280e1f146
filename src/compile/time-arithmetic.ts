/**
 * A time moved by an interval, as SQL: by months, then by days, then by the rest, as PostgreSQL does it.
 */
import type { SqlType, TypeTag } from '../expr/sql-type.js'
import { type CompileError, illFormed } from './compile-error.js'
import { type Call, form, type FunctionForm, type Render } from './function-form.js'
import { join, type Sql, sql } from './sql.js'

// -------------------------------------------------------------------------------------
// amounts
// -------------------------------------------------------------------------------------

const times: ReadonlyArray<TypeTag> = ['Date', 'Timestamp', 'TimestampTz']
const wholes: ReadonlyArray<TypeTag> = ['SmallInt', 'Integer', 'Unsigned', 'Count']
const daily: ReadonlyArray<string> = ['years', 'months', 'weeks', 'days']

/** The units of a call with the places of their amounts; the time itself is operand 0. */
const unitsOf = (words: string): ReadonlyArray<readonly [string, number]> =>
  words === '' ? [] : words.split(' ').map((unit, i) => [unit, i + 1] as const)

const check: FunctionForm['check'] = (_, node): CompileError | null => {
  const [of, ...amounts] = node.operands
  if (of === undefined || !times.includes(of.type._tag))
    return illFormed(`addInterval takes a date, a timestamp or an instant`)
  const units = unitsOf(node.words)
  const clock = units.find(([unit]) => !daily.includes(unit))
  if (of.type._tag === 'Date' && clock !== undefined)
    return illFormed(`addInterval: a date takes no ${clock[0]}; toTimestamp gives the midnight at which it begins`)
  const other = amounts.findIndex((amount) => !wholes.includes(amount.type._tag))
  return other === -1 ? null : illFormed(`addInterval: the ${units[other]?.[0] ?? 'amount'} are a whole number`)
}

/** The amounts of some units as one: `a * 12 + b`; null where there is none. */
const total = (call: Call, sizes: Readonly<Record<string, number>>): Sql | null => {
  const parts = unitsOf(call.node.words).flatMap(([unit, at]): ReadonlyArray<Sql> => {
    const size = sizes[unit]
    if (size === undefined) return []
    return [size === 1 ? call.operand(at) : sql`(${call.operand(at)} * ${String(size)})`]
  })
  const [only] = parts
  return only === undefined ? null : parts.length === 1 ? only : sql`(${join(parts, ' + ')})`
}

const months = { years: 12, months: 1 }
const days = { weeks: 7, days: 1 }
const seconds = { hours: 3600, minutes: 60, seconds: 1 }
const microseconds = { microseconds: 1 }

const isInstant = (type: SqlType<unknown> | undefined): boolean => type?._tag === 'TimestampTz'

// -------------------------------------------------------------------------------------
// renderings
// -------------------------------------------------------------------------------------

/** By multiplication: `make_interval` of PostgreSQL 15 takes years beyond its range for others without a word. */
const onPostgres: Render = (call) => {
  const { node, operand } = call
  const steps = [
    [total(call, months), 'month'] as const,
    [total(call, days), 'day'] as const,
    [total(call, seconds), 'second'] as const,
    [total(call, microseconds), 'microsecond'] as const,
  ].flatMap(([amount, unit]) => (amount === null ? [] : [sql`${amount} * interval '1 ${unit}'`]))
  const [of] = node.operands
  const moved = join([isInstant(of?.type) ? sql`${operand(0)} AT TIME ZONE 'UTC'` : operand(0), ...steps], ' + ')
  if (steps.length === 0) return operand(0)
  // A day of the session's zone may have 23 hours.
  if (isInstant(of?.type)) return sql`((${moved}) AT TIME ZONE 'UTC')`
  return of?.type._tag === 'Date' ? sql`CAST(${moved} AS date)` : sql`(${moved})`
}

const onFamily: Render = (call) =>
  [
    [total(call, months), 'MONTH'] as const,
    [total(call, days), 'DAY'] as const,
    [total(call, seconds), 'SECOND'] as const,
    [total(call, microseconds), 'MICROSECOND'] as const,
  ].reduce<Sql>(
    (time, [amount, unit]) => (amount === null ? time : sql`date_add(${time}, INTERVAL ${amount} ${unit})`),
    call.operand(0),
  )

/** SQLite goes on into the next month where the day is missing, so the last day of the month meant is the most. */
const byMonths = (date: Sql, amount: Sql): Sql =>
  // The month after December 9999 is beyond what SQLite knows.
  sql`min(date(${date}, ${amount} || ' months'), coalesce(date(${date}, 'start of month', (${amount} + 1) || ' months', '-1 day'), '9999-12-31'))`

const moment = "'%Y-%m-%dT%H:%M:%S'"

/** Text in, text out: the fraction is carried over, since SQLite's own functions round it to milliseconds. */
const onSqlite: Render = (call) => {
  const { node, operand } = call
  const [x, isDate] = [operand(0), node.operands[0]?.type._tag === 'Date']
  const [byMonth, byDay, bySecond] = [total(call, months), total(call, days), total(call, seconds)]
  const start = isDate ? x : sql`substr(${x}, 1, 10)`
  if (byMonth !== null) call.note('a month that has no such day gives its last one')
  if (!isDate) call.note('the fraction of a second is carried over as digits')
  const shifted = byMonth === null ? start : byMonths(start, byMonth)
  const date = byDay === null ? shifted : sql`date(${shifted}, ${byDay} || ' days')`
  if (isDate) return date
  const isMoved = byMonth !== null || byDay !== null
  if (bySecond === null) return withMicroseconds(call, isMoved ? sql`(${date} || substr(${x}, 11))` : x)
  const clock = isMoved ? sql`${date} || substr(${x}, 11, 9)` : sql`substr(${x}, 1, 19)`
  return withMicroseconds(call, sql`(strftime(${moment}, ${clock}, ${bySecond} || ' seconds') || substr(${x}, 20))`)
}

/** Counted from the year 1, so that nothing is below zero and cutting off is rounding down. */
const withMicroseconds = (call: Call, time: Sql): Sql => {
  const amount = total(call, microseconds)
  if (amount === null) return time
  const all = sql`(unixepoch(substr(${time}, 1, 19)) * 1000000 + substr(${time}, 21, 6) + ${amount} + 62135596800000000)`
  const zone = isInstant(call.node.operands[0]?.type) ? 'Z' : ''
  return sql`(strftime(${moment}, ${all} / 1000000 - 62135596800, 'unixepoch') || printf('.%06d${zone}', ${all} % 1000000))`
}

export const moveForm: FunctionForm = form(check, onFamily, { postgres: onPostgres, sqlite: onSqlite })

/**
 * Parts of dates and times as SQL: `extract` and `truncateTo`.
 */
import type { CallNode } from '../expr/call-node.js'
import type { TimeField, TimeUnit } from '../expr/time-functions.js'
import { illFormed } from './compile-error.js'
import { type Call, form, type FunctionForm, noting, type Render } from './function-form.js'
import { type Sql, sql } from './sql.js'

// -------------------------------------------------------------------------------------
// words
// -------------------------------------------------------------------------------------

/** Renders by the call's word; the check of the form has seen that it is one of them. */
const byWord =
  <W extends string>(renders: Readonly<Record<W, (x: Sql, call: Call) => Sql>>): Render =>
  (call) => {
    const known = new Map<string, (x: Sql, call: Call) => Sql>(Object.entries(renders))
    const render = known.get(call.node.words)
    return render === undefined
      ? illFormed(`${call.node.name} knows no "${call.node.words}"`)
      : render(call.operand(0), call)
  }

const isTag = (node: CallNode, tag: string): boolean => node.operands[0]?.type._tag === tag

/** What a clock of UTC shows: PostgreSQL would ask the session's zone. */
const inUtc = (x: Sql, { node }: Call): Sql => (isTag(node, 'TimestampTz') ? sql`(${x} AT TIME ZONE 'UTC')` : x)

// -------------------------------------------------------------------------------------
// extract
// -------------------------------------------------------------------------------------

type Field = (x: Sql, call: Call) => Sql

const ofPostgres =
  (field: string): Field =>
  (x, call) =>
    sql`CAST(extract(${field} FROM ${inUtc(x, call)}) AS integer)`

const postgresFields: Readonly<Record<TimeField, Field>> = {
  year: ofPostgres('year'),
  quarter: ofPostgres('quarter'),
  month: ofPostgres('month'),
  day: ofPostgres('day'),
  isoDayOfWeek: ofPostgres('isodow'),
  dayOfYear: ofPostgres('doy'),
  isoWeek: ofPostgres('week'),
  isoYear: ofPostgres('isoyear'),
  hour: ofPostgres('hour'),
  minute: ofPostgres('minute'),
  // A cast would round.
  second: (x, call) => sql`CAST(floor(extract(second FROM ${inUtc(x, call)})) AS integer)`,
  microsecond: (x, call) => sql`(CAST(extract(microseconds FROM ${inUtc(x, call)}) AS integer) % 1000000)`,
  epoch: (x) => sql`CAST(floor(extract(epoch FROM ${x})) AS bigint)`,
}

const calling =
  (name: string): Field =>
  (x) =>
    sql`${name}(${x})`

/** Seconds from the year 1 to 1970: differences from there are never below zero, so that cutting off is rounding down. */
const before1970 = '62135596800'

const familyFields: Readonly<Record<TimeField, Field>> = {
  year: calling('year'),
  quarter: calling('quarter'),
  month: calling('month'),
  day: calling('dayofmonth'),
  isoDayOfWeek: (x) => sql`(weekday(${x}) + 1)`,
  dayOfYear: calling('dayofyear'),
  isoWeek: (x) => sql`week(${x}, 3)`,
  isoYear: (x) => sql`(yearweek(${x}, 3) DIV 100)`,
  hour: calling('hour'),
  minute: calling('minute'),
  second: calling('second'),
  microsecond: calling('microsecond'),
  epoch: (x) => sql`(timestampdiff(SECOND, '0001-01-01', ${x}) - ${before1970})`,
}

/** Digits of a text. SQLite's own functions round a fraction of a second to milliseconds, up to the next year even. */
const digits = (x: Sql, from: number, many: number): Sql =>
  sql`CAST(substr(${x}, ${String(from)}, ${String(many)}) AS INTEGER)`

/** A time of day has no day before it. */
const clock =
  (from: number, many: number): Field =>
  (x, { node }) =>
    digits(x, isTag(node, 'Time') ? from - 11 : from, many)

const day = (x: Sql): Sql => sql`substr(${x}, 1, 10)`

/** The Thursday of the day's week: its year and its day of the year say which week it is. */
const thursday = (x: Sql): Sql => sql`date(${day(x)}, '-3 days', 'weekday 4')`

const sqliteFields: Readonly<Record<TimeField, Field>> = {
  year: (x) => digits(x, 1, 4),
  quarter: (x) => sql`((${digits(x, 6, 2)} + 2) / 3)`,
  month: (x) => digits(x, 6, 2),
  day: (x) => digits(x, 9, 2),
  isoDayOfWeek: (x) => sql`((strftime('%w', ${day(x)}) + 6) % 7 + 1)`,
  dayOfYear: (x) => sql`CAST(strftime('%j', ${day(x)}) AS INTEGER)`,
  isoWeek: (x) => sql`((strftime('%j', ${thursday(x)}) + 6) / 7)`,
  isoYear: (x) => digits(thursday(x), 1, 4),
  hour: clock(12, 2),
  minute: clock(15, 2),
  second: clock(18, 2),
  microsecond: clock(21, 6),
  epoch: (x) => sql`unixepoch(substr(${x}, 1, 19))`,
}

export const extractForm = (check: FunctionForm['check']): FunctionForm =>
  form(check, byWord(familyFields), {
    postgres: byWord(postgresFields),
    sqlite: noting('digits of the text', byWord(sqliteFields)),
  })

// -------------------------------------------------------------------------------------
// truncateTo
// -------------------------------------------------------------------------------------

const truncated =
  (unit: string): Field =>
  (x, { node }) => {
    if (isTag(node, 'TimestampTz')) return sql`date_trunc('${unit}', ${x}, 'UTC')`
    // Of a date it would be an instant of the session's zone.
    return isTag(node, 'Date')
      ? sql`CAST(date_trunc('${unit}', CAST(${x} AS timestamp)) AS date)`
      : sql`date_trunc('${unit}', ${x})`
  }

const postgresUnits: Readonly<Record<TimeUnit, Field>> = {
  year: truncated('year'),
  quarter: truncated('quarter'),
  month: truncated('month'),
  week: truncated('week'),
  day: truncated('day'),
  hour: truncated('hour'),
  minute: truncated('minute'),
  second: truncated('second'),
}

/** A day as what the call gives: itself, or the midnight at which it begins. */
const midnight = (date: Sql, { node }: Call): Sql => (isTag(node, 'Date') ? date : sql`CAST(${date} AS DATETIME(6))`)

const dayOnly = (x: Sql): Sql => sql`CAST(${x} AS DATE)`

const firstOfMonth = (x: Sql): Sql => sql`date_sub(${dayOnly(x)}, INTERVAL dayofmonth(${x}) - 1 DAY)`

const formatted =
  (format: string): Field =>
  (x) =>
    sql`CAST(date_format(${x}, '${format}') AS DATETIME(6))`

const familyUnits: Readonly<Record<TimeUnit, Field>> = {
  year: (x, call) => midnight(sql`date_sub(${dayOnly(x)}, INTERVAL dayofyear(${x}) - 1 DAY)`, call),
  quarter: (x, call) => midnight(sql`date_sub(${firstOfMonth(x)}, INTERVAL (month(${x}) - 1) % 3 MONTH)`, call),
  month: (x, call) => midnight(firstOfMonth(x), call),
  week: (x, call) => midnight(sql`date_sub(${dayOnly(x)}, INTERVAL weekday(${x}) DAY)`, call),
  day: (x, call) => midnight(dayOnly(x), call),
  hour: formatted('%Y-%m-%d %H:00:00'),
  minute: formatted('%Y-%m-%d %H:%i:00'),
  second: formatted('%Y-%m-%d %H:%i:%s'),
}

/** A day as what the call gives, in text of its width. */
const whole = (date: Sql, { node }: Call): Sql =>
  isTag(node, 'Date') ? date : sql`(${date} || 'T00:00:00.000000${isTag(node, 'TimestampTz') ? 'Z' : ''}')`

const cut =
  (characters: number, rest: string): Field =>
  (x, { node }) =>
    sql`(substr(${x}, 1, ${String(characters)}) || '${rest}${isTag(node, 'TimestampTz') ? 'Z' : ''}')`

const sqliteUnits: Readonly<Record<TimeUnit, Field>> = {
  year: (x, call) => whole(sql`(substr(${x}, 1, 4) || '-01-01')`, call),
  quarter: (x, call) =>
    whole(sql`(substr(${x}, 1, 5) || printf('%02d-01', (${digits(x, 6, 2)} + 2) / 3 * 3 - 2))`, call),
  month: (x, call) => whole(sql`(substr(${x}, 1, 7) || '-01')`, call),
  week: (x, call) => whole(sql`date(${day(x)}, '-6 days', 'weekday 1')`, call),
  day: (x, call) => whole(day(x), call),
  hour: cut(13, ':00:00.000000'),
  minute: cut(16, ':00.000000'),
  second: cut(19, '.000000'),
}

export const truncateForm = (check: FunctionForm['check']): FunctionForm =>
  form(check, noting('what is smaller is taken away', byWord(familyUnits)), {
    postgres: byWord(postgresUnits),
    sqlite: noting('the first digits of the text', byWord(sqliteUnits)),
  })

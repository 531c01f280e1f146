/**
 * Functions of dates and times as SQL. Instants are looked at in UTC, whatever the session's zone.
 */
import type { CallNode } from '../expr/call-node.js'
import type { TypeTag } from '../expr/sql-type.js'
import { clockFields, clockUnits, dayFields, dayUnits, type TimeFunction } from '../expr/time-functions.js'
import { type CompileError, illFormed } from './compile-error.js'
import { all, type Call, each, form, type FunctionForm, noting, type Render } from './function-form.js'
import { type Sql, sql } from './sql.js'
import { moveForm } from './time-arithmetic.js'
import { extractForm, truncateForm } from './time-parts.js'

// -------------------------------------------------------------------------------------
// checks
// -------------------------------------------------------------------------------------

const withDay: ReadonlyArray<TypeTag> = ['Date', 'Timestamp', 'TimestampTz']

/** A word that a function knows and the type has: a day has no hour, a time of day no year. */
const worded =
  (
    ofDays: ReadonlyArray<string>,
    ofClocks: ReadonlyArray<string>,
    tags: ReadonlyArray<TypeTag>,
  ): FunctionForm['check'] =>
  (dialect, node) => {
    const problem = all(tags, tags.includes('Time') ? 'a date or a time' : 'a date, a timestamp or an instant')(
      dialect,
      node,
    )
    if (problem !== null) return problem
    const { words } = node
    if (!ofDays.includes(words) && !ofClocks.includes(words)) return illFormed(`${node.name} knows no "${words}"`)
    const tag = tagAt(node, 0)
    if (tag === 'Date' && !ofDays.includes(words)) return illFormed(`${node.name}: a date has no ${words}`)
    return tag === 'Time' && !ofClocks.includes(words) ? illFormed(`${node.name}: a time has no ${words}`) : null
  }

const tagAt = (node: CallNode, at: number): TypeTag | null => node.operands[at]?.type._tag ?? null

/** Two instants, or two timestamps, but none of each. */
const alike: FunctionForm['check'] = (dialect, node): CompileError | null =>
  all(['Timestamp', 'TimestampTz'], 'timestamps or instants')(dialect, node) ??
  (tagAt(node, 0) === tagAt(node, 1)
    ? null
    : illFormed(
        `${node.name} takes two timestamps or two instants: one of them goes through toTimestamp or toTimestamptz`,
      ))

// -------------------------------------------------------------------------------------
// conversions
// -------------------------------------------------------------------------------------

/** What a clock of UTC shows: PostgreSQL would ask the session's zone. */
const inUtc = ({ node, operand }: Call): Sql =>
  tagAt(node, 0) === 'TimestampTz' ? sql`(${operand(0)} AT TIME ZONE 'UTC')` : operand(0)

const castTo =
  (type: string): Render =>
  (call) =>
    sql`CAST(${call.dialect.name === 'postgres' ? inUtc(call) : call.operand(0)} AS ${type})`

const first =
  (from: number, characters: number): Render =>
  ({ operand }) =>
    sql`substr(${operand(0)}, ${String(from)}, ${String(characters)})`

const ofTag = (node: CallNode, tag: TypeTag, then: Sql, otherwise: Sql): Sql =>
  tagAt(node, 0) === tag ? then : otherwise

// -------------------------------------------------------------------------------------
// the functions
// -------------------------------------------------------------------------------------

const anything: FunctionForm['check'] = () => null
const text: Readonly<Record<'now' | 'today', Render>> = {
  now: () => sql`strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')`,
  today: () => sql`date('now')`,
}

const microsNote = 'seconds by the engine, the fraction by its digits'
const digitsNote = 'digits of the text'

/** The seconds of a timestamp's text; the fraction stays apart, since SQLite rounds it to milliseconds. */
const micros = (x: Sql): Sql => sql`(unixepoch(substr(${x}, 1, 19)) * 1000000 + CAST(substr(${x}, 21, 6) AS INTEGER))`

export const timeFunctions: { readonly [N in TimeFunction]: FunctionForm } = {
  currentTimestamp: form(anything, () => sql`utc_timestamp(6)`, {
    // CURRENT_TIMESTAMP is when the transaction began.
    postgres: () => sql`statement_timestamp()`,
    sqlite: text.now,
  }),
  currentDate: form(anything, () => sql`utc_date()`, {
    postgres: () => sql`CAST((statement_timestamp() AT TIME ZONE 'UTC') AS date)`,
    sqlite: text.today,
  }),
  extract: extractForm(worded(dayFields, clockFields, [...withDay, 'Time'])),
  truncateTo: truncateForm(worded(dayUnits, clockUnits, withDay)),
  addInterval: moveForm,
  daysBetween: form(
    all(['Date'], 'days (take dateOf of a timestamp)'),
    ({ operand }) => sql`datediff(${operand(1)}, ${operand(0)})`,
    {
      postgres: ({ operand }) => sql`(${operand(1)} - ${operand(0)})`,
      sqlite: noting(
        'the difference of Julian days',
        ({ operand }) => sql`CAST(julianday(${operand(1)}) - julianday(${operand(0)}) AS INTEGER)`,
      ),
    },
  ),
  secondsBetween: form(alike, ({ operand }) => sql`timestampdiff(SECOND, ${operand(0)}, ${operand(1)})`, {
    postgres: ({ operand }) => sql`CAST(trunc(extract(epoch FROM (${operand(1)} - ${operand(0)}))) AS bigint)`,
    sqlite: noting(microsNote, ({ operand }) => sql`((${micros(operand(1))} - ${micros(operand(0))}) / 1000000)`),
  }),
  microsecondsBetween: form(alike, ({ operand }) => sql`timestampdiff(MICROSECOND, ${operand(0)}, ${operand(1)})`, {
    postgres: ({ operand }) => sql`CAST((extract(epoch FROM (${operand(1)} - ${operand(0)})) * 1000000) AS bigint)`,
    sqlite: noting(microsNote, ({ operand }) => sql`(${micros(operand(1))} - ${micros(operand(0))})`),
  }),
  dateOf: form(each([['Timestamp', 'TimestampTz'], 'a timestamp or an instant']), castTo('date'), {
    sqlite: noting(digitsNote, first(1, 10)),
  }),
  timeOf: form(each([['Timestamp', 'TimestampTz'], 'a timestamp or an instant']), castTo('time(6)'), {
    sqlite: noting(digitsNote, first(12, 15)),
  }),
  toTimestamp: form(each([['Date', 'TimestampTz'], 'a day or an instant']), castTo('datetime(6)'), {
    postgres: castTo('timestamp'),
    sqlite: noting(digitsNote, ({ node, operand }) =>
      ofTag(node, 'Date', sql`(${operand(0)} || 'T00:00:00.000000')`, sql`substr(${operand(0)}, 1, 26)`),
    ),
  }),
  toTimestamptz: form(each([['Date', 'Timestamp'], 'a day or a timestamp']), castTo('datetime(6)'), {
    postgres: ({ node, operand }) =>
      ofTag(
        node,
        'Date',
        sql`(CAST(${operand(0)} AS timestamp) AT TIME ZONE 'UTC')`,
        sql`(${operand(0)} AT TIME ZONE 'UTC')`,
      ),
    sqlite: noting(digitsNote, ({ node, operand }) =>
      ofTag(node, 'Date', sql`(${operand(0)} || 'T00:00:00.000000Z')`, sql`(${operand(0)} || 'Z')`),
    ),
  }),
}

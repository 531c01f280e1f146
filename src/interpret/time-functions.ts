/**
 * The meaning of functions of dates and times.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { CallNode } from '../expr/call-node.js'
import type { TimeField, TimeFunction, TimeUnit } from '../expr/time-functions.js'
import { notEvaluable, beyondType, type Result } from './eval-error.js'
import type { Meaning } from './function-meaning.js'
import * as time from './time-value.js'

// -------------------------------------------------------------------------------------
// texts
// -------------------------------------------------------------------------------------

const ofTexts =
  (f: (texts: ReadonlyArray<string>, node: CallNode) => Result<unknown>): Meaning =>
  (values, node) => {
    const texts = values.filter((value) => typeof value === 'string')
    return texts.length === values.length
      ? f(texts, node)
      : E.left(notEvaluable(`${node.name}: the operands are times`))
  }

const ofText = (f: (text: string, node: CallNode) => unknown): Meaning =>
  ofTexts(([text = ''], node) => E.right(f(text, node)))

const ofTwo = (f: (begin: string, end: string) => unknown): Meaning =>
  ofTexts(([begin = '', end = '']) => E.right(f(begin, end)))

const isInstant = (node: CallNode): boolean => node.type._tag === 'TimestampTz'

/** The midnight of a day as what the call gives. */
const midnight = (date: string, node: CallNode): string =>
  node.type._tag === 'Date' ? date : `${date}T00:00:00.000000${isInstant(node) ? 'Z' : ''}`

// -------------------------------------------------------------------------------------
// parts
// -------------------------------------------------------------------------------------

/** A time of day is the end of a timestamp. */
const clockOf = (text: string): string => (text[2] === ':' ? text : text.slice(11))

const days = (text: string): number => time.daysTo(time.dayOf(text))

const fields: Readonly<Record<TimeField, (text: string) => number>> = {
  year: (text) => time.dayOf(text).year,
  quarter: (text) => Math.ceil(time.dayOf(text).month / 3),
  month: (text) => time.dayOf(text).month,
  day: (text) => time.dayOf(text).day,
  isoDayOfWeek: (text) => time.isoDayOfWeek(days(text)),
  dayOfYear: (text) => time.dayOfYear(days(text)),
  isoWeek: (text) => Math.ceil(time.dayOfYear(time.thursdayOf(days(text))) / 7),
  isoYear: (text) => time.dayAt(time.thursdayOf(days(text))).year,
  hour: (text) => Number(clockOf(text).slice(0, 2)),
  minute: (text) => Number(clockOf(text).slice(3, 5)),
  second: (text) => Number(clockOf(text).slice(6, 8)),
  microsecond: (text) => Number(clockOf(text).slice(9, 15)),
  epoch: (text) => (text.length === 10 ? days(text) * 86_400 : Number(time.floorDiv(time.microsTo(text), 1_000_000n))),
}

const first = (text: string, months: number): string => {
  const { year, month } = time.dayOf(text)
  return time.dateText({ year, month: month - ((month - 1) % months), day: 1 }) ?? text
}

const zone = (node: CallNode): string => (isInstant(node) ? 'Z' : '')

const units: Readonly<Record<TimeUnit, (text: string, node: CallNode) => string>> = {
  year: (text, node) => midnight(first(text, 12), node),
  quarter: (text, node) => midnight(first(text, 3), node),
  month: (text, node) => midnight(first(text, 1), node),
  week: (text, node) => {
    const monday = days(text) - time.isoDayOfWeek(days(text)) + 1
    return midnight(time.dateText(time.dayAt(monday)) ?? text, node)
  },
  day: (text, node) => midnight(text.slice(0, 10), node),
  hour: (text, node) => `${text.slice(0, 13)}:00:00.000000${zone(node)}`,
  minute: (text, node) => `${text.slice(0, 16)}:00.000000${zone(node)}`,
  second: (text, node) => `${text.slice(0, 19)}.000000${zone(node)}`,
}

const byWord = (known: Readonly<Record<string, (text: string, node: CallNode) => unknown>>): Meaning =>
  ofTexts(([text = ''], node) => {
    const part = new Map(Object.entries(known)).get(node.words)
    return part === undefined
      ? E.left(notEvaluable(`${node.name} knows no "${node.words}"`))
      : E.right(part(text, node))
  })

// -------------------------------------------------------------------------------------
// moving
// -------------------------------------------------------------------------------------

/** How many months, days and microseconds are in one of a unit: all but one are zero. */
const sizes: Readonly<Record<string, readonly [number, number, bigint]>> = {
  years: [12, 0, 0n],
  months: [1, 0, 0n],
  weeks: [0, 7, 0n],
  days: [0, 1, 0n],
  hours: [0, 0, 3_600_000_000n],
  minutes: [0, 0, 60_000_000n],
  seconds: [0, 0, 1_000_000n],
  microseconds: [0, 0, 1n],
}

const moved: Meaning = ([text, ...amounts], node) => {
  if (typeof text !== 'string') return E.left(notEvaluable('addInterval: the operand is a time'))
  let [months, daily, micros] = [0, 0, 0n]
  for (const [i, unit] of node.words.split(' ').entries()) {
    const [amount = 0, size = [0, 0, 0n] as const] = [amounts[i], sizes[unit]]
    if (typeof amount !== 'number') return E.left(notEvaluable(`addInterval: the ${unit} are a whole number`))
    months += amount * size[0]
    daily += amount * size[1]
    micros += BigInt(amount) * size[2]
  }
  const day = time.dayAt(time.daysTo(time.addMonths(time.dayOf(text), months)) + daily)
  const date = time.dateText(day)
  const there = date === null || node.type._tag === 'Date' ? date : later(date + text.slice(10), micros, node)
  return there === null
    ? E.left(beyondType(`${text} moved by ${amounts.join(', ')} ${node.words}`, node.type))
    : E.right(there)
}

const later = (text: string, micros: bigint, node: CallNode): string | null => {
  const there = time.timestampText(time.microsTo(text) + micros)
  return there === null ? null : there + zone(node)
}

// -------------------------------------------------------------------------------------
// the functions
// -------------------------------------------------------------------------------------

const now =
  (characters: number): Meaning =>
  (_, node, run) =>
    run.now === null
      ? E.left(notEvaluable(`${node.name} needs to be told the time: give { now: '2012-10-15T12:57:18Z' }`))
      : E.right(run.now.slice(0, characters))

export const timeFunctions: { readonly [N in TimeFunction]: Meaning } = {
  currentTimestamp: now(27),
  currentDate: now(10),
  extract: byWord(fields),
  truncateTo: byWord(units),
  addInterval: moved,
  daysBetween: ofTwo((begin, end) => days(end) - days(begin)),
  secondsBetween: ofTwo((begin, end) => Number((time.microsTo(end) - time.microsTo(begin)) / 1_000_000n)),
  microsecondsBetween: ofTwo((begin, end) => time.microsTo(end) - time.microsTo(begin)),
  dateOf: ofText((text) => text.slice(0, 10)),
  timeOf: ofText((text) => text.slice(11, 26)),
  toTimestamp: ofText((text, node) => (text.length === 10 ? midnight(text, node) : text.slice(0, 26))),
  toTimestamptz: ofText((text, node) => (text.length === 10 ? midnight(text, node) : `${text}Z`)),
}

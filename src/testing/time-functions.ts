/**
 * Generators of functions of dates and times.
 */
import * as fc from 'fast-check'

import { call, type CallNode } from '../expr/call-node.js'
import * as node from '../expr/node.js'
import type { ExprNode } from '../expr/node.js'
import {
  bigintType,
  countType,
  dateType,
  integerType,
  plainOf,
  timestampType,
  timestamptzType,
  timeType,
} from '../expr/sql-type.js'
import { clockFields, clockUnits, dayFields, dayUnits, type TimeFunction } from '../expr/time-functions.js'
import { intervalUnits } from '../expr/time-arithmetic.js'
import { type Asked, given, type Maybe, someOf } from './context.js'
import type { Family } from './family.js'

const withClock: ReadonlyArray<Family> = ['timestamp', 'instant']
const withDay: ReadonlyArray<Family> = ['date', ...withClock]

/** A function of one time of a family, with one of some words. */
const worded =
  (name: 'extract' | 'truncateTo', words: ReadonlyArray<string>, typeOf: (e: ExprNode) => CallNode['type']) =>
  (operand: Maybe<ExprNode>): Maybe<CallNode> =>
    given(operand, (all) =>
      fc.tuple(all, fc.constantFrom(...words)).map(([e, word]) => call(name, [e], typeOf(e), { words: word })),
    )

const parts = [...dayFields, ...clockFields].filter((field) => field !== 'epoch')

const extracted = (asked: Asked): Maybe<CallNode> => {
  if (asked.family === 'count')
    return someOf(withDay.map((f) => worded('extract', ['epoch'], () => countType)(asked.below(f))))
  if (asked.family !== 'integer') return null
  const ofDays = dayFields.filter((field) => field !== 'epoch')
  return someOf([
    worded('extract', ofDays, () => integerType)(asked.below('date')),
    worded('extract', clockFields, () => integerType)(asked.below('time')),
    ...withClock.map((f) => worded('extract', parts, () => integerType)(asked.below(f))),
  ])
}

const truncated = (asked: Asked): Maybe<CallNode> =>
  asked.family === 'date'
    ? worded('truncateTo', dayUnits, (e) => plainOf(e.type))(asked.below('date'))
    : withClock.includes(asked.family)
      ? worded('truncateTo', [...dayUnits, ...clockUnits], (e) => plainOf(e.type))(asked.below(asked.family))
      : null

/** Amounts that turn months, years and leap days over, and none that leaves the years that there are. */
const moved = (asked: Asked): Maybe<CallNode> => {
  if (!withDay.includes(asked.family)) return null
  const units = asked.family === 'date' ? intervalUnits.slice(0, 4) : intervalUnits
  const literal = fc.integer({ min: -40, max: 40 }).map((n): ExprNode => node.value(n, integerType))
  const amount = asked.context.aggregated ? asked.below('integer') : someOf([literal, literal, asked.below('integer')])
  return given(asked.below(asked.family), (all) =>
    given(amount, (amounts) =>
      fc
        .tuple(all, fc.subarray([...units], { minLength: 1, maxLength: 3 }))
        .chain(([e, chosen]) =>
          fc
            .tuple(...chosen.map(() => amounts))
            .map((given_) => call('addInterval', [e, ...given_], plainOf(e.type), { words: chosen.join(' ') })),
        ),
    ),
  )
}

const two = (name: TimeFunction, operand: Maybe<ExprNode>, type: CallNode['type']): Maybe<CallNode> =>
  given(operand, (all) => fc.tuple(all, all).map((both) => call(name, both, type)))

const between =
  (name: 'secondsBetween' | 'microsecondsBetween', family: Family, type: CallNode['type']) =>
  (asked: Asked): Maybe<CallNode> =>
    asked.family === family ? someOf(withClock.map((f) => two(name, asked.below(f), type))) : null

const converted =
  (name: TimeFunction, from: ReadonlyArray<Family>, to: Family, type: CallNode['type']) =>
  (asked: Asked): Maybe<CallNode> =>
    asked.family === to
      ? someOf(from.map((f) => given(asked.below(f), (all) => all.map((e) => call(name, [e], type)))))
      : null

export const timeFunctions: { readonly [N in TimeFunction]: (asked: Asked) => Maybe<CallNode> } = {
  // Each engine has a clock of its own.
  currentTimestamp: () => null,
  currentDate: () => null,
  extract: extracted,
  truncateTo: truncated,
  addInterval: moved,
  daysBetween: (asked) => (asked.family === 'integer' ? two('daysBetween', asked.below('date'), integerType) : null),
  secondsBetween: between('secondsBetween', 'count', countType),
  microsecondsBetween: between('microsecondsBetween', 'bigint', bigintType),
  dateOf: converted('dateOf', withClock, 'date', dateType),
  timeOf: converted('timeOf', withClock, 'time', timeType),
  toTimestamp: converted('toTimestamp', ['date', 'instant'], 'timestamp', timestampType),
  toTimestamptz: converted('toTimestamptz', ['date', 'timestamp'], 'instant', timestamptzType),
}

/**
 * Generators of casts: those that every engine takes.
 */
import { call, type CallNode } from '../expr/call-node.js'
import {
  bigintType,
  decimalType,
  doubleType,
  integerType,
  type SqlType,
  textType,
  timestamptzType,
} from '../expr/sql-type.js'
import { type Asked, given, type Maybe, someOf } from './context.js'
import type { Family } from './family.js'

/** What values of a family are made of, and their type then. */
const sources: Readonly<Partial<Record<Family, readonly [ReadonlyArray<Family>, SqlType<unknown>]>>> = {
  integer: [['boolean'], integerType],
  bigint: [['integer', 'count'], bigintType],
  double: [['integer', 'bigint'], doubleType],
  numeric: [['integer'], decimalType(12, 2)],
  text: [['integer', 'bigint', 'boolean', 'date'], textType],
  instant: [['date'], timestamptzType],
}

export const castOf = (asked: Asked): Maybe<CallNode> => {
  const made = sources[asked.family]
  if (made === undefined) return null
  const [families, type] = made
  return given(someOf(families.map(asked.below)), (all) => all.map((e) => call('cast', [e], type)))
}

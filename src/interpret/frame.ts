/**
 * The frame of a window: which rows of its sorted partition a row looks at.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import { invalidValue } from '../compile/load-error.js'
import type { FrameBound, WindowNode } from '../expr/call-node.js'
import { decimalUnits } from '../expr/decimal.js'
import type { SqlType } from '../expr/sql-type.js'
import type { Result } from './eval-error.js'
import type { Evaluate, Here } from './scope.js'

/** A row of a partition: what it is ordered by, and the rows that are ordered alike, from the first to before the end. */
export interface Placed {
  readonly here: Here
  readonly keys: ReadonlyArray<unknown>
  /** Which of the groups of rows that are ordered alike this is in. */
  readonly group: number
  readonly from: number
  readonly to: number
}

/** The rows of a partition from `from` to before `to`. */
export interface Span {
  readonly from: number
  readonly to: number
}

const spanned = (from: number, to: number): Span => ({ from, to: Math.max(from, to) })

/** The offset of a bound; none counts as 0. */
const offsetOf = (valueOf: Evaluate, here: Here, bound: FrameBound): Result<unknown> => {
  if (!('offset' in bound)) return E.right(0)
  return pipe(
    valueOf(here, bound.offset),
    E.chain((n) =>
      n === null || Number(n) < 0
        ? E.left(invalidValue(`the frame of a window`, 'its rows are counted from 0'))
        : E.right(n),
    ),
  )
}

/** Where a frame of rows, or of groups of rows, begins or ends: an index that may lie outside of the partition. */
const placeOf = (bound: FrameBound, current: number, offset: unknown): number => {
  switch (bound._tag) {
    case 'UnboundedPreceding':
      return -Infinity
    case 'Preceding':
      return current - Number(offset)
    case 'CurrentRow':
      return current
    case 'Following':
      return current + Number(offset)
    case 'UnboundedFollowing':
      return Infinity
  }
}

const within = (n: number, length: number): number => Math.min(Math.max(n, 0), length)

const ofRows = (
  frame: NonNullable<WindowNode['frame']>,
  at: number,
  length: number,
  offsets: readonly [unknown, unknown],
): Span => {
  const from = placeOf(frame.start, at, offsets[0])
  const to = placeOf(frame.end, at, offsets[1]) + 1
  return spanned(within(from, length), within(to, length))
}

const ofGroups = (
  frame: NonNullable<WindowNode['frame']>,
  placed: ReadonlyArray<Placed>,
  one: Placed,
  offsets: readonly [unknown, unknown],
): Span => {
  const [from, to] = [placeOf(frame.start, one.group, offsets[0]), placeOf(frame.end, one.group, offsets[1])]
  const first = placed.findIndex((p) => p.group >= from)
  const inside = placed.filter((p) => p.group <= to).length
  return spanned(first < 0 ? placed.length : first, inside)
}

/** A number that can be added to without loss: decimals in units of their last digit. */
const addable = (type: SqlType<unknown>, value: unknown): number | bigint | null => {
  if (typeof value === 'number' || typeof value === 'bigint') return value
  const units = typeof value === 'string' ? decimalUnits(value, null, type.scale) : E.left('')
  return E.isRight(units) ? units.right : null
}

const plus = (a: number | bigint, b: number | bigint, sign: 1 | -1): number | bigint =>
  typeof a === 'bigint' && typeof b === 'bigint' ? a + BigInt(sign) * b : Number(a) + sign * Number(b)

const ofRange = (
  node: WindowNode,
  frame: NonNullable<WindowNode['frame']>,
  placed: ReadonlyArray<Placed>,
  one: Placed,
  offsets: readonly [unknown, unknown],
): Span => {
  const [order] = node.orderBy
  const own = order === undefined ? null : addable(order.expr.type, one.keys[0])
  /** How many rows stand before the bound's value, or up to it. */
  const upTo = (bound: FrameBound, offset: unknown, inclusive: boolean): number => {
    if (bound._tag === 'UnboundedPreceding') return 0
    if (bound._tag === 'UnboundedFollowing') return placed.length
    const distance = order === undefined || own === null ? null : addable(order.expr.type, offset)
    if (bound._tag === 'CurrentRow' || order === undefined || own === null || distance === null)
      return inclusive ? one.to : one.from
    const forward = (bound._tag === 'Following') === (order.direction === 'asc')
    const limit = plus(own, distance, forward ? 1 : -1)
    const stands = (p: Placed): boolean => {
      const key = addable(order.expr.type, p.keys[0])
      if (key === null) return order.nulls === 'first'
      const ahead = order.direction === 'asc' ? key < limit : key > limit
      // oxlint-disable-next-line eqeqeq -- a number may be equal to a bigint
      return ahead || (inclusive && key == limit)
    }
    return placed.filter(stands).length
  }
  return spanned(upTo(frame.start, offsets[0], false), upTo(frame.end, offsets[1], true))
}

/** The frame of the row at a place of its partition. Without words, it ends with the rows that are ordered alike. */
export const frameAt = (
  valueOf: Evaluate,
  node: WindowNode,
  placed: ReadonlyArray<Placed>,
  one: Placed,
  at: number,
): Result<Span> => {
  const { frame } = node
  if (frame === null) return E.right(node.orderBy.length === 0 ? spanned(0, placed.length) : spanned(0, one.to))
  return pipe(
    offsetOf(valueOf, one.here, frame.start),
    E.chain((start) =>
      pipe(
        offsetOf(valueOf, one.here, frame.end),
        E.map((end) => {
          const offsets = [start, end] as const
          if (frame.unit === 'rows') return ofRows(frame, at, placed.length, offsets)
          return frame.unit === 'groups'
            ? ofGroups(frame, placed, one, offsets)
            : ofRange(node, frame, placed, one, offsets)
        }),
      ),
    ),
  )
}

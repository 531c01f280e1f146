/**
 * Sequences in memory: a statement counts, and what it counted is part of the tables that it gives back.
 */
import * as E from 'fp-ts/lib/Either.js'

import { tableIdentity } from '../expr/schema.js'
import type { SequenceInfo } from '../expr/sequence.js'
import { notEvaluable, type Result } from './eval-error.js'
import type { Tables } from './tables.js'

/** Sequences while a statement counts: its own, and seen by nobody else. */
export interface Counters {
  readonly next: (sequence: SequenceInfo) => Result<bigint>
  readonly hasCounted: () => boolean
  /** The last numbers that were given. */
  readonly last: () => ReadonlyMap<string, bigint>
}

const most = 2n ** 63n - 1n

interface Bounds {
  readonly start: bigint
  readonly increment: bigint
  readonly min: bigint
  readonly max: bigint
}

/** How a sequence counts where it does not say so: as PostgreSQL and MariaDB do. */
const boundsOf = ({ start, increment = 1, min, max }: SequenceInfo['counting']): Bounds => {
  const step = BigInt(increment)
  const low = BigInt(min ?? (step > 0n ? 1 : -most))
  const high = BigInt(max ?? (step > 0n ? most : -1))
  return { start: BigInt(start ?? (step > 0n ? low : high)), increment: step, min: low, max: high }
}

const after = (sequence: SequenceInfo, last: bigint | undefined): bigint | null => {
  const { start, increment, min, max } = boundsOf(sequence.counting)
  const next = last === undefined ? start : last + increment
  if (next >= min && next <= max) return next
  return sequence.counting.cycle === true ? (increment > 0n ? min : max) : null
}

/** The tables with what their sequences have given. */
export const counted = (tables: Tables, counters: Counters): Tables => {
  const sequences = counters.last()
  return sequences.size === 0 ? tables : Object.freeze({ ...tables, sequences })
}

/** The sequences of tables as a statement finds them. */
export const countersOf = ({ sequences, counting }: Tables): Counters => {
  const last = new Map(sequences)
  let asks = 0
  return {
    next: (asked) => {
      const id = tableIdentity(asked)
      const sequence = counting?.get(id) ?? asked
      const next = after(sequence, last.get(id))
      if (next === null) return E.left(notEvaluable(`the sequence "${sequence.name}" has come to its end`))
      last.set(id, next)
      asks += 1
      return E.right(next)
    },
    hasCounted: () => asks > 0,
    last: () => last,
  }
}

/**
 * Rows in order.
 */
import type { Comparator } from './value.js'

/** Sorts by the first comparator that tells two rows apart; rows that none tells apart stay as they stood. */
export const sortedBy =
  <A>(comparators: ReadonlyArray<Comparator>, keys: (a: A) => ReadonlyArray<unknown>) =>
  (all: ReadonlyArray<A>): ReadonlyArray<A> => {
    if (comparators.length === 0) return all
    const keyed = all.map((a) => ({ a, key: keys(a) }))
    keyed.sort((x, y) => {
      for (const [i, compare] of comparators.entries()) {
        const sign = compare(x.key[i], y.key[i])
        if (sign !== 0) return sign
      }
      return 0
    })
    return keyed.map(({ a }) => a)
  }

// Random numbers that a seed repeats.

/** A number from 0 to below n. */
export type Random = (n: number) => number

export const randomOf = (seed: number): Random => {
  let state = (seed ^ 0x9e3779b9) >>> 0
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % n
  }
}

/** One of these; the list is not empty. */
export const oneOf = <A>(random: Random, all: ReadonlyArray<A>): A => {
  if (all.length === 0) throw new RangeError('nothing to choose from')
  // Within the list: an element may be undefined itself.
  return all[random(all.length)] as A
}

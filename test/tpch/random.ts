/**
 * Numbers that look like chance and are the same on each run: xorshift, 32 bits.
 */

export interface Random {
  /** A whole number from `low` to `high`, both included. */
  readonly between: (low: number, high: number) => number
  readonly oneOf: <A>(list: readonly [A, ...ReadonlyArray<A>]) => A
}

/** The state is inside: a generator of a hundred thousand rows that threads it says little else. */
export const random = (seed: number): Random => {
  let state = seed | 0 || 1
  const next = (): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
  // A few rounds apart, so that near seeds don't begin alike.
  for (let i = 0; i < 16; i++) next()
  const between = (low: number, high: number): number => low + (next() % (high - low + 1))
  return { between, oneOf: (list) => list[between(0, list.length - 1)] ?? list[0] }
}

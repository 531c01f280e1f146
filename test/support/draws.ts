// Numbers that look random and can be had again: RELVAR_TEST_SEED gives others, RELVAR_TEST_TIMES gives more.

/** How many times more than usual. */
export const times = Number(process.env['RELVAR_TEST_TIMES'] ?? '1')

/** A function that gives numbers from 0 to 1 (mulberry32). */
export const drawing = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Draws of this run. */
export const draw = drawing(Number(process.env['RELVAR_TEST_SEED'] ?? '7'))

/** So many whole numbers between two, both among them. */
export const numbers = (count: number, from: number, to: number): ReadonlyArray<number> => [
  from,
  to,
  ...Array.from({ length: Math.max(0, count - 2) }, () => from + Math.floor(draw() * (to - from + 1))),
]

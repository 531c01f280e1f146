/**
 * Variance and standard deviation, by the method that loses fewest digits (Welford's). Engines have methods of their own.
 */

/** The variance of some values, or its root; of a sample, null where there is one value alone. */
export const deviation = (sample: boolean, root: boolean, values: ReadonlyArray<number>): number | null => {
  let mean = 0
  let squares = 0
  for (const [i, value] of values.entries()) {
    const before = value - mean
    mean += before / (i + 1)
    squares += before * (value - mean)
  }
  const of = values.length - (sample ? 1 : 0)
  if (of === 0) return null
  return root ? Math.sqrt(squares / of) : squares / of
}

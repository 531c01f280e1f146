/**
 * Measures several ways to do one job side by side: interleaved, so that what slows the machine slows all of them, and by medians.
 */

/** One way to do a job. `run` does it once and gives a value that must equal the others'. */
export interface Contender {
  readonly name: string
  readonly run: () => unknown
  /** How often `run` is repeated for one sample, so that a sample is longer than the clock's grain. */
  readonly times: number
  /** Done before each sample, outside of the time. */
  readonly before?: () => unknown
}

/** Microseconds a run, and how they compare to the first contender's. */
export interface Measured {
  readonly name: string
  readonly micros: number
  readonly ratio: number
}

const median = (numbers: ReadonlyArray<number>): number => {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

const sample = async ({ run, times, before }: Contender): Promise<number> => {
  await before?.()
  // What the others left to the event loop is theirs, not this one's.
  await new Promise<void>((resolve) => setImmediate(resolve))
  const start = process.hrtime.bigint()
  for (let i = 0; i < times; i++) {
    const result = run()
    if (result instanceof Promise) await result
  }
  return Number(process.hrtime.bigint() - start) / 1000 / times
}

/**
 * Samples all contenders in turn, `rounds` times after a warm-up. The ratio is the median of the ratios within a round: both
 * of its sides saw the same machine.
 */
export const measure = async (
  contenders: ReadonlyArray<Contender>,
  rounds: number,
): Promise<ReadonlyArray<Measured>> => {
  const samples = contenders.map((): Array<number> => [])
  for (let round = -Math.ceil(rounds / 4); round < rounds; round++) {
    for (const [i, contender] of contenders.entries()) {
      const micros = await sample(contender)
      if (round >= 0) samples[i]?.push(micros)
    }
  }
  return contenders.map(({ name }, i) => ({
    name,
    micros: median(samples[i] ?? []),
    ratio: median((samples[i] ?? []).map((micros, round) => micros / (samples[0]?.[round] ?? Number.NaN))),
  }))
}

// After thousands of effects of all kinds nothing has grown: sessions, listeners, timers, what the pool keeps, and the heap.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

interface Sample {
  readonly heap: number
  readonly listeners: number
  readonly resources: number
  readonly sessions: number
  readonly open: number
  readonly left: number
}

interface Report {
  readonly total: number
  readonly wrong: ReadonlyArray<string>
  readonly after: number
  readonly samples: ReadonlyArray<Sample>
}

const run = async (): Promise<Report> => {
  const file = fileURLToPath(new URL('flat-run.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', '--import', 'tsx', file])
  // what the program prints
  return JSON.parse(stdout) as Report
}

describe('many effects', () => {
  it('[bar 21] 20,000 of all kinds leave no session, listener or timer behind, and the heap as it was', async () => {
    const { total, wrong, after, samples } = await run()
    expect(total).toBeGreaterThanOrEqual(20_000)
    expect([wrong, after]).toEqual([[], 0])
    for (const { listeners, left, open, sessions } of samples) {
      expect({ listeners, left }).toEqual({ listeners: 0, left: 0 })
      expect(open).toBeLessThanOrEqual(10)
      expect(sessions).toBe(open)
    }
    const [cold, first] = samples
    const last = samples.at(-1)
    expect(last?.resources).toBe(cold?.resources)
    // a leak of a hundred bytes an effect would show: what is compiled on the way is less
    expect(last?.heap).toBeLessThan((first?.heap ?? 0) * 1.05)
  }, 180_000)
})

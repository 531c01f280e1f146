// A clock that stands still until nothing else is left to do: what waits an hour takes no time, and what waits for ever is seen.
import { vi } from 'vitest'

const immediately = setImmediate

/** Lets everything run that needs no time. */
export const flushed = (): Promise<void> => new Promise((resolve) => void immediately(resolve))

/** Stops the clock: timers and `performance.now()` go on only in `elapsing`. */
export const stopClock = (): void => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'Date'] })
}

export const startClock = (): void => {
  vi.useRealTimers()
}

/** Waits for a promise, and moves the clock to the next timer whenever nothing else is left to do; false where it never ends. */
export const elapsing = async (promise: Promise<unknown>, mostMs = 120_000): Promise<boolean> => {
  let settled = false
  const note = (): void => {
    settled = true
  }
  promise.then(note, note)
  const since = performance.now()
  for (;;) {
    await flushed()
    if (settled) return true
    if (vi.getTimerCount() === 0 || performance.now() - since > mostMs) return false
    vi.advanceTimersToNextTimer()
  }
}

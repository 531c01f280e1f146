/**
 * Moments and durations: every wait of relvar's ends at a moment of `performance.now()`, which no clock step moves.
 */

/** The longest time that a timer can be set to; above it Node.js fires at once. */
export const longestMs = 2 ** 31 - 1

/** Whether a number is a duration that a timer can wait for: whole milliseconds from 1 to 2^31 - 1. */
export const isDuration = (ms: number): boolean => Number.isInteger(ms) && ms >= 1 && ms <= longestMs

/** The moment `ms` from now. */
export const after = (ms: number): number => performance.now() + ms

/** What is left until a moment, as a timer takes it: at least 0, at most the longest. */
export const remaining = (deadline: number): number => Math.min(Math.max(deadline - performance.now(), 0), longestMs)

/** Gives back control for a while; sooner where the signal aborts. */
export const pause = (ms: number, signal: AbortSignal | null = null): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted === true) return resolve()
    const wake = (): void => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, ms)
    signal?.addEventListener('abort', wake, { once: true })
  })

/** Waits for a promise, but no longer than so many milliseconds; `undefined` where the time was up. It leaves no timer behind. */
export const atMost = <A>(ms: number, promise: Promise<A>): Promise<A | undefined> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms, undefined)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })

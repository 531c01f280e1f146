/**
 * A turn of the event loop for the rest of the program: answers that are given at once follow one another in microtasks, and a program
 * that asks for nothing else would hear no timer, no AbortSignal and no Ctrl-C.
 */

/** How long answers may follow one another without a turn, in milliseconds. */
const longestRunMs = 10

export interface Breath {
  /** A turn of the event loop to wait for before the next answer; null where there was one just now. */
  readonly next: () => Promise<void> | null
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Counts from the first answer since the last turn. */
export const makeBreath = (): Breath => {
  let since: number | null = null
  const turned = (): void => {
    since = null
  }
  return {
    next: () => {
      if (since === null) {
        since = performance.now()
        setImmediate(turned).unref()
        return null
      }
      return performance.now() - since > longestRunMs ? turn() : null
    },
  }
}

// How much work a function does, counted: unlike its time, it is the same on any machine, however busy.
import { type Profiler, Session } from 'node:inspector'

/** How often each block of code was entered while `run` ran, added up. */
const blocksOf = (run: () => unknown): number => {
  const session = new Session()
  session.connect()
  try {
    session.post('Profiler.enable')
    session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true })
    // What was counted before is taken away.
    session.post('Profiler.takePreciseCoverage')
    run()
    let found: ReadonlyArray<Profiler.ScriptCoverage> = []
    session.post('Profiler.takePreciseCoverage', (_, { result }) => {
      found = result
    })
    session.post('Profiler.stopPreciseCoverage')
    const functions = found.flatMap((script) => script.functions)
    return functions.reduce((sum, f) => sum + f.ranges.reduce((inner, range) => inner + range.count, 0), 0)
  } finally {
    session.disconnect()
  }
}

/**
 * The steps that `run` takes: blocks of code that are entered (a turn of a loop is one), and elements of arrays and Maps that are
 * copied or looked at one by one, which the engine does without entering any.
 */
export const stepsOf = (run: () => unknown): number => {
  let elements = 0
  const counting = (prototype: object): (() => void) => {
    const own = Object.getOwnPropertyDescriptor(prototype, Symbol.iterator)
    if (own === undefined) throw new Error('arrays and Maps have iterators')
    const iterate: unknown = own.value
    if (typeof iterate !== 'function') throw new Error('an iterator is a function')
    Object.defineProperty(prototype, Symbol.iterator, {
      ...own,
      value(this: { readonly length?: number; readonly size?: number }) {
        elements += this.length ?? this.size ?? 0
        return Reflect.apply(iterate, this, [])
      },
    })
    return () => void Object.defineProperty(prototype, Symbol.iterator, own)
  }
  const restored = [Array.prototype, Map.prototype, Set.prototype].map(counting)
  try {
    return blocksOf(run) + elements
  } finally {
    for (const restore of restored) restore()
  }
}

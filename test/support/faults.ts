// What the tests of faults found: a test that has shown what becomes of a fault on an engine says so with `recorded`, and
// docs/reliability.md is what they have said (test/support/reliability.ts).
import { TestRunner } from 'vitest'
import type { Recorded } from './fault-catalogue.js'

declare module 'vitest' {
  interface TaskMeta {
    faults?: Array<Recorded>
  }
}

/** Says what was found, at the end of the test that has shown it. It counts only if the test passes. */
export const recorded = (row: Recorded): void => {
  const test = TestRunner.getCurrentTest()
  if (test === undefined) throw new Error('recorded(…) is called inside a test')
  const { meta } = test
  meta.faults = [...(meta.faults ?? []), row]
}

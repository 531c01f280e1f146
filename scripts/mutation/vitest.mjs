// As much of vitest as the tests use, for one process that runs them thousands of times: suites are collected when a file is
// loaded, and run after that. `expect` is vitest's own.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const own = createRequire(import.meta.resolve('vitest'))
const { JestAsymmetricMatchers, JestChaiExpect, JestExtend, setState, GLOBAL_EXPECT } = await import(
  pathToFileURL(own.resolve('@vitest/expect')).href
)
const chai = await import(pathToFileURL(own.resolve('chai')).href).catch(
  async () => import(pathToFileURL(createRequire(own.resolve('@vitest/expect')).resolve('chai')).href),
)

const expect = (value, message) => chai.expect(value, message)
Object.assign(globalThis, { [GLOBAL_EXPECT]: expect })
chai.use(JestExtend)
chai.use(JestChaiExpect)
chai.use(JestAsymmetricMatchers)
Object.assign(expect, chai.expect)
setState({ assertionCalls: 0, isExpectingAssertions: false, expectedAssertionsNumber: null }, expect)

// An assertion about types is one of the compiler: nothing happens here.
const typed = new Proxy(() => typed, { get: () => typed })

const suiteOf = (name) => ({ name, parts: [], before: [], after: [], beforeOne: [], afterOne: [] })

const argumentsOf = (row) => (Array.isArray(row) ? row : [row])

/** The functions of `vitest` for one test file, and the suite that they fill. */
export const collector = (inject) => {
  const top = suiteOf('')
  let now = top
  const describe = (name, ...rest) => {
    const suite = suiteOf(name)
    now.parts.push({ suite })
    const outer = now
    now = suite
    try {
      rest.find((one) => typeof one === 'function')?.()
    } finally {
      now = outer
    }
  }
  describe.each =
    (rows) =>
    (name, ...rest) => {
      const body = rest.find((one) => typeof one === 'function')
      for (const row of rows) describe(name, () => body(...argumentsOf(row)))
    }
  const test = (name, ...rest) => {
    now.parts.push({ test: { name, body: rest.find((one) => typeof one === 'function') } })
  }
  test.each =
    (rows) =>
    (name, ...rest) => {
      const body = rest.find((one) => typeof one === 'function')
      for (const row of rows) test(name, () => body(...argumentsOf(row)))
    }
  const hook = (kind) => (body) => void now[kind].push(body)
  const exports = {
    describe,
    it: test,
    test,
    expect,
    expectTypeOf: typed,
    inject,
    beforeAll: hook('before'),
    afterAll: hook('after'),
    beforeEach: hook('beforeOne'),
    afterEach: hook('afterOne'),
  }
  return { exports, top }
}

/** The tests of a suite in their order. */
export const testsOf = (suite) =>
  suite.parts.flatMap((part) => (part.suite === undefined ? [part.test] : testsOf(part.suite)))

/**
 * Runs the tests that `wanted` says, with the hooks around them. `each` is told of every test with its error, or null; what it
 * answers says whether to go on. Throws what a hook throws.
 */
export const runSuite = async (suite, wanted, each, outer = { before: [], after: [] }) => {
  if (!testsOf(suite).some(wanted)) return true
  const before = [...outer.before, ...suite.beforeOne]
  const after = [...suite.afterOne, ...outer.after]
  try {
    for (const hook of suite.before) {
      const undo = await hook()
      if (typeof undo === 'function') suite.after.push(undo)
    }
    for (const { suite: inner, test } of suite.parts) {
      if (inner !== undefined) {
        if (!(await runSuite(inner, wanted, each, { before, after }))) return false
      } else if (wanted(test)) {
        let error = null
        try {
          for (const hook of before) await hook()
          await test.body({})
        } catch (thrown) {
          error = thrown instanceof Error ? thrown : new Error(String(thrown))
        } finally {
          for (const hook of after) await hook()
        }
        if (!(await each(test, error))) return false
      }
    }
    return true
  } finally {
    for (const hook of suite.after) await hook()
  }
}

// The last step of a run: docs/reliability.md says what the fault tests of this run have recorded, else the run has failed.
// `RELVAR_DOCS=write` writes it. Test files that did not run whole, and engines that were not there, are left out.
import { readFileSync, writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Reporter, TestModule, Vitest } from 'vitest/node'
import { differences, merged, type Ran } from './reliability.js'

const page = fileURLToPath(new URL('../../docs/reliability.md', import.meta.url))
const folder = fileURLToPath(new URL('../integration', import.meta.url))

const nameOf = (module: TestModule): string =>
  relative(folder, module.moduleId)
    .replaceAll('\\', '/')
    .replace(/\.test\.ts$/, '')

const ranWhole = (module: TestModule): boolean =>
  module.children.size > 0 && [...module.children.allTests()].every((test) => test.result().state === 'passed')

export const reliabilityReporter = (): Reporter => {
  let vitest: Vitest | null = null
  return {
    onInit: (started) => {
      vitest = started
    },
    onTestRunEnd: (modules) => {
      const project = vitest?.projects.find(({ name }) => name === 'engines')
      const engines = project?.getProvidedContext().engines
      if (engines === undefined) return
      const whole = modules.filter(ranWhole)
      const ran: Ran = {
        files: whole.map(nameOf),
        places: [...engines.ran.map(({ name }) => name), 'memory'],
        rows: whole.flatMap((module) =>
          [...module.children.allTests()].flatMap((test) =>
            (test.meta().faults ?? []).map((row) => ({ ...row, file: nameOf(module) })),
          ),
        ),
      }
      const text = readFileSync(page, 'utf8')
      if (process.env['RELVAR_DOCS'] === 'write') return writeFileSync(page, merged(text, ran))
      const wrong = differences(text, ran)
      if (wrong.length === 0) return
      console.error(
        [`docs/reliability.md is not what the tests have found (RELVAR_DOCS=write writes it):`, ...wrong].join('\n  '),
      )
      process.exitCode = 1
    },
  }
}

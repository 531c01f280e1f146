// The last lines of a run: which engines it used, which it had to do without and how to get them, and one line of counts.
import { writeFileSync } from 'node:fs'
import type { Reporter, TestModule, Vitest } from 'vitest/node'
import type { EngineReport } from './servers/start.js'

const remedies: Readonly<Record<string, string>> = {
  postgres:
    'npm ci without --omit=optional; or apt install postgresql, brew install postgresql; or RELVAR_TEST_POSTGRES_URL=postgres://…',
  mariadb: 'apt install mariadb-server, brew install mariadb, Docker; or RELVAR_TEST_MARIADB_URL=mariadb://…',
  mysql: 'apt install mysql-server (Ubuntu), brew install mysql, Docker; or RELVAR_TEST_MYSQL_URL=mysql://…',
}

const engineLines = ({ ran, absent, notes }: EngineReport): ReadonlyArray<string> => [
  'Engines of this run:',
  ...ran.map(({ label, version, from }) => `  ${label.padEnd(14)} ${version === '' ? '' : `${version}, `}${from}`),
  ...absent.flatMap(({ name, why }) => [
    `  ${name.padEnd(14)} NOT RUN: ${why}`,
    `  ${''.padEnd(14)} to get it: ${remedies[name]}`,
  ]),
  ...notes.map((note) => `  note: ${note}`),
]

export interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

const count = (modules: ReadonlyArray<TestModule>, errors: ReadonlyArray<unknown>): Counts => {
  const tests = modules.flatMap((module) => [...module.children.allTests()]).map((test) => test.result().state)
  // a file that could not be loaded has no test that failed
  const broken = modules.filter((module) => module.errors().length > 0 || module.children.size === 0).length
  return {
    passed: tests.filter((state) => state === 'passed').length,
    failed: tests.filter((state) => state === 'failed').length + broken + errors.length,
    skipped: tests.filter((state) => state === 'skipped' || state === 'pending').length,
  }
}

export const line = ({ passed, failed, skipped }: Counts): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`

/** Prints the engines and the counts, or gives them to `npm test` by a file when it asks for that. */
export const enginesReporter = (): Reporter => {
  let vitest: Vitest | null = null
  return {
    onInit: (started) => {
      vitest = started
    },
    onTestRunEnd: (modules, errors, reason) => {
      const project = vitest?.projects.find(({ name }) => name === 'engines')
      const engines: EngineReport | undefined = project?.getProvidedContext().engines
      const lines = engines === undefined ? [] : engineLines(engines)
      const seen = count([...modules], [...errors])
      // a run that could not begin has no test that failed
      const counts = reason === 'passed' || seen.failed > 0 ? seen : { ...seen, failed: 1 }
      const path = process.env['RELVAR_TEST_SUMMARY']
      if (path === undefined) console.log([...lines, line(counts)].join('\n'))
      else writeFileSync(path, JSON.stringify({ lines, counts }))
    },
  }
}

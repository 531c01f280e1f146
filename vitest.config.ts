import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { reliabilityReporter } from './test/support/reliability-reporter.js'
import { enginesReporter } from './test/support/reporter.js'

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

const report = process.env['RELVAR_TEST_REPORT']

const resolve = {
  alias: [
    { find: /^relvar$/, replacement: at('./src/index.ts') },
    { find: /^relvar\/(.+)$/, replacement: at('./src/$1.ts') },
  ],
}

// The one CommonJS file of src, which says where its folder is: its `export =` is TypeScript's, and Vite takes ESM alone.
const commonJs = {
  name: 'export-equals',
  enforce: 'pre',
  transform: (code: string, id: string) =>
    id.endsWith('.cts') ? code.replace('export =', 'export default') : undefined,
} as const

// Three projects, so that a run of unit tests alone starts no server.
export default defineConfig({
  test: {
    // vitest leaves one core free, which on two cores halves the run
    maxWorkers: Math.max(2, availableParallelism()),
    reporters: [
      'default',
      ...(report === undefined ? [] : [['json', { outputFile: report }] satisfies [string, object]]),
      enginesReporter(),
      reliabilityReporter(),
    ],
    projects: [
      {
        resolve,
        plugins: [commonJs],
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts', 'test/generated/**/*.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        resolve,
        plugins: [commonJs],
        test: {
          name: 'engines',
          include: ['test/property/**/*.test.ts', 'test/integration/**/*.test.ts'],
          globalSetup: ['test/support/servers/setup.ts'],
          // a limit for what hangs, not for what is slow on a busy machine
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        resolve,
        test: {
          name: 'types',
          include: [],
          typecheck: {
            enabled: true,
            only: true,
            include: ['test/types/**/*.test.ts'],
            tsconfig: 'tsconfig.types.json',
          },
        },
      },
    ],
  },
})

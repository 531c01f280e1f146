// The test command: first what needs no test runner (types, lint, format, unused code, doc examples), then vitest.
//
//   npm test [-- a path or an option of vitest]      all of it
//   npm run check                                    the checks alone
//
// The last line is `N passed, N failed, N skipped`; a check counts as one test.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const args = process.argv.slice(2)
const checksOnly = args.includes('--checks-only')

const node = (script, ...rest) => [process.execPath, [join(root, script), ...rest]]
const tool = (name, ...rest) => [join(root, 'node_modules/.bin', name), rest]

/** The doc examples are written out first: the later checks read them. */
const first = [['examples in docs', node('scripts/doc-examples.mjs')]]
const checks = [
  ['types', tool('tsc', '--noEmit', '-p', 'tsconfig.json')],
  ['types of doc examples', tool('tsc', '--noEmit', '-p', 'tsconfig.docs.json')],
  ['messages of type tests', node('scripts/type-messages.mjs')],
  ['lint', tool('oxlint', '--type-aware', '--ignore-pattern', 'test/fixtures')],
  ['lint sees its fixture', node('scripts/check-import-rule.mjs')],
  ['format', tool('biome', 'format')],
  ['unused code', tool('knip')],
]

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`
const environment = {
  ...process.env,
  PATH: `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}`,
}

const run = ([file, rest], options) => {
  const child = spawn(file, rest, {
    cwd: root,
    env: environment,
    shell: process.platform === 'win32' && file !== process.execPath,
    ...options,
  })
  // Ctrl-C reaches the whole group: the child ends in its own order, and this process waits for it
  const pass = () => child.kill('SIGTERM')
  process.on('SIGTERM', pass)
  return new Promise((resolve) => {
    const text = []
    child.stdout?.on('data', (chunk) => text.push(chunk))
    child.stderr?.on('data', (chunk) => text.push(chunk))
    child.on('error', (error) => text.push(Buffer.from(`${error}\n`)))
    child.on('close', (code) => {
      process.off('SIGTERM', pass)
      resolve({ ok: code === 0, text: Buffer.concat(text).toString() })
    })
  })
}

const check = async ([name, command]) => {
  const since = Date.now()
  const { ok, text } = await run(command, { stdio: ['ignore', 'pipe', 'pipe'] })
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name} (${seconds(since)})`)
  if (!ok) console.log(text.trimEnd().replaceAll(/^/gm, '     '))
  return ok
}

/** Two at a time: most of them use one core. */
const twoAtATime = async (list) => {
  const waiting = [...list]
  const results = []
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) results.push(await check(next))
  }
  await Promise.all([worker(), worker()])
  return results
}

const noTests = { lines: [], counts: { passed: 0, failed: 0, skipped: 0 } }

const tests = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'relvar-test-summary-'))
  const summary = join(folder, 'summary.json')
  Object.assign(environment, { RELVAR_TEST_SUMMARY: summary, RELVAR_TEST_REPORT: join(root, 'report.json') })
  const { ok } = await run(tool('vitest', 'run', ...args), { stdio: ['ignore', 'inherit', 'inherit'] })
  const result = existsSync(summary) ? JSON.parse(readFileSync(summary, 'utf8')) : noTests
  rmSync(folder, { recursive: true, force: true })
  // a run that ended without a word about its tests, or failed with none failing, has failed all the same
  const silent = !ok && result.counts.failed === 0
  return { lines: result.lines, counts: { ...result.counts, failed: result.counts.failed + (silent ? 1 : 0) } }
}

process.on('SIGINT', () => {})
const since = Date.now()
const checked = [...(await twoAtATime(first)), ...(await twoAtATime(checks))]
const { lines, counts } = checksOnly ? noTests : await tests()
const failedChecks = checked.filter((ok) => !ok).length
const passed = counts.passed + checked.length - failedChecks
const failed = counts.failed + failedChecks

console.log([...lines, ...(failedChecks > 0 ? [`${failedChecks} of the checks above failed.`] : [])].join('\n'))
console.log(`all in ${seconds(since)}`)
console.log(`${passed} passed, ${failed} failed, ${counts.skipped} skipped`)
process.exit(failed === 0 ? 0 : 1)

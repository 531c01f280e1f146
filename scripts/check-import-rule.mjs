// Proves that the lint sees every rule it is trusted with: each file of the fixture breaks some, says so in its first
// line, and the lint must report exactly those. (A linter that reads no file reports no problem either.)
import { spawnSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const fixture = join(root, 'test/fixtures/import-rule/src')

const files = readdirSync(fixture, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
  .sort()

const expected = (file) => {
  const [first] = readFileSync(join(root, file), 'utf8').split('\n')
  return first.startsWith('// expect: ') ? first.slice('// expect: '.length).split(' ').sort() : []
}

const lint = spawnSync('npx', ['oxlint', '--type-aware', '--format', 'json', 'test/fixtures/import-rule'], {
  cwd: root,
  encoding: 'utf8',
  shell: process.platform === 'win32',
})
const report = JSON.parse(lint.stdout)
const reported = (file) =>
  report.diagnostics
    .filter((one) => one.filename.replaceAll('\\', '/') === file)
    .map((one) => one.code)
    .sort()

const wrong = files.filter((file) => expected(file).join(' ') !== reported(file).join(' '))
for (const file of wrong) {
  console.error(`${file}\n  should be reported: ${expected(file).join(' ') || 'nothing'}`)
  console.error(`  is reported:        ${reported(file).join(' ') || 'nothing'}`)
}
const broken = files.flatMap(expected)
if (wrong.length > 0 || broken.length === 0) process.exit(1)
console.log(
  `the lint reports all ${broken.length} broken rules of ${files.length} files (${new Set(broken).size} kinds)`,
)

// Checks what the compiler says, not only that it objects: `// @ts-expect-error: words` in test/types must meet an error
// that contains these words. (TypeScript itself ignores them. A directive without words is left to vitest.)
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const types = join(root, 'test/types')
// beside test/types, at the same depth, so that relative imports hold
const generated = join(root, 'test/generated')
const directive = /^(\s*)\/\/ @ts-expect-error: +(\S.*)$/

const sources = existsSync(types)
  ? readdirSync(types, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => relative(types, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
      .sort()
  : []

/** The line that a directive speaks of: the next that is neither empty nor a comment. */
const target = (lines, i) => lines.findIndex((line, at) => at > i && !/^\s*(\/\/|$)/.test(line))

const expectations = sources.flatMap((file) => {
  const lines = readFileSync(join(types, file), 'utf8').split('\n')
  const found = lines.flatMap((line, i) => {
    const words = directive.exec(line)?.[2]
    return words === undefined ? [] : [{ file, line: i + 1, target: target(lines, i) + 1, words }]
  })
  if (found.length > 0) {
    const copy = join(generated, file.replace(/\.ts$/, '.messages.ts'))
    mkdirSync(dirname(copy), { recursive: true })
    writeFileSync(copy, lines.map((line) => line.replace(directive, '$1// here: $2')).join('\n'))
  }
  return found
})

if (expectations.length === 0) {
  console.log('no directive states a message')
  process.exit(0)
}

const tsc = join(root, 'node_modules/typescript/bin/tsc')
const { stdout } = spawnSync(process.execPath, [tsc, '--noEmit', '--pretty', 'false', '-p', 'tsconfig.messages.json'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
})

/** The compiler's errors by `file:line`, each with the lines that explain it. */
const errors = new Map()
for (const text of stdout.split(/\n(?=\S)/)) {
  const where = /^test\/generated\/(.+)\.messages\.ts\((\d+),\d+\): error TS\d+: ([\s\S]*)$/.exec(text)
  if (where === null) continue
  const key = `${where[1]}.ts:${where[2]}`
  // sentences are string types to the compiler, which escapes the quotes in them
  errors.set(key, `${errors.get(key) ?? ''}${where[3].replaceAll('\\"', '"')}\n`)
}

const wrong = expectations.filter(({ file, target: at, words }) => !errors.get(`${file}:${at}`)?.includes(words))
for (const { file, line, target: at, words } of wrong) {
  console.error(`test/types/${file}:${line}\n  should say: ${words}`)
  console.error(
    `  says:       ${(errors.get(`${file}:${at}`) ?? 'nothing').trim().replaceAll('\n', '\n              ')}`,
  )
}
console.log(`${expectations.length - wrong.length} of ${expectations.length} messages are as expected`)
process.exit(wrong.length === 0 ? 0 : 1)

// Writes the examples of the documentation into test/generated, where they are type-checked and run as tests.
//
//   every `@example` of a doc comment in src                       checked and run
//   every ```ts block of README.md and docs that begins `// @run`  checked and run
//   every ```ts block that begins `// @check`                      checked only
//
// An example is a module: it states its own imports. Only `assert` (node:assert/strict) it may take for granted.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const generated = join(root, 'test/generated')

const files = (folder, ending) =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith(ending) && !entry.parentPath.includes('node_modules'))
        .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
        .sort()
    : []

const lineOf = (text, index) => text.slice(0, index).split('\n').length

// Finding them -------------------------------------------------------------------------------------------------------

const stars = /^\s*\* ?/
const inComment = (file, text, comment) => {
  const lines = comment[0].split('\n').map((line) => line.replace(stars, ''))
  const firstLine = lineOf(text, comment.index)
  const starts = lines.flatMap((line, i) => (line.startsWith('@example') ? [i] : []))
  return starts.map((start) => {
    const end = lines.findIndex((line, i) => i > start && (/^@\w/.test(line) || line.trim() === '/'))
    const body = lines.slice(start + 1, end === -1 ? undefined : end).filter((line) => !line.startsWith('```'))
    return { file, line: firstLine + start, code: body.join('\n'), run: true }
  })
}

const inSource = (file) => {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(/^[ \t]*\/\*\*[\s\S]*?\*\//gm)].flatMap((comment) => inComment(file, text, comment))
}

const inMarkdown = (file) => {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(/^```ts\b[^\n]*\n\/\/ @(run|check)\b[^\n]*\n([\s\S]*?)^```/gm)].map((block) => ({
    file,
    line: lineOf(text, block.index),
    code: block[2],
    run: block[1] === 'run',
  }))
}

// Writing them -------------------------------------------------------------------------------------------------------

const usesAssert = (code) => /\bassert\b/.test(code) && !/^import\b.*\bassert\b/m.test(code)

const module = ({ file, line, code }) =>
  [
    `// ${file}:${line}`,
    ...(usesAssert(code) ? [`import assert from 'node:assert/strict'`] : []),
    code.trimEnd(),
    // a file without an import or export would share its names with all others
    'export {}',
    '',
  ].join('\n')

const slug = (file) => file.replaceAll(/[^A-Za-z0-9]+/g, '-')
const nameOf = ({ file, line }) => `${slug(file)}-${line}`

const testFile = (examples) =>
  [
    `import { test } from 'vitest'`,
    '',
    ...examples.map(
      (one) => `test('example at ${one.file}:${one.line}', () => import('./${nameOf(one)}.js').then(() => {}))`,
    ),
    '',
  ].join('\n')

const examples = [
  ...files('src', '.ts').flatMap(inSource),
  ...['README.md', 'CONTRIBUTING.md'].filter((file) => existsSync(join(root, file))).flatMap(inMarkdown),
  ...files('docs', '.md').flatMap(inMarkdown),
]

rmSync(generated, { recursive: true, force: true })
mkdirSync(generated, { recursive: true })
for (const one of examples) writeFileSync(join(generated, `${nameOf(one)}.ts`), module(one))
for (const file of new Set(examples.map((one) => one.file))) {
  const runs = examples.filter((one) => one.file === file && one.run)
  if (runs.length > 0) writeFileSync(join(generated, `${slug(file)}.test.ts`), testFile(runs))
}
console.log(`${examples.length} examples, ${examples.filter((one) => one.run).length} of them run`)

// One build with all sampled mutants in it: each is a branch that a number switches on.
//
// Sources and tests are copied, instrumented and compiled once; a worker loads them with another number for each mutant. Loops
// count, so that one that a mutant made endless ends.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { mutantsOf, partsOf } from './operators.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const tsc = join(root, 'node_modules/typescript/bin/tsc')

/** Where the copy and what is compiled of it stand. */
export const folder = join(root, process.env['RELVAR_MUTATION_FOLDER'] ?? '.cache/mutation')
export const copied = join(folder, 'source')
export const built = join(folder, 'built')

/** What of the tests is of no use here: it needs the whole project around it, or no running code. */
const left = ['test/generated', 'test/consumer', 'test/fixtures', 'test/types', 'test/unit/docs', 'test/fuzz']

/** All files of a folder of the copy that end so, by their paths from the root. */
export const filesIn = (path, ending) =>
  readdirSync(join(copied, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name).slice(copied.length + 1))
    .sort()

/** A copy of what is there now: whoever goes on to work in the folder does not change a run under way. */
export const copy = (from = root) => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const part of ['src', 'test'])
    cpSync(join(from, part), join(copied, part), {
      recursive: true,
      filter: (path) => !left.some((one) => path.endsWith(one)),
    })
}

/** The trees of the files under these paths with their mutants, numbered through. */
export const findMutants = (paths) => {
  const files = paths.flatMap((path) => filesIn(path, '.ts'))
  const parsed = files.map((file) => {
    const text = readFileSync(join(copied, file), 'utf8')
    return { file, text, ...mutantsOf(file, text) }
  })
  return { parsed, mutants: parsed.flatMap(({ mutants }) => mutants) }
}

const loops = ['ForStatement', 'ForOfStatement', 'ForInStatement', 'WhileStatement', 'DoWhileStatement']

/** A node's code with the mutants of `chosen` in it: those of its own around it, those of its parts inside. */
const codeOf = (text, chosen) => {
  const inner = (node) => {
    let code = ''
    let at = node.start
    for (const { part, key } of partsOf(node)) {
      const own = emit(part)
      code += text.slice(at, part.start)
      if (part === node.consequent?.[0]) code += emptied(node)
      code += key === 'body' && loops.includes(node.type) ? `{ __tick(); ${own} }` : own
      at = part.end
    }
    return code + text.slice(at, node.end) + (node.type === 'SwitchCase' && emptied(node) !== '' ? '}' : '')
  }
  /** The head of a case's statements, which a mutant takes away. */
  const emptied = (node) => {
    if (node.type !== 'SwitchCase') return ''
    const ids = (chosen.get(node) ?? []).map(({ id }) => id)
    return ids.length === 0 ? '' : `if (${ids.map((id) => `!__m(${id})`).join(' && ')}) {`
  }
  const emit = (node) => {
    // In braces of its own: an `else` may follow, and a line that a mutant begins with `(` would go on the one before it.
    const code = node.type === 'ExpressionStatement' ? `{ ${inner(node)} }` : inner(node)
    return (chosen.get(node) ?? []).reduce((now, { id, replacement }) => {
      switch (node.type) {
        case 'ExpressionStatement':
          return `{ if (!__m(${id})) ${now} }`
        case 'BlockStatement':
          return `{ if (!__m(${id})) ${now} }`
        case 'SwitchCase':
          return now
        default:
          return `(__m(${id}) ? (${replacement}) : (${now}))`
      }
    }, code)
  }
  return emit
}

const plainModules = (code) =>
  code.replaceAll('import.meta.url', '__url').replaceAll(/\bawait import\(/g, 'await __import(')

const config = {
  compilerOptions: {
    target: 'es2022',
    lib: ['es2023'],
    module: 'commonjs',
    moduleResolution: 'bundler',
    types: ['node'],
    esModuleInterop: true,
    noCheck: true,
    skipLibCheck: true,
    rootDir: 'source',
    outDir: 'built',
    paths: { relvar: ['./source/src/index.ts'], 'relvar/*': ['./source/src/*.ts'] },
  },
  include: ['source'],
}

/** Instruments the copy with these mutants and compiles it. */
export const build = (parsed, sampled) => {
  const chosen = new Map()
  for (const mutant of sampled) chosen.set(mutant.node, [...(chosen.get(mutant.node) ?? []), mutant])
  for (const { file, text, program } of parsed) writeFileSync(join(copied, file), codeOf(text, chosen)(program))
  for (const file of [...filesIn('src', '.ts'), ...filesIn('test', '.ts')]) {
    const code = readFileSync(join(copied, file), 'utf8')
    const plain = plainModules(code)
    if (plain !== code) writeFileSync(join(copied, file), plain)
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', join(folder, 'tsconfig.json')], {
    cwd: dirname(folder),
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`the instrumented code does not compile\n${stdout.slice(0, 4000)}`)
}

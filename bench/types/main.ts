/**
 * `npm run bench:types`: what the TypeScript compiler does for the same 30 queries in relvar, kysely and drizzle, by its own
 * diagnostics. Fails where relvar needs more than half of kysely's instantiations; bench/RESULTS.md records the figures.
 *
 * relvar is read as its users read it, from emitted declarations, and each program imports the whole package. A program with the
 * imports and the tables alone says what is there before the first query.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { libraries, type Library, plans } from './queries.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = join(root, '.cache/bench-types')
const declarations = join(folder, 'declarations')
const tsc = join(root, 'node_modules/typescript/bin/tsc')
const rounds = 5

/** Instantiations may be at most this part of kysely's. */
const budget = 0.5

interface Checked {
  readonly instantiations: number
  readonly seconds: number
}

const run = (args: ReadonlyArray<string>): { readonly output: string; readonly good: boolean } => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [tsc, ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return { output: `${stdout}${stderr}`, good: status === 0 }
}

const figure = (output: string, label: string): number => {
  const found = new RegExp(`^${label}:\\s+([\\d.]+)`, 'm').exec(output)?.[1]
  if (found === undefined) throw new Error(`the compiler says no ${label}:\n${output}`)
  return Number(found)
}

const median = (numbers: ReadonlyArray<number>): number => {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

// One file, checked by one thread: instantiations are then the same in each run.
const options = {
  target: 'es2022',
  lib: ['es2023'],
  module: 'nodenext',
  moduleResolution: 'nodenext',
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  noEmit: true,
  paths: { relvar: ['./declarations/index.d.ts'] },
}

const check = (name: string, text: string): Checked => {
  writeFileSync(join(folder, `${name}.ts`), text)
  writeFileSync(join(folder, `${name}.json`), JSON.stringify({ compilerOptions: options, files: [`${name}.ts`] }))
  const outputs = Array.from({ length: rounds }, () => {
    const { output, good } = run(['-p', `${name}.json`, '--extendedDiagnostics', '--singleThreaded'])
    if (!good) throw new Error(`${name} does not compile:\n${output}`)
    return output
  })
  return {
    instantiations: median(outputs.map((output) => figure(output, 'Instantiations'))),
    seconds: median(outputs.map((output) => figure(output, 'Check time'))),
  }
}

const program = ({ imports, tables, query }: Library, queries: boolean): string =>
  [imports, tables, ...(queries ? plans.map(query) : [])].join('\n')

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n')
symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
const emitted = run(['-p', join(root, 'tsconfig.esm.json'), '--emitDeclarationOnly', '--outDir', declarations])
if (!emitted.good) throw new Error(`relvar does not compile:\n${emitted.output}`)

const measured = libraries.map((library) => ({
  name: library.name,
  before: check(`${library.name}-tables`, program(library, false)),
  all: check(library.name, program(library, true)),
}))

console.log(`${plans.length} queries over ten tables, thirty fields each; relvar / kysely at most ${budget}\n`)
console.log('             instantiations   of these before the first query   check time, of it before')
for (const { name, before, all } of measured)
  console.log(
    `  ${name.padEnd(10)}${all.instantiations.toLocaleString('en').padStart(15)}${before.instantiations.toLocaleString('en').padStart(34)}` +
      `${all.seconds.toFixed(3).padStart(11)} s${before.seconds.toFixed(3).padStart(12)} s`,
  )

const of = (name: string): number => {
  const found = measured.find((library) => library.name === name)
  if (found === undefined) throw new Error(`${name} was not measured`)
  return found.all.instantiations
}
const ratio = of('relvar') / of('kysely')
console.log(`\nrelvar / kysely: ${ratio.toFixed(2)}`)
if (ratio > budget) {
  console.error(`relvar needs more than ${budget} of kysely's instantiations`)
  process.exitCode = 1
}

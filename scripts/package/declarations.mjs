// A package of a user's own that exports tables and queries: it must be able to write its declarations, and they must
// mean the same to whoever imports it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { project, run } from './steps.mjs'

export const declarations = (compiler, nodeTypes, packages) => {
  const installed = [`typescript@${compiler}`, `@types/node@${nodeTypes}`, ...packages]
  const folder = project(`declarations-${compiler}`, installed, { from: 'declarations' })
  const tsc = (config) => run(folder, process.execPath, ['node_modules/typescript/bin/tsc', '-p', config])
  tsc('tsconfig.json')
  tsc('tsconfig.use.json')
  const emitted = readFileSync(join(folder, 'dist/library.d.ts'), 'utf8')
  if (/\bany\b/.test(emitted)) {
    console.error(`the declarations lost a type:\n${emitted}`)
    process.exit(1)
  }
  return `${run(folder, process.execPath, ['run.mjs']).trim()}; ${emitted.length} characters of declarations`
}

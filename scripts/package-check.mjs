// Is the package that would be published right? Builds and packs it, asks publint and attw, installs the tarball in fresh
// projects (ESM, CommonJS, and one that emits declarations, under two compilers), and starts the example on other Node.js.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { declarations } from './package/declarations.mjs'
import { otherNodes } from './package/other-nodes.mjs'
import { project, root, run, step, temporary } from './package/steps.mjs'

const versions = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies
const peers = ['fp-ts', 'io-ts'].map((name) => `${name}@${versions[name]}`)
// The one driver that needs neither a server nor a compiler.
const driver = `node-sqlite3-wasm@${versions['node-sqlite3-wasm']}`

step('build', () => void run(root, process.execPath, ['scripts/build.mjs']))

step('pack', () => {
  run(root, 'npm', ['pack', '--ignore-scripts', '--pack-destination', temporary])
  const listed = run(root, 'tar', ['-tzf', tarball()]).trim().split('\n')
  const unwanted = listed.filter(
    (path) => !/^package\/(dist\/|package\.json$|README\.md$|LICENSE$|CHANGELOG\.md$)/.test(path),
  )
  const missing = ['README.md', 'LICENSE', 'CHANGELOG.md'].filter((name) => !listed.includes(`package/${name}`))
  if (unwanted.length + missing.length > 0) {
    console.error(
      `in the tarball, unwanted: ${unwanted.join(', ') || 'none'}; missing: ${missing.join(', ') || 'none'}`,
    )
    process.exit(1)
  }
  return `${listed.length} files, ${Math.round(statSync(tarball()).size / 1024)} kB`
})

function tarball() {
  return join(
    temporary,
    readdirSync(temporary).find((name) => name.endsWith('.tgz')),
  )
}

step('publint', () => void run(root, 'npx', ['publint', '--strict', tarball()]))
step('are the types wrong', () => void run(root, 'npx', ['attw', tarball()]))

step('an ESM project', () => {
  const folder = project('esm', [tarball(), ...peers, driver], { from: 'esm' })
  return run(folder, process.execPath, ['main.mjs']).trim()
})
step('a CommonJS project', () => {
  const folder = project('cjs', [tarball(), ...peers, driver], { from: 'cjs', type: 'commonjs' })
  return run(folder, process.execPath, ['main.cjs']).trim()
})
for (const compiler of [versions.typescript, '5.9.3']) {
  step(`a project that emits declarations, typescript ${compiler}`, () =>
    declarations(compiler, versions['@types/node'], [tarball(), ...peers]),
  )
}
if (existsSync(join(root, 'examples/src/main.ts'))) otherNodes(['22.23.3', '24.9.0'])
console.log('the package is good')

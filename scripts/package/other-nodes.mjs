// The example on other releases of Node.js, with the same node_modules. The registry's packages node-<platform>-<arch>
// hold the programs.
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { project, root, run, step } from './steps.mjs'

const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`

export const otherNodes = (versions) => {
  for (const version of versions) {
    step(`npm start on Node.js ${version}`, () => {
      const folder = project(`node-${version}`, [`node-${platform}@${version}`])
      const bin = join(folder, 'node_modules', `node-${platform}`, 'bin')
      if (!existsSync(bin)) throw new Error(`no program in ${bin}`)
      const environment = { PATH: `${bin}${delimiter}${process.env.PATH}` }
      const answered = run(root, 'node', ['--version'], environment).trim()
      if (answered !== `v${version}`) throw new Error(`${bin} holds ${answered}`)
      const printed = run(root, 'npm', ['start', '--silent'], environment)
      return `${printed.split('\n').length} lines`
    })
  }
}

// What the steps of the package check share: running a program, and projects in a folder that goes at the end.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

export const temporary = mkdtempSync(join(tmpdir(), 'relvar-package-'))
process.on('exit', () => rmSync(temporary, { recursive: true, force: true }))

/** Runs a program and gives what it printed; prints that and ends the check where it fails. */
export const run = (cwd, file, args, environment = {}) => {
  const { status, stdout, stderr, error } = spawnSync(file, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...environment },
    shell: process.platform === 'win32',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (status === 0) return stdout
  console.error(`${[file, ...args].join(' ')} (in ${cwd}) failed\n${stdout}${stderr}${error ?? ''}`)
  process.exit(1)
}

/** Prints a step's name, what it found, and how long it took. */
export const step = (name, work) => {
  const since = Date.now()
  const found = work()
  console.log(`ok   ${name}${found ? `: ${found}` : ''} (${((Date.now() - since) / 1000).toFixed(1)} s)`)
}

/** A fresh project with these packages, outside the repository so that it finds nothing of it. */
export const project = (name, packages, { from = null, type = 'module' } = {}) => {
  const folder = join(temporary, name)
  mkdirSync(folder)
  if (from !== null) cpSync(join(root, 'test/consumer', from), folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify({ name, private: true, type }, null, 2)}\n`)
  if (packages.length > 0) run(folder, 'npm', ['install', '--ignore-scripts', '--prefer-offline', ...packages])
  return folder
}

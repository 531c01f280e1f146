/**
 * The file that a thread or a process starts with which runs SQLite.
 */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

// oxlint-disable-next-line import/default -- what a CommonJS file exports is its default
import folder from './folder.cjs'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A file to start with, and what Node.js is told before. */
export interface Entry {
  readonly file: string
  readonly execArgv: ReadonlyArray<string>
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const name = 'sqlite-host-main'

/** Finds the file; null where it does not lie beside this one, as in a bundle. */
export const hostEntry = (): Entry | null => {
  const built = join(folder, `${name}.js`)
  // nothing that this process was started with (a debugger's port, -e) is meant for the other one
  if (existsSync(built)) return { file: built, execArgv: [] }
  const source = join(folder, `${name}.ts`)
  if (!existsSync(source)) return null
  // the source tree itself: its files are TypeScript, in threads too
  const tsx = pathToFileURL(createRequire(source).resolve('tsx/esm/api').replace(/cjs$/, 'mjs')).href
  return { file: source, execArgv: ['--import', `data:text/javascript,import { register } from '${tsx}'; register()`] }
}

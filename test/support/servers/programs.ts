// Finding programs of the machine, running them, and waiting for what they start.
import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Keeper, unprivileged } from './keeper.js'

const executable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}

// where servers live that are not on an ordinary user's PATH
const folders = (): ReadonlyArray<string> => [
  ...(process.env['PATH'] ?? '').split(delimiter),
  '/usr/sbin',
  '/usr/local/sbin',
  '/usr/libexec',
  '/usr/local/bin',
  '/opt/homebrew/bin',
]

/** The paths of the programs of this name, the likeliest first. */
export const find = (name: string, more: ReadonlyArray<string> = []): ReadonlyArray<string> => [
  ...new Set([...more, ...folders()].map((folder) => join(folder, name)).filter(executable)),
]

export interface Output {
  readonly ok: boolean
  readonly text: string
}

/** Runs a program to its end; never throws. */
export const run = (
  file: string,
  args: ReadonlyArray<string>,
  options: { readonly timeout?: number; readonly cwd?: string; readonly asServer?: boolean } = {},
): Promise<Output> =>
  new Promise((resolve) => {
    execFile(
      file,
      [...args],
      {
        timeout: options.timeout ?? 60_000,
        ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
        ...(options.asServer === true ? unprivileged : {}),
      },
      (error, stdout, stderr) => resolve({ ok: error === null, text: `${stdout}${stderr}`.trim() }),
    )
  })

/** A port that nothing listens on just now. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })

export interface Running {
  readonly child: ChildProcess
  readonly log: () => string
}

/** Starts a server in a process group of its own: Ctrl-C reaches the run, and the watchdog ends the server in order. */
export const launch = (file: string, args: ReadonlyArray<string>, cwd: string): Running => {
  const child = spawn(file, [...args], { ...unprivileged, cwd, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  const kept: Array<string> = []
  const keep = (chunk: Buffer): void => {
    kept.push(chunk.toString())
    if (kept.length > 200) kept.shift()
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  child.on('error', (error) => kept.push(String(error)))
  child.unref()
  return { child, log: () => kept.join('').trim().split('\n').slice(-15).join('\n') }
}

/** Starts a server that goes with the run, and again as often as it ends by itself, where the run wants that. */
export const keep = (
  keeper: Keeper,
  signal: Parameters<Keeper['process']>[1],
  ...of: Parameters<typeof launch>
): Running => {
  const running = launch(...of)
  const { pid } = running.child
  if (pid === undefined) return running
  keeper.process(pid, signal)
  running.child.once('exit', () => {
    // One that does not start at all is not tried without a pause.
    setTimeout(() => {
      if (keeper.revives()) keep(keeper, signal, ...of)
    }, 100)
  })
  return running
}

/** Asks again until it answers; gives up when the server has ended or the time is over. */
export const untilItAnswers = async <A>(ask: () => Promise<A>, running: Running | null, ms = 60_000): Promise<A> => {
  const end = Date.now() + ms
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      const ended = running !== null && (running.child.exitCode !== null || running.child.pid === undefined)
      if (ended || Date.now() > end) throw new Error(`it does not answer: ${String(error)}\n${running?.log() ?? ''}`)
      await sleep(50)
    }
  }
}

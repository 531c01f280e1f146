// What must not outlive the run: told to the watchdog at once, cleared up by it.
import { spawn } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Keeper {
  /** Whether a server that ends by itself is to be started again. */
  readonly revives: () => boolean
  /** Ends this process when the run ends. */
  readonly process: (pid: number, signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL') => void
  /** Makes a folder that goes when the run ends. */
  readonly directory: (name: string) => string
  /** Runs this command when the run ends. */
  readonly command: (argv: ReadonlyArray<string>) => void
  /** Clears up now, and waits until all is gone. */
  readonly close: () => Promise<void>
}

/** Servers refuse to run as root, so root gives them an unprivileged id. */
export const unprivileged: { readonly uid: number; readonly gid: number } | Record<string, never> =
  process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}

const ownTemporaryDirectory = (name: string): string => {
  const path = mkdtempSync(join(tmpdir(), `relvar-test-${name}-`))
  // mkdtemp gives 0700, which the unprivileged id could not enter
  chmodSync(path, 0o755)
  if (unprivileged['uid'] !== undefined) chownSync(path, unprivileged['uid'], unprivileged['gid'])
  return path
}

export const keeper = ({ revives = false }: { readonly revives?: boolean } = {}): Keeper => {
  const watchdog = spawn(process.execPath, [fileURLToPath(new URL('./watchdog.mjs', import.meta.url))], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  const gone = new Promise<void>((resolve) => watchdog.once('exit', () => resolve()))
  // the run may end by itself; the watchdog then sees the pipe close
  watchdog.unref()
  let closing = false
  const tell = (one: object): void => {
    watchdog.stdin.write(`${JSON.stringify(one)}\n`)
  }
  return {
    revives: () => revives && !closing,
    process: (pid, signal) => tell({ kind: 'process', pid, signal }),
    command: (argv) => tell({ kind: 'command', argv }),
    directory: (name) => {
      const path = ownTemporaryDirectory(name)
      tell({ kind: 'directory', path })
      return path
    },
    close: async () => {
      closing = true
      watchdog.ref()
      watchdog.stdin.end()
      await gone
    },
  }
}

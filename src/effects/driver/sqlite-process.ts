/**
 * SQLite in a child process: a long statement does not stop what else this process does, and it can be stopped itself, by the end
 * of its process. SQLite undoes then what was not committed.
 */
import { fork } from 'node:child_process'

import type { Entry } from './sqlite-elsewhere.js'
import type { Start } from './sqlite-remote.js'
import type { Told } from './sqlite-wire.js'

/** Starts a child process. */
export const inProcess = ({ file, execArgv }: Entry): Start => ({
  consequence: 'its process was stopped, and with it what was not committed',
  start: ({ told, ended }) => {
    const child = fork(file, [], {
      serialization: 'advanced',
      execArgv: [...execArgv],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    child.on('message', (message) => told(message as unknown as Told))
    const gone = new Promise<void>((resolve) => {
      const over = (why: string): void => {
        ended(why)
        resolve()
      }
      child.on('exit', (code, signal) => over(`its process ended (${signal ?? `code ${code}`})`))
      child.on('error', (error) => over(`its process failed: ${error.message}`))
    })
    const keep = (alive: boolean): void => {
      if (alive) {
        child.ref()
        child.channel?.ref()
      } else {
        child.unref()
        child.channel?.unref()
      }
    }
    keep(false)
    return {
      // who is gone hears nothing; that it is gone is told by `ended`
      say: (asked) => void child.send(asked, () => undefined),
      keep,
      stop: () => {
        child.kill('SIGKILL')
        return gone
      },
      gone,
    }
  },
})

/**
 * What a worker thread, or a child process, starts with that runs SQLite. It is run, never imported.
 */
import { parentPort } from 'node:worker_threads'

import { sqliteHost } from './sqlite-host.js'
import type { Asked } from './sqlite-wire.js'

const inThread = (port: NonNullable<typeof parentPort>): void => {
  const hear = sqliteHost({ tell: (told) => port.postMessage(told), end: () => port.close() })
  // nobody else has the other end of this port
  port.on('message', (asked: Asked) => hear(asked))
}

const inProcess = (): void => {
  const hear = sqliteHost({
    // who is gone hears nothing
    tell: (told) => void process.send?.(told, undefined, undefined, () => undefined),
    end: () => process.disconnect(),
  })
  // nobody else has the other end of this channel
  process.on('message', (asked: Asked) => hear(asked))
  // with the Database goes its SQLite
  process.on('disconnect', () => process.exit())
  // Ctrl-C reaches every process of a terminal: whoever uses the Database decides when it ends
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
}

if (parentPort === null) inProcess()
else inThread(parentPort)

/**
 * SQLite in a worker thread: a long statement does not stop what else this process does. Nothing can stop a statement that runs
 * there; it is left behind, and its thread ends when it does.
 */
import { Worker } from 'node:worker_threads'

import type { Entry } from './sqlite-elsewhere.js'
import type { Start } from './sqlite-remote.js'
import type { Told } from './sqlite-wire.js'

type MakeWorker = (file: string, options: { readonly execArgv: Array<string> }) => Worker

export const newWorker: MakeWorker = (file, options) => new Worker(file, options)

/** Starts a worker thread. `make`: who wants to have it in hand. */
export const inWorker = ({ file, execArgv }: Entry, make: MakeWorker = newWorker): Start => ({
  consequence:
    "it runs on in its worker thread until it ends by itself (SQLite can't be interrupted; run: 'process' can)",
  start: ({ told, ended }) => {
    const worker = make(file, { execArgv: [...execArgv] })
    let why = 'its worker thread ended'
    worker.on('message', (message: Told) => told(message))
    worker.on('error', (error: Error) => {
      why = `its worker thread failed: ${error.message}`
    })
    const gone = new Promise<void>((resolve) => {
      worker.on('exit', () => {
        ended(why)
        resolve()
      })
    })
    worker.unref()
    return {
      say: (asked) => worker.postMessage(asked),
      keep: (alive) => (alive ? worker.ref() : worker.unref()),
      // heard when the statement has ended: the file is closed then, and its locks are gone
      stop: () => Promise.resolve(worker.postMessage({ _tag: 'End' })),
      gone,
    }
  },
})

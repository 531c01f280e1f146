// Outlives the test run by a moment and clears up after it: ends servers, removes containers and data folders.
//
// It is a process of a group of its own, whose standard input is a pipe from the run. The pipe closes however the run
// ends (done, Ctrl-C, SIGTERM, a crash, SIGKILL), so nothing has to be caught in the run itself.
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

/** @type {Array<{ kind: 'process', pid: number, signal: string } | { kind: 'directory', path: string } | { kind: 'command', argv: string[] }>} */
const held = []

const alive = (pid) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const send = (pid, signal) => {
  try {
    process.kill(pid, signal)
  } catch {
    // it has ended already
  }
}

const ended = async (pid, ms) => {
  for (let waited = 0; waited < ms; waited += 20) {
    if (!alive(pid)) return true
    await sleep(20)
  }
  return false
}

const end = async ({ pid, signal }) => {
  send(pid, signal)
  if (await ended(pid, 5_000)) return
  send(pid, 'SIGKILL')
  await ended(pid, 5_000)
}

const clear = async () => {
  await Promise.all(held.filter((one) => one.kind === 'process').map(end))
  for (const one of held) {
    if (one.kind === 'command') spawnSync(one.argv[0], one.argv.slice(1), { stdio: 'ignore', timeout: 30_000 })
  }
  for (const one of held) {
    if (one.kind === 'directory') rmSync(one.path, { recursive: true, force: true, maxRetries: 5 })
  }
  process.exit(0)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {})
createInterface({ input: process.stdin })
  .on('line', (line) => held.push(JSON.parse(line)))
  .on('close', () => void clear())

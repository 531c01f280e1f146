// [bar 12] Four processes with four connections each write to one file, and each second one of them is killed: the file is whole, no
// acknowledged transfer is lost, none is there twice, and nobody waits in vain.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'

import { pause } from '../../../src/effects/deadline.js'
import { sqlite } from '../../../src/effects/sqlite.js'
import { accounts, type Said } from '../../support/sqlite-writers.js'
import { define, must } from '../effects/raw.js'

const folder = mkdtempSync(join(tmpdir(), 'relvar-test-sqlite-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const seconds = Number(process.env['RELVAR_TEST_SQLITE_SECONDS'] ?? 10)
const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Twenty threads that each read TypeScript would do nothing else: they are built once. */
const built = (): string => {
  const tsc = fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url))
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.load.json'], {
    cwd: root,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stdout)
  return join(root, '.cache/load/test/support/sqlite-writers.js')
}
const balance = 1_000

interface Writer {
  readonly child: ChildProcess
  readonly ready: Promise<void>
  readonly over: Promise<void>
}

it('[bar 12] sqlite under load: whole, nothing lost, nothing twice, no BUSY', async () => {
  const file = join(folder, 'bank.db')
  const db = sqlite({ file })
  await define(db, 'create table accounts (id integer primary key, balance integer not null) strict')
  await define(db, 'create table ledger (key text primary key) strict')
  for (let id = 0; id < accounts; id += 1)
    await must(db, 'insert into accounts values (?, ?)', [BigInt(id), BigInt(balance)])

  const program = built()
  const applied: Array<string> = []
  const failed: Array<string> = []
  const delays: Array<{ readonly p99: number; readonly most: number }> = []
  const hear = (line: string, ready: () => void): void => {
    // the last line of one that was killed may be a part of one
    if (!line.endsWith('}')) return
    const said = JSON.parse(line) as Said
    if (said._tag === 'Ready') ready()
    else if (said._tag === 'Applied') applied.push(said.key)
    else if (said._tag === 'Failed') failed.push(said.error)
    else delays.push(said.delayMs)
  }
  let started = 0
  const start = (): Writer => {
    started += 1
    const child = spawn(process.execPath, [program, file, `p${started}`], {
      cwd: root,
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const lines = createInterface({ input: child.stdout })
    const over = new Promise<void>((resolve) => child.on('close', () => resolve()))
    // who ends before it is ready has said why
    const ready = Promise.race([over, new Promise<void>((resolve) => lines.on('line', (line) => hear(line, resolve)))])
    return { child, ready, over }
  }

  const writers = [start(), start(), start(), start()]
  await Promise.all(writers.map(({ ready }) => ready))
  const there = new Set(writers)
  let kills = 0
  for (let second = 0; second < seconds; second += 1) {
    await pause(1_000)
    expect((await must(db, 'select sum(balance) from accounts')).rows).toEqual([[accounts * balance]])
    // one at least goes on, on a machine that is slow to start others
    const [writer, ...others] = there
    if (writer === undefined || others.length === 0) continue
    writer.child.kill('SIGKILL')
    await writer.over
    kills += 1
    there.delete(writer)
    const next = start()
    writers[writers.indexOf(writer)] = next
    void (async () => {
      await next.ready
      there.add(next)
    })()
  }
  await Promise.all(writers.map(({ ready }) => ready))
  for (const { child } of writers) child.stdin?.end()
  await Promise.all(writers.map(({ over }) => over))

  expect((await must(db, 'pragma integrity_check')).rows).toEqual([['ok']])
  expect((await must(db, 'select sum(balance) from accounts')).rows).toEqual([[accounts * balance]])
  const kept = new Set((await must(db, 'select key from ledger')).rows.map(([key]) => String(key)))
  expect(applied.filter((key) => !kept.has(key))).toEqual([])
  expect(new Set(applied).size).toBe(applied.length)
  expect(failed).toEqual([])
  expect(applied.length).toBeGreaterThan(seconds * 5)
  expect(delays.length).toBe(4)
  expect(kills).toBeGreaterThan(0)
  await db.close()()
  if (process.env['RELVAR_TEST_SQLITE_SECONDS'] === undefined) return
  console.log(JSON.stringify({ seconds, kills, applied: applied.length, unheard: kept.size - applied.length, delays }))
  // in a run of its own nothing else takes the processor from the event loop
  expect(Math.min(...delays.map(({ p99 }) => p99))).toBeLessThan(20)
})

// [bar 13] A disk that is full, or fails, at the n-th write: the old state or the new one is in the file, and the caller knows which.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, expect, it } from 'vitest'

import { sqlite } from '../../../src/effects/sqlite.js'
import { type Expected, untilFull } from '../../support/sqlite-full.js'
import { must } from '../effects/raw.js'

const folder = mkdtempSync(join(tmpdir(), 'relvar-test-sqlite-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const times = Number(process.env['RELVAR_TEST_TIMES'] ?? 1)
const count = 100 * times

/** Looks into a file, where no limit is any more. */
const check = async ({ file, last, pads }: Expected): Promise<void> => {
  const db = sqlite({ file })
  expect((await must(db, 'pragma integrity_check')).rows).toEqual([['ok']])
  expect((await must(db, 'select distinct n from accounts')).rows).toEqual([[last]])
  expect((await must(db, 'select count(*), max(n) from pads')).rows).toEqual([[pads, pads === 0 ? null : last]])
  await db.close()()
}

it('[bar 13] a full disk at the n-th page of sqlite: old state or new, and the error says so', async () => {
  let failures = 0
  for (let n = 0; n < count; n += 1) {
    const found = await untilFull(join(folder, `full-${n}.db`), n, n % 50)
    expect(new Set(found.tags)).toEqual(new Set(['ResourceLimit']))
    failures += found.tags.length
    await check(found)
  }
  expect(failures).toBe(3 * count)
})

it('[bar 13] a write of sqlite that fails at the n-th byte of a file: old state or new, and the error says so', async () => {
  const program = fileURLToPath(new URL('../../support/sqlite-full.ts', import.meta.url))
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  // blocks of 512 bytes: no file can become longer
  const script = `ulimit -f 200; exec "$0" --import tsx "$@"`
  const args = ['-c', script, process.execPath, program, folder, '0', String(count)]
  const { stdout } = await promisify(execFile)('/bin/sh', args, { cwd: root, maxBuffer: 64 * 1024 * 1024 })
  const all = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Expected)
  expect(all.length).toBe(count)
  for (const found of all) {
    expect(found.tags.length).toBe(3)
    await check(found)
  }
  expect([...new Set(all.flatMap(({ tags }) => tags))]).toEqual(['Sql'])
})

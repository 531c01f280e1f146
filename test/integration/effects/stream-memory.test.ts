// [bar 14] A stream needs no more memory for many rows than for few, on every engine; who leaves it at any row leaves nothing open.
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Database } from '../../../src/effects/database.js'
import { createAll, from, insertInto, integer, orderBy, primaryKey, schema, table, text } from '../../../src/index.js'
import { engines, freshDatabase } from '../../support/engines.js'
import { places } from '../../support/places.js'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const program = fileURLToPath(new URL('../../support/stream-memory.ts', import.meta.url))

/** All in memory would be 50 MiB and more at 200,000 rows; the bar is at 1,000,000. */
const count = Number(process.env['RELVAR_TEST_STREAM_ROWS'] ?? 200_000)
const mostMib = 32

interface Printed {
  readonly few: number
  readonly many: number
}

const measured = async (engine: string, url: string): Promise<Printed> => {
  const args = ['--expose-gc', '--import', 'tsx', program, engine, url, String(count)]
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root })
  if (process.env['RELVAR_TEST_STREAM_ROWS'] !== undefined) console.log(stdout.trim())
  return JSON.parse(stdout) as Printed
}

const all = [
  { label: 'memory', name: 'memory', engine: null },
  ...engines().map((engine) => ({ label: engine.label, name: engine.name, engine })),
]

it.each(all)(
  '[bar 14] the memory that a stream takes does not grow with its rows on $label',
  async ({ name, engine }) => {
    const fresh = engine === null ? { url: 'memory', drop: () => Promise.resolve() } : await freshDatabase(engine)
    const { few, many } = await measured(name, fresh.url)
    expect(many).toBeLessThan(few + mostMib)
    await fresh.drop()
  },
)

const rows = table('rows', { id: pipe(integer, primaryKey), name: text })
const inOrder = pipe(from(rows), orderBy(rows.id))
const there = 5_000

describe.each(places())('a stream that is left on $label', (place) => {
  let db: Database
  let close: () => Promise<void>
  beforeAll(async () => {
    ;({ db, close } = await place.open())
    await db.execute(createAll(schema({ rows })))()
    await db.execute(insertInto(rows)(Array.from({ length: there }, (_, id) => ({ id, name: `row ${id}` }))))()
  })
  afterAll(() => close())

  it('[bar 14] at any row: it is closed, and the next effect works within a second', async () => {
    const ks = Array.from({ length: 20 }, (_, i) => 1 + ((i * 1_237) % there))
    for (const k of ks) {
      let n = 0
      for await (const row of db.stream(inOrder, { batch: 1 + (k % 700) })) {
        expect(E.isRight(row)).toBe(true)
        n += 1
        if (n === k) break
      }
      const since = performance.now()
      const next = await db.execute(insertInto(rows)({ id: there + k, name: 'more' }))()
      expect([k, next._tag]).toEqual([k, 'Right'])
      expect(performance.now() - since).toBeLessThan(1_000)
      expect(db.status().busy).toBe(0)
    }
  })
})

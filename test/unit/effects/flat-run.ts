// Run by flat.test.ts in a process of its own, with --expose-gc: effects of all kinds, and what they leave, as JSON.
import { getEventListeners } from 'node:events'

import { makeDatabase } from '../../../src/effects/database-make.js'
import { draw, times } from '../../support/draws.js'
import { fakeServer } from '../../support/fake-driver.js'
import { prepared, scenarios } from './nth-call-scenarios.js'

const server = fakeServer({ tables: await prepared(), takesMs: () => 0 })
const { signal } = new AbortController()
const db = makeDatabase({
  dialect: server.dialect,
  load: server.load,
  poolSize: 10,
  acquireTimeoutMs: 60_000,
  policy: { overflow: 2, pingAfterIdleMs: 20 },
})
// those that end the Database, or wait, are no effects that are run again and again
const kinds = scenarios.filter(
  ({ name }) => !name.startsWith('closed') && !name.startsWith('a connection that is asked'),
)

const effects = async (count: number): Promise<void> => {
  let left = count
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1
      const kind = kinds[left % kinds.length]
      const gone = draw()
      const aborting = gone < 0.05 ? AbortSignal.timeout(Math.ceil(gone * 100)) : signal
      await kind?.run(db.having({ signal: aborting, timeoutMs: 30_000 }))
      server.sent.length = 0
    }
  }
  await Promise.all(Array.from({ length: 40 }, worker))
}

const collect = globalThis.gc
if (collect === undefined) throw new Error('node --expose-gc')

const measured = async () => {
  await new Promise((resolve) => setTimeout(resolve, 200))
  for (let i = 0; i < 4; i += 1) {
    collect()
    await new Promise((resolve) => setImmediate(resolve))
  }
  const { open, busy, waiting, opening } = db.status()
  return {
    heap: process.memoryUsage().heapUsed,
    listeners: getEventListeners(signal, 'abort').length,
    resources: process.getActiveResourcesInfo().length,
    sessions: server.open.size,
    open,
    left: busy + waiting + opening,
  }
}

const total = 20_000 * times
await effects(total / 5)
const samples = [await measured()]
for (let i = 0; i < 4; i += 1) {
  await effects(total / 5)
  samples.push(await measured())
}
await db.close()()
console.log(JSON.stringify({ total, wrong: server.wrong, after: server.open.size, samples }))

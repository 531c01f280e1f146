// Every call of the driver and of the user's functions fails at its n-th use, once and for ever, in each way, n = 1 … until the
// scenario passes: whatever it was, the effect ends in time with an error of the right kind, and nothing is left behind.
import { getEventListeners } from 'node:events'
import * as E from 'fp-ts/lib/Either.js'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import type { Database } from '../../../src/effects/database.js'
import { makeDatabase } from '../../../src/effects/database-make.js'
import type { Tables } from '../../../src/interpret/tables.js'
import { elapsing, flushed, startClock, stopClock } from '../../support/fake-clock.js'
import { type Fault, fakeServer, type FakeServer, type Way, ways } from '../../support/fake-driver.js'
import { tagOf } from './fake.js'
import { prepared, type Scenario, scenarios, timeoutMs, writtenIn } from './nth-call-scenarios.js'

let tables: Tables
const unhandled: Array<unknown> = []
const onUnhandled = (reason: unknown): void => void unhandled.push(reason)
beforeAll(async () => {
  tables = await prepared()
  process.on('unhandledRejection', onUnhandled)
  return () => void process.off('unhandledRejection', onUnhandled)
})
beforeEach(stopClock)
afterEach(startClock)

/** What an effect may end with after one call failed so; `Mine` is what a scenario ends with of its own. */
const kinds: Readonly<Record<Way, ReadonlyArray<string>>> = {
  left: ['Sql', 'Connection', 'RolledBack'],
  throw: ['Defect', 'RolledBack', 'CommitUnknown', 'TransactionClosed', 'Connection'],
  reject: ['Defect', 'RolledBack', 'CommitUnknown', 'TransactionClosed', 'Connection'],
  silent: ['QueryTimeout', 'PoolTimeout', 'CommitUnknown', 'Connection', 'RolledBack'],
  late: ['QueryTimeout', 'PoolTimeout', 'CommitUnknown', 'Connection', 'RolledBack'],
  dies: ['Connection', 'CommitUnknown', 'Unavailable', 'RolledBack', 'PoolTimeout'],
  lost: ['Connection', 'CommitUnknown', 'Unavailable', 'RolledBack', 'PoolTimeout'],
}

const unanswered: ReadonlyArray<Way> = ['silent', 'late', 'dies', 'lost']

interface Ran {
  readonly server: FakeServer
  readonly db: Database
  readonly outcome: E.Either<unknown, unknown> | null
  readonly elapsedMs: number
  readonly signal: AbortSignal
}

const ran = async (scenario: Scenario, fault: Fault): Promise<Ran> => {
  const server = fakeServer({ fault, tables })
  const base = makeDatabase({
    dialect: server.dialect,
    load: server.load,
    poolSize: scenario.poolSize ?? 2,
    acquireTimeoutMs: 800,
    ...(scenario.policy === undefined ? {} : { policy: scenario.policy }),
    ...(scenario.hooks === undefined ? {} : { hooks: scenario.hooks }),
  })
  const { signal } = new AbortController()
  const db = base.having({ timeoutMs, signal, middleware: server.middleware })
  const since = performance.now()
  let outcome: Ran['outcome'] = null
  await elapsing(
    scenario.run(db).then((o) => {
      outcome = o
    }),
  )
  return { server, db: base, outcome, elapsedMs: performance.now() - since, signal }
}

/** What is wrong with the end of a run, in words. */
const wrongWith = async (scenario: Scenario, fault: Fault, { server, db, outcome, elapsedMs, signal }: Ran) => {
  const wrong = [...server.wrong]
  const say = (problem: string | false): void => {
    if (problem !== false) wrong.push(problem)
  }
  if (outcome === null) return [...wrong, 'it never ends']
  const tag = tagOf(outcome)
  const bound = scenario.boundMs ?? timeoutMs + 1_000
  say(elapsedMs > bound && `it took ${elapsedMs} ms`)
  const own = tag === 'Right' || tag === 'Mine' || (tag === 'Defect' && scenario.name.includes('throws'))
  say(!own && !kinds[fault.way].includes(tag) && `${tag} is not of the right kind`)
  // what failed as COMMIT was under way
  const committing = server.struck.findLast(({ point }) => point === 'send')?.text === 'COMMIT'
  const unsaid = committing && !fault.forever && unanswered.includes(fault.way) && scenario.whole === true
  say(unsaid && tag !== 'CommitUnknown' && `a COMMIT without an answer is ${tag}`)

  server.heal()
  // what is cleaned up in the background has its time
  await elapsing(new Promise((resolve) => setTimeout(resolve, 7_000)))
  say(getEventListeners(signal, 'abort').length > 0 && 'somebody listens to the signal')
  const { busy, waiting, opening } = db.status()
  const closed = db.status().closed
  say(!closed && busy + waiting + opening > 0 && `${busy} busy, ${waiting} waiting, ${opening} opening`)
  const reader = closed
    ? makeDatabase({ dialect: server.dialect, load: server.load, poolSize: 1, acquireTimeoutMs: 800 })
    : db
  let rows: E.Either<unknown, ReadonlyArray<number>> = E.left('never')
  await elapsing(
    writtenIn(reader).then((some) => {
      rows = some
    }),
  )
  const there = E.toUnion(
    E.bimap(
      () => null,
      (some: ReadonlyArray<number>) => some.join(),
    )(rows),
  )
  say(there === null && `the next effect is ${tagOf(rows)}`)
  const wanted = (scenario.wrote ?? []).join()
  say(tag === 'Right' && there !== wanted && `it wrote ${there}`)
  const undone = tag !== 'Right' && tag !== 'CommitUnknown' && scenario.whole === true
  say(undone && there !== '' && `${tag}, but it wrote ${there}`)
  say(scenario.whole === true && there !== '' && there !== wanted && `half of it: ${there}`)

  await elapsing(Promise.all([db.close(500)(), reader.close(500)()]))
  say(server.open.size > 0 && `${server.open.size} sessions were not ended`)
  await flushed()
  say(unhandled.length > 0 && `unhandled: ${String(unhandled.splice(0)[0])}`)
  return wrong
}

describe('the n-th call [bar 3]', () => {
  it('there are at least 30 scenarios', () => {
    expect(scenarios.length).toBeGreaterThanOrEqual(30)
  })

  it.each(scenarios)('$name: every call fails once and for ever, and nothing is left behind', async (scenario) => {
    const found: Array<string> = []
    for (const way of ways)
      for (const forever of [false, true])
        for (let n = 1; n < 200; n += 1) {
          const fault = { n, forever, way }
          const run = await ran(scenario, fault)
          const passed = run.server.struck.length === 0
          const text = run.server.struck.map(({ point, text: of }) => `${point} ${of}`).slice(0, 3)
          for (const wrong of await wrongWith(scenario, fault, run))
            found.push(`${way}${forever ? ' for ever' : ''} at ${n} (${text.join(', ')}): ${wrong}`)
          if (passed) {
            if (tagOf(run.outcome ?? E.left('never')) !== 'Right' && scenario.whole !== true)
              found.push('it does not pass without a fault')
            break
          }
        }
    expect(found.slice(0, 12)).toEqual([])
  })
})

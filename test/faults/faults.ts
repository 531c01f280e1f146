// The faults: a cut at the n-th byte, a cut around COMMIT, and any fault at random.
import { kill, sessionsFrom } from '../support/process-list.js'
import { type Cut, type Direction, makeProxy } from '../support/proxy.js'
import { open } from '../integration/effects/raw.js'
import { committing, scenarios } from './scenarios.js'
import type { FaultWorld, Run, Scenario } from './world.js'

/** Gives numbers from 0 to 1. */
export type Draw = () => number

const options = 'poolSize=2&connectTimeoutMs=2000&statementTimeoutMs=600'
const deadlineMs = 1_500

// `cancel` is aborted by its own hand; a server that is told to stop may say so first
const anyEnd = new Set(['Right', 'Connection', 'QueryTimeout', 'PoolTimeout', 'CommitUnknown', 'TransactionClosed'])
const withCancel = new Set([...anyEnd, 'Cancelled'])
const tagsOf = ({ name }: Scenario): ReadonlySet<string> => (name === 'cancel' ? withCancel : anyEnd)

const nothing = (): void => undefined

/** How many bytes a scenario carries in each direction where nothing fails. */
export const lengthOf = async (world: FaultWorld, scenario: Scenario): Promise<Readonly<Record<Direction, number>>> => {
  const proxy = await makeProxy(world.url)
  const db = open(world.engine, proxy.url(world.url), options)
  await scenario.run(world, db.having({ timeoutMs: 10_000 }))
  const length = { up: proxy.carried('up'), down: proxy.carried('down') }
  await db.close()()
  await proxy.close()
  return length
}

/** A cut after so many bytes of a scenario. */
export const cutRun = (world: FaultWorld, scenario: Scenario, direction: Direction, after: number, how: Cut): Run => ({
  what: `${how} after ${after} bytes ${direction}`,
  world,
  scenario,
  options,
  deadlineMs,
  fault: (proxy) => {
    proxy.strike({ direction, after, how })
    return nothing
  },
  tags: tagsOf(scenario),
})

/** A cut so many bytes after COMMIT was seen. */
export const commitRun = (world: FaultWorld, direction: Direction, after: number, how: Cut): Run => ({
  what: `${how} ${after} bytes ${direction} from COMMIT`,
  world,
  scenario: committing,
  options,
  deadlineMs,
  fault: (proxy) => {
    proxy.strike({ direction, after, how, from: 'COMMIT' })
    return nothing
  },
  tags: anyEnd,
})

const one = <A>(draw: Draw, ...from: readonly [A, ...ReadonlyArray<A>]): A =>
  from[Math.floor(draw() * from.length)] ?? from[0]

/** After a while, unless it is over by then. */
const later = (ms: number, act: () => unknown): (() => void) => {
  const timer = setTimeout(act, ms)
  return () => clearTimeout(timer)
}

const cuts = ['reset', 'end', 'hole'] as const
const directions = ['up', 'down'] as const

type Drawn = Pick<Run, 'what' | 'fault'> & { readonly tags?: ReadonlySet<string> }

const drawnFault = (world: FaultWorld, draw: Draw): Drawn => {
  const ms = Math.floor(draw() * 60)
  const how = one(draw, ...cuts)
  const kinds: readonly [() => Drawn, ...ReadonlyArray<() => Drawn>] = [
    () => {
      const direction = one(draw, ...directions)
      const after = Math.floor(draw() ** 2 * 3_000)
      const what = `${how} after ${after} bytes ${direction}`
      return { what, fault: (proxy) => (proxy.strike({ direction, after, how }), nothing) }
    },
    () => ({ what: `${how} after ${ms} ms`, fault: (proxy) => later(ms, () => proxy.cutAll(how)) }),
    () => ({
      what: `killed after ${ms} ms`,
      fault: (proxy) =>
        later(ms, async () => {
          const there = await sessionsFrom(world.watcher, proxy.ports())
          const victim = there[Math.floor(draw() * there.length)]
          if (victim !== undefined) await kill(world.watcher, [victim])
        }),
      tags: withCancel,
    }),
    () => ({
      what: `aborted after ${ms} ms`,
      fault: (_proxy, _db, abort) => later(ms, () => abort.abort()),
      tags: withCancel,
    }),
    () => ({ what: `each chunk ${ms} ms late`, fault: (proxy) => (proxy.delay(ms), nothing) }),
    () => {
      const rate = one(draw, 100, 1_000, 10_000)
      return { what: `${rate} bytes a second`, fault: (proxy) => (proxy.throttle(rate), nothing) }
    },
    () => {
      const accept = one(draw, 'refuse', 'drop', 'hole')
      return {
        what: `${accept} at connect`,
        fault: async (proxy) => {
          await proxy.accept(accept)
          return nothing
        },
      }
    },
    () => ({
      what: `away for ${ms} ms`,
      fault: async (proxy) => {
        await proxy.accept('refuse')
        return later(ms, () => void proxy.accept('pass'))
      },
    }),
  ]
  return one(draw, ...kinds)()
}

/** Any fault, while anything is under way. */
export const randomRun = (world: FaultWorld, draw: Draw): Run => {
  const scenario = one(draw, ...(scenarios as readonly [Scenario, ...ReadonlyArray<Scenario>]))
  const fault = drawnFault(world, draw)
  return {
    ...fault,
    world,
    scenario,
    options: `poolSize=${one(draw, 1, 2, 4)}&connectTimeoutMs=${one(draw, 1_000, 5_000)}&statementTimeoutMs=${one(draw, 200, 600, 5_000)}`,
    deadlineMs: one(draw, 300, 800, 1_500),
    tags: fault.tags ?? tagsOf(scenario),
  }
}

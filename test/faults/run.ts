// Many faults at a time, and what was wrong with how they ended.
import { pause } from '../../src/effects/deadline.js'
import type { Engine } from '../support/servers/engine.js'
import type { Cut, Direction } from '../support/proxy.js'
import { commitRun, cutRun, type Draw, lengthOf, randomRun } from './faults.js'
import { scenarios } from './scenarios.js'
import { type FaultWorld, leaked, openFaultWorld, ran, type Run } from './world.js'

export interface Summary {
  readonly runs: number
  /** How many ended with each tag. */
  readonly tags: Readonly<Record<string, number>>
  readonly wrong: ReadonlyArray<string>
}

const atATime = 8

/** Runs them, some at a time, until there are no more. */
const all = async (runs: Iterator<Run>, world: FaultWorld): Promise<Summary> => {
  const tags: Record<string, number> = {}
  const wrong: Array<string> = []
  let count = 0
  const unheard = (error: unknown): void => void wrong.push(`unhandled: ${String(error)}`)
  process.on('unhandledRejection', unheard)
  process.on('uncaughtException', unheard)
  const worker = async (): Promise<void> => {
    for (let next = runs.next(); next.done !== true; next = runs.next()) {
      const { tag, wrong: found } = await ran(next.value)
      count += 1
      tags[tag] = (tags[tag] ?? 0) + 1
      wrong.push(...found)
    }
  }
  await Promise.all(Array.from({ length: atATime }, worker))
  wrong.push(...(await leaked(world)))
  // what was rejected without anybody hearing it is told in a later turn
  await pause(20)
  process.off('unhandledRejection', unheard)
  process.off('uncaughtException', unheard)
  return { runs: count, tags, wrong }
}

const on = async (engine: Engine, runs: (world: FaultWorld) => Promise<Iterator<Run>>): Promise<Summary> => {
  const world = await openFaultWorld(engine)
  try {
    return await all(await runs(world), world)
  } finally {
    await world.close()
  }
}

const cuts: ReadonlyArray<Cut> = ['reset', 'end', 'hole']
const directions: ReadonlyArray<Direction> = ['up', 'down']

/** Cuts each scenario after every byte, or after so many of them, drawn. */
export const everyByte = (engine: Engine, draw: Draw, each = Number.POSITIVE_INFINITY): Promise<Summary> =>
  on(engine, async (world) => {
    const runs: Array<Run> = []
    for (const scenario of scenarios) {
      const length = await lengthOf(world, scenario)
      for (const direction of directions) {
        const places =
          each >= length[direction]
            ? Array.from({ length: length[direction] }, (_, i) => i)
            : Array.from({ length: each }, () => Math.floor(draw() * length[direction]))
        // a hole takes as long as the longest wait: where only some are drawn it is each third
        for (const [i, after] of places.entries())
          for (const how of each < length[direction] ? [cuts[i % 3] ?? 'reset'] : cuts)
            runs.push(cutRun(world, scenario, direction, after, how))
      }
    }
    return runs.values()
  })

/** Cuts around COMMIT: the request is lost, or the answer. */
export const aroundCommit = (engine: Engine, times: number): Promise<Summary> =>
  on(engine, async (world) => {
    const runs: Array<Run> = []
    for (let time = 0; time < times; time += 1)
      for (const how of cuts)
        for (const after of [0, 1, 5, 6, 12, 30]) {
          runs.push(commitRun(world, 'up', after, how))
          runs.push(commitRun(world, 'down', after, how))
        }
    return runs.values()
  })

/** Faults at random, so many or until the time is over. */
export const atRandom = (engine: Engine, draw: Draw, until: (done: number) => boolean): Promise<Summary> =>
  on(engine, async (world) =>
    (function* () {
      for (let done = 0; !until(done); done += 1) yield randomRun(world, draw)
    })(),
  )

// One process of a run: batch after batch on all engines side by side, until it is told to stop or has done its share.
import type { AnySchema } from '../../src/index.js'
import { batchAt, world } from './batch.js'
import { reported, type Wrong } from './found.js'
import type { FromWorker, Order, ToWorker } from './messages.js'
import { openPlace, type Place } from './place.js'
import { runQueries, type Standing } from './run-queries.js'
import { runWrites } from './run-writes.js'
import { emptyTally, run } from './tally.js'

const tell = (message: FromWorker): void => void process.send?.(message)

let stopped = false

const create = (places: ReadonlyArray<Place>, schema: AnySchema): Promise<unknown> =>
  Promise.all(places.map((place) => place.create(schema)))

const drop = (places: ReadonlyArray<Place>, schema: AnySchema): Promise<unknown> =>
  Promise.all(places.map((place) => place.drop(schema)))

/** So many counterexamples are made small on each engine; of more, one is enough to see. */
const mostShrunk = 6

const batches = async (
  order: Order,
  places: ReadonlyArray<Place>,
  { tally }: Pick<Standing, 'tally'>,
): Promise<void> => {
  const shrunk = new Map<string, number>()
  const report = async (
    wrong: Pick<Wrong<never>, 'place' | 'at' | 'verdict'>,
    small: () => ReturnType<typeof reported>,
  ) => {
    const { label } = wrong.place.engine
    const before = shrunk.get(label) ?? 0
    shrunk.set(label, before + 1)
    const { kind, why } = wrong.verdict
    tell({
      _tag: 'Found',
      found: before < mostShrunk ? await small() : { engine: label, at: wrong.at, kind, text: why },
    })
  }
  const left = (kind: 'queries' | 'writes'): number =>
    Math.max(0, Math.min(order.perBatch[kind], (order[kind] ?? Infinity) - run(tally, kind)))
  const isOver = (): boolean => stopped || (left('queries') === 0 && left('writes') === 0)
  for (let number = 0; !isOver(); number++) {
    const { seed, worker } = order
    const standing: Standing = { seed, worker, batch: number, tally, stopped: () => stopped }
    const batch = batchAt(seed, worker, number)
    if (batch.schema !== null) await create(places, batch.schema)
    for (const one of await runQueries(standing, places, batch, left('queries'))) await report(one, () => reported(one))
    for (const one of await runWrites(standing, places, batch, left('writes'))) await report(one, () => reported(one))
    if (batch.schema !== null) await drop(places, batch.schema)
    tell({ _tag: 'Ran', tally })
  }
}

const work = async (order: Order): Promise<void> => {
  const tally = emptyTally()
  const places: Array<Place> = []
  let problem: string | null = null
  try {
    for (const engine of order.engines) places.push(await openPlace(engine))
    await create(places, world)
    await batches(order, places, { tally })
  } catch (error) {
    problem = error instanceof Error ? (error.stack ?? error.message) : String(error)
  }
  await Promise.allSettled(places.map((place) => place.close()))
  tell({ _tag: 'Ended', tally, problem })
  process.disconnect()
}

process.on('message', (message: ToWorker) => {
  if (message._tag === 'Stop') stopped = true
  else void work(message.order)
})
// Ctrl-C reaches all processes of the run: the first one tells the others to stop.
process.on('SIGINT', () => {})
tell({ _tag: 'Ready' })

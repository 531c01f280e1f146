// `npm run fuzz`: starts the engines, lets some processes run statements on them, adds up what they have run, and says what is wrong.
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

import { start } from '../support/servers/start.js'
import type { Found } from './found.js'
import type { FromWorker, Order, ToWorker } from './messages.js'
import { type Options, optionsOf, usage } from './options.js'
import { problems, progress, shown, summary } from './report.js'
import { emptyTally, run, summed, type Tally } from './tally.js'

const print = (text: string): void => void process.stdout.write(`${text}\n`)

/** How many queries and writes a batch has, so that the numbers that are asked for are reached together. */
const perBatch = ({ queries, writes }: Options): Order['perBatch'] =>
  queries === 0
    ? { queries: 0, writes: 30 }
    : { queries: 200, writes: queries === null || writes === null ? 20 : Math.ceil((200 * writes) / queries) }

const share = (all: number | null, workers: number, worker: number): number | null =>
  all === null ? null : Math.floor(all / workers) + (worker < all % workers ? 1 : 0)

/** Where one of the numbers is left out, there is no more of it than the other one brings along. */
const orders = (options: Options, engines: Order['engines']): ReadonlyArray<Order> => {
  const { queries, writes, seed, workers } = options
  const all = {
    queries: queries ?? (writes === null ? null : writes * 10),
    writes: writes ?? (queries === null ? null : Math.ceil(queries / 10)),
  }
  return Array.from({ length: workers }, (_, worker) => ({
    engines,
    seed,
    worker,
    queries: share(all.queries, workers, worker),
    writes: share(all.writes, workers, worker),
    perBatch: perBatch({ ...options, ...all }),
  }))
}

interface Outcome {
  readonly tally: Tally
  readonly found: ReadonlyArray<Found>
  readonly failures: ReadonlyArray<string>
}

/** Lets workers run until they have done their share, the time is over or enough has been found. */
const ran = async (options: Options, all: ReadonlyArray<Order>): Promise<Outcome> => {
  const began = Date.now()
  const found: Array<Found> = []
  const failures: Array<string> = []
  const tallies = new Map<number, Tally>(all.map(({ worker }) => [worker, emptyTally()]))
  const children: Array<ChildProcess> = []
  const sum = (): Tally => summed([...tallies.values()])
  const send = (child: ChildProcess, message: ToWorker): void => {
    // It may have ended meanwhile, which it has told or its exit tells.
    if (child.connected) child.send(message, () => {})
  }
  const stop = (): void => children.forEach((child) => send(child, { _tag: 'Stop' }))
  const heard = (child: ChildProcess, order: Order, message: FromWorker): void => {
    if (message._tag === 'Ready') return send(child, { _tag: 'Begin', order })
    if (message._tag === 'Found') {
      found.push(message.found)
      print(shown(message.found))
      if (found.length >= options.most) stop()
      return
    }
    tallies.set(order.worker, message.tally)
    if (message._tag === 'Ended' && message.problem !== null) {
      failures.push(message.problem)
      print(`\n== worker ${order.worker} failed: ${message.problem}\n`)
      stop()
    }
  }
  const worked = (order: Order): Promise<void> =>
    new Promise((resolve) => {
      const child = fork(fileURLToPath(new URL('./worker.js', import.meta.url)), { serialization: 'advanced' })
      children.push(child)
      let ended = false
      child.on('message', (message: FromWorker) => {
        ended ||= message._tag === 'Ended'
        heard(child, order, message)
      })
      child.on('exit', (code, signal) => {
        if (!ended) failures.push(`worker ${order.worker} ended by itself: ${code ?? signal}`)
        resolve()
      })
    })
  const told = setInterval(() => print(progress(sum(), (Date.now() - began) / 1000, found.length)), 10_000)
  const over = options.minutes === null ? undefined : setTimeout(stop, options.minutes * 60_000)
  process.on('SIGINT', stop)
  await Promise.all(all.map(worked))
  clearInterval(told)
  clearTimeout(over)
  print(progress(sum(), (Date.now() - began) / 1000, found.length))
  return { tally: sum(), found, failures }
}

const main = async (): Promise<number> => {
  const options = optionsOf(process.argv.slice(2))
  // The same variable as that of the tests.
  if (options.engines !== '') process.env['RELVAR_TEST_ENGINES'] = options.engines
  print(`seed ${options.seed}, ${options.workers} workers`)
  const { report, close } = await start({ revives: true })
  try {
    const engines = report.ran.filter(
      (engine) =>
        options.engines === '' || options.engines === 'all' || options.engines.split(',').includes(engine.name),
    )
    for (const { name, why } of report.absent) print(`without ${name}: ${why}`)
    print(`on ${engines.map((engine) => engine.label).join(', ')}`)
    const { tally, found, failures } = await ran(options, orders(options, engines))
    print(`\n${summary(tally)}\n`)
    const wrong = [...failures, ...problems(tally, engines)]
    for (const problem of wrong) print(`PROBLEM: ${problem}`)
    for (const one of found) print(`DISAGREEMENT on ${one.engine}: ${one.kind} (${one.at})`)
    print(
      `\nseed ${options.seed}: ${run(tally, 'queries')} queries, ${run(tally, 'writes')} writes, ${found.length} disagreements`,
    )
    return found.length + wrong.length === 0 ? 0 : 1
  } finally {
    await close()
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
  process.exitCode = 2
}

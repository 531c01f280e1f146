// `npm run hostile`: all inputs and as many mutations as are asked for, on the engines that can be had; what is not as promised is printed.
import { parseArgs } from 'node:util'

import { inMemory, type Place, placeOf } from '../support/places.js'
import { openWorldAt } from '../support/run-load.js'
import { start } from '../support/servers/start.js'
import type { AnyWorld } from './attempt.js'
import { fill, type Report, runHostile } from './run.js'

const usage = `npm run hostile -- [--mutations N] [--seconds N] [--seed S] [--engine sqlite|postgres|mysql|mariadb|memory|all] [--ways N]

Gives hostile input to every public function that takes data, on each engine beside memory.
  --mutations N  how many mutations of the inputs, beside the inputs themselves (2,000)
  --seconds N    ends each engine's run after N seconds
  --seed S       draws the same mutations as another run with this seed
  --ways N       how many ways each of them goes, beside the one through its column (2)
`

const number = (name: string, text: string | undefined, otherwise: number): number => {
  const made = text === undefined ? otherwise : Number(text)
  if (!Number.isFinite(made) || made < 0) throw new Error(`--${name} is a number: ${text}`)
  return made
}

const print = (line: string): void => void process.stdout.write(`${line}\n`)

const printed = (name: string, report: Report, seconds: number): void => {
  for (const { input, way, value, what } of report.violations.slice(0, 500))
    print(`VIOLATION on ${name}: ${input} by ${way}: ${what}\n  ${value}`)
  print(
    `${name}: seed ${report.seed}, ${report.inputs} inputs, ${report.mutations} mutations, ${report.attempts} attempts by ${report.ways.size} ways ` +
      `(${report.kept} kept, ${report.refused} refused) in ${Math.round(seconds)} s, ${report.violations.length} violations`,
  )
}

const main = async (): Promise<number> => {
  const options = { mutations: {}, seconds: {}, seed: {}, engine: {}, ways: {}, help: {} } as const
  const { values } = parseArgs({
    options: {
      ...(Object.fromEntries(Object.keys(options).map((name) => [name, { type: 'string' }])) as {
        readonly [K in Exclude<keyof typeof options, 'help'>]: { readonly type: 'string' }
      }),
      help: { type: 'boolean' },
    },
  })
  if (values.help === true) {
    print(usage)
    return 0
  }
  const seed = number('seed', values.seed, Math.floor(Math.random() * 2 ** 31))
  const mutations = number('mutations', values.mutations, 2_000)
  const waysEach = number('ways', values.ways, 2)
  const ends = number('seconds', values.seconds, Number.MAX_SAFE_INTEGER) * 1_000
  const asked = values.engine ?? 'all'
  process.env['RELVAR_TEST_ENGINES'] = asked === 'memory' ? 'sqlite' : asked
  let loose = 0
  for (const event of ['unhandledRejection', 'uncaughtException'] as const)
    process.on(event, (error: unknown) => {
      loose += 1
      print(`VIOLATION: ${event}: ${error instanceof Error ? error.stack : String(error)}`)
    })
  const { report, close } = await start()
  let violations = 0
  const run = async (place: Place): Promise<void> => {
    const memory: AnyWorld = await openWorldAt(inMemory)
    const engine: AnyWorld = await openWorldAt(place)
    const began = performance.now()
    try {
      await fill(memory)
      await fill(engine)
      const over = (): boolean => performance.now() - began > ends
      const made = await runHostile(engine, memory, { seed, mutations, waysEach, over })
      printed(place.label, made, (performance.now() - began) / 1_000)
      violations += made.violations.length
    } finally {
      await engine.close()
      await memory.close()
    }
  }
  try {
    for (const { name, why } of report.absent) print(`without ${name}: ${why}`)
    if (asked === 'memory' || asked === 'all') await run(inMemory)
    for (const engine of asked === 'memory' ? [] : report.ran) await run(placeOf(engine))
  } finally {
    await close()
  }
  return violations + loose === 0 ? 0 : 1
}

process.exitCode = await main()

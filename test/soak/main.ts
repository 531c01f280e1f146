// `npm run soak`: banks on all engines, one after the other, for as long as it is told.
import { parseArgs } from 'node:util'

import { start } from '../support/servers/start.js'
import type { Engine } from '../support/servers/engine.js'
import { type Outcome, runBank } from './bank.js'
import { openBranch } from './branches.js'

const usage = `npm run soak -- [--engine sqlite|postgres|mysql|mariadb|memory] [--seconds N] [--seed S] [--every MS] [--no-server-kills]

Moves money between accounts by 50 workers while connections, and servers, are killed, and checks the books.
  --engine E          on this engine alone (all that can be had, and memory, where left out)
  --seconds N         for so long on each (60)
  --seed S            other transfers and other kills
  --every MS          a kill about so often (60)
  --no-server-kills   the server itself stays: what is killed are connections
`

const print = (text: string): void => void process.stdout.write(`${text}\n`)

const numberOf = (name: string, text: string | undefined, otherwise: number): number => {
  const number = Number(text ?? otherwise)
  if (!Number.isFinite(number) || number < 0) throw new Error(`--${name} is a number: ${text}\n\n${usage}`)
  return number
}

const tagged = (counts: ReadonlyMap<string, number>): string =>
  [...counts].map(([name, count]) => `${count} × ${name}`).join(', ')

const shown = (
  label: string,
  { counts, wrong }: Outcome,
  kinds: ReadonlyMap<string, number>,
  seconds: number,
): string =>
  [
    `${label}: ${counts.acknowledged} transfers acknowledged, ${counts.refused} refused, ${counts.reads} reads in ${seconds.toFixed(0)} s`,
    `  ${counts.kills} kills: ${tagged(kinds)}`,
    `  ${counts.unknown} COMMITs without an answer: ${counts.committed} were there, ${counts.rolledBack} were not`,
    `  ${counts.again} sent again after ${tagged(counts.errors)}`,
    ...wrong.slice(0, 20).map((what) => `  WRONG: ${what}`),
  ].join('\n')

const main = async (): Promise<number> => {
  const { values } = parseArgs({
    options: {
      engine: { type: 'string' },
      seconds: { type: 'string' },
      seed: { type: 'string' },
      every: { type: 'string' },
      'no-server-kills': { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
  if (values.help === true) {
    print(usage)
    return 0
  }
  const { engine } = values
  const seconds = numberOf('seconds', values.seconds, 60)
  const seed = numberOf('seed', values.seed, Math.floor(Math.random() * 2 ** 31))
  const everyMs = numberOf('every', values.every, 60)
  if (engine !== undefined) process.env['RELVAR_TEST_ENGINES'] = engine === 'memory' ? 'sqlite' : engine
  print(`seed ${seed}`)
  const { report, close } = await start({ revives: true })
  let wrong = 0
  try {
    const wanted: ReadonlyArray<Engine | 'memory'> = [...report.ran, 'memory' as const].filter(
      (one) => engine === undefined || (one === 'memory' ? one : one.name) === engine,
    )
    for (const one of wanted) {
      // a server that somebody else started is not ours to kill
      const ours = one !== 'memory' && (process.env[`RELVAR_TEST_${one.name.toUpperCase()}_URL`] ?? '') === ''
      const branch = await openBranch(one, ours && values['no-server-kills'] !== true)
      const began = performance.now()
      const outcome = await runBank(branch, seed, {
        transfers: Number.POSITIVE_INFINITY,
        kills: Number.POSITIVE_INFINITY,
        ms: seconds * 1_000,
        everyMs,
      })
      print(shown(one === 'memory' ? one : one.label, outcome, branch.kinds, (performance.now() - began) / 1_000))
      wrong += outcome.wrong.length
      await branch.close()
    }
  } finally {
    await close()
  }
  return wrong === 0 ? 0 : 1
}

process.exitCode = await main()

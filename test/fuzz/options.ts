// What `npm run fuzz` is asked for.
import { parseArgs } from 'node:util'

export interface Options {
  /** The run ends after so many minutes; null: when it has run all that it is asked for. */
  readonly minutes: number | null
  readonly seed: number
  /** As RELVAR_TEST_ENGINES: `all`, a list of engines, or empty for all that can be had. */
  readonly engines: string
  /** How many to run on each engine; null: as many as there is time for, ten queries a write. */
  readonly queries: number | null
  readonly writes: number | null
  /** How many processes share the work. */
  readonly workers: number
  /** The run ends after so many disagreements. */
  readonly most: number
}

export const usage = `npm run fuzz -- [--minutes N] [--seed S] [--engines sqlite,postgres,mysql,mariadb | all]
                [--queries N] [--writes N] [--workers N] [--most N]

Runs random queries and writes over random tables on all engines and in memory, and compares what they answer.
  --minutes N   ends after N minutes (5, where no number of queries or writes is given)
  --seed S      draws the same tables, rows, queries and writes as another run with this seed and as many workers
  --engines     the engines to run on; those that can be had, where left out
  --queries N   ends after N queries, --writes N after N writes, on each engine; one in ten statements is a write, where left out
  --workers N   processes that share the work (2)
  --most N      ends after N disagreements (20)
`

const count = (name: string, text: string | undefined): number | null => {
  if (text === undefined) return null
  const number = Number(text)
  if (!Number.isFinite(number) || number < 0) throw new Error(`--${name} is a number: ${text}`)
  return number
}

/** The options of a command line; throws where there is no sense in it. */
export const optionsOf = (args: ReadonlyArray<string>): Options => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: 'string' },
      seed: { type: 'string' },
      engines: { type: 'string' },
      queries: { type: 'string' },
      writes: { type: 'string' },
      workers: { type: 'string' },
      most: { type: 'string' },
    },
  })
  const queries = count('queries', values.queries)
  const writes = count('writes', values.writes)
  const minutes = count('minutes', values.minutes)
  return {
    minutes: minutes ?? (queries === null && writes === null ? 5 : null),
    seed: count('seed', values.seed) ?? Math.floor(Math.random() * 2 ** 31),
    engines: values.engines ?? '',
    queries,
    writes,
    workers: Math.max(1, count('workers', values.workers) ?? 2),
    most: count('most', values.most) ?? 20,
  }
}

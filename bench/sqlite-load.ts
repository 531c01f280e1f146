/**
 * `npm run bench:sqlite`: SQLite in this thread, in worker threads and in child processes, on one file: how long one row takes, how
 * many effects a second sixteen readers and four writers have done, and how long the event loop stood still meanwhile and during a
 * long query. bench/RESULTS.md records the figures.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { TaskEither } from 'fp-ts/lib/TaskEither.js'

import {
  alias,
  count,
  createAll,
  type Database,
  eq,
  from,
  innerJoin,
  insertInto,
  integer,
  lt,
  primaryKey,
  schema,
  select,
  set,
  sub,
  table,
  text,
  update,
  where,
} from '../src/index.js'
import { sqlite } from '../src/sqlite.js'

const items = table('items', { id: pipe(integer, primaryKey), name: text, size: integer })
const rows = 10_000
const runs = ['here', 'worker', 'process'] as const
const jobMs = 2_000

const must = async <E1, A>(effect: TaskEither<E1, A>): Promise<A> => {
  const outcome = await effect()
  if (E.isLeft(outcome)) throw new Error(JSON.stringify(outcome.left))
  return outcome.right
}

const one = (id: number) => pipe(from(items), where(eq(items.id, id)))
const grow = (id: number) => pipe(update(items), set({ size: id }), where(eq(items.id, id)))

/** No index serves it: about half a second. */
const other = alias('other')(items)
const long = pipe(
  from(items),
  where(lt(items.id, 500)),
  innerJoin(other, lt(sub(other.size, items.size), 0)),
  select({ n: count() }),
)

interface Done {
  readonly effects: number
  readonly ms: number
  readonly p99: number
  readonly most: number
}

/** Runs a job over and over in so many places at once, and watches the event loop. */
const measured = async (beside: number, job: (n: number) => Promise<unknown>, most = jobMs): Promise<Done> => {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  // it counts from its first tick on
  await new Promise((resolve) => setTimeout(resolve, 20))
  const since = performance.now()
  let effects = 0
  await Promise.all(
    Array.from({ length: beside }, async () => {
      do {
        effects += 1
        await job(effects)
      } while (performance.now() - since < most)
    }),
  )
  // a turn of its own, so that what stood still to the end is seen
  await new Promise((resolve) => setTimeout(resolve, 5))
  delay.disable()
  return { effects, ms: performance.now() - since, p99: delay.percentile(99) / 1e6, most: delay.max / 1e6 }
}

const fill = async (db: Database): Promise<void> => {
  await must(db.execute(createAll(schema({ items }))))
  await must(
    db.execute(insertInto(items)(Array.from({ length: rows }, (_, id) => ({ id, name: `item ${id}`, size: id })))),
  )
}

const round = (n: number, digits = 1): string => n.toFixed(digits)

console.log('| run | one row | readers × 16 | writers × 4 | loop p99, most | long query | loop p99, most |')
console.log('|---|--:|--:|--:|--:|--:|--:|')
for (const run of runs) {
  const folder = mkdtempSync(join(tmpdir(), 'relvar-bench-'))
  const db = sqlite({ file: join(folder, 'bench.db'), run })
  await fill(db)
  // every connection is there before the clock begins
  await Promise.all(Array.from({ length: 4 }, () => must(db.all(one(1)))))
  await measured(1, (n) => must(db.all(one(n % rows))), 500)
  const alone = await measured(1, (n) => must(db.all(one(n % rows))))
  const readers = await measured(16, (n) => must(db.all(one(n % rows))))
  const writers = await measured(4, (n) => must(db.execute(grow(n % rows))))
  const slow = await measured(1, () => must(db.all(long)), 0)
  const worst = alone.p99 > readers.p99 ? alone : readers
  console.log(
    `| ${[
      run,
      `${round((alone.ms * 1_000) / alone.effects)} µs`,
      `${round((readers.effects * 1_000) / readers.ms, 0)}/s`,
      `${round((writers.effects * 1_000) / writers.ms, 0)}/s`,
      `${round(worst.p99)}, ${round(worst.most)} ms`,
      `${round(slow.ms, 0)} ms`,
      `${round(slow.p99)}, ${round(slow.most)} ms`,
    ].join(' | ')} |`,
  )
  await db.close()()
  rmSync(folder, { recursive: true, force: true })
}

// What the interpreter says a query or a write means is what every engine answers.
import fc from 'fast-check'
import { createAll, type Database, Db, schema } from 'relvar'
import type { Tables } from 'relvar/memory'
import { type AnyClosedQuery, type AnyClosedWrite, contents, query, write } from 'relvar/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { done, fill } from '../support/differential/fill.js'
import { asksOf, checkQuery } from '../support/differential/queries.js'
import { tooOften, unanswered, unnamed } from '../support/differential/shares.js'
import type { Verdict } from '../support/differential/verdict.js'
import { checkWrite, isInStep, keptBy, writesTo } from '../support/differential/writes.js'
import { type Engine, engines } from '../support/engines.js'
import { type OpenPlace, placeOf } from '../support/places.js'
import { asked, moves, notes, owners, pets, posts, stock, things, users, visits, written } from './world.js'

// More runs, and other ones, by the environment: a nightly run asks for ten times as many under a seed of its own.
const times = Number(process.env['RELVAR_TEST_TIMES'] ?? '1')
const seed = Number(process.env['RELVAR_TEST_SEED'] ?? '20261121')
const seedOfThisRun = Math.floor(Math.random() * 2 ** 31)

const all = schema({ users, posts, notes, things, owners, pets, visits, stock, moves })

// -- runs -------------------------------------------------------------------------------------------------------------

/** So many statements at most are about the same rows; half of it in the middle. */
const perRows = 10

/** Rows, and statements about them: a counterexample shrinks to one of these. */
const about = <A>(rows: fc.Arbitrary<Tables>, statement: fc.Arbitrary<A>) =>
  fc.tuple(rows, fc.array(statement, { minLength: 1, maxLength: perRows }))

/** Fails with all that is needed to see what went wrong. */
const must = (verdict: Verdict): Verdict => {
  if (verdict.verdict === 'wrong') throw new Error(verdict.why)
  return verdict
}

/** What comes of about so many statements. */
const ran = async <A>(
  drawn: fc.Arbitrary<A>,
  check: (drawn: A) => Promise<ReadonlyArray<Verdict>>,
  count: number,
  from: number,
): Promise<ReadonlyArray<Verdict>> => {
  const verdicts: Array<Verdict> = []
  await fc.assert(
    fc.asyncProperty(drawn, async (one) => void verdicts.push(...(await check(one)).map(must))),
    { seed: from, numRuns: Math.ceil(count / (perRows / 2)) },
  )
  return verdicts
}

const queriesAbout =
  (engine: Engine, db: Database) =>
  async ([tables, queries]: readonly [Tables, ReadonlyArray<AnyClosedQuery>]): Promise<ReadonlyArray<Verdict>> => {
    await fill(db, asked, tables)
    const verdicts: Array<Verdict> = []
    for (const q of queries) verdicts.push(await checkQuery(engine, db, asksOf(q, tables)))
    return verdicts
  }

/** Each write is about what those before it have left. */
const writesAbout =
  (engine: Engine, db: Database) =>
  async ([tables, writes]: readonly [Tables, ReadonlyArray<AnyClosedWrite>]): Promise<ReadonlyArray<Verdict>> => {
    const verdicts: Array<Verdict> = []
    let now = keptBy(all, tables)
    let inStep = false
    for (const w of writes) {
      const one = writesTo(w, now)
      if (!inStep) await fill(db, written, now)
      const verdict = await checkWrite(engine, db, written, one)
      verdicts.push(verdict)
      inStep = isInStep(verdict)
      now = one.after
    }
    return verdicts
  }

const whysOf = (verdicts: ReadonlyArray<Verdict>): ReadonlyArray<string> =>
  verdicts.flatMap((v) => (v.verdict === 'unsupported' ? [v.why] : []))

/** Fails where an engine cannot say what no cause names. */
const named = (engine: Engine, verdicts: ReadonlyArray<Verdict>): void =>
  expect(unnamed(engine, whysOf(verdicts))).toEqual([])

/** Fails where a cause is met more often than it may be, or where too many runs ended without an answer. */
const answered = (engine: Engine, verdicts: ReadonlyArray<Verdict>, share: number): void => {
  const counts = new Map<string, number>()
  for (const why of whysOf(verdicts)) counts.set(why, (counts.get(why) ?? 0) + 1)
  expect(tooOften(engine, counts, verdicts.length)).toEqual([])
  const same = verdicts.filter((v) => v.verdict === 'same' || v.verdict === 'errors').length
  expect(same / verdicts.length, unanswered(verdicts)).toBeGreaterThanOrEqual(share)
}

// -- engines ----------------------------------------------------------------------------------------------------------

const hour = 3_600_000

describe.each(engines().map((engine) => [engine.label, engine] as const))('%s', (_, engine) => {
  let place: OpenPlace

  beforeAll(async () => {
    place = await placeOf(engine).open()
    await done(Db.execute(createAll(all))(place.db))
  })

  afterAll(() => place.close())

  const drawnQueries = about(contents(asked), query(asked))
  const drawnWrites = about(contents(written), write(written))

  // MariaDB takes no outer row in a derived table; the other causes are rare.
  const mostSupported = { sqlite: 0.99, postgres: 0.99, mysql: 0.88, mariadb: 0.68 }[engine.name]
  // What MySQL refuses of a foreign key counts here, too.
  const writesSupported = { sqlite: 0.99, postgres: 0.98, mariadb: 0.88, mysql: 0.85 }[engine.name]

  const queryCount = (engine.name === 'sqlite' ? 1000 : 450) * times
  const writeCount = (engine.name === 'sqlite' ? 400 : 180) * times

  test(`[property 25] random queries of seed ${seed} give what the interpreter gives`, { timeout: hour }, async () => {
    const verdicts = await ran(drawnQueries, queriesAbout(engine, place.db), queryCount, seed)
    named(engine, verdicts)
    answered(engine, verdicts, mostSupported)
  })

  test(`[property 25] random writes of seed ${seed} do what the interpreter does, and nothing where it fails`, {
    timeout: hour,
  }, async () => {
    const verdicts = await ran(drawnWrites, writesAbout(engine, place.db), writeCount, seed)
    named(engine, verdicts)
    answered(engine, verdicts, writesSupported)
  })

  // Another seed each time, by which a failure can be had again; of few runs the shares say nothing.
  test(`[property 25] so do those of a seed of this run, RELVAR_TEST_SEED=${seedOfThisRun}`, {
    timeout: hour,
  }, async () => {
    named(engine, await ran(drawnQueries, queriesAbout(engine, place.db), 50 * times, seedOfThisRun))
    named(engine, await ran(drawnWrites, writesAbout(engine, place.db), 20 * times, seedOfThisRun))
  })
})

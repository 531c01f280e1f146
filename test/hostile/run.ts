// A run: the inputs and their mutations through the ways of relvar, on one engine beside memory.
import { type AnyWorld, attempt, attemptEffect, type Outcome, wrong } from './attempt.js'
import { type Given, many } from './batch.js'
import { shown } from './equal.js'
import { prototypeHash, rowsHash, schemaHash } from './guard.js'
import { type ColumnName, type Input, inputs, isLarge, valueOf } from './inputs.js'
import { mutate } from './mutate.js'
import { oneOf, type Random, randomOf } from './random.js'
import { all, allRows, listRows, lists, noteRows, notes, scratch, valueTables } from './tables.js'
import { clauseWays } from './ways/clauses.js'
import { effectWays, optionWays } from './ways/effects.js'
import { functionWays } from './ways/functions.js'
import { nameWays } from './ways/names.js'
import { plainWays } from './ways/plain.js'
import { rowWays, valueWays } from './ways/values.js'
import { R, type Way } from './ways/way.js'

// -- model ------------------------------------------------------------------------------------------------------------

export interface Violation {
  readonly input: string
  readonly way: string
  readonly value: string
  readonly what: string
}

export interface Report {
  readonly seed: number
  /** Inputs and mutations that were tried, and how many attempts that made. */
  readonly inputs: number
  readonly mutations: number
  readonly attempts: number
  readonly kept: number
  readonly refused: number
  /** How often each way was tried. */
  readonly ways: ReadonlyMap<string, number>
  readonly violations: ReadonlyArray<Violation>
}

export interface Plan {
  readonly seed: number
  readonly mutations: number
  /** How many ways each input goes, beside the one through its column. */
  readonly waysEach: number
  /** Ends the run early where it returns true. */
  readonly over?: () => boolean
}

/** The ways that any value can go. */
export const anyWays: ReadonlyArray<Way> = [
  ...rowWays,
  ...functionWays,
  ...clauseWays,
  ...nameWays,
  ...plainWays,
  ...optionWays,
]

// -- constructors -----------------------------------------------------------------------------------------------------

/** Makes the tables and the rows that stand in them. */
export const fill = async (world: AnyWorld): Promise<void> => {
  await world.create({ ...valueTables, all, scratch, notes })
  const { rows } = world
  await rows(R.insertInto(all)(allRows) as never)
  await rows(R.insertInto(notes)(noteRows) as never)
  if (world.engine !== 'memory' && world.engine !== 'postgres') return
  await world.create({ lists })
  await rows(R.insertInto(lists)(listRows) as never)
}

const columns = Object.keys(valueWays) as ReadonlyArray<ColumnName>

interface Case {
  readonly id: string
  readonly given: Given
}

const mutated = (random: Random, small: ReadonlyArray<Input>, n: number): Case => {
  const input = oneOf(random, small)
  const value = mutate(valueOf(input), valueOf(oneOf(random, small)), random)
  const column = input.column !== undefined && random(8) > 0 ? input.column : oneOf(random, columns)
  return { id: `${input.id}~${n}`, given: { column, value: random(4) === 0 ? mutate(value, value, random) : value } }
}

/** Runs a plan on an engine; `memory` is filled as it is. */
export const runHostile = async (engine: AnyWorld, memory: AnyWorld, plan: Plan): Promise<Report> => {
  const random = randomOf(plan.seed)
  const small = inputs.filter((input) => !isLarge(input))
  const tally = { attempts: 0, kept: 0, refused: 0, inputs: 0, mutations: 0 }
  const ways = new Map<string, number>()
  const violations: Array<Violation> = []
  const note = (id: string, way: string, value: unknown, outcome: Outcome): void => {
    tally.attempts += 1
    ways.set(way, (ways.get(way) ?? 0) + 1)
    if (outcome._tag === 'Kept') tally.kept += 1
    else if (outcome._tag === 'Refused') tally.refused += 1
    else violations.push({ input: id, way, value: shown(value), what: outcome.what })
  }
  const before = { prototypes: prototypeHash(), schema: await schemaHash(engine), rows: await rowsHash(engine) }
  const unchanged = async (id: string): Promise<void> => {
    if (prototypeHash() !== before.prototypes) note(id, 'prototypes', null, wrong('a prototype is another one'))
    if ((await schemaHash(engine)) !== before.schema) note(id, 'schema', null, wrong('the schema is another one'))
    if ((await rowsHash(engine)) !== before.rows) note(id, 'rows', null, wrong('other rows are not what they were'))
  }
  // Ways take turns, each input going a few of them, so that every way is gone by every kind of input in the long run.
  let turn = random(anyWays.length)
  const next = (): Way => {
    turn = (turn + 1) % anyWays.length
    // The list is not empty.
    return anyWays[turn] as Way
  }
  const go = async ({ id, given }: Case): Promise<void> => {
    const { column, value } = given
    const own = oneOf(random, valueWays[column])
    note(id, own.name, value, await attempt(own, value, engine, memory))
    for (let i = 0; i < plan.waysEach; i++) {
      const way = next()
      note(id, way.name, value, await attempt(way, value, engine, memory))
    }
    const effect = oneOf(random, effectWays)
    if (random(8) === 0) note(id, effect.name, value, await attemptEffect(effect, value, engine.db))
  }
  const batch = async (cases: ReadonlyArray<Case>): Promise<void> => {
    const outcomes = await many(
      cases.map(({ given }) => given),
      engine,
      memory,
    )
    for (const [i, { id, given }] of cases.entries())
      note(id, `column ${given.column}`, given.value, outcomes[i] ?? wrong('nothing came of it'))
    for (const one of cases) await go(one)
    await unchanged(cases.at(-1)?.id ?? '')
  }
  const over = (): boolean => plan.over?.() ?? false
  const size = 100
  for (let i = 0; i < small.length && !over(); i += size) {
    const some = small.slice(i, i + size)
    await batch(
      some.map((input) => ({ id: input.id, given: { column: input.column ?? 'text', value: valueOf(input) } })),
    )
    tally.inputs += some.length
  }
  for (let i = 0; i < plan.mutations && !over(); i += size) {
    const count = Math.min(size, plan.mutations - i)
    await batch(Array.from({ length: count }, (_, n) => mutated(random, small, i + n)))
    tally.mutations += count
  }
  return { seed: plan.seed, ...tally, ways, violations }
}

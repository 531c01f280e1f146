// Every operator means the same wherever an expression can stand: on every engine, and in memory.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { AnyQuery } from '../../../src/expr/query.js'
import { everyRow, deleteFrom, gt, type Query, set, update, where } from '../../../src/index.js'
import { interpret } from '../../../src/memory.js'
import { memoryOf } from '../../support/in-memory.js'
import { type Place, places } from '../../support/places.js'
import { openWorldAt, tagOf, type World } from '../../support/run-load.js'
import { catalogue } from './catalogue.js'
import type { Entry, Position } from './entry.js'
import { inserts, others, things } from './fixture.js'
import * as place from './place.js'

/** What a place is asked to do: the rows, or what went wrong. */
interface Runner {
  readonly name: string
  readonly run: (
    query: object,
  ) => Promise<E.Either<{ readonly _tag: string; readonly message: string }, ReadonlyArray<unknown>>>
  readonly reset: () => Promise<void>
}

const alike = (a: unknown, b: unknown): boolean =>
  typeof a === 'number' && typeof b === 'number'
    ? Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b))
    : a === b

/** Numbers within a relative 1e-9 of what is wanted are what is wanted. */
const loosened = (got: unknown, wanted: unknown): unknown => {
  if (typeof got === 'number') return alike(got, wanted) ? wanted : got
  if (Array.isArray(got)) return got.map((one, i): unknown => loosened(one, Array.isArray(wanted) ? wanted[i] : null))
  if (typeof got !== 'object' || got === null || typeof wanted !== 'object' || wanted === null) return got
  const other = new Map(Object.entries(wanted))
  return Object.fromEntries(Object.entries(got).map(([k, v]) => [k, loosened(v, other.get(k))]))
}

const sorted = (rows: ReadonlyArray<unknown>): ReadonlyArray<unknown> =>
  [...rows].sort((a, b) => {
    const [x, y] = [a, b].map((row) => JSON.stringify(row, (_, v: unknown) => (typeof v === 'bigint' ? `${v}n` : v)))
    return (x ?? '') < (y ?? '') ? -1 : 1
  })

const refusals: ReadonlyArray<string> = ['Unsupported', 'IllFormed', 'Ungrouped']

/** Where an aggregate or a window may stand. */
const allowed: Readonly<Record<Entry['kind'], ReadonlyArray<Position> | null>> = {
  scalar: null,
  aggregate: ['select', 'order by', 'having', 'derived'],
  window: ['select', 'order by', 'derived'],
}

const isRefused = (entry: Entry, position: Position, name: string): boolean => {
  const own = allowed[entry.kind]
  if (own !== null && !own.includes(position)) return true
  return [entry.refused['all'], Object.entries(entry.refused).find(([dialect]) => dialect === name)?.[1]].some(
    (where) => where === 'everywhere' || (where?.includes(position) ?? false),
  )
}

const answer = async (
  runner: Runner,
  entry: Entry,
  position: Position,
  query: object,
): Promise<ReadonlyArray<unknown> | null> => {
  const outcome = await runner.run(query)
  if (!isRefused(entry, position, runner.name)) {
    if (E.isRight(outcome)) return outcome.right
    const { left } = outcome
    throw new Error(`${position}: ${left._tag}: ${left.message} ${'statement' in left ? String(left.statement) : ''}`)
  }
  expect(refusals, `${position} is refused`).toContain(tagOf(outcome))
  return null
}

const check = async (
  runner: Runner,
  entry: Entry,
  position: Position,
  asked: ReadonlyArray<place.Asked>,
): Promise<void> => {
  for (const { query, rows } of asked) {
    const got = await answer(runner, entry, position, query)
    if (got === null) continue
    const inOrder = position === 'group by' ? [sorted(got), sorted(rows)] : [got, rows]
    expect(entry.loose ? loosened(inOrder[0], inOrder[1]) : inOrder[0], position).toEqual(inOrder[1])
  }
}

const checkWrite = async (
  runner: Runner,
  entry: Entry,
  position: Position,
  written: place.Written | null,
): Promise<void> => {
  if (written === null) return
  try {
    for (const statement of written.statements) if ((await answer(runner, entry, position, statement)) === null) return
    const got = await runner.run(written.read)
    const rows = E.isRight(got) ? got.right : got.left
    expect(entry.loose ? loosened(rows, written.rows) : rows, position).toEqual(written.rows)
  } finally {
    await runner.reset()
  }
}

/** The positions of an entry, one after another. */
const everywhere = async (runner: Runner, entry: Entry): Promise<void> => {
  await check(runner, entry, 'select', place.inSelect(entry))
  await check(runner, entry, 'where', place.inWhere(entry))
  await check(runner, entry, 'order by', place.inOrderBy(entry))
  await check(runner, entry, 'having', place.inHaving(entry))
  await check(runner, entry, 'on', place.inOn(entry))
  await check(runner, entry, 'group by', place.inGroupBy(entry))
  await check(runner, entry, 'derived', place.inDerived(entry))
  await checkWrite(runner, entry, 'set', place.inSet(entry))
  await checkWrite(runner, entry, 'values', place.inValues(entry))
}

const names = catalogue.map((entry) => [entry.name, entry] as const)

/** All result columns empty again, and no rows but those of the fixture. */
const emptied: ReadonlyArray<object> = [
  pipe(deleteFrom(things), where(gt(things.id, 100))),
  pipe(
    update(things),
    set({
      asInteger: null,
      asBigint: null,
      asDouble: null,
      asNumeric: null,
      asBoolean: null,
      asText: null,
      asDate: null,
      asTimestamptz: null,
      asTimestamp: null,
      asTime: null,
      asUuid: null,
      asJson: null,
    }),
    everyRow,
  ),
]

describe.each(places())('every operator in every place on $label', (somewhere) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(somewhere)
    await world.create({ things, others })
    for (const insert of inserts) expect(tagOf(await world.outcome(insert))).toBe('Right')
  })
  afterAll(() => world.close())

  // The catalogue is one list of expressions of all types, so its queries have none that the world could ask for.
  const run: Runner['run'] = async (query) => {
    const outcome = await world.outcome(query as AnyQuery)
    return E.isLeft(outcome) ? outcome : E.right(outcome.right.rows)
  }
  const reset = async (): Promise<void> => {
    for (const statement of emptied) expect(tagOf(await run(statement))).toBe('Right')
  }
  const here = names.filter(([, entry]) => entry.inMemory || somewhere.name !== 'memory')

  it.each(here)('[C66] %s', (_, entry) => everywhere({ name: somewhere.name, run, reset }, entry))
})

describe('what has no meaning in memory', () => {
  const whole = memoryOf(...inserts)
  it.each(names.filter(([, entry]) => !entry.inMemory))('[C66] %s', (_, entry) => {
    for (const { query } of place.inSelect(entry))
      expect(tagOf(interpret(query as Query<unknown, never, never, never, 'select'>)(whole))).toBe('NotEvaluable')
  })
})

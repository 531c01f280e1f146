// A case: its id in the data, and what it asks in relvar's own words.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { ClosedQuery, Query } from 'relvar'

import { type CaseData, conformance } from './data.js'
import type { Ask, Counts, Failure, World } from './world.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

export interface Case {
  readonly id: string
  readonly ask: (world: World) => Ask<unknown>
  /** Where relvar's own meaning wins: how it differs, and what it gives instead of the data's rows. */
  readonly meaning: { readonly says: string; readonly rows: unknown } | null
  /** How many statements of each verb relvar sends, where that is what the case is about. */
  readonly counts: Counts | null
  /** The Left that a place gives instead, by the place's name: an engine that cannot, or memory where text has no meaning. */
  readonly refusals: Readonly<Record<string, string>>
}

type Reading = 'select' | 'set'

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** A case of any shape. */
export const program = (id: string, ask: (world: World) => Ask<unknown>): Case => ({
  id,
  ask,
  meaning: null,
  counts: null,
  refusals: {},
})

/** All rows of one query. */
export const all = <P, S extends string, O extends string, F extends string, K extends Reading>(
  id: string,
  query: Query<P, S, O, F, K> & ClosedQuery<F>,
): Case => program(id, (world) => world.all(query))

/** The answers to several questions, one after the other. */
export const each = (id: string, questions: (world: World) => ReadonlyArray<Ask<unknown>>): Case =>
  program(id, (world) => TE.sequenceSeqArray(questions(world)))

/** A case in several steps; what is thrown in it fails the test. */
export const steps = (id: string, run: (world: World) => Promise<unknown>): Case =>
  program(id, (world) => async () => E.right(await run(world)))

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/** What relvar gives where it means something else than the data's answer. */
export const meaning =
  (says: string, rows: unknown) =>
  (of: Case): Case => ({ ...of, meaning: { says, rows } })

/** How many statements relvar sends. */
export const sends =
  (counts: Counts) =>
  (of: Case): Case => ({ ...of, counts })

/** The places (`memory`, or an engine) that refuse it, and with which tag. */
export const refusedBy =
  (refusals: Readonly<Record<string, string>>) =>
  (of: Case): Case => ({ ...of, refusals })

/** The error names of the data, by relvar's tags. */
const errorNames: Readonly<Record<string, string>> = {
  NoRows: 'NoResultFound',
  MultipleRows: 'MultipleResultsFound',
  UniqueViolation: 'IntegrityError',
  ForeignKeyViolation: 'IntegrityError',
  InvalidValue: 'AssertionError',
}

/** An engine's world wraps what the compiler says. */
export const tagOf = (failure: Failure & { readonly error?: { readonly _tag: string } }): string =>
  failure.error?._tag ?? failure._tag

/** What an effect that must fail ended with, as the data says it. */
export const failing = (effect: Ask<unknown>): Ask<unknown> =>
  pipe(
    TE.swap(effect),
    TE.bimap(
      () => ({ _tag: 'NoFailure', message: 'an error was expected, and there was none' }),
      (failure) => ({ error: errorNames[tagOf(failure)] ?? tagOf(failure) }),
    ),
  )

/** A row that may be missing, as the data says it. */
export const orNull: <A>(effect: Ask<O.Option<A>>) => Ask<A | null> = TE.map(O.toNullable)

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

const dataOf = (id: string): CaseData => {
  const found = conformance.cases.find((c) => c.id === id)
  if (found === undefined) throw new Error(`the data has no case ${id}`)
  return found
}

/** What a case says, and what relvar means where that is something else. */
export const saysOf = ({ id, meaning: own }: Case): string => {
  const { says } = dataOf(id)
  return own === null ? says : `${says} (relvar: ${own.says})`
}

/** The rows that a case must give. */
const expectedOf = ({ id, meaning: own }: Case): unknown => {
  if (own !== null) return own.rows
  const { rows } = dataOf(id)
  if (rows === undefined) throw new Error(`${id}: engines differ in the data, so the case must say what relvar means`)
  return rows
}

const isRecord = (u: unknown): u is Readonly<Record<string, unknown>> =>
  typeof u === 'object' && u !== null && !Array.isArray(u)

/** relvar's answer in the shape of the expected one: where a list is expected, a record is the list of its values in order. */
const shapedAs = (expected: unknown, actual: unknown): unknown => {
  if (Array.isArray(expected)) {
    const list: unknown = isRecord(actual) ? Object.values(actual) : actual
    return Array.isArray(list) ? list.map((item: unknown, i) => shapedAs(elementAt(expected, i), item)) : list
  }
  if (isRecord(expected) && isRecord(actual))
    return Object.fromEntries(Object.entries(actual).map(([key, value]) => [key, shapedAs(expected[key], value)]))
  return actual
}

/** Rows have one shape, so what is more than expected is shaped as the last. */
const elementAt = (expected: ReadonlyArray<unknown>, i: number): unknown => expected[Math.min(i, expected.length - 1)]

const sorted = (value: unknown): unknown => {
  if (!Array.isArray(value)) return value
  const items: ReadonlyArray<unknown> = value
  return items.map((item) => ({ item, text: JSON.stringify(item) })).sort((a, b) => (a.text < b.text ? -1 : 1))
}

/** Both sides as they are to be compared: `[expected, actual]`, as multisets where the data gives no order. */
export const compared = (of: Case, actual: unknown): readonly [unknown, unknown] => {
  const expected = expectedOf(of)
  const shaped = shapedAs(expected, actual)
  return dataOf(of.id).ordered === false ? [sorted(expected), sorted(shaped)] : [expected, shaped]
}

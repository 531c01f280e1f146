/**
 * Validation of a whole file: every row ends as a record or as findings, and none is lost on the way.
 */
import { inspect } from 'node:util'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type * as t from 'io-ts'

import type { Field } from './field.js'
import type { Finding } from './finding.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

type Fields = Readonly<Record<string, Field<unknown>>>

/** What the rows of a file must be like: `F` its fields as they were read, `A` the record that they make. */
export interface RowRules<F extends Fields, A> {
  readonly file: string
  readonly codec: t.Decoder<unknown, F>
  readonly record: (fields: F) => A
  /** What can only be said of a whole record: the reason to refuse it, or null. */
  readonly check: (record: A) => string | null
  /** What tells records apart; a row whose like came before is refused for the reason `duplicate`. */
  readonly key: (record: A) => string
  readonly duplicate: string
  /** What a reader calls the record. */
  readonly called: (record: A) => string
}

/** The records of a file in its order, what was found, and how many rows there were. */
export interface Checked<out A> {
  readonly file: string
  readonly read: number
  readonly records: ReadonlyArray<A>
  readonly findings: ReadonlyArray<Finding>
}

type Reason = Pick<Finding, 'outcome' | 'reason' | 'found'>

/** A record, and what was mended in it. */
interface Accepted<A> {
  readonly record: A
  readonly mended: ReadonlyArray<Reason>
}

// -------------------------------------------------------------------------------------
// one row
// -------------------------------------------------------------------------------------

const shown = (u: unknown): string => inspect(u, { breakLength: Infinity })

/** A field of a row as the file has it. */
const inFile = (raw: unknown, name: string): unknown =>
  Object.entries(typeof raw === 'object' && raw !== null ? raw : {}).find(([key]) => key === name)?.[1]

/** A field's codec gives its reason in words; without one the row is not even a record. */
const refusal = ({ message, context, value }: t.ValidationError): Reason => ({
  outcome: 'refused',
  reason: message ?? 'the row is not a record',
  found: `${context[1]?.key ?? 'the row'} is ${shown(value)}`,
})

const mendedIn = (fields: Fields, raw: unknown, called: string): ReadonlyArray<Reason> =>
  Object.entries(fields).flatMap(([name, { mended }]) =>
    mended === null ? [] : [{ outcome: 'mended', reason: mended, found: `${called}: ${shown(inFile(raw, name))}` }],
  )

const checkRow =
  <F extends Fields, A>(rules: RowRules<F, A>) =>
  (raw: unknown): E.Either<ReadonlyArray<Reason>, Accepted<A>> =>
    pipe(
      rules.codec.decode(raw),
      E.mapLeft((errors) => errors.map(refusal)),
      E.chain((fields) => {
        const record = rules.record(fields)
        const reason = rules.check(record)
        const called = rules.called(record)
        return reason === null
          ? E.right({ record, mended: mendedIn(fields, raw, called) })
          : E.left([{ outcome: 'refused', reason, found: called }])
      }),
    )

// -------------------------------------------------------------------------------------
// all rows
// -------------------------------------------------------------------------------------

/** Checks the rows of a file. */
export const checkRows =
  <F extends Fields, A>(rules: RowRules<F, A>) =>
  (rows: ReadonlyArray<unknown>): Checked<A> => {
    const keys = new Set<string>()
    const once = ({ record, mended }: Accepted<A>): E.Either<ReadonlyArray<Reason>, Accepted<A>> => {
      const key = rules.key(record)
      if (keys.has(key)) return E.left([{ outcome: 'refused', reason: rules.duplicate, found: rules.called(record) }])
      keys.add(key)
      return E.right({ record, mended })
    }
    const outcomes = rows.map((raw) => pipe(checkRow(rules)(raw), E.chain(once)))
    return {
      file: rules.file,
      read: rows.length,
      records: outcomes.flatMap((outcome) => (E.isRight(outcome) ? [outcome.right.record] : [])),
      findings: outcomes.flatMap((outcome, at) =>
        (E.isRight(outcome) ? outcome.right.mended : outcome.left).map((reason) => ({
          file: rules.file,
          row: at + 1,
          ...reason,
        })),
      ),
    }
  }

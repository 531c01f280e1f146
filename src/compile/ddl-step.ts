/**
 * The statements of DDL, some of which depend on what is there: a question comes before them.
 */
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'

import type { Answer } from './answer.js'
import { type Atomic, done, type Load, step } from './load.js'
import type { LoadError } from './load-error.js'
import { control, noTables, type RawRow, type Statement } from './statement.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A statement; or a question, and what there is to do then. */
export type DdlStep =
  | { readonly _tag: 'Do'; readonly sql: string }
  | {
      readonly _tag: 'Ask'
      readonly sql: string
      readonly parameters: ReadonlyArray<string | null>
      readonly next: (rows: ReadonlyArray<RawRow>) => Either<LoadError, ReadonlyArray<DdlStep>>
    }

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

export const always = (sql: string): DdlStep => ({ _tag: 'Do', sql })

export const ask = (
  sql: string,
  parameters: ReadonlyArray<string | null>,
  next: (rows: ReadonlyArray<RawRow>) => Either<LoadError, ReadonlyArray<DdlStep>>,
): DdlStep => ({ _tag: 'Ask', sql, parameters, next })

/** Done where a question has no rows. */
export const unless = (sql: string, parameters: ReadonlyArray<string | null>, steps: ReadonlyArray<DdlStep>): DdlStep =>
  ask(sql, parameters, (rows) => right(rows.length > 0 ? [] : steps))

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

const nothing: Load<Answer<never>> = done({ rows: [], affected: 0, keys: [] })

/** The Load of steps, one after the other. */
export const loadOfSteps = (steps: ReadonlyArray<DdlStep>, atomic: Atomic): Load<Answer<never>> => {
  const [first, ...rest] = steps
  if (first === undefined) return nothing
  if (first._tag === 'Do') return step(control(first.sql), () => right(loadOfSteps(rest, atomic)), atomic)
  const question: Statement = {
    sql: first.sql,
    parameters: first.parameters,
    text: 'once',
    returnsRows: true,
    bigints: false,
    tables: noTables,
  }
  return step(
    question,
    ({ rows }) => {
      const more = first.next(rows)
      return isLeft(more) ? more : right(loadOfSteps([...more.right, ...rest], atomic))
    },
    atomic,
  )
}

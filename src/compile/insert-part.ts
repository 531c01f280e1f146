/**
 * One statement of an INSERT with its values, perhaps followed by one that reads its rows again.
 */
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'

import type { Answer } from './answer.js'
import { readWritten, type Written } from './insert-answer.js'
import type { ValuesTemplate } from './insert-values.js'
import { type Load, step } from './load.js'
import type { LoadError } from './load-error.js'
import type { RawRow, Reply, Statement, Wire } from './statement.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

export type Next = (written: Written) => Either<LoadError, Load<Answer<unknown>>>

/** One statement, perhaps followed by one that reads its rows again. */
export interface Part {
  /** How many rows it writes. */
  readonly count: number
  /** For each of them its position among the rows that were given. */
  readonly placeOf: (row: number) => number
  readonly load: (atomic: boolean, next: Next) => Load<Answer<unknown>>
  readonly notes: ReadonlyArray<string>
}

// -------------------------------------------------------------------------------------
// sending
// -------------------------------------------------------------------------------------

/** How the rows of one statement are read again. */
interface Asking {
  readonly text: string
  readonly parameters: (reply: Reply) => Either<LoadError, ReadonlyArray<Wire>>
  readonly secrets: Pick<Statement, 'secrets'>
}

/** What is bound in a statement. */
export type BoundValues = Pick<Statement, 'parameters' | 'sets' | 'inColumns' | 'secrets'>

interface Sending {
  readonly template: Pick<ValuesTemplate, 'read' | 'generated' | 'bigints' | 'tables'>
  readonly text: string
  readonly bound: BoundValues
  readonly count: number
  readonly placeOf: (row: number) => number
  readonly again: Asking | null
  /** Whether the key that the engine tells by itself is all that is asked. */
  readonly tellsKey: boolean
  readonly notes: ReadonlyArray<string>
}

/** A statement with what follows it. */
export const partOf = ({ template, text, bound, count, placeOf, again, tellsKey, notes }: Sending): Part => {
  const { read, generated, bigints, tables } = template
  const statement = (sql: string, parts: BoundValues, returnsRows: boolean): Statement => ({
    sql,
    ...parts,
    text: 'compiled',
    returnsRows,
    bigints,
    tables,
  })
  const load: Part['load'] = (atomic, next) => {
    const finish = (raw: ReadonlyArray<RawRow>, affected: number): Either<LoadError, Load<Answer<unknown>>> => {
      const written = readWritten(template, text, raw, affected, count)
      return isLeft(written) ? written : next(written.right)
    }
    if (tellsKey)
      return step(statement(text, bound, false), (reply) => finish([[reply.insertId]], reply.affected), atomic)
    if (again === null)
      return step(
        statement(text, bound, read !== null || generated !== null),
        (reply) => finish(reply.rows, reply.affected),
        atomic,
      )
    return step(
      statement(text, bound, false),
      (reply) => {
        const parameters = again.parameters(reply)
        if (isLeft(parameters)) return parameters
        return right(
          step(statement(again.text, { parameters: parameters.right, ...again.secrets }, true), ({ rows }) =>
            finish(rows, reply.affected),
          ),
        )
      },
      true,
    )
  }
  return { count, placeOf, load, notes }
}

/** The first key that the engine made, and how many follow it. */
export const fromFirst = ({ insertId }: Reply, count: number): ReadonlyArray<Wire> => [
  insertId ?? 0n,
  BigInt(count - 1),
]

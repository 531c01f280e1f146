/**
 * What becomes of a query or a write, in a few letters: of its statements in each dialect, and of its answer in memory.
 */
import { createHash } from 'node:crypto'
import * as E from 'fp-ts/lib/Either.js'

import { prepare } from '../../src/compile/compile.js'
import type { CompileError } from '../../src/compile/compile-error.js'
import type { Dialect } from '../../src/compile/dialect.js'
import type { Load } from '../../src/compile/load.js'
import type { LoadError } from '../../src/compile/load-error.js'
import type { Statement } from '../../src/compile/statement.js'
import type { Kind, Query } from '../../src/expr/query.js'
import { apply } from '../../src/interpret/apply.js'
import { interpret } from '../../src/interpret/interpret.js'
import { rowsIn, type Tables } from '../../src/interpret/tables.js'
import type { AnyTable } from '../../src/expr/table.js'
import type { AnyClosedQuery } from '../../src/testing/query.js'
import type { AnyClosedWrite } from '../../src/testing/write.js'

/** The values of the named parameters that statements have. */
const holes = { page: 2, n: 3 }

const clock = { now: '2012-10-15T12:57:18.123456Z' }

/** Doubles to twelve digits: the last ones of a sine are the machine's own. */
const plain = (_: string, value: unknown): unknown =>
  typeof value === 'bigint'
    ? `${value}n`
    : typeof value === 'number' && !Number.isInteger(value)
      ? Number.isFinite(value)
        ? value.toPrecision(12)
        : String(value)
      : value

/** The letters that stand for a value. */
export const digestOf = (of: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(of, plain) ?? '')
    .digest('hex')
    .slice(0, 6)

/** A statement without what it is about as a value. */
export const valuesOf = (statement: Statement): Omit<Statement, 'meaning'> => {
  const { meaning: _meaning, ...values } = statement
  return values
}

/** The statements of a Load whose first reply is empty, with all that a driver is told of each. */
const told = (load: Load<unknown>): ReadonlyArray<unknown> => {
  if (load._tag === 'Done') return [load.value]
  const rest = load.next({ rows: [], affected: 0, insertId: null })
  return [valuesOf(load.statement), load.atomic, load.retries, ...(E.isLeft(rest) ? [rest.left] : told(rest.right))]
}

/** The statements of a query or a write in a dialect, or why it has none. */
export const compiledDigest =
  (dialect: Dialect) =>
  <K extends Kind>(q: Query<unknown, never, never, never, K>): string => {
    const load: E.Either<CompileError | LoadError, Load<unknown>> = prepare(dialect)(q)(holes)
    return digestOf(E.isLeft(load) ? load.left : told(load.right))
  }

const sorted = (rows: ReadonlyArray<unknown>): ReadonlyArray<string> =>
  rows.map((row) => JSON.stringify(row, plain) ?? '').sort()

/** The rows of a query in memory, or its error. Those without an order come in any: they are sorted. */
export const answerDigest = (tables: Tables, q: AnyClosedQuery, ordered: boolean): string => {
  const answer = interpret(q, {}, clock)(tables)
  return digestOf(E.isLeft(answer) ? answer.left : ordered ? answer.right : sorted(answer.right))
}

/** What a write gives, and what stands in the tables afterwards; or its error. */
export const appliedDigest = (tables: Tables, w: AnyClosedWrite, all: ReadonlyArray<AnyTable>): string => {
  const applied = apply(w, {}, clock)(tables)
  return digestOf(
    E.isLeft(applied)
      ? applied.left
      : [applied.right.affected, sorted(applied.right.rows), all.map((t) => sorted(rowsIn(t)(applied.right.tables)))],
  )
}

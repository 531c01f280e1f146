// A flush over tables in memory: the steps of the plan, done by the interpreter. It is what `Uow.flush` does with a database.
import * as E from 'fp-ts/lib/Either.js'
import { type AnyTable, type Query, returning, sqliteDialect, type UnitOfWork, Uow } from 'relvar'
import { apply, type Tables } from 'relvar/memory'

import { query } from '../../../src/expr/query.js'
import { tableIdentity } from '../../../src/expr/schema.js'
import type { TableEntry } from '../../../src/session/catalog.js'
import type { FlushStep, KeyFlow } from '../../../src/session/plan.js'
import { type RefNode, refNode } from '../../../src/session/ref.js'
import { readyRows, type StepWrite, stepWrites } from '../../../src/session/step-writes.js'
import { stateOf, uowOf } from '../../../src/session/unit-of-work.js'
import { afterFlush } from '../../../src/session/written.js'
import { tablesByName } from './tables.js'
import type { Failure } from './world.js'

type Fields = Readonly<Record<string, unknown>>

interface Done {
  readonly tables: Tables
  readonly rows: ReadonlyArray<Fields>
}

// Any dialect does: nothing of a plan's rows depends on it.
const dialect = sqliteDialect()

const applied = (tables: Tables, step: FlushStep, { statement, rows }: StepWrite): E.Either<Failure, Done> => {
  const t = tablesByName.get(step.table.name)
  if (t === undefined) return E.left({ _tag: 'UnknownTable', message: step.table.name })
  const made: Query<unknown, string, never, never, 'insert'> = query(statement)
  const outcome = apply(returning(t)(made))(tables)
  if (E.isLeft(outcome)) return outcome
  if (outcome.right.affected !== rows.length) return E.left({ _tag: 'StaleRow', message: step.table.name })
  return E.right({ tables: outcome.right.tables, rows: outcome.right.rows })
}

const doStep = (
  tables: Tables,
  table: TableEntry,
  step: FlushStep,
  made: (flow: KeyFlow) => unknown,
): E.Either<Failure, Done> => {
  let now: Done = { tables, rows: [] }
  for (const write of stepWrites(dialect, table, step, readyRows(table, step, made))) {
    const next = applied(now.tables, step, write)
    if (E.isLeft(next)) return next
    now = { tables: next.right.tables, rows: [...now.rows, ...next.right.rows] }
  }
  return E.right(now)
}

/** The tables after the flush, and the next unit of work. */
export const flushInMemory = <D extends Readonly<Record<string, AnyTable>>>(
  before: Tables,
  uow: UnitOfWork<D>,
): E.Either<Failure, readonly [Tables, UnitOfWork<D>]> => {
  const state = stateOf(uow)
  const plan = Uow.plan(dialect)(uow)
  if (E.isLeft(plan)) return plan
  let tables = before
  const inserted = new Map<RefNode, Fields>()
  const done: Array<ReadonlyArray<Fields>> = []
  const made = ({ from }: KeyFlow): unknown => done[from.step]?.[from.row]?.[from.column]
  for (const step of plan.right.steps) {
    const table = state.catalog.get(tableIdentity(step.table))
    if (table === undefined) return E.left({ _tag: 'UnknownTable', message: step.table.name })
    const outcome = doStep(tables, table, step, made)
    if (E.isLeft(outcome)) return outcome
    tables = outcome.right.tables
    done.push(outcome.right.rows)
    for (const [i, { ref }] of step.rows.entries())
      if (ref !== null) inserted.set(refNode(ref), outcome.right.rows[i] ?? {})
  }
  return E.right([tables, uowOf(afterFlush(state, { inserted, touched: new Map() }))])
}

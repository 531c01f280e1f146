/**
 * The flush plan: what will be written, in which order, and which keys that the database makes go into which rows.
 * Plain data, made without a database.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { Dialect } from '../compile/dialect.js'
import type { TableName } from '../compile/statement.js'
import { type Edges, edgesOf, type Parts } from './edges.js'
import type { Fields } from './identity.js'
import { type Givens, type Operation, operations } from './operations.js'
import type { PlanError } from './plan-error.js'
import { type AnyRef, type RefNode, refOf } from './ref.js'
import { type Schedule, schedule } from './schedule.js'
import { apart, noSplits, splitFor, type Splits } from './splits.js'
import { type AnyUnitOfWork, type State, stateOf } from './unit-of-work.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A row of a step. What the database makes in an earlier step is neither in `key` nor in `values`: see `dataFlow`. */
export interface PlannedRow {
  /** The Ref of an inserted row. */
  readonly ref: AnyRef | null
  /** The key by which an update or delete finds the row. */
  readonly key: Fields
  /** What is written. */
  readonly values: Fields
}

/**
 * A key that an earlier step makes, and where it goes: a column of a row, or its key where the column is part of that.
 */
export interface KeyFlow {
  /** The row of this step, from 0. */
  readonly row: number
  readonly column: string
  readonly from: { readonly step: number; readonly row: number; readonly column: string }
}

/** Rows of one table that are written alike. */
export interface FlushStep {
  readonly kind: 'insert' | 'update' | 'delete'
  readonly table: TableName
  /** The columns that are written. */
  readonly columns: ReadonlyArray<string>
  readonly rows: ReadonlyArray<PlannedRow>
  readonly dataFlow: ReadonlyArray<KeyFlow>
  /** It writes foreign keys apart from their rows, because rows refer to each other in a circle. */
  readonly breaksCycle: boolean
}

/** All steps of a flush, in order, and how many rows they write. */
export interface FlushPlan {
  readonly steps: ReadonlyArray<FlushStep>
  readonly counts: { readonly inserts: number; readonly updates: number; readonly deletes: number }
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

interface Ordered {
  readonly parts: Parts
  readonly steps: Schedule
}

/** Orders writes; where they wait for each other in a circle, writes a foreign key apart and tries again. */
const ordered = (state: State, writes: ReadonlyArray<Operation>, selfDelete: boolean): E.Either<PlanError, Ordered> => {
  let splits: Splits = noSplits
  for (;;) {
    const parts = apart(writes, splits)
    const edges: E.Either<PlanError, Edges> = edgesOf(parts, state.catalog, selfDelete)
    if (E.isLeft(edges)) return edges
    const steps = schedule(parts.operations, edges.right)
    if (E.isRight(steps)) return E.right({ parts, steps: steps.right })
    // Each round writes one more foreign key apart, and there are finitely many.
    const more = splitFor(parts, edges.right.nodes, steps.left, splits)
    if (E.isLeft(more)) return more
    splits = more.right
  }
}

/** Where each new row is inserted. */
type Places = ReadonlyMap<RefNode, { readonly step: number; readonly row: number }>

const placesOf = ({ parts, steps }: Ordered): Places => {
  const places = new Map<RefNode, { readonly step: number; readonly row: number }>()
  for (const [step, members] of steps.entries())
    for (const [row, at] of members.entries()) {
      const ref = parts.operations[at]?.ref ?? null
      if (ref !== null) places.set(ref, { step, row })
    }
  return places
}

const flowsOf = (operation: Operation, row: number, places: Places): ReadonlyArray<KeyFlow> => {
  const flows: Array<KeyFlow> = []
  for (const givens of [operation.key, operation.set])
    for (const [column, value] of givens) {
      const place = value._tag === 'Made' ? places.get(value.by) : undefined
      if (value._tag === 'Made' && place !== undefined)
        flows.push({ row, column, from: { ...place, column: value.column } })
    }
  return flows
}

const knownIn = (givens: Givens): Fields => {
  const known: Array<readonly [string, unknown]> = []
  for (const [column, value] of givens) if (value._tag === 'Known') known.push([column, value.value])
  return Object.freeze(Object.fromEntries(known))
}

const stepOf = (members: ReadonlyArray<Operation>, places: Places): ReadonlyArray<FlushStep> => {
  const [first] = members
  if (first === undefined) return []
  const { kind, table, set, fixUp } = first
  return [
    Object.freeze({
      kind,
      table: Object.freeze({ schema: table.info.schema, name: table.info.name }),
      columns: Object.freeze([...set.keys()]),
      rows: Object.freeze(
        members.map((operation) =>
          Object.freeze({
            ref: operation.ref === null ? null : refOf<string, unknown>(operation.ref),
            key: knownIn(operation.key),
            values: knownIn(operation.set),
          }),
        ),
      ),
      dataFlow: Object.freeze(members.flatMap((operation, row) => flowsOf(operation, row, places))),
      breaksCycle: fixUp,
    }),
  ]
}

const planOf = (found: Ordered): FlushPlan => {
  const places = placesOf(found)
  const steps = found.steps.flatMap((members) =>
    stepOf(
      members.flatMap((at) => found.parts.operations[at] ?? []),
      places,
    ),
  )
  const count = (kind: FlushStep['kind']): number =>
    steps.reduce((n, step) => (step.kind === kind ? n + step.rows.length : n), 0)
  const counts = Object.freeze({ inserts: count('insert'), updates: count('update'), deletes: count('delete') })
  return Object.freeze({ steps: Object.freeze(steps), counts })
}

// InnoDB refuses to delete a row that refers to itself; the others look at foreign keys when the statement is done.
const deletesSelfReferring = ({ name }: Dialect): boolean => name === 'postgres' || name === 'sqlite'

/**
 * What a flush of the unit of work will write: parents before the children that refer to them, removals the other way
 * round, unique values left before they are taken, only columns whose value changes, rows that are written alike in one
 * step.
 *
 * The order follows from the foreign keys and unique columns of the schema, never from the order of the calls; new rows
 * of one table keep theirs. Rows that refer to each other in a circle are written with a NULL that an update closes,
 * where a column of the circle may be NULL. An exchange of unique values needs a value in between, so it is a
 * `UniqueCycle`: flush twice.
 *
 * @param dialect says what its engine lets a statement do
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { autoIncrement, integer, primaryKey, references, schema, sqliteDialect, table, text, Uow } from 'relvar'
 *
 * const users = table('users', { id: pipe(integer, primaryKey, autoIncrement), name: text })
 * const posts = table('posts', {
 *   id: pipe(integer, primaryKey, autoIncrement),
 *   authorId: pipe(integer, references(users.id)),
 * })
 * const [wendy, one] = Uow.insert(users)({ name: 'wendy' })(Uow.empty(schema({ users, posts })))
 * const [, two] = Uow.insert(posts)({ authorId: wendy })(one)
 * const plan = Uow.plan(sqliteDialect())(two)
 * assert(E.isRight(plan))
 * const steps = plan.right.steps.map((step) => `${step.kind} ${step.table.name}`)
 * assert.deepStrictEqual(steps, ['insert users', 'insert posts'])
 *
 * @category destructors
 * @since 0.1.0
 */
export const plan =
  (dialect: Dialect) =>
  (uow: AnyUnitOfWork): E.Either<PlanError, FlushPlan> => {
    const state = stateOf(uow)
    const writes = operations(state)
    if (E.isLeft(writes)) return writes
    const found = ordered(state, writes.right, deletesSelfReferring(dialect))
    return E.isLeft(found) ? found : E.right(planOf(found.right))
  }

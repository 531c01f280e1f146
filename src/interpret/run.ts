/**
 * One evaluation under way: its tables, its parameters, and the queries inside queries.
 */
import * as E from 'fp-ts/lib/Either.js'
import { absurd, pipe } from 'fp-ts/lib/function.js'

import { invalidValue } from '../compile/load-error.js'
import { freeIn, paramsOf } from '../expr/children.js'
import type { ParamNode } from '../expr/node.js'
import type { QueryNode, StatementNode } from '../expr/query-node.js'
import { timestamptzType } from '../expr/sql-type.js'
import { accept } from './accept.js'
import { isOneValue } from './check-bindings.js'
import { notEvaluable, type Result } from './eval-error.js'
import { withIncludes } from './include.js'
import { readQuery } from './refined.js'
import type { Run, Scope } from './scope.js'
import { selected } from './select.js'
import { combinedRows } from './set-operation.js'
import type { Tables } from './tables.js'

/** The values of named parameters. */
export type Bindings = Readonly<Record<string, unknown>>

/** What time it is in a run: an evaluation is pure, so it asks no clock of the machine. */
export interface Clock {
  /** The instant that `currentTimestamp` gives, `2012-10-15T12:57:18Z`. */
  readonly now?: string
}

// -------------------------------------------------------------------------------------
// parameters
// -------------------------------------------------------------------------------------

/** All parameters of a statement, those of its includes among them. */
export const allParams = (statement: StatementNode): ReadonlyArray<ParamNode> => [
  ...paramsOf(statement),
  ...(statement._tag === 'Select' ? statement.includes.flatMap((i) => allParams(i.relation.query)) : []),
]

/** What stands in a list is one value each; a list is never bound by name. */
const acceptParam = (param: ParamNode, bindings: Bindings): Result<unknown> => {
  switch (param.kind._tag) {
    case 'Value':
      return acceptValue(param, 'a value', param.kind.value)
    case 'Hole': {
      const { name } = param.kind
      return Object.hasOwn(bindings, name)
        ? acceptValue(param, `parameter "${name}"`, bindings[name])
        : E.left(invalidValue(`parameter "${name}"`, 'no value was given for it'))
    }
    case 'Ref':
      return E.left(notEvaluable('the key of a row that is not written yet has no value in memory'))
    default:
      return absurd(param.kind)
  }
}

const acceptValue = (param: ParamNode, place: string, value: unknown): Result<unknown> =>
  Array.isArray(value) && !isOneValue(param.type, value)
    ? pipe(
        value,
        E.traverseArray((one: unknown) => accept(param.type, param.nullable, place, one)),
      )
    : accept(param.type, param.nullable, place, value)

/** The instant of a run in its one spelling; null where nobody said it. */
const nowOf = ({ now }: Clock): Result<string | null> =>
  now === undefined ? E.right(null) : pipe(accept(timestamptzType, false, 'now', now), E.map(String))

const boundParams = (params: ReadonlyArray<ParamNode>, bindings: Bindings): Result<ReadonlyMap<ParamNode, unknown>> =>
  pipe(
    params,
    E.traverseArray((param) =>
      pipe(
        acceptParam(param, bindings),
        E.map((value) => [param, value] as const),
      ),
    ),
    E.map((entries) => new Map(entries)),
  )

// -------------------------------------------------------------------------------------
// queries
// -------------------------------------------------------------------------------------

const bareRows = (run: Run, query: QueryNode, outer: Scope): Result<ReadonlyArray<unknown>> =>
  query._tag === 'SetOperation'
    ? combinedRows(run, query, outer)
    : pipe(
        selected(run, query, outer),
        E.map((rows) => rows.map(({ row }) => row)),
      )

/** The rows of a query with what it includes. */
export const rowsOf = (run: Run, query: QueryNode, outer: Scope): Result<ReadonlyArray<unknown>> => {
  const read = readQuery(query)
  const kept =
    query._tag === 'SetOperation'
      ? combinedRows(run, query, outer)
      : pipe(
          selected(run, query, outer),
          E.chain(withIncludes((inner, scope) => rowsOf(run, inner, scope), query.includes)),
        )
  return read === null
    ? kept
    : pipe(
        kept,
        E.map((rows) => rows.map(read)),
      )
}

/** A run over tables. A query inside another that mentions nothing outside has the same rows each time: it is asked once. */
export const runOf = (
  params: ReadonlyArray<ParamNode>,
  bindings: Bindings,
  tables: Tables,
  clock: Clock = {},
  counted: Run['counted'] | null = null,
): Result<Run> =>
  pipe(
    nowOf(clock),
    E.chain((now) =>
      pipe(
        boundParams(params, bindings),
        E.map((bound) => ({ now, bound })),
      ),
    ),
    E.map(({ now, bound }) => {
      // Seen by this run alone, so that no caller can tell it from asking each time.
      const closed = new Map<QueryNode, Result<ReadonlyArray<unknown>> | null>()
      const rows: Run['rows'] = (query, scope) => {
        const known = closed.get(query)
        if (known !== undefined && known !== null) return known
        if (known === undefined && freeIn(query).size === 0) {
          const found = bareRows(run, query, null)
          closed.set(query, found)
          return found
        }
        closed.set(query, null)
        return bareRows(run, query, scope)
      }
      const found = new Map<object, Result<unknown>>()
      const once: Run['once'] = <A>(key: object, find: () => Result<A>) => {
        const known = found.get(key)
        // One key is one thing, so what was found under it is of the type that is asked for.
        if (known !== undefined) return known as Result<A>
        const value = find()
        found.set(key, value)
        return value
      }
      const step: Run['step'] = (query, of, working) =>
        bareRows({ ...run, working: new Map(run.working).set(of, working) }, query, null)
      const view: Run['view'] = (query) =>
        once(query, () =>
          pipe(
            runOf(allParams(query), {}, tables, clock),
            // Codecs of the caller's read what comes out of the query that asks the view.
            E.chain((inner) => bareRows(inner, query, null)),
          ),
        )
      const run: Run = {
        tables,
        bound,
        now,
        rows,
        working: new Map(),
        step,
        view,
        once,
        ...(counted === null ? {} : { counted }),
      }
      return run
    }),
  )

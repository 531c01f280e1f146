/**
 * UNION, INTERSECT, EXCEPT: outputs are matched by name, and equal rows are one row, nulls being equal to each other.
 */
import * as E from 'fp-ts/lib/Either.js'
import { absurd, pipe } from 'fp-ts/lib/function.js'

import { outputsOf } from '../expr/outputs.js'
import type { SetNode } from '../expr/query-node.js'
import type { DerivedColumn } from '../expr/source.js'
import type { Result } from './eval-error.js'
import { sliced } from './limit.js'
import { sortedBy } from './order.js'
import type { Run, Scope } from './scope.js'
import { distinctBy, keyOf, ordered, type Row, settled } from './value.js'

/** A row with these outputs in their order and spelling; of a whole source that is absent, nulls. */
const aligned =
  (outputs: ReadonlyArray<DerivedColumn>) =>
  (row: unknown): Row => {
    const flat = new Map(typeof row === 'object' && row !== null ? Object.entries(row) : [])
    return Object.fromEntries(outputs.map(({ key, type }) => [key, settled(type, flat.get(key) ?? null)]))
  }

const combined = (query: SetNode, left: ReadonlyArray<Row>, right: ReadonlyArray<Row>): ReadonlyArray<Row> => {
  const once = distinctBy<Row>(keyOf)
  const inRight = (): ((row: Row) => boolean) => {
    const keys = new Set(right.map(keyOf))
    return (row) => keys.has(keyOf(row))
  }
  // Each row of the right side stands for one of the left.
  const matched = (): ((row: Row) => boolean) => {
    const times = new Map<string, number>()
    for (const row of right) times.set(keyOf(row), (times.get(keyOf(row)) ?? 0) + 1)
    return (row) => {
      const left = times.get(keyOf(row)) ?? 0
      times.set(keyOf(row), left - 1)
      return left > 0
    }
  }
  switch (query.op) {
    case 'unionAll':
      return [...left, ...right]
    case 'union':
      return once([...left, ...right])
    case 'intersect':
      return once(left).filter(inRight())
    case 'intersectAll':
      return left.filter(matched())
    case 'exceptAll': {
      const taken = matched()
      return left.filter((row) => !taken(row))
    }
    case 'except': {
      const gone = inRight()
      return once(left).filter((row) => !gone(row))
    }
    default:
      return absurd(query.op)
  }
}

/** The rows of a set operation whose outer sources are bound in `outer`. */
export const combinedRows = (run: Run, query: SetNode, outer: Scope): Result<ReadonlyArray<unknown>> => {
  const outputs = outputsOf(query)
  const comparators = query.orderBy.flatMap((order) =>
    outputs
      .filter((output) => output.key === order.key)
      .map((output) => ordered(output.type, order.direction, order.nulls)),
  )
  return pipe(
    run.rows(query.left, outer),
    E.chain((left) =>
      pipe(
        run.rows(query.right, outer),
        E.map((right) => combined(query, left.map(aligned(outputs)), right.map(aligned(outputs)))),
      ),
    ),
    E.map(sortedBy(comparators, (row) => query.orderBy.map((order) => row[order.key]))),
    E.chain(sliced<Row>(run, { limit: query.limit, offset: query.offset, alike: null })),
  )
}

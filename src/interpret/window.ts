/**
 * The meaning of window functions: rows are put into partitions, each sorted, and every row looks at those around it.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import { illFormed } from '../compile/compile-error.js'
import { invalidValue } from '../compile/load-error.js'
import type { WindowNode } from '../expr/call-node.js'
import { aggregated } from './aggregate.js'
import type { Result } from './eval-error.js'
import { frameAt, type Placed } from './frame.js'
import { type Evaluate, type Here, isPeer } from './scope.js'
import { keyOf, ordered, settled } from './value.js'

// -------------------------------------------------------------------------------------
// partitions
// -------------------------------------------------------------------------------------

interface Keyed {
  readonly here: Here
  readonly partition: string
  readonly keys: ReadonlyArray<unknown>
}

const keyed =
  (valueOf: Evaluate, node: WindowNode) =>
  (here: Here): Result<Keyed> =>
    pipe(
      node.partitionBy,
      E.traverseArray((e) => valueOf(here, e)),
      E.chain((partition) =>
        pipe(
          node.orderBy,
          E.traverseArray((order) => valueOf(here, order.expr)),
          E.map((keys) => ({ here, partition: keyOf(partition), keys })),
        ),
      ),
    )

/** The rows of a partition in order, each with the rows that are ordered alike. */
const placedIn = (node: WindowNode, rows: ReadonlyArray<Keyed>): ReadonlyArray<Placed> => {
  const comparators = node.orderBy.map((o) => ordered(o.expr.type, o.direction, o.nulls))
  const compare = (a: Keyed, b: Keyed): number => {
    for (const [i, c] of comparators.entries()) {
      const sign = c(a.keys[i], b.keys[i])
      if (sign !== 0) return sign
    }
    return 0
  }
  const sorted = [...rows].sort(compare)
  const groups: Array<Array<Keyed>> = []
  for (const row of sorted) {
    const last = groups.at(-1)
    if (last?.[0] !== undefined && compare(last[0], row) === 0) last.push(row)
    else groups.push([row])
  }
  let from = 0
  return groups.flatMap((group, i) => {
    const to = from + group.length
    const placed = group.map(({ here, keys }): Placed => ({ here, keys, group: i, from, to }))
    from = to
    return placed
  })
}

// -------------------------------------------------------------------------------------
// functions
// -------------------------------------------------------------------------------------

/** The operand of a function in another row, or null where there is none. */
const inRow = (valueOf: Evaluate, node: WindowNode, row: Placed | undefined): Result<unknown> => {
  const [operand] = node.operands
  return row === undefined || operand === undefined ? E.right(null) : valueOf(row.here, operand)
}

/** A number that the function is told; where it is left out, 1. */
const told = (valueOf: Evaluate, node: WindowNode, here: Here, at: number, least: 0 | 1): Result<number> => {
  const operand = node.operands[at]
  if (operand === undefined) return E.right(1)
  return pipe(
    valueOf(here, operand),
    E.chain((n) =>
      typeof n === 'number' && Number.isSafeInteger(n) && n >= least
        ? E.right(n)
        : E.left(invalidValue(node.name, `is no whole number from ${least}`)),
    ),
  )
}

const bucketOf = (at: number, rows: number, buckets: number): number => {
  const size = Math.floor(rows / buckets)
  const larger = rows % buckets
  const inLarger = larger * (size + 1)
  return at < inLarger ? Math.floor(at / (size + 1)) + 1 : larger + Math.floor((at - inLarger) / size) + 1
}

const shifted = (
  valueOf: Evaluate,
  node: WindowNode,
  placed: ReadonlyArray<Placed>,
  one: Placed,
  at: number,
): Result<unknown> =>
  pipe(
    told(valueOf, node, one.here, 1, 0),
    E.chain((n) => {
      const row = placed[node.name === 'lag' ? at - n : at + n]
      const otherwise = node.operands[2]
      return row === undefined && otherwise !== undefined ? valueOf(one.here, otherwise) : inRow(valueOf, node, row)
    }),
  )

/** What a function of the frame says. */
const framed = (
  valueOf: Evaluate,
  node: WindowNode,
  placed: ReadonlyArray<Placed>,
  one: Placed,
  at: number,
): Result<unknown> =>
  pipe(
    frameAt(valueOf, node, placed, one, at),
    E.chain(({ from, to }) => {
      const rows = placed.slice(from, to)
      if (node.name === 'firstValue') return inRow(valueOf, node, rows[0])
      if (node.name === 'lastValue') return inRow(valueOf, node, rows.at(-1))
      if (node.name === 'nthValue')
        return pipe(
          told(valueOf, node, one.here, 1, 1),
          E.chain((n) => inRow(valueOf, node, rows[n - 1])),
        )
      const [aggregate] = node.operands
      return aggregate?._tag === 'Aggregate'
        ? aggregated(
            valueOf,
            aggregate,
            rows.map((row) => row.here),
          )
        : E.left(illFormed('over takes an aggregate or a window function'))
    }),
  )

const valueAt = (
  valueOf: Evaluate,
  node: WindowNode,
  placed: ReadonlyArray<Placed>,
  one: Placed,
  at: number,
): Result<unknown> => {
  switch (node.name) {
    case 'rowNumber':
      return E.right(at + 1)
    case 'rank':
      return E.right(one.from + 1)
    case 'denseRank':
      return E.right(one.group + 1)
    case 'percentRank':
      return E.right(placed.length === 1 ? 0 : one.from / (placed.length - 1))
    case 'cumeDist':
      return E.right(one.to / placed.length)
    case 'ntile':
      return pipe(
        told(valueOf, node, one.here, 0, 1),
        E.map((n) => bucketOf(at, placed.length, n)),
      )
    case 'lag':
    case 'lead':
      return pipe(
        shifted(valueOf, node, placed, one, at),
        E.map((a) => settled(node.type, a)),
      )
    default:
      return framed(valueOf, node, placed, one, at)
  }
}

// -------------------------------------------------------------------------------------
// values
// -------------------------------------------------------------------------------------

type Values = Result<ReadonlyMap<Here, unknown>>

const valuesOver = (valueOf: Evaluate, all: ReadonlyArray<Here>, node: WindowNode): Values =>
  pipe(
    all,
    E.traverseArray(keyed(valueOf, node)),
    E.chain((rows) => {
      const partitions = new Map<string, Array<Keyed>>()
      for (const row of rows) {
        const known = partitions.get(row.partition)
        if (known === undefined) partitions.set(row.partition, [row])
        else known.push(row)
      }
      return pipe(
        [...partitions.values()].map((partition) => placedIn(node, partition)),
        E.traverseArray((placed) =>
          pipe(
            placed,
            E.traverseArrayWithIndex((at, one) =>
              pipe(
                valueAt(valueOf, node, placed, one, at),
                E.map((value) => [one.here, value] as const),
              ),
            ),
          ),
        ),
        E.map((entries) => new Map(entries.flat())),
      )
    }),
  )

// All rows of a SELECT ask for the same values: they are found once, and go when the rows go.
const known = new WeakMap<ReadonlyArray<Here>, Map<WindowNode, Values>>()

/** The value of a window function in one row of a SELECT. */
export const windowValue = (valueOf: Evaluate, here: Here, node: WindowNode): Result<unknown> => {
  if (!isPeer(here)) return E.left(illFormed('a window function stands in select or orderBy'))
  const values = known.get(here.all) ?? new Map<WindowNode, Values>()
  known.set(here.all, values)
  const found = values.get(node) ?? valuesOver(valueOf, here.all, node)
  values.set(node, found)
  return pipe(
    found,
    E.map((value) => value.get(here) ?? null),
  )
}

/**
 * The meaning of one SELECT, clause by clause.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import { isGrouped, projected as projectedBy } from '../compile/grouping.js'
import { hasWindow } from '../expr/children.js'
import { projectionOf } from '../expr/outputs.js'
import type { SelectNode } from '../expr/query-node.js'
import type { Result } from './eval-error.js'
import { earlyOf } from './early.js'
import { allHold, holds, valueOf } from './expression.js'
import { scopesOf } from './from.js'
import { groupsOf } from './grouping.js'
import { sliced } from './limit.js'
import { sortedBy } from './order.js'
import { alikeIn, comparatorsOf, firstOfEach, isBehind } from './place.js'
import { projected } from './projection.js'
import { frameOf, type Here, type Peer, type Run, type Scope } from './scope.js'
import { distinctBy, keyOf } from './value.js'

/** A row, where it was made, and what it is ordered by. */
export interface MadeRow {
  readonly here: Here
  readonly row: unknown
  readonly keys: ReadonlyArray<unknown>
}

const filtered = (
  heres: ReadonlyArray<Here>,
  holdsIn: (here: Here) => Result<boolean>,
): Result<ReadonlyArray<Here>> => {
  const kept: Array<Here> = []
  for (const here of heres) {
    const kept1 = holdsIn(here)
    if (E.isLeft(kept1)) return kept1
    if (kept1.right) kept.push(here)
  }
  return E.right(kept)
}

/** What is left of WHERE, with the sources that must be there. */
const chosen = (run: Run, query: SelectNode, scopes: ReadonlyArray<Scope>): Result<ReadonlyArray<Here>> => {
  const { rest } = earlyOf(query)
  return filtered(
    scopes.map((scope) => ({ run, scope, group: null })),
    (here) =>
      query.present.every((source) => frameOf(here.scope, source.name)?.row !== null)
        ? allHold(here, rest)
        : E.right(false),
  )
}

const asksWindows = (query: SelectNode): boolean =>
  [...projectedBy(projectionOf(query)), ...query.orderBy.map((o) => o.expr)].some(hasWindow)

/** The rows, each of which knows all where windows look at them. */
const amongAll = (query: SelectNode, heres: ReadonlyArray<Here>): ReadonlyArray<Here> => {
  if (!asksWindows(query)) return heres
  const all: Array<Peer> = []
  for (const here of heres) all.push({ ...here, all })
  return all
}

const made =
  (query: SelectNode) =>
  (here: Here): Result<MadeRow> =>
    pipe(
      projected(here, projectionOf(query)),
      E.chain((row) =>
        pipe(
          query.orderBy,
          E.traverseArray((order) => valueOf(here, order.expr)),
          E.map((keys) => ({ here, row, keys })),
        ),
      ),
    )

/** The rows of a SELECT whose outer sources are bound in `outer`; its includes are not looked at. */
export const selected = (run: Run, query: SelectNode, outer: Scope): Result<ReadonlyArray<MadeRow>> => {
  const { keyset, limit, offset } = query
  // Before a place, rows are counted from the end.
  const backwards = keyset?.direction === 'before'
  const turned = (rows: ReadonlyArray<MadeRow>): ReadonlyArray<MadeRow> => (backwards ? [...rows].reverse() : rows)
  return pipe(
    scopesOf(run, query, outer),
    E.chain((scopes) => chosen(run, query, scopes)),
    E.chain((heres) =>
      isGrouped(query)
        ? pipe(
            groupsOf(
              run,
              query,
              heres.map((here) => here.scope),
              outer,
            ),
            E.chain((groups) => filtered(groups, (here) => holds(here, query.having))),
          )
        : E.right(heres),
    ),
    E.chain((heres) => (keyset === null ? E.right(heres) : filtered(heres, isBehind(query)))),
    E.map((heres) => amongAll(query, heres)),
    E.chain(E.traverseArray(made(query))),
    E.map((rows) => (query.distinct ? distinctBy((r: MadeRow) => keyOf(r.row))(rows) : rows)),
    E.map(sortedBy(comparatorsOf(query), (r) => r.keys)),
    E.map(firstOfEach(query)),
    E.map(turned),
    E.chain(sliced<MadeRow>(run, { limit, offset, alike: query.withTies ? alikeIn(query) : null })),
    E.map(turned),
  )
}

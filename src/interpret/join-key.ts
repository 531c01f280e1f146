/**
 * A join that asks for `a = b`, where `a` is about the left side and `b` about the right one, looks only at the rows that share
 * the value. The rest of the criterion is asked as ever, so this changes nothing but the time that it takes.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import { conjuncts, mentionedAlone } from '../expr/children.js'
import type { ExprNode } from '../expr/node.js'
import type { JoinNode } from '../expr/query-node.js'
import type { Result } from './eval-error.js'
import { valueOf } from './expression.js'
import { bind, type Run, type Scope } from './scope.js'
import { type Row, typedKey } from './value.js'

/** The right rows that may belong to a left scope. */
export type Candidates = (left: Scope) => Result<ReadonlyArray<Row>>

interface Sides {
  readonly left: ExprNode
  readonly right: ExprNode
}

const sidesOf = (join: JoinNode, before: ReadonlyArray<string>): Sides | null => {
  const about = (node: ExprNode): 'left' | 'right' | null => {
    const names = mentionedAlone(node)
    if (names === null || names.size === 0) return null
    if (!names.has(join.source.name)) return 'left'
    return before.some((name) => names.has(name)) ? null : 'right'
  }
  for (const node of join.on === null ? [] : conjuncts(join.on)) {
    if (node._tag !== 'Compare' || node.op !== 'eq') continue
    const [a, b] = [about(node.left), about(node.right)]
    if (a === 'left' && b === 'right') return { left: node.left, right: node.right }
    if (a === 'right' && b === 'left') return { left: node.right, right: node.left }
  }
  return null
}

const indexed = (
  run: Run,
  name: string,
  key: ExprNode,
  rows: ReadonlyArray<Row>,
  outer: Scope,
): Result<ReadonlyMap<string, ReadonlyArray<Row>>> =>
  pipe(
    rows,
    E.traverseArray((row) => valueOf({ run, scope: bind(name, row, outer), group: null }, key)),
    E.map((values) => {
      const index = new Map<string, Array<Row>>()
      const keyed = typedKey(key.type)
      rows.forEach((row, i) => {
        if (values[i] === null) return
        const shared = keyed(values[i])
        const known = index.get(shared)
        if (known === undefined) index.set(shared, [row])
        else known.push(row)
      })
      return index
    }),
  )

/** For each left scope the right rows to look at, in their order. */
export const candidates = (
  run: Run,
  join: JoinNode,
  before: ReadonlyArray<string>,
  rows: ReadonlyArray<Row>,
  outer: Scope,
): Result<Candidates> => {
  const sides = sidesOf(join, before)
  if (sides === null) return E.right(() => E.right(rows))
  const keyed = typedKey(sides.left.type)
  return pipe(
    indexed(run, join.source.name, sides.right, rows, outer),
    E.map(
      (index): Candidates =>
        (left) =>
          pipe(
            valueOf({ run, scope: left, group: null }, sides.left),
            E.map((value) => (value === null ? [] : (index.get(keyed(value)) ?? []))),
          ),
    ),
  )
}

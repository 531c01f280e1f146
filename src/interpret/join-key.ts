/**
 * Where a criterion asks for `a = b`, and `b` is about one source while `a` is about what stands before it, only those of its rows
 * are looked at that share the value. The rest of the criterion is asked as ever, so this changes nothing but the time that it
 * takes. An index of rows that are the same for the whole run is made once.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import { mentionedAlone } from '../expr/children.js'
import type { ExprNode } from '../expr/node.js'
import type { Result } from './eval-error.js'
import { holds, valueOf } from './expression.js'
import { bind, type Run, type Scope } from './scope.js'
import { type Row, typedKey } from './value.js'

/** The rows that may belong to a scope. */
export type Candidates = (left: Scope) => Result<ReadonlyArray<Row>>

interface Sides {
  /** What is about the scope. */
  readonly left: ExprNode
  /** What is about the source alone. */
  readonly right: ExprNode
}

/** The rows of a source, and whether they are the same for the whole run. */
export interface Rows {
  readonly name: string
  readonly all: ReadonlyArray<Row>
  readonly stable: boolean
}

/** What is known of the rows that a source may give: criteria that must be true, and where an index of them is kept. */
export interface Wanted {
  readonly key: object
  /** Criteria that hold in the end, of which those that are about the source alone choose its rows. */
  readonly criteria: ReadonlyArray<ExprNode>
}

const isAlone = (name: string, node: ExprNode): boolean => {
  const names = mentionedAlone(node)
  return names !== null && names.size === 1 && names.has(name)
}

const isElsewhere = (name: string, node: ExprNode): boolean => {
  const names = mentionedAlone(node)
  return names !== null && !names.has(name)
}

const sidesOf = (name: string, node: ExprNode): ReadonlyArray<Sides> => {
  if (node._tag !== 'Compare' || node.op !== 'eq') return []
  const { left, right } = node
  if (isAlone(name, right) && isElsewhere(name, left)) return [{ left, right }]
  return isAlone(name, left) && isElsewhere(name, right) ? [{ left: right, right: left }] : []
}

/** The key of several values; null where one of them is null, which equals nothing. */
const keyIn = (run: Run, sides: ReadonlyArray<Sides>, side: keyof Sides): ((scope: Scope) => Result<string | null>) => {
  const parts = sides.map((s) => ({ node: s[side], keyed: typedKey(s[side].type) }))
  return (scope) => {
    let key = ''
    for (const { node, keyed } of parts) {
      const value = valueOf({ run, scope, group: null }, node)
      if (E.isLeft(value)) return value
      if (value.right === null) return E.right(null)
      key = parts.length === 1 ? keyed(value.right) : `${key}${keyed(value.right)}|`
    }
    return E.right(key)
  }
}

interface Indexed {
  /** The rows that the criteria about the source alone let through. */
  readonly rows: ReadonlyArray<Row>
  /** Those rows by their key; null where there is none. */
  readonly byKey: ReadonlyMap<string, ReadonlyArray<Row>> | null
}

const none: ReadonlyArray<Row> = []

const indexOf = (
  run: Run,
  { name, all }: Rows,
  own: ReadonlyArray<ExprNode>,
  sides: ReadonlyArray<Sides>,
): Result<Indexed> => {
  const byKey = new Map<string, Array<Row>>()
  const keyed = keyIn(run, sides, 'right')
  const rows: Array<Row> = []
  for (const row of all) {
    const scope = bind(name, row, null)
    let kept = true
    for (const criterion of own) {
      const holding = holds({ run, scope, group: null }, criterion)
      if (E.isLeft(holding)) return holding
      if (!holding.right) {
        kept = false
        break
      }
    }
    if (!kept) continue
    rows.push(row)
    if (sides.length === 0) continue
    const key = keyed(scope)
    if (E.isLeft(key)) return key
    if (key.right === null) continue
    const known = byKey.get(key.right)
    if (known === undefined) byKey.set(key.right, [row])
    else known.push(row)
  }
  return E.right({ rows, byKey: sides.length === 0 ? null : byKey })
}

/** For each scope the rows of a source to look at, in their order. */
export const candidates = (run: Run, rows: Rows, { key, criteria }: Wanted): Result<Candidates> => {
  const own = criteria.filter((node) => isAlone(rows.name, node))
  const sides = criteria.flatMap((node) => sidesOf(rows.name, node))
  if (own.length === 0 && sides.length === 0) return E.right(() => E.right(rows.all))
  const find = (): Result<Indexed> => indexOf(run, rows, own, sides)
  const index = rows.stable ? run.once(key, find) : find()
  const asked = keyIn(run, sides, 'left')
  return pipe(
    index,
    E.map(
      (found): Candidates =>
        (left) => {
          if (found.byKey === null) return E.right(found.rows)
          const value = asked(left)
          if (E.isLeft(value)) return value
          return E.right(value.right === null ? none : (found.byKey.get(value.right) ?? none))
        },
    ),
  )
}

/**
 * Criteria of WHERE that are asked while sources are joined: of fewer rows, with the same outcome. Only such as cannot fail are,
 * and none before one that can, which is asked of no more rows than before.
 */
import { conjuncts, mentionedAlone } from '../expr/children.js'
import type { ExprNode } from '../expr/node.js'
import type { JoinNode, SelectNode } from '../expr/query-node.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What can be asked before all sources are joined, and what is left. */
export interface Early {
  /** For each source, in the order of the joins: the criteria that can be asked once it is there. */
  readonly at: ReadonlyArray<ReadonlyArray<ExprNode>>
  /** The criteria that are asked at the end. */
  readonly rest: ReadonlyArray<ExprNode>
}

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/** Whether the value of an expression is there whatever the rows are: none of its parts can be refused. */
export const cannotFail = (node: ExprNode): boolean => {
  switch (node._tag) {
    case 'Column':
    case 'Param':
      return true
    case 'Compare':
      return cannotFail(node.left) && cannotFail(node.right)
    case 'Logic':
      return node.operands.every(cannotFail)
    case 'Not':
    case 'IsNull':
      return cannotFail(node.operand)
    case 'Between':
      return [node.operand, node.low, node.high].every(cannotFail)
    case 'InList':
      return cannotFail(node.operand)
    case 'Like':
      return cannotFail(node.operand) && cannotFail(node.pattern)
    default:
      return false
  }
}

const isSafeJoin = ({ lateral, on, source }: JoinNode): boolean =>
  !lateral && source._tag === 'TableSource' && (on === null || cannotFail(on))

/** The place of the last of its own sources that a criterion mentions; -1 for one that mentions none of them. */
const lastMentioned = (names: ReadonlyArray<string>, node: ExprNode): number => {
  const mentioned = mentionedAlone(node)
  return mentioned === null ? names.length - 1 : Math.max(-1, ...[...mentioned].map((name) => names.indexOf(name)))
}

const found = new WeakMap<SelectNode, Early>()

/** What of a query's WHERE can be asked early. */
export const earlyOf = (query: SelectNode): Early => {
  const known = found.get(query)
  if (known !== undefined) return known
  const early = split(query)
  found.set(query, early)
  return early
}

const split = (query: SelectNode): Early => {
  const all = conjuncts(query.where)
  const names = [query.from.name, ...query.joins.map((join) => join.source.name)]
  const at: Array<Array<ExprNode>> = names.map(() => [])
  // Where a row of the right side can stand alone, its partner is absent in the end alone.
  const keepsRight = query.joins.some((join) => join.kind === 'right' || join.kind === 'full')
  const firstUnsafe = all.findIndex((node) => !cannotFail(node))
  const safe = keepsRight ? 0 : firstUnsafe < 0 ? all.length : firstUnsafe
  const lastUnsafeJoin = query.joins.findLastIndex((join) => !isSafeJoin(join))
  for (const node of all.slice(0, safe)) {
    const place = lastMentioned(names, node)
    at[Math.max(place, lastUnsafeJoin + 1, 0)]?.push(node)
  }
  return { at, rest: all.slice(safe) }
}

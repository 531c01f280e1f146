/**
 * Rows of values: compared from left to right, and looked for in a list of rows or in a query.
 */
import {
  type AnyExpr,
  criterion,
  type Expr,
  expr,
  nodeOf,
  type NulOf,
  operand,
  type SrcOf,
  type ValueOf,
} from './expr.js'
import * as node from './node.js'
import { outputsOf } from './outputs.js'
import type { Decode, FlatRows, Query } from './query.js'
import { statementOf } from './query.js'
import { isWrite, noClauses, type QueryNode } from './query-node.js'
import type { Source } from './source.js'
import { beside, booleanType } from './sql-type.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Expressions side by side. */
export type ExprRow = readonly [AnyExpr, ...ReadonlyArray<AnyExpr>]

/** Values that a row of expressions can be compared with, place by place. */
export type ValuesBeside<L extends ExprRow> = { readonly [I in keyof L]: NonNullable<ValueOf<L[I]>> }

/** Values or expressions that a row of expressions can be compared with, place by place. */
export type RowBeside<L extends ExprRow> = {
  readonly [I in keyof L]: NonNullable<ValueOf<L[I]>> | Expr<NonNullable<ValueOf<L[I]>> | null, string, string>
}

type RowNull<L> = null extends ValueOf<L> ? null : never

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

type Pair = readonly [node.ExprNode, node.ExprNode]

/** Before or after in the first pair that differs. */
const ordered = (
  strict: 'lt' | 'gt',
  last: 'lt' | 'lte' | 'gt' | 'gte',
  [pair, ...rest]: ReadonlyArray<Pair>,
): node.ExprNode => {
  if (pair === undefined) return node.logic('or', [])
  const [a, b] = pair
  if (rest.length === 0) return node.compare(last, a, b)
  return node.logic('or', [
    node.compare(strict, a, b),
    node.logic('and', [node.compare('eq', a, b), ordered(strict, last, rest)]),
  ])
}

const compared = (op: RowOp, pairs: ReadonlyArray<Pair>): node.ExprNode => {
  switch (op) {
    case 'eq':
      return node.logic(
        'and',
        pairs.map(([a, b]) => node.compare('eq', a, b)),
      )
    case 'ne':
      return node.logic(
        'or',
        pairs.map(([a, b]) => node.compare('ne', a, b)),
      )
    case 'lt':
    case 'lte':
      return ordered('lt', op, pairs)
    case 'gt':
    case 'gte':
      return ordered('gt', op, pairs)
    default:
      // An untyped caller's word: it refuses itself when it is bound.
      return criterion({ refused: op }, booleanType)
  }
}

/** How two rows compare. */
export type RowOp = 'eq' | 'ne' | 'lt' | 'lte' | 'gt' | 'gte'

/**
 * Compares two rows as SQL does: by the first place in which they differ. It is said with AND and OR of the places, which means the
 * same on every engine.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { compareRows, from, integer, table, where } from 'relvar'
 *
 * const versions = table('versions', { major: integer, minor: integer })
 * pipe(from(versions), where(compareRows('gte', [versions.major, versions.minor], [2, 7])))
 *
 * @category constructors
 * @since 0.1.0
 */
export const compareRows = <const L extends ExprRow, const R extends RowBeside<L>>(
  op: RowOp,
  left: L,
  right: R,
): Expr<
  boolean | RowNull<L[number]> | RowNull<R[number]>,
  SrcOf<L[number]> | SrcOf<R[number]>,
  NulOf<L[number]> | NulOf<R[number]>
> => {
  const others: ReadonlyArray<unknown> = Array.isArray(right) ? right : []
  if (others.length !== left.length) return expr(criterion({ refused: right }, booleanType))
  return expr(
    compared(
      op,
      left.map((e, i): Pair => {
        const a = nodeOf(e)
        return [a, operand(others[i], a.type)]
      }),
    ),
  )
}

/** The lists of values by place; a row that is no row of them makes every list refuse itself. */
const listsOf = (operands: ReadonlyArray<node.ExprNode>, rows: unknown): ReadonlyArray<node.ParamNode> => {
  const all: ReadonlyArray<unknown> | null = Array.isArray(rows) ? rows : null
  const whole = all?.every((row) => Array.isArray(row) && row.length === operands.length) === true
  return operands.map((e, i) => {
    const list: ReadonlyArray<unknown> | null =
      whole && all !== null ? all.map((row) => (Array.isArray(row) ? row[i] : null)) : null
    return node.value(list === null ? { refused: rows } : Object.freeze(list), beside(list, e.type))
  })
}

/**
 * Whether the row is one of a list of rows: false of an empty list. Null where a place is null and the others do not decide.
 *
 * @param left the expressions of the row
 * @param rows rows of values, any number of them
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, inRows, integer, table, text, where } from 'relvar'
 *
 * const users = table('users', { id: integer, name: text })
 * pipe(from(users), where(inRows([users.id, users.name], [[1, 'ed'], [2, 'wendy']])))
 *
 * @category constructors
 * @since 0.1.0
 */
export const inRows = <const L extends ExprRow>(
  left: L,
  rows: ReadonlyArray<ValuesBeside<L>>,
): Expr<boolean | RowNull<L[number]>, SrcOf<L[number]>, NulOf<L[number]>> => {
  const operands = left.map((e) => nodeOf(e))
  return expr(node.inRows(operands, listsOf(operands, rows)))
}

/** The rows of a query as a source that no user's name meets. */
const rowsOf = (query: QueryNode): Source =>
  Object.freeze({ _tag: 'DerivedSource', name: '\0rows', query, columns: outputsOf(query), cte: null })

/**
 * Whether the row is one that the query gives, whose outputs stand in the order of the expressions. It is true or false: where a
 * null decides it is false, and so `not` of it is the question that `noneOf` asks elsewhere.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, inQueryRows, integer, select, table, where } from 'relvar'
 *
 * const seats = table('seats', { row: integer, place: integer })
 * const taken = table('taken', { row: integer, place: integer })
 * pipe(from(seats), where(inQueryRows([seats.row, seats.place], pipe(from(taken), select({ row: taken.row, place: taken.place })))))
 *
 * @category constructors
 * @since 0.1.0
 */
export const inQueryRows = <const L extends ExprRow, P, O extends string, F extends string, K extends 'select' | 'set'>(
  left: L,
  query: Query<P, never, O, F, K> & FlatRows<P> & SameWidth<L, Decode<P, O>>,
): Expr<boolean, SrcOf<L[number]> | F> => {
  const inner = statementOf(query)
  if (inner === null || isWrite(inner) || outputsOf(inner).length !== left.length)
    return expr(criterion({ refused: query }, booleanType))
  const source = rowsOf(inner)
  const pairs = outputsOf(inner).map((c, i): Pair => {
    const own = left[i]
    const column = node.column(source, c.key, c.key, c.type, c.nullable)
    // There are as many as outputs; one that an untyped caller left out is refused, and not compared with itself.
    return [nodeOf(own as AnyExpr), column]
  })
  return expr(node.exists({ ...noClauses, from: source, where: compared('eq', pairs) }))
}

/** `unknown` where each output can be the value of some expression of the row. */
export type SameWidth<L extends ExprRow, R> = [NonNullable<R[keyof R]>] extends [NonNullable<ValueOf<L[number]>>]
  ? unknown
  : { readonly _outputs: 'the outputs of the query are of other types than the expressions' }

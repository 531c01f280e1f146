/**
 * Comparisons with the rows of a query: with any of them, or with all.
 */
import type { Comparable } from './comparison.js'
import { type AnyExpr, type Expr, expr, nodeOf, type NullOf, type NulOf, operand } from './expr.js'
import * as node from './node.js'
import { outputsOf } from './outputs.js'
import { type Decode, type Query, statementOf } from './query.js'
import { isWrite } from './query-node.js'

/** A comparison of three values: null where one side is. */
export type QuantifiedOp = node.QuantifiedNode['op']

/** A comparison of an expression with the one output of a query. */
export type Quantifier = <P extends AnyExpr, O extends string, F extends string, K extends 'select' | 'set'>(
  op: QuantifiedOp,
  query: Query<P, never, O, F, K>,
) => <A, S extends string, N extends string>(
  a: Expr<A, S, N> & Comparable<A, Decode<P, O>>,
) => Expr<boolean | NullOf<A> | NullOf<Decode<P, O>>, S | F, N | Extract<NulOf<P>, F>>

const ops: ReadonlyArray<unknown> = ['eq', 'ne', 'lt', 'lte', 'gt', 'gte'] satisfies ReadonlyArray<QuantifiedOp>

const quantifier =
  (word: 'any' | 'all'): Quantifier =>
  (op, query) =>
  (a) => {
    const inner = statementOf(query)
    if (inner === null || isWrite(inner) || !ops.includes(op)) {
      const left = nodeOf(a)
      return expr(node.compare('eq', left, operand({ refused: query }, left.type)))
    }
    return expr(node.quantified(op, word, nodeOf(a, outputsOf(inner)[0]?.type), inner))
  }

/**
 * Whether the comparison holds with one row at least; false of no rows. Null where a null could have been that row.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { anyOf, from, integer, select, table, where } from 'relvar'
 *
 * const users = table('users', { age: integer })
 * const dogs = table('dogs', { age: integer })
 * pipe(from(users), where(pipe(users.age, anyOf('gt', pipe(from(dogs), select(dogs.age))))))
 *
 * @category constructors
 * @since 0.1.0
 */
export const anyOf: Quantifier = quantifier('any')

/**
 * Whether the comparison holds with every row; true of no rows. Null where a null could be a row with which it does not.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { allOf, from, integer, nullable, select, table, where } from 'relvar'
 *
 * const users = table('users', { id: integer, age: pipe(integer, nullable) })
 * const posts = table('posts', { id: integer, authorId: integer })
 * pipe(from(users), where(pipe(users.id, allOf('gt', pipe(from(posts), select(posts.authorId))))))
 *
 * @category constructors
 * @since 0.1.0
 */
export const allOf: Quantifier = quantifier('all')

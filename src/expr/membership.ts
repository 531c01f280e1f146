/**
 * IN a list of values, or in the rows of a query.
 */
import type { Expr, NullOf } from './expr.js'
import { expr, nodeOf, operand } from './expr.js'
import * as node from './node.js'
import type { OneOutput, OutputNulls, OutputOf } from './one-output.js'
import { outputsOf } from './outputs.js'
import { type Query, statementOf } from './query.js'
import type { Comparable, Operand } from './comparison.js'
import type { ListParam } from './param.js'
import { isWrite } from './query-node.js'
import { beside, type SqlType } from './sql-type.js'

/** The list is copied: what its owner changes later is no business of the query's. */
const listOf = (values: unknown, type: SqlType<unknown>): node.ParamNode =>
  node.isExprNode(values) && values._tag === 'Param'
    ? values
    : node.value(Array.isArray(values) ? Object.freeze(Array.from<unknown>(values)) : values, beside(values, type))

/**
 * `a IN (…)`: false of an empty list, also where `a` is null. A list has no nulls, which would make `notInList` true of nothing.
 *
 * @param values values of the expression's type, any number of them, or a `listParam`
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { inList, table, text } from 'relvar'
 *
 * const users = table('users', { name: text })
 * pipe(users.name, inList(['ed', 'wendy']))
 *
 * @category constructors
 * @since 0.1.0
 */
export const inList =
  <B extends string | number | bigint | boolean>(values: ReadonlyArray<B> | ListParam<B>) =>
  <A, S extends string, N extends string>(a: Expr<A, S, N> & Operand<A, B>): Expr<boolean | NullOf<A>, S, N> => {
    const left = nodeOf(a)
    return expr(node.inList(left, listOf(values, left.type)))
  }

/**
 * `a NOT IN (…)`: true of an empty list, also where `a` is null.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, integer, notInList, nullable, table, where } from 'relvar'
 *
 * const users = table('users', { id: integer, age: pipe(integer, nullable) })
 * pipe(from(users), where(pipe(users.id, notInList([1, 2]))))
 *
 * @category constructors
 * @since 0.1.0
 */
export const notInList =
  <B extends string | number | bigint | boolean>(values: ReadonlyArray<B> | ListParam<B>) =>
  <A, S extends string, N extends string>(a: Expr<A, S, N> & Operand<A, B>): Expr<boolean | NullOf<A>, S, N> => {
    const left = nodeOf(a)
    return expr(node.not(node.inList(left, listOf(values, left.type))))
  }

/**
 * `a IN (SELECT …)` of a query with one output.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, from, inQuery, integer, select, table, text, where } from 'relvar'
 *
 * const users = table('users', { id: integer, name: text })
 * const posts = table('posts', { authorId: integer })
 * pipe(from(users), where(pipe(users.id, inQuery(pipe(from(posts), select(posts.authorId))))))
 *
 * @category constructors
 * @since 0.1.0
 */
export const inQuery =
  <P, O extends string, F extends string, K extends 'select' | 'set'>(query: Query<P, never, O, F, K> & OneOutput<P>) =>
  <A, S extends string, N extends string>(
    a: Expr<A, S, N> & Comparable<A, OutputOf<P, O>>,
  ): Expr<boolean | NullOf<A> | NullOf<OutputOf<P, O>>, S | F, N | Extract<OutputNulls<P>, F>> => {
    const inner = statementOf(query)
    if (inner === null || isWrite(inner)) {
      const left = nodeOf(a)
      return expr(node.compare('eq', left, operand({ refused: query }, left.type)))
    }
    return expr(node.inQuery(nodeOf(a, outputsOf(inner)[0]?.type), inner))
  }

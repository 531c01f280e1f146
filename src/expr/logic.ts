/**
 * SQL's three-valued logic: `and`, `or`, `not`, and the tests for null.
 */
import type { Expr, NullOf, NulOf, SrcOf, ValueOf } from './expr.js'
import { criterion, expr, nodeOf } from './expr.js'
import * as node from './node.js'
import { booleanType } from './sql-type.js'

type Criterion = Expr<boolean | null, string, string>

const operands = (es: ReadonlyArray<unknown>): ReadonlyArray<node.ExprNode> => es.map((e) => criterion(e, booleanType))

/**
 * Conjunction; of nothing it is true.
 *
 * @example
 * import { and, eq, gt, integer, table, text } from 'relvar'
 *
 * const users = table('users', { name: text, age: integer })
 * and(eq(users.name, 'ed'), gt(users.age, 18))
 *
 * @category constructors
 * @since 0.1.0
 */
export const and = <Es extends ReadonlyArray<Criterion>>(
  ...es: Es
): Expr<boolean | NullOf<ValueOf<Es[number]>>, SrcOf<Es[number]>, NulOf<Es[number]>> =>
  expr(node.logic('and', operands(es)))

/**
 * Disjunction; of nothing it is false.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, from, or, table, text, where } from 'relvar'
 *
 * const users = table('users', { name: text })
 * pipe(from(users), where(or(eq(users.name, 'ed'), eq(users.name, 'wendy'))))
 *
 * @category constructors
 * @since 0.1.0
 */
export const or = <Es extends ReadonlyArray<Criterion>>(
  ...es: Es
): Expr<boolean | NullOf<ValueOf<Es[number]>>, SrcOf<Es[number]>, NulOf<Es[number]>> =>
  expr(node.logic('or', operands(es)))

/**
 * Negation; null stays null.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, from, not, table, text, where } from 'relvar'
 *
 * const users = table('users', { name: text })
 * pipe(from(users), where(not(eq(users.name, 'ed'))))
 *
 * @category constructors
 * @since 0.1.0
 */
export const not = <A extends boolean | null, S extends string, N extends string>(
  e: Expr<A, S, N>,
): Expr<boolean | NullOf<A>, S, N> => expr(node.not(criterion(e, booleanType)))

/**
 * Whether the value is null: never null itself.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { integer, isNull, nullable, table } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * const users = table('users', { age: pipe(integer, nullable) })
 * assert.deepStrictEqual(evaluate(isNull(users.age))({ age: null }), E.right(true))
 *
 * @category constructors
 * @since 0.1.0
 */
export const isNull = <S extends string>(e: Expr<unknown, S, string>): Expr<boolean, S> =>
  expr(node.isNull(nodeOf(e), false))

/**
 * Whether the value is there: never null itself.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { integer, isNotNull, nullable, table } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * const users = table('users', { age: pipe(integer, nullable) })
 * assert.deepStrictEqual(evaluate(isNotNull(users.age))({ age: null }), E.right(false))
 *
 * @category constructors
 * @since 0.1.0
 */
export const isNotNull = <S extends string>(e: Expr<unknown, S, string>): Expr<boolean, S> =>
  expr(node.isNull(nodeOf(e), true))

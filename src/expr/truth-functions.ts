/**
 * What a criterion says, as a criterion that is never null.
 */
import { call } from './call-node.js'
import type { Expr } from './expr.js'
import { criterion, expr } from './expr.js'
import { booleanType } from './sql-type.js'

/** The tests of truth that relvar knows. */
export type TruthFunction = 'isTrue' | 'isFalse' | 'isNotTrue' | 'isNotFalse'

const tested =
  (name: TruthFunction) =>
  <S extends string>(e: Expr<boolean | null, S, string>): Expr<boolean, S> =>
    expr(call(name, [criterion(e, booleanType)], booleanType, { nulls: 'never' }))

/**
 * Whether the criterion is true: false where it is null.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, gt, integer, isTrue, nullable, table, where } from 'relvar'
 *
 * const users = table('users', { age: pipe(integer, nullable) })
 * pipe(from(users), where(isTrue(gt(users.age, 17))))
 *
 * @category constructors
 * @since 0.1.0
 */
export const isTrue = tested('isTrue')

/**
 * Whether the criterion is false: false where it is null.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, gt, integer, isFalse, nullable, table, where } from 'relvar'
 *
 * const users = table('users', { age: pipe(integer, nullable) })
 * pipe(from(users), where(isFalse(gt(users.age, 17))))
 *
 * @category constructors
 * @since 0.1.0
 */
export const isFalse = tested('isFalse')

/**
 * Whether the criterion is false or null.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { boolean, from, isNotTrue, nullable, table, where } from 'relvar'
 *
 * const users = table('users', { banned: pipe(boolean, nullable) })
 * pipe(from(users), where(isNotTrue(users.banned)))
 *
 * @category constructors
 * @since 0.1.0
 */
export const isNotTrue = tested('isNotTrue')

/**
 * Whether the criterion is true or null.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, gt, integer, isNotFalse, nullable, table, where } from 'relvar'
 *
 * const users = table('users', { age: pipe(integer, nullable) })
 * pipe(from(users), where(isNotFalse(gt(users.age, 17))))
 *
 * @category constructors
 * @since 0.1.0
 */
export const isNotFalse = tested('isNotFalse')

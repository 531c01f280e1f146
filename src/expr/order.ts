/**
 * Orders: nulls come last unless asked, on every engine.
 */
import { asked } from './asked.js'
import type { AnyExpr, SrcOf } from './expr.js'
import { nodeOf } from './expr.js'
import { isExprNode, value } from './node.js'
import type { Output } from './query.js'
import type { OrderNode } from './query-node.js'
import { booleanType } from './sql-type.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

declare const OrderT: unique symbol

/** An expression to order by, its direction, and where nulls go. */
export interface Order<out S extends string> {
  readonly [OrderT]: S
}

declare const OutputOrderT: unique symbol
/** An output of a set operation to order by, its direction, and where nulls go. */
export interface OutputOrder {
  readonly [OutputOrderT]: true
}

/** What `orderBy` takes: an expression means `asc`. */
export type AnyOrder = AnyExpr | Order<string>
/** What `orderBy` takes of a set operation: an output means `asc`. */
export type AnyOutputOrder = Output<unknown> | OutputOrder

/** The sources that an order mentions. */
export type OrderSources<T> = T extends Order<infer S> ? S : SrcOf<T>
/** The order that `asc`, `desc`, `nullsFirst` and `nullsLast` make. */
export type OrderOf<T> = T extends AnyOutputOrder ? OutputOrder : Order<OrderSources<T>>

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const brand: unique symbol = Symbol('relvar/order')

// What an order is made of says which of the two types it has; both are the same at run time.
const order = <T>(node: OrderNode): OrderOf<T> => {
  const made = Object.freeze({ [brand]: true, expr: node.expr, direction: node.direction, nulls: node.nulls })
  return made as unknown as OrderOf<T>
}

const directed =
  (direction: 'asc' | 'desc') =>
  <E extends AnyExpr | Output<unknown>>(e: E): OrderOf<E> =>
    // The stand-in of an output is an expression, too.
    order({ expr: nodeOf(e as AnyExpr), direction, nulls: 'last' })

/**
 * From the least value to the greatest, nulls last.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { asc, from, integer, nullable, orderBy, table } from 'relvar'
 *
 * const users = table('users', { id: integer, age: pipe(integer, nullable) })
 * pipe(from(users), orderBy(asc(users.age)))
 *
 * @category constructors
 * @since 0.1.0
 */
export const asc = directed('asc')

/**
 * From the greatest value to the least, nulls last.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { desc, from, integer, nullsFirst, orderBy, table } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * pipe(from(users), orderBy(nullsFirst(desc(users.id))))
 *
 * @category constructors
 * @since 0.1.0
 */
export const desc = directed('desc')

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/**
 * Nulls before all values.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { desc, from, integer, nullable, nullsFirst, orderBy, table } from 'relvar'
 *
 * const users = table('users', { id: integer, age: pipe(integer, nullable) })
 * pipe(from(users), orderBy(nullsFirst(desc(users.age))))
 *
 * @category combinators
 * @since 0.1.0
 */
export const nullsFirst = <O extends AnyOrder | AnyOutputOrder>(o: O): OrderOf<O> =>
  order({ ...orderNode(o), nulls: 'first' })

/**
 * Nulls after all values, as it is without it.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, integer, nullable, nullsLast, orderBy, table } from 'relvar'
 *
 * const users = table('users', { age: pipe(integer, nullable) })
 * pipe(from(users), orderBy(nullsLast(users.age)))
 *
 * @category combinators
 * @since 0.1.0
 */
export const nullsLast = <O extends AnyOrder | AnyOutputOrder>(o: O): OrderOf<O> =>
  order({ ...orderNode(o), nulls: 'last' })

// -------------------------------------------------------------------------------------
// destructors (internal)
// -------------------------------------------------------------------------------------

/** The node of an order; an expression alone is ascending. */
export const orderNode = (o: AnyOrder | AnyOutputOrder): OrderNode => {
  // only `order` makes what has the brand; whatever else the types let through is an expression.
  if (asked(() => typeof o === 'object' && o !== null && brand in o, false)) return o as unknown as OrderNode
  // What an untyped caller gives instead becomes a parameter that no boolean fits, so it is refused when it is bound.
  return { expr: isExprNode(o) ? o : value({ refused: o }, booleanType), direction: 'asc', nulls: 'last' }
}

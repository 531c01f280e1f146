/**
 * The clauses of one SELECT. Clauses of different kinds commute; of the same kind, `where` and `having` AND, `orderBy` and
 * `groupBy` append, `select`, `limit`, `offset` and `distinct` replace.
 */
import type { AnyExpr, Empty, Expr, SrcOf } from './expr.js'
import { criterion, nodeOf } from './expr.js'
import { selectNode } from './from.js'
import type { Several } from './grouping-sets.js'
import { keysetFor } from './keyset.js'
import { type ExprNode, isExprNode, logic, value } from './node.js'
import { type AnyOrder, type AnyOutputOrder, type OrderSources, orderNode } from './order.js'
import { projectionNode } from './projection.js'
import {
  type AnyQuery,
  changed,
  type Done,
  type Guarded,
  type Mentions,
  nodeOfQuery,
  type Outputs,
  type Projection,
  type Query,
  query,
  type Reselected,
  type UnguardedDelete,
  type UnguardedUpdate,
  withClauses,
} from './query.js'
import type { OutputOrder, StatementNode } from './query-node.js'
import { booleanType, countType } from './sql-type.js'
import { type AnyTable, sourceOf, type SourceOf } from './table.js'

/** Criteria said one after the other stand side by side, so that thousands of them are no deep tree. */
const both = (a: ExprNode | null, b: ExprNode): ExprNode => {
  if (a === null) return b
  return logic('and', a._tag === 'Logic' && a.op === 'and' ? [...a.operands, b] : [a, b])
}

const filtered = (node: StatementNode, on: ExprNode): StatementNode => {
  switch (node._tag) {
    case 'Select':
      return changed(node, { where: both(node.where, on) })
    case 'Update':
    case 'Delete':
      return { ...node, where: both(node.where, on) }
    case 'SetOperation':
    case 'Insert':
    case 'Text':
      throw new TypeError('where: a set operation or a text is filtered by `subquery`, an insert not at all')
  }
}

/**
 * Keeps the rows for which the criterion is true; further ones are joined by AND. It also says which rows an update or a
 * delete is about.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, from, table, text, where } from 'relvar'
 *
 * const users = table('users', { name: text })
 * pipe(from(users), where(eq(users.name, 'ed')))
 *
 * @category combinators
 * @since 0.1.0
 */
export const where =
  <E extends string>(on: Expr<boolean | null, E, string>) =>
  <
    P,
    S extends string,
    O extends string,
    F extends string,
    K extends 'select' | 'update' | 'delete' | UnguardedUpdate | UnguardedDelete,
  >(
    q: Query<P, S, O, F, K>,
  ): Query<P, S, O, F | Exclude<E, S>, Guarded<K>> =>
    query(filtered(nodeOfQuery(q), criterion(on, booleanType)))

/**
 * Keeps the rows in which an outer-joined source is there: its columns are no longer null then.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, from, integer, leftJoin, present, primaryKey, references, table } from 'relvar'
 *
 * const users = table('users', { id: pipe(integer, primaryKey) })
 * const posts = table('posts', { id: pipe(integer, primaryKey), authorId: pipe(integer, references(users.id)) })
 * pipe(from(users), leftJoin(posts, eq(posts.authorId, users.id)), present(posts))
 *
 * @category combinators
 * @since 0.1.0
 */
export const present =
  <T extends AnyTable>(t: T) =>
  <P, S extends string, O extends string, F extends string>(
    q: Query<P, S | SourceOf<T>, O, F>,
  ): Query<P, S | SourceOf<T>, Several extends O ? O : Exclude<O, SourceOf<T>>, F> => {
    const node = selectNode(q)
    return withClauses(node, { present: [...node.present, sourceOf(t)] })
  }

/**
 * What a row is made of: an expression, a table, or a record of these, nested as you like. Includes stay.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, integer, select, table, text, upper } from 'relvar'
 *
 * const users = table('users', { id: integer, name: text })
 * pipe(from(users), select({ user: users, loud: upper(users.name) }))
 *
 * @category combinators
 * @since 0.1.0
 */
export const select =
  <P2 extends Projection>(p: P2) =>
  <P, S extends string, O extends string, F extends string>(
    q: Query<P, S, O, F>,
  ): Query<Reselected<P, P2>, S, O, F | Exclude<Mentions<P2>, S>> =>
    withClauses(selectNode(q), { select: projectionNode(p) })

/**
 * Each row once.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { distinct, from, integer, nullable, select, table } from 'relvar'
 *
 * const users = table('users', { id: integer, age: pipe(integer, nullable) })
 * pipe(from(users), select(users.age), distinct)
 *
 * @category combinators
 * @since 0.1.0
 */
export const distinct = <P, S extends string, O extends string, F extends string>(
  q: Query<P, S, O, F>,
): Query<P, S, O, F> => withClauses(selectNode(q), { distinct: true })

/**
 * One row a group of rows that are equal in these expressions. Grouping by a table's primary key frees all its columns.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { count, from, groupBy, integer, select, table } from 'relvar'
 *
 * const posts = table('posts', { id: integer, authorId: integer })
 * pipe(from(posts), groupBy(posts.authorId), select({ author: posts.authorId, posts: count() }))
 *
 * @category combinators
 * @since 0.1.0
 */
export const groupBy =
  <Es extends readonly [AnyExpr, ...ReadonlyArray<AnyExpr>]>(...es: Es) =>
  <P, S extends string, O extends string, F extends string>(
    q: Query<P, S, O, F>,
  ): Query<P, S, Exclude<O, Empty>, F | Exclude<SrcOf<Es[number]>, S>> => {
    const node = selectNode(q)
    const groups = [...node.groupBy, ...es.map((e) => nodeOf(e))]
    const { groupingSets } = node
    if (groupingSets === null) return withClauses(node, { groupBy: groups })
    // Each of several groupings has what all rows are grouped by.
    const more = es.map((_, at) => node.groupBy.length + at)
    const sets = groupingSets.sets.map((set) => [...set, ...more])
    return withClauses(node, { groupBy: groups, groupingSets: { word: 'sets', sets } })
  }

/**
 * Keeps the groups for which the criterion is true.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { count, from, groupBy, gt, having, integer, nullable, select, table } from 'relvar'
 *
 * const users = table('users', { id: integer, age: pipe(integer, nullable) })
 * pipe(from(users), groupBy(users.age), having(gt(count(), 1)), select(users.age))
 *
 * @category combinators
 * @since 0.1.0
 */
export const having =
  <E extends string>(on: Expr<boolean | null, E, string>) =>
  <P, S extends string, O extends string, F extends string>(
    q: Query<P, S, O, F>,
  ): Query<P, S, O, F | Exclude<E, S>> => {
    const node = selectNode(q)
    return withClauses(node, { having: both(node.having, criterion(on, booleanType)) })
  }

/** `orderBy` of a SELECT takes expressions, of a set operation a function of its outputs. */
export interface OrderBy {
  <R>(
    of: (outputs: Outputs<R>) => ReadonlyArray<AnyOutputOrder>,
  ): <O extends string, F extends string>(q: Query<Done<R>, never, O, F, 'set'>) => Query<Done<R>, never, O, F, 'set'>
  <Es extends ReadonlyArray<AnyOrder>>(
    ...es: Es
  ): <P, S extends string, O extends string, F extends string>(
    q: Query<P, S, O, F>,
  ) => Query<P, S, O, F | Exclude<OrderSources<Es[number]>, S>>
}

/**
 * Sorts the rows; further orders come after those already said. Nulls come last unless asked.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { desc, from, integer, orderBy, select, table, text, union } from 'relvar'
 *
 * const users = table('users', { id: integer, name: text })
 * pipe(from(users), orderBy(users.name, desc(users.id)))
 * pipe(
 *   from(users),
 *   select({ name: users.name }),
 *   union(pipe(from(users), select({ name: users.name }))),
 *   orderBy((row) => [desc(row.name)]),
 * )
 *
 * @category combinators
 * @since 0.1.0
 */
// The two call shapes differ in what they take, and in the node of the query that they meet.
export const orderBy: OrderBy = ((...es: ReadonlyArray<AnyOrder | ((o: object) => ReadonlyArray<AnyOutputOrder>)>) =>
  (q: AnyQuery) => {
    const node = nodeOfQuery(q)
    const [first] = es
    if (node._tag === 'SetOperation' && typeof first === 'function')
      return query({ ...node, orderBy: [...node.orderBy, ...outputOrders(first)] })
    if (node._tag !== 'Select')
      throw new TypeError(
        node._tag === 'SetOperation'
          ? 'orderBy: a set operation is ordered by a function of its outputs'
          : 'orderBy: a write has none',
      )
    const orders = es.map((e) => orderNode(e as AnyOrder)) // a function was served above
    const orderBy = [...node.orderBy, ...orders]
    return withClauses(
      node,
      node.keyset === null ? { orderBy } : { orderBy, keyset: keysetFor(node, orderBy, node.keyset) },
    )
  }) as OrderBy

const outputKey = Symbol('relvar/output')

/** Outputs of a set operation have no node of their own: a stand-in remembers the key that was asked for. */
const outputOrders = (of: (outputs: object) => ReadonlyArray<AnyOutputOrder>): ReadonlyArray<OutputOrder> => {
  const outputs = new Proxy({}, { get: (_, key) => value({ [outputKey]: key }, booleanType) })
  return of(outputs).map((o) => {
    const { expr, direction, nulls } = orderNode(o)
    const held = expr._tag === 'Param' && expr.kind._tag === 'Value' ? expr.kind.value : null
    const key = typeof held === 'object' && held !== null && outputKey in held ? String(held[outputKey]) : null
    if (key === null) throw new TypeError('orderBy: a set operation is ordered by its outputs alone')
    return { key, direction, nulls }
  })
}

/** What `limit` and `offset` take: a number, or an expression that mentions no row. */
export type RowCount = number | Expr<number>

/** What is no expression is a value, which refuses itself where it is no whole number from 0. */
export const rowCount = (n: unknown): ExprNode => (isExprNode(n) ? n : value(n, countType))

const bounded = (node: StatementNode, what: 'limit' | 'offset', n: ExprNode): StatementNode => {
  if (node._tag === 'Select') return changed(node, what === 'limit' ? { limit: n, withTies: false } : { offset: n })
  if (node._tag !== 'SetOperation') throw new TypeError(`${what}: a write has none`)
  return { ...node, [what]: n }
}

/**
 * At most `n` rows: a whole number from 0, a parameter, or (on PostgreSQL and SQLite) what is computed of these and of queries;
 * any other value is `InvalidValue` when the query runs.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, integer, limit, nullable, orderBy, table } from 'relvar'
 *
 * const users = table('users', { id: integer, age: pipe(integer, nullable) })
 * pipe(from(users), orderBy(users.id), limit(10))
 *
 * @category combinators
 * @since 0.1.0
 */
export const limit =
  (n: RowCount) =>
  <P, S extends string, O extends string, F extends string, K extends 'select' | 'set'>(
    q: Query<P, S, O, F, K>,
  ): Query<P, S, O, F, K> =>
    query(bounded(nodeOfQuery(q), 'limit', rowCount(n)))

/**
 * Leaves out the first `n` rows: what `limit` takes.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, integer, nullable, offset, orderBy, table } from 'relvar'
 *
 * const users = table('users', { id: integer, age: pipe(integer, nullable) })
 * pipe(from(users), orderBy(users.id), offset(20))
 *
 * @category combinators
 * @since 0.1.0
 */
export const offset =
  (n: RowCount) =>
  <P, S extends string, O extends string, F extends string, K extends 'select' | 'set'>(
    q: Query<P, S, O, F, K>,
  ): Query<P, S, O, F, K> =>
    query(bounded(nodeOfQuery(q), 'offset', rowCount(n)))

/**
 * The combinator where the condition holds, else the query as it is: for filters that may be there.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, from, table, text, when, where } from 'relvar'
 *
 * const users = table('users', { name: text })
 * const named = (name: string | undefined) => pipe(from(users), when(name !== undefined, where(eq(users.name, name ?? ''))))
 * named('ed')
 *
 * @category combinators
 * @since 0.1.0
 */
export const when =
  <Q extends AnyQuery>(condition: boolean, f: (q: Q) => Q): ((q: Q) => Q) =>
  (q) =>
    condition ? f(q) : q

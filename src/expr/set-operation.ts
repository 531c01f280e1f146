/**
 * UNION, INTERSECT, EXCEPT. A set operation ends the scope: what follows it sees its outputs alone.
 */
import { isFlat } from './outputs.js'
import type { None } from './problem.js'
import { type AnyRead, type Done, type FlatRow, type FlatRows, nodeOfQuery, type Query, query } from './query.js'
import { isWrite, type SetOp } from './query-node.js'

/** A set operation of the piped query and another; both have the same outputs. */
export type SetOperation = <P2, O2 extends string, F2 extends string, K2 extends 'select' | 'set'>(
  b: Query<P2, never, O2, F2, K2> & FlatRows<P2>,
) => <P, O extends string, F extends string, K extends 'select' | 'set'>(
  a: Query<P, never, O, F, K> &
    FlatRows<P> &
    SameOutputs<FlatRow<P, O>, FlatRow<P2, O2>> &
    Alike<FlatRow<P, O>, FlatRow<P2, O2>>,
) => Query<
  Done<{ readonly [C in keyof FlatRow<P, O>]: FlatRow<P, O>[C] | FlatRow<P2, O2>[C & keyof FlatRow<P2, O2>] }>,
  never,
  never,
  F | F2,
  'set'
>

/** `unknown` where both sides have the same outputs. */
type SameOutputs<A, B> = None<Exclude<keyof A | keyof B, keyof A & keyof B> & string, 'only one side has ', ''>

/** `unknown` where outputs of one name have one type, nulls aside. */
type Alike<A, B> = None<
  {
    [K in keyof A & keyof B]: [NonNullable<A[K]>] extends [NonNullable<B[K]>]
      ? never
      : [NonNullable<B[K]>] extends [NonNullable<A[K]>]
        ? never
        : K & string
  }[keyof A & keyof B],
  'the two sides have different types of ',
  ''
>

const operation =
  (op: SetOp) =>
  (b: AnyRead) =>
  (a: AnyRead): unknown => {
    const [left, right] = [nodeOfQuery(a), nodeOfQuery(b)]
    if (isWrite(left) || isWrite(right)) throw new TypeError(`${op}: a write is no side of a set operation`)
    if (!isFlat(left) || !isFlat(right)) throw new TypeError(`${op}: both sides have flat rows with named columns`)
    return query({ _tag: 'SetOperation', op, left, right, orderBy: [], limit: null, offset: null })
  }

/**
 * Rows of either query, each once. Outputs are matched by name.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, limit, orderBy, select, table, text, union } from 'relvar'
 *
 * const users = table('users', { name: text })
 * const pets = table('pets', { called: text })
 * pipe(
 *   from(users),
 *   select({ name: users.name }),
 *   union(pipe(from(pets), select({ name: pets.called }))),
 *   orderBy((row) => [row.name]),
 *   limit(10),
 * )
 *
 * @category combinators
 * @since 0.1.0
 */
// The types of a set operation live in its signature alone; `operation` does to the nodes what they say.
export const union = operation('union') as SetOperation

/**
 * Rows of both queries, as often as they come.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, integer, nullable, select, table, unionAll } from 'relvar'
 *
 * const users = table('users', { id: integer, age: pipe(integer, nullable) })
 * const posts = table('posts', { id: integer, authorId: integer })
 * pipe(from(users), select({ id: users.id }), unionAll(pipe(from(posts), select({ id: posts.authorId }))))
 *
 * @category combinators
 * @since 0.1.0
 */
export const unionAll = operation('unionAll') as SetOperation

/**
 * Rows that both queries give, each once.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, integer, intersect, select, table } from 'relvar'
 *
 * const a = table('a', { id: integer })
 * const b = table('b', { id: integer })
 * pipe(from(a), select({ id: a.id }), intersect(pipe(from(b), select({ id: b.id }))))
 *
 * @category combinators
 * @since 0.1.0
 */
export const intersect = operation('intersect') as SetOperation

/**
 * Rows of the first query that the second does not give, each once.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { except, from, integer, nullable, select, table } from 'relvar'
 *
 * const users = table('users', { id: integer, age: pipe(integer, nullable) })
 * const posts = table('posts', { id: integer, authorId: integer })
 * pipe(from(users), select({ id: users.id }), except(pipe(from(posts), select({ id: posts.authorId }))))
 *
 * @category combinators
 * @since 0.1.0
 */
export const except = operation('except') as SetOperation

/**
 * Rows that both queries give, as often as the query that gives them less often.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, integer, intersectAll, select, table } from 'relvar'
 *
 * const a = table('a', { id: integer })
 * const b = table('b', { id: integer })
 * pipe(from(a), select({ id: a.id }), intersectAll(pipe(from(b), select({ id: b.id }))))
 *
 * @category combinators
 * @since 0.1.0
 */
export const intersectAll = operation('intersectAll') as SetOperation

/**
 * Rows of the first query, each as many times more often as it comes there than in the second.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { exceptAll, from, integer, select, table } from 'relvar'
 *
 * const a = table('a', { id: integer })
 * const b = table('b', { id: integer })
 * pipe(from(a), select({ id: a.id }), exceptAll(pipe(from(b), select({ id: b.id }))))
 *
 * @category combinators
 * @since 0.1.0
 */
export const exceptAll = operation('exceptAll') as SetOperation

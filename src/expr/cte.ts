/**
 * Queries with a name that are said once in front of a statement (WITH), and recursions (WITH RECURSIVE).
 */
import { isFlat, outputsOf } from './outputs.js'
import type { None, Problem } from './problem.js'
import { type Derived, type FlatRow, type FlatRows, nodeOfQuery, type Query } from './query.js'
import { isWrite, type QueryNode } from './query-node.js'
import type { Cte, DerivedColumn, RecursiveSource, WorkingSource } from './source.js'
import { plainOf, type SqlType, textType, unified } from './sql-type.js'
import { checkName } from './name.js'
import { tableOf } from './table.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** How the engine shall treat a common table expression. */
export interface CteOptions {
  /** Whether its rows are found once and kept, or the query becomes part of those that ask it; without a word the engine decides. */
  readonly materialized?: boolean
}

/** How a recursion collects its rows. */
export interface RecursionOptions {
  /** Whether a row that was there before counts again. Then a cycle in the data never ends. */
  readonly all?: boolean
}

/** `unknown` for a query with nothing free, else a sentence: what stands in front of a statement sees no row of it. */
export type StandsAlone<F extends string> = None<
  F,
  '',
  ' is mentioned here and never joined: what stands in front of a statement sees no row of it'
>

/** `unknown` where the rows of the step fit those of the base, else a sentence. */
export type StepFits<Base, Step> = None<Exclude<keyof Base, keyof Step> & string, 'the step does not give ', ''> &
  None<Exclude<keyof Step, keyof Base> & string, 'the base does not give ', ''> &
  ([Step] extends [Base]
    ? unknown
    : Problem<`the step gives "${Unfit<Base, Step> & string}" values that the base does not: another type, or null`>)

type Unfit<Base, Step> = {
  [K in keyof Base & keyof Step]: [Step[K]] extends [Base[K]] ? never : K
}[keyof Base & keyof Step]

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const standing = (what: string, q: QueryNode | ReturnType<typeof nodeOfQuery>): QueryNode => {
  if (isWrite(q)) throw new TypeError(`${what}: a write cannot stand inside a query`)
  if (!isFlat(q)) throw new TypeError(`${what}: a query with a name has flat rows with named columns`)
  return q
}

/**
 * The query under a name, said once in front of the statement however often it is used, also under aliases. It is a table like
 * any other: join it, select from it. It mentions nothing but what it joins itself.
 *
 * `materialized` is a word of PostgreSQL and SQLite. MySQL and MariaDB decide by themselves; the rows are the same.
 *
 * @throws TypeError where the rows are not flat.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { count, cte, eq, from, groupBy, innerJoin, integer, select, table } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * const posts = table('posts', { authorId: integer })
 * const counts = pipe(
 *   from(posts),
 *   groupBy(posts.authorId),
 *   select({ author: posts.authorId, n: count() }),
 *   cte('counts'),
 * )
 * pipe(from(users), innerJoin(counts, eq(counts.author, users.id)), select({ id: users.id, n: counts.n }))
 *
 * @category combinators
 * @since 0.1.0
 */
export const cte =
  <N extends string>(name: N, options: CteOptions = {}) =>
  <P, S extends string, O extends string, F extends string, K extends 'select' | 'set'>(
    q: Query<P, S, O, F, K> & FlatRows<P> & StandsAlone<F>,
  ): Derived<N, FlatRow<P, O>, never> => {
    checkName('cte', name)
    const query = standing(`cte "${name}"`, nodeOfQuery(q))
    const { materialized = null } = options
    return tableOf(
      Object.freeze({ _tag: 'DerivedSource', name, query, columns: outputsOf(query), cte: ofName(name, materialized) }),
    )
  }

const ofName = (name: string, materialized: boolean | null): Cte => Object.freeze({ name, materialized })

/** Texts grow from step to step: the length of the base's column is no length of the recursion's. */
const grown = (type: SqlType<unknown>): SqlType<unknown> =>
  type._tag === 'Varchar' || type._tag === 'Char' ? textType : plainOf(type)

const widened = (columns: ReadonlyArray<DerivedColumn>, step: QueryNode): ReadonlyArray<DerivedColumn> => {
  const others = outputsOf(step)
  return columns.map((column) => {
    const other = others.find((o) => o.key === column.key)
    if (other === undefined) return column
    const type = column.type.id === other.type.id ? column.type : (unified(column.type, other.type) ?? column.type)
    return {
      key: column.key,
      type: type.id === column.type.id ? type : grown(type),
      nullable: column.nullable || other.nullable,
    }
  })
}

/** A refined type stays what it is: its values are those of the base's column. */
const recursiveType = (type: SqlType<unknown>): SqlType<unknown> => (type.refinement === null ? grown(type) : type)

const sameColumns = (a: ReadonlyArray<DerivedColumn>, b: ReadonlyArray<DerivedColumn>): boolean =>
  a.every((column, i) => column.type.id === b[i]?.type.id && column.nullable === b[i]?.nullable)

/** The source of a recursion; its columns have the types that the base and all steps have together. */
export const recursion = (
  name: string,
  base: QueryNode,
  stepOf: (self: WorkingSource) => QueryNode,
  all: boolean,
): RecursiveSource => {
  const self = (columns: ReadonlyArray<DerivedColumn>): WorkingSource =>
    Object.freeze({ _tag: 'WorkingSource', name, of: name, columns })
  let columns: ReadonlyArray<DerivedColumn> = outputsOf(base).map((c) => ({ ...c, type: recursiveType(c.type) }))
  let step = stepOf(self(columns))
  // Each round widens a type, and no type is wider than a few others: a scale that grows for ever is left to the check.
  for (let round = 0; round < 4; round++) {
    const wider = widened(columns, step)
    if (sameColumns(columns, wider)) break
    columns = wider
    step = stepOf(self(columns))
  }
  return Object.freeze({ _tag: 'RecursiveSource', name, cte: ofName(name, null), base, step, all, columns })
}

/**
 * Rows that grow from a base: the step is asked of the rows that the step before gave, until it gives none. `self` stands for
 * those rows; the step joins it once. Rows that were there before are left out, so that a cycle in the data ends; with
 * `{ all: true }` they count again.
 *
 * The step is a plain SELECT: it has no groups, aggregates, distinct, order or limit of its own, and `self` is neither in a
 * subquery nor on the side of an outer join that may be absent: `IllFormed` when it is compiled. The function of the step is
 * asked more than once where the step widens the types of the base.
 *
 * @throws TypeError where the rows are not flat.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, from, innerJoin, integer, isNull, nullable, select, table, text, where, withRecursive } from 'relvar'
 *
 * const parts = table('parts', { id: integer, name: text, parentId: pipe(integer, nullable) })
 * const tree = withRecursive(
 *   'tree',
 *   pipe(from(parts), where(eq(parts.name, 'engine')), select({ id: parts.id, name: parts.name })),
 *   (self) =>
 *     pipe(from(parts), innerJoin(self, eq(parts.parentId, self.id)), select({ id: parts.id, name: parts.name })),
 * )
 * from(tree)
 *
 * @category constructors
 * @since 0.1.0
 */
export const withRecursive = <
  N extends string,
  P,
  O extends string,
  F extends string,
  K extends 'select' | 'set',
  P2,
  O2 extends string,
  F2 extends string,
>(
  name: N,
  base: Query<P, never, O, F, K> & FlatRows<P> & StandsAlone<F>,
  step: (
    self: Derived<N, FlatRow<P, O>, never>,
  ) => Query<P2, never, O2, F2> & FlatRows<P2> & StandsAlone<F2> & StepFits<FlatRow<P, O>, FlatRow<P2, O2>>,
  options: RecursionOptions = {},
): Derived<N, FlatRow<P, O>, never> => {
  checkName('withRecursive', name)
  const what = `withRecursive "${name}"`
  const first = standing(what, nodeOfQuery(base))
  const next = (self: WorkingSource): QueryNode => standing(what, nodeOfQuery(step(tableOf(self))))
  return tableOf(recursion(name, first, next, options.all === true))
}

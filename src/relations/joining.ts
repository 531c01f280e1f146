/**
 * Joins whose criterion is known already: a foreign key, or a relation.
 */
import { type Fresh, selectNode } from '../expr/from.js'
import { column, compare, type ExprNode, logic } from '../expr/node.js'
import { type Query, withClauses } from '../expr/query.js'
import type { JoinNode, SelectNode } from '../expr/query-node.js'
import type { Source, TableSource } from '../expr/source.js'
import { type AnyTable, type ClosedTable, sourceOf, type SourceOf } from '../expr/table.js'

// -------------------------------------------------------------------------------------
// foreign keys
// -------------------------------------------------------------------------------------

interface Reference {
  readonly from: TableSource
  readonly keys: ReadonlyArray<string>
  readonly to: TableSource
  readonly targets: ReadonlyArray<string>
}

const isTableSource = (source: Source): source is TableSource => source._tag === 'TableSource'

const referencesOf = (from: TableSource, to: TableSource): ReadonlyArray<Reference> =>
  from.table.foreignKeys
    .filter(({ target }) => target.table === to.table.name && target.schema === to.table.schema)
    .map(({ columns: keys, target }) => ({ from, keys, to, targets: target.columns }))

const columnNode = (source: TableSource, key: string): ExprNode => {
  const found = source.table.columns.find((c) => c.key === key)
  if (found === undefined) throw new TypeError(`table "${source.table.name}" has no column "${key}"`)
  return column(source, found.key, found.name, found.type, found.nullable)
}

const criterionOf = ({ from, keys, to, targets }: Reference): ExprNode => {
  const parts = keys.map((key, i) => compare('eq', columnNode(from, key), columnNode(to, targets[i] ?? '')))
  const [only] = parts
  return parts.length === 1 && only !== undefined ? only : logic('and', parts)
}

const described = ({ from, keys, to, targets }: Reference): string =>
  `${from.name}.${keys.join('+')} to ${to.name}.${targets.join('+')}`

/**
 * Rows of both sides that a foreign key connects: the one between the table and those that the query joins already, whichever of
 * the two refers. The foreign keys that tables say themselves count, not those of a schema.
 *
 * @throws TypeError where no foreign key connects them, or more than one does: say the criterion with `innerJoin` then.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, integer, joinFk, primaryKey, references, select, table } from 'relvar'
 *
 * const users = table('users', { id: pipe(integer, primaryKey) })
 * const posts = table('posts', { id: pipe(integer, primaryKey), authorId: pipe(integer, references(users.id)) })
 * pipe(from(users), joinFk(posts), select({ user: users.id, post: posts.id }))
 *
 * @category combinators
 * @since 0.1.0
 */
export const joinFk =
  <T extends ClosedTable>(t: T) =>
  <P, S extends string, O extends string, F extends string>(
    q: Query<P, S, O, F> & Fresh<SourceOf<T>, S, F>,
  ): Query<P, S | SourceOf<T>, O, F> => {
    const node = selectNode(q)
    const source = sourceOf(t)
    const sources = [node.from, ...node.joins.map((j) => j.source)].filter(isTableSource)
    const all = isTableSource(source)
      ? sources.flatMap((other) => [...referencesOf(source, other), ...referencesOf(other, source)])
      : []
    const [only] = all
    if (only === undefined)
      throw new TypeError(`joinFk "${source.name}": no foreign key connects it with what the query joins already`)
    if (all.length > 1)
      throw new TypeError(
        `joinFk "${source.name}": ${all.length} foreign keys connect it (${all.map(described).join(', ')}): say one with innerJoin`,
      )
    const join: JoinNode = { kind: 'inner', source, on: criterionOf(only), lateral: false }
    return withClauses(node, { joins: [...node.joins, join] })
  }

// -------------------------------------------------------------------------------------
// relations
// -------------------------------------------------------------------------------------

/** What a relation must not say besides its source and its criterion, or null. */
const beyond = (node: SelectNode): string | null => {
  if (node.joins.length > 0) return 'joins'
  if (node.groupBy.length > 0 || node.having !== null) return 'groups'
  if (node.select !== null && !(node.select._tag === 'Whole' && node.select.source.name === node.from.name))
    return 'a select'
  if (node.distinct || node.distinctOn.length > 0) return 'distinct'
  if (node.limit !== null || node.offset !== null || node.keyset !== null) return 'a limit'
  if (node.lock !== null) return 'a lock'
  return node.includes.length > 0 ? 'includes' : null
}

/** Joins the table of a relation by its criterion. */
export type JoinRelated<Add extends 'none' | 'right'> = <
  T extends AnyTable,
  S2 extends string,
  O2 extends string,
  F2 extends string,
>(
  relation: Query<T, S2, O2, F2>,
) => <P, S extends string, O extends string, F extends string>(
  q: Query<P, S, O, F> & Fresh<SourceOf<T>, S, F>,
) => Query<P, S | SourceOf<T>, O | (Add extends 'right' ? SourceOf<T> : never), F | Exclude<F2, S>>

const related =
  (what: string, kind: 'inner' | 'left') =>
  (relation: Query<unknown, never, string, string>) =>
  (q: Query<unknown, never, string, string>): unknown => {
    const inner = selectNode(relation)
    const more = beyond(inner)
    if (more !== null)
      throw new TypeError(`${what} "${inner.from.name}": the relation has ${more}: join it as a subquery, or lateral`)
    const node = selectNode(q)
    const join: JoinNode = { kind, source: inner.from, on: inner.where ?? logic('and', []), lateral: false }
    return withClauses(node, { joins: [...node.joins, join] })
  }

/**
 * Joins the table of a relation: an open query over one table becomes a join, and its criterion the criterion of the join. What it
 * leaves free is what the query joins already; its order means nothing here.
 *
 * @throws TypeError where the relation says more than a table and a criterion.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, from, integer, joinRelated, select, table, text, where } from 'relvar'
 *
 * const users = table('users', { id: integer, name: text })
 * const posts = table('posts', { id: integer, authorId: integer })
 * const postsOf = pipe(from(posts), where(eq(posts.authorId, users.id)))
 * pipe(from(users), joinRelated(postsOf), select({ name: users.name, post: posts.id }))
 *
 * @category combinators
 * @since 0.1.0
 */
// The types of a join live in its signature alone; `related` does to the node what they say.
export const joinRelated = related('joinRelated', 'inner') as JoinRelated<'none'>

/**
 * As `joinRelated`, but rows without a related one stay: the relation's table is absent from them.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, from, integer, leftJoinRelated, select, table, text, where } from 'relvar'
 *
 * const users = table('users', { id: integer, name: text })
 * const posts = table('posts', { id: integer, authorId: integer })
 * const postsOf = pipe(from(posts), where(eq(posts.authorId, users.id)))
 * pipe(from(users), leftJoinRelated(postsOf), select({ name: users.name, post: posts.id }))
 *
 * @category combinators
 * @since 0.1.0
 */
export const leftJoinRelated = related('leftJoinRelated', 'left') as JoinRelated<'right'>

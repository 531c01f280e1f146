/**
 * `given`: substitution. A row closes a query's variable; another alias of the same table renames it.
 */
import { asked } from '../expr/asked.js'
import { refusedValue } from '../expr/expr.js'
import { value } from '../expr/node.js'
import type { None } from '../expr/problem.js'
import { nodeOfQuery, type Query, query } from '../expr/query.js'
import { isWrite } from '../expr/query-node.js'
import { renaming, rewriteQuery, type Substitution } from '../expr/rewrite.js'
import {
  type AnyTable,
  type ColumnsOf,
  isTable,
  type RowOf,
  sourceOf,
  type SourceOf,
  type TableLike,
} from '../expr/table.js'

const closing = (t: AnyTable, row: unknown): Substitution => ({
  name: sourceOf(t).name,
  column: (c) => {
    const held = asked<unknown>(() => Object.entries(row ?? {}).find(([k]) => k === c.key)?.[1], undefined)
    return value(held === undefined ? refusedValue : held, c.type, c.nullable)
  },
  source: null,
  mentions: new Set(),
  param: null,
})

const renamed = (t: AnyTable, other: AnyTable): Substitution => {
  const source = sourceOf(other)
  return { ...renaming(sourceOf(t).name, source.name), source: () => source }
}

/**
 * The query with a free table replaced: by a row, which closes it, or by another alias of the table. It changes what was said
 * before it; nothing that the query binds inside is captured.
 *
 * @param t the table that the query leaves free
 * @param x a whole row of it, or the table under another name
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { alias, eq, exists, from, given, integer, table, where } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * const posts = table('posts', { authorId: integer })
 * const postsOf = pipe(from(posts), where(eq(posts.authorId, users.id)))
 * pipe(postsOf, given(users, { id: 3 }))
 *
 * const u = pipe(users, alias('u'))
 * pipe(from(u), where(exists(pipe(postsOf, given(users, u)))))
 *
 * @category combinators
 * @since 0.1.0
 */
export const given =
  <T extends AnyTable, X extends RowOf<T> | TableLike<string, ColumnsOf<T>, never>>(t: T, x: X) =>
  <P, S extends string, O extends string, F extends string>(
    q: Query<P, S, O, F> &
      None<Exclude<SourceOf<T>, F>, '', ' is not free in this query'> &
      (X extends AnyTable ? None<Extract<SourceOf<X>, S>, '', ' is bound inside this query: alias it there'> : unknown),
  ): Query<P, S, O, Exclude<F, SourceOf<T>> | (X extends AnyTable ? SourceOf<X> : never)> => {
    const node = nodeOfQuery(q)
    if (isWrite(node)) throw new TypeError('given belongs to a query')
    return query(rewriteQuery(isTable(x) ? renamed(t, x) : closing(t, x), node))
  }

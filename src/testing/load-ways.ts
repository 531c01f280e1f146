/**
 * Ways to load what a query gives: all at once, one row after the other, in pages, as a stream.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { ReaderTaskEither } from 'fp-ts/lib/ReaderTaskEither.js'

import { multipleRows, noRows } from '../compile/load-error.js'
import type { Database } from '../effects/database.js'
import type { DbError } from '../effects/error.js'
import { fromLoadError } from '../effects/error-make.js'
import { freeIn } from '../expr/children.js'
import * as node from '../expr/node.js'
import { projectionOf } from '../expr/outputs.js'
import { type ClosedQuery, type Decode, nodeOfQuery, type Query, query as queryOf } from '../expr/query.js'
import type { IncludeNode, OrderNode, QueryNode, SelectNode, StatementNode } from '../expr/query-node.js'
import { rewriteQuery, type Substitution } from '../expr/rewrite.js'
import { showStatement } from '../expr/show.js'
import type { Source } from '../expr/source.js'
import { countType } from '../expr/sql-type.js'
import type { Row } from '../interpret/value.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A way to load the rows of any query of these kinds. */
export type LoadWay = <P, S extends string, O extends string, F extends string, K extends 'select' | 'set'>(
  query: Query<P, S, O, F, K> & ClosedQuery<F>,
) => ReaderTaskEither<Database, DbError, ReadonlyArray<Decode<P, O>>>

type Loaded<A> = E.Either<DbError, A>

const all = (db: Database, q: QueryNode): Promise<Loaded<ReadonlyArray<unknown>>> =>
  db.all(queryOf<unknown, never, never, never, 'select' | 'set'>(q))()

/** A way over nodes as one over queries. */
const way =
  (load: (db: Database, q: StatementNode) => Promise<Loaded<ReadonlyArray<unknown>>>): LoadWay =>
  <P, S extends string, O extends string, F extends string, K extends 'select' | 'set'>(q: Query<P, S, O, F, K>) =>
  (db: Database) =>
  () =>
    // The ways ask for the rows of the query itself, however they come by them.
    load(db, nodeOfQuery(q)) as Promise<Loaded<ReadonlyArray<Decode<P, O>>>>

const refuse = (what: string, q: StatementNode): never => {
  throw new TypeError(`${what}: ${showStatement(q)}`)
}

const sourcesOf = (q: SelectNode): ReadonlyArray<Source> => [q.from, ...q.joins.map((join) => join.source)]

// -------------------------------------------------------------------------------------
// each row alone
// -------------------------------------------------------------------------------------

/** Whether each row of the query is one row of its sources: what it relates to is asked of those. */
export const isOfRows = (q: StatementNode): q is SelectNode =>
  q._tag === 'Select' && !q.distinct && q.distinctOn.length === 0 && q.groupBy.length === 0 && q.groupingSets === null

const isRecord = (row: unknown): row is Row => typeof row === 'object' && row !== null && !Array.isArray(row)

const given = (q: QueryNode, name: string, row: Row): QueryNode => {
  const closing: Substitution = {
    name,
    column: (c) => node.value(row[c.key] ?? null, c.type, c.nullable),
    source: null,
    mentions: new Set(),
    param: null,
  }
  return rewriteQuery(closing, q)
}

const only = ({ key, relation }: IncludeNode, rows: ReadonlyArray<unknown>): Loaded<unknown> => {
  const text = showStatement(relation.query)
  if (relation.cardinality === 'many') return E.right(rows)
  if (rows.length > 1)
    return E.left(fromLoadError(multipleRows(`"${key}" is at most one row for each outer row`, text)))
  if (rows.length === 0 && relation.cardinality === 'one')
    return E.left(fromLoadError(noRows(`"${key}" is exactly one row for each outer row`, text)))
  return E.right(rows[0] ?? null)
}

/** What a row includes: of one of its sources that is absent nothing. */
const related = async (
  db: Database,
  include: IncludeNode,
  outers: ReadonlyMap<string, unknown>,
): Promise<Loaded<unknown>> => {
  let { query } = include.relation
  for (const name of freeIn(query)) {
    const outer = outers.get(name)
    if (!isRecord(outer)) return E.right(include.relation.cardinality === 'many' ? [] : null)
    query = given(query, name, outer)
  }
  const rows = await each(db, query)
  return E.isLeft(rows) ? rows : only(include, rows.right)
}

const each = async (db: Database, q: QueryNode): Promise<Loaded<ReadonlyArray<unknown>>> => {
  if (q._tag === 'SetOperation' || q.includes.length === 0) return all(db, q)
  if (!isOfRows(q))
    return refuse('the rows of groups are not those of tables, so that relations are not asked of each', q)
  const sources = sourcesOf(q)
  const bare: SelectNode = {
    ...q,
    includes: [],
    select: {
      _tag: 'Record',
      fields: [
        { key: 'row', projection: projectionOf(q) },
        ...sources.map((source, i) => ({ key: `outer${i}`, projection: { _tag: 'Whole' as const, source } })),
      ],
    },
  }
  const found = await all(db, bare)
  if (E.isLeft(found)) return found
  const rows: Array<unknown> = []
  for (const one of found.right) {
    const { row, ...outer } = isRecord(one) ? one : {}
    const outers = new Map(sources.map((source, i) => [source.name, outer[`outer${i}`]]))
    const members: Array<readonly [string, unknown]> = []
    for (const include of isRecord(row) ? q.includes : []) {
      const value = await related(db, include, outers)
      if (E.isLeft(value)) return value
      members.push([include.key, value.right])
    }
    rows.push(isRecord(row) ? { ...row, ...Object.fromEntries(members) } : row)
  }
  return E.right(rows)
}

/**
 * The rows first, and then what each of them includes by a query of its own: as many statements as there are rows.
 *
 * @throws TypeError where a query with includes groups its rows or keeps distinct ones.
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, from, include, integer, many, primaryKey, schema, table, where } from 'relvar'
 * import { memory, tablesIn } from 'relvar/memory'
 * import { eachAlone } from 'relvar/testing'
 *
 * const users = table('users', { id: pipe(integer, primaryKey) })
 * const posts = table('posts', { id: pipe(integer, primaryKey), authorId: integer })
 * const postsOf = pipe(from(posts), where(eq(posts.authorId, users.id)))
 * const db = memory({ tables: tablesIn(schema({ users, posts })) })
 * assert.deepStrictEqual(await eachAlone(pipe(from(users), include({ posts: many(postsOf) })))(db)(), E.right([]))
 *
 * @category combinators
 * @since 0.1.0
 */
export const eachAlone: LoadWay = way((db, q) =>
  q._tag === 'Select' || q._tag === 'SetOperation' ? each(db, q) : refuse('no query', q),
)

// -------------------------------------------------------------------------------------
// pages
// -------------------------------------------------------------------------------------

/** The keys of a source as the end of an order; null where it has none. */
const keysOf = (source: Source): ReadonlyArray<OrderNode> | null =>
  source._tag !== 'TableSource' || source.table.primaryKey.length === 0
    ? null
    : source.table.primaryKey.flatMap((key) =>
        source.table.columns
          .filter((c) => c.key === key)
          .map((c) => ({
            expr: node.column(source, c.key, c.name, c.type, c.nullable),
            direction: 'asc' as const,
            nulls: 'last' as const,
          })),
      )

/** Whether pages of the query can be told apart: its rows are those of tables with keys, and it has no limit of its own. */
export const hasPages = (q: StatementNode): q is SelectNode =>
  isOfRows(q) &&
  q.limit === null &&
  q.offset === null &&
  q.keyset === null &&
  sourcesOf(q).every((source) => keysOf(source) !== null)

/**
 * The rows in pages of a size, each by a query of its own, with the keys of the tables at the end of the order.
 *
 * @param size rows in a page, 1 at least
 * @throws TypeError where the query has a limit, groups, or a source without a key.
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, integer, primaryKey, schema, table } from 'relvar'
 * import { memory, tablesIn } from 'relvar/memory'
 * import { inPages } from 'relvar/testing'
 *
 * const users = table('users', { id: pipe(integer, primaryKey) })
 * const db = memory({ tables: tablesIn(schema({ users })) })
 * assert.deepStrictEqual(await inPages(2)(from(users))(db)(), E.right([]))
 *
 * @category combinators
 * @since 0.1.0
 */
export const inPages = (size: number): LoadWay =>
  way(async (db, q) => {
    if (!hasPages(q)) return refuse('a query is read in pages whose sources have keys, without groups or a limit', q)
    const orderBy = [...q.orderBy, ...sourcesOf(q).flatMap((source) => keysOf(source) ?? [])]
    const rows: Array<unknown> = []
    for (let page: ReadonlyArray<unknown> | null = null; page === null || page.length === size; ) {
      const limit = node.value(size, countType)
      const found = await all(db, { ...q, orderBy, limit, offset: node.value(rows.length, countType) })
      if (E.isLeft(found)) return found
      page = found.right
      rows.push(...page)
    }
    return E.right(rows)
  })

// -------------------------------------------------------------------------------------
// all of them
// -------------------------------------------------------------------------------------

/**
 * All rows by one query, and what they include by one more for each relation: as `Db.all` does it.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { from, integer, schema, table } from 'relvar'
 * import { memory, tablesIn } from 'relvar/memory'
 * import { atOnce } from 'relvar/testing'
 *
 * const users = table('users', { id: integer })
 * const db = memory({ tables: tablesIn(schema({ users })) })
 * assert.deepStrictEqual(await atOnce(from(users))(db)(), E.right([]))
 *
 * @category combinators
 * @since 0.1.0
 */
export const atOnce: LoadWay =
  <P, S extends string, O extends string, F extends string, K extends 'select' | 'set'>(
    q: Query<P, S, O, F, K> & ClosedQuery<F>,
  ) =>
  (db: Database) =>
    db.all<P, S, O, F, K>(q)

/**
 * The rows as a stream gives them, a batch at a time, with what the rows of each batch include.
 *
 * @param batch rows that are fetched at a time
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { from, integer, schema, table } from 'relvar'
 * import { memory, tablesIn } from 'relvar/memory'
 * import { streamed } from 'relvar/testing'
 *
 * const users = table('users', { id: integer })
 * const db = memory({ tables: tablesIn(schema({ users })) })
 * assert.deepStrictEqual(await streamed(2)(from(users))(db)(), E.right([]))
 *
 * @category combinators
 * @since 0.1.0
 */
export const streamed =
  (batch: number): LoadWay =>
  <P, S extends string, O extends string, F extends string, K extends 'select' | 'set'>(
    q: Query<P, S, O, F, K> & ClosedQuery<F>,
  ) =>
  (db: Database) =>
  async () => {
    const rows: Array<Decode<P, O>> = []
    for await (const row of db.stream<P, S, O, F, K>(q, { batch })) {
      if (E.isLeft(row)) return row
      rows.push(row.right)
    }
    return E.right(rows)
  }

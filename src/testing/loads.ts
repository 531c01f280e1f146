/**
 * `loadsTheSame(query, strategies)`: a property that a query gives the same trees in whatever way it is loaded.
 */
import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import type { ReaderTaskEither } from 'fp-ts/lib/ReaderTaskEither.js'

import type { Dialect } from '../compile/dialect.js'
import type { Database } from '../effects/database.js'
import type { DbError } from '../effects/error.js'
import { type ClosedQuery, type Decode, nodeOfQuery, type Query } from '../expr/query.js'
import type { StatementNode } from '../expr/query-node.js'
import { showStatement, showValue } from '../expr/show.js'
import { interpret } from '../interpret/interpret.js'
import type { Tables } from '../interpret/tables.js'
import type { PropertyOptions } from './agrees.js'
import { fill, must } from './fill.js'
import { atOnce, eachAlone, hasPages, inPages, isOfRows, type LoadWay, streamed } from './load-ways.js'
import { contents } from './rows.js'
import { sandbox } from './sandbox.js'
import type { TablesOrSchema } from './table-order.js'
import { sameTrees } from './tree.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** How a query is loaded: one of the ways that relvar has, or a program of your own that ends with the same rows. */
export type LoadStrategy<Q, A> = (query: Q) => ReaderTaskEither<Database, DbError, ReadonlyArray<A>>

type Outcome = E.Either<{ readonly _tag: string; readonly message: string }, ReadonlyArray<unknown>>

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** Whether a transaction can stream what the query gives: on MySQL and MariaDB its connection is busy with the rows, and loads no relations. */
const isStreamed = (q: StatementNode, { name }: Dialect): boolean =>
  (name !== 'mysql' && name !== 'mariadb') || q._tag !== 'Select' || q.includes.length === 0

/** The ways in which a query can be loaded without a word about it: those that its clauses allow. */
const usual = (q: StatementNode, dialect: Dialect): Readonly<Record<string, LoadWay>> => ({
  'at once': atOnce,
  ...(isStreamed(q, dialect)
    ? { 'as a stream of one row at a time': streamed(1), 'as a stream of two rows at a time': streamed(2) }
    : {}),
  ...(isOfRows(q) ? { 'each row alone': eachAlone } : {}),
  ...(hasPages(q) ? { 'in pages of one row': inPages(1), 'in pages of two rows': inPages(2) } : {}),
})

/** A row too many and none at all: which of them is met first depends on the way. */
const rowErrors: ReadonlyArray<string> = ['NoRows', 'MultipleRows']

const isSame = (node: StatementNode, meant: Outcome, loaded: Outcome): boolean => {
  if (E.isRight(meant) && E.isRight(loaded)) return sameTrees(node, meant.right, loaded.right)
  if (E.isRight(meant) || E.isRight(loaded)) return false
  const tags = [meant.left._tag, loaded.left._tag]
  return tags[0] === tags[1] || tags.every((tag) => rowErrors.includes(tag))
}

const showOutcome = (outcome: Outcome): string =>
  E.isRight(outcome) ? showValue(outcome.right) : `${outcome.left._tag}: ${outcome.left.message}`

/**
 * A property for `fc.assert`: whatever rows the tables hold, each way of loading the query gives the trees that it means in memory,
 * on each database; in the order of the query and of its relations, where that names the keys of all tables, and in any order
 * elsewhere. Parents without children, children without a parent and parents of many are among the rows.
 *
 * The tables are filled in a transaction that is rolled back. Without `strategies` the query is loaded at once, as a stream, each row
 * alone with what it includes by a query of its own, and in pages, as far as its clauses and the database allow.
 *
 * @param of the tables that the query asks, or their schema
 * @param query the query
 * @param databases the databases by name
 * @param strategies ways to load it by name, programs of your own among them
 * @param options `contents`: the rows to ask
 * @example
 * import * as fc from 'fast-check'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { desc, eq, from, include, integer, limit, many, orderBy, primaryKey, schema, table, where } from 'relvar'
 * import { memory, tablesIn } from 'relvar/memory'
 * import { loadsTheSame } from 'relvar/testing'
 *
 * const users = table('users', { id: pipe(integer, primaryKey) })
 * const posts = table('posts', { id: pipe(integer, primaryKey), authorId: integer })
 * const latest = pipe(from(posts), where(eq(posts.authorId, users.id)), orderBy(desc(posts.id)), limit(2))
 * const db = memory({ tables: tablesIn(schema({ users, posts })) })
 * const blog = pipe(from(users), include({ latest: many(latest) }))
 * await fc.assert(loadsTheSame([users, posts], blog, { db }), { numRuns: 10 })
 *
 * @category constructors
 * @since 0.1.0
 */
export const loadsTheSame = <P, S extends string, O extends string, F extends string, K extends 'select' | 'set'>(
  of: TablesOrSchema,
  query: Query<P, S, O, F, K> & ClosedQuery<F>,
  databases: Readonly<Record<string, Database>>,
  strategies: Readonly<Record<string, LoadStrategy<Query<P, S, O, F, K> & ClosedQuery<F>, Decode<P, O>>>> | null = null,
  options: PropertyOptions = {},
): fc.IAsyncProperty<[Tables]> => {
  const node = nodeOfQuery(query)
  /** What is wrong with one of the ways; null where nothing is. */
  const wrong = async (tables: Tables, name: string, db: Database): Promise<string | null> => {
    const meant: Outcome = interpret<P, S, O, F, K>(query)(tables)
    const ways: Readonly<Record<string, LoadStrategy<Query<P, S, O, F, K> & ClosedQuery<F>, Decode<P, O>>>> =
      strategies ?? usual(node, db.dialect)
    await fill(db, of, tables)
    for (const [how, load] of Object.entries(ways)) {
      // In a sandbox of its own, so that a statement that fails ends this way alone.
      const loaded: Outcome = await sandbox(db)(load(query))()
      if (!isSame(node, meant, loaded))
        return `${name}, ${how}, gives other rows than memory for ${showStatement(node)}\n  memory ${showOutcome(meant)}\n  ${name} ${showOutcome(loaded)}`
    }
    return null
  }
  return fc.asyncProperty(options.contents ?? contents(of), async (tables) => {
    for (const [name, db] of Object.entries(databases)) {
      const said = await must<DbError, string | null>(
        sandbox(db)((tx) => async () => E.right(await wrong(tables, name, tx))),
      )
      if (said !== null) throw new Error(said)
    }
  })
}

/**
 * `Db.stream`: the rows of a query while they come, of a Database that is given later.
 */
import type { Either } from 'fp-ts/lib/Either.js'
import type { Reader } from 'fp-ts/lib/Reader.js'

import type { ClosedQuery, Decode, Query } from '../expr/query.js'
import type { Database } from './database.js'
import type { DbError } from './error.js'
import type { StreamOptions } from './stream.js'

/**
 * The rows of a query one after the other, while they come: as many of them are in memory as a batch holds. Each iteration asks
 * the database anew; a Left is the last element. A reader that leaves early, throws, or asks for nothing for a while gives the
 * connection back.
 *
 * PostgreSQL reads them from a cursor in a transaction of its own; on MySQL and MariaDB the connection is busy with them until
 * the last came; SQLite steps through them and lets other work have its turn between batches. Relations of an `include` are
 * loaded with each batch, over another connection. In a transaction nothing else is sent while a stream of it is read.
 *
 * @param options `batch`: rows that are fetched at a time, 1 to 100,000 (1,000); `idleTimeoutMs`: how long nobody may ask for a
 *   row, in milliseconds (60,000). Other numbers are `Left(InvalidValue)`
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { createAll, Db, from, insertInto, integer, orderBy, schema, table, text } from 'relvar'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const users = table('users', { id: integer, name: text })
 * const db = sqlite('sqlite::memory:')
 * await Db.execute(createAll(schema({ users })))(db)()
 * await Db.execute(insertInto(users)([{ id: 1, name: 'ed' }, { id: 2, name: 'wendy' }]))(db)()
 * const names: Array<string> = []
 * for await (const row of Db.stream(pipe(from(users), orderBy(users.id)), { batch: 100 })(db))
 *   if (E.isRight(row)) names.push(row.right.name)
 * assert.deepStrictEqual(names, ['ed', 'wendy'])
 * await db.close()()
 *
 * @category destructors
 * @since 0.1.0
 */
export const stream =
  <P, S extends string, O extends string, F extends string, K extends 'select' | 'set'>(
    query: Query<P, S, O, F, K> & ClosedQuery<F>,
    options: StreamOptions = {},
  ): Reader<Database, AsyncIterable<Either<DbError, Decode<P, O>>>> =>
  (db) =>
    db.stream(query, options)

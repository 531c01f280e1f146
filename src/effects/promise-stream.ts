/**
 * For programs that speak Promise: a stream of rows as an iterable that throws, and as a Readable of Node.js.
 */
import { Readable } from 'node:stream'
import * as E from 'fp-ts/lib/Either.js'

import { toError } from './promise-error.js'

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/**
 * The rows of a stream without their Eithers: where it ends with a Left, the iteration throws, a `RelvarError` where the Left is
 * a DbError.
 *
 * @example
 * import { createAll, from, insertInto, integer, schema, table } from 'relvar'
 * import { each, run } from 'relvar/promise'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const notes = table('notes', { id: integer })
 * const db = sqlite('sqlite::memory:')
 * await run(db.execute(createAll(schema({ notes }))))
 * await run(db.execute(insertInto(notes)([{ id: 1 }, { id: 2 }])))
 * let sum = 0
 * for await (const { id } of each(db.stream(from(notes)))) sum += id
 * assert.strictEqual(sum, 3)
 * await run(db.close())
 *
 * @category destructors
 * @since 0.1.0
 */
export const each = <E1, A>(stream: AsyncIterable<E.Either<E1, A>>): AsyncIterable<A> => ({
  async *[Symbol.asyncIterator]() {
    for await (const row of stream) {
      if (E.isLeft(row)) throw toError(row.left)
      yield row.right
    }
  },
})

/**
 * The rows of a stream as a Readable in object mode, to be piped: it reads no more rows than its reader takes, and is destroyed
 * with an Error where the stream ends with a Left. Rows that are `null` would end it: select records.
 *
 * @example
 * import { pipeline } from 'node:stream/promises'
 * import { createAll, from, insertInto, integer, schema, table } from 'relvar'
 * import { readable, run } from 'relvar/promise'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const notes = table('notes', { id: integer })
 * const db = sqlite('sqlite::memory:')
 * await run(db.execute(createAll(schema({ notes }))))
 * await run(db.execute(insertInto(notes)([{ id: 1 }, { id: 2 }])))
 * const ids: Array<unknown> = []
 * await pipeline(readable(db.stream(from(notes))), async (rows) => {
 *   for await (const row of rows) ids.push(row)
 * })
 * assert.deepStrictEqual(ids, [{ id: 1 }, { id: 2 }])
 * await run(db.close())
 *
 * @category destructors
 * @since 0.1.0
 */
export const readable = <E1, A extends object>(stream: AsyncIterable<E.Either<E1, A>>): Readable =>
  Readable.from(each(stream), { objectMode: true })

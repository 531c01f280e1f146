/**
 * A Database from options that come from outside, such as a URL in the environment: what can't be right is a Left.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { Database } from './database.js'
import { dbError } from './error-make.js'
import type { InvalidValue } from './error.js'

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/**
 * A maker of Databases (`postgres`, `mysql`, `mariadb`, `sqlite`) that refuses by a value what the maker throws a TypeError for: an
 * unknown or impossible option, a URL of another engine or driver. It opens no connection.
 *
 * Gives a Left of `InvalidValue`, whose message shows neither the URL nor any value in it: they may hold a password.
 *
 * @param make the maker
 *
 * @example
 * import { databaseFrom } from 'relvar'
 * import { postgres } from 'relvar/postgres'
 *
 * const outcome = databaseFrom(postgres)('postgres://ed:secret@localhost/blog?pollSize=5')
 * assert(outcome._tag === 'Left')
 * assert.match(outcome.left.message, /there is no option "pollSize"/)
 *
 * @category constructors
 * @since 0.1.0
 */
export const databaseFrom =
  <S, D extends Database>(make: (source: S) => D) =>
  (source: S): E.Either<InvalidValue, D> => {
    try {
      return E.right(make(source))
    } catch (thrown) {
      if (!(thrown instanceof TypeError)) throw thrown
      return E.left(
        dbError('InvalidValue', { message: thrown.message, place: 'options', statement: null, cause: thrown }),
      )
    }
  }

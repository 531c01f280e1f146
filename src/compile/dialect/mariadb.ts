/**
 * MariaDB 10.11 and later.
 */
import type { Dialect } from '../dialect.js'
import { familyDialect } from './mysql-family.js'

/**
 * The MariaDB dialect with a cache of its own.
 *
 * @param cached how many compiled statements are kept
 * @example
 * import { compile, from, integer, mariadbDialect, table } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * assert.strictEqual(compile(mariadbDialect())(from(users))._tag, 'Right')
 *
 * @category constructors
 * @since 0.1.0
 */
export const mariadbDialect = (cached = 1000): Dialect =>
  familyDialect(
    'mariadb',
    'utf8mb4_nopad_bin',
    { insertReturning: true, deleteReturning: true, readsOwnTarget: true },
    cached,
  )

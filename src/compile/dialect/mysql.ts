/**
 * MySQL 8.0.31 and later.
 */
import type { Dialect } from '../dialect.js'
import { familyDialect } from './mysql-family.js'

/**
 * The MySQL dialect with a cache of its own.
 *
 * @param cached how many compiled statements are kept
 * @example
 * import { compile, from, integer, mysqlDialect, table } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * assert.strictEqual(compile(mysqlDialect())(from(users))._tag, 'Right')
 *
 * @category constructors
 * @since 0.1.0
 */
export const mysqlDialect = (cached = 1000): Dialect =>
  familyDialect(
    'mysql',
    'utf8mb4_0900_bin',
    { insertReturning: false, deleteReturning: false, readsOwnTarget: false },
    cached,
  )

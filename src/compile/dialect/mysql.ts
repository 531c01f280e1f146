/**
 * MySQL 8.0.31 and later.
 */
import type { Dialect } from '../dialect.js'
import { familyDialect } from './mysql-family.js'

/**
 * The MySQL dialect with a cache of its own.
 *
 * @param cached how many compiled statements are kept
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

/**
 * relvar/sqlite: databases on SQLite, inside this process.
 */
export type { CommonOptions } from './effects/options.js'
export { sqlite, type SqliteOptions } from './effects/sqlite.js'

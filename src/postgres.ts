/**
 * relvar/postgres: databases on PostgreSQL.
 */
export type { CommonOptions, ServerOptions } from './effects/options.js'
export { postgres, type PostgresOptions } from './effects/postgres.js'

/**
 * relvar/testing: fast-check arbitraries of rows, queries and writes over your own tables.
 */
export { type AnyClosedQuery, query, type QueryOptions, show } from './testing/query.js'
export { contents, type Overrides, rows } from './testing/rows.js'

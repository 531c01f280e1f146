/**
 * relvar/testing: fast-check arbitraries of rows, queries and writes over your own tables.
 */
export { criterion } from './testing/criterion.js'
export { type AnyClosedQuery, query, type QueryOptions, show } from './testing/query.js'
export { contents, type Overrides, rows } from './testing/rows.js'
export { type AnyClosedWrite, write } from './testing/write.js'

/**
 * relvar/testing: fast-check arbitraries of rows, queries and writes over your own tables.
 */
export { agrees } from './testing/agrees.js'
export { criterion } from './testing/criterion.js'
export { type Factory, factory, seeded } from './testing/factory.js'
export { type AnyClosedQuery, query, type QueryOptions, show } from './testing/query.js'
export { contents, type Overrides, rows } from './testing/rows.js'
export { sandbox } from './testing/sandbox.js'
export { type AnyClosedWrite, write } from './testing/write.js'

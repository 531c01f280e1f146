/**
 * relvar/testing: fast-check arbitraries of rows, queries and writes over your own tables.
 */
export { agrees, type PropertyOptions } from './testing/agrees.js'
export { code, type CodeOptions } from './testing/code.js'
export { criterion } from './testing/criterion.js'
export { type Factory, factory, type FactoryOptions, type ParentFactory, seeded } from './testing/factory.js'
export { atOnce, eachAlone, inPages, type LoadWay, streamed } from './testing/load-ways.js'
export { loadsTheSame, type LoadStrategy } from './testing/loads.js'
export { type Held, type KeyOfRow, type Program, program, type ProgramStep } from './testing/program.js'
export { keepsTheModel } from './testing/program-run.js'
export { type AnyClosedQuery, query, type QueryOptions, show } from './testing/query.js'
export { type ColumnArbitraries, contents, type Overrides, rows } from './testing/rows.js'
export { seed } from './testing/seed.js'
export { sandbox } from './testing/sandbox.js'
export type { TablesOrSchema } from './testing/table-order.js'
export { type AnyClosedWrite, write } from './testing/write.js'
export {
  unusual,
  unusualClause,
  type UnusualClause,
  type UnusualExpr,
  unusualType,
  type UnusualType,
} from './testing/unusual.js'

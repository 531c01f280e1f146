/**
 * What an engine does not keep of the tables that it is told to make.
 */
import type { EngineName } from './custom-node.js'
import type { Ddl } from './ddl-node.js'
import type { Finding } from './lint-facts.js'
import type { TableInfo } from './source.js'

/** The tables that are made. */
const tablesMade = (ddl: Ddl): ReadonlyArray<TableInfo> => {
  switch (ddl._tag) {
    case 'CreateAll':
      return ddl.tables
    case 'CreateTable':
    case 'CreateTableAs':
      return [ddl.table]
    default:
      return []
  }
}

const lostComment = (table: TableInfo, what: string): Finding =>
  Object.freeze({
    _tag: 'LostComment',
    place: '',
    sources: [table.name],
    message: `the comment of ${what} is not kept: SQLite has no comments`,
  })

const lostComments = (table: TableInfo): ReadonlyArray<Finding> => [
  ...(table.comment === null ? [] : [lostComment(table, `"${table.name}"`)]),
  ...table.columns
    .filter((column) => column.comment !== null)
    .map((column) => lostComment(table, `"${table.name}"."${column.name}"`)),
]

/**
 * What an engine does not keep of DDL, as data: comments, which SQLite has no place for. Nothing is run. `withLint` looks at
 * each DDL value before it is sent.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { comment, createAll, integer, lintDdl, schema, table } from 'relvar'
 *
 * const users = table('users', { id: pipe(integer, comment('given by the office')) })
 * const ddl = createAll(schema({ users }))
 * assert.deepStrictEqual(lintDdl('sqlite')(ddl).map((finding) => finding._tag), ['LostComment'])
 * assert.deepStrictEqual(lintDdl('postgres')(ddl), [])
 *
 * @category destructors
 * @since 0.1.0
 */
export const lintDdl =
  (engine: EngineName) =>
  (ddl: Ddl): ReadonlyArray<Finding> =>
    engine === 'sqlite' ? tablesMade(ddl).flatMap(lostComments) : []

/**
 * Indexes as SQL: of columns or expressions, in an order, perhaps of some rows alone.
 */
import { type Either, left, right } from 'fp-ts/lib/Either.js'

import type { CreateIndex, DropIndex } from '../expr/ddl-node.js'
import { canBeNull } from '../expr/outputs.js'
import type { OrderNode } from '../expr/query-node.js'
import type { IndexInfo, TableInfo } from '../expr/source.js'
import { type CompileError, illFormed, unsupported } from './compile-error.js'
import { earlier } from './ddl-constraint.js'
import { columnAt, type DdlContext, listed, makeDdlContext, namesAt, refuse, written } from './ddl-context.js'
import { rowCriterion, rowExpression } from './ddl-expression.js'
import { indexKeyProblem } from './ddl-key-length.js'
import { always, type DdlStep, unless } from './ddl-step.js'
import { type Dialect, isFamily } from './dialect.js'
import { tableSql } from './source.js'

// -------------------------------------------------------------------------------------
// what an engine cannot
// -------------------------------------------------------------------------------------

/** What is wrong with an index of a table, or null. */
export const indexProblem = (dialect: Dialect, table: TableInfo, index: IndexInfo): CompileError | null => {
  const no = (what: string, instead: string): CompileError =>
    unsupported(dialect.name, `${what} (an index of "${table.name}")`, instead)
  const missing = index.include.find((key) => columnAt(table, key) === null)
  if (missing !== undefined)
    return illFormed(`an index of "${table.name}" includes "${missing}", which is no column of it`)
  if (index.include.length > 0 && dialect.name !== 'postgres')
    return no('hold further columns beside those that it is ordered by', 'put them at the end of the columns')
  if (index.where !== null && isFamily(dialect))
    return no(
      'leave rows out of an index',
      index.unique
        ? 'make it of a computed column that is null in the other rows'
        : 'make it of all rows, or of a computed column that is null in the others',
    )
  if (dialect.name === 'mariadb' && index.parts.some((part) => part.expr._tag !== 'Column'))
    return no('index an expression', 'make it of a computed column: generated, generatedAs')
  return indexKeyProblem(dialect, table, index)
}

// -------------------------------------------------------------------------------------
// parts
// -------------------------------------------------------------------------------------

/** The keys of the columns that an index is ordered by; an expression has none. */
const indexColumns = (index: IndexInfo): ReadonlyArray<string> =>
  index.parts.map(({ expr }) => (expr._tag === 'Column' ? expr.key : 'expr'))

/** The name of an index. */
export const indexName = (context: DdlContext, table: TableInfo, index: IndexInfo): string =>
  index.name ??
  context.names({
    kind: 'ix',
    table,
    columns: namesAt(table, indexColumns(index)),
    target: '',
    nth: null,
    before: earlier(table.indexes, index, indexColumns),
  })

/** PostgreSQL alone says where nulls are: as relvar's order has them, so that the index serves it. */
const partSql = (context: DdlContext, table: TableInfo, { expr, direction, nulls }: OrderNode): string => {
  const text = rowExpression(context, table, expr, 'an index')
  const of = expr._tag === 'Column' ? text : `(${text})`
  const natural = direction === 'desc' ? 'first' : 'last'
  const spelled = context.dialect.name === 'postgres' && nulls !== natural && canBeNull(expr, new Set())
  return `${of}${direction === 'desc' ? ' DESC' : ''}${spelled ? ` NULLS ${nulls === 'first' ? 'FIRST' : 'LAST'}` : ''}`
}

const partsSql = (context: DdlContext, table: TableInfo, index: IndexInfo): string =>
  `(${index.parts.map((part) => partSql(context, table, part)).join(', ')})`

const kindSql = (index: IndexInfo): string => (index.unique ? 'UNIQUE INDEX' : 'INDEX')

// -------------------------------------------------------------------------------------
// statements
// -------------------------------------------------------------------------------------

/** An index as a part of CREATE TABLE: MySQL and MariaDB have it there. */
export const indexInside = (context: DdlContext, table: TableInfo, index: IndexInfo): string =>
  `${kindSql(index)} ${context.dialect.quote(indexName(context, table, index))} ${partsSql(context, table, index)}`

/** CREATE INDEX. SQLite names the schema with the index, the others with the table. */
export const createIndexSql = (
  context: DdlContext,
  table: TableInfo,
  index: IndexInfo,
  ifNotExists: boolean,
): string => {
  const { dialect } = context
  const [of, on] = dialect.name === 'sqlite' ? [table.schema, null] : [null, table.schema]
  const name = tableSql(dialect, { schema: of, name: indexName(context, table, index) })
  const include = index.include.length === 0 ? '' : ` INCLUDE ${listed(dialect, namesAt(table, index.include))}`
  const rows = index.where === null ? '' : ` WHERE ${rowCriterion(context, table, index.where, 'an index')}`
  return (
    `CREATE ${kindSql(index)} ${ifNotExists ? 'IF NOT EXISTS ' : ''}${name} ` +
    `ON ${tableSql(dialect, { schema: on, name: table.name })} ${partsSql(context, table, index)}${include}${rows}`
  )
}

/** MySQL has no IF NOT EXISTS of an index, so it is asked for first. */
const hasIndex =
  'SELECT 1 FROM information_schema.statistics WHERE table_schema = coalesce(?, database()) AND table_name = ? AND index_name = ?'

/** The statements that make one index of a table that is there. */
export const createIndex = (
  dialect: Dialect,
  { table, index, naming, ifNotExists }: Omit<CreateIndex, '_tag'>,
): Either<CompileError, ReadonlyArray<DdlStep>> => {
  const context = makeDdlContext(dialect, [table], naming)
  refuse(context, indexProblem(dialect, table, index))
  const asks = ifNotExists && dialect.name === 'mysql'
  const made = always(createIndexSql(context, table, index, ifNotExists && !asks))
  const name = indexName(context, table, index)
  return written(context, asks ? [unless(hasIndex, [table.schema, table.name, name], [made])] : [made])
}

/** The statements that drop an index by its name. */
export const dropIndex = (
  dialect: Dialect,
  { table, name, ifExists }: Omit<DropIndex, '_tag'>,
): Either<CompileError, ReadonlyArray<DdlStep>> => {
  const word = ifExists && dialect.name !== 'mysql' ? 'IF EXISTS ' : ''
  if (!isFamily(dialect))
    return right([always(`DROP INDEX ${word}${tableSql(dialect, { schema: table.schema, name })}`)])
  // The primary key goes by such a name there, and it is no index to drop.
  if (name.toUpperCase() === 'PRIMARY')
    return left(illFormed('the primary key is a constraint: dropConstraint drops it'))
  const drop = always(`DROP INDEX ${word}${dialect.quote(name)} ON ${tableSql(dialect, table)}`)
  return right(
    ifExists && dialect.name === 'mysql'
      ? [unless(`SELECT 1 FROM DUAL WHERE NOT EXISTS (${hasIndex})`, [table.schema, table.name, name], [drop])]
      : [drop],
  )
}

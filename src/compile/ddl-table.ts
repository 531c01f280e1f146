/**
 * One table as statements: its columns, constraints, indexes and comments.
 */
import type { Either } from 'fp-ts/lib/Either.js'

import type { CreateTable, DropTable } from '../expr/ddl-node.js'
import type { ForeignKeyInfo, TableInfo } from '../expr/source.js'
import { columnSql, commentLiteral } from './ddl-column.js'
import { commentSteps } from './ddl-comment.js'
import type { CompileError } from './compile-error.js'
import { checkSql, columnCheckSql, foreignKeySql, primaryKeySql, uniqueSql } from './ddl-constraint.js'
import { type DdlContext, makeDdlContext, refuse, written } from './ddl-context.js'
import { createIndexSql, indexInside } from './ddl-index.js'
import { sharedNameProblem, tableProblem } from './ddl-problem.js'
import { always, type DdlStep } from './ddl-step.js'
import { type Dialect, isFamily } from './dialect.js'
import { tableSql } from './source.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** How a table is made, and which of its foreign keys with it. */
export interface Making {
  readonly ifNotExists: boolean
  readonly temporary: boolean
  readonly foreignKeys: ReadonlyArray<ForeignKeyInfo>
}

// -------------------------------------------------------------------------------------
// text
// -------------------------------------------------------------------------------------

/** What stands between the parentheses of CREATE TABLE. */
const tableParts = (
  context: DdlContext,
  table: TableInfo,
  foreignKeys: ReadonlyArray<ForeignKeyInfo>,
): ReadonlyArray<string> => [
  ...table.columns.map((c) => columnSql(context, table, c)),
  ...primaryKeySql(context, table),
  ...table.uniques.map((unique) => uniqueSql(context, table, unique)),
  ...table.columns.flatMap((c) => columnCheckSql(context, table, c.key) ?? []),
  ...table.checks.map((check) => checkSql(context, table, check)),
  ...foreignKeys.map((key) => foreignKeySql(context, table, key)),
  ...(isFamily(context.dialect) ? table.indexes.map((index) => indexInside(context, table, index)) : []),
]

/** What follows the parentheses: MySQL and MariaDB keep the first of the counted numbers there, and the comment. */
const optionsSql = (context: DdlContext, table: TableInfo): string => {
  const { dialect } = context
  const start = table.columns.find((c) => c.autoIncrement)?.identity?.start
  if (!isFamily(dialect)) return dialect.ddl.tableOptions
  return (
    dialect.ddl.tableOptions +
    (start === undefined ? '' : ` AUTO_INCREMENT = ${String(start)}`) +
    (table.comment === null ? '' : ` COMMENT = ${commentLiteral(context, table.comment, `"${table.name}"`)}`)
  )
}

/** CREATE TABLE as one statement. */
export const createTableSql = (context: DdlContext, table: TableInfo, making: Making): string =>
  `CREATE ${making.temporary ? 'TEMPORARY ' : ''}TABLE ${making.ifNotExists ? 'IF NOT EXISTS ' : ''}` +
  `${tableSql(context.dialect, table)} (${tableParts(context, table, making.foreignKeys).join(', ')})` +
  optionsSql(context, table)

/** SQLite keeps the last of the counted numbers in a table of its own, from the first row on. */
const startSteps = ({ dialect }: DdlContext, table: TableInfo, temporary: boolean): ReadonlyArray<DdlStep> => {
  const start = table.columns.find((c) => c.autoIncrement)?.identity?.start
  if (dialect.name !== 'sqlite' || start === undefined) return []
  const counted = tableSql(dialect, { schema: temporary ? 'temp' : table.schema, name: 'sqlite_sequence' })
  const name = dialect.ddl.literal(table.name)
  return [
    always(
      `INSERT INTO ${counted} (name, seq) SELECT ${name}, ${String(BigInt(start) - 1n)} ` +
        `WHERE NOT EXISTS (SELECT 1 FROM ${counted} WHERE name = ${name})`,
    ),
  ]
}

// -------------------------------------------------------------------------------------
// statements
// -------------------------------------------------------------------------------------

/** What comes after CREATE TABLE. */
const afterwards = (context: DdlContext, table: TableInfo, making: Making): ReadonlyArray<DdlStep> => [
  ...startSteps(context, table, making.temporary),
  ...(isFamily(context.dialect)
    ? []
    : table.indexes.map((index) => always(createIndexSql(context, table, index, making.ifNotExists)))),
  ...commentSteps(context, table, making.ifNotExists),
]

/** The statements that make a table and all that it has. */
export const tableSteps = (context: DdlContext, table: TableInfo, making: Making): ReadonlyArray<DdlStep> => {
  const problem = tableProblem(context.dialect, table, making.temporary)
  refuse(context, problem)
  // What cannot be right cannot be written either.
  if (problem !== null) return []
  return [always(createTableSql(context, table, making)), ...afterwards(context, table, making)]
}

/** The statements of CreateTable. */
export const createTable = (
  dialect: Dialect,
  { table, naming, ifNotExists, temporary }: Omit<CreateTable, '_tag'>,
): Either<CompileError, ReadonlyArray<DdlStep>> => {
  const context = makeDdlContext(dialect, [table], naming)
  refuse(context, sharedNameProblem(dialect, [table]))
  return written(context, tableSteps(context, table, { ifNotExists, temporary, foreignKeys: table.foreignKeys }))
}

/** The statements of DropTable. */
export const dropTable = (dialect: Dialect, { table, ifExists }: Omit<DropTable, '_tag'>): ReadonlyArray<DdlStep> => [
  always(`DROP TABLE ${ifExists ? 'IF EXISTS ' : ''}${tableSql(dialect, table)}`),
]

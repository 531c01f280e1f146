/**
 * A table made of the rows of a query: the table as its value says it, keys and all, then the rows.
 */
import { type Either, isRight } from 'fp-ts/lib/Either.js'

import { paramsOf } from '../expr/children.js'
import type { CreateTableAs } from '../expr/ddl-node.js'
import { outputsOf } from '../expr/outputs.js'
import type { QueryNode } from '../expr/query-node.js'
import type { TableInfo } from '../expr/source.js'
import { type CompileError, illFormed } from './compile-error.js'
import { emptyScope, makeContext } from './context.js'
import { converted } from './convert.js'
import { fronted } from './cte.js'
import { type DdlContext, listed, makeDdlContext, refuse, written } from './ddl-context.js'
import { literalSql, withoutPositions } from './ddl-literal.js'
import type { Question } from './ddl-present.js'
import { always, type DdlStep, unless } from './ddl-step.js'
import { createTableSql, tableSteps } from './ddl-table.js'
import { type Dialect, isFamily } from './dialect.js'
import { namesProblem } from './named-rows.js'
import { nested, unshared } from './read.js'
import { tableSql } from './source.js'
import { join, sql } from './sql.js'
import { assignmentProblem } from './assignment.js'

// -------------------------------------------------------------------------------------
// rows
// -------------------------------------------------------------------------------------

/** The query with its outputs in the order of the table's columns, and under their names. */
const rowsText = (context: DdlContext, table: TableInfo, query: QueryNode): string => {
  const dialect = withoutPositions(context.dialect)
  const own = unshared(query)
  const params = paramsOf(own)
  const inner = makeContext(dialect, nested, params, null)
  inner.strict = true
  const keys = table.columns.map((c) => c.key)
  const flat = nested.flat(inner, emptyScope, own, keys)
  const error = inner.errors[0] ?? (inner.named ? namesProblem(own) : null)
  refuse(context, error)
  if (error !== null) return ''
  const types = new Map(outputsOf(query).map((o) => [o.key, o.type]))
  const values = table.columns.map((c) => {
    const type = types.get(c.key) ?? c.type
    refuse(context, assignmentProblem(`"${table.name}"."${c.name}"`, c.type, type))
    return converted(dialect, [dialect.quote(c.name)], type, c.type)
  })
  const names = table.columns.map((c) => c.name)
  const rows = sql`WITH q ${listed(dialect, names)} AS (${fronted(inner, flat)}) SELECT ${join(values, ', ')} FROM q`
  const text = literalSql(dialect, rows, params)
  if (isRight(text)) return text.right
  refuse(context, text.left)
  return ''
}

// -------------------------------------------------------------------------------------
// whether it is there
// -------------------------------------------------------------------------------------

/** The question for a table where CREATE TABLE would make it. */
const madeBefore = (dialect: Dialect, table: TableInfo, temporary: boolean): Question => {
  switch (dialect.name) {
    case 'postgres':
      return {
        sql:
          'SELECT 1 FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace ' +
          'WHERE c.relname = CAST($1 AS text) AND ' +
          (temporary ? 'n.oid = pg_my_temp_schema()' : 'n.nspname = coalesce(CAST($2 AS text), current_schema())'),
        parameters: temporary ? [table.name] : [table.name, table.schema],
      }
    case 'mysql':
    case 'mariadb':
      return {
        sql: 'SELECT 1 FROM information_schema.tables WHERE table_name = ? AND table_schema = coalesce(?, database())',
        parameters: [table.name, table.schema],
      }
    case 'sqlite':
      return {
        sql: 'SELECT 1 FROM pragma_table_list WHERE name = ? COLLATE NOCASE AND schema = ? COLLATE NOCASE',
        parameters: [table.name, temporary ? 'temp' : (table.schema ?? 'main')],
      }
  }
}

// -------------------------------------------------------------------------------------
// statements
// -------------------------------------------------------------------------------------

/** A column whose values the database alone gives. */
const ownValue = (table: TableInfo): CompileError | null => {
  const column = table.columns.find((c) => c.generated !== null || c.identity?.always === true)
  return column === undefined
    ? null
    : illFormed(`createTableAs: the database makes "${table.name}"."${column.name}", so no query can bring it`)
}

/** The statements of CreateTableAs. MySQL and MariaDB do it in one, which is done whole or not at all. */
export const createTableAs = (
  dialect: Dialect,
  { table, query, naming, ifNotExists, temporary }: Omit<CreateTableAs, '_tag'>,
): Either<CompileError, ReadonlyArray<DdlStep>> => {
  const context = makeDdlContext(dialect, [table], naming)
  refuse(context, ownValue(table))
  const making = { ifNotExists: false, temporary, foreignKeys: table.foreignKeys }
  const made = tableSteps(context, table, making)
  const rows = rowsText(context, table, query)
  // MySQL has no foreign keys in a table that is made of a query.
  if (isFamily(dialect) && table.foreignKeys.length === 0 && context.errors.length === 0)
    return written(context, [always(`${createTableSql(context, table, { ...making, ifNotExists })} ${rows}`)])
  const names = listed(
    dialect,
    table.columns.map((c) => c.name),
  )
  const steps = [...made, always(`INSERT INTO ${tableSql(dialect, table)} ${names} ${rows}`)]
  if (!ifNotExists) return written(context, steps)
  const question = madeBefore(dialect, table, temporary)
  return written(context, [unless(question.sql, question.parameters, steps)])
}

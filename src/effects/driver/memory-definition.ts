/**
 * A table's definition as memory keeps it: each constraint under the name that an engine gives it, and its expressions about the
 * columns that are there.
 */
import { makeDdlContext } from '../../compile/ddl-context.js'
import { checkConstraintName, foreignKeyName, primaryKeyName, uniqueName } from '../../compile/ddl-constraint.js'
import { indexName } from '../../compile/ddl-index.js'
import type { Dialect } from '../../compile/dialect.js'
import { postgresDialect } from '../../compile/dialect/postgres.js'
import { column, type ColumnNode, type ExprNode } from '../../expr/node.js'
import { rewriteExpr } from '../../expr/rewrite.js'
import { type NamingConvention, tableIdentity } from '../../expr/schema.js'
import type { ColumnInfo, ForeignKeyInfo, TableInfo, TableSource } from '../../expr/source.js'
import type { Tables } from '../../interpret/tables.js'

// -------------------------------------------------------------------------------------
// names
// -------------------------------------------------------------------------------------

const postgres = postgresDialect()

/** The dialect whose definitions memory takes, and whose names it gives. What is computed each time it is read is no matter here. */
export const definitions: Dialect = Object.freeze({ ...postgres, ddl: { ...postgres.ddl, virtualColumns: true } })

/** The tables with a name for each constraint and index that says none of its own. */
export const named = (tables: ReadonlyArray<TableInfo>, naming: NamingConvention): ReadonlyArray<TableInfo> => {
  const context = makeDdlContext(definitions, tables, naming)
  return tables.map((info) =>
    info.view !== null
      ? info
      : Object.freeze({
          ...info,
          primaryKeyName: info.primaryKey.length === 0 ? null : primaryKeyName(context, info),
          uniques: info.uniques.map((unique) => ({ ...unique, name: uniqueName(context, info, unique) })),
          checks: info.checks.map((check) => ({ ...check, name: checkConstraintName(context, info, check) })),
          indexes: info.indexes.map((index) => ({ ...index, name: indexName(context, info, index) })),
          foreignKeys: info.foreignKeys.map((key) => ({
            ...key,
            target: { ...key.target, name: foreignKeyName(context, info, key) },
          })),
        }),
  )
}

// -------------------------------------------------------------------------------------
// columns
// -------------------------------------------------------------------------------------

/** Which column of the table is meant; null where none is. */
export type ColumnOf = (node: ColumnNode) => ColumnInfo | null

/** An expression about one row of a table, of the columns that it has now. */
export const aboutNow = (info: TableInfo, columnOf: ColumnOf, expr: ExprNode): ExprNode => {
  const source: TableSource = { _tag: 'TableSource', name: info.name, table: info, computed: [] }
  return rewriteExpr(
    {
      name: '',
      column: (c) => c,
      source: null,
      mentions: new Set(),
      param: null,
      replace: (e) => {
        const own = e._tag === 'Column' ? columnOf(e) : null
        return own === null ? null : column(source, own.key, own.name, own.type, own.nullable)
      },
    },
    expr,
  )
}

/** The table with all its expressions about the columns that it has now. */
export const settledIn = (info: TableInfo, columnOf: ColumnOf): TableInfo => {
  const about = (expr: ExprNode): ExprNode => aboutNow(info, columnOf, expr)
  return Object.freeze({
    ...info,
    columns: info.columns.map((c) =>
      c.generated === null ? c : { ...c, generated: { ...c.generated, expr: about(c.generated.expr) } },
    ),
    checks: info.checks.map((check) => ({ ...check, expr: about(check.expr) })),
    indexes: info.indexes.map((index) => ({
      ...index,
      parts: index.parts.map((part) => ({ ...part, expr: about(part.expr) })),
      where: index.where === null ? null : about(index.where),
    })),
  })
}

/** By its name in the database: what was said of another value of the table. */
export const byName =
  ({ columns }: TableInfo): ColumnOf =>
  (node) =>
    columns.find((c) => c.name === node.name) ?? null

/** By the key that the table knows it by: its name may be another one by now. */
export const byKey =
  ({ columns }: TableInfo): ColumnOf =>
  (node) =>
    columns.find((c) => c.key === node.key) ?? null

// -------------------------------------------------------------------------------------
// foreign keys
// -------------------------------------------------------------------------------------

/** A foreign key that knows the columns it leads to by the keys that they have there. */
const leading = (tables: Tables, key: ForeignKeyInfo): ForeignKeyInfo => {
  const { target } = key
  const id = tableIdentity({ schema: target.schema, name: target.table })
  const there = tables.infos.find((info) => tableIdentity(info) === id)
  const columns = target.names.map(
    (name, i) => there?.columns.find((c) => c.name === name)?.key ?? target.columns[i] ?? name,
  )
  return columns.every((c, i) => c === target.columns[i]) ? key : { ...key, target: { ...target, columns } }
}

/** The tables with foreign keys that lead to the columns of those that are there. */
export const withReferences = (tables: Tables): Tables => {
  const infos = tables.infos.map((info) => {
    const foreignKeys = info.foreignKeys.map((key) => leading(tables, key))
    return foreignKeys.every((key, i) => key === info.foreignKeys[i]) ? info : Object.freeze({ ...info, foreignKeys })
  })
  return infos.every((info, i) => info === tables.infos[i]) ? tables : Object.freeze({ ...tables, infos })
}

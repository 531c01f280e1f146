/**
 * What the conflict of an insert sees: the row that is there, and the new one.
 */
import type { Assignment } from '../expr/query-node.js'
import { at, type Bound, type Context, type Scope } from './context.js'
import type { Dialect } from './dialect.js'
import { criterionSql } from './expression.js'
import { tableColumn } from './source.js'
import type { Sql } from './sql.js'
import type { UpsertNode } from './upsert-key.js'
import { assignedTo, targetScope } from './write.js'

// -------------------------------------------------------------------------------------
// scope
// -------------------------------------------------------------------------------------

export const excludedName = 'excluded'

/** What the new row is called in SQL, where the compiler may say so: a table may have that name. */
export const excludedAlias = ({ into }: UpsertNode): string =>
  into.table.name.toLowerCase() === excludedName ? 'excluded_row' : excludedName

/** A column of the new row. MySQL gives that row a name; MariaDB knows no name for it. */
const excludedColumn = (dialect: Dialect, upsert: UpsertNode): ((key: string) => string | null) => {
  const { table } = upsert.into
  if (dialect.name !== 'mariadb') return (key) => tableColumn(dialect, dialect.quote(excludedAlias(upsert)), table, key)
  return (key) => {
    const column = table.columns.find((c) => c.key === key)
    return column === undefined ? null : `VALUE(${dialect.quote(column.name)})`
  }
}

/** The row that is there, and the new one. */
export const conflictScope = (context: Context, upsert: UpsertNode): Scope => {
  const scope = targetScope(context, upsert.into)
  const excluded: Bound = {
    source: { ...upsert.into, name: excludedName, computed: [] },
    alias: context.dialect.quote(excludedAlias(upsert)),
    column: excludedColumn(context.dialect, upsert),
    presence: null,
    marker: null,
    optional: false,
  }
  return { bound: new Map([...scope.bound, [excludedName, excluded]]), outer: null }
}

/** A new value of a row that is there. */
export const changeSql = (context: Context, scope: Scope, upsert: UpsertNode, a: Assignment): Sql =>
  at(context, 'set', () => assignedTo(context, scope, upsert.into.table, a))

/** Which rows are changed; null: all. */
export const conditionSql = (context: Context, scope: Scope, { conflict: { action } }: UpsertNode): Sql | null => {
  const where = action._tag === 'Update' ? action.where : null
  return where === null ? null : at(context, 'where', () => criterionSql(context, scope, where, 'where'))
}

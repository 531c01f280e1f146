/**
 * Columns that the database changes or makes by itself, by a foreign key or by counting: what else may depend on them.
 */
import type { ForeignKeyInfo, TableInfo } from '../expr/source.js'
import { type CompileError, illFormed, unsupported } from './compile-error.js'
import { namesAt } from './ddl-context.js'
import { mentionedKeys } from './ddl-expression.js'
import { type Dialect, isFamily } from './dialect.js'

/** Whether the columns of a foreign key get other values where the row that they refer to goes or changes its key. */
const changes = ({ target: { onDelete, onUpdate } }: ForeignKeyInfo): boolean =>
  onDelete === 'setNull' ||
  onDelete === 'setDefault' ||
  onUpdate === 'cascade' ||
  onUpdate === 'setNull' ||
  onUpdate === 'setDefault'

const keysOf = (keys: ReadonlyArray<ForeignKeyInfo>): ReadonlySet<string> => new Set(keys.flatMap((key) => key.columns))

const quoted = (table: TableInfo, key: string): string => `"${table.name}"."${namesAt(table, [key])[0] ?? key}"`

/** A computed column that a foreign key would change: no engine can. */
const computedReference = (table: TableInfo): CompileError | null => {
  const changed = keysOf(table.foreignKeys.filter(changes))
  const column = table.columns.find((c) => c.generated !== null && changed.has(c.key))
  return column === undefined
    ? null
    : illFormed(
        `${quoted(table, column.key)} is computed: no foreign key changes it, so 'restrict', or onDelete 'cascade'`,
      )
}

/** MySQL and MariaDB look at no check where a foreign key changes the column, so they refuse it; nor where the column is counted. */
const checkProblem = (
  dialect: Dialect,
  table: TableInfo,
  changed: ReadonlySet<string>,
  counted: ReadonlySet<string>,
): CompileError | null => {
  const typed = table.columns.filter((c) => dialect.type(c.type).check !== null).map((c) => c.key)
  const checked = [...typed, ...table.checks.flatMap(({ expr }) => [...mentionedKeys(expr)])]
  const key = checked.find((k) => changed.has(k))
  if (key !== undefined)
    return unsupported(
      dialect.name,
      `check ${quoted(table, key)}, which a foreign key changes`,
      "'restrict', or onDelete 'cascade'",
    )
  const automatic = checked.find((k) => counted.has(k))
  return automatic === undefined
    ? null
    : unsupported(
        dialect.name,
        `check ${quoted(table, automatic)}, which it counts itself`,
        'leave it out of the check',
      )
}

/** MySQL and MariaDB compute nothing of a column that they count, and keep nothing of one that a foreign key changes. */
const generatedProblem = (
  dialect: Dialect,
  table: TableInfo,
  changed: ReadonlySet<string>,
  counted: ReadonlySet<string>,
): CompileError | null => {
  for (const column of table.columns) {
    if (column.generated === null) continue
    const read = [...mentionedKeys(column.generated.expr)]
    const automatic = read.find((key) => counted.has(key))
    if (automatic !== undefined)
      return unsupported(
        dialect.name,
        `compute of ${quoted(table, automatic)}, which it counts itself`,
        'compute it in the query',
      )
    const key = column.generated.stored ? read.find((k) => changed.has(k)) : undefined
    if (key !== undefined)
      return unsupported(
        dialect.name,
        `keep what is computed of ${quoted(table, key)}, which a foreign key changes`,
        '{ stored: false }',
      )
  }
  return null
}

/** What is wrong with what depends on such columns, or null. */
export const changedColumnProblem = (dialect: Dialect, table: TableInfo): CompileError | null => {
  const computed = computedReference(table)
  if (computed !== null || !isFamily(dialect)) return computed
  const counted = new Set(table.columns.filter((c) => c.autoIncrement).map((c) => c.key))
  const changing = table.foreignKeys.filter(changes)
  // MySQL takes a row that goes along for one that changes.
  const kept =
    dialect.name === 'mysql' ? table.foreignKeys.filter((k) => changes(k) || k.target.onDelete === 'cascade') : changing
  return (
    checkProblem(dialect, table, keysOf(changing), counted) ?? generatedProblem(dialect, table, keysOf(kept), counted)
  )
}

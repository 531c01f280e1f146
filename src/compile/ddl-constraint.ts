/**
 * Constraints as SQL: keys, uniqueness, checks, foreign keys, each with its name.
 */
import { isFamily } from './dialect.js'
import { tableIdentity } from '../expr/schema.js'
import type { Deferrable } from '../expr/foreign-key.js'
import type { CheckInfo, ForeignKeyInfo, TableInfo, UniqueInfo } from '../expr/source.js'
import { isHeldByCheck, isWritten } from './ddl-column.js'
import { columnAt, type DdlContext, listed, namesAt } from './ddl-context.js'
import { rowCriterion } from './ddl-expression.js'
import type { NameKind } from './ddl-names.js'
import { tableSql } from './source.js'

// -------------------------------------------------------------------------------------
// names
// -------------------------------------------------------------------------------------

const sameKeys = (a: ReadonlyArray<string>, b: ReadonlyArray<string>): boolean =>
  a.length === b.length && a.every((key, i) => key === b[i])

/** How many of these columns stand before one of them. */
export const earlier = <A>(all: ReadonlyArray<A>, one: A, columns: (of: A) => ReadonlyArray<string>): number => {
  const at = all.indexOf(one)
  return at < 0 ? 0 : all.slice(0, at).filter((before) => sameKeys(columns(before), columns(one))).length
}

const nameOf = (
  { names }: DdlContext,
  kind: NameKind,
  table: TableInfo,
  keys: ReadonlyArray<string>,
  more: { readonly target?: string; readonly nth?: number; readonly before?: number } = {},
): string =>
  names({
    kind,
    table,
    columns: namesAt(table, keys),
    target: more.target ?? '',
    nth: more.nth ?? null,
    before: more.before ?? 0,
  })

/** The name of a foreign key. */
export const foreignKeyName = (context: DdlContext, table: TableInfo, key: ForeignKeyInfo): string =>
  key.target.name ??
  nameOf(context, 'fk', table, key.columns, {
    target: key.target.table,
    before: earlier(table.foreignKeys, key, (k) => k.columns),
  })

/** The name of a unique constraint. */
export const uniqueName = (context: DdlContext, table: TableInfo, unique: UniqueInfo): string =>
  unique.name ??
  nameOf(context, 'uq', table, unique.columns, { before: earlier(table.uniques, unique, (u) => u.columns) })

/** The name of a check. */
export const checkConstraintName = (context: DdlContext, table: TableInfo, check: CheckInfo): string => {
  const at = table.checks.indexOf(check)
  return check.name ?? nameOf(context, 'ck', table, [], { nth: (at < 0 ? table.checks.length : at) + 1 })
}

/** The name of the primary key; MySQL, MariaDB and SQLite keep none. */
export const primaryKeyName = (context: DdlContext, table: TableInfo): string =>
  table.primaryKeyName ?? nameOf(context, 'pk', table, table.primaryKey)

const constraint = ({ dialect }: DdlContext, name: string, what: string): string =>
  `CONSTRAINT ${dialect.quote(name)} ${what}`

const deferrableSql = (deferrable: Deferrable | null): string =>
  deferrable === null ? '' : ` DEFERRABLE INITIALLY ${deferrable === 'deferred' ? 'DEFERRED' : 'IMMEDIATE'}`

// -------------------------------------------------------------------------------------
// keys and uniqueness
// -------------------------------------------------------------------------------------

/** The primary key with its columns in its own order; none where it stands with its column. */
export const primaryKeySql = (context: DdlContext, table: TableInfo): ReadonlyArray<string> => {
  const { dialect } = context
  const { primaryKey } = table
  if (primaryKey.length === 0 || table.columns.some((c) => c.primaryKey && isWritten(dialect, c))) return []
  const key = `PRIMARY KEY ${listed(dialect, namesAt(table, primaryKey))}`
  return [dialect.name === 'postgres' ? constraint(context, primaryKeyName(context, table), key) : key]
}

export const uniqueSql = (context: DdlContext, table: TableInfo, unique: UniqueInfo): string =>
  constraint(
    context,
    uniqueName(context, table, unique),
    `UNIQUE ${listed(context.dialect, namesAt(table, unique.columns))}${deferrableSql(unique.deferrable)}`,
  )

// -------------------------------------------------------------------------------------
// checks
// -------------------------------------------------------------------------------------

export const checkSql = (context: DdlContext, table: TableInfo, check: CheckInfo): string =>
  constraint(
    context,
    checkConstraintName(context, table, check),
    `CHECK (${rowCriterion(context, table, check.expr, 'a check')})`,
  )

/** What the engine's type does not say of a column by itself; null where it says all. */
export const columnCheckSql = (context: DdlContext, table: TableInfo, key: string): string | null => {
  const { dialect } = context
  const column = columnAt(table, key)
  if (column === null || isWritten(dialect, column)) return null
  const name = dialect.quote(column.name)
  const held = [
    dialect.type(column.type).check?.(name) ?? null,
    isHeldByCheck(dialect, column) ? `${name} IS NOT NULL` : null,
  ].filter((holds) => holds !== null)
  return held.length === 0
    ? null
    : constraint(context, nameOf(context, 'ck', table, [key]), `CHECK (${held.join(' AND ')})`)
}

// -------------------------------------------------------------------------------------
// foreign keys
// -------------------------------------------------------------------------------------

export const targetId = (key: ForeignKeyInfo): string =>
  tableIdentity({ schema: key.target.schema, name: key.target.table })

const actionWords = {
  noAction: 'NO ACTION',
  restrict: 'RESTRICT',
  cascade: 'CASCADE',
  setNull: 'SET NULL',
  setDefault: 'SET DEFAULT',
} as const

/** InnoDB wants the columns in the order of the key that they point to; which pairs there are stays the same. */
const pairsOf = (
  context: DdlContext,
  { columns, target }: ForeignKeyInfo,
): ReadonlyArray<readonly [string, string]> => {
  const pairs = columns.map((key, i) => [key, target.columns[i] ?? '', target.names[i] ?? ''] as const)
  const there = isFamily(context.dialect)
    ? context.tables.get(tableIdentity({ schema: target.schema, name: target.table }))
    : undefined
  const keys = there === undefined ? [] : [there.primaryKey, ...there.uniques.map((u) => u.columns)]
  const same = keys.filter((key) => key.length === columns.length && key.every((k) => target.columns.includes(k)))
  const order = same.some((key) => sameKeys(key, target.columns)) ? undefined : same[0]
  const sorted =
    order === undefined ? pairs : order.flatMap((key) => pairs.filter(([, targetKey]) => targetKey === key))
  return sorted.map(([key, , name]) => [key, name])
}

export const foreignKeySql = (context: DdlContext, table: TableInfo, key: ForeignKeyInfo): string => {
  const { dialect } = context
  const { target } = key
  const pairs = pairsOf(context, key)
  // SQLite's foreign keys stay in their schema and do not name it.
  const there = tableSql(dialect, { schema: dialect.name === 'sqlite' ? null : target.schema, name: target.table })
  const own = listed(
    dialect,
    namesAt(
      table,
      pairs.map(([column]) => column),
    ),
  )
  const others = listed(
    dialect,
    pairs.map(([, name]) => name),
  )
  const actions =
    (target.onDelete === 'noAction' ? '' : ` ON DELETE ${actionWords[target.onDelete]}`) +
    (target.onUpdate === 'noAction' ? '' : ` ON UPDATE ${actionWords[target.onUpdate]}`)
  return constraint(
    context,
    foreignKeyName(context, table, key),
    `FOREIGN KEY ${own} REFERENCES ${there} ${others}${actions}${deferrableSql(target.deferrable)}`,
  )
}

/**
 * ON DUPLICATE KEY UPDATE of MySQL and MariaDB. It meets a row by any key of it and does not tell what it did: the statement tells it
 * by LAST_INSERT_ID, which an expression can set, and which comes with the answer.
 */
import { unsupported } from './compile-error.js'
import type { Context, Scope } from './context.js'
import { tableColumn } from './source.js'
import { join, type Sql, sql } from './sql.js'
import type { MetKey, UpsertNode } from './upsert-key.js'
import { changeSql, conditionSql, conflictScope, excludedName } from './upsert-scope.js'
import { columnOf, leftToRight } from './write.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * What a statement tells of its rows: those that it wrote, by RETURNING and its count; `row`: what became of its one row; `count`:
 * how many rows it left as they are; `all`: nothing, since it writes every row.
 */
export type Tells = 'native' | 'row' | 'count' | 'all'

// -------------------------------------------------------------------------------------
// text
// -------------------------------------------------------------------------------------

/**
 * What LAST_INSERT_ID is set to, far from any key that an engine makes: `start` and 1 where the row that was met is changed, 2 more
 * for each row that is left as it is, and 4 where the row was met by another key.
 */
export const signals = Object.freeze({
  start: 13835058055282163712n,
  changed: 13835058055282163713n,
  kept: 13835058055282163714n,
  other: 13835058055282163716n,
})

const matchSql = (context: Context, scope: Scope, upsert: UpsertNode, met: MetKey): Sql => {
  const own = scope.bound.get(upsert.into.name)
  const excluded = scope.bound.get(excludedName)
  const pairs = met.columns.map((key) => [`${own?.column(key) ?? 'NULL'} = ${excluded?.column(key) ?? 'NULL'}`])
  return join(pairs, ' AND ')
}

/** The value that LAST_INSERT_ID takes for a row that was met. */
const signalSql = (tells: 'row' | 'count', changes: boolean, condition: Sql | null, match: Sql | null): Sql => {
  const changed = tells === 'row' ? `${signals.changed}` : 'LAST_INSERT_ID() | 1'
  const kept = tells === 'row' ? `${signals.kept}` : '((LAST_INSERT_ID() >> 1) << 1) + 2'
  const met = !changes
    ? sql`${kept}`
    : condition === null
      ? sql`${changed}`
      : sql`CASE WHEN ${condition} THEN ${changed} ELSE ${kept} END`
  return match === null ? met : sql`CASE WHEN ${match} THEN ${met} ELSE ${signals.other.toString()} END`
}

export const onDuplicateSql = (context: Context, upsert: UpsertNode, met: MetKey | null, tells: Tells): Sql => {
  const { table, name } = upsert.into
  const scope = conflictScope(context, upsert)
  const { action } = upsert.conflict
  const old = (key: string): string =>
    tableColumn(context.dialect, context.dialect.quote(table.name), table, key) ?? 'NULL'
  const condition = conditionSql(context, scope, upsert)
  const match = met === null || tells !== 'row' ? null : matchSql(context, scope, upsert, met)
  const signal =
    tells === 'row' || tells === 'count' ? signalSql(tells, action._tag === 'Update', condition, match) : null
  if (action._tag === 'Nothing') {
    const key = met?.columns[0] ?? table.primaryKey[0] ?? table.columns[0]?.key ?? ''
    const kept = signal === null ? [old(key)] : sql`IF(LAST_INSERT_ID(${signal}), ${old(key)}, ${old(key)})`
    return sql` ON DUPLICATE KEY UPDATE ${columnOf(context, table, key)} = ${kept}`
  }
  const ordered = leftToRight(action.set, name)
  if (ordered === null)
    context.errors.push(
      unsupported(context.dialect.name, 'set columns from each other at once', 'read the rows and write their values'),
    )
  if (ordered?.some((a, i) => a !== action.set[i]) === true)
    context.notes.add('assignments are put into an order in which each sees the old row')
  const set = (ordered ?? []).map((a, i) => {
    const value = changeSql(context, scope, upsert, a)
    const column = columnOf(context, table, a.key)
    if (signal === null) return sql`${column} = ${value}`
    // What is decided of the row is decided before its first column changes, and known to those that follow.
    const decided = i === 0 ? sql`LAST_INSERT_ID(${signal})` : sql`LAST_INSERT_ID()`
    return sql`${column} = IF(${decided} & 1, ${value}, ${old(a.key)})`
  })
  return sql` ON DUPLICATE KEY UPDATE ${join(set, ', ')}`
}

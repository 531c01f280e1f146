/**
 * Reading inserted rows again by their keys, where the engine has no RETURNING.
 */
import { type Either, left, right } from 'fp-ts/lib/Either.js'

import type { InsertNode } from '../expr/query-node.js'
import type { ColumnInfo } from '../expr/source.js'
import { bigintType } from '../expr/sql-type.js'
import { keysAlias } from './change.js'
import { type CompileError, unsupported } from './compile-error.js'
import { casting } from './context.js'
import type { Dialect, KeysSource } from './dialect.js'
import { tableSql } from './source.js'
import { join, type Sql, sql } from './sql.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** `keyColumns`: the columns by whose values, which the rows gave, they are found; null: by the keys that the engine made. */
export interface Again {
  readonly written: Sql
  readonly keyColumns: ReadonlyArray<string> | null
}

// -------------------------------------------------------------------------------------
// text
// -------------------------------------------------------------------------------------

const keySlot = (dialect: Dialect, column: number, cast: string | null): Sql => [
  {
    source: { _tag: 'Keys', column },
    encode: () => null,
    place: 'keys of inserted rows',
    nullable: false,
    ...casting(dialect, cast),
  },
]

const byFirstKey = (
  dialect: Dialect,
  insert: InsertNode,
  generated: ColumnInfo,
  outputs: ReadonlyArray<Sql>,
): Again => {
  const { table } = insert.into
  const key = `${dialect.quote(table.name)}.${dialect.quote(generated.name)}`
  const { cast } = dialect.type(bigintType)
  const [first, count] = [keySlot(dialect, 0, cast), keySlot(dialect, 1, cast)]
  // A simple INSERT has consecutive keys in steps of the session's increment, whatever other sessions do meanwhile:
  // https://dev.mysql.com/doc/refman/8.4/en/innodb-auto-increment-handling.html
  const step = '@@auto_increment_increment'
  const those = sql`${key} BETWEEN ${first} AND ${first} + ${count} * ${step} AND (${key} - ${first}) % ${step} = 0`
  return {
    written: sql`SELECT ${join(outputs, ', ')} FROM ${tableSql(dialect, table)} WHERE ${those} ORDER BY ${key}`,
    keyColumns: null,
  }
}

const byGivenKeys = (dialect: Dialect, insert: InsertNode, outputs: ReadonlyArray<Sql>): Again => {
  const { table } = insert.into
  const columns = table.columns.filter((c) => c.primaryKey)
  const types = columns.map((c) => c.type)
  const source: KeysSource = dialect.keys(keysAlias(table.name), types, [keySlot(dialect, 0, null)])
  const name = dialect.quote(table.name)
  const on = columns.map((c, i) => `${name}.${dialect.quote(c.name)} = ${source.columns[i] ?? ''}`).join(' AND ')
  return {
    written: sql`SELECT ${join(outputs, ', ')} FROM ${source.from} INNER JOIN ${tableSql(dialect, table)} ON ${on} ORDER BY ${source.ordinal}`,
    keyColumns: columns.map((c) => c.key),
  }
}

/** What reads the rows again; `givesKeys`: whether each row gives its primary key as a value. */
export const readAgain = (
  dialect: Dialect,
  insert: InsertNode,
  generated: ColumnInfo | null,
  outputs: ReadonlyArray<Sql>,
  givesKeys: boolean,
): Either<CompileError, Again> => {
  if (generated !== null) return right(byFirstKey(dialect, insert, generated, outputs))
  return insert.into.table.primaryKey.length > 0 && givesKeys
    ? right(byGivenKeys(dialect, insert, outputs))
    : left(
        unsupported(
          dialect.name,
          `return inserted rows of "${insert.into.table.name}"`,
          'the table needs a primary key whose values the rows or the database give',
        ),
      )
}

/**
 * Rows of values as a query whose outputs are c0, c1, …
 */
import type { ValuesSource } from '../expr/source.js'
import { casted } from './typed-column.js'
import { illFormed } from './compile-error.js'
import { type Context, failed, nextAlias, slot } from './context.js'
import { join, type Sql, sql } from './sql.js'

/** A value with a type of its own: among rows of a column an engine would look at the first, and a null has none. */
const cell = (context: Context, source: ValuesSource, at: number, row: number): Sql => {
  const column = source.columns[at]
  const e = source.rows[row]?.[at]
  if (column === undefined || e === undefined || e._tag !== 'Param')
    return failed(context, illFormed(`values "${source.name}": a row has a value for each column`))
  const { name } = context.dialect
  // PostgreSQL has the type from the parameter's own cast.
  const place: Sql = [slot(context, e, `${source.name}.${column.key} of row ${row + 1}`, name !== 'postgres')]
  return name === 'postgres' ? place : casted(context.dialect, column.type, place)
}

/** The rows as a query; of no row at all, a query that gives none. */
export const valuesSql = (context: Context, source: ValuesSource): Sql => {
  const { dialect } = context
  const cells = source.rows.map((row, at) =>
    join(
      row.map((_, i) => cell(context, source, i, at)),
      ', ',
    ),
  )
  const names = source.columns.map((_, i) => `c${i}`)
  if (cells.length === 0) {
    const nulls = source.columns.map((c, i) => sql`${casted(dialect, c.type, ['NULL'])} AS ${`c${i}`}`)
    const t = nextAlias(context)
    return sql`SELECT * FROM (SELECT ${join(nulls, ', ')}) AS ${t} WHERE ${dialect.boolean(false)}`
  }
  const t = nextAlias(context)
  switch (dialect.name) {
    case 'postgres':
      return sql`SELECT * FROM (VALUES (${join(cells, '), (')})) AS ${t} (${names.join(', ')})`
    case 'mysql':
      return sql`SELECT * FROM (VALUES ROW(${join(cells, '), ROW(')})) AS ${t} (${names.join(', ')})`
    case 'mariadb':
      // MariaDB has no column list for a derived table, and one for a name in front.
      return sql`WITH ${t} (${names.join(', ')}) AS (VALUES (${join(cells, '), (')})) SELECT * FROM ${t}`
    case 'sqlite':
      return sql`WITH ${t} (${names.join(', ')}) AS (VALUES (${join(cells, '), (')})) SELECT * FROM ${t}`
  }
}

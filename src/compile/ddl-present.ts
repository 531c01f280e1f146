/**
 * Whether a table or a view is there: a question to the engine's catalogue.
 */
import type { Dialect } from './dialect.js'
import type { TableName } from './statement.js'

/** A question whose rows say that something is there. */
export interface Question {
  readonly sql: string
  readonly parameters: ReadonlyArray<string | null>
}

/**
 * The question for a table or a view. Without a schema `asked` means what a query would read: PostgreSQL looks through its search
 * path, SQLite through all that is attached. `made` means what CREATE would meet: the schema of the session alone.
 */
export const presence = ({ name, placeholder }: Dialect, table: TableName, what: 'asked' | 'made'): Question => {
  switch (name) {
    case 'postgres': {
      const visible = what === 'asked' ? 'pg_catalog.pg_table_is_visible(c.oid)' : 'n.nspname = current_schema()'
      return {
        sql:
          'SELECT 1 FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace ' +
          `WHERE c.relname = CAST(${placeholder(1)} AS text) AND c.relkind IN ('r', 'p', 'v', 'm', 'f') ` +
          `AND CASE WHEN CAST(${placeholder(2)} AS text) IS NULL THEN ${visible} ` +
          `ELSE n.nspname = CAST(${placeholder(2)} AS text) END`,
        parameters: [table.name, table.schema],
      }
    }
    case 'mysql':
    case 'mariadb':
      return {
        sql: `SELECT 1 FROM information_schema.tables WHERE table_name = ? AND table_schema = coalesce(?, database())`,
        parameters: [table.name, table.schema],
      }
    case 'sqlite':
      return {
        sql: `SELECT 1 FROM pragma_table_list WHERE name = ? COLLATE NOCASE AND schema = coalesce(?, ${what === 'asked' ? 'schema' : "'main'"}) COLLATE NOCASE`,
        parameters: [table.name, table.schema],
      }
  }
}

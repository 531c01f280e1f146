/**
 * Making and dropping the tables of a schema: the statements and their order.
 */
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'

import type { Ddl } from '../expr/ddl.js'
import { tableIdentity } from '../expr/schema.js'
import type { ForeignKeyInfo, TableInfo } from '../expr/source.js'
import { type CompileError, unsupported } from './compile-error.js'
import { namesOf } from './ddl-names.js'
import { createTable, type DdlContext, foreignKeyName, foreignKeySql, targetId } from './ddl-table.js'
import type { Dialect } from './dialect.js'
import { tableSql } from './source.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A statement, and the question whose rows say that it has been done before. */
export interface DdlStep {
  readonly sql: string
  readonly unless: { readonly sql: string; readonly parameters: ReadonlyArray<string | null> } | null
}

const always = (sql: string): DdlStep => ({ sql, unless: null })

// -------------------------------------------------------------------------------------
// order
// -------------------------------------------------------------------------------------

/** Tables so that each comes after those it refers to; in a cycle the first named comes first. */
const parentsFirst = (tables: ReadonlyArray<TableInfo>): ReadonlyArray<TableInfo> => {
  const byId = new Map(tables.map((t) => [tableIdentity(t), t]))
  const sorted: Array<TableInfo> = []
  const seen = new Set<TableInfo>()
  const visit = (t: TableInfo): void => {
    if (seen.has(t)) return
    seen.add(t)
    for (const key of t.foreignKeys) {
      const target = byId.get(targetId(key))
      if (target !== undefined) visit(target)
    }
    sorted.push(t)
  }
  tables.forEach(visit)
  return sorted
}

interface LateKey {
  readonly table: TableInfo
  readonly key: ForeignKeyInfo
}

/** The foreign keys that lead to a table further back: those that close a cycle. */
const lateKeys = (sorted: ReadonlyArray<TableInfo>): ReadonlyArray<LateKey> => {
  const made = new Set<string>()
  return sorted.flatMap((table) => {
    made.add(tableIdentity(table))
    return table.foreignKeys.filter((key) => !made.has(targetId(key))).map((key) => ({ table, key }))
  })
}

// -------------------------------------------------------------------------------------
// statements
// -------------------------------------------------------------------------------------

/** The statements of a DDL value in their order. */
export const ddlSteps = (dialect: Dialect, ddl: Ddl): Either<CompileError, ReadonlyArray<DdlStep>> => {
  if (ddl._tag !== 'CreateAll' && ddl._tag !== 'DropAll')
    return left(unsupported(dialect.name, ddl._tag, 'createAll and dropAll'))
  const tables = parentsFirst(ddl.tables)
  const context: DdlContext = {
    dialect,
    tables: new Map(tables.map((t) => [tableIdentity(t), t])),
    // In the order of definition: what a name is does not depend on who refers to whom.
    names: namesOf(ddl.tables),
  }
  return ddl._tag === 'CreateAll' ? createSteps(context, tables) : right(dropSteps(context, tables))
}

const createSteps = (
  context: DdlContext,
  tables: ReadonlyArray<TableInfo>,
): Either<CompileError, ReadonlyArray<DdlStep>> => {
  // SQLite looks for the other table when rows come, so a cycle needs nothing there.
  const late = context.dialect.features.addsForeignKeys ? lateKeys(tables) : []
  const create: Array<string> = []
  for (const table of tables) {
    const now = table.foreignKeys.filter((key) => !late.some((l) => l.key === key))
    const made = createTable(
      context,
      table,
      now.map((key) => foreignKeySql(context, table, key)),
    )
    if (isLeft(made)) return made
    create.push(...made.right)
  }
  return right([...create.map(always), ...late.map((key) => addForeignKey(context, key))])
}

const hasConstraint = (here: string, placeholder: (n: number) => string): string =>
  'SELECT 1 FROM information_schema.table_constraints ' +
  `WHERE table_schema = coalesce(${placeholder(1)}, ${here}) AND table_name = ${placeholder(2)} AND constraint_name = ${placeholder(3)}`

/** Adding a constraint that is there is an error, and adding it anew would look at all rows: it is asked for first. */
const addForeignKey = (context: DdlContext, { table, key }: LateKey): DdlStep => {
  const { dialect } = context
  const [here, placeholder] =
    dialect.name === 'postgres'
      ? ['current_schema()', (n: number) => `CAST(${dialect.placeholder(n)} AS text)`]
      : ['database()', dialect.placeholder]
  return {
    sql: `ALTER TABLE ${tableSql(dialect, table)} ADD ${foreignKeySql(context, table, key)}`,
    unless: {
      sql: hasConstraint(here, placeholder),
      parameters: [table.schema, table.name, foreignKeyName(context, table, key)],
    },
  }
}

/** A table outside of the schema value that refers to one inside stops the drop: nothing is left pointing nowhere. */
const dropSteps = (context: DdlContext, tables: ReadonlyArray<TableInfo>): ReadonlyArray<DdlStep> => {
  const { dialect } = context
  if (tables.length === 0) return []
  const names = [...tables].reverse().map((t) => tableSql(dialect, t))
  // PostgreSQL and MySQL see that the tables of one statement go together, those of a cycle too.
  const together = always(`DROP TABLE IF EXISTS ${names.join(', ')}`)
  switch (dialect.name) {
    case 'postgres':
    case 'mysql':
      return [together]
    case 'mariadb': {
      const unbound = lateKeys(tables).map(({ table, key }) => {
        const name = dialect.quote(foreignKeyName(context, table, key))
        return always(`ALTER TABLE IF EXISTS ${tableSql(dialect, table)} DROP FOREIGN KEY IF EXISTS ${name}`)
      })
      return [...unbound, together]
    }
    case 'sqlite':
      // Until the transaction ends: rows of one table may refer to rows that are gone, if their own go, too.
      return [always('PRAGMA defer_foreign_keys = ON'), ...names.map((name) => always(`DROP TABLE IF EXISTS ${name}`))]
  }
}

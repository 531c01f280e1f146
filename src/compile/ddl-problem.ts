/**
 * What is wrong with a table's definition on an engine, before anything is made.
 */
import type { Identity } from '../expr/column.js'
import type { ColumnInfo, ForeignKeyInfo, TableInfo } from '../expr/source.js'
import { type CompileError, illFormed, unsupported } from './compile-error.js'
import { changedColumnProblem } from './ddl-changed-columns.js'
import { columnAt } from './ddl-context.js'
import { indexProblem } from './ddl-index.js'
import { keyLengthProblem } from './ddl-key-length.js'
import { type Dialect, isFamily } from './dialect.js'

type Problem = CompileError | null

const first = (problems: ReadonlyArray<Problem>): Problem => problems.find((p) => p !== null) ?? null

const nameIn = (table: TableInfo, column: ColumnInfo): string => `"${table.name}"."${column.name}"`

// -------------------------------------------------------------------------------------
// columns
// -------------------------------------------------------------------------------------

/** How an engine without identity columns counts: from a start in steps of one. */
const countingProblem = (dialect: Dialect, where: string, identity: Identity): Problem => {
  const no = (what: string, instead: string): CompileError => unsupported(dialect.name, `${what} (${where})`, instead)
  const { always, start, increment, min, max, cycle } = identity
  if (always === true)
    return no(
      'refuse values of an insert for an identity column',
      'leave `always` out, and name the column in no insert',
    )
  if (Number(increment ?? 1) !== 1) return no('count in other steps than one', 'leave `increment` out')
  if (min !== undefined || max !== undefined || cycle === true)
    return no('count between bounds', 'leave `min`, `max` and `cycle` out, and add a check')
  if (start === undefined) return null
  if (typeof start !== 'bigint' && !Number.isSafeInteger(start)) return illFormed(`${where} counts in whole numbers`)
  return start >= 1 && start < 2n ** 63n ? null : no(`count from ${String(start)}`, 'start from 1 or more')
}

/** Which of the columns cannot be made by the database, or null. */
const automaticProblem = (dialect: Dialect, table: TableInfo): Problem => {
  const automatic = table.columns.filter((c) => c.autoIncrement)
  const [column, second] = automatic
  if (column === undefined || dialect.name === 'postgres') return null
  if (second !== undefined)
    return unsupported(dialect.name, `make the values of two columns of "${table.name}"`, 'keep one autoIncrement')
  const leads = table.primaryKey[0] === column.key
  const indexed = (): boolean =>
    table.uniques.some((u) => u.columns[0] === column.key) ||
    table.indexes.some(({ parts: [part] }) => part?.expr._tag === 'Column' && part.expr.key === column.key)
  if (dialect.name === 'sqlite' ? !leads || table.primaryKey.length > 1 : !leads && !indexed())
    return unsupported(
      dialect.name,
      `make the values of ${nameIn(table, column)}, which is not the primary key`,
      'make it the primary key',
    )
  return column.identity === null ? null : countingProblem(dialect, nameIn(table, column), column.identity)
}

const textTags: ReadonlyArray<string> = ['Char', 'Varchar', 'Text', 'Enumeration']

const columnProblem = (dialect: Dialect, table: TableInfo, column: ColumnInfo): Problem => {
  const where = nameIn(table, column)
  const { problem } = dialect.type(column.type)
  if (problem !== null) return unsupported(dialect.name, `${problem.what} (${where})`, problem.instead)
  if (column.autoIncrement && column.type._tag === 'UnsignedBigInt' && dialect.name === 'postgres')
    return unsupported(dialect.name, `make the values of the unsigned bigint ${where}`, 'bigint')
  if (column.collation !== null && !textTags.includes(column.type._tag))
    return illFormed(`${where} is no text: it has no collation`)
  const makers = [column.autoIncrement, column.generated !== null, column.serverDefault !== null]
  if (makers.filter(Boolean).length > 1)
    return illFormed(
      `${where}: autoIncrement, generatedAs and serverDefault are three ways to make a value, and it has two`,
    )
  return column.generated === null ? null : generatedProblem(dialect, table, column, column.generated.stored)
}

const generatedProblem = (dialect: Dialect, table: TableInfo, column: ColumnInfo, stored: boolean): Problem => {
  const where = nameIn(table, column)
  if (!stored && !dialect.ddl.virtualColumns)
    return unsupported(dialect.name, `compute ${where} each time it is read`, 'leave `stored: false` out')
  if (column.primaryKey && dialect.name !== 'postgres')
    return unsupported(dialect.name, `have the computed ${where} in a primary key`, 'make it unique')
  const refers = table.foreignKeys.some((key) => key.columns.includes(column.key))
  return refers && !stored && dialect.name !== 'sqlite'
    ? unsupported(dialect.name, `have ${where} refer, which is computed each time it is read`, 'keep it: stored')
    : null
}

// -------------------------------------------------------------------------------------
// constraints
// -------------------------------------------------------------------------------------

const actions: ReadonlyArray<string> = ['noAction', 'restrict', 'cascade', 'setNull', 'setDefault']

const foreignKeyProblem = (dialect: Dialect, table: TableInfo, { columns, target }: ForeignKeyInfo): Problem => {
  const where = `"${table.name}"(${columns.join(', ')})`
  if (dialect.name === 'sqlite' && target.schema !== table.schema)
    return unsupported(
      dialect.name,
      `refer from "${table.name}" to a table of another schema`,
      'keep both in one schema',
    )
  const unknown = [target.onDelete, target.onUpdate].find((action) => !actions.includes(action))
  if (unknown !== undefined) return illFormed(`the foreign key ${where} does what is no action: ${String(unknown)}`)
  const empties = target.onDelete === 'setNull' || target.onUpdate === 'setNull'
  if (empties && columns.some((key) => columnAt(table, key)?.nullable === false))
    return illFormed(`the foreign key ${where} cannot set null: 'setNull' needs nullable columns`)
  if (!isFamily(dialect)) return null
  if (target.deferrable !== null)
    return unsupported(dialect.name, `defer the foreign key ${where}`, 'write parents before children')
  return target.onDelete === 'setDefault' || target.onUpdate === 'setDefault'
    ? unsupported(dialect.name, `set the default where a row that ${where} refers to goes`, "'setNull', or 'restrict'")
    : null
}

const uniqueProblem = (dialect: Dialect, table: TableInfo): Problem => {
  const deferred = table.uniques.find((u) => u.deferrable !== null)
  return deferred === undefined || dialect.name === 'postgres'
    ? null
    : unsupported(
        dialect.name,
        `defer the uniqueness of "${table.name}"(${deferred.columns.join(', ')})`,
        'leave `deferrable` out',
      )
}

const unknownColumn = (table: TableInfo): Problem => {
  const keys = [
    ...table.primaryKey,
    ...table.uniques.flatMap((u) => u.columns),
    ...table.foreignKeys.flatMap((k) => k.columns),
  ]
  const missing = keys.find((key) => columnAt(table, key) === null)
  return missing === undefined
    ? null
    : illFormed(`a constraint of "${table.name}" names "${missing}", which is no column of it`)
}

// -------------------------------------------------------------------------------------
// tables
// -------------------------------------------------------------------------------------

const temporaryProblem = (dialect: Dialect, table: TableInfo): Problem => {
  if (table.schema !== null && !isFamily(dialect))
    return unsupported(dialect.name, `make the temporary table "${table.name}" in a schema`, 'leave the schema out')
  return table.foreignKeys.length > 0 && isFamily(dialect)
    ? unsupported(dialect.name, `have foreign keys of the temporary table "${table.name}"`, 'leave them out')
    : null
}

/** What is wrong with a table, or null. */
export const tableProblem = (dialect: Dialect, table: TableInfo, temporary: boolean): Problem =>
  first([
    table.view === null ? null : illFormed(`"${table.name}" is a view: createView makes it`),
    unknownColumn(table),
    ...table.columns.map((column) => columnProblem(dialect, table, column)),
    keyLengthProblem(dialect, table),
    automaticProblem(dialect, table),
    ...table.foreignKeys.map((key) => foreignKeyProblem(dialect, table, key)),
    changedColumnProblem(dialect, table),
    uniqueProblem(dialect, table),
    ...table.indexes.map((index) => indexProblem(dialect, table, index)),
    temporary ? temporaryProblem(dialect, table) : null,
  ])

/** PostgreSQL and SQLite keep the indexes of a schema in one space of names with its tables, and leave out the second of two without a word. */
export const sharedNameProblem = (dialect: Dialect, tables: ReadonlyArray<TableInfo>): Problem => {
  if (isFamily(dialect)) return null
  const taken = new Set<string>(tables.map((t) => JSON.stringify([t.schema, t.name.toLowerCase()])))
  for (const table of tables) {
    const said = [
      ...table.indexes.map((index) => index.name),
      // Those of SQLite's constraints are names of no index.
      ...(dialect.name === 'postgres' ? [table.primaryKeyName, ...table.uniques.map((u) => u.name)] : []),
    ]
    for (const name of said) {
      if (name === null) continue
      const id = JSON.stringify([table.schema, name.toLowerCase()])
      if (taken.has(id)) return illFormed(`two tables or indexes of the schema are named "${name}"`)
      taken.add(id)
    }
  }
  return null
}

/**
 * Changes of a table, one after the other: which statements they are on each engine, and what the table is after each.
 */
import { type Either, left, right } from 'fp-ts/lib/Either.js'

import type { Alteration, AlterTable } from '../expr/alter-table.js'
import type { ColumnInfo, TableInfo } from '../expr/source.js'
import { openOf } from '../expr/sql-type.js'
import { type CompileError, illFormed } from './compile-error.js'
import { type AddedParts, addedParts, altered, alterationProblem } from './ddl-altered.js'
import { columnSql, commentLiteral, defaultSql } from './ddl-column.js'
import { columnCommentSql, tableCommentSql } from './ddl-comment.js'
import { checkSql, columnCheckSql, foreignKeyName, foreignKeySql, primaryKeySql, uniqueSql } from './ddl-constraint.js'
import { type DdlContext, makeDdlContext } from './ddl-context.js'
import { createIndexSql } from './ddl-index.js'
import { tableProblem } from './ddl-problem.js'
import { rebuildSteps } from './ddl-rebuild.js'
import { type SqliteChange, sqliteChange, type SqliteEdit } from './ddl-alter-sqlite.js'
import { always, type DdlStep, unless } from './ddl-step.js'
import { type Dialect, isFamily } from './dialect.js'
import { tableSql } from './source.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The statements of a DDL value, and whether they make a table of SQLite anew. */
export interface DdlPlan {
  readonly steps: ReadonlyArray<DdlStep>
  readonly rebuilds: boolean
}

/** One change: the table before and after it, each with names of its own. */
interface Change<A extends Alteration> {
  readonly dialect: Dialect
  readonly alteration: A
  readonly before: TableInfo
  readonly after: TableInfo
  readonly context: DdlContext
}

type Of<T extends Alteration['_tag']> = Change<Extract<Alteration, { readonly _tag: T }>>

// -------------------------------------------------------------------------------------
// columns
// -------------------------------------------------------------------------------------

const alter = ({ dialect, before }: Change<Alteration>, what: string): DdlStep =>
  always(`ALTER TABLE ${tableSql(dialect, before)} ${what}`)

/** What a new column brings along. */
const addedSteps = (
  change: Change<Alteration>,
  { uniques, foreignKeys, indexes }: AddedParts,
): ReadonlyArray<DdlStep> => {
  const { context, after } = change
  return [
    ...uniques.map((unique) => alter(change, `ADD ${uniqueSql(context, after, unique)}`)),
    ...foreignKeys.map((key) => alter(change, `ADD ${foreignKeySql(context, after, key)}`)),
    ...indexes.map((index) => always(createIndexSql(context, after, index, false))),
  ]
}

const addColumn = (change: Of<'AddColumn'>): ReadonlyArray<DdlStep> => {
  const { dialect, alteration, context, after } = change
  const { column } = alteration
  const check = columnCheckSql(context, after, column.key)
  return [
    alter(change, `ADD COLUMN ${columnSql(context, after, column)}`),
    ...(check === null ? [] : [alter(change, `ADD ${check}`)]),
    ...addedSteps(change, addedParts(alteration)),
    ...(dialect.name === 'postgres' && column.comment !== null
      ? [always(columnCommentSql(context, after, column))]
      : []),
  ]
}

const hasConstraint =
  'SELECT 1 FROM information_schema.table_constraints ' +
  'WHERE table_schema = coalesce(?, database()) AND table_name = ? AND constraint_name = ?'

/** Drops a constraint where it is there: what a column's type says is one of relvar's own, and it may have been dropped by hand. */
const dropOwn = (change: Change<Alteration>, name: string): DdlStep => {
  const { dialect, before } = change
  const drop = (words: string): DdlStep => alter(change, `DROP CONSTRAINT ${words}${dialect.quote(name)}`)
  return dialect.name === 'mysql'
    ? unless(`SELECT 1 FROM DUAL WHERE NOT EXISTS (${hasConstraint})`, [before.schema, before.name, name], [drop('')])
    : drop('IF EXISTS ')
}

/** The check that a column's type makes, by the name that it has; null where there is none. */
const ownCheckName = (change: Change<Alteration>, key: string): string | null => {
  const { dialect, before } = change
  const context = makeDdlContext(dialect, [before], {})
  if (columnCheckSql(context, before, key) === null) return null
  const column = before.columns.find((c) => c.key === key)
  return context.names({
    kind: 'ck',
    table: before,
    columns: [column?.name ?? key],
    target: '',
    nth: null,
    before: 0,
  })
}

/** What stands on the column alone goes with it: MySQL and MariaDB are told so. */
const dropColumn = (change: Of<'DropColumn'>): ReadonlyArray<DdlStep> => {
  const { dialect, alteration, before, context } = change
  const drop = alter(change, `DROP COLUMN ${dialect.quote(alteration.name)}`)
  const column = before.columns.find((c) => c.name === alteration.name)
  if (!isFamily(dialect) || column === undefined) return [drop]
  const check = ownCheckName(change, column.key)
  return [
    ...before.foreignKeys
      .filter((key) => key.columns.includes(column.key))
      .map((key) => alter(change, `DROP FOREIGN KEY ${dialect.quote(foreignKeyName(context, before, key))}`)),
    ...(check === null ? [] : [dropOwn(change, check)]),
    drop,
  ]
}

const sameType = (a: ColumnInfo, b: ColumnInfo): boolean =>
  openOf(a.type).id === openOf(b.type).id && a.collation === b.collation

/** PostgreSQL changes the parts of a column one by one; a default of the old type stands in the way of the new one. */
const alterParts = (change: Of<'AlterColumn'>, old: ColumnInfo): ReadonlyArray<DdlStep> => {
  const { dialect, alteration, after, context } = change
  const { column } = alteration
  const name = dialect.quote(column.name)
  const value = defaultSql(context, after, column)
  const collated = column.collation === null ? '' : ` COLLATE ${dialect.quote(column.collation)}`
  const type = sameType(old, column)
    ? []
    : [alter(change, `ALTER COLUMN ${name} TYPE ${dialect.type(column.type).ddl}${collated}`)]
  // A column that counts has no default of its own.
  const counted = column.autoIncrement
  return [
    ...(counted ? [] : [alter(change, `ALTER COLUMN ${name} DROP DEFAULT`)]),
    ...type,
    alter(change, `ALTER COLUMN ${name} ${column.nullable ? 'DROP' : 'SET'} NOT NULL`),
    ...(counted || value === null ? [] : [alter(change, `ALTER COLUMN ${name} SET DEFAULT ${value}`)]),
    always(columnCommentSql(context, after, column)),
  ]
}

const alterColumn = (change: Of<'AlterColumn'>): ReadonlyArray<DdlStep> => {
  const { dialect, alteration, before, after, context } = change
  const { column } = alteration
  const old = before.columns.find((c) => c.name === column.name)
  if (old === undefined) return []
  const [was, is] = [ownCheckName(change, old.key), columnCheckSql(context, after, column.key)]
  const checked = sameType(old, column)
  return [
    ...(checked || was === null ? [] : [dropOwn(change, was)]),
    ...(isFamily(dialect)
      ? [alter(change, `MODIFY COLUMN ${columnSql(context, after, column)}`)]
      : alterParts(change, old)),
    ...(checked || is === null ? [] : [alter(change, `ADD ${is}`)]),
  ]
}

// -------------------------------------------------------------------------------------
// constraints and names
// -------------------------------------------------------------------------------------

const renameTable = (change: Of<'RenameTable'>): DdlStep => {
  const { dialect, after } = change
  // A name without a schema would move the table to the database of the session.
  return alter(change, `RENAME TO ${isFamily(dialect) ? tableSql(dialect, after) : dialect.quote(after.name)}`)
}

const setComment = (change: Of<'SetComment'>): DdlStep => {
  const { dialect, alteration, before, context } = change
  const text = alteration.comment
  return isFamily(dialect)
    ? alter(change, `COMMENT = ${text === null ? "''" : commentLiteral(context, text, `"${before.name}"`)}`)
    : always(tableCommentSql(context, before, text))
}

const serverSteps = (change: Change<Alteration>): ReadonlyArray<DdlStep> => {
  const { dialect, alteration, after, context } = change
  switch (alteration._tag) {
    case 'AddColumn':
      return addColumn({ ...change, alteration })
    case 'DropColumn':
      return dropColumn({ ...change, alteration })
    case 'RenameColumn':
      return [alter(change, `RENAME COLUMN ${dialect.quote(alteration.from)} TO ${dialect.quote(alteration.to)}`)]
    case 'AlterColumn':
      return alterColumn({ ...change, alteration })
    case 'AddForeignKey':
      return [
        alter(
          change,
          `ADD ${foreignKeySql(context, after, after.foreignKeys[after.foreignKeys.length - 1] ?? alteration.key)}`,
        ),
      ]
    case 'AddUnique':
      return [
        alter(change, `ADD ${uniqueSql(context, after, after.uniques[after.uniques.length - 1] ?? alteration.unique)}`),
      ]
    case 'AddCheck':
      return [alter(change, `ADD ${checkSql(context, after, alteration.check)}`)]
    case 'AddPrimaryKey':
      return primaryKeySql(context, after).map((key) => alter(change, `ADD ${key}`))
    case 'DropConstraint':
      return [
        alter(
          change,
          isFamily(dialect) && alteration.kind === 'primaryKey'
            ? 'DROP PRIMARY KEY'
            : `DROP CONSTRAINT ${dialect.quote(alteration.name)}`,
        ),
      ]
    case 'RenameTable':
      return [renameTable({ ...change, alteration })]
    case 'SetComment':
      return [setComment({ ...change, alteration })]
  }
}

// -------------------------------------------------------------------------------------
// statements
// -------------------------------------------------------------------------------------

const isSteps = (made: SqliteChange): made is ReadonlyArray<DdlStep> => Array.isArray(made)

/** The statements of an alteration in their order. */
export const alterTable = (
  dialect: Dialect,
  { table, changes, naming }: Omit<AlterTable, '_tag'>,
): Either<CompileError, DdlPlan> => {
  if (table.view !== null) return left(illFormed(`"${table.name}" is a view: createView with orReplace changes it`))
  const steps: Array<DdlStep> = []
  let now = table
  // Changes of SQLite that wait for the table to be made anew, as many as can be at once.
  let edits: ReadonlyArray<SqliteEdit> = []
  let rebuilds = false
  const rebuild = (): void => {
    if (edits.length > 0) steps.push(...rebuildSteps(dialect, now, edits))
    rebuilds ||= edits.length > 0
    edits = []
  }
  for (const alteration of changes) {
    const after = altered(now, alteration)
    const context = makeDdlContext(dialect, [after], naming)
    const change = { dialect, alteration, before: now, after, context }
    const problem = alterationProblem(dialect, now, alteration) ?? tableProblem(dialect, after, false)
    if (problem !== null) return left(problem)
    const made = dialect.name === 'sqlite' ? sqliteChange(change) : serverSteps(change)
    const [error] = context.errors
    if (error !== undefined) return left(error)
    // What is copied are the values of the table that is there.
    if (isSteps(made) || made.copied !== null || made.bounded !== null) rebuild()
    if (isSteps(made)) steps.push(...made)
    else edits = [...edits, made]
    now = after
  }
  rebuild()
  return right({ steps, rebuilds })
}

/**
 * Making and dropping all of a schema: its sequences, tables and views, and their order.
 */
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'

import type { CreateAll, DropAll } from '../expr/ddl-node.js'
import { tableIdentity } from '../expr/schema.js'
import type { ForeignKeyInfo, TableInfo } from '../expr/source.js'
import type { CompileError } from './compile-error.js'
import { foreignKeyName, foreignKeySql, targetId } from './ddl-constraint.js'
import { type DdlContext, makeDdlContext, refuse, written } from './ddl-context.js'
import { sharedNameProblem } from './ddl-problem.js'
import { tableSteps } from './ddl-table.js'
import { createSequence, dropSequence, sequencesOf } from './ddl-sequence.js'
import { always, type DdlStep, unless } from './ddl-step.js'
import { createViewIfAbsent, dropView } from './ddl-view.js'
import type { Dialect } from './dialect.js'
import { tableSql } from './source.js'
import { tableReads } from './table-set.js'

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

/** Views so that each comes after those that it reads. */
const deepestFirst = (views: ReadonlyArray<TableInfo>): ReadonlyArray<TableInfo> => {
  const sorted: Array<TableInfo> = []
  const visit = (view: TableInfo): void => {
    if (sorted.includes(view)) return
    const reads = view.view === null ? new Set<string>() : tableReads(view.view.query)
    for (const other of views) if (other !== view && reads.has(tableIdentity(other))) visit(other)
    sorted.push(view)
  }
  views.forEach(visit)
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

/** The context of tables that are made or dropped together. */
const contextOf = (dialect: Dialect, ddl: CreateAll | DropAll): DdlContext =>
  makeDdlContext(
    dialect,
    ddl.tables.filter((t) => t.view === null),
    ddl.naming,
  )

const concatenated = (
  all: ReadonlyArray<Either<CompileError, ReadonlyArray<DdlStep>>>,
): Either<CompileError, ReadonlyArray<DdlStep>> => {
  const steps: Array<DdlStep> = []
  for (const one of all) {
    if (isLeft(one)) return one
    steps.push(...one.right)
  }
  return right(steps)
}

/** Sequences, then tables, then views, each after what it needs. */
export const createAllSteps = (dialect: Dialect, ddl: CreateAll): Either<CompileError, ReadonlyArray<DdlStep>> => {
  const tables = parentsFirst(ddl.tables.filter((t) => t.view === null))
  const views = deepestFirst(ddl.tables.filter((t) => t.view !== null))
  return concatenated([
    ...sequencesOf(tables).map((sequence) => createSequence(dialect, { sequence, ifNotExists: true })),
    createSteps(contextOf(dialect, ddl), tables),
    ...views.map((view) => createViewIfAbsent(dialect, view)),
  ])
}

/** Views, then tables, then sequences, each before what it needs. */
export const dropAllSteps = (dialect: Dialect, ddl: DropAll): Either<CompileError, ReadonlyArray<DdlStep>> => {
  const tables = parentsFirst(ddl.tables.filter((t) => t.view === null))
  const views = deepestFirst(ddl.tables.filter((t) => t.view !== null))
  return concatenated([
    ...[...views].reverse().map((view) => dropView(dialect, { view, ifExists: true })),
    right(dropSteps(contextOf(dialect, ddl), tables)),
    ...sequencesOf(tables).map((sequence) => dropSequence(dialect, { sequence, ifExists: true })),
  ])
}

const createSteps = (
  context: DdlContext,
  tables: ReadonlyArray<TableInfo>,
): Either<CompileError, ReadonlyArray<DdlStep>> => {
  // SQLite looks for the other table when rows come, so a cycle needs nothing there.
  const late = context.dialect.features.addsForeignKeys ? lateKeys(tables) : []
  refuse(context, sharedNameProblem(context.dialect, tables))
  const made = tables.flatMap((table) => {
    const foreignKeys = table.foreignKeys.filter((key) => !late.some((l) => l.key === key))
    return tableSteps(context, table, { ifNotExists: true, temporary: false, foreignKeys })
  })
  return written(context, [...made, ...late.map((key) => addForeignKey(context, key))])
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
  return unless(
    hasConstraint(here, placeholder),
    [table.schema, table.name, foreignKeyName(context, table, key)],
    [always(`ALTER TABLE ${tableSql(dialect, table)} ADD ${foreignKeySql(context, table, key)}`)],
  )
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

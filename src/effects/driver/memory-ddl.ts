/**
 * DDL in memory: which tables, views, sequences and schemas there are. What PostgreSQL's compiler refuses of a definition is refused
 * here, and so is what PostgreSQL would refuse of what is there.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import { unsupported } from '../../compile/compile-error.js'
import { ddlPlan } from '../../compile/ddl.js'
import {
  type CreateAll,
  type CreateTable,
  type CreateTableAs,
  ddl as asDdl,
  type DdlNode,
} from '../../expr/ddl-node.js'
import { type NamingConvention, tableIdentity } from '../../expr/schema.js'
import type { IndexInfo, TableInfo } from '../../expr/source.js'
import { checkTables } from '../../interpret/check-tables.js'
import { infoNamed, type Tables } from '../../interpret/tables.js'
import { fromCompileError } from '../error-make.js'
import type { DbError } from '../error.js'
import { alteredTables, unkeyed } from './memory-alter.js'
import { byName, definitions, named, settledIn, withReferences } from './memory-definition.js'
import { fromEvaluation, refused } from './memory-error.js'
import {
  absentSequences,
  madeSchema,
  madeSequence,
  schemaThere,
  withoutSchema,
  withoutSequence,
  withoutSequences,
  withSequences,
} from './memory-places.js'
import { createdView, dependent, refreshedView, withoutViews } from './memory-view.js'

type Outcome = E.Either<DbError, Tables>

const withInfos = (tables: Tables, infos: ReadonlyArray<TableInfo>): Tables => Object.freeze({ ...tables, infos })

// -------------------------------------------------------------------------------------
// tables
// -------------------------------------------------------------------------------------

/** The tables with more of them, empty but for what was filled in before. */
const withTables = (tables: Tables, infos: ReadonlyArray<TableInfo>, statement: string): Outcome => {
  const homeless = infos.map((info) => schemaThere(tables, info.schema, statement)).find((problem) => problem !== null)
  if (homeless !== undefined) return E.left(homeless)
  const made = withReferences(
    withInfos(tables, [...tables.infos, ...infos.map((info) => settledIn(info, byName(info)))]),
  )
  const loose = infos.length === 0 ? null : unkeyed(made, statement)
  return loose === null ? E.right(made) : E.left(loose)
}

const kindOf = ({ view }: TableInfo): string => (view === null ? 'table' : 'view')

const already = (statement: string, info: TableInfo): DbError =>
  refused(statement, `there is a ${kindOf(info)} "${info.name}" already`)

const createdTable = (tables: Tables, { table, naming, ifNotExists }: Omit<CreateTable, '_tag'>): Outcome => {
  const there = infoNamed(tables, table)
  if (there !== undefined) return ifNotExists ? E.right(tables) : E.left(already('CREATE TABLE', there))
  const [sequence] = absentSequences(tables, [table])
  return sequence === undefined
    ? withTables(tables, named([table], naming), 'CREATE TABLE')
    : E.left(refused('CREATE TABLE', `there is no sequence "${sequence.name}"`))
}

const createdAll = (tables: Tables, { tables: all, naming }: Omit<CreateAll, '_tag'>, now: string): Outcome => {
  const there = (info: TableInfo): boolean => infoNamed(tables, info) !== undefined
  const own = named(
    all.filter((info) => info.view === null),
    naming,
  )
  const views = all.filter((info) => info.view !== null && !there(info))
  return pipe(
    withTables(
      withSequences(tables, all),
      own.filter((info) => !there(info)),
      'CREATE TABLE',
    ),
    E.chain((made) => viewsInOrder(made, views, now)),
  )
}

/** Views, each after those that it reads: as long as one of them can be made. */
const viewsInOrder = (tables: Tables, views: ReadonlyArray<TableInfo>, now: string): Outcome => {
  let made = tables
  let waiting = views
  while (waiting.length > 0) {
    const left: Array<TableInfo> = []
    let stopped: Outcome | null = null
    for (const view of waiting) {
      const next = createdView(made, view, false, now)
      if (E.isRight(next)) made = next.right
      else {
        stopped ??= next
        left.push(view)
      }
    }
    if (stopped !== null && left.length === waiting.length) return stopped
    waiting = left
  }
  return E.right(made)
}

/** The tables without these, and without what they hold. What stays may not refer to what goes. */
const without = (
  tables: Tables,
  gone: ReadonlyArray<Pick<TableInfo, 'schema' | 'name'>>,
  statement: string,
): Outcome => {
  const ids = new Set(gone.map(tableIdentity))
  const kept = <A>(all: ReadonlyMap<string, A>): ReadonlyMap<string, A> =>
    new Map([...all].filter(([id]) => !ids.has(id)))
  const infos = tables.infos.filter((info) => !ids.has(tableIdentity(info)))
  const after: Tables = Object.freeze({ ...tables, infos, rows: kept(tables.rows), keys: kept(tables.keys) })
  const stopped = unkeyed(after, statement) ?? dependent(after, ids, statement)
  return stopped === null ? E.right(after) : E.left(stopped)
}

// -------------------------------------------------------------------------------------
// indexes
// -------------------------------------------------------------------------------------

/** A table with another description, with which its rows agree. */
const described = (tables: Tables, was: TableInfo, is: TableInfo, statement: string): Outcome => {
  const after = withInfos(
    tables,
    tables.infos.map((known) => (known === was ? is : known)),
  )
  return pipe(
    checkTables(tables, after),
    E.bimap(fromEvaluation(statement), () => after),
  )
}

/** Indexes of a schema share one space of names with its tables. */
const isTaken = ({ infos }: Tables, schema: string | null, name: string | null): boolean =>
  infos.some((info) => info.schema === schema && (info.name === name || info.indexes.some((i) => i.name === name)))

const createdIndex = (
  tables: Tables,
  info: TableInfo,
  index: IndexInfo,
  { naming, ifNotExists }: { readonly naming: NamingConvention; readonly ifNotExists: boolean },
): Outcome => {
  const [made = info] = named([settledIn({ ...info, indexes: [...info.indexes, index] }, byName(info))], naming)
  const name = made.indexes.at(-1)?.name ?? null
  if (!isTaken(tables, info.schema, name)) return described(tables, info, made, 'CREATE INDEX')
  return ifNotExists ? E.right(tables) : E.left(refused('CREATE INDEX', `there is an index "${name ?? ''}" already`))
}

const droppedIndex = (tables: Tables, info: TableInfo, name: string, ifExists: boolean): Outcome => {
  const indexes = info.indexes.filter((index) => index.name !== name)
  if (indexes.length === info.indexes.length)
    return ifExists ? E.right(tables) : E.left(refused('DROP INDEX', `"${info.name}" has no index "${name}"`))
  return described(tables, info, Object.freeze({ ...info, indexes }), 'DROP INDEX')
}

// -------------------------------------------------------------------------------------
// statements
// -------------------------------------------------------------------------------------

const absent = (statement: string, { name }: Pick<TableInfo, 'name'>): DbError =>
  refused(statement, `there is no table "${name}"`)

/** What a definition says that no dialect writes. */
export const problemOf = (ddl: DdlNode): DbError | null => {
  const plan = ddlPlan(definitions, asDdl(ddl))
  if (E.isRight(plan)) return null
  const { left } = plan
  return fromCompileError(
    left._tag === 'Unsupported'
      ? unsupported('memory', left.feature, left.message.split(': ').slice(1).join(': '))
      : left,
  )
}

/** The tables after a piece of DDL, at an instant. */
export const defined = (tables: Tables, ddl: Exclude<DdlNode, CreateTableAs>, now: string): Outcome => {
  const problem = problemOf(ddl)
  if (problem !== null) return E.left(problem)
  switch (ddl._tag) {
    case 'CreateAll':
      return createdAll(tables, ddl, now)
    case 'DropAll':
      return pipe(
        without(tables, ddl.tables, 'DROP TABLE'),
        E.map((after) => withoutSequences(after, ddl.tables)),
      )
    case 'CreateTable':
      return createdTable(tables, ddl)
    case 'DropTable': {
      const there = infoNamed(tables, ddl.table)
      if (there === undefined) return ddl.ifExists ? E.right(tables) : E.left(absent('DROP TABLE', ddl.table))
      return there.view === null
        ? without(tables, [ddl.table], 'DROP TABLE')
        : E.left(refused('DROP TABLE', `"${there.name}" is a view`))
    }
    case 'CreateIndex': {
      const info = infoNamed(tables, ddl.table)
      return info === undefined ? E.left(absent('CREATE INDEX', ddl.table)) : createdIndex(tables, info, ddl.index, ddl)
    }
    case 'DropIndex': {
      const info = infoNamed(tables, ddl.table)
      if (info !== undefined) return droppedIndex(tables, info, ddl.name, ddl.ifExists)
      return ddl.ifExists ? E.right(tables) : E.left(absent('DROP INDEX', ddl.table))
    }
    case 'CreateView':
      return createdView(tables, ddl.view, ddl.orReplace, now)
    case 'DropView':
      return withoutViews(tables, ddl.view, ddl.ifExists)
    case 'RefreshView':
      return refreshedView(tables, ddl.view, now)
    case 'CreateSequence':
      return madeSequence(tables, ddl.sequence, ddl.ifNotExists)
    case 'DropSequence':
      return withoutSequence(tables, ddl.sequence, ddl.ifExists)
    case 'CreateSchema':
      return madeSchema(tables, ddl.name, ddl.ifNotExists)
    case 'DropSchema':
      return withoutSchema(tables, ddl, (gone) => without(tables, gone, 'DROP SCHEMA'))
    case 'AlterTable':
      return alteredTables(tables, ddl)
  }
}

/**
 * Compiling an upsert: an INSERT with what it does where a row is there already. PostgreSQL and SQLite say ON CONFLICT, MySQL and
 * MariaDB ON DUPLICATE KEY UPDATE.
 */
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'

import { paramsOf } from '../expr/children.js'
import type { Assignment } from '../expr/query-node.js'
import { tableIdentity } from '../expr/schema.js'
import type { ColumnInfo } from '../expr/source.js'
import { aroundWrite } from './around.js'
import { type CompileError, illFormed } from './compile-error.js'
import { at, type Context, emptyScope, makeContext } from './context.js'
import { makeDdlContext } from './ddl-context.js'
import { rowCriterion } from './ddl-expression.js'
import { type Decode, decoderOf } from './decode.js'
import { type Dialect, isFamily } from './dialect.js'
import { fronted } from './cte.js'
import { criterionSql } from './expression.js'
import { selectSql } from './insert-query.js'
import { returningPlan } from './plan.js'
import { printFor } from './print.js'
import { needsBigints, nested } from './read.js'
import { type ReadRows, readerOf } from './rows.js'
import { tableSql } from './source.js'
import { join, nothing, type Slot, type Sql, sql } from './sql.js'
import type { TableSet } from './statement.js'
import { tableSetOf } from './table-set.js'
import { onDuplicateSql, type Tells } from './upsert-duplicate.js'
import { madeColumn, type MetKey, metKey, type UpsertNode } from './upsert-key.js'
import { changeSql, conditionSql, conflictScope, excludedAlias } from './upsert-scope.js'
import { assignedTo, columnOf, returnedSql, targetScope, unsharedWrite } from './write.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** An upsert compiled. */
export interface UpsertTemplate {
  readonly text: string
  readonly slots: ReadonlyArray<Slot>
  readonly read: ReadRows | null
  /** The output that is a key that the engine made or met, and its column. */
  readonly made: { readonly at: number; readonly column: ColumnInfo; readonly decode: Decode } | null
  readonly returnsRows: boolean
  readonly bigints: boolean
  readonly tables: TableSet
  readonly named: boolean
  readonly notes: ReadonlyArray<string>
}

/** The rows of an upsert that holds rows of assignments. */
export const rowsOf = ({ source }: UpsertNode): ReadonlyArray<ReadonlyArray<Assignment>> =>
  source._tag === 'Rows' ? source.rows : []

/** The keys of the columns that its rows name. */
export const givenOf = (upsert: UpsertNode): ReadonlyArray<string> =>
  upsert.source._tag === 'Query'
    ? [...upsert.source.columns, ...upsert.source.defaults.map((a) => a.key)]
    : (rowsOf(upsert)[0] ?? []).map((a) => a.key)

// -------------------------------------------------------------------------------------
// rows
// -------------------------------------------------------------------------------------

/** The rows of a query. SQLite would take ON for that of a join, were there no WHERE before it. */
const queryRowsSql = (context: Context, upsert: UpsertNode): Sql => {
  if (upsert.source._tag !== 'Query') return nothing
  const rows = fronted(context, selectSql(context, upsert, upsert.source))
  return context.dialect.name === 'sqlite' ? sql`SELECT * FROM (${rows}) AS r WHERE TRUE` : rows
}

const valuesSql = (context: Context, upsert: UpsertNode): Sql => {
  const { table } = upsert.into
  const keys = givenOf(upsert)
  const name = tableSql(context.dialect, table)
  if (upsert.source._tag === 'Query')
    return sql`INSERT INTO ${name} (${keys.map((key) => columnOf(context, table, key)).join(', ')}) ${queryRowsSql(context, upsert)}`
  if (keys.length === 0)
    return isFamily(context.dialect) ? sql`INSERT INTO ${name} () VALUES ()` : sql`INSERT INTO ${name} DEFAULT VALUES`
  const rows = at(context, 'values', () =>
    rowsOf(upsert).map(
      (row) =>
        sql`(${join(
          row.map((a) => assignedTo(context, emptyScope, table, a)),
          ', ',
        )})`,
    ),
  )
  return sql`INSERT INTO ${name} (${keys.map((key) => columnOf(context, table, key)).join(', ')}) VALUES ${join(rows, ', ')}`
}

// -------------------------------------------------------------------------------------
// ON CONFLICT
// -------------------------------------------------------------------------------------

/** The columns of the key, and of an index of some rows its own words: the engine knows it by them. */
const targetSql = (context: Context, upsert: UpsertNode, met: MetKey | null): string => {
  if (met === null) return ''
  const { table } = upsert.into
  const columns = met.columns.map((key) => columnOf(context, table, key)).join(', ')
  const where = met.key.index?.where ?? null
  if (where === null) return ` (${columns})`
  const ddl = makeDdlContext(context.dialect, [table], {})
  const held = rowCriterion(ddl, table, where, 'an index')
  context.errors.push(...ddl.errors)
  return ` (${columns}) WHERE ${held}`
}

const onConflictSql = (context: Context, upsert: UpsertNode, met: MetKey | null): Sql => {
  const { action } = upsert.conflict
  const on = ` ON CONFLICT${targetSql(context, upsert, met)}`
  if (action._tag === 'Nothing') return sql`${on} DO NOTHING`
  const scope = conflictScope(context, upsert)
  const set = action.set.map(
    (a) => sql`${columnOf(context, upsert.into.table, a.key)} = ${changeSql(context, scope, upsert, a)}`,
  )
  const condition = conditionSql(context, scope, upsert)
  return sql`${on} DO UPDATE SET ${join(set, ', ')}${condition === null ? nothing : sql` WHERE ${condition}`}`
}

// -------------------------------------------------------------------------------------
// template
// -------------------------------------------------------------------------------------

const conflictSql = (context: Context, upsert: UpsertNode, tells: Tells): Sql => {
  const met = metKey(upsert)
  const { target } = upsert.conflict
  // An index says which rows it holds in its own words; those of the target are looked at all the same.
  if (target?._tag === 'Columns' && target.where !== null)
    criterionSql(context, targetScope(context, upsert.into), target.where, 'targetWhere')
  if (!isFamily(context.dialect)) return onConflictSql(context, upsert, met)
  const alias = context.dialect.name === 'mysql' ? ` AS ${context.dialect.quote(excludedAlias(upsert))}` : ''
  return sql`${alias}${onDuplicateSql(context, upsert, met, tells)}`
}

const familyNotes = (tells: Tells): ReadonlyArray<string> => {
  switch (tells) {
    case 'row':
      return ['each row is a statement of its own, which tells by LAST_INSERT_ID what became of it']
    case 'count':
      return ['LAST_INSERT_ID counts the rows that are left as they are, from what a statement before sets it to']
    default:
      return []
  }
}

/** Compiles an upsert whose rows all name the same columns. */
export const upsertTemplate = (
  dialect: Dialect,
  upsert: UpsertNode,
  tells: Tells,
): Either<CompileError, UpsertTemplate> => {
  const unshared = unsharedWrite(upsert)
  const own: UpsertNode = { ...unshared, conflict: unshared.conflict ?? upsert.conflict }
  const context = makeContext(dialect, nested, paramsOf(own), null)
  context.manyRows = rowsOf(own).length > 1
  const isQuery = own.source._tag === 'Query'
  // The rows of a query are taken before they are written: it may read the table, and its WITH stands in front of it.
  const before = isQuery ? valuesSql(context, own) : null
  context.target = tableIdentity(own.into.table)
  context.strict = true
  // As in an insert: its other queries have their own WITH.
  context.front = null
  const values = before ?? valuesSql(context, own)
  const conflict = conflictSql(context, own, tells)
  const returns = tells === 'native'
  // Which key went to which row of a query nobody knows.
  const column = returns && !isQuery ? madeColumn(own.into.table, givenOf(own)) : null
  const scope = targetScope(context, own.into)
  const asked = returns ? returnedSql(context, scope, own) : []
  const outputs = column === null ? asked : [...asked, [scope.bound.get(own.into.name)?.column(column.key) ?? 'NULL']]
  if (givenOf(own).length === 0 && !isFamily(dialect))
    context.errors.push(illFormed('a row of an upsert names at least one column'))
  const around = aroundWrite(context, own)
  const error = context.errors[0]
  if (error !== undefined) return left(error)
  const returning = outputs.length === 0 ? nothing : sql` RETURNING ${join(outputs, ', ')}`
  const printed = printFor(dialect, around(sql`${values}${conflict}${returning}`))
  if (isLeft(printed)) return printed
  const { text, slots } = printed.right
  const planned = returns ? returningPlan(upsert) : null
  return right({
    text,
    slots,
    read: planned === null ? null : readerOf(planned.plan),
    made: column === null ? null : { at: outputs.length - 1, column, decode: decoderOf(column.type) },
    returnsRows: outputs.length > 0,
    bigints: (planned !== null && needsBigints(planned.plan)) || column?.type._tag === 'BigInt',
    tables: tableSetOf(upsert),
    named: context.named,
    notes: [...context.notes, ...familyNotes(tells)],
  })
}

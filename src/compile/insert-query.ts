/**
 * Compiling INSERT of the rows of a query: its outputs go to columns, and what it leaves out stands beside them.
 */
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'

import { paramsOf } from '../expr/children.js'
import { outputsOf } from '../expr/outputs.js'
import type { InsertNode } from '../expr/query-node.js'
import { tableIdentity } from '../expr/schema.js'
import type { DerivedColumn } from '../expr/source.js'
import type { SqlType } from '../expr/sql-type.js'
import type { Answer } from './answer.js'
import { aroundWrite } from './around.js'
import { bind, type Bindings } from './bind.js'
import { type CompileError, illFormed } from './compile-error.js'
import { at, type Context, emptyScope, makeContext } from './context.js'
import { converted, isConverted } from './convert.js'
import { fronted } from './cte.js'
import type { Dialect } from './dialect.js'
import { operandSql } from './expression.js'
import { refusedColumn } from './insert-answer.js'
import { done, type Load, step } from './load.js'
import type { LoadError } from './load-error.js'
import { namesProblem } from './named-rows.js'
import { returningPlan } from './plan.js'
import { printFor } from './print.js'
import { needsBigints, nested } from './read.js'
import { readerOf } from './rows.js'
import { tableSql } from './source.js'
import { secretsOf } from './secret-places.js'
import { textOf } from './unprepared.js'
import { join, nothing, type Sql, sql } from './sql.js'
import { tableSetOf } from './table-set.js'
import { assignmentProblem } from './assignment.js'
import { readsFirst } from './upsert-from.js'
import { columnOf, returnedSql, targetScope, unsharedWrite, type WriteTemplate } from './write.js'

type FromQuery = Extract<InsertNode['source'], { readonly _tag: 'Query' }>

// -------------------------------------------------------------------------------------
// problems
// -------------------------------------------------------------------------------------

const outputProblem = ({ into }: InsertNode, key: string, output: DerivedColumn): CompileError | null => {
  const column = into.table.columns.find((c) => c.key === key)
  return column === undefined ? null : assignmentProblem(`${into.table.name}.${key}`, column.type, output.type)
}

export const problemOf = (insert: InsertNode, source: FromQuery): CompileError | null => {
  const outputs = outputsOf(source.query)
  const given = [...source.columns, ...source.defaults.map((a) => a.key)]
  if (outputs.length !== source.columns.length) return illFormed('each output of the query goes to one column')
  if (new Set(given).size < given.length) return illFormed('insertFrom: two outputs go to one column')
  const refused = refusedColumn(insert, given)
  if (refused !== null) return refused
  for (const [i, output] of outputs.entries()) {
    const problem = outputProblem(insert, source.columns[i] ?? '', output)
    if (problem !== null) return problem
  }
  return null
}

// -------------------------------------------------------------------------------------
// text
// -------------------------------------------------------------------------------------

/** The query itself, or around it what brings its outputs into the form of their columns and the defaults beside them. */
export const selectSql = (context: Context, insert: InsertNode, source: FromQuery): Sql => {
  const { dialect } = context
  const { table } = insert.into
  const outputs = outputsOf(source.query)
  const typeOf = (key: string): SqlType<unknown> | null => table.columns.find((c) => c.key === key)?.type ?? null
  const rows = context.nested.flat(context, emptyScope, source.query, null)
  const converts = outputs.some((o, i) => isConverted(dialect, o.type, typeOf(source.columns[i] ?? '')))
  if (!converts && source.defaults.length === 0) return rows
  const values = outputs.map((o, i) => converted(dialect, [`q.c${i}`], o.type, typeOf(source.columns[i] ?? '')))
  // Not as in VALUES: MySQL takes the type of a bare placeholder in a SELECT from what is bound first.
  const defaults = at(context, 'values', () =>
    source.defaults.map((a) => operandSql(context, emptyScope, a.value, `${table.name}.${a.key}`)),
  )
  return sql`SELECT ${join([...values, ...defaults], ', ')} FROM (${rows}) AS q`
}

const insertSql = (context: Context, insert: InsertNode, source: FromQuery): Sql => {
  const { table } = insert.into
  const given = [...source.columns, ...source.defaults.map((a) => a.key)]
  const columns = given.map((key) => columnOf(context, table, key)).join(', ')
  context.strict = true
  // What stands in front of the query stands after the names of the columns: all engines take it there.
  const rows = fronted(context, selectSql(context, insert, source))
  // The query may read the table that is written: engines take its rows before they write. RETURNING may not.
  context.target = tableIdentity(table)
  context.front = null
  const returned = returnedSql(context, targetScope(context, insert.into), insert)
  const returning = returned.length === 0 ? nothing : sql` RETURNING ${join(returned, ', ')}`
  return sql`INSERT INTO ${tableSql(context.dialect, table)} (${columns}) ${rows}${returning}`
}

// -------------------------------------------------------------------------------------
// template
// -------------------------------------------------------------------------------------

const queryTemplate = (
  dialect: Dialect,
  insert: InsertNode,
  source: FromQuery,
): Either<CompileError, WriteTemplate> => {
  const problem = problemOf(insert, source)
  if (problem !== null) return left(problem)
  const own = unsharedWrite(insert)
  const context = makeContext(dialect, nested, paramsOf(own), null)
  const written = aroundWrite(context, own)(insertSql(context, own, own.source._tag === 'Query' ? own.source : source))
  const error = context.errors[0]
  if (error !== undefined) return left(error)
  const printed = printFor(dialect, written)
  if (isLeft(printed)) return printed
  const { text, slots } = printed.right
  const planned = returningPlan(insert)
  return right({
    text,
    slots,
    read: planned === null ? null : readerOf(planned.plan),
    bigints: planned !== null && needsBigints(planned.plan),
    tables: tableSetOf(insert),
    notes: [...context.notes],
    named: context.named,
  })
}

const compiledOf = (dialect: Dialect, insert: InsertNode): Either<CompileError, WriteTemplate> => {
  const { source } = insert
  if (source._tag !== 'Query') return left(illFormed('insertFrom takes a query'))
  return dialect.cache.get(insert, () => queryTemplate(dialect, insert, source))
}

/** Whether the rows of the query are to be read first: an engine without RETURNING gives back what is inserted as rows alone. */
export const isReadFirst = (dialect: Dialect, { returning }: InsertNode): boolean =>
  returning !== null && !dialect.features.insertReturning

/** What is said in other words, and why. */
export const notesOfQuery = (dialect: Dialect, insert: InsertNode): ReadonlyArray<string> => {
  if (isReadFirst(dialect, insert)) return [readsFirst]
  const compiled = compiledOf(dialect, insert)
  return isLeft(compiled) ? [] : compiled.right.notes
}

/** The Load of an INSERT of the rows of a query. Which key went to which of them nobody knows: it has none. */
export const insertedFromLoad = (
  dialect: Dialect,
  insert: InsertNode,
  bindings: Bindings,
): Either<CompileError | LoadError, Load<Answer<unknown>>> => {
  const compiled = compiledOf(dialect, insert)
  if (isLeft(compiled)) return compiled
  const { text, slots, read, bigints, tables, named } = compiled.right
  const problem = named ? namesProblem(insert) : null
  if (problem !== null) return left(problem)
  const parameters = bind(slots, paramsOf(insert), bindings, [])
  if (isLeft(parameters)) return parameters
  const returnsRows = read !== null
  return right(
    step(
      {
        sql: text,
        parameters: parameters.right,
        text: textOf(dialect, insert, slots),
        returnsRows,
        bigints,
        tables,
        ...secretsOf(insert, slots),
      },
      (reply) => {
        const rows = read === null ? right([]) : read(reply.rows, text)
        return isLeft(rows) ? rows : right(done({ rows: rows.right, affected: reply.affected, keys: [] }))
      },
    ),
  )
}

/**
 * Views: made of their query with its values written into it, each output under its own name.
 */
import { type Either, isLeft, left, map, right } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import { paramsOf } from '../expr/children.js'
import type { CreateView, DropView, RefreshView } from '../expr/ddl-node.js'
import type { QueryNode } from '../expr/query-node.js'
import type { TableInfo } from '../expr/source.js'
import { type CompileError, illFormed, unsupported } from './compile-error.js'
import { emptyScope, makeContext } from './context.js'
import { fronted } from './cte.js'
import { literalSql, withoutPositions } from './ddl-literal.js'
import { presence } from './ddl-present.js'
import { keptProblem } from './ddl-view-problem.js'
import { always, type DdlStep, unless } from './ddl-step.js'
import type { Dialect } from './dialect.js'
import { namesProblem } from './named-rows.js'
import { nested, unshared } from './read.js'
import { tableSql } from './source.js'
import { sql } from './sql.js'
import { tableReads } from './table-set.js'

// -------------------------------------------------------------------------------------
// queries
// -------------------------------------------------------------------------------------

/** What texts are compared by, as the sessions of MySQL and MariaDB say it: they forget that of a view's own texts and casts. */
const collations: Partial<Readonly<Record<Dialect['name'], string>>> = {
  mysql: 'utf8mb4_0900_bin',
  mariadb: 'utf8mb4_nopad_bin',
}

/** The dialect for a text that is kept, with the collation of its own texts and of what is made text. */
const inText = (dialect: Dialect): Dialect => {
  const collation = collations[dialect.name]
  const kept = withoutPositions(dialect)
  if (collation === undefined) return kept
  const { literal } = dialect.ddl
  return {
    ...kept,
    text: (operand, length) => sql`${dialect.text(operand, length)} COLLATE ${collation}`,
    ddl: { ...dialect.ddl, literal: (text) => `(${literal(text)} COLLATE ${collation})` },
  }
}

/** The rows of a view have no order of their own: one that chooses none of them is left out. MySQL would not find its outputs again. */
const unordered = (query: QueryNode): QueryNode => {
  if (query.limit !== null || query.offset !== null) return query
  if (query._tag === 'SetOperation') return { ...query, orderBy: [] }
  return query._tag === 'Select' && query.keyset === null && query.distinctOn.length === 0
    ? { ...query, orderBy: [] }
    : query
}

/** A query as text: its values are literals, since no definition takes parameters. Its outputs come in their order. */
export const queryText = (dialect: Dialect, query: QueryNode): Either<CompileError, string> => {
  const own = unshared(unordered(query))
  const params = paramsOf(own)
  const kept = inText(dialect)
  const context = makeContext(kept, nested, params, null)
  const text = nested.flat(context, emptyScope, own, null)
  const error = keptProblem(dialect, own) ?? context.errors[0] ?? (context.named ? namesProblem(own) : null)
  return error === null ? literalSql(kept, fronted(context, text), params) : left(error)
}

// -------------------------------------------------------------------------------------
// statements
// -------------------------------------------------------------------------------------

const word = (view: TableInfo): string => (view.view?.materialized === true ? 'MATERIALIZED VIEW' : 'VIEW')

/**
 * A statement that SQLite prepared of rows that stand in no table never hears that the view has become another one: this one reads
 * the list of all that there is.
 */
const watched = (dialect: Dialect, view: TableInfo, query: QueryNode, text: string): string =>
  dialect.name === 'sqlite' && tableReads(query).size === 0
    ? `SELECT * FROM (${text}) WHERE EXISTS (SELECT 1 FROM ${tableSql(dialect, { schema: view.schema, name: 'sqlite_master' })})`
    : text

/** What is wrong with a view, or null. */
const viewProblem = (dialect: Dialect, view: TableInfo): CompileError | null => {
  if (view.view === null) return illFormed(`"${view.name}" is a table and no view`)
  return view.view.materialized && dialect.name !== 'postgres'
    ? unsupported(
        dialect.name,
        `keep the rows of a view ("${view.name}")`,
        'use a view that is not materialized, or createTableAs',
      )
    : null
}

/** The statements that make a view. PostgreSQL makes one anew where it keeps rows, and SQLite always. */
export const createView = (
  dialect: Dialect,
  { view, orReplace }: Omit<CreateView, '_tag'>,
): Either<CompileError, ReadonlyArray<DdlStep>> => {
  const problem = viewProblem(dialect, view)
  if (problem !== null || view.view === null) return left(problem ?? illFormed(`"${view.name}" is no view`))
  const text = queryText(dialect, view.view.query)
  if (isLeft(text)) return text
  const anew = orReplace && (dialect.name === 'sqlite' || view.view.materialized)
  const name = tableSql(dialect, view)
  const columns = view.columns.map((c) => dialect.quote(c.name)).join(', ')
  const create = `CREATE ${orReplace && !anew ? 'OR REPLACE ' : ''}${word(view)} ${name} (${columns}) AS ${watched(dialect, view, view.view.query, text.right)}`
  return right([...(anew ? [always(`DROP ${word(view)} IF EXISTS ${name}`)] : []), always(create)])
}

/** Makes a view where there is nothing of its name. Only some engines have words for that, so it is asked for first. */
export const createViewIfAbsent = (dialect: Dialect, view: TableInfo): Either<CompileError, ReadonlyArray<DdlStep>> =>
  pipe(
    createView(dialect, { view, orReplace: false }),
    map((steps) => {
      const { sql, parameters } = presence(dialect, view, 'made')
      return [unless(sql, parameters, steps)]
    }),
  )

export const dropViewSql = (dialect: Dialect, view: TableInfo, ifExists: boolean): string =>
  `DROP ${word(view)} ${ifExists ? 'IF EXISTS ' : ''}${tableSql(dialect, view)}`

export const dropView = (
  dialect: Dialect,
  { view, ifExists }: Omit<DropView, '_tag'>,
): Either<CompileError, ReadonlyArray<DdlStep>> => {
  const problem = viewProblem(dialect, view)
  return problem === null ? right([always(dropViewSql(dialect, view, ifExists))]) : left(problem)
}

export const refreshView = (dialect: Dialect, { view }: RefreshView): Either<CompileError, ReadonlyArray<DdlStep>> => {
  const problem = viewProblem(dialect, view)
  if (problem !== null) return left(problem)
  return view.view?.materialized === true
    ? right([always(`REFRESH MATERIALIZED VIEW ${tableSql(dialect, view)}`)])
    : left(illFormed(`"${view.name}" keeps no rows: it gives those of the moment, and needs no refreshing`))
}

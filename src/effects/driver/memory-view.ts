/**
 * Views in memory: their queries as they were made, and the rows of those that keep them.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import { tableReads } from '../../compile/table-set.js'
import { tableIdentity } from '../../expr/schema.js'
import type { TableInfo } from '../../expr/source.js'
import { asView } from '../../interpret/from.js'
import { infoNamed, type Tables } from '../../interpret/tables.js'
import type { DbError } from '../error.js'
import { noTable, refused } from './memory-error.js'
import { mentionedIn } from './memory-mentioned.js'
import { missing } from './memory-seen.js'
import { evaluated } from './memory-statement.js'

type Outcome = E.Either<DbError, Tables>

/** Left undone where a view that stays reads what goes. */
export const dependent = ({ infos }: Tables, gone: ReadonlySet<string>, statement: string): DbError | null => {
  const reader = infos.find(({ view }) => view !== null && [...tableReads(view.query)].some((id) => gone.has(id)))
  return reader === undefined ? null : refused(statement, `the view "${reader.name}" reads it`)
}

/** The rows that a materialised view has at the moment; a view that keeps none has none to be found. */
const withRows = (tables: Tables, info: TableInfo, now: string): Outcome => {
  if (info.view?.materialized !== true) return E.right(tables)
  const { query } = info.view
  return pipe(
    evaluated({ _tag: 'Statement', node: query, holes: {} }, 'CREATE MATERIALIZED VIEW', tables, now),
    E.map(({ answer }) =>
      Object.freeze({
        ...tables,
        rows: new Map(tables.rows).set(tableIdentity(info), Object.freeze(asView(info, query, answer.rows))),
      }),
    ),
  )
}

/** The tables with a view, or with another one of its name. */
export const createdView = (tables: Tables, view: TableInfo, orReplace: boolean, now: string): Outcome => {
  const there = infoNamed(tables, view)
  if (there !== undefined && !(orReplace && there.view !== null))
    return E.left(refused('CREATE VIEW', `there is a ${there.view === null ? 'table' : 'view'} "${view.name}" already`))
  const query = view.view?.query
  const others = tables.infos.filter((info) => info !== there)
  const before: Tables = Object.freeze({ ...tables, infos: others })
  const absent = query === undefined ? null : missing(before, query, mentionedIn(before, query), 'CREATE VIEW')
  if (absent !== null) return E.left(absent)
  return withRows(Object.freeze({ ...tables, infos: [...others, view] }), view, now)
}

/** The tables without a view. */
export const withoutViews = (tables: Tables, view: TableInfo, ifExists: boolean): Outcome => {
  const there = infoNamed(tables, view)
  if (there === undefined)
    return ifExists ? E.right(tables) : E.left(refused('DROP VIEW', `there is no view "${view.name}"`))
  if (there.view === null) return E.left(refused('DROP VIEW', `"${view.name}" is a table`))
  const id = tableIdentity(view)
  const after: Tables = Object.freeze({
    ...tables,
    infos: tables.infos.filter((info) => info !== there),
    rows: new Map([...tables.rows].filter(([own]) => own !== id)),
  })
  const stopped = dependent(after, new Set([id]), 'DROP VIEW')
  return stopped === null ? E.right(after) : E.left(stopped)
}

/** The tables with the rows that a materialised view has by now. */
export const refreshedView = (tables: Tables, view: TableInfo, now: string): Outcome => {
  const there = infoNamed(tables, view)
  return there === undefined ? E.left(noTable(view.name, 'REFRESH MATERIALIZED VIEW')) : withRows(tables, there, now)
}

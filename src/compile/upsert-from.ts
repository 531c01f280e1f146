/**
 * The rows of a query that is inserted where one statement cannot take them: they are read first, in the same transaction. MySQL
 * and MariaDB do not tell what became of those of an upsert, PostgreSQL refuses two of one key, and MySQL gives back none.
 */
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'

import { column, type ExprNode, value } from '../expr/node.js'
import { outputsOf, projectionOf } from '../expr/outputs.js'
import type { Assignment, InsertNode, QueryNode, SelectNode } from '../expr/query-node.js'
import { sameExpr } from '../expr/same.js'
import { booleanType } from '../expr/sql-type.js'
import type { Answer } from './answer.js'
import type { Bindings } from './bind.js'
import { chain, type Load } from './load.js'
import type { LoadError } from './load-error.js'
import { namesProblem } from './named-rows.js'
import type { Dialect } from './dialect.js'
import { readTemplate } from './read.js'
import { run } from './template.js'
import type { Loaded } from './upsert-find.js'
import { changesKey, metKey, type UpsertNode } from './upsert-key.js'

export type FromQuery = Extract<InsertNode['source'], { readonly _tag: 'Query' }>

type Rows = ReadonlyArray<ReadonlyArray<Assignment>>

// -------------------------------------------------------------------------------------
// rows
// -------------------------------------------------------------------------------------

/** Whether a row of the query is its one output, and no record. */
const isBare = (query: QueryNode): boolean => query._tag === 'Select' && projectionOf(query)._tag === 'One'

/** The rows that a query gave, as rows of an insert: each value has the type of its output. */
const givenRows = ({ query, columns, defaults }: FromQuery, rows: ReadonlyArray<unknown>): Rows => {
  const outputs = outputsOf(query)
  const bare = isBare(query)
  return rows.map((row) => [
    ...columns.map((key, i) => {
      const output = outputs[i]
      // Such a row is a record of its outputs.
      const held = bare ? row : (row as Readonly<Record<string, unknown>>)[output?.key ?? '']
      return { key, value: value(held, output?.type ?? booleanType, true) }
    }),
    ...defaults,
  ])
}

// -------------------------------------------------------------------------------------
// keys
// -------------------------------------------------------------------------------------

/** What the query gives for the columns of a key; null where it is not said by one expression each. */
const outputsAt = (query: SelectNode, columns: ReadonlyArray<string>): ReadonlyArray<ExprNode> | null => {
  const projection = projectionOf(query)
  const found = columns.map((key) => {
    if (projection._tag === 'One') return projection.expr
    if (projection._tag === 'Whole') {
      const own = projection.source._tag === 'TableSource' ? projection.source.table.columns : []
      const c = own.find((one) => one.key === key)
      return c === undefined ? null : column(projection.source, c.key, c.name, c.type, c.nullable)
    }
    const field = projection.fields.find((f) => f.key === key)?.projection
    return field?._tag === 'One' ? field.expr : null
  })
  const all = found.filter((e) => e !== null)
  return all.length < found.length ? null : all
}

/** Whether no two rows of the query can have one value of the key, as far as is plain to see. */
const isOnceEach = (query: QueryNode, columns: ReadonlyArray<string>): boolean => {
  if (query._tag !== 'Select' || query.groupingSets !== null) return false
  const outputs = outputsAt(query, columns)
  if (outputs === null) return false
  if (query.groupBy.length > 0) return query.groupBy.every((e) => outputs.some((o) => sameExpr(o, e)))
  const { from } = query
  return (
    query.joins.length === 0 &&
    from._tag === 'TableSource' &&
    from.table.view === null &&
    from.table.primaryKey.length > 0 &&
    from.table.primaryKey.every((key) =>
      outputs.some((o) => o._tag === 'Column' && o.of.name === from.name && o.key === key),
    )
  )
}

/** Whether the engine itself takes the rows of the query as they come. PostgreSQL does not change a row twice in one statement. */
export const isTakenAtOnce = (dialect: Dialect, upsert: UpsertNode, { query }: FromQuery): boolean => {
  if (dialect.name === 'sqlite') return true
  if (dialect.name !== 'postgres') return false
  const met = metKey(upsert)
  if (upsert.conflict.action._tag === 'Nothing' || met === null) return true
  return !changesKey(upsert, met) && isOnceEach(query, met.columns)
}

// -------------------------------------------------------------------------------------
// load
// -------------------------------------------------------------------------------------

/** What is said in other words, and why. */
export const readsFirst = 'the rows of the query are read, then inserted, in one transaction'

const inTransaction = <A>(load: Load<A>): Load<A> => (load._tag === 'Done' ? load : { ...load, atomic: true })

/** Reads the rows of the query, and goes on with them. */
export const readFirst = (
  dialect: Dialect,
  source: FromQuery,
  bindings: Bindings,
  insert: (rows: Rows) => Loaded,
): Loaded => {
  const { query } = source
  const template = dialect.cache.get(query, () => readTemplate(dialect, query))
  if (isLeft(template)) return template
  const names = template.right.named ? namesProblem(query) : null
  if (names !== null) return { _tag: 'Left', left: names }
  const read = run(dialect, template.right, query, bindings, [])
  if (isLeft(read)) return read
  // What rows are compiled to does not depend on their values: one of nulls tells what would be wrong.
  const none = isBare(query) ? null : Object.fromEntries(outputsOf(query).map((o) => [o.key, null]))
  const checked = insert(givenRows(source, [none]))
  if (isLeft(checked) && checked.left._tag !== 'InvalidValue') return checked
  const all = chain(
    ({ rows }: { readonly rows: ReadonlyArray<unknown> }) =>
      // So only values can be wrong by now.
      insert(givenRows(source, rows)) as Either<LoadError, Load<Answer<unknown>>>,
  )(read.right)
  return isLeft(all) ? all : right(inTransaction(all.right))
}

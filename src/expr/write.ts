/**
 * Writes as values: `insertInto`, `update`, `deleteFrom`, and what they give back.
 */
import type { Expr } from './expr.js'
import { type ExprNode, isExprNode, value } from './node.js'
import { projectionNode } from './projection.js'
import { type Mentions, nodeOfQuery, type Nothing, type Projection, type Updating, type Query, query } from './query.js'
import type { Assignment } from './query-node.js'
import type { ColumnInfo, Source, TableSource } from './source.js'
import { booleanType } from './sql-type.js'
import { type AnyTable, type ColumnsOf, type InsertOf, sourceOf, type SourceOf } from './table.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A row to insert whose values may be parameters. */
export type InsertRow<T extends AnyTable> = {
  readonly [K in keyof InsertOf<T>]: InsertOf<T>[K] | Expr<Exclude<InsertOf<T>[K], undefined>>
}

/** New values of columns: values, or expressions of the old row. */
export type Changes<T extends AnyTable> = {
  readonly [K in keyof ColumnsOf<T>]?: ColumnsOf<T>[K]['_a'] | Expr<ColumnsOf<T>[K]['_a'], SourceOf<T>, SourceOf<T>>
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const tableSource = (t: AnyTable): TableSource => {
  const source: Source = sourceOf(t)
  if (source._tag !== 'TableSource') throw new TypeError('only tables are written to')
  return source
}

/** The assignments of a record. A key that is no column is refused by the compiler, a wrong value when it is bound. */
const assignments = (into: TableSource, row: unknown): ReadonlyArray<Assignment> =>
  Object.entries(typeof row === 'object' && row !== null ? row : { [String(row)]: row }).map(
    ([key, v]: [string, unknown]) => {
      const column = into.table.columns.find((c) => c.key === key)
      const node: ExprNode = isExprNode(v) ? v : value(v, column?.type ?? booleanType, column?.nullable ?? false)
      return { key, value: node }
    },
  )

const assigned = (c: ColumnInfo, v: unknown): Assignment => ({
  key: c.key,
  value: isExprNode(v) ? v : value(v, c.type, c.nullable),
})

/**
 * The assignments of a row to insert: what it gives, defaults (a client's is asked once a row, here) and nulls, in the order of
 * the table's columns, so that rows which leave out different columns are one statement all the same.
 */
const insertRow = (into: TableSource, row: unknown): ReadonlyArray<Assignment> => {
  if (typeof row !== 'object' || row === null) return assignments(into, row)
  const made: Array<Assignment> = []
  let given = 0
  for (const c of into.table.columns) {
    if (Object.hasOwn(row, c.key)) {
      given += 1
      // The key was found among the row's own.
      made.push(assigned(c, (row as Readonly<Record<string, unknown>>)[c.key]))
    } else if (c.default !== null)
      made.push(assigned(c, c.default._tag === 'Client' ? c.default.make() : c.default.value))
    else if (c.nullable && !c.autoIncrement) made.push(assigned(c, null))
  }
  // What names no column stays, so that the compiler says so.
  return Object.keys(row).length === given
    ? made
    : [...made, ...assignments(into, row).filter((a) => !into.table.columns.some((c) => c.key === a.key))]
}

/**
 * Inserts rows. What a row leaves out is made by its default, by the database, or null.
 *
 * @param into the table
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { autoIncrement, insertInto, integer, primaryKey, returning, table, text } from 'relvar'
 *
 * const users = table('users', { id: pipe(integer, primaryKey, autoIncrement), name: text })
 * pipe(insertInto(users)([{ name: 'ed' }, { name: 'wendy' }]), returning({ id: users.id }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const insertInto =
  <T extends AnyTable>(into: T) =>
  (rows: InsertRow<T> | ReadonlyArray<InsertRow<T>>): Query<Nothing, SourceOf<T>, never, never, 'insert'> => {
    const source = tableSource(into)
    // A row is a record, so an array can only be the list of rows.
    const list = (Array.isArray(rows) ? rows : [rows]) as ReadonlyArray<unknown>
    return query({
      _tag: 'Insert',
      into: source,
      rows: list.map((row) => insertRow(source, row)),
      returning: null,
    })
  }

/**
 * Changes rows of a table: `set` says how, `where` which ones.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { add, eq, integer, set, table, text, update, where } from 'relvar'
 *
 * const users = table('users', { name: text, age: integer })
 * pipe(update(users), set({ age: add(users.age, 1) }), where(eq(users.name, 'ed')))
 *
 * @category constructors
 * @since 0.1.0
 */
export const update = <T extends AnyTable>(t: T): Query<Updating<T>, SourceOf<T>, never, never, 'update'> =>
  query({ _tag: 'Update', table: tableSource(t), set: [], where: null, returning: null })

/**
 * The new values of an update; of one column the last stands. All expressions see the old row.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { integer, set, table, update } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * pipe(update(users), set({ id: 2 }))
 *
 * @category combinators
 * @since 0.1.0
 */
export const set =
  <T extends AnyTable>(changes: Changes<T>) =>
  <F extends string>(
    q: Query<Updating<T>, SourceOf<T>, never, F, 'update'>,
  ): Query<Updating<T>, SourceOf<T>, never, F, 'update'> => {
    const node = nodeOfQuery(q)
    if (node._tag !== 'Update') throw new TypeError('set belongs to an update')
    const added = assignments(node.table, changes)
    const kept = node.set.filter((a) => !added.some((b) => b.key === a.key))
    return query({ ...node, set: [...kept, ...added] })
  }

/**
 * Deletes rows of a table: `where` says which ones.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { deleteFrom, eq, table, text, where } from 'relvar'
 *
 * const users = table('users', { name: text })
 * pipe(deleteFrom(users), where(eq(users.name, 'ed')))
 *
 * @category constructors
 * @since 0.1.0
 */
export const deleteFrom = <T extends AnyTable>(t: T): Query<Nothing, SourceOf<T>, never, never, 'delete'> =>
  query({ _tag: 'Delete', from: tableSource(t), where: null, returning: null })

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/**
 * What a write gives back of each row that it wrote, as `select` does for a query. Where the engine has no RETURNING, the rows
 * are read again by their keys in the same transaction.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { insertInto, integer, returning, table } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * pipe(insertInto(users)({ id: 1 }), returning({ id: users.id }))
 *
 * @category combinators
 * @since 0.1.0
 */
export const returning =
  <P2 extends Projection>(p: P2) =>
  <P, S extends string, O extends string, F extends string, K extends 'insert' | 'update' | 'delete'>(
    q: Query<P, S, O, F, K>,
  ): Query<P2, S, O, F | Exclude<Mentions<P2>, S>, K> => {
    const node = nodeOfQuery(q)
    if (node._tag === 'Select' || node._tag === 'SetOperation' || node._tag === 'Text')
      throw new TypeError('returning belongs to a write')
    return query({ ...node, returning: projectionNode(p) })
  }

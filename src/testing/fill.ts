/**
 * A database whose tables hold these rows and no others.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { Database } from '../effects/database.js'
import type { DbError } from '../effects/error.js'
import { insertInto } from '../expr/insert.js'
import * as node from '../expr/node.js'
import type { ExprNode } from '../expr/node.js'
import { type Query, query } from '../expr/query.js'
import type { Assignment, UpdateNode } from '../expr/query-node.js'
import { tableIdentity } from '../expr/schema.js'
import type { ForeignKeyInfo } from '../expr/source.js'
import type { AnyTable } from '../expr/table.js'
import { deleteFrom, everyRow, writtenSource } from '../expr/write.js'
import { rowsIn, type Tables } from '../interpret/tables.js'
import type { Row } from '../interpret/value.js'
import { inOrder, type Placed, type TablesOrSchema, targetIdentity } from './table-order.js'

/** The Right of an effect: a property is refuted by what it throws. */
export const must = async <E1 extends { readonly _tag: string }, A>(
  effect: () => Promise<E.Either<E1, A>>,
): Promise<A> => {
  const outcome = await effect()
  if (E.isRight(outcome)) return outcome.right
  const said = 'message' in outcome.left ? `: ${String(outcome.left.message)}` : ''
  throw new Error(`${outcome.left._tag}${said}`)
}

type AnyUpdate = Query<unknown, never, never, never, 'update'>

const columnOf = (table: AnyTable, key: string): ExprNode => {
  const source = writtenSource(table)
  const found = source.table.columns.find((c) => c.key === key)
  if (found === undefined) throw new TypeError(`"${source.name}" has no column "${key}"`)
  return node.column(source, found.key, found.name, found.type, found.nullable)
}

const assigned = ({ table, info }: Placed, values: Row): ReadonlyArray<Assignment> =>
  Object.entries(values).map(([key, value]) => ({
    key,
    value: node.value(value, columnOf(table, key).type, info.columns.find((c) => c.key === key)?.nullable ?? true),
  }))

/** An update that changes these columns and no others: not those either that say `onUpdate`. */
const updating = (placed: Placed, values: Row, where: Pick<UpdateNode, 'where' | 'everyRow'>): AnyUpdate =>
  query({
    _tag: 'Update',
    table: writtenSource(placed.table),
    using: [],
    set: assigned(placed, values),
    returning: null,
    ...where,
  })

const nullable = ({ info }: Placed, key: ForeignKeyInfo): ReadonlyArray<string> =>
  key.columns.filter((c) => info.columns.find((own) => own.key === c)?.nullable === true)

/** Foreign keys that rows of the table cannot be deleted before: those within it, and those that close a circle. */
const circular = (placed: Placed): ReadonlyArray<ForeignKeyInfo> =>
  placed.info.foreignKeys.filter((key) => placed.late.has(key) || targetIdentity(key) === tableIdentity(placed.info))

const emptied = async (db: Database, placed: Placed): Promise<void> => {
  const nulls = circular(placed).flatMap((key) => nullable(placed, key))
  if (nulls.length === 0) return
  const values = Object.fromEntries(nulls.map((key) => [key, null]))
  await must<DbError, unknown>(db.execute(updating(placed, values, { where: null, everyRow: true })))
}

/** The row without what the database computes, and with nothing where a circle is closed later. */
const insertable = (placed: Placed, row: Row): Row => {
  const computed = placed.info.columns.flatMap((c) => (c.generated === null ? [] : [c.key]))
  const later = [...placed.late].flatMap((key) => nullable(placed, key).slice(0, 1))
  const kept = Object.entries(row).filter(([key]) => !computed.includes(key))
  return Object.fromEntries(kept.map(([key, value]) => [key, later.includes(key) ? null : value]))
}

const keyOfRow = (placed: Placed, row: Row): ExprNode =>
  node.logic(
    'and',
    assigned(placed, Object.fromEntries(placed.info.primaryKey.map((key) => [key, row[key]]))).map(({ key, value }) =>
      node.compare('eq', columnOf(placed.table, key), value),
    ),
  )

const closing = async (db: Database, placed: Placed, rows: ReadonlyArray<Row>): Promise<void> => {
  const keys = [...placed.late].flatMap((key) => key.columns)
  // What `onUpdate` says is what the row has.
  const also = placed.info.columns.flatMap((c) => (c.onUpdate !== null && c.generated === null ? [c.key] : []))
  for (const row of rows) {
    if (keys.every((key) => row[key] === null)) continue
    const values = Object.fromEntries([...keys, ...also].map((key) => [key, row[key]]))
    const where = { where: keyOfRow(placed, row), everyRow: false }
    await must<DbError, unknown>(db.execute(updating(placed, values, where)))
  }
}

/** Deletes what the tables hold, and writes the rows: those that others refer to first, and what closes a circle last. */
export const fill = async (db: Database, of: TablesOrSchema, tables: Tables): Promise<void> => {
  const placed = inOrder(of)
  for (const one of placed) await emptied(db, one)
  for (const { table } of [...placed].reverse()) await must<DbError, unknown>(db.execute(everyRow(deleteFrom(table))))
  for (const one of placed) {
    // A row that was read from a table can be written to it, but for what is computed.
    const rows = rowsIn(one.table)(tables).map((row) => insertable(one, row)) as unknown as ReadonlyArray<never>
    if (rows.length > 0) await must<DbError, unknown>(db.execute(insertInto(one.table)(rows)))
  }
  for (const one of placed) if (one.late.size > 0) await closing(db, one, rowsIn(one.table)(tables))
}

/**
 * Tables as a statement sees them: its values of them may know a column by another key, or say less of the table than there is.
 * What a table holds, and what it keeps to, is what was made; columns are the same where their names in the database are.
 */
import type { StatementNode, WriteNode } from '../../expr/query-node.js'
import { isWrite } from '../../expr/query-node.js'
import { tableIdentity } from '../../expr/schema.js'
import type { TableInfo } from '../../expr/source.js'
import { targetOfWrite } from '../../expr/write-parts.js'
import { infoNamed, type Tables } from '../../interpret/tables.js'
import type { Row } from '../../interpret/value.js'
import type { DbError } from '../error.js'
import { settledIn } from './memory-definition.js'
import { noTable, refused } from './memory-error.js'
import { absentColumn, type Mentioned } from './memory-mentioned.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A statement with the tables that it sees, and what becomes of those afterwards. */
export interface Seen {
  readonly node: StatementNode
  readonly tables: Tables
  readonly kept: (after: Tables) => Tables
}

/** The keys by which a statement knows the columns of a table, by those that it is kept by; columns that share one are left out. */
type Keys = ReadonlyMap<string, string>

// -------------------------------------------------------------------------------------
// keys
// -------------------------------------------------------------------------------------

/** Null where two values of the table disagree. */
const keysOf = (kept: TableInfo, values: ReadonlyArray<TableInfo>): Keys | null => {
  const keys = new Map<string, string>()
  for (const value of values) {
    // A value that was made a part of a schema has the same columns.
    if (value.columns === kept.columns) continue
    for (const { key, name } of value.columns) {
      const own = kept.columns.find((c) => c.name === name)?.key
      if (own === undefined) continue
      if ((keys.get(own) ?? key) !== key) return null
      keys.set(own, key)
    }
  }
  if ([...keys].every(([own, key]) => own === key)) return new Map()
  const taken = new Set(keys.values())
  // What the statement does not know goes by a key that it does not know either.
  for (const { key } of kept.columns)
    if (!keys.has(key) && taken.has(key)) keys.set(key, JSON.stringify([key, 'unseen']))
  return new Map([...keys].filter(([own, key]) => own !== key))
}

const renamed = (row: Row, keys: Keys): Row =>
  Object.freeze(Object.fromEntries(Object.entries(row).map(([key, value]) => [keys.get(key) ?? key, value])))

/** A table whose columns go by other keys. */
const rekeyed = (info: TableInfo, keys: Keys): TableInfo => {
  const all = (own: ReadonlyArray<string>): ReadonlyArray<string> => own.map((key) => keys.get(key) ?? key)
  const columns = info.columns.map((c) => ({ ...c, key: keys.get(c.key) ?? c.key }))
  const moved: TableInfo = {
    ...info,
    columns,
    primaryKey: all(info.primaryKey),
    uniques: info.uniques.map((unique) => ({ ...unique, columns: all(unique.columns) })),
    foreignKeys: info.foreignKeys.map((key) => ({ ...key, columns: all(key.columns) })),
    indexes: info.indexes.map((index) => ({ ...index, include: all(index.include) })),
  }
  return settledIn(moved, (node) => columns.find((c) => c.key === (keys.get(node.key) ?? node.key)) ?? null)
}

// -------------------------------------------------------------------------------------
// tables
// -------------------------------------------------------------------------------------

/** Foreign keys lead to columns by the keys that these have for the statement. */
const leadingTo = (info: TableInfo, keysAt: ReadonlyMap<string, Keys>): TableInfo => {
  const foreignKeys = info.foreignKeys.map((key) => {
    const keys = keysAt.get(tableIdentity({ schema: key.target.schema, name: key.target.table }))
    const columns = key.target.columns.map((c) => keys?.get(c) ?? c)
    return keys === undefined ? key : { ...key, target: { ...key.target, columns } }
  })
  return foreignKeys.every((key, i) => key === info.foreignKeys[i]) ? info : Object.freeze({ ...info, foreignKeys })
}

/** The tables with columns by other keys, and the way back. */
const through = (tables: Tables, keysAt: ReadonlyMap<string, Keys>): Omit<Seen, 'node'> => {
  if (keysAt.size === 0) return { tables, kept: (after) => after }
  // A row that is not changed stays the same value, so that another transaction sees that it is not.
  const before = new WeakMap<Row, Row>()
  const rows = new Map(tables.rows)
  for (const [id, keys] of keysAt) {
    const held = (rows.get(id) ?? []).map((row) => {
      const made = renamed(row, keys)
      before.set(made, row)
      return made
    })
    rows.set(id, Object.freeze(held))
  }
  const infos = tables.infos.map((info) => {
    const keys = keysAt.get(tableIdentity(info))
    return leadingTo(keys === undefined ? info : rekeyed(info, keys), keysAt)
  })
  const seen: Tables = Object.freeze({ ...tables, rows, infos })
  const kept = (after: Tables): Tables => {
    if (after === seen) return tables
    const back = new Map(after.rows)
    for (const [id, keys] of keysAt) {
      const was = tables.rows.get(id)
      const now = after.rows.get(id) ?? []
      const own = new Map([...keys].map(([key, seen]) => [seen, key]))
      // So is a table that is not written.
      if (was !== undefined && now === rows.get(id)) back.set(id, was)
      else back.set(id, Object.freeze(now.map((row) => before.get(row) ?? renamed(row, own))))
    }
    return Object.freeze({ ...after, rows: back, infos: tables.infos })
  }
  return { tables: seen, kept }
}

// -------------------------------------------------------------------------------------
// statements
// -------------------------------------------------------------------------------------

/** A table as it is kept for a statement that has its own value of it; made once, since much is remembered by it. */
const shaped = new WeakMap<TableInfo, WeakMap<TableInfo, TableInfo>>()

const inShapeOf = (known: TableInfo, value: TableInfo): TableInfo => {
  const of = shaped.get(known) ?? new WeakMap<TableInfo, TableInfo>()
  shaped.set(known, of)
  // A statement's own columns mean its own value of the table.
  const made = of.get(value) ?? Object.freeze({ ...known, shape: value.shape })
  of.set(value, made)
  return made
}

/** The write with its table as it is kept: who says less of a table keeps to all of it. */
const writing = (write: WriteNode, tables: Tables): WriteNode => {
  const target = targetOfWrite(write)
  const known = infoNamed(tables, target.table)
  if (known === undefined || known === target.table) return write
  const source = Object.freeze({ ...target, table: inShapeOf(known, target.table) })
  switch (write._tag) {
    case 'Insert':
      return { ...write, into: source }
    case 'Update':
      return { ...write, table: source }
    case 'Delete':
      return { ...write, from: source }
  }
}

/** What the statement asks of tables that do not have it: what is missing. */
export const missing = (tables: Tables, node: StatementNode, found: Mentioned, sql: string): DbError | null => {
  for (const [id, values] of found.tables) {
    const [value] = values
    const known = value === undefined ? undefined : infoNamed(tables, value)
    if (value === undefined) continue
    if (known === undefined && !tables.rows.has(id)) return noTable(value.name, sql)
    if (known === undefined || values.every((one) => one.columns === known.columns)) continue
    const names = new Set(known.columns.map((c) => c.name))
    if (values.every((one) => one.columns.every((c) => names.has(c.name)))) continue
    const absent = absentColumn(tables, node, id, names)
    if (absent !== null) return refused(sql, `"${value.name}" has no column "${absent}"`)
  }
  const unmade = found.sequences.find((s) => tables.counting?.has(tableIdentity(s)) !== true)
  return unmade === undefined ? null : refused(sql, `there is no sequence "${unmade.name}"`)
}

/** A statement with the tables as it sees them; null where it has two values of a table that name a column by different keys. */
export const seen = (tables: Tables, node: StatementNode, found: Mentioned): Seen | null => {
  const keysAt = new Map<string, Keys>()
  for (const [id, values] of found.tables) {
    const [value] = values
    const known = value === undefined ? undefined : infoNamed(tables, value)
    if (known === undefined || values.every((one) => one === known)) continue
    const keys = keysOf(known, values)
    if (keys === null) return null
    if (keys.size > 0) keysAt.set(id, keys)
  }
  const made = through(tables, keysAt)
  return { ...made, node: isWrite(node) && node._tag !== 'Text' ? writing(node, made.tables) : node }
}

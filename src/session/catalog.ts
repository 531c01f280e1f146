/**
 * What a plan needs to know of a schema, worked out once a schema value: tables by identity, what refers to what, and
 * an order of the tables in which parents stand before children.
 */
import { keysOfTable } from '../expr/conflict-key.js'
import { type AnySchema, tableIdentity } from '../expr/schema.js'
import type { ColumnInfo, TableInfo, TableSource } from '../expr/source.js'
import { components } from './graph.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A foreign key: its columns are as many as those of the key that it leads to. */
export interface ForeignKeyEntry {
  readonly columns: ReadonlyArray<string>
  /** Those of its columns that may be NULL: a row that has NULL in one of them refers to nothing. */
  readonly nullable: ReadonlyArray<string>
  /** The identity of the table that it leads to. */
  readonly target: string
  readonly targetColumns: ReadonlyArray<string>
}

export interface TableEntry {
  /** The table's identity: its schema and name. */
  readonly id: string
  readonly info: TableInfo
  readonly source: TableSource
  readonly columns: ReadonlyMap<string, ColumnInfo>
  readonly foreignKeys: ReadonlyArray<ForeignKeyEntry>
  /** Columns of which no two rows share the values: the primary key first, then what is unique. */
  readonly unique: ReadonlyArray<ReadonlyArray<string>>
  /** The place in an order of the tables in which parents stand before children. */
  readonly rank: number
}

export type Catalog = ReadonlyMap<string, TableEntry>

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/**
 * Ranks by foreign keys; tables of one cycle, and tables that have nothing to do with each other, as they were defined.
 */
const ranks = (infos: ReadonlyArray<TableInfo>): ReadonlyArray<number> => {
  const places = new Map(infos.map((info, i) => [tableIdentity(info), i]))
  const parents = infos.map((info) =>
    info.foreignKeys.flatMap(
      (key) => places.get(tableIdentity({ schema: key.target.schema, name: key.target.table })) ?? [],
    ),
  )
  const ranked = infos.map(() => 0)
  let rank = 0
  // A component is given after all those that it leads to, and a table leads to its parents.
  for (const component of components(parents))
    for (const place of [...component].sort((a, b) => a - b)) ranked[place] = rank++
  return ranked
}

const entry = (info: TableInfo, rank: number): TableEntry => {
  const columns = new Map(info.columns.map((column) => [column.key, column]))
  return {
    id: tableIdentity(info),
    info,
    source: Object.freeze({ _tag: 'TableSource', name: info.name, table: info, computed: [] }),
    columns,
    foreignKeys: info.foreignKeys.map(({ columns: own, target }) => ({
      columns: own,
      nullable: own.filter((column) => columns.get(column)?.nullable === true),
      target: tableIdentity({ schema: target.schema, name: target.table }),
      targetColumns: target.columns,
    })),
    unique: keysOfTable(info).flatMap(({ columns: own, index }) =>
      own === null || (index?.where ?? null) !== null ? [] : [own],
    ),
    rank,
  }
}

/** The tables whose rows are stored: a view is read, and nothing in it is tracked. */
const storedIn = (schema: AnySchema): ReadonlyArray<TableInfo> => schema.infos.filter((info) => info.view === null)

const known = new WeakMap<AnySchema, Catalog>()

/** The catalog of a schema. */
export const catalogOf = (schema: AnySchema): Catalog => {
  const before = known.get(schema)
  if (before !== undefined) return before
  const infos = storedIn(schema)
  const rank = ranks(infos)
  const made = new Map(infos.map((info, i) => [tableIdentity(info), entry(info, rank[i] ?? 0)]))
  known.set(schema, made)
  return made
}

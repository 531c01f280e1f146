/**
 * The order in which tables are filled: each after those that it refers to, but for the references that close a circle.
 */
import { type AnySchema, tableIdentity } from '../expr/schema.js'
import type { ForeignKeyInfo, TableInfo } from '../expr/source.js'
import { type AnyTable, tableInfo } from '../expr/table.js'

/** Tables one by one, or all of a schema with the foreign keys that close circles between them. */
export type TablesOrSchema = ReadonlyArray<AnyTable> | AnySchema

/** A table in its place. */
export interface Placed {
  readonly table: AnyTable
  readonly info: TableInfo
  /** Foreign keys to tables that are filled later. */
  readonly late: ReadonlySet<ForeignKeyInfo>
}

/** The identity of the table that a foreign key leads to. */
export const targetIdentity = ({ target }: ForeignKeyInfo): string =>
  tableIdentity({ schema: target.schema, name: target.table })

export const isSchema = (of: TablesOrSchema): of is AnySchema => !Array.isArray(of)

const given = (of: TablesOrSchema): ReadonlyArray<Omit<Placed, 'late'>> =>
  isSchema(of)
    ? Object.values(of.tables).flatMap((table) => {
        const info = of.infos.find((known) => tableIdentity(known) === tableIdentity(tableInfo(table)))
        return info === undefined ? [] : [{ table, info }]
      })
    : of.map((table) => ({ table, info: tableInfo(table) }))

const isNullable = (info: TableInfo, key: ForeignKeyInfo): boolean =>
  key.columns.some((c) => info.columns.find((own) => own.key === c)?.nullable === true)

/** The foreign keys that wait for a table which has no place yet. */
const waiting = (info: TableInfo, left: ReadonlySet<string>): ReadonlyArray<ForeignKeyInfo> =>
  info.foreignKeys.filter((key) => targetIdentity(key) !== tableIdentity(info) && left.has(targetIdentity(key)))

/** All tables but views, each after those that it refers to. In a circle one begins whose reference may be null at first. */
export const inOrder = (of: TablesOrSchema): ReadonlyArray<Placed> => {
  const placed: Array<Placed> = []
  let left = given(of).filter(({ info }) => info.view === null)
  while (left.length > 0) {
    const names = new Set(left.map(({ info }) => tableIdentity(info)))
    const first =
      left.find(({ info }) => waiting(info, names).length === 0) ??
      left.find(({ info }) => waiting(info, names).every((key) => isNullable(info, key))) ??
      left[0]
    if (first === undefined) break
    placed.push({ ...first, late: new Set(waiting(first.info, names)) })
    left = left.filter((one) => one !== first)
  }
  return placed
}

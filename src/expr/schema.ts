/**
 * A schema: all tables that belong together, as a value. Plans and DDL start from it, since a table cannot know who refers to it.
 */
import type { ForeignKeyInfo, TableInfo } from './source.js'
import { type AnyTable, type ForeignKey, tableInfo } from './table.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Tables by name, with every foreign key between them. */
export interface Schema<out T extends Readonly<Record<string, AnyTable>>> {
  readonly tables: T
  /** What is known of each table, in the order of definition, foreign keys of the schema included. */
  readonly infos: ReadonlyArray<TableInfo>
}

/** Any schema. */
export type AnySchema = Schema<Readonly<Record<string, AnyTable>>>

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const identity = (schema: string | null, name: string): string => JSON.stringify([schema, name])

/** A table's identity: its schema and name. */
export const tableIdentity = (info: { readonly schema: string | null; readonly name: string }): string =>
  identity(info.schema, info.name)

const withKeys = (info: TableInfo, more: ReadonlyArray<ForeignKey>): TableInfo => {
  const own = more
    .filter((key) => identity(key.from.schema, key.from.table) === tableIdentity(info))
    .map((key): ForeignKeyInfo => ({ column: key.from.column, target: key.target }))
  return own.length === 0 ? info : Object.freeze({ ...info, foreignKeys: [...info.foreignKeys, ...own] })
}

/**
 * A schema value of tables, and the foreign keys that close a cycle between them.
 *
 * @param tables the tables by name
 * @param more foreign keys that no table can say alone, since its target is defined later
 * @throws TypeError where two tables have one name, or a foreign key leads to a table or column that is not there.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { foreignKey, integer, nullable, primaryKey, references, schema, table } from 'relvar'
 *
 * const person = table('person', { id: pipe(integer, primaryKey), ballId: pipe(integer, nullable) })
 * const ball = table('ball', { id: pipe(integer, primaryKey), personId: pipe(integer, references(person.id)) })
 * const play = schema({ person, ball }, (t) => [foreignKey(t.person.ballId, t.ball.id)])
 * assert.deepStrictEqual(Object.keys(play.tables), ['person', 'ball'])
 *
 * @category constructors
 * @since 0.1.0
 */
export const schema = <T extends Readonly<Record<string, AnyTable>>>(
  tables: T,
  more?: (t: T) => ReadonlyArray<ForeignKey>,
): Schema<T> => {
  const keys = more === undefined ? [] : more(tables)
  const infos = Object.values(tables).map((t) => withKeys(tableInfo(t), keys))
  const byName = new Map<string, TableInfo>()
  for (const info of infos) {
    if (byName.has(tableIdentity(info))) throw new TypeError(`two tables of the schema are named "${info.name}"`)
    byName.set(tableIdentity(info), info)
  }
  for (const info of infos) for (const key of info.foreignKeys) checkKey(info, key, byName)
  for (const key of keys)
    if (!byName.has(identity(key.from.schema, key.from.table)))
      throw new TypeError(`a foreign key starts at "${key.from.table}", which is no table of the schema`)
  return Object.freeze({ tables, infos: Object.freeze(infos) })
}

const checkKey = (info: TableInfo, key: ForeignKeyInfo, byName: ReadonlyMap<string, TableInfo>): void => {
  const target = byName.get(identity(key.target.schema, key.target.table))
  const place = `"${info.name}"."${key.column}" refers to "${key.target.table}"."${key.target.column}"`
  if (target === undefined) throw new TypeError(`${place}: that table is not in the schema`)
  const column = target.columns.find((c) => c.key === key.target.column)
  if (column === undefined) throw new TypeError(`${place}: there is no such column`)
  const isKey = target.primaryKey.length === 1 && target.primaryKey[0] === column.key
  if (!isKey && !column.unique) throw new TypeError(`${place}: that column is neither the primary key nor unique`)
  if (key.target.onDelete === 'setNull' && info.columns.find((c) => c.key === key.column)?.nullable !== true)
    throw new TypeError(`${place}: onDelete 'setNull' needs a nullable column`)
}

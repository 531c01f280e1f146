/**
 * A schema: all tables that belong together, as a value. Plans and DDL start from it, since a table cannot know who refers to it.
 */
import type { ForeignKeyInfo, TableInfo } from './source.js'
import type { ForeignKey } from './constraint.js'
import { type AnyTable, tableInfo } from './table.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What a constraint or an index is called that says no name of its own; `columns` are names in the database. */
export interface NamingConvention {
  readonly primaryKey?: (table: string, columns: ReadonlyArray<string>) => string
  readonly unique?: (table: string, columns: ReadonlyArray<string>) => string
  readonly index?: (table: string, columns: ReadonlyArray<string>) => string
  readonly check?: (table: string, nth: number) => string
  readonly foreignKey?: (table: string, columns: ReadonlyArray<string>, target: string) => string
}

/** What else there is to say of a schema. */
export interface SchemaOptions {
  readonly naming?: NamingConvention
}

/** Tables by name, with every foreign key between them. */
export interface Schema<out T extends Readonly<Record<string, AnyTable>>> {
  readonly tables: T
  readonly naming: NamingConvention
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
    .map((key): ForeignKeyInfo => ({ columns: key.from.columns, target: key.target }))
  return own.length === 0 ? info : Object.freeze({ ...info, foreignKeys: [...info.foreignKeys, ...own] })
}

/**
 * A schema value of tables, and the foreign keys that close a cycle between them.
 *
 * @param tables the tables by name
 * @param more foreign keys that no table can say alone, since its target is defined later
 * @param options `naming`: what constraints and indexes are called that say no name of their own
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
  options: SchemaOptions = {},
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
  return Object.freeze({ tables, infos: Object.freeze(infos), naming: Object.freeze({ ...options.naming }) })
}

const sameSet = (a: ReadonlyArray<string>, b: ReadonlyArray<string>): boolean =>
  a.length === b.length && a.every((key) => b.includes(key))

const checkKey = (info: TableInfo, key: ForeignKeyInfo, byName: ReadonlyMap<string, TableInfo>): void => {
  const { columns, target } = key
  const there = byName.get(identity(target.schema, target.table))
  const place = `"${info.name}"."${columns.join('", "')}" refers to "${target.table}"."${target.columns.join('", "')}"`
  if (there === undefined) throw new TypeError(`${place}: that table is not in the schema`)
  if (target.columns.some((c) => !there.columns.some(({ key: own }) => own === c)))
    throw new TypeError(`${place}: there is no such column`)
  if (!sameSet(there.primaryKey, target.columns) && !there.uniques.some((u) => sameSet(u.columns, target.columns)))
    throw new TypeError(
      target.columns.length === 1
        ? `${place}: that column is neither the primary key nor unique`
        : `${place}: those columns are neither the primary key nor unique`,
    )
  const isNullable = (c: string): boolean => info.columns.find((own) => own.key === c)?.nullable === true
  if ([target.onDelete, target.onUpdate].includes('setNull') && !columns.every(isNullable))
    throw new TypeError(`${place}: onDelete 'setNull' needs a nullable column`)
}

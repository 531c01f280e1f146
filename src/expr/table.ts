/**
 * Tables: plain frozen values whose own properties are their columns. What else there is to know hangs on a symbol, so that
 * no column name is taken.
 */
import type { ColumnSpec, HasDefault, IsKey, ReferencesOf } from './column.js'
import type { TableItem } from './constraint.js'
import type { Expr } from './expr.js'
import { checkName } from './name.js'
import { column } from './node.js'
import { renamedSource } from './rewrite.js'
import { columnsOfSource, computedOf, type Source, type TableInfo } from './source.js'
import { tableInfoOf } from './table-info.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

declare const TableT: unique symbol
const sourceKey: unique symbol = Symbol('relvar/source')

/** The columns of a table by key. */
export type Specs = Readonly<Record<string, ColumnSpec<unknown>>>

/** What all sources of rows have: `F` is what a derived table leaves free; never for a real one. */
export interface TableLike<out S extends string, out C, out F extends string> {
  readonly [TableT]: { readonly source: S; readonly cols: C; readonly free: F }
}

/** Any table. */
export type AnyTable = TableLike<string, Specs, string>
/** A derived table that leaves a source free can only be joined `lateral`. */
export type ClosedTable = TableLike<string, Specs, never>

/** A table: its columns are its own properties. */
export type Table<S extends string, C extends Specs, F extends string = never> = TableLike<S, C, F> & {
  readonly [K in keyof C]: Expr<C[K]['_a'], S, S>
}

/** The source name of a table: its own name or its alias. */
export type SourceOf<T extends AnyTable> = T[typeof TableT]['source']
/** The column specifications of a table. */
export type ColumnsOf<T extends AnyTable> = T[typeof TableT]['cols']
/** What a derived table leaves free. */
export type FreeIn<T extends AnyTable> = T[typeof TableT]['free']

/** What stands where a column says what it refers to, and is computed instead. */
export type Computed = '(computed)'

/** A row as it is read. */
export type RowOf<T extends AnyTable> = { readonly [K in keyof ColumnsOf<T>]: ColumnsOf<T>[K]['_a'] }

/** The keys of what is stored: computed attributes are read, and never written. */
export type Stored<C> = {
  [K in keyof C]: [ReferencesOf<C[K]>] extends [never] ? K : [ReferencesOf<C[K]>] extends [Computed] ? never : K
}[keyof C]
type Optional<C> = { [K in Stored<C>]: HasDefault<C[K]> extends true ? K : never }[Stored<C>]

/** All keys of what stores nothing, a view or a derived table: an empty row would take any values. */
type OnlyRead<C> = [Stored<C>] extends [never] ? keyof C : never

/** A row to insert: what is nullable, defaulted or generated may be left out, and nothing else. */
export type InsertOf<T extends AnyTable> = Simplify<
  { readonly [K in Exclude<Stored<ColumnsOf<T>>, Optional<ColumnsOf<T>>>]: ColumnsOf<T>[K]['_a'] } & {
    readonly [K in Optional<ColumnsOf<T>>]?: ColumnsOf<T>[K]['_a']
  } & { readonly [K in OnlyRead<ColumnsOf<T>>]?: never }
>

/** A change of a row: any of its columns. */
export type PatchOf<T extends AnyTable> = { readonly [K in Stored<ColumnsOf<T>>]?: ColumnsOf<T>[K]['_a'] }

/** The primary key of a row, by column. */
export type KeyOf<T extends AnyTable> = {
  readonly [K in keyof ColumnsOf<T> as IsKey<ColumnsOf<T>[K]> extends true ? K : never]: ColumnsOf<T>[K]['_a']
}

type Simplify<T> = { [K in keyof T]: T[K] }

export type { ReferencesOf }

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** The table value of a source: its columns as own properties, the source on a symbol. */
export const tableOf = <T extends AnyTable>(source: Source): T => {
  const names = new Map(source._tag === 'TableSource' ? source.table.columns.map((c) => [c.key, c.name]) : [])
  const columns = columnsOfSource(source).map(
    (c) =>
      [
        c.key,
        computedOf(source, c.key) ?? column(source, c.key, names.get(c.key) ?? c.key, c.type, c.nullable),
      ] as const,
  )
  const made = Object.fromEntries(columns)
  Object.defineProperty(made, sourceKey, { value: source })
  // The caller states the type that the source's columns have.
  return Object.freeze(made) as unknown as T
}

/**
 * A table: its name, its columns, and what else there is to say about it. Its own properties are its columns.
 *
 * @param name the table's name in the database, 1 to 63 bytes
 * @param columns column specifications by key; the key is the column's name unless `named` says otherwise
 * @param more what there is to say of several columns: foreign keys to the table itself, constraints, indexes, computed columns
 * @throws TypeError for a definition that cannot be right: a name that an engine would cut or refuse, two columns of one name.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { autoIncrement, integer, nullable, primaryKey, table, varchar } from 'relvar'
 *
 * const users = table('users', {
 *   id: pipe(integer, primaryKey, autoIncrement),
 *   name: varchar(50),
 *   fullname: pipe(varchar(50), nullable),
 * })
 * assert.deepStrictEqual(Object.keys(users), ['id', 'name', 'fullname'])
 *
 * @category constructors
 * @since 0.1.0
 */
export const table = <S extends string, C extends Specs>(
  name: S,
  columns: C,
  more?: (t: Table<S, C>) => ReadonlyArray<TableItem>,
): Table<S, C> => define(null, name, columns, more)

/**
 * A table in a named schema (a database, on MySQL and MariaDB; an attached database on SQLite).
 *
 * @throws TypeError as `table` does.
 * @example
 * import { integer, tableIn } from 'relvar'
 *
 * const jobs = tableIn('queue')('jobs', { id: integer })
 * assert.deepStrictEqual(Object.keys(jobs), ['id'])
 *
 * @category constructors
 * @since 0.1.0
 */
export const tableIn =
  (schema: string) =>
  <S extends string, C extends Specs>(
    name: S,
    columns: C,
    more?: (t: Table<S, C>) => ReadonlyArray<TableItem>,
  ): Table<S, C> => {
    checkName('schema', schema)
    return define(schema, name, columns, more)
  }

const define = <S extends string, C extends Specs>(
  schema: string | null,
  name: S,
  specs: C,
  more?: (t: Table<S, C>) => ReadonlyArray<TableItem>,
): Table<S, C> => {
  const bare = tableInfoOf(schema, name, specs, null)
  const value = (info: TableInfo): Table<S, C> =>
    tableOf(Object.freeze({ _tag: 'TableSource', name, table: info, computed: [] }))
  return value(tableInfoOf(schema, name, specs, more === undefined ? [] : more(value(bare))))
}

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/**
 * The same table under another source name, to join it twice.
 *
 * @throws TypeError where the name is none that an engine takes.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { alias, eq, from, innerJoin, integer, table } from 'relvar'
 *
 * const nodes = table('nodes', { id: integer, parentId: integer })
 * const child = pipe(nodes, alias('child'))
 * pipe(from(nodes), innerJoin(child, eq(child.parentId, nodes.id)))
 *
 * @category combinators
 * @since 0.1.0
 */
export const alias =
  <S2 extends string>(name: S2) =>
  <T extends AnyTable>(t: T): Table<S2, ColumnsOf<T>, FreeIn<T>> => {
    checkName('alias', name)
    return tableOf(renamedSource(sourceOf(t), name))
  }

// -------------------------------------------------------------------------------------
// destructors (internal)
// -------------------------------------------------------------------------------------

/** Whether `u` is a table that relvar made. */
export const isTable = (u: unknown): u is AnyTable => typeof u === 'object' && u !== null && sourceKey in u

/** The source behind a table value. */
export const sourceOf = (t: AnyTable): Source => {
  // Every table value is made by `tableOf`, which puts the source there.
  const source = (t as { readonly [sourceKey]?: Source })[sourceKey]
  if (source === undefined)
    throw new TypeError('a table is expected here: a value that table(…), alias(…) or subquery(…) made')
  return source
}

/** What is known of a table; a derived table has none. */
export const tableInfo = (t: AnyTable): TableInfo => {
  const source = sourceOf(t)
  if (source._tag !== 'TableSource') throw new TypeError(`"${source.name}" is a query with a name, not a table`)
  return source.table
}

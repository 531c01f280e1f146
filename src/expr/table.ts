/**
 * Tables: plain frozen values whose own properties are their columns. What else there is to know hangs on a symbol, so that
 * no column name is taken.
 */
import type { ColumnSpec, ForeignKeyTarget, HasDefault, IsKey, ReferencesOf, ReferentialAction } from './column.js'
import { targetOf } from './column.js'
import { columnOf, type Expr } from './expr.js'
import { column } from './node.js'
import { hashText, mix } from './shape.js'
import { renamedSource } from './rewrite.js'
import {
  type ColumnInfo,
  columnsOfSource,
  computedOf,
  type ForeignKeyInfo,
  type Source,
  type TableInfo,
} from './source.js'

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
type Stored<C> = {
  [K in keyof C]: [ReferencesOf<C[K]>] extends [never] ? K : [ReferencesOf<C[K]>] extends [Computed] ? never : K
}[keyof C]
type Optional<C> = { [K in Stored<C>]: HasDefault<C[K]> extends true ? K : never }[Stored<C>]

/** A row to insert: what is nullable, defaulted or generated may be left out, and nothing else. */
export type InsertOf<T extends AnyTable> = Simplify<
  { readonly [K in Exclude<Stored<ColumnsOf<T>>, Optional<ColumnsOf<T>>>]: ColumnsOf<T>[K]['_a'] } & {
    readonly [K in Optional<ColumnsOf<T>>]?: ColumnsOf<T>[K]['_a']
  }
>

/** A change of a row: any of its columns. */
export type PatchOf<T extends AnyTable> = { readonly [K in Stored<ColumnsOf<T>>]?: ColumnsOf<T>[K]['_a'] }

/** The primary key of a row, by column. */
export type KeyOf<T extends AnyTable> = {
  readonly [K in keyof ColumnsOf<T> as IsKey<ColumnsOf<T>[K]> extends true ? K : never]: ColumnsOf<T>[K]['_a']
}

type Simplify<T> = { [K in keyof T]: T[K] }

declare const ForeignKeyT: unique symbol

/** A foreign key that is said apart from its column: to the table itself, or where tables form a cycle. */
export interface ForeignKey {
  readonly [ForeignKeyT]: true
  /** The table and the column that refer. */
  readonly from: { readonly schema: string | null; readonly table: string; readonly column: string }
  readonly target: ForeignKeyTarget
}

export type { ReferencesOf }

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/**
 * A foreign key by the two columns: for a reference of a table to itself (third argument of `table`) and for cycles of tables
 * (second argument of `schema`).
 *
 * @throws TypeError where one of the two is no column of a table.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { foreignKey, integer, nullable, primaryKey, table } from 'relvar'
 *
 * const nodes = table('nodes', { id: pipe(integer, primaryKey), parentId: pipe(integer, nullable) }, (t) => [
 *   foreignKey(t.parentId, t.id),
 * ])
 * assert.deepStrictEqual(Object.keys(nodes), ['id', 'parentId'])
 *
 * @category constructors
 * @since 0.1.0
 */
export const foreignKey = <A>(
  from: Expr<A | null, string, string>,
  target: Expr<A, string, string>,
  actions: { readonly onDelete?: ReferentialAction; readonly onUpdate?: ReferentialAction } = {},
): ForeignKey => {
  const referring = columnOf(from)
  if (referring === null || referring.of._tag !== 'TableSource')
    throw new TypeError('a foreign key starts at a column of a table, such as posts.authorId')
  const { schema, name } = referring.of.table
  // The brand of ForeignKey exists for the compiler alone.
  return Object.freeze({
    from: { schema, table: name, column: referring.key },
    target: targetOf(target, actions),
  }) as ForeignKey
}

const identifierProblem = (name: unknown): string | null => {
  if (typeof name !== 'string' || name === '') return 'a name is text of at least one character'
  if (name.includes('\0')) return 'a name has no NUL'
  if (/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(name))
    return 'a name has no lone surrogate'
  // PostgreSQL cuts longer names without a word, so that two become one.
  if (new TextEncoder().encode(name).length > 63) return 'a name has at most 63 bytes'
  // MySQL and MariaDB refuse names that end in a space.
  if (name.endsWith(' ')) return 'a name does not end in a space'
  // MariaDB refuses them, and MySQL puts a question mark for each, so that two names become one.
  if (/[\u{10000}-\u{10FFFF}]/u.test(name)) return 'a name has no characters beyond U+FFFF'
  return null
}

export const checkName = (what: string, name: unknown): void => {
  const problem = identifierProblem(name)
  if (problem !== null) throw new TypeError(`${what} ${JSON.stringify(name)}: ${problem}`)
}

const columnInfos = (tableName: string, specs: Specs): ReadonlyArray<ColumnInfo> => {
  const entries = Object.entries(specs)
  if (entries.length === 0) throw new TypeError(`table "${tableName}" has no columns`)
  const seen = new Set<string>()
  return entries.map(([key, spec]) => {
    const name = spec.name ?? key
    checkName(`table "${tableName}", column`, name)
    // Engines differ in whether `a` and `A` are one column, so names differ by more than case.
    if (seen.has(name.toLowerCase())) throw new TypeError(`table "${tableName}" has two columns named "${name}"`)
    seen.add(name.toLowerCase())
    if (spec.primaryKey && spec.nullable)
      throw new TypeError(`table "${tableName}": the key column "${name}" cannot be nullable`)
    const { type, nullable, primaryKey, autoIncrement, unique, index } = spec
    return Object.freeze({ key, name, type, nullable, primaryKey, autoIncrement, unique, index, default: spec.default })
  })
}

const infoShape = (schema: string | null, name: string, columns: ReadonlyArray<ColumnInfo>): number => {
  let h = mix(hashText(schema ?? ''), hashText(name))
  for (const c of columns)
    h = mix(
      mix(mix(mix(h, hashText(c.key)), hashText(c.name)), hashText(c.type.id)),
      (c.nullable ? 1 : 0) + (c.primaryKey ? 2 : 0) + (c.autoIncrement ? 4 : 0),
    )
  return h
}

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
 * @param more foreign keys of the table to itself; it sees the table's own columns
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
  more?: (t: Table<S, C>) => ReadonlyArray<ForeignKey>,
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
    more?: (t: Table<S, C>) => ReadonlyArray<ForeignKey>,
  ): Table<S, C> => {
    checkName('schema', schema)
    return define(schema, name, columns, more)
  }

const define = <S extends string, C extends Specs>(
  schema: string | null,
  name: S,
  specs: C,
  more?: (t: Table<S, C>) => ReadonlyArray<ForeignKey>,
): Table<S, C> => {
  checkName('table', name)
  const columns = columnInfos(name, specs)
  const own = Object.entries(specs).flatMap(([key, spec]) =>
    spec.references === null ? [] : [{ column: key, target: spec.references }],
  )
  const info = {
    name,
    schema,
    columns,
    primaryKey: columns.filter((c) => c.primaryKey).map((c) => c.key),
    foreignKeys: own,
    shape: infoShape(schema, name, columns),
  }
  const source = (table: TableInfo): Source =>
    Object.freeze({ _tag: 'TableSource', name, table: Object.freeze(table), computed: [] })
  if (more === undefined) return tableOf(source(info))
  const foreign = more(tableOf(source(info))).map((key): ForeignKeyInfo => {
    if (key.from.table !== name || key.from.schema !== schema)
      throw new TypeError(`table "${name}": a foreign key of another table, "${key.from.table}", stands here`)
    return { column: key.from.column, target: key.target }
  })
  return tableOf(source({ ...info, foreignKeys: [...own, ...foreign] }))
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

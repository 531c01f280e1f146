/**
 * The columns of a table as plain data, to look at.
 */
import type { ColumnInfo, TableInfo } from './source.js'
import { columnsOfSource, computedOf } from './source.js'
import type { TypeTag } from './sql-type.js'
import { type AnyTable, sourceOf } from './table.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What a table says of a column. */
export interface ColumnDescription {
  readonly key: string
  /** Its name in the database. */
  readonly name: string
  readonly type: TypeTag
  /** Characters, bytes or bits at most; null where the type has no such bound. */
  readonly length: number | null
  readonly nullable: boolean
  readonly primaryKey: boolean
  readonly autoIncrement: boolean
  readonly unique: boolean
  readonly index: boolean
  /** Where the value comes from that an insert leaves out: a value of the table's, a function of the client's, or the database. */
  readonly default: 'value' | 'client' | 'server' | null
  /** Whether the database computes it, and when; `read`: an attribute that relvar computes in each query. */
  readonly computed: 'stored' | 'virtual' | 'read' | null
  /** What it refers to, where it does so alone. */
  readonly references: { readonly schema: string | null; readonly table: string; readonly column: string } | null
  readonly comment: string | null
  readonly collation: string | null
}

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

const plain = {
  primaryKey: false,
  autoIncrement: false,
  unique: false,
  index: false,
  default: null,
  computed: null,
  references: null,
  comment: null,
  collation: null,
} as const

const defaultOf = (column: ColumnInfo): ColumnDescription['default'] => {
  if (column.serverDefault !== null) return 'server'
  if (column.default === null) return null
  return column.default._tag === 'Client' ? 'client' : 'value'
}

const referenceOf = (table: TableInfo, key: string): ColumnDescription['references'] => {
  const found = table.foreignKeys.find(({ columns }) => columns.length === 1 && columns[0] === key)
  if (found === undefined) return null
  const { schema, table: to, columns } = found.target
  return Object.freeze({ schema, table: to, column: columns[0] ?? '' })
}

const described = (table: TableInfo, column: ColumnInfo): ColumnDescription => ({
  key: column.key,
  name: column.name,
  type: column.type._tag,
  length: column.type.length,
  nullable: column.nullable,
  primaryKey: column.primaryKey,
  autoIncrement: column.autoIncrement,
  unique: column.unique,
  index: column.index,
  default: defaultOf(column),
  computed: column.generated === null ? null : column.generated.stored ? 'stored' : 'virtual',
  references: referenceOf(table, column.key),
  comment: column.comment,
  collation: column.collation,
})

/**
 * The columns of a table in their order, as plain data: to show them, or to make something else of them. Those of a derived table
 * are its outputs.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { columnsOf, integer, named, nullable, primaryKey, table, varchar } from 'relvar'
 *
 * const users = table('users', { id: pipe(integer, primaryKey), mail: pipe(varchar(80), nullable, named('e_mail')) })
 * assert.deepStrictEqual(columnsOf(users).map((c) => [c.key, c.name, c.type, c.length, c.nullable]), [
 *   ['id', 'id', 'Integer', null, false],
 *   ['mail', 'e_mail', 'Varchar', 80, true],
 * ])
 *
 * @category destructors
 * @since 0.1.0
 */
export const columnsOf = (t: AnyTable): ReadonlyArray<ColumnDescription> => {
  const source = sourceOf(t)
  const table = source._tag === 'TableSource' ? source.table : null
  return Object.freeze(
    columnsOfSource(source).map(({ key, type, nullable }) => {
      const own = table?.columns.find((c) => c.key === key)
      if (table !== null && own !== undefined) return Object.freeze(described(table, own))
      const computed = computedOf(source, key) === null ? null : 'read'
      return Object.freeze({ ...plain, key, name: key, type: type._tag, length: type.length, nullable, computed })
    }),
  )
}

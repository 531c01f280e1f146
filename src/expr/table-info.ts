/**
 * From what `table` is given to what there is to know of the table.
 */
import type { ColumnSpec } from './column.js'
import type { Owner, TableItem } from './constraint.js'
import { checkName } from './name.js'
import { column } from './node.js'
import { hashText, mix } from './shape.js'
import type { ColumnInfo, ForeignKeyInfo, Generated, IndexInfo, TableInfo, UniqueInfo } from './source.js'
import type { Specs } from './table.js'

type Items<T extends TableItem['_tag']> = ReadonlyArray<Extract<TableItem, { readonly _tag: T }>>

const itemsOf = <T extends TableItem['_tag']>(items: ReadonlyArray<TableItem>, tag: T): Items<T> =>
  items.filter((i): i is Extract<TableItem, { readonly _tag: T }> => i._tag === tag)

// -------------------------------------------------------------------------------------
// columns
// -------------------------------------------------------------------------------------

const generatedOf = (
  table: string,
  key: string,
  spec: ColumnSpec<unknown>,
  items: Items<'Generated'> | null,
): Generated | null => {
  const said = items?.filter((i) => i.column === key) ?? []
  // The first of two rounds has no items: the third argument of `table` sees a table without them.
  if (items !== null && spec.generated !== (said.length === 1))
    throw new TypeError(
      spec.generated
        ? `table "${table}": the column "${key}" is generated, so generatedAs says how, once, in the third argument of table`
        : `table "${table}": the column "${key}" is computed, so it says generated`,
    )
  return said[0]?.generated ?? null
}

const columnInfos = (
  table: string,
  specs: Specs,
  items: ReadonlyArray<TableItem> | null,
): ReadonlyArray<ColumnInfo> => {
  const entries = Object.entries(specs)
  if (entries.length === 0) throw new TypeError(`table "${table}" has no columns`)
  const computed = items === null ? null : itemsOf(items, 'Generated')
  const seen = new Set<string>()
  return entries.map(([key, spec]) => {
    const name = spec.name ?? key
    checkName(`table "${table}", column`, name)
    // Engines differ in whether `a` and `A` are one column, so names differ by more than case.
    if (seen.has(name.toLowerCase())) throw new TypeError(`table "${table}" has two columns named "${name}"`)
    seen.add(name.toLowerCase())
    if (spec.primaryKey && spec.nullable)
      throw new TypeError(`table "${table}": the key column "${name}" cannot be nullable`)
    if (spec.generated && (spec.default !== null || spec.onUpdate !== null))
      throw new TypeError(`table "${table}": the computed column "${name}" has no value of the client's`)
    const { type, nullable, primaryKey, autoIncrement, unique, index, serverDefault, onUpdate, identity } = spec
    return Object.freeze({
      key,
      name,
      type,
      nullable,
      primaryKey,
      autoIncrement,
      unique,
      index,
      default: spec.default,
      serverDefault,
      onUpdate,
      identity,
      generated: generatedOf(table, key, spec, computed),
      comment: spec.comment,
      collation: spec.collation,
    })
  })
}

// -------------------------------------------------------------------------------------
// table
// -------------------------------------------------------------------------------------

const foreignKeysOf = (specs: Specs, items: ReadonlyArray<TableItem>): ReadonlyArray<ForeignKeyInfo> => [
  ...Object.entries(specs).flatMap(([key, spec]) =>
    spec.references === null ? [] : [{ columns: [key], target: spec.references }],
  ),
  ...itemsOf(items, 'ForeignKey').map(({ from, target }) => ({ columns: from.columns, target })),
]

const uniquesOf = (columns: ReadonlyArray<ColumnInfo>, items: ReadonlyArray<TableItem>): ReadonlyArray<UniqueInfo> => [
  ...columns.filter((c) => c.unique).map((c) => ({ name: null, columns: [c.key], deferrable: null })),
  ...itemsOf(items, 'Unique').map(({ info }) => info),
]

/** The index of one column. */
const plainIndex = (info: TableInfo, c: ColumnInfo): IndexInfo => ({
  name: null,
  unique: false,
  parts: [
    {
      expr: column(
        { _tag: 'TableSource', name: info.name, table: info, computed: [] },
        c.key,
        c.name,
        c.type,
        c.nullable,
      ),
      direction: 'asc',
      nulls: 'last',
    },
  ],
  include: [],
  where: null,
})

/** The shape of a table: what of it can change the SQL of a statement. */
export const infoShape = (
  schema: string | null,
  name: string,
  columns: ReadonlyArray<ColumnInfo>,
  uniques: ReadonlyArray<UniqueInfo>,
): number => {
  let h = mix(hashText(schema ?? ''), hashText(name))
  for (const c of columns)
    h = mix(
      mix(mix(mix(h, hashText(c.key)), hashText(c.name)), hashText(c.type.id)),
      (c.nullable ? 1 : 0) + (c.primaryKey ? 2 : 0) + (c.autoIncrement ? 4 : 0) + (c.generated === null ? 0 : 8),
    )
  // What an upsert may meet depends on them.
  for (const { columns: keys } of uniques) for (const key of keys) h = mix(mix(h, keys.length), hashText(key))
  return h
}

const primaryKeyOf = (
  table: string,
  columns: ReadonlyArray<ColumnInfo>,
  items: Items<'PrimaryKey'>,
): { readonly keys: ReadonlyArray<string>; readonly name: string | null } => {
  const marked = columns.filter((c) => c.primaryKey).map((c) => c.key)
  const [said, another] = items
  if (said === undefined) return { keys: marked, name: null }
  if (another !== undefined) throw new TypeError(`table "${table}" has two primary keys`)
  if (said.columns.length !== marked.length || said.columns.some((key) => !marked.includes(key)))
    throw new TypeError(`table "${table}": the columns of the primary key say primaryKey, and no others`)
  return { keys: said.columns, name: said.name }
}

const checkOwners = (owner: Owner, items: ReadonlyArray<TableItem>): void => {
  for (const i of items) {
    const of = i._tag === 'ForeignKey' ? i.from : 'of' in i ? i.of : null
    if (of !== null && (of.table !== owner.table || of.schema !== owner.schema))
      throw new TypeError(`table "${owner.table}": what is said here is about another table, "${of.table}"`)
  }
}

/** What there is to know of a table; `items` is null while its third argument has not been asked. */
export const tableInfoOf = (
  schema: string | null,
  name: string,
  specs: Specs,
  items: ReadonlyArray<TableItem> | null,
): TableInfo => {
  checkName('table', name)
  const said = items ?? []
  checkOwners({ schema, table: name }, said)
  const columns = columnInfos(name, specs, items)
  const uniques = uniquesOf(columns, said)
  const key = primaryKeyOf(name, columns, itemsOf(said, 'PrimaryKey'))
  const info: TableInfo = {
    name,
    schema,
    columns,
    primaryKey: key.keys,
    primaryKeyName: key.name,
    foreignKeys: foreignKeysOf(specs, said),
    uniques,
    checks: itemsOf(said, 'Check').map((i) => i.info),
    indexes: [],
    comment: itemsOf(said, 'Comment')[0]?.text ?? null,
    view: null,
    shape: infoShape(schema, name, columns, uniques),
  }
  const indexes = [
    ...columns.filter((c) => c.index && !c.unique).map((c) => plainIndex(info, c)),
    ...itemsOf(said, 'Index').map((i) => i.info),
  ]
  return Object.freeze({ ...info, indexes })
}

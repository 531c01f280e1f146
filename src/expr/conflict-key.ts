/**
 * The keys of a table, of which no two rows share a value, and those among them that an insert's conflict is about.
 */
import { mentionedAlone } from './children.js'
import { type ColumnNode, column, type ExprNode } from './node.js'
import type { ConflictTarget } from './query-node.js'
import { rewriteExpr } from './rewrite.js'
import { sameExpr } from './same.js'
import type { IndexInfo, Source, TableInfo } from './source.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The primary key, a unique constraint, or a unique index. `columns` is null for an index of expressions. */
export interface TableKey {
  readonly name: string | null
  readonly columns: ReadonlyArray<string> | null
  /** The index, where it is no constraint: its parts, and the rows that it holds. */
  readonly index: IndexInfo | null
}

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

const indexKey = (index: IndexInfo): TableKey => {
  const columns = index.parts.map(({ expr }) => expr).filter((e): e is ColumnNode => e._tag === 'Column')
  return {
    name: index.name,
    columns: columns.length === index.parts.length ? columns.map((c) => c.key) : null,
    index,
  }
}

/** All keys of a table, its primary key first. */
export const keysOfTable = (info: TableInfo): ReadonlyArray<TableKey> => [
  ...(info.primaryKey.length === 0 ? [] : [{ name: info.primaryKeyName, columns: info.primaryKey, index: null }]),
  ...info.uniques.map(({ name, columns }) => ({ name, columns, index: null })),
  ...info.indexes.filter((index) => index.unique).map(indexKey),
]

/** The name that a constraint has which says none, where its schema has no convention of its own. */
const usualName = (info: TableInfo, { columns }: TableKey): string =>
  columns === info.primaryKey
    ? `pk_${info.name}`
    : ['uq', info.name, ...(columns ?? []).map((key) => info.columns.find((c) => c.key === key)?.name ?? key)].join('_')

const sameColumns = (a: ReadonlyArray<string>, b: ReadonlyArray<string>): boolean =>
  a.length === b.length && a.every((key) => b.includes(key))

/** A criterion with the table under its own name: what an index says was said before the table was whole. */
const ofTable = (info: TableInfo, where: ExprNode): ExprNode => {
  const source: Source = { _tag: 'TableSource', name: info.name, table: info, computed: [] }
  return [...(mentionedAlone(where) ?? [])].reduce(
    (e, name) =>
      rewriteExpr(
        {
          name,
          column: (c) => column(source, c.key, c.name, c.type, c.nullable),
          source: null,
          mentions: new Set([info.name]),
          param: null,
        },
        e,
      ),
    where,
  )
}

/**
 * The keys that a conflict is about: all without a target; none where the target names no key of the table. An index of some
 * rows alone is meant where the target says which.
 */
export const keysOfConflict = (info: TableInfo, target: ConflictTarget | null): ReadonlyArray<TableKey> => {
  const keys = keysOfTable(info)
  if (target === null) return keys
  if (target._tag === 'Constraint')
    return keys.filter((key) => key.index === null && (key.name ?? usualName(info, key)) === target.name)
  return keys.filter(({ columns, index }) => {
    const where = index?.where ?? null
    return (
      columns !== null &&
      sameColumns(columns, target.columns) &&
      (where === null || (target.where !== null && sameExpr(ofTable(info, where), ofTable(info, target.where))))
    )
  })
}

const quoted = (names: ReadonlyArray<string>): string => names.map((name) => `"${name}"`).join(', ')

/** What is said of a target that names no key of the table: the keys that it has. */
export const noKeyOf = (info: TableInfo, target: ConflictTarget | null): string => {
  const keys = keysOfTable(info)
  const byName = target?._tag === 'Constraint'
  const said = byName ? `the constraint "${target.name}"` : `the columns ${quoted(target?.columns ?? [])}`
  const has = byName
    ? keys.flatMap((key) => (key.index === null ? [key.name ?? usualName(info, key)] : [])).map((name) => `"${name}"`)
    : keys.flatMap(({ columns, index }) => {
        const some = (index?.where ?? null) === null ? '' : ' of some rows, said by targetWhere'
        return columns === null ? [] : [`(${quoted(columns)})${some}`]
      })
  const known = has.length === 0 ? 'it has none' : `it has ${has.join(', ')}`
  return `"${info.name}" has no key of ${said}: a conflict is about a primary key or what is unique, and ${known}`
}

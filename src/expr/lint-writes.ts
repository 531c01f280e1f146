/**
 * What is most often a mistake in a write; and what a read of as many rows as there are is.
 */
import { conjuncts } from './children.js'
import { type Finding, isSingle, list, mentioned, type OptionalFinding } from './lint-facts.js'
import type { ExprNode } from './node.js'
import type { DeleteNode, InsertNode, StatementNode, UpdateNode, WriteNode } from './query-node.js'
import type { ColumnInfo, TableInfo, TableSource } from './source.js'

// -------------------------------------------------------------------------------------
// writes
// -------------------------------------------------------------------------------------

const finding = (_tag: Finding['_tag'], sources: ReadonlyArray<string>, message: string): Finding =>
  Object.freeze({ _tag, place: '', sources, message })

/** Whether some criterion says something of the rows that are written. */
const isAbout = (name: string, criteria: ReadonlyArray<ExprNode | null>): boolean =>
  criteria.flatMap(conjuncts).some((e) => mentioned(e).has(name))

/** A write of every row: one that says so is found where that was asked for, one that does not, always. */
const everyRow = (
  write: UpdateNode | DeleteNode,
  { name }: TableSource,
  also: ReadonlyArray<OptionalFinding>,
): ReadonlyArray<Finding> => {
  if (isAbout(name, [write.where, ...write.using.map((used) => used.on)])) return []
  if (write.everyRow && !also.includes('EveryRow')) return []
  const why = write.everyRow ? '' : ': no criterion mentions a column of it'
  return [finding('EveryRow', [name], `every row of "${name}" is written${why}`)]
}

/** Whether the database makes a value where an insert names none. */
const isMade = (c: ColumnInfo): boolean => c.autoIncrement || c.serverDefault !== null || c.generated !== null

/** The keys of the columns that some row leaves out. */
const leftOut = (insert: InsertNode): ReadonlyArray<ColumnInfo> => {
  const { source } = insert
  const { columns } = insert.into.table
  switch (source._tag) {
    case 'Rows':
      return columns.filter((c) => source.rows.some((row) => !row.some((a) => a.key === c.key)))
    case 'Values':
      return columns.filter((c) => !source.columns.some((named) => named.key === c.key))
    case 'Query':
      return columns.filter(
        (c) => !source.columns.includes(c.key) && !source.defaults.some((filled) => filled.key === c.key),
      )
  }
}

const noKey = (insert: InsertNode): ReadonlyArray<Finding> => {
  const { name, table } = insert.into
  const missing = leftOut(insert).filter((c) => table.primaryKey.includes(c.key) && !isMade(c))
  return missing.length === 0
    ? []
    : [
        finding(
          'NoKey',
          [name],
          `rows of "${name}" have no value for ${list(missing.map((c) => c.key))} of their key, and nothing makes one`,
        ),
      ]
}

/** The keys by which a row may be there already, each by its columns. */
const keysOf = (table: TableInfo): ReadonlyArray<ReadonlyArray<string>> => {
  const indexed = table.indexes.flatMap((index) =>
    index.unique && index.parts.every(({ expr }) => expr._tag === 'Column')
      ? [index.parts.flatMap(({ expr }) => (expr._tag === 'Column' ? [expr.key] : []))]
      : [],
  )
  const all = [table.primaryKey, ...table.uniques.map((unique) => unique.columns), ...indexed]
  const known = new Map(all.filter((key) => key.length > 0).map((key) => [[...key].sort().join('\0'), key]))
  return [...known.values()]
}

/** An update of the row that is there by one key, where it may be there by another. */
const severalKeys = (insert: InsertNode): ReadonlyArray<Finding> => {
  const { conflict, into } = insert
  const keys = keysOf(into.table)
  // A row that says nothing of a key, since the database makes it, cannot be there by it.
  const open = leftOut(insert).map((c) => c.key)
  const met = keys.filter((key) => !key.every((column) => open.includes(column)))
  return conflict === null || conflict.action._tag === 'Nothing' || met.length < 2
    ? []
    : [
        finding(
          'SeveralKeys',
          [into.name],
          `a row of "${into.name}" may be there by ${met.map((key) => `(${key.join(', ')})`).join(' or ')}: only one of them is looked at, and the others are violated`,
        ),
      ]
}

/** The findings of a write itself, not of the queries in it. */
export const writeFindings = (write: WriteNode, also: ReadonlyArray<OptionalFinding>): ReadonlyArray<Finding> => {
  switch (write._tag) {
    case 'Insert':
      return [...noKey(write), ...severalKeys(write)]
    case 'Update':
      return everyRow(write, write.table, also)
    case 'Delete':
      return everyRow(write, write.from, also)
  }
}

// -------------------------------------------------------------------------------------
// reads
// -------------------------------------------------------------------------------------

/** Whether a criterion holds a whole key of the source to one value each. */
const isByKey = ({ name, table }: TableSource, where: ExprNode | null): boolean => {
  const held = conjuncts(where).flatMap((e) => {
    if (e._tag !== 'Compare' || e.op !== 'eq') return []
    const [column, other] = e.left._tag === 'Column' ? [e.left, e.right] : [e.right, e.left]
    return column._tag === 'Column' && column.of.name === name && other._tag === 'Param' ? [column.key] : []
  })
  return keysOf(table).some((key) => key.every((column) => held.includes(column)))
}

/** A read of as many rows as a table has: no limit, no key, no aggregate of all. */
export const unboundedRead = (statement: StatementNode): ReadonlyArray<Finding> => {
  if (statement._tag === 'SetOperation')
    return statement.limit === null ? [...unboundedRead(statement.left), ...unboundedRead(statement.right)] : []
  if (statement._tag !== 'Select' || statement.limit !== null || isSingle(statement)) return []
  const { from, joins, where } = statement
  const tables = [from, ...joins.map((join) => join.source)].filter((source) => source._tag === 'TableSource')
  // What is joined to one row is that row's; a read is as long as the table that it begins with.
  const [first] = tables
  if (first === undefined || (joins.length === 0 && isByKey(first, where))) return []
  return [
    finding(
      'UnboundedRead',
      [first.name],
      `as many rows are read as "${first.name}" has: give it a limit, or read it page by page`,
    ),
  ]
}

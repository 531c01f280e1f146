/**
 * How long a key may be: InnoDB's hold 3,072 bytes, four for each character.
 */
import type { ExprNode } from '../expr/node.js'
import type { ColumnInfo, IndexInfo, TableInfo } from '../expr/source.js'
import { type CompileError, unsupported } from './compile-error.js'
import { columnAt } from './ddl-context.js'
import { mentionedKeys } from './ddl-expression.js'
import { type Dialect, isFamily } from './dialect.js'

/** The most bytes of a key of InnoDB. */
const longest = 3072

/** The bytes of a column in a key; infinite where it has no bound. */
const bytesOf = ({ type }: ColumnInfo): number => {
  switch (type._tag) {
    case 'Text':
    case 'Json':
      return Number.POSITIVE_INFINITY
    case 'Binary':
      return type.length ?? Number.POSITIVE_INFINITY
    case 'Uuid':
      return 36 * 4
    case 'Interval':
      return 64 * 4
    default:
      return type.length === null ? 8 : type.length * 4
  }
}

const tooLong = (dialect: Dialect, table: TableInfo, what: string): CompileError =>
  unsupported(
    dialect.name,
    `have a key or an index of ${what} of "${table.name}", which has no bound that fits`,
    `use varchar(${longest / 4}) or less`,
  )

/** What is wrong with the length of a key of these columns, or null. MariaDB keeps a hash where `hashed`. */
const lengthProblem = (
  dialect: Dialect,
  table: TableInfo,
  keys: ReadonlyArray<string>,
  hashed: boolean,
): CompileError | null => {
  if (!isFamily(dialect) || (hashed && dialect.name === 'mariadb')) return null
  const columns = keys.flatMap((key) => columnAt(table, key) ?? [])
  const bytes = columns.reduce((sum, column) => sum + bytesOf(column), 0)
  return bytes <= longest ? null : tooLong(dialect, table, columns.map((c) => `"${c.name}"`).join(', '))
}

/** A key or a constraint of the table that is too long, or null. */
export const keyLengthProblem = (dialect: Dialect, table: TableInfo): CompileError | null => {
  const whole = [table.primaryKey, ...table.foreignKeys.map((key) => key.columns)]
  const problems = [
    ...whole.map((keys) => lengthProblem(dialect, table, keys, false)),
    ...table.uniques.map((u) => lengthProblem(dialect, table, u.columns, true)),
  ]
  return problems.find((problem) => problem !== null) ?? null
}

const unboundTags: ReadonlyArray<string> = ['Text', 'Varchar', 'Char', 'Binary', 'Json']

/** The columns without a bound of which a text or bytes are made. */
const boundlessIn = (table: TableInfo, expr: ExprNode): ReadonlyArray<ColumnInfo> =>
  unboundTags.includes(expr.type._tag)
    ? table.columns.filter((c) => mentionedKeys(expr).has(c.key) && bytesOf(c) === Number.POSITIVE_INFINITY)
    : []

/** An index that is too long, or null; MariaDB cuts what a plain index of one column keeps, and finds the same rows. */
export const indexKeyProblem = (dialect: Dialect, table: TableInfo, index: IndexInfo): CompileError | null => {
  const keys = index.parts.flatMap(({ expr }) => (expr._tag === 'Column' ? [expr.key] : []))
  const boundless = index.parts.flatMap(({ expr }) => (expr._tag === 'Column' ? [] : boundlessIn(table, expr)))[0]
  if (boundless !== undefined && isFamily(dialect))
    return tooLong(dialect, table, `an expression of "${boundless.name}"`)
  return lengthProblem(dialect, table, keys, index.unique || keys.length === 1)
}

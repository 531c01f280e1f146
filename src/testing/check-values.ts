/**
 * Values that the checks of a table speak of: few of those that are drawn at random would keep them.
 */
import { isLeft, isRight } from 'fp-ts/lib/Either.js'

import { visitExpr, paramsOf } from '../expr/children.js'
import { atScale, decimalText, parseDecimal } from '../expr/decimal.js'
import type { ExprNode } from '../expr/node.js'
import type { ColumnInfo, TableInfo } from '../expr/source.js'
import { plainOf, type SqlType } from '../expr/sql-type.js'
import type { Visitor } from '../expr/visitor.js'
import { accept } from '../interpret/accept.js'
import { valueOf } from '../interpret/expression.js'
import { paramsOfTable } from '../interpret/row-rules.js'
import { runOf } from '../interpret/run.js'
import { bind } from '../interpret/scope.js'
import { emptyTables } from '../interpret/tables.js'
import { keyOf } from '../interpret/value.js'

/** What an expression mentions: keys of columns, and values. */
interface Mentioned {
  readonly columns: ReadonlySet<string>
  readonly values: ReadonlyArray<unknown>
}

const mentionedIn = (node: ExprNode): Mentioned => {
  const columns = new Set<string>()
  const values: Array<unknown> = []
  const param = (value: unknown): void => void values.push(...(Array.isArray(value) ? value : [value]))
  const visitor: Visitor = {
    expr: (e) => {
      if (e._tag === 'Column') columns.add(e.key)
      else if (e._tag === 'Param') {
        if (e.kind._tag === 'Value') param(e.kind.value)
      } else visitExpr(e, visitor)
    },
    query: (query) => {
      for (const { kind } of paramsOf(query)) if (kind._tag === 'Value') param(kind.value)
    },
  }
  visitor.expr(node)
  return { columns, values }
}

/** The keys of the columns that an expression mentions. */
export const columnsIn = (node: ExprNode): ReadonlySet<string> => mentionedIn(node).columns

/** Decimals beside one, a unit of the column's scale away. */
const decimalsNear = (type: SqlType<unknown>, text: string): ReadonlyArray<string> => {
  const parsed = parseDecimal(text)
  const units = parsed === null ? null : atScale(parsed, type.scale)
  return units === null ? [] : [units, units + 1n, units - 1n].map((n) => decimalText(n, type.scale))
}

/** Texts of about a length, which a check may ask for. */
const textsOf = (length: number): ReadonlyArray<string> =>
  Number.isInteger(length) && length >= 0 && length <= 200
    ? [length, length + 1, Math.max(0, length - 1)].map((n) => 'a'.repeat(n))
    : []

/** Values near one that a check mentions: that one itself, its neighbours, and what a pattern or a length asks for. */
const near = (type: SqlType<unknown>, value: unknown): ReadonlyArray<unknown> => {
  const { _tag } = plainOf(type)
  if (_tag === 'Numeric') return typeof value === 'string' ? decimalsNear(plainOf(type), value) : []
  if (typeof value === 'number')
    return _tag === 'Text' || _tag === 'Varchar' || _tag === 'Char' ? textsOf(value) : [value, value + 1, value - 1]
  if (typeof value === 'bigint') return [value, value + 1n, value - 1n]
  return typeof value === 'string' ? [value, value.replaceAll('%', 'a').replaceAll('_', 'a')] : [value]
}

const fitting = (column: ColumnInfo, value: unknown): boolean =>
  value !== null && isRight(accept(column.type, false, column.key, value))

/** Values of a column that the table's checks of it speak of. */
export const checkValues = (info: TableInfo, column: ColumnInfo): ReadonlyArray<unknown> => {
  const found = info.checks
    .map(({ expr }) => mentionedIn(expr))
    .filter(({ columns }) => columns.has(column.key))
    .flatMap(({ values }) => values.flatMap((value) => near(column.type, value)))
    .filter((value) => fitting(column, value))
  return [...new Map(found.map((value) => [keyOf(value), value])).values()]
}

/**
 * Whether a value of a column keeps the checks that speak of that column alone; null where there are none. What other columns have a
 * say in is seen when the row is whole.
 */
export const ownChecks = (info: TableInfo, column: ColumnInfo): ((value: unknown) => boolean) | null => {
  const own = info.checks.filter(({ expr }) => [...columnsIn(expr)].every((key) => key === column.key))
  const run = runOf(paramsOfTable(info), {}, emptyTables)
  if (own.length === 0 || isLeft(run)) return null
  return (value) => {
    const held = accept(column.type, column.nullable, column.key, value)
    if (isLeft(held)) return false
    const here = { run: run.right, scope: bind(info.name, { [column.key]: held.right }, null), group: null }
    return own.every(({ expr }) => {
      const truth = valueOf(here, expr)
      return isLeft(truth) || truth.right !== false
    })
  }
}

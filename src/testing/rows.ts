/**
 * `rows(table)` and `contents(tables)`: well-typed rows that meet each other.
 */
import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import { keysOfTable } from '../expr/conflict-key.js'
import { showValue } from '../expr/show.js'
import type { ColumnInfo, TableInfo } from '../expr/source.js'
import { type AnyTable, type ColumnsOf, type RowOf, tableInfo } from '../expr/table.js'
import type { ColumnValue } from '../expr/column.js'
import { keyText } from '../interpret/constraint.js'
import { paramsOfTable, ruled } from '../interpret/row-rules.js'
import { runOf } from '../interpret/run.js'
import { emptyTables, type Tables } from '../interpret/tables.js'
import type { Row } from '../interpret/value.js'
import { withRows } from '../interpret/with-rows.js'
import { showing } from './show.js'
import { valuesOf } from './values.js'

/** Arbitraries for columns whose values the types do not tell, such as a JSON document with a codec of one's own. */
export type Overrides<T extends AnyTable> = {
  readonly [K in keyof ColumnsOf<T>]?: fc.Arbitrary<ColumnValue<ColumnsOf<T>[K]>>
}

/** Values of a column, null among them where it may be. */
export const columnValues = (
  column: ColumnInfo,
  override: fc.Arbitrary<unknown> | undefined,
): fc.Arbitrary<unknown> => {
  if (override !== undefined) return override
  // A key that the database makes is never zero or less: MySQL takes a zero for "make one".
  const values = column.autoIncrement
    ? column.type._tag === 'BigInt'
      ? fc.bigInt({ min: 1n, max: 6n })
      : fc.integer({ min: 1, max: 6 })
    : valuesOf(column.type)
  return column.nullable ? fc.option(values, { freq: 3 }) : values
}

/** The first rows that share no key and keep what their table says of them, with what is computed of them. */
const keptRows = (info: TableInfo, rows: ReadonlyArray<Row>): ReadonlyArray<Row> => {
  const run = runOf(paramsOfTable(info), {}, emptyTables)
  if (E.isLeft(run)) return []
  const keys = keysOfTable(info).map((key) => ({ key, seen: new Set<string>() }))
  return rows.flatMap((row) => {
    const whole = ruled(run.right, info, row)
    if (E.isLeft(whole)) return []
    const texts = keys.map(({ key }) => keyText(run.right, info, key, whole.right))
    const isFree = texts.every(
      (text, i) => E.isRight(text) && (text.right === null || keys[i]?.seen.has(text.right) === false),
    )
    if (!isFree) return []
    texts.forEach((text, i) => {
      if (E.isRight(text) && text.right !== null) keys[i]?.seen.add(text.right)
    })
    return [whole.right]
  })
}

const anyRows = (
  info: TableInfo,
  overrides: Readonly<Record<string, fc.Arbitrary<unknown> | undefined>>,
): fc.Arbitrary<ReadonlyArray<Row>> => {
  const row: fc.Arbitrary<Row> = fc.record(
    Object.fromEntries(info.columns.map((column) => [column.key, columnValues(column, overrides[column.key])])),
  )
  return fc.array(row, { maxLength: 6 }).map((drawn) => keptRows(info, drawn))
}

/**
 * Rows of a table: values of its types that are few and small, so that rows meet each other; no two share a key.
 *
 * @param t the table
 * @param overrides arbitraries for some of its columns
 * @example
 * import * as fc from 'fast-check'
 * import { isRight } from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { integer, nullable, primaryKey, table, text } from 'relvar'
 * import { emptyTables, withRows } from 'relvar/memory'
 * import { rows } from 'relvar/testing'
 *
 * const users = table('users', { id: pipe(integer, primaryKey), name: pipe(text, nullable) })
 * fc.assert(fc.property(rows(users), (of) => isRight(withRows(users)(of)(emptyTables))), { numRuns: 20 })
 *
 * @category constructors
 * @since 0.1.0
 */
export const rows = <T extends AnyTable>(t: T, overrides: Overrides<T> = {}): fc.Arbitrary<ReadonlyArray<RowOf<T>>> =>
  // Each column has a value of its type, as RowOf says.
  anyRows(tableInfo(t), overrides) as fc.Arbitrary<ReadonlyArray<RowOf<T>>>

// -------------------------------------------------------------------------------------
// contents
// -------------------------------------------------------------------------------------

/** Rows whose references are met: each value that refers to nothing becomes one that is there, or null; else the row goes. */
const referring = (
  info: TableInfo,
  own: ReadonlyArray<Row>,
  before: ReadonlyMap<string, ReadonlyArray<Row>>,
): ReadonlyArray<Row> =>
  own.reduce<ReadonlyArray<Row>>((kept, row, i) => {
    let met: Row | null = row
    for (const { columns, target } of info.foreignKeys) {
      const targets = target.table === info.name ? kept : before.get(target.table)
      const own: Row | null = met
      if (own === null || targets === undefined || columns.some((key) => own[key] === null)) continue
      const there = targets.filter((r) => target.columns.every((key) => r[key] !== null))
      const chosen = there[i % Math.max(1, there.length)]
      const empty = columns.find((key) => info.columns.find((c) => c.key === key)?.nullable === true)
      met =
        chosen !== undefined
          ? { ...own, ...Object.fromEntries(columns.map((key, at) => [key, chosen[target.columns[at] ?? '']])) }
          : empty !== undefined
            ? { ...own, [empty]: null }
            : null
    }
    return met === null ? kept : [...kept, met]
  }, [])

/**
 * The tables filled with rows that keep their foreign keys. Give the tables in an order in which each comes after those that it
 * refers to.
 *
 * @param tables the tables to fill
 * @example
 * import * as fc from 'fast-check'
 * import { integer, table } from 'relvar'
 * import { rowsIn } from 'relvar/memory'
 * import { contents } from 'relvar/testing'
 *
 * const scores = table('scores', { points: integer })
 * fc.assert(fc.property(contents([scores]), (tables) => rowsIn(scores)(tables).length <= 6))
 *
 * @category constructors
 * @since 0.1.0
 */
export const contents = (tables: ReadonlyArray<AnyTable>): fc.Arbitrary<Tables> =>
  fc.tuple(...tables.map((t) => anyRows(tableInfo(t), {}))).map((all) => {
    const filled = new Map<string, ReadonlyArray<Row>>()
    const made = tables.reduce<Tables>((before, t, i) => {
      const info = tableInfo(t)
      const own = keptRows(info, referring(info, all[i] ?? [], filled))
      filled.set(info.name, own)
      return pipe(
        before,
        // `anyRows` gives whole rows of the table, no two with one key.
        withRows(t)(own as ReadonlyArray<RowOf<typeof t>>),
        E.getOrElse(() => before),
      )
    }, emptyTables)
    const show = (): string => [...filled].map(([name, own]) => `${name}: ${showValue(own)}`).join('; ')
    return showing(made, show)
  })

/**
 * `rows(table)` and `contents(tables)`: well-typed rows that meet each other, and keep what their tables say.
 */
import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'

import { tableIdentity } from '../expr/schema.js'
import { showValue } from '../expr/show.js'
import type { ColumnInfo, ForeignKeyInfo, TableInfo } from '../expr/source.js'
import { type AnyTable, type ColumnsOf, type RowOf, tableInfo } from '../expr/table.js'
import type { ColumnValue } from '../expr/column.js'
import { emptyTables, rowsIn, type Tables, tablesIn } from '../interpret/tables.js'
import type { Row } from '../interpret/value.js'
import { withRows } from '../interpret/with-rows.js'
import { checkValues, ownChecks } from './check-values.js'
import { closed, type Drawn, type Held, heldRows, readRow } from './held-rows.js'
import { showing } from './show.js'
import { inOrder, isSchema, type Placed, type TablesOrSchema } from './table-order.js'
import { throughCodec, valuesOf } from './values.js'

/** Arbitraries for columns whose values the types do not tell, such as a JSON document with a codec of one's own. */
export type Overrides<T extends AnyTable> = {
  readonly [K in keyof ColumnsOf<T>]?: fc.Arbitrary<ColumnValue<ColumnsOf<T>[K]>>
}

/** Arbitraries for columns by key, where no type says which columns there are. */
export type ColumnArbitraries = Readonly<Record<string, fc.Arbitrary<unknown> | undefined>>

/** Values of a column, null among them where it may be, and those that checks of the table speak of. */
export const columnValues = (
  column: ColumnInfo,
  override: fc.Arbitrary<unknown> | undefined,
  checked: ReadonlyArray<unknown> = [],
): fc.Arbitrary<unknown> => {
  if (override !== undefined) return override
  // A key that the database makes is never zero or less: MySQL takes a zero for "make one".
  const made = column.type._tag === 'BigInt' ? fc.bigInt({ min: 1n, max: 6n }) : fc.integer({ min: 1, max: 6 })
  const values = column.autoIncrement ? throughCodec(column.type, made) : valuesOf(column.type)
  const all = checked.length === 0 ? values : fc.oneof(values, fc.constantFrom(...checked))
  return column.nullable ? fc.option(all, { freq: 3 }) : all
}

/** Values of a column that keep the checks of it alone, where any of those at hand does. */
const checkedValues = (info: TableInfo, column: ColumnInfo, override: fc.Arbitrary<unknown> | undefined) => {
  const values = columnValues(column, override, checkValues(info, column))
  const keeps = ownChecks(info, column)
  return keeps === null || !fc.sample(values, { numRuns: 60, seed: 1 }).some(keeps) ? values : values.filter(keeps)
}

/** A row at random; a column that the database computes is its own business. */
export const drawnRow = (info: TableInfo, overrides: ColumnArbitraries, most: number): fc.Arbitrary<Drawn> => {
  const columns = info.columns.map(
    (column) =>
      [
        column.key,
        column.generated === null ? checkedValues(info, column, overrides[column.key]) : fc.constant(null),
      ] as const,
  )
  const count = info.foreignKeys.length
  return fc.record({
    values: fc.record(Object.fromEntries(columns)),
    // A row that refers to none has no parent to be drawn.
    parents:
      count === 0
        ? fc.constant([])
        : fc.array(fc.nat({ max: Math.max(0, most - 1) }), { minLength: count, maxLength: count }),
  })
}

/** How many rows of a table are drawn, and what is put in the place of values of the nth. */
export interface Drawing {
  readonly min: number
  readonly max: number
  readonly numbered: (info: TableInfo, nth: number) => Row
}

const few: Drawing = { min: 0, max: 6, numbered: () => ({}) }

const drawnRows = (
  info: TableInfo,
  overrides: ColumnArbitraries = {},
  { min, max, numbered }: Drawing = few,
): fc.Arbitrary<ReadonlyArray<Drawn>> =>
  fc
    .array(drawnRow(info, overrides, max), { minLength: min, maxLength: max, size: 'max' })
    .map((all) => all.map((drawn, i) => ({ ...drawn, values: { ...drawn.values, ...numbered(info, i + 1) } })))

const never: ReadonlySet<ForeignKeyInfo> = new Set()

/**
 * Rows of a table: values of its types and codecs that are few and small, so that rows meet each other, and those that its checks
 * speak of. No two share a key, each keeps the checks, and references to the table itself are met.
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
export const rows = <T extends AnyTable>(t: T, overrides: Overrides<T> = {}): fc.Arbitrary<ReadonlyArray<RowOf<T>>> => {
  const info = tableInfo(t)
  return drawnRows(info, overrides).map(
    (drawn) =>
      // Each column has a value of its type, as RowOf says.
      heldRows(info, drawn, new Map(), never).map(({ row }) => readRow(info, row)) as ReadonlyArray<RowOf<T>>,
  )
}

// -------------------------------------------------------------------------------------
// contents
// -------------------------------------------------------------------------------------

/** The rows of each table: parents first, then what closes circles. */
const heldAll = (
  placed: ReadonlyArray<Placed>,
  all: ReadonlyArray<ReadonlyArray<Drawn>>,
): ReadonlyMap<string, ReadonlyArray<Held>> => {
  const held = new Map<string, ReadonlyArray<Held>>()
  const parents = new Map<string, ReadonlyArray<Row>>()
  const put = (info: TableInfo, rows: ReadonlyArray<Held>): void => {
    held.set(tableIdentity(info), rows)
    parents.set(
      tableIdentity(info),
      rows.map(({ row }) => row),
    )
  }
  placed.forEach(({ info, late }, i) => put(info, heldRows(info, all[i] ?? [], parents, late)))
  const infos = placed.map(({ info }) => info)
  for (const { info, late } of placed)
    if (late.size > 0) put(info, closed(info, held.get(tableIdentity(info)) ?? [], parents, late, infos))
  return held
}

const filled = (before: Tables, { table, info }: Placed, held: ReadonlyArray<Held>): Tables => {
  const rows = held.map(({ row }) => readRow(info, row))
  // `heldRows` gives whole rows of the table, in its types.
  const after = withRows(table)(rows as ReadonlyArray<RowOf<typeof table>>)(before)
  // Each of them was taken before, beside the others.
  if (E.isLeft(after)) throw new TypeError(`the rows of "${info.name}": ${after.left.message}`)
  return after.right
}

/**
 * The tables filled with rows that keep their keys, checks and foreign keys, in whatever order the tables are given. Of a schema also
 * the foreign keys are kept that close a circle, and writes to what is made keep them, too.
 *
 * A foreign key to a table that is not given is left alone. A self-reference that may be null leads to no row after its own, so that
 * the rows are trees.
 *
 * @param of the tables to fill, or a schema
 * @param overrides arbitraries for columns, by the name of their table
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
export const contents = (
  of: TablesOrSchema,
  overrides: Readonly<Record<string, ColumnArbitraries>> = {},
): fc.Arbitrary<Tables> => contentsOf(of, overrides, few)

/** The same of as many rows as a drawing says. */
export const contentsOf = (
  of: TablesOrSchema,
  overrides: Readonly<Record<string, ColumnArbitraries>>,
  drawing: Drawing,
): fc.Arbitrary<Tables> => {
  const placed = inOrder(of)
  const start = isSchema(of) ? tablesIn(of) : emptyTables
  return fc.tuple(...placed.map(({ info }) => drawnRows(info, overrides[info.name], drawing))).map((all) => {
    const held = heldAll(placed, all)
    const made = placed.reduce((before, one) => filled(before, one, held.get(tableIdentity(one.info)) ?? []), start)
    const show = (): string =>
      placed.map(({ table, info }) => `${info.name}: ${showValue(rowsIn(table)(made))}`).join('; ')
    return showing(made, show)
  })
}

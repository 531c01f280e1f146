/**
 * What a table says of several of its columns: keys, checks, indexes, computed columns, a comment. Values for the third argument of
 * `table`, and for `alterTable`.
 */
import { type ForeignKeyOptions, type Deferrable, type ForeignKeyTarget, targetOf } from './foreign-key.js'
import { columnOf, criterion, type Expr, nodeOf } from './expr.js'
import { checkName } from './name.js'
import type { ColumnNode } from './node.js'
import { type AnyOrder, orderNode } from './order.js'
import type { CheckInfo, Generated, IndexInfo, UniqueInfo } from './source.js'
import { booleanType } from './sql-type.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

declare const ConstraintT: unique symbol

/** Which table a constraint is of. */
export interface Owner {
  readonly schema: string | null
  readonly table: string
}

/** A foreign key that is said apart from its column: to the table itself, of several columns, or where tables form a cycle. */
export interface ForeignKey {
  readonly [ConstraintT]: true
  readonly _tag: 'ForeignKey'
  /** The table and the columns that refer. */
  readonly from: Owner & { readonly columns: ReadonlyArray<string> }
  readonly target: ForeignKeyTarget
}

/** The primary key with its columns in this order, and its name. */
export interface PrimaryKeyConstraint {
  readonly [ConstraintT]: true
  readonly _tag: 'PrimaryKey'
  readonly of: Owner
  readonly name: string | null
  readonly columns: ReadonlyArray<string>
}

/** No two rows have the same values in several columns. */
export interface UniqueConstraint {
  readonly [ConstraintT]: true
  readonly _tag: 'Unique'
  readonly of: Owner
  readonly info: UniqueInfo
}

/** What is true (or null) of each row. */
export interface CheckConstraint {
  readonly [ConstraintT]: true
  readonly _tag: 'Check'
  readonly info: CheckInfo
}

/** An index of columns or expressions. */
export interface Index {
  readonly [ConstraintT]: true
  readonly _tag: 'Index'
  /** The table of the columns that it includes; null where it includes none. */
  readonly of: Owner | null
  readonly info: IndexInfo
}

/** How the database computes a column. */
export interface GeneratedAs {
  readonly [ConstraintT]: true
  readonly _tag: 'Generated'
  readonly of: Owner
  readonly column: string
  readonly generated: Generated
}

/** What there is to say of the table. */
export interface TableComment {
  readonly [ConstraintT]: true
  readonly _tag: 'Comment'
  readonly text: string
}

/** What the third argument of `table` gives. */
export type TableItem =
  | ForeignKey
  | PrimaryKeyConstraint
  | UniqueConstraint
  | CheckConstraint
  | Index
  | GeneratedAs
  | TableComment

/** What an index holds besides its columns, and how. */
export interface IndexOptions {
  /** Its name; without one the schema's naming convention gives it. */
  readonly name?: string
  readonly unique?: boolean
  /** Columns that it holds beside those that it is ordered by. */
  readonly include?: ReadonlyArray<Expr<unknown, string, string>>
  /** The rows that it holds: all, where it is left out. */
  readonly where?: Expr<boolean | null, string, string>
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

type Columns = readonly [Expr<unknown, string, string>, ...ReadonlyArray<Expr<unknown, string, string>>]

// The brand exists for the compiler alone, so plain frozen fields are the item.
const item = <A extends TableItem>(fields: Omit<A, typeof ConstraintT>): A => Object.freeze(fields) as A

const ownColumns = (
  what: string,
  columns: ReadonlyArray<Expr<unknown, string, string>>,
): Owner & { readonly columns: ReadonlyArray<string> } => {
  const nodes = columns.map(columnOf)
  const first = nodes[0]?.of
  if (first === undefined || first._tag !== 'TableSource' || nodes.some((c) => c === null || c.of.name !== first.name))
    throw new TypeError(`${what} takes columns of one table, such as posts.authorId`)
  const keys = nodes.map((c: ColumnNode | null) => c?.key ?? '')
  if (new Set(keys).size !== keys.length) throw new TypeError(`${what} names a column twice`)
  return { schema: first.table.schema, table: first.table.name, columns: keys }
}

const ownerOf = ({ schema, table }: Owner): Owner => ({ schema, table })

/** The name that a constraint says, checked; null where it says none. */
const ownName = (what: string, name: string | undefined): string | null => {
  if (name === undefined) return null
  checkName(what, name)
  return name
}

const several = <A>(one: A | ReadonlyArray<A>): ReadonlyArray<A> => (Array.isArray(one) ? one : [one as A])

/**
 * A foreign key by the columns of both sides: for a reference of a table to itself or of several columns (third argument of
 * `table`), and for cycles of tables (second argument of `schema`).
 *
 * @throws TypeError where one of them is no column, or the sides differ in length.
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
export const foreignKey: {
  <A>(from: Expr<A | null, string, string>, target: Expr<A, string, string>, options?: ForeignKeyOptions): ForeignKey
  <const As extends readonly [unknown, unknown, ...ReadonlyArray<unknown>]>(
    from: { readonly [I in keyof As]: Expr<As[I] | null, string, string> },
    target: { readonly [I in keyof As]: Expr<As[I], string, string> },
    options?: ForeignKeyOptions,
  ): ForeignKey
} = (
  from: Expr<unknown, string, string> | ReadonlyArray<Expr<unknown, string, string>>,
  target: Expr<unknown, string, string> | ReadonlyArray<Expr<unknown, string, string>>,
  options: ForeignKeyOptions = {},
): ForeignKey => {
  const own = ownColumns('a foreign key', several(from))
  const there = targetOf(several(target), options)
  if (own.columns.length !== there.columns.length)
    throw new TypeError('a foreign key has as many columns on one side as on the other')
  return item<ForeignKey>({ _tag: 'ForeignKey', from: Object.freeze(own), target: there })
}

/**
 * The primary key's columns in an order of their own, and its name. Each of them says `primaryKey`, too.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { integer, primaryKey, primaryKeyConstraint, table, varchar } from 'relvar'
 *
 * table('seats', { row: pipe(integer, primaryKey), hall: pipe(varchar(9), primaryKey) }, (t) => [
 *   primaryKeyConstraint([t.hall, t.row], { name: 'seats_pkey' }),
 * ])
 *
 * @category constructors
 * @since 0.1.0
 */
export const primaryKeyConstraint = (
  columns: Columns,
  options: { readonly name?: string } = {},
): PrimaryKeyConstraint => {
  const own = ownColumns('a primary key', columns)
  return item<PrimaryKeyConstraint>({
    _tag: 'PrimaryKey',
    of: ownerOf(own),
    name: ownName('primary key', options.name),
    columns: own.columns,
  })
}

/**
 * No two rows have the same values in these columns (NULLs aside).
 *
 * @example
 * import { integer, table, uniqueConstraint } from 'relvar'
 *
 * table('seats', { row: integer, seat: integer }, (t) => [uniqueConstraint([t.row, t.seat])])
 *
 * @category constructors
 * @since 0.1.0
 */
export const uniqueConstraint = (
  columns: Columns,
  options: { readonly name?: string; readonly deferrable?: Deferrable } = {},
): UniqueConstraint => {
  const own = ownColumns('a unique constraint', columns)
  return item<UniqueConstraint>({
    _tag: 'Unique',
    of: ownerOf(own),
    info: Object.freeze({
      name: ownName('unique constraint', options.name),
      columns: own.columns,
      deferrable: options.deferrable ?? null,
    }),
  })
}

/**
 * What is true of each row, or unknown. It mentions columns of its own table alone.
 *
 * @example
 * import { and, checkConstraint, gt, integer, lt, table } from 'relvar'
 *
 * table('scores', { points: integer }, (t) => [checkConstraint(and(gt(t.points, 1), lt(t.points, 5)), { name: 'few' })])
 *
 * @category constructors
 * @since 0.1.0
 */
export const checkConstraint = (
  on: Expr<boolean | null, string, string>,
  options: { readonly name?: string } = {},
): CheckConstraint =>
  item<CheckConstraint>({
    _tag: 'Check',
    info: Object.freeze({ name: ownName('check', options.name), expr: criterion(on, booleanType) }),
  })

/**
 * An index of columns or expressions, each perhaps descending.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { desc, indexOn, integer, isNotNull, lower, nullable, table, text } from 'relvar'
 *
 * table('users', { id: integer, name: pipe(text, nullable) }, (t) => [
 *   indexOn([lower(t.name), desc(t.id)], { name: 'by_name', where: isNotNull(t.name) }),
 * ])
 *
 * @category constructors
 * @since 0.1.0
 */
export const indexOn = (parts: readonly [AnyOrder, ...ReadonlyArray<AnyOrder>], options: IndexOptions = {}): Index => {
  const include =
    options.include === undefined || options.include.length === 0 ? null : ownColumns('an index', options.include)
  return item<Index>({
    _tag: 'Index',
    of: include === null ? null : ownerOf(include),
    info: Object.freeze({
      name: ownName('index', options.name),
      unique: options.unique ?? false,
      parts: Object.freeze(parts.map(orderNode)),
      include: include?.columns ?? [],
      where: options.where === undefined ? null : criterion(options.where, booleanType),
    }),
  })
}

/**
 * How the database computes a column that says `generated`, of other columns of the row.
 *
 * @param options `stored`: once, when the row is written (also what every engine has); else anew each time it is read
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { generated, generatedAs, integer, mul, table } from 'relvar'
 *
 * table('boxes', { side: integer, area: pipe(integer, generated) }, (t) => [generatedAs(t.area, mul(t.side, t.side))])
 *
 * @category constructors
 * @since 0.1.0
 */
export const generatedAs = <A>(
  column: Expr<A, string, string>,
  expr: Expr<A, string, string>,
  options: { readonly stored?: boolean } = {},
): GeneratedAs => {
  const own = ownColumns('a computed column', [column])
  return item<GeneratedAs>({
    _tag: 'Generated',
    of: ownerOf(own),
    column: own.columns[0] ?? '',
    generated: Object.freeze({ expr: nodeOf(expr), stored: options.stored ?? true }),
  })
}

/**
 * What there is to say of the table, kept in the database where the engine keeps comments.
 *
 * @example
 * import { integer, table, tableComment } from 'relvar'
 *
 * table('scores', { points: integer }, () => [tableComment('of this season')])
 *
 * @category constructors
 * @since 0.1.0
 */
export const tableComment = (text: string): TableComment => item<TableComment>({ _tag: 'Comment', text })

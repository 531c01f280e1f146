/**
 * A whole statement as text, with its parameters by name and its rows by position or by the names of their columns.
 */
import type { ColumnSpec, ColumnValue } from './column.js'
import type { Expr } from './expr.js'
import type { ExprNode } from './node.js'
import type { Problem } from './problem.js'
import { type Done, type Nothing, type Query, query } from './query.js'
import type { TextNode } from './query-node.js'
import { type RawValue, shownValue } from './raw-value.js'
import type { DerivedColumn, TableSource } from './source.js'
import { type AnyTable, type RowOf, sourceOf } from './table.js'
import type { NamesIn } from './text-names.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A value, bound with the type that it shows, or an expression that mentions no table: `literal(…)`, `param(…)`. */
export type Bound = RawValue | Expr<unknown>

type Columns = Readonly<Record<string, ColumnSpec<unknown>>>

type RowOfColumns<C extends Columns> = { readonly [K in keyof C]: ColumnValue<C[K]> }

/** What the rows of a statement of text have. */
export interface TextRows {
  <T extends AnyTable>(table: T): Query<Done<RowOf<T>>, never, never, never, 'text'>
  <C extends Columns>(columns: C): Query<Done<RowOfColumns<C>>, never, never, never, 'text'>
}

/** What can be asked of a statement once all its parameters have values. */
type WhenBound<Open extends string, A> = [Open] extends [never] ? A : Problem<`no value was bound for ":${Open}"`>

/** What can be bound: values for names that the text has, where its names are known before it runs. */
type Bindings<V, Names extends string> = string extends keyof V
  ? unknown
  : { readonly [K in keyof V]: K extends Names ? Bound : Problem<`the text has no parameter ":${K & string}"`> }

/** The names that have no value yet; a record whose names nobody knows may have them all. */
type StillOpen<Open extends string, V> = string extends keyof V ? never : Exclude<Open, keyof V>

/**
 * A statement as text: what is bound, what it sees, and at last what its rows are. `Names` are the parameters of the text, `Open`
 * those that have no value yet.
 */
export interface TextStatement<Names extends string = string, Open extends string = never> {
  /** The values of `:name`; given again, they replace those of the same name. */
  readonly bind: <const V extends Readonly<Record<string, Bound>>>(
    values: V & Bindings<V, Names>,
  ) => TextStatement<Names, StillOpen<Open, V>>
  /** The tables that it reads, for who asks what a statement can see. */
  readonly reads: (...tables: ReadonlyArray<AnyTable>) => TextStatement<Names, Open>
  /** The tables that it writes. */
  readonly writes: (...tables: ReadonlyArray<AnyTable>) => TextStatement<Names, Open>
  /** The columns of its rows by position, or a table whose columns they are, in order. */
  readonly columns: WhenBound<Open, TextRows>
  /**
   * The columns of its rows by their names, or a table whose columns are found by their names in the database; what else the rows
   * have is left alone.
   */
  readonly as: WhenBound<Open, TextRows>
  /** The statement as one that gives no rows. */
  readonly command: WhenBound<Open, () => Query<Nothing, never, never, never, 'text'>>
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

interface Said {
  readonly text: string
  readonly values: ReadonlyMap<string, ExprNode>
  readonly reads: ReadonlyArray<TableSource>
  readonly writes: ReadonlyArray<TableSource>
}

const nodeWith = (
  { text, values, reads, writes }: Said,
  columns: ReadonlyArray<DerivedColumn> | null,
  outputs: ReadonlyArray<string> | null,
): TextNode => ({
  _tag: 'Text',
  text,
  names: [...values.keys()],
  operands: [...values.values()],
  columns,
  outputs,
  reads,
  writes,
})

type Of = AnyTable | Columns

const isTable = (u: Of): u is AnyTable => Object.getOwnPropertySymbols(u).length > 0

interface Named {
  readonly columns: ReadonlyArray<DerivedColumn>
  readonly names: ReadonlyArray<string>
}

const columnsOf = (of: Of): Named => {
  if (!isTable(of)) {
    const entries = Object.entries(of)
    return {
      columns: entries.map(([key, { type, nullable }]) => ({ key, type, nullable })),
      names: entries.map(([key]) => key),
    }
  }
  const source = sourceOf(of)
  if (source._tag !== 'TableSource') return { columns: source.columns, names: source.columns.map(({ key }) => key) }
  const { columns } = source.table
  return { columns, names: columns.map(({ name }) => name) }
}

const tablesOf = (tables: ReadonlyArray<AnyTable>): ReadonlyArray<TableSource> =>
  tables.map(sourceOf).filter((source) => source._tag === 'TableSource')

const rowsOf =
  (what: string, said: Said, isByName: boolean) =>
  (of: Of): unknown => {
    const { columns, names } = columnsOf(of)
    if (columns.length === 0) throw new TypeError(`${what}: a row has at least one column`)
    return query(nodeWith(said, columns, isByName ? names : null))
  }

const made = (said: Said): TextStatement<never, never> =>
  // The types of the names and of the rows say what the text and the columns are; the value is the same whatever they say.
  Object.freeze({
    bind: (values: Readonly<Record<string, Bound>>) =>
      made({
        ...said,
        values: new Map([...said.values, ...Object.entries(values).map(([k, v]) => [k, shownValue(v)] as const)]),
      }),
    reads: (...tables: ReadonlyArray<AnyTable>) => made({ ...said, reads: [...said.reads, ...tablesOf(tables)] }),
    writes: (...tables: ReadonlyArray<AnyTable>) => made({ ...said, writes: [...said.writes, ...tablesOf(tables)] }),
    columns: rowsOf('columns', said, false),
    as: rowsOf('as', said, true),
    command: () => query<Nothing, never, never, never, 'text'>(nodeWith(said, null, null)),
  }) as unknown as TextStatement<never, never>

/**
 * A whole statement as text. Each `:name` in it is a parameter, wherever it is code: not in strings, comments, quoted names,
 * `::casts` and dollar quotes, as each engine knows them; `\:` is a colon. The text is trusted; what is bound is not.
 *
 * A query made by `columns` or `as` runs like any other, and `subquery('t')` makes it a source of one.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, gt, integer, sql, subquery, text, where } from 'relvar'
 *
 * const named = sql.text('SELECT id, name FROM users WHERE name <> :name').bind({ name: 'jack' })
 * const others = pipe(named.columns({ id: integer, name: text }), subquery('others'))
 * pipe(from(others), where(gt(others.id, 1)))
 *
 * @category constructors
 * @since 0.1.0
 */
export const textStatement = <const T extends string>(
  text: T,
): TextStatement<NamesIn<T>, string extends NamesIn<T> ? never : NamesIn<T>> => {
  if (typeof text !== 'string') throw new TypeError('sql.text takes text')
  // What ends a statement may not end a part of one. As in `made`.
  return made({ text: text.replace(/[\s;]+$/, ''), values: new Map(), reads: [], writes: [] }) as never
}

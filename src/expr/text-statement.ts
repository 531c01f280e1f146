/**
 * A whole statement as text, with its parameters by name and its rows by position.
 */
import type { ColumnSpec, ColumnValue } from './column.js'
import type { Expr } from './expr.js'
import type { ExprNode } from './node.js'
import { type Done, type Nothing, type Query, query } from './query.js'
import type { TextNode } from './query-node.js'
import { namedText } from './raw-text.js'
import { type RawValue, shownValue } from './raw-value.js'
import type { DerivedColumn, TableSource } from './source.js'
import { type AnyTable, type RowOf, sourceOf } from './table.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A value, bound with the type that it shows, or an expression that mentions no table: `literal(…)`, `param(…)`. */
export type Bound = RawValue | Expr<unknown>

type RowOfColumns<C extends Readonly<Record<string, ColumnSpec<unknown>>>> = {
  readonly [K in keyof C]: ColumnValue<C[K]>
}

/** A statement as text: what is bound, what it sees, and at last what its rows are. */
export interface TextStatement {
  /** The values of `:name`; given again, they replace those of the same name. */
  readonly bind: (values: Readonly<Record<string, Bound>>) => TextStatement
  /** The tables that it reads, for who asks what a statement can see. */
  readonly reads: (...tables: ReadonlyArray<AnyTable>) => TextStatement
  /** The tables that it writes. */
  readonly writes: (...tables: ReadonlyArray<AnyTable>) => TextStatement
  /** The columns of its rows by position, or a table whose columns they are, in order. */
  readonly columns: {
    <T extends AnyTable>(table: T): Query<Done<RowOf<T>>, never, never, never, 'text'>
    <C extends Readonly<Record<string, ColumnSpec<unknown>>>>(
      columns: C,
    ): Query<Done<RowOfColumns<C>>, never, never, never, 'text'>
  }
  /** The statement as one that gives no rows. */
  readonly command: () => Query<Nothing, never, never, never, 'text'>
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

const quoted = (names: Iterable<string>): string => [...new Set(names)].map((name) => `"${name}"`).join(', ')

/** A parameter without a value, or a value without a parameter. */
const bindProblem = (names: ReadonlyArray<string>, values: ReadonlyMap<string, ExprNode>): string | null => {
  const missing = names.filter((name) => !values.has(name))
  if (missing.length > 0) return `no value was bound for ${quoted(missing)}`
  const extra = [...values.keys()].filter((name) => !names.includes(name))
  return extra.length > 0 ? `a value was bound for ${quoted(extra)}, which the text does not mention` : null
}

const nodeWith = (said: Said, columns: ReadonlyArray<DerivedColumn> | null): TextNode => {
  const { texts, names } = namedText(said.text)
  const problem = bindProblem(names, said.values)
  // Without a value for each place there is no statement, and the compiler says why.
  const operands = names.flatMap((name) => said.values.get(name) ?? [])
  return {
    _tag: 'Text',
    texts: problem === null ? texts : [said.text],
    operands: problem === null ? operands : [],
    columns,
    reads: said.reads,
    writes: said.writes,
    problem,
  }
}

const isTable = (u: AnyTable | Readonly<Record<string, ColumnSpec<unknown>>>): u is AnyTable =>
  Object.getOwnPropertySymbols(u).length > 0

const columnsOf = (of: AnyTable | Readonly<Record<string, ColumnSpec<unknown>>>): ReadonlyArray<DerivedColumn> => {
  if (isTable(of)) {
    const source = sourceOf(of)
    return source._tag === 'TableSource' ? source.table.columns : source.columns
  }
  return Object.entries(of).map(([key, { type, nullable }]) => ({ key, type, nullable }))
}

const tablesOf = (tables: ReadonlyArray<AnyTable>): ReadonlyArray<TableSource> =>
  tables.map(sourceOf).filter((source) => source._tag === 'TableSource')

const made = (said: Said): TextStatement =>
  Object.freeze({
    bind: (values: Readonly<Record<string, Bound>>) =>
      made({
        ...said,
        values: new Map([...said.values, ...Object.entries(values).map(([k, v]) => [k, shownValue(v)] as const)]),
      }),
    reads: (...tables: ReadonlyArray<AnyTable>) => made({ ...said, reads: [...said.reads, ...tablesOf(tables)] }),
    writes: (...tables: ReadonlyArray<AnyTable>) => made({ ...said, writes: [...said.writes, ...tablesOf(tables)] }),
    columns: (of: AnyTable | Readonly<Record<string, ColumnSpec<unknown>>>) => {
      const columns = columnsOf(of)
      if (columns.length === 0) throw new TypeError('columns: a row has at least one')
      // The row type of the signature is that of these columns.
      return query(nodeWith(said, columns)) as never
    },
    command: () => query<Nothing, never, never, never, 'text'>(nodeWith(said, null)),
  })

/**
 * A whole statement as text. Each `:name` in it is a parameter, wherever it is code: not in strings, comments, quoted names,
 * `::casts` and dollar quotes; `\:` is a colon. The text is trusted; what is bound is not.
 *
 * A query made by `columns` runs like any other, and `subquery('t')` makes it a source of one.
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
export const textStatement = (text: string): TextStatement => {
  if (typeof text !== 'string') throw new TypeError('sql.text takes text')
  // What ends a statement may not end a part of one.
  return made({ text: text.replace(/[\s;]+$/, ''), values: new Map(), reads: [], writes: [] })
}

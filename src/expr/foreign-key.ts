/**
 * What a foreign key says: where it points to, and what becomes of rows whose parent goes away.
 */
import { type ColumnSpec, spec } from './column.js'
import { columnOf, type Expr } from './expr.js'
import { checkName } from './name.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What the database does to rows that refer to a row which goes away or changes its key. */
export type ReferentialAction = 'noAction' | 'restrict' | 'cascade' | 'setNull' | 'setDefault'

/** When a constraint is asked: after each statement; or, where a transaction wishes (`immediate`) or by itself (`deferred`), at its end. */
export type Deferrable = 'immediate' | 'deferred'

/** What else there is to say of a foreign key. */
export interface ForeignKeyOptions {
  readonly onDelete?: ReferentialAction
  readonly onUpdate?: ReferentialAction
  readonly deferrable?: Deferrable
  /** Its name; without one the schema's naming convention gives it. */
  readonly name?: string
}

/** The columns that a foreign key points to, by names, since a table cannot hold the other table. */
export interface ForeignKeyTarget {
  readonly schema: string | null
  readonly table: string
  readonly columns: ReadonlyArray<string>
  /** What these columns are called in the database. */
  readonly names: ReadonlyArray<string>
  readonly onDelete: ReferentialAction
  readonly onUpdate: ReferentialAction
  readonly deferrable: Deferrable | null
  readonly name: string | null
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** The names of the columns that a foreign key points to: columns of one table. */
export const targetOf = (
  targets: ReadonlyArray<Expr<unknown, string, string>>,
  options: ForeignKeyOptions,
): ForeignKeyTarget => {
  const columns = targets.map(columnOf)
  const [first] = columns
  const of = first?.of
  if (of === undefined || of._tag !== 'TableSource' || columns.some((c) => c === null || c.of.name !== of.name))
    throw new TypeError('a foreign key refers to columns of one table, such as users.id')
  if (options.name !== undefined) checkName('foreign key', options.name)
  return Object.freeze({
    schema: of.table.schema,
    table: of.table.name,
    columns: columns.map((c) => c?.key ?? ''),
    names: columns.map((c) => c?.name ?? ''),
    onDelete: options.onDelete ?? 'noAction',
    onUpdate: options.onUpdate ?? 'noAction',
    deferrable: options.deferrable ?? null,
    name: options.name ?? null,
  })
}

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/**
 * A foreign key: each value (but NULL) is a value of the other table's column. That column is a key or unique.
 *
 * For a reference to the table itself see `foreignKey` in the third argument of `table`; for cycles, in `schema`.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { integer, primaryKey, references, table } from 'relvar'
 *
 * const users = table('users', { id: pipe(integer, primaryKey) })
 * const posts = table('posts', { id: pipe(integer, primaryKey), authorId: pipe(integer, references(users.id)) })
 * assert.deepStrictEqual(Object.keys(posts), ['id', 'authorId'])
 *
 * @throws TypeError where the target is no column of a table.
 * @category combinators
 * @since 0.1.0
 */
export const references =
  <A, S extends string>(target: Expr<A, S, string>, options: ForeignKeyOptions = {}) =>
  <B extends A | null, D extends boolean, K extends boolean>(c: ColumnSpec<B, D, K, string>): ColumnSpec<B, D, K, S> =>
    spec({ ...c, references: targetOf([target], options) })

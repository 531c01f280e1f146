/**
 * Column specifications: a SQL type and what else a table says of a column. Plain values, built with `pipe`.
 */
import type { Expr } from './expr.js'
import { columnOf } from './expr.js'
import type { NameOf, Problem } from './problem.js'
import type { SqlType } from './sql-type.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

declare const ColumnT: unique symbol

/** What the database does to rows that refer to a row which goes away or changes its key. */
export type ReferentialAction = 'noAction' | 'restrict' | 'cascade' | 'setNull'

/** The column that a foreign key points to, by names, since a table cannot hold the other table. */
export interface ForeignKeyTarget {
  readonly schema: string | null
  readonly table: string
  readonly column: string
  readonly onDelete: ReferentialAction
  readonly onUpdate: ReferentialAction
}

/** A default is a value, or a function of the client that is asked once a row. */
export type ColumnDefault =
  | { readonly _tag: 'Value'; readonly value: unknown }
  | { readonly _tag: 'Client'; readonly make: () => unknown }

/**
 * A column before it belongs to a table: `A` its values, `D` whether an insert may leave it out, `K` whether it is part of
 * the primary key, `R` the source that it refers to.
 */
export interface ColumnSpec<
  out A,
  out D extends boolean = boolean,
  out K extends boolean = boolean,
  out R extends string = string,
> {
  readonly [ColumnT]: { readonly d: D; readonly k: K; readonly r: R }
  readonly _a: A
  readonly type: SqlType<unknown>
  readonly nullable: boolean
  readonly primaryKey: boolean
  readonly autoIncrement: boolean
  readonly unique: boolean
  readonly index: boolean
  readonly default: ColumnDefault | null
  readonly references: ForeignKeyTarget | null
  /** The name in the database, where it is not the key. */
  readonly name: string | null
}

/** What a column specification is made of at run time; the type parameters have no counterpart there. */
type Fields = Omit<ColumnSpec<unknown>, typeof ColumnT | '_a'>

/** The value type of a column specification. */
export type ColumnValue<C> = C extends { readonly _a: infer A } ? A : never
/** Whether an insert may leave the column out. */
export type HasDefault<C> = C extends ColumnSpec<unknown, infer D> ? D : never
/** Whether the column is part of the primary key. */
export type IsKey<C> = C extends ColumnSpec<unknown, boolean, infer K> ? K : never
/** The source that the column refers to; never for one that refers to nothing (or by `foreignKey`). */
export type ReferencesOf<C> = C extends ColumnSpec<unknown, boolean, boolean, infer R> ? R : never

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

// The phantom types of a specification exist for the compiler alone, so any of them fits the plain fields.
export const spec = <A, D extends boolean, K extends boolean, R extends string>(
  fields: Fields,
): ColumnSpec<A, D, K, R> => Object.freeze(fields) as ColumnSpec<A, D, K, R>

/** A column of a SQL type: not null, no key, no default. */
export const ofType = <A>(type: SqlType<A>): ColumnSpec<A, false, false, never> =>
  spec({
    type,
    nullable: false,
    primaryKey: false,
    autoIncrement: false,
    unique: false,
    index: false,
    default: null,
    references: null,
    name: null,
  })

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/**
 * The column may be NULL: its values are `A | null`, and an insert may leave it out.
 *
 * @category combinators
 * @since 0.1.0
 */
export const nullable = <A, K extends boolean, R extends string>(
  c: ColumnSpec<A, boolean, K, R> & ([K] extends [true] ? Problem<'a key column cannot be nullable'> : unknown),
): ColumnSpec<A | null, true, K, R> => spec({ ...c, nullable: true })

/**
 * The column is the primary key, or a part of it where several columns say so.
 *
 * @category combinators
 * @since 0.1.0
 */
export const primaryKey = <A, D extends boolean, R extends string>(
  c: ColumnSpec<A, D, boolean, R> & ([null] extends [A] ? Problem<'a key column cannot be nullable'> : unknown),
): ColumnSpec<A, D, true, R> => spec({ ...c, primaryKey: true })

/**
 * The database makes the value where an insert leaves it out.
 *
 * @category combinators
 * @since 0.1.0
 */
export const autoIncrement = <A extends number | bigint, K extends boolean, R extends string>(
  c: ColumnSpec<A, boolean, K, R>,
): ColumnSpec<A, true, K, R> => spec({ ...c, autoIncrement: true })

/**
 * No two rows have the same value (NULLs aside).
 *
 * @category combinators
 * @since 0.1.0
 */
export const unique = <A, D extends boolean, K extends boolean, R extends string>(
  c: ColumnSpec<A, D, K, R>,
): ColumnSpec<A, D, K, R> => spec({ ...c, unique: true })

/**
 * `createAll` makes an index for the column.
 *
 * @category combinators
 * @since 0.1.0
 */
export const index = <A, D extends boolean, K extends boolean, R extends string>(
  c: ColumnSpec<A, D, K, R>,
): ColumnSpec<A, D, K, R> => spec({ ...c, index: true })

/**
 * What an insert takes where it leaves the column out: a value, or a function that is asked once a row.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { defaultTo, integer, table } from 'relvar'
 *
 * const groups = table('groups', { port: pipe(integer, defaultTo(22)) })
 * assert.deepStrictEqual(Object.keys(groups), ['port'])
 *
 * @category combinators
 * @since 0.1.0
 */
export const defaultTo =
  <B extends string | number | bigint | boolean | null | object>(value: B | (() => B)) =>
  <A, K extends boolean, R extends string>(
    c: ColumnSpec<A, boolean, K, R> &
      ([Widened<B>] extends [A]
        ? unknown
        : Problem<`the default is no value of the column: ${NameOf<Widened<B>>} for ${NameOf<A>}`>),
  ): ColumnSpec<A, true, K, R> =>
    spec({
      ...c,
      default:
        typeof value === 'function'
          ? { _tag: 'Client', make: value as () => unknown } // an object type of JS that is callable is the function here
          : { _tag: 'Value', value },
    })

type Widened<B> = B extends () => infer C ? C : B

/**
 * The column's name in the database, where it differs from its key in the table value.
 *
 * @category combinators
 * @since 0.1.0
 */
export const named =
  (name: string) =>
  <A, D extends boolean, K extends boolean, R extends string>(c: ColumnSpec<A, D, K, R>): ColumnSpec<A, D, K, R> =>
    spec({ ...c, name })

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
  <A, S extends string>(
    target: Expr<A, S, string>,
    actions: { readonly onDelete?: ReferentialAction; readonly onUpdate?: ReferentialAction } = {},
  ) =>
  <B extends A | null, D extends boolean, K extends boolean>(c: ColumnSpec<B, D, K, string>): ColumnSpec<B, D, K, S> =>
    spec({ ...c, references: targetOf(target, actions) })

/** The names of the column that a foreign key points to. */
export const targetOf = (
  target: Expr<unknown, string, string>,
  actions: { readonly onDelete?: ReferentialAction; readonly onUpdate?: ReferentialAction },
): ForeignKeyTarget => {
  const column = columnOf(target)
  if (column === null || column.of._tag !== 'TableSource')
    throw new TypeError('a foreign key refers to a column of a table, such as users.id')
  return Object.freeze({
    schema: column.of.table.schema,
    table: column.of.table.name,
    column: column.key,
    onDelete: actions.onDelete ?? 'noAction',
    onUpdate: actions.onUpdate ?? 'noAction',
  })
}

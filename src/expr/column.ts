/**
 * Column specifications: a SQL type and what else a table says of a column. Plain values, built with `pipe`.
 */
import type { ForeignKeyTarget } from './foreign-key.js'
import type { ExprNode } from './node.js'
import type { NameOf, Problem } from './problem.js'
import { plainColumn } from './source.js'
import type { SqlType } from './sql-type.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

declare const ColumnT: unique symbol

/** How a database counts the values of an identity column or a sequence. */
export interface Counting {
  readonly start?: bigint | number
  readonly increment?: bigint | number
  readonly min?: bigint | number
  readonly max?: bigint | number
  readonly cycle?: boolean
}

/** An identity column (GENERATED … AS IDENTITY): `always` refuses values of an insert's own. */
export interface Identity extends Counting {
  readonly always?: boolean
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
  /** What the database puts where an insert leaves the column out. */
  readonly serverDefault: ExprNode | null
  /** What an update puts that does not name the column. */
  readonly onUpdate: ColumnDefault | null
  readonly identity: Identity | null
  /** Whether the database computes the value: `generatedAs` of the table says how. */
  readonly generated: boolean
  readonly comment: string | null
  readonly collation: string | null
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
    ...plainColumn,
    type,
    nullable: false,
    generated: false,
    references: null,
    name: null,
  })

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/**
 * The column may be NULL: its values are `A | null`, and an insert may leave it out.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { integer, nullable, table } from 'relvar'
 *
 * const rows = table('rows', { value: pipe(integer, nullable) })
 * assert.deepStrictEqual(Object.keys(rows), ['value'])
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
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { integer, primaryKey, table } from 'relvar'
 *
 * const rows = table('rows', { value: pipe(integer, primaryKey) })
 * assert.deepStrictEqual(Object.keys(rows), ['value'])
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
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { autoIncrement, integer, primaryKey, table } from 'relvar'
 *
 * const users = table('users', { id: pipe(integer, primaryKey, autoIncrement) })
 * assert.deepStrictEqual(Object.keys(users), ['id'])
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
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { integer, table, unique } from 'relvar'
 *
 * const rows = table('rows', { value: pipe(integer, unique) })
 * assert.deepStrictEqual(Object.keys(rows), ['value'])
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
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { index, integer, table } from 'relvar'
 *
 * const rows = table('rows', { value: pipe(integer, index) })
 * assert.deepStrictEqual(Object.keys(rows), ['value'])
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
      default: defaultOf(value),
    })

type Widened<B> = B extends () => infer C ? C : B

/**
 * The column's name in the database, where it differs from its key in the table value.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { integer, named, table } from 'relvar'
 *
 * const rows = table('rows', { value: pipe(integer, named('the_value')) })
 * assert.deepStrictEqual(Object.keys(rows), ['value'])
 *
 * @category combinators
 * @since 0.1.0
 */
export const named =
  (name: string) =>
  <A, D extends boolean, K extends boolean, R extends string>(c: ColumnSpec<A, D, K, R>): ColumnSpec<A, D, K, R> =>
    spec({ ...c, name })

/** What `defaultTo` and `onUpdate` keep. */
const defaultOf = (value: unknown): ColumnDefault =>
  typeof value === 'function'
    ? { _tag: 'Client', make: value as () => unknown } // an object type of JS that is callable is the function here
    : { _tag: 'Value', value }

/**
 * What an update puts into the column where it does not name it: a value, or a function that is asked once an update.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { integer, onUpdate, table, varchar } from 'relvar'
 *
 * const posts = table('posts', { id: integer, touched: pipe(varchar(30), onUpdate(() => new Date(0).toISOString())) })
 * assert.deepStrictEqual(Object.keys(posts), ['id', 'touched'])
 *
 * @category combinators
 * @since 0.1.0
 */
export const onUpdate =
  <B extends string | number | bigint | boolean | null | object>(value: B | (() => B)) =>
  <A, D extends boolean, K extends boolean, R extends string>(
    c: ColumnSpec<A, D, K, R> &
      ([Widened<B>] extends [A]
        ? unknown
        : Problem<`onUpdate gives no value of the column: ${NameOf<Widened<B>>} for ${NameOf<A>}`>),
  ): ColumnSpec<A, D, K, R> =>
    spec({ ...c, onUpdate: defaultOf(value) })

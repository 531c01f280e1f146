/**
 * Column specifications: a SQL type and what else a table says of a column. Plain values, built with `pipe`.
 */
import type { Expr } from './expr.js'
import { columnOf } from './expr.js'
import { type ExprNode, isExprNode, value as valueNode } from './node.js'
import { checkName } from './name.js'
import type { NameOf, Problem } from './problem.js'
import type { SqlType } from './sql-type.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

declare const ColumnT: unique symbol

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
    type,
    nullable: false,
    primaryKey: false,
    autoIncrement: false,
    unique: false,
    index: false,
    default: null,
    serverDefault: null,
    onUpdate: null,
    identity: null,
    generated: false,
    comment: null,
    collation: null,
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
 * What the database puts where an insert leaves the column out: a value, or an expression that mentions no column.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { currentTimestamp, integer, serverDefault, table, timestamptz } from 'relvar'
 *
 * const posts = table('posts', { id: integer, made: pipe(timestamptz, serverDefault(currentTimestamp)) })
 * assert.deepStrictEqual(Object.keys(posts), ['id', 'made'])
 *
 * @category combinators
 * @since 0.1.0
 */
export const serverDefault =
  <B extends string | number | bigint | boolean | null | object>(value: B) =>
  <A, K extends boolean, R extends string>(
    c: ColumnSpec<A, boolean, K, R> &
      ([Given<B>] extends [A]
        ? unknown
        : Problem<`the default is no value of the column: ${NameOf<Given<B>>} for ${NameOf<A>}`>),
  ): ColumnSpec<A, true, K, R> =>
    spec({ ...c, serverDefault: isExprNode(value) ? value : valueNode(value, c.type, c.nullable) })

type Given<B> = B extends Expr<infer A, never, never> ? A : B

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

/**
 * The database counts the values (GENERATED … AS IDENTITY), from `start` in steps of `increment`.
 *
 * @param options `always`: an insert may not bring a value of its own; without it, it may
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { identity, integer, primaryKey, table } from 'relvar'
 *
 * const tickets = table('tickets', { id: pipe(integer, primaryKey, identity({ start: 42 })) })
 * assert.deepStrictEqual(Object.keys(tickets), ['id'])
 *
 * @category combinators
 * @since 0.1.0
 */
export const identity =
  (options: Identity = {}) =>
  <A extends number | bigint, K extends boolean, R extends string>(
    c: ColumnSpec<A, boolean, K, R>,
  ): ColumnSpec<A, true, K, R> =>
    spec({ ...c, autoIncrement: true, identity: Object.freeze({ ...options }) })

/**
 * The database computes the value from other columns of the row: `generatedAs` in the table's third argument says how. It is
 * read, and never written.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { generated, generatedAs, integer, mul, table } from 'relvar'
 *
 * const boxes = table('boxes', { side: integer, area: pipe(integer, generated) }, (t) => [
 *   generatedAs(t.area, mul(t.side, t.side)),
 * ])
 * assert.deepStrictEqual(Object.keys(boxes), ['side', 'area'])
 *
 * @category combinators
 * @since 0.1.0
 */
export const generated = <A, D extends boolean, K extends boolean>(
  c: ColumnSpec<A, D, K, never>,
): ColumnSpec<A, D, K, '(computed)'> => spec({ ...c, generated: true })

/**
 * What there is to say of the column, kept in the database where the engine keeps comments.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { comment, integer, table } from 'relvar'
 *
 * const rows = table('rows', { value: pipe(integer, comment('in metres')) })
 * assert.deepStrictEqual(Object.keys(rows), ['value'])
 *
 * @category combinators
 * @since 0.1.0
 */
export const comment =
  (text: string) =>
  <A, D extends boolean, K extends boolean, R extends string>(c: ColumnSpec<A, D, K, R>): ColumnSpec<A, D, K, R> =>
    spec({ ...c, comment: text })

/**
 * The collation of a column of text, by its name on the engine at hand. Comparisons of relvar's own stay binary only where the
 * collation is: what it changes is the engine's.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { collation, table, text } from 'relvar'
 *
 * table('users', { name: pipe(text, collation('de-x-icu')) })
 *
 * @category combinators
 * @since 0.1.0
 */
export const collation =
  (name: string) =>
  <A extends string | null, D extends boolean, K extends boolean, R extends string>(
    c: ColumnSpec<A, D, K, R>,
  ): ColumnSpec<A, D, K, R> => {
    checkName('collation', name)
    return spec({ ...c, collation: name })
  }

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

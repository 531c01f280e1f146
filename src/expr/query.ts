/**
 * `Query<P, S, O, F, K>`, the typed face of a query, and what its types mean.
 *
 * `P` is the projection, `S` the sources that it binds (contravariant: who asks for a query that binds users takes one that
 * binds more, never one that binds less), `O` those that may be absent, `F` those that it mentions and does not bind, and `K`
 * what kind of statement it is. The row type is computed once, when the query is run.
 */
import type { ColumnSpec } from './column.js'
import type { AnyExpr, Expr } from './expr.js'
import type { None, Problem } from './problem.js'
import type { SelectNode, StatementNode } from './query-node.js'
import type { AnyTable, ColumnsOf, Computed, RowOf, SourceOf, Table } from './table.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

declare const QueryT: unique symbol

/** What kind of statement a query is; most combinators take a `select` alone. */
export type Kind = 'select' | 'set' | 'insert' | 'update' | 'delete' | 'text'

/** An update that has not said which rows it is about: it does not run. */
export type UnguardedUpdate = 'an update without where(…) or everyRow'
/** A delete that has not said which rows it is about: it does not run. */
export type UnguardedDelete = 'a delete without where(…) or everyRow'
/** All that there are, those included that do not run yet. */
export type AnyKind = Kind | UnguardedUpdate | UnguardedDelete
/** The kind once it is said which rows it is about. */
export type Guarded<K extends AnyKind> = K extends UnguardedUpdate ? 'update' : K extends UnguardedDelete ? 'delete' : K

/** A query, or a write, as a value. */
export interface Query<
  out P,
  in S extends string,
  out O extends string,
  out F extends string,
  out K extends AnyKind = 'select',
> {
  readonly [QueryT]: { readonly p: P; readonly s: (s: S) => void; readonly o: O; readonly f: F; readonly k: K }
}

/** Any query or write. */
export type AnyQuery = Query<unknown, never, string, string, AnyKind>
/** A query that can stand inside another: no write. */
export type AnyRead = Query<unknown, never, string, string, 'select' | 'set'>

/** What `select` and `returning` take: an expression, a table, or a record of these. */
export type Projection = AnyExpr | AnyTable | { readonly [k: string]: Projection }

declare const DoneT: unique symbol
/** A projection that is already a row: what a set operation gives. */
export interface Done<out R> {
  readonly [DoneT]: R
}

/** A projection with includes beside it. */
export interface With<out P, out I> {
  readonly _p: P
  readonly _i: I
}

/** The projection of a write without `returning`. */
export interface Nothing {
  readonly _nothing: true
}

/** The projection of an insert without `returning`: it remembers whose columns an upsert may name. */
export interface Inserting<out T extends AnyTable> extends Nothing {
  readonly _into: T
}

/** The projection of an update without `returning`: it remembers whose columns `set` may name. */
export interface Updating<out T extends AnyTable> extends Nothing {
  readonly _table: T
}

/** The projection of a delete without `returning`: it remembers whose rows it gives back. */
export interface Deleting<out T extends AnyTable> extends Nothing {
  readonly _from: T
}

declare const RelationT: unique symbol
/** An open query, and how many rows it gives for one outer row. */
export interface Relation<
  out C extends 'many' | 'one' | 'optional',
  out P,
  out O extends string,
  out F extends string,
> {
  readonly [RelationT]: { readonly c: C; readonly p: P; readonly o: O; readonly f: F }
}
/** Any relation with its cardinality. */
export type AnyRelation = Relation<'many' | 'one' | 'optional', unknown, string, string>

// -------------------------------------------------------------------------------------
// rows
// -------------------------------------------------------------------------------------

type OrNull<N, O> = [Extract<N, O>] extends [never] ? never : null

/** The row that a projection gives where the sources `O` may be absent. */
export type Decode<P, O extends string> =
  P extends Expr<infer A, string, infer N>
    ? A | OrNull<N, O>
    : P extends AnyTable
      ? RowOf<P> | OrNull<SourceOf<P>, O>
      : P extends With<infer P0, infer I>
        ? Beside<Decode<P0, O>, { readonly [K in keyof I]: RelationRow<I[K], O> }>
        : P extends Done<infer R>
          ? R
          : P extends Nothing
            ? never
            : { readonly [K in keyof P]: Decode<P[K], O> }

/** A row with its includes, which stand before an output of the same name; an absent row has none. */
type Beside<R, I> = R extends null
  ? null
  : R extends object
    ? Flat<Omit<R, keyof I> & I>
    : Problem<'an include stands beside named columns: select({ … }) instead of one expression'>

type Flat<T> = { readonly [K in keyof T]: T[K] }

/** The rows of a relation beside a row in which the sources `O` may be absent. */
export type RelationRow<R, O extends string> =
  R extends Relation<infer C, infer P, infer O2, infer F>
    ? C extends 'many'
      ? ReadonlyArray<Decode<P, O2 | Extract<O, F>>>
      : C extends 'one'
        ? Decode<P, O2 | Extract<O, F>> | OrNull<F, O>
        : Decode<P, O2 | Extract<O, F>> | null
    : never

/** The sources that a projection mentions. */
export type Mentions<P> =
  P extends Expr<unknown, infer S, string>
    ? S
    : P extends AnyTable
      ? SourceOf<P>
      : { [K in keyof P]: Mentions<P[K]> }[keyof P]

/** The row type of a query. */
export type RowOfQuery<Q> = Q extends Query<infer P, never, infer O, string, AnyKind> ? Decode<P, O> : never

/** A projection that makes a flat row with named columns. */
export type FlatProjection = AnyTable | Done<unknown> | { readonly [k: string]: AnyExpr }

/** `unknown` for a projection that makes a flat row, else a sentence about what makes it another. */
export type FlatRows<P> = [P] extends [FlatProjection]
  ? unknown
  : Problem<`${NotFlat<P>}: flat rows with named columns are needed here`>

type NotFlat<P> =
  P extends With<unknown, infer I>
    ? `"${keyof I & string}" is an include`
    : P extends AnyExpr
      ? 'one expression has no name'
      : `"${{ [K in keyof P]: P[K] extends AnyExpr ? never : K }[keyof P] & string}" is a record`

/** The columns of a flat row: of a whole source that may be absent, each one may be null. */
export type FlatRow<P, O extends string> = P extends AnyTable
  ? [Extract<SourceOf<P>, O>] extends [never]
    ? RowOf<P>
    : { readonly [K in keyof ColumnsOf<P>]: ColumnsOf<P>[K]['_a'] | null }
  : Decode<P, O>

/** What `select` makes of a projection: the includes stay. */
export type Reselected<P, P2> = P extends With<unknown, infer I> ? With<P2, I> : P2

/** `unknown` for a query with nothing free, else the sentence. */
export type ClosedQuery<F extends string> = None<F, '', ' is mentioned but never joined'>

/** The columns of a row type, as the outputs of the source `N`: they are read and never written. */
export type Derived<N extends string, R, F extends string> = Table<
  N,
  { readonly [K in keyof R]: ColumnSpec<R[K], false, false, Computed> },
  F
>

declare const OutputT: unique symbol
/** An output of a set operation: something to order by and no expression, since the scope has ended. */
export interface Output<out A> {
  readonly [OutputT]: A
}

/** The outputs of a row type, to order a set operation by. */
export type Outputs<R> = { readonly [K in keyof R]: Output<R[K]> }

// -------------------------------------------------------------------------------------
// destructors and constructors (internal)
// -------------------------------------------------------------------------------------

const brand: unique symbol = Symbol('relvar/query')

/** The node behind a query; null for what is no query of relvar's, whoever made it look like one. */
export const statementOf = (q: unknown): StatementNode | null =>
  // Only `query` puts the brand there, which no JSON can have.
  typeof q === 'object' && q !== null && brand in q ? (q as unknown as StatementNode) : null

/** The node of a query that the types vouch for; untyped callers are told what they did. */
export const nodeOfQuery = (q: AnyQuery): StatementNode => {
  const node = statementOf(q)
  if (node === null)
    throw new TypeError('a query is expected here: a value that from(…), insertInto(…) and their like made')
  return node
}

// The type parameters have no counterpart at run time: each public combinator states those that its signature proves.
export const query = <P, S extends string, O extends string, F extends string, K extends AnyKind>(
  node: StatementNode,
): Query<P, S, O, F, K> =>
  (brand in node && Object.isFrozen(node)
    ? node
    : node._tag === 'Select'
      ? changed(node, noChange)
      : Object.freeze({ ...node, [brand]: true })) as unknown as Query<P, S, O, F, K>

const noChange: Partial<SelectNode> = Object.freeze({})

/**
 * A SELECT with some of its clauses changed. It is written out, field by field, since combinators run once a request and V8
 * copies a frozen object with `...` twenty times slower.
 */
export const changed = (node: SelectNode, change: Partial<SelectNode>): SelectNode => {
  const made: SelectNode & { readonly [brand]: true } = {
    [brand]: true,
    _tag: 'Select',
    from: change.from ?? node.from,
    joins: change.joins ?? node.joins,
    where: change.where ?? node.where,
    present: change.present ?? node.present,
    groupBy: change.groupBy ?? node.groupBy,
    groupingSets: change.groupingSets ?? node.groupingSets,
    having: change.having ?? node.having,
    select: change.select ?? node.select,
    distinct: change.distinct ?? node.distinct,
    distinctOn: change.distinctOn ?? node.distinctOn,
    orderBy: change.orderBy ?? node.orderBy,
    keyset: change.keyset ?? node.keyset,
    limit: change.limit ?? node.limit,
    offset: change.offset ?? node.offset,
    withTies: change.withTies ?? node.withTies,
    lock: change.lock ?? node.lock,
    includes: change.includes ?? node.includes,
  }
  return Object.freeze(made)
}

/** A query that differs from a SELECT in some of its clauses. */
export const withClauses = <P, S extends string, O extends string, F extends string, K extends Kind>(
  node: SelectNode,
  change: Partial<SelectNode>,
): Query<P, S, O, F, K> => changed(node, change) as unknown as Query<P, S, O, F, K>

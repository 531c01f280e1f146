/**
 * Inserts as values: rows, or the rows of a query; and what becomes of rows that are there already.
 */
import { columnOf, criterion, type Expr } from './expr.js'
import { assignments, filledIn, insertRows } from './insert-rows.js'
import { outputsOf } from './outputs.js'
import { type FlatRow, type Inserting, nodeOfQuery, type Query, query } from './query.js'
import type { Conflict, ConflictTarget, InsertNode } from './query-node.js'
import { booleanType } from './sql-type.js'
import { type AnyTable, type ColumnsOf, type InsertOf, type SourceOf, type Table, tableOf } from './table.js'
import { type Changes, writtenSource } from './write.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A row to insert whose values may be parameters. */
export type InsertRow<T extends AnyTable> = {
  readonly [K in keyof InsertOf<T>]: InsertOf<T>[K] | Expr<Exclude<InsertOf<T>[K], undefined>>
}

/** The new row, where a row is there already. */
export type Excluded<T extends AnyTable> = Table<'excluded', ColumnsOf<T>>

/** The row that is there, and the new one. */
type BothRows<S extends string> = S | 'excluded'

/** What an insert does to a row that is there already. */
export interface ConflictUpdate<T extends AnyTable> {
  /** The columns of the key that is there already, or `constraint` with its name. */
  readonly target:
    | Expr<unknown, SourceOf<T>, string>
    | readonly [Expr<unknown, SourceOf<T>, string>, ...ReadonlyArray<Expr<unknown, SourceOf<T>, string>>]
    | ConstraintName
  /** The rows that the unique index of the key holds, where it does not hold all. */
  readonly targetWhere?: Expr<boolean | null, SourceOf<T>, string>
  /** The new values of that row; the row that would be inserted is `excluded`. */
  readonly set: Changes<T, BothRows<SourceOf<T>>> | ((excluded: Excluded<T>) => Changes<T, BothRows<SourceOf<T>>>)
  /** Which of the rows that are there are changed: all, where it is left out. */
  readonly where?:
    | Expr<boolean | null, BothRows<SourceOf<T>>, string>
    | ((excluded: Excluded<T>) => Expr<boolean | null, BothRows<SourceOf<T>>, string>)
}

/** A constraint by its name in the database. */
export interface ConstraintName {
  readonly constraint: string
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/**
 * Inserts rows. What a row leaves out is made by its default, by the database, or null.
 *
 * @param into the table
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { autoIncrement, insertInto, integer, primaryKey, returning, table, text } from 'relvar'
 *
 * const users = table('users', { id: pipe(integer, primaryKey, autoIncrement), name: text })
 * pipe(insertInto(users)([{ name: 'ed' }, { name: 'wendy' }]), returning({ id: users.id }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const insertInto =
  <T extends AnyTable>(into: T) =>
  (rows: InsertRow<T> | ReadonlyArray<InsertRow<T>>): Query<Inserting<T>, SourceOf<T>, never, never, 'insert'> => {
    const source = writtenSource(into)
    // A row is a record, so an array can only be the list of rows.
    const list = (Array.isArray(rows) ? rows : [rows]) as ReadonlyArray<unknown>
    return query({ _tag: 'Insert', into: source, source: insertRows(source, list), conflict: null, returning: null })
  }

/** `unknown` where the rows of a query are rows of the table. */
export type Fits<T extends AnyTable, R> = [R] extends [InsertOf<T>]
  ? [Exclude<keyof R, keyof InsertOf<T>>] extends [never]
    ? unknown
    : { readonly 'no column of the table': Exclude<keyof R, keyof InsertOf<T>> }
  : { readonly 'the rows are': R; readonly 'the table takes': InsertOf<T> }

/**
 * Inserts the rows of a query, whose outputs are named as the columns. Defaults are asked once for all of them.
 *
 * @param into the table
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, gt, insertFrom, integer, select, table, where } from 'relvar'
 *
 * const scores = table('scores', { id: integer, points: integer })
 * const best = table('best', { id: integer, points: integer })
 * pipe(from(scores), where(gt(scores.points, 9)), select({ id: scores.id, points: scores.points }), insertFrom(best))
 *
 * @category constructors
 * @since 0.1.0
 */
export const insertFrom =
  <T extends AnyTable>(into: T) =>
  <P, S extends string, O extends string, F extends string, K extends 'select' | 'set'>(
    q: Query<P, S, O, F, K> & Fits<T, FlatRow<P, O>>,
  ): Query<Inserting<T>, SourceOf<T>, never, F, 'insert'> => {
    const source = writtenSource(into)
    const node = nodeOfQuery(q)
    if (node._tag !== 'Select' && node._tag !== 'SetOperation') throw new TypeError('insertFrom takes a query')
    const columns = outputsOf(node).map((o) => o.key)
    return query({
      _tag: 'Insert',
      into: source,
      source: { _tag: 'Query', columns, query: node, defaults: filledIn(source, columns) },
      conflict: null,
      returning: null,
    })
  }

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

const insertNode = (what: string, q: Query<unknown, never, never, string, 'insert'>): InsertNode => {
  const node = nodeOfQuery(q)
  if (node._tag !== 'Insert') throw new TypeError(`${what} belongs to an insert`)
  return node
}

type Target = Expr<unknown, string, string> | ReadonlyArray<Expr<unknown, string, string>> | ConstraintName

const isName = (u: Target): u is ConstraintName =>
  typeof u === 'object' && u !== null && 'constraint' in u && typeof u.constraint === 'string'

const targetOf = (
  what: string,
  { into }: InsertNode,
  target: Target,
  where: Expr<boolean | null, string, string> | undefined,
): ConflictTarget => {
  if (isName(target)) return { _tag: 'Constraint', name: target.constraint }
  const list: ReadonlyArray<Expr<unknown, string, string>> = Array.isArray(target)
    ? target
    : [target as Expr<unknown, string, string>]
  // A column of another table is none of this one's keys: it keeps its table's name, and is found to be none.
  const columns = list
    .map(columnOf)
    .map((c) => (c === null || c.of.name === into.name ? c?.key : `${c.of.name}.${c.key}`))
  if (columns.length === 0 || columns.includes(undefined)) throw new TypeError(`${what} takes columns of the table`)
  return {
    _tag: 'Columns',
    columns: columns.filter((c) => c !== undefined),
    where: where === undefined ? null : criterion(where, booleanType),
  }
}

/**
 * Rows that are there already are left as they are; only the others are inserted, counted and returned.
 *
 * @param target the columns of the key that may be there, or `{ constraint }`; none: any key of the table
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { insertInto, integer, onConflictDoNothing, primaryKey, table, text } from 'relvar'
 *
 * const users = table('users', { id: pipe(integer, primaryKey), name: text })
 * pipe(insertInto(users)({ id: 1, name: 'ed' }), onConflictDoNothing(users.id))
 *
 * @category combinators
 * @since 0.1.0
 */
export const onConflictDoNothing =
  <S extends string>(...target: ReadonlyArray<Expr<unknown, S, string>> | readonly [ConstraintName]) =>
  <P, F extends string>(q: Query<P, S, never, F, 'insert'>): Query<P, S, never, F, 'insert'> => {
    const node = insertNode('onConflictDoNothing', q)
    const [first] = target
    const conflict: Conflict = {
      target:
        first === undefined
          ? null
          : targetOf(
              'onConflictDoNothing',
              node,
              isName(first) ? first : (target as ReadonlyArray<Expr<unknown, string, string>>),
              undefined,
            ),
      action: { _tag: 'Nothing' },
    }
    return query({ ...node, conflict })
  }

/**
 * Rows that are there already are changed; the others are inserted. Rows are taken one after the other: of two rows with one
 * key the second changes what the first left. Those that were inserted or changed are counted and returned, in the order of the
 * rows, each as it was left; a row that meets another key than the target is a `UniqueViolation`.
 *
 * PostgreSQL and SQLite say ON CONFLICT, in one statement where no two rows have one key. MySQL and MariaDB say ON DUPLICATE KEY
 * UPDATE; where it must be told what became of a row (for `returning`, made keys, or a table with several keys) each row is a
 * statement of its own, in one transaction.
 *
 * @param update `target`: the key that may be there; `set`: the new values, of the old row and of `excluded`, which is the row
 * that would be inserted; `where`: which rows are changed
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { add, insertInto, integer, onConflictDoUpdate, primaryKey, table, text } from 'relvar'
 *
 * const words = table('words', { word: pipe(text, primaryKey), times: integer })
 * pipe(
 *   insertInto(words)([{ word: 'so', times: 1 }, { word: 'it', times: 2 }]),
 *   onConflictDoUpdate({ target: words.word, set: (excluded) => ({ times: add(words.times, excluded.times) }) }),
 * )
 *
 * @category combinators
 * @since 0.1.0
 */
export const onConflictDoUpdate =
  <T extends AnyTable>(change: ConflictUpdate<T>) =>
  <F extends string>(
    q: Query<Inserting<T>, SourceOf<T>, never, F, 'insert'>,
  ): Query<Inserting<T>, SourceOf<T>, never, F, 'insert'> => {
    if (typeof change !== 'object' || change === null)
      throw new TypeError('onConflictDoUpdate takes what is to be done: { target, set }')
    const node = insertNode('onConflictDoUpdate', q)
    const excluded: Excluded<T> = tableOf({ ...node.into, name: 'excluded', computed: [] })
    const changes = typeof change.set === 'function' ? change.set(excluded) : change.set
    const where = typeof change.where === 'function' ? change.where(excluded) : change.where
    const conflict: Conflict = {
      target: targetOf('onConflictDoUpdate', node, change.target, change.targetWhere),
      action: {
        _tag: 'Update',
        set: assignments(node.into, changes),
        where: where === undefined ? null : criterion(where, booleanType),
      },
    }
    return query({ ...node, conflict })
  }

/**
 * Filters that depend: on which values a caller has, on which conditions hold, on which column is asked for.
 */
import { asked } from './asked.js'
import { where } from './clauses.js'
import { type AnyExpr, criterion, type Expr, expr, type Literal, operand } from './expr.js'
import { from, selectNode } from './from.js'
import { and } from './logic.js'
import * as node from './node.js'
import type { NameOf, Problem } from './problem.js'
import {
  type Guarded,
  nodeOfQuery,
  type Query,
  query,
  type UnguardedDelete,
  type UnguardedUpdate,
  withClauses,
  type With,
} from './query.js'
import { booleanType } from './sql-type.js'
import { type AnyTable, type ColumnsOf, type KeyOf, sourceOf, type SourceOf, tableInfo } from './table.js'

type TableIn<P> = P extends AnyTable ? P : P extends With<infer P0 extends AnyTable, unknown> ? P0 : never

/** `unknown` where each value is one of the column of its name, else the sentence. */
export type ColumnValues<P, V> = [TableIn<P>] extends [never]
  ? Problem<'whereEq names columns of a whole table: use it before select, or where'>
  : {
        [K in keyof V]: K extends keyof ColumnsOf<TableIn<P>>
          ? [V[K]] extends [NonNullable<ColumnsOf<TableIn<P>>[K]['_a']>]
            ? never
            : Problem<`"${K & string}" takes another type than ${NameOf<V[K]>}`>
          : Problem<`"${SourceOf<TableIn<P>>}" has no column "${K & string}"`>
      }[keyof V] extends infer Wrong
    ? [Wrong] extends [never]
      ? unknown
      : Wrong
    : never

/** The first source of a query has the columns that are named; a value refuses itself where it is none of its column. */
const equalities = (source: node.ColumnNode['of'], values: unknown): ReadonlyArray<AnyExpr> => {
  if (typeof values !== 'object' || values === null) return [expr(criterion({ refused: values }, booleanType))]
  const columns = source._tag === 'TableSource' ? source.table.columns : source.columns
  return asked(() => Object.entries(values), [['', { refused: values }] as const]).map(([key, value]) => {
    const found = columns.find((c) => c.key === key)
    const name = found !== undefined && 'name' in found ? String(found.name) : key
    const column = node.column(source, key, name, found?.type ?? booleanType, found?.nullable ?? false)
    return expr(node.compare('eq', column, operand(value, column.type)))
  })
}

/**
 * Keeps the rows whose columns have these values: the columns of the first table, before `select`. An undefined value is refused
 * and never drops a criterion; null is no value to be equal to, `isNull` asks for it.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, integer, table, text, whereEq } from 'relvar'
 *
 * const users = table('users', { name: text, age: integer })
 * pipe(from(users), whereEq({ name: 'ed', age: 19 }))
 *
 * @category combinators
 * @since 0.1.0
 */
export const whereEq =
  <V extends Readonly<Record<string, Literal>>>(values: V) =>
  <P, S extends string, O extends string, F extends string>(
    q: Query<P, S, O, F> & ColumnValues<P, V>,
  ): Query<P, S, O, F> => {
    const select = selectNode(q)
    // The signature has seen to it that the columns are those of the query's own table.
    const all = equalities(select.from, values) as ReadonlyArray<Expr<boolean, never>>
    return where(and(...all))(withClauses<P, S, O, F, 'select'>(select, {}))
  }

/** A criterion, or `false` where it is not wanted: what `condition && criterion` gives. */
export type Wanted = Expr<boolean | null, string, string> | false

type SourcesIn<E> = E extends Expr<unknown, infer S, string> ? S : never

/**
 * Keeps the rows for which all of these hold, those that are `false` left out: for filters that may be there. Whatever else is no
 * criterion, `undefined` too, is refused when the query runs.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, filters, from, gte, integer, table, text } from 'relvar'
 *
 * const users = table('users', { name: text, age: integer })
 * const find = (by: { name?: string; age?: number }) =>
 *   pipe(
 *     from(users),
 *     filters([by.name !== undefined && eq(users.name, by.name), by.age !== undefined && gte(users.age, by.age)]),
 *   )
 * find({ age: 18 })
 *
 * @category combinators
 * @since 0.1.0
 */
export const filters =
  <E extends Wanted>(wanted: ReadonlyArray<E>) =>
  <
    P,
    S extends string,
    O extends string,
    F extends string,
    K extends 'select' | 'update' | 'delete' | UnguardedUpdate | UnguardedDelete,
  >(
    q: Query<P, S, O, F, K>,
  ): Query<P, S, O, F | Exclude<SourcesIn<E>, S>, Guarded<K>> => {
    // Those that are left are criteria, whose sources `E` tells.
    const kept: ReadonlyArray<unknown> = wanted.filter((e) => e !== false)
    const all = kept as ReadonlyArray<Expr<boolean | null, SourcesIn<E>, string>>
    // Without a criterion nothing is said: an update or a delete that needs one is refused where it is compiled.
    return all.length === 0 ? query(nodeOfQuery(q)) : where(and(...all))(q)
  }

/** A column of a table by its key: with a key of the table the column itself, with any other text the column or null. */
export interface ColumnByKey<T extends AnyTable> {
  <K extends keyof ColumnsOf<T> & string>(key: K): Expr<ColumnsOf<T>[K]['_a'], SourceOf<T>, SourceOf<T>>
  (key: string): Expr<ColumnsOf<T>[keyof ColumnsOf<T>]['_a'], SourceOf<T>, SourceOf<T>> | null
}

/**
 * A column by a key that is known when the program runs: to sort by what a request names, say. Null where there is none.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { column, from, integer, orderBy, table, text } from 'relvar'
 *
 * const users = table('users', { id: integer, name: text })
 * const sortedBy = (key: string) => pipe(from(users), orderBy(column(users)(key) ?? users.id))
 * assert.strictEqual(column(users)('password'), null)
 * assert.strictEqual(column(users)('name'), users.name)
 * sortedBy('name')
 *
 * @category destructors
 * @since 0.1.0
 */
export const column = <T extends AnyTable>(t: T): ColumnByKey<T> =>
  // The own properties of a table are its columns, with the types that its own type says.
  ((key: string) => Object.entries(t).find(([k]) => k === key)?.[1] ?? null) as ColumnByKey<T>

/** `unknown` for a table with a primary key. */
type Keyed<T extends AnyTable> = [keyof KeyOf<T>] extends [never]
  ? Problem<`"${SourceOf<T>}" has no primary key`>
  : unknown

/**
 * The query of the one row that has this primary key, or of none.
 *
 * @throws TypeError for a table without a primary key.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { byKey, integer, primaryKey, table } from 'relvar'
 *
 * const users = table('users', { id: pipe(integer, primaryKey) })
 * byKey(users)({ id: 3 })
 *
 * @category constructors
 * @since 0.1.0
 */
export const byKey = <T extends AnyTable>(
  t: T & Keyed<T>,
): ((key: KeyOf<T>) => Query<T, SourceOf<T>, '(empty group)', never>) => {
  const { primaryKey, name } = tableInfo(t)
  if (primaryKey.length === 0) throw new TypeError(`"${name}" has no primary key: use where`)
  return (key) => {
    const held = asked(() => new Map<string, unknown>(Object.entries(key ?? {})), new Map<string, unknown>())
    // All columns of the key are asked for, whatever an untyped caller left out.
    const all = equalities(sourceOf(t), Object.fromEntries(primaryKey.map((k) => [k, held.get(k)])))
    // A table without free sources can be asked: the key is one of a real table.
    const rows = from(t as never) as unknown as Query<T, SourceOf<T>, '(empty group)', never>
    return where(and(...(all as ReadonlyArray<Expr<boolean, never>>)))(rows)
  }
}

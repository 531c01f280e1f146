/**
 * The keys of outer rows: which columns a relation mentions, and how their values travel in one parameter.
 */
import { boundBy, hasQuery, visitExpr, visitStatement } from '../expr/children.js'
import type { Visitor } from '../expr/visitor.js'
import type { ColumnNode } from '../expr/node.js'
import { column } from '../expr/node.js'
import { noClauses, type ProjectionNode, type QueryNode } from '../expr/query-node.js'
import { rewriteQuery } from '../expr/rewrite.js'
import { type DerivedSource, type Source, storedColumns, type ValuesSource } from '../expr/source.js'
import { integerType, type SqlType } from '../expr/sql-type.js'
import type { Bound, KeysBound } from './context.js'
import { casting, describe } from './context.js'
import type { Dialect, KeysSource } from './dialect.js'
import { jsonElement } from './dialect/shared.js'
import { type Slot, type Sql, sql } from './sql.js'
import type { Wire } from './statement.js'

// -------------------------------------------------------------------------------------
// which columns
// -------------------------------------------------------------------------------------

/** The columns of outer sources that a query mentions, each once, in the order of mention. */
export const outerColumns = (query: QueryNode): ReadonlyArray<ColumnNode> => {
  const found = new Map<string, ColumnNode>()
  const add = (c: ColumnNode): void => {
    const id = JSON.stringify([c.of.name, c.key])
    if (!found.has(id)) found.set(id, c)
  }
  const whole = (p: ProjectionNode | null, bound: ReadonlySet<string>): void => {
    if (p === null || p._tag === 'One') return
    if (p._tag === 'Record') return p.fields.forEach((f) => whole(f.projection, bound))
    if (!bound.has(p.source.name))
      for (const c of storedColumns(p.source)) add(column(p.source, c.key, c.key, c.type, c.nullable))
  }
  const go = (q: QueryNode, outer: ReadonlySet<string>): void => {
    const bound = new Set([...outer, ...boundBy(q)])
    const visitor: Visitor = {
      expr: (e) => {
        if (e._tag !== 'Column') visitExpr(e, visitor)
        else if (!bound.has(e.of.name)) add(e)
      },
      query: (inner) => go(inner, bound),
    }
    visitStatement(q, visitor)
    if (q._tag !== 'Select') return
    whole(q.select, bound)
    for (const include of q.includes) go(include.relation.query, bound)
  }
  go(query, new Set())
  return [...found.values()]
}

// -------------------------------------------------------------------------------------
// as a source
// -------------------------------------------------------------------------------------

/** No user name holds a NUL; keys inside keys, which a nested include may mention, have another one. */
const keysName = (columns: ReadonlyArray<ColumnNode>): string => {
  let name = '\0keys'
  while (columns.some((c) => c.of.name === name)) name += "'"
  return name
}
const ordinalKey = 'ordinal'

/** The output of a side of a set operation that tells which outer row it belongs to. */
export const ordinalOutput = '\0ordinal'

/** Keys of outer rows as a source of the relation's query. */
export interface OuterKeys {
  readonly source: DerivedSource
  readonly keys: KeysSource
  readonly bound: KeysBound
  /** The keys and the ordinal, which is the last, as columns: to group by. */
  readonly columns: ReadonlyArray<ColumnNode>
}

/** Whether a query stands in an expression of the query. */
const asksQueries = (query: QueryNode): boolean => {
  let found = false
  const visitor: Visitor = {
    expr: (e) => void (found ||= hasQuery(e)),
    query: (q) => void (found ||= asksQueries(q)),
  }
  visitStatement(query, visitor)
  return found
}

/**
 * The source that stands for the outer rows of a query: a column for each that is mentioned. MySQL 9.7 reads the list of keys anew
 * for each row of a join, and takes its rows for others then where it removes duplicates that EXISTS or IN have made: there the
 * list is a table of its own.
 */
export const outerKeys = (dialect: Dialect, columns: ReadonlyArray<ColumnNode>, query: QueryNode): OuterKeys => {
  const types = columns.map((c) => c.type)
  const source: DerivedSource = Object.freeze({
    _tag: 'DerivedSource',
    name: keysName(columns),
    // The compiler writes the keys in its place: nothing is mentioned there.
    query: {
      ...noClauses,
      from: Object.freeze<ValuesSource>({ _tag: 'ValuesSource', name: keysName(columns), rows: [], columns: [] }),
    },
    cte: null,
    columns: [
      ...columns.map((c, i) => ({ key: String(i), type: c.type, nullable: true })),
      { key: ordinalKey, type: integerType, nullable: false },
    ],
  })
  const keys = dialect.keys('k', types, keySlots(dialect, types))
  const bound: Bound = {
    source,
    alias: 'k',
    column: (key) => (key === ordinalKey ? keys.ordinal : (keys.columns[Number(key)] ?? null)),
    presence: keys.ordinal,
    marker: null,
    optional: false,
  }
  const asColumns = source.columns.map((c) => column(source, c.key, c.key, c.type, c.nullable))
  const apart = dialect.name === 'mysql' && asksQueries(query)
  const from = apart ? sql`(${dialect.optionalDerived(sql`SELECT * FROM ${keys.from}`)}) AS k` : keys.from
  return { source, keys, bound: { bound, from }, columns: asColumns }
}

const keySlots = (dialect: Dialect, types: ReadonlyArray<SqlType<unknown>>): ReadonlyArray<Sql> => {
  const one = (at: number, cast: string | null): Slot => ({
    source: { _tag: 'Keys', column: at },
    encode: (value) => (typeof value === 'string' ? value : null),
    place: 'keys of outer rows',
    nullable: false,
    ...casting(dialect, cast),
  })
  return dialect.features.arrays
    ? types.map((t, i) => [one(i, `${dialect.type(t).cast ?? 'text'}[]`)])
    : [[one(0, null)]]
}

/** The relation's query with the outer columns replaced by those of the keys. */
export const overKeys = (columns: ReadonlyArray<ColumnNode>, source: Source, query: QueryNode): QueryNode =>
  [...new Set(columns.map((c) => c.of.name))].reduce(
    (q, name) =>
      rewriteQuery(
        {
          name,
          column: (c) => {
            const at = columns.findIndex((k) => k.of.name === name && k.key === c.key)
            return column(source, String(at), describe(c), c.type, true)
          },
          source: null,
          mentions: new Set([source.name]),
          param: null,
        },
        q,
      ),
    query,
  )

/** The wire values of distinct keys, in the form that the dialect's keys source takes. */
export const keyWires = (
  dialect: Dialect,
  width: number,
  keys: ReadonlyArray<ReadonlyArray<Wire>>,
): ReadonlyArray<Wire> => {
  const element = (wire: Wire | undefined): string | number | bigint | null =>
    wire === undefined || wire instanceof Uint8Array ? null : wire
  if (dialect.features.arrays)
    return Array.from({ length: width }, (_, i) => dialect.listText(keys.map((key) => element(key[i]))))
  if (width === 1) return [dialect.listText(keys.map((key) => element(key[0])))]
  return [`[${keys.map((key) => `[${key.map((wire) => jsonElement(element(wire))).join(',')}]`).join(',')}]`]
}

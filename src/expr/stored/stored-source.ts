/**
 * Sources as JSON. Each is stored once, in a list where those that it mentions stand before it: a column is a place in that list
 * and a key, so that a query of many columns is not stored many times.
 */
import { isLeft } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

import type { ExprNode } from '../node.js'
import type { QueryNode, TextNode } from '../query-node.js'
import type { Source, TableInfo } from '../source.js'
import type { SqlType } from '../sql-type.js'
import { type Stored, byTag, made, orNull } from './stored-node.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The list under way: what was stored, or what was read, until now. It is seen by one encode or decode alone. */
export interface Listing {
  readonly stored: Array<unknown>
  readonly places: Map<string, number>
  readonly known: Map<Source, number>
  readonly read: Array<Source>
}

export const emptyListing = (): Listing => ({ stored: [], places: new Map(), known: new Map(), read: [] })

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** A source as its place in the list. */
export const placed = (listing: () => Listing, form: () => Stored<Source>): Stored<Source> => {
  const place = (source: Source): number => {
    const list = listing()
    const known = list.known.get(source)
    if (known !== undefined) return known
    const encoded = form().encode(source)
    // Two objects of one source are one: columns of a renamed source hold copies of it.
    const text = JSON.stringify(encoded)
    const at = list.places.get(text) ?? list.stored.push(encoded) - 1
    list.places.set(text, at)
    list.known.set(source, at)
    return at
  }
  return new t.Type<Source, unknown, unknown>(
    'a place in the list of sources',
    (u): u is Source => typeof u === 'object' && u !== null && '_tag' in u,
    (u, context) => {
      const source = typeof u === 'number' ? listing().read[u] : undefined
      return source === undefined ? t.failure(u, context) : t.success(source)
    },
    place,
  )
}

/** Tables by the key that they have in the record of tables. */
export interface TableNames {
  readonly byKey: ReadonlyMap<string, TableInfo>
  readonly keyOf: (info: TableInfo) => string | null
}

const tableForm = (tables: TableNames, refuse: (why: string) => void): Stored<TableInfo> =>
  new t.Type<TableInfo, unknown, unknown>(
    'the key of a table',
    (u): u is TableInfo => typeof u === 'object' && u !== null && 'primaryKey' in u,
    (u, context) => {
      const info = typeof u === 'string' ? tables.byKey.get(u) : undefined
      return info === undefined ? t.failure(u, context, `there is no table "${String(u)}" here`) : t.success(info)
    },
    (info) => {
      const key = tables.keyOf(info)
      if (key === null) refuse(`the table "${info.name}" is none of those that were given`)
      return key
    },
  )

/** What sources are made of. */
export interface SourceParts {
  readonly expr: Stored<ExprNode>
  readonly query: Stored<QueryNode>
  readonly type: Stored<SqlType<unknown>>
  readonly text: Stored<TextNode>
  readonly tables: TableNames
  readonly refuse: (why: string) => void
}

/** Sources by all that is in them. */
export const sourceForm = ({ expr, query, type, text, tables, refuse }: SourceParts): Stored<Source> => {
  const column = t.type({ key: t.string, type, nullable: t.boolean })
  const columns = t.readonlyArray(column)
  const cte = t.type({ name: t.string, materialized: t.union([t.boolean, t.null]) })
  const computed = t.readonlyArray(t.intersection([column, t.type({ expr })]))
  return byTag<Source>('source', {
    TableSource: made('TableSource', t.type({ name: t.string, table: tableForm(tables, refuse), computed }), (f) =>
      Object.freeze({ _tag: 'TableSource', ...f }),
    ),
    DerivedSource: made('DerivedSource', t.type({ name: t.string, query, columns, cte: orNull(cte) }), (f) =>
      Object.freeze({ _tag: 'DerivedSource', ...f }),
    ),
    RecursiveSource: made(
      'RecursiveSource',
      t.type({ name: t.string, cte, base: query, step: query, all: t.boolean, columns }),
      (f) => Object.freeze({ _tag: 'RecursiveSource', ...f }),
    ),
    WorkingSource: made('WorkingSource', t.type({ name: t.string, of: t.string, columns }), (f) =>
      Object.freeze({ _tag: 'WorkingSource', ...f }),
    ),
    ValuesSource: made(
      'ValuesSource',
      t.type({ name: t.string, rows: t.readonlyArray(t.readonlyArray(expr)), columns }),
      (f) => Object.freeze({ _tag: 'ValuesSource', ...f }),
    ),
    TextSource: made('TextSource', t.type({ name: t.string, statement: text, columns }), (f) =>
      Object.freeze({ _tag: 'TextSource', ...f }),
    ),
  })
}

/** Reads the list, each source after those that it mentions; the place of the first that is none. */
export const readSources = (listing: Listing, form: Stored<Source>, stored: ReadonlyArray<unknown>): number | null => {
  for (const [at, one] of stored.entries()) {
    const source = form.decode(one)
    if (isLeft(source)) return at
    listing.read.push(source.right)
  }
  return null
}

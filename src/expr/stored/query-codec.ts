/**
 * Queries and writes as JSON, to be kept and sent: what is stored names tables and codecs, and is read back by whoever has them.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

import type { ColumnSpec } from '../column.js'
import { type Custom, formOfCustom } from '../custom.js'
import type { CustomForm } from '../custom-node.js'
import type { ExprNode } from '../node.js'
import { type AnyQuery, type Kind, type Query, query as queryOf, statementOf } from '../query.js'
import type { QueryNode, StatementNode } from '../query-node.js'
import { columnsOfSource, type Source, type TableInfo } from '../source.js'
import type { SqlType } from '../sql-type.js'
import { type AnyTable, tableInfo } from '../table.js'
import { expressionOf } from './stored-expression.js'
import { later, type Stored } from './stored-node.js'
import { emptyListing, placed, readSources, sourceForm, type TableNames } from './stored-source.js'
import { queryForm, statementForm } from './stored-statement.js'
import { textForm } from './stored-text.js'
import { type NamedTypes, namedTypes, typeFrom, typeTo } from './stored-type.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Why a statement cannot be stored, or what was stored is none. */
export interface NotStorable {
  readonly _tag: 'NotStorable'
  readonly message: string
}

/**
 * `types`: codecs that no column has, by names of your own. `custom`: the expressions of your own that may stand in it, by the names
 * of their definitions. `trusted`: also trusted text of SQL is stored and read back, so whoever
 * can change what is stored can tell the database anything.
 */
export interface QueryCodecOptions {
  readonly types?: Readonly<Record<string, ColumnSpec<unknown>>>
  readonly custom?: ReadonlyArray<Custom>
  readonly trusted?: boolean
}

/** A statement whose rows nobody knows before it runs: what is read from JSON has no types. */
export type StoredQuery = Query<unknown, never, never, never, Kind>

/** Between statements and JSON. */
export interface QueryCodec {
  readonly encode: (query: AnyQuery) => E.Either<NotStorable, unknown>
  readonly decode: (json: unknown) => E.Either<NotStorable, StoredQuery>
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const notStorable = (message: string): NotStorable => ({ _tag: 'NotStorable', message })

const namesOf = (tables: Readonly<Record<string, AnyTable>>): TableNames => {
  const byKey = new Map(Object.entries(tables).map(([key, table]): [string, TableInfo] => [key, tableInfo(table)]))
  const keys = [...byKey]
  return { byKey, keyOf: (info) => keys.find(([, known]) => known === info)?.[0] ?? null }
}

/** Expressions of the user's own by name; two of one name could not be told apart. */
const customsOf = (custom: ReadonlyArray<Custom>): ReadonlyMap<string, CustomForm> => {
  const forms = custom.map(formOfCustom).filter((form) => form !== null)
  const byName = new Map(forms.map((form) => [form.name, form]))
  if (byName.size !== custom.length)
    throw new TypeError('queryCodec: "custom" are expressions of your own, each of another name')
  return byName
}

const typeForm = (named: NamedTypes, refuse: (why: string) => void): Stored<SqlType<unknown>> =>
  new t.Type<SqlType<unknown>, unknown, unknown>(
    'SQL type',
    (u): u is SqlType<unknown> => typeof u === 'object' && u !== null && 'decoder' in u,
    (u, context) => {
      const type = typeFrom(u, named)
      return E.isLeft(type) ? t.failure(u, context, type.left) : t.success(type.right)
    },
    (type) => typeTo(type, named, refuse),
  )

const format = 1
const Envelope = t.type({ relvar: t.literal(format), sources: t.array(t.unknown), statement: t.unknown })

/** The deepest place that a decoder could not read, as a path. */
const placeOf = (errors: t.Errors): string => {
  const deepest = errors.reduce<t.ValidationError | null>(
    (best, e) => (best === null || e.context.length > best.context.length ? e : best),
    null,
  )
  if (deepest === null) return 'no statement'
  const path = deepest.context.map(({ key }) => key).filter((key) => key !== '')
  return `${path.join('.')} is no ${deepest.context.at(-1)?.type.name ?? 'part of a statement'}${deepest.message === undefined ? '' : `: ${deepest.message}`}`
}

/** What a statement that was read mentions must be there: a column of a source that it has. */
const known = (source: Source): boolean => columnsOfSource(source).length > 0

/**
 * Queries and writes of these tables as JSON, and back. What is stored names the tables by their keys here and their codecs by
 * column, so it survives a restart and can be sent to another process that has the same tables. Values stand in it: it is no
 * secret-free text. Functions of the client (defaults) are asked when a row is made, and are not stored.
 *
 * Lefts: `NotStorable` for a table or codec that is not given here, for a key of a row that is not written yet, for trusted text
 * without `trusted`; and for JSON that is no statement. What was read is checked again where it is compiled.
 *
 * @param tables the tables that statements may mention, by keys of your own
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, from, integer, queryCodec, queryEq, table, text, where } from 'relvar'
 *
 * const users = table('users', { id: integer, name: text })
 * const codec = queryCodec({ users })
 * const query = pipe(from(users), where(eq(users.name, 'ed')))
 * const json = pipe(codec.encode(query), E.map(JSON.stringify))
 * const again = pipe(json, E.chain((text) => codec.decode(JSON.parse(text))))
 * assert(E.isRight(again) && queryEq.equals(again.right, query))
 *
 * @category constructors
 * @since 0.1.0
 */
export const queryCodec = (
  tables: Readonly<Record<string, AnyTable>>,
  { types = {}, custom = [], trusted = false }: QueryCodecOptions = {},
): QueryCodec => {
  const named = namedTypes(tables, Object.fromEntries(Object.entries(types).map(([name, c]) => [name, c.type])))
  const customs = customsOf(custom)
  // One encode or decode at a time fills these; both start and end within one call.
  let listing = emptyListing()
  let problems: Array<string> = []
  const refuse = (why: string): void => void problems.push(why)
  const type = typeForm(named, refuse)
  const source = placed(
    () => listing,
    () => sources,
  )
  const query: Stored<QueryNode> = later('query', () => queryForm({ expr, source, query }))
  const expr: Stored<ExprNode> = expressionOf({ type, source, query, trusted, refuse, customs })
  const text = textForm({ expr, source, type, trusted, refuse })
  const sources = sourceForm({ expr, query, type, text, tables: namesOf(tables), refuse })
  const statement = statementForm({ expr, source, query, text })

  const started = <A>(f: () => A): A => {
    listing = emptyListing()
    problems = []
    return f()
  }

  const decoded = (json: unknown): E.Either<NotStorable, StatementNode> => {
    const envelope = Envelope.decode(json)
    if (E.isLeft(envelope)) return E.left(notStorable('this is no statement that relvar stored'))
    const wrong = readSources(listing, sources, envelope.right.sources)
    if (wrong !== null) return E.left(notStorable(`the source at ${wrong} is none`))
    if (!listing.read.every(known)) return E.left(notStorable('a source has no columns'))
    const node = statement.decode(envelope.right.statement)
    return E.isLeft(node) ? E.left(notStorable(placeOf(node.left))) : node
  }

  return Object.freeze({
    encode: (q: AnyQuery) =>
      started(() => {
        const node = statementOf(q)
        if (node === null) return E.left(notStorable('this is no query'))
        const encoded = statement.encode(node)
        const [first] = problems
        return first === undefined
          ? E.right({ relvar: format, sources: listing.stored, statement: encoded })
          : E.left(notStorable(first))
      }),
    decode: (json: unknown) =>
      started(() => {
        try {
          const node = decoded(json)
          return E.isLeft(node) ? node : E.right(queryOf<unknown, never, never, never, Kind>(node.right))
        } catch {
          // Nested deeper than any statement: the stack ends before the text does.
          return E.left(notStorable('this is nested too deeply'))
        }
      }),
  })
}

/**
 * Pages by a place in the order: what stands after a row, or before it, found without counting the rows that came earlier.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import { type IllFormed, illFormed } from '../compile/compile-error.js'
import { selectNode } from '../expr/from.js'
import { keysetOf } from '../expr/keyset.js'
import { absentIn, canBeNull, projectionOf } from '../expr/outputs.js'
import { type Decode, type Query, withClauses } from '../expr/query.js'
import { type Keyset, noClauses, type SelectNode } from '../expr/query-node.js'
import { hashText } from '../expr/shape.js'
import { showStatement } from '../expr/show.js'
import type { SqlType } from '../expr/sql-type.js'
import { heldAt, pathTo } from './row-of.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A place in the order of a query: what its orders are in one row. */
export interface Cursor {
  /** Tells the orders that the values belong to. */
  readonly order: number
  readonly values: ReadonlyArray<unknown>
}

/** What takes a cursor. */
export type AtCursor = (
  cursor: Cursor,
) => <P, S extends string, O extends string, F extends string>(q: Query<P, S, O, F>) => Query<P, S, O, F>

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

const at =
  (direction: Keyset['direction']): AtCursor =>
  (cursor) =>
  (q) => {
    const node = selectNode(q)
    // An untyped caller's value is a place with no values, which fits no order.
    const given: unknown = typeof cursor === 'object' && cursor !== null ? cursor.values : null
    return withClauses(node, { keyset: keysetOf(node, direction, Array.isArray(given) ? given : []) })
  }

/**
 * The rows after a place in the query's order, which tells all rows apart: it ends with the primary key, or it is `IllFormed`.
 * With a limit, the first of them: the next page. It takes the same time however far the place is.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { after, cursorOf, from, integer, limit, orderBy, primaryKey, table, text } from 'relvar'
 *
 * const users = table('users', { id: pipe(integer, primaryKey), name: text })
 * const page = pipe(from(users), orderBy(users.name, users.id), limit(10))
 * const next = pipe({ id: 3, name: 'ed' }, cursorOf(page), E.map((last) => pipe(page, after(last))))
 *
 * @category combinators
 * @since 0.1.0
 */
export const after: AtCursor = at('after')

/**
 * The rows before a place in the query's order. With a limit, the last of them, in the order of the query: the page before.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { before, cursorOf, from, integer, limit, orderBy, primaryKey, table } from 'relvar'
 *
 * const users = table('users', { id: pipe(integer, primaryKey) })
 * const page = pipe(from(users), orderBy(users.id), limit(10))
 * pipe({ id: 30 }, cursorOf(page), E.map((first) => pipe(page, before(first))))
 *
 * @category combinators
 * @since 0.1.0
 */
export const before: AtCursor = at('before')

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/** Orders as a number that is the same in every process. */
const fingerprint = (node: SelectNode): number =>
  hashText(showStatement({ ...noClauses, from: node.from, orderBy: node.orderBy })) >>> 0

/**
 * The place of a row that a query gave. The outputs have all that the query is ordered by, or it is `IllFormed`.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { cursorOf, desc, from, integer, orderBy, primaryKey, table, text } from 'relvar'
 *
 * const users = table('users', { id: pipe(integer, primaryKey), name: text })
 * const place = cursorOf(pipe(from(users), orderBy(desc(users.name), users.id)))({ id: 3, name: 'ed' })
 * assert.deepStrictEqual(E.isRight(place) && place.right.values, ['ed', 3])
 *
 * @category destructors
 * @since 0.1.0
 */
export const cursorOf =
  <P, S extends string, O extends string, F extends string>(q: Query<P, S, O, F>) =>
  (row: Decode<P, O>): E.Either<IllFormed, Cursor> => {
    const node = selectNode(q)
    const projection = projectionOf(node)
    return pipe(
      node.orderBy,
      E.traverseArray((order) => {
        const path = pathTo(order.expr, projection)
        const value = path === null ? undefined : heldAt(row, path)
        return value === undefined
          ? E.left(illFormed('cursorOf: the query is ordered by what the row does not have, so add it to select'))
          : E.right(value)
      }),
      E.map((values) => Object.freeze({ order: fingerprint(node), values })),
    )
  }

// -------------------------------------------------------------------------------------
// as text
// -------------------------------------------------------------------------------------

const isBytes = (u: unknown): u is Uint8Array => u instanceof Uint8Array

const base64url = (text: string): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(text)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')

const fromBase64url = (text: string): string =>
  new TextDecoder('utf-8', { fatal: true }).decode(
    Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0)),
  )

/** A value as JSON holds it. */
const toJson = (value: unknown): unknown =>
  typeof value === 'bigint' ? { big: String(value) } : isBytes(value) ? { bytes: [...value] } : value

const fromJson = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if ('big' in value && typeof value.big === 'string' && /^-?\d{1,20}$/.test(value.big)) return BigInt(value.big)
  if ('bytes' in value && Array.isArray(value.bytes)) return Uint8Array.from(value.bytes)
  return value
}

/**
 * A cursor as text for a URL: base64url of JSON. It hides nothing, and whoever has it can make another.
 *
 * Law: `decodeCursor(q)(encodeCursor(c))` is `c`, for a cursor of `q`.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { cursorOf, encodeCursor, from, integer, orderBy, primaryKey, table } from 'relvar'
 *
 * const users = table('users', { id: pipe(integer, primaryKey) })
 * const next = pipe({ id: 3 }, cursorOf(pipe(from(users), orderBy(users.id))), E.map(encodeCursor))
 * assert(E.isRight(next) && /^[\w-]+$/.test(next.right))
 *
 * @category destructors
 * @since 0.1.0
 */
export const encodeCursor = (cursor: Cursor): string =>
  base64url(JSON.stringify([cursor.order, ...cursor.values.map(toJson)]))

/** Whether a value may stand in an order of the type. The value itself is checked again when it is bound. */
const fits = (type: SqlType<unknown>, nullable: boolean, value: unknown): boolean => {
  if (value === null) return nullable
  try {
    return E.isRight(type.decoder.decode(type.encode(value)))
  } catch {
    // A codec of the user's may throw at what it never made.
    return false
  }
}

/**
 * The cursor of a text that `encodeCursor` made for a query of these orders; whatever else the text is, it is `IllFormed`.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { cursorOf, decodeCursor, encodeCursor, from, integer, orderBy, primaryKey, table } from 'relvar'
 *
 * const users = table('users', { id: pipe(integer, primaryKey) })
 * const byId = pipe(from(users), orderBy(users.id))
 * const place = cursorOf(byId)({ id: 3 })
 * assert.deepStrictEqual(pipe(place, E.map(encodeCursor), E.chain(decodeCursor(byId))), place)
 * assert.ok(E.isLeft(decodeCursor(byId)('x')))
 *
 * @category constructors
 * @since 0.1.0
 */
export const decodeCursor =
  <P, S extends string, O extends string, F extends string>(q: Query<P, S, O, F>) =>
  (text: string): E.Either<IllFormed, Cursor> => {
    const node = selectNode(q)
    return pipe(
      E.tryCatch(
        (): unknown => JSON.parse(fromBase64url(text)),
        () => illFormed('decodeCursor: the text is no cursor'),
      ),
      E.chain((parsed) => {
        if (!Array.isArray(parsed) || parsed.length !== node.orderBy.length + 1 || parsed[0] !== fingerprint(node))
          return E.left(illFormed('decodeCursor: the cursor belongs to another order'))
        const values = parsed.slice(1).map(fromJson)
        const absent = absentIn(node)
        return node.orderBy.every(({ expr }, i) => fits(expr.type, canBeNull(expr, absent), values[i]))
          ? E.right(Object.freeze({ order: fingerprint(node), values }))
          : E.left(illFormed("decodeCursor: a value is none of its order's type"))
      }),
    )
  }

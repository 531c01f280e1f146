/**
 * What stands over a column's type: io-ts codecs, arrays, and the sign that an integer goes without.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

import { type ColumnSpec, ofType, spec } from './column.js'
import { text } from './column-types.js'
import type { NullOf } from './expr.js'
import { documentText } from './json-text.js'
import type { NameOf, Problem } from './problem.js'
import { arrayType, plainOf, refinedType, unsignedBigintType, unsignedType } from './sql-type.js'

/** `unknown` where a codec from `I` to `B` and back to `O` fits over values of `A`, else the sentence. */
type Refinable<A, B, O, I> = [NonNullable<A>] extends [I]
  ? [O] extends [NonNullable<A>]
    ? unknown
    : Problem<`the codec encodes to ${NameOf<O>}, and the column takes ${NameOf<A>}`>
  : Problem<`the codec decodes ${NameOf<I>}, and the column gives ${NameOf<A>} for ${NameOf<B>}`>

/**
 * The column's values go through an io-ts codec: it decodes what the column gives and encodes what it takes. A brand, a domain class,
 * a range: a value that the codec does not take is refused before it is sent, and one that it does not decode is `Left(Decode)`.
 *
 * It stands before `defaultTo`, whose value is one of the codec's. The database still compares and sorts what it keeps.
 *
 * @param codec decodes the column's values (or anything) and encodes to them
 * @throws TypeError where the column has a default already.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import * as t from 'io-ts'
 * import { refine, table, varchar } from 'relvar'
 *
 * interface EmailBrand {
 *   readonly Email: unique symbol
 * }
 * const Email = t.brand(t.string, (s): s is t.Branded<string, EmailBrand> => s.includes('@'), 'Email')
 * const users = table('users', { email: pipe(varchar(100), refine(Email)) })
 * assert.deepStrictEqual(Object.keys(users), ['email'])
 *
 * @category combinators
 * @since 0.1.0
 */
export const refine =
  <B, O, I>(codec: t.Type<B, O, I>) =>
  <A, D extends boolean, K extends boolean, R extends string>(
    c: ColumnSpec<A, D, K, R> & Refinable<A, B, O, I>,
  ): ColumnSpec<B | NullOf<A>, D, K, R> => {
    if (c.default !== null) throw new TypeError('refine stands before defaultTo, whose value is one of the codec')
    // It decodes values of the column alone, which are all of type I.
    return spec({ ...c, type: refinedType(c.type, codec as unknown as t.Type<B, unknown, unknown>) })
  }

const isDate = (u: unknown): u is Date => u instanceof Date && Number.isFinite(u.getTime())

const instant = new t.Type<Date, string, string>(
  'Date',
  isDate,
  (text) => t.success(new Date(`${text.slice(0, 23)}Z`)),
  (day) => day.toISOString(),
)

/**
 * An instant as a JS Date. A Date has milliseconds: what a column has beyond them is cut off when it is read.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { asDate, table, timestamptz } from 'relvar'
 *
 * const visits = table('visits', { at: pipe(timestamptz, asDate) })
 * assert.deepStrictEqual(Object.keys(visits), ['at'])
 *
 * @throws TypeError where the column is no timestamptz.
 * @category combinators
 * @since 0.1.0
 */
export const asDate = <A extends string | null, D extends boolean, K extends boolean, R extends string>(
  c: ColumnSpec<A, D, K, R>,
): ColumnSpec<Date | NullOf<A>, D, K, R> => {
  if (plainOf(c.type)._tag !== 'TimestampTz')
    throw new TypeError('asDate takes a timestamptz: nothing else is an instant')
  if (c.default !== null) throw new TypeError('asDate stands before defaultTo, whose value is a Date')
  return spec({ ...c, type: refinedType(c.type, instant as unknown as t.Type<Date, unknown, unknown>) })
}

/**
 * Any value that a codec turns into JSON and back, as text that the database does not look into: no JSON function applies, and
 * nothing is lost that JSON text can say.
 *
 * @example
 * import * as t from 'io-ts'
 * import { serialized, table } from 'relvar'
 *
 * const drafts = table('drafts', { content: serialized(t.type({ title: t.string, tags: t.array(t.string) })) })
 * assert.deepStrictEqual(Object.keys(drafts), ['content'])
 *
 * @category constructors
 * @since 0.1.0
 */
export const serialized = <A>(codec: t.Type<A, unknown, unknown>): ColumnSpec<A, false, false, never> => {
  const asText = new t.Type<A, string, string>(
    codec.name,
    codec.is,
    (document, context) => {
      const parsed = E.tryCatch(
        (): unknown => JSON.parse(document),
        () => null,
      )
      return E.isLeft(parsed) ? t.failure(document, context) : codec.validate(parsed.right, context)
    },
    (value) => documentText(codec.encode(value)),
  )
  // It decodes the text of the column alone.
  return ofType(refinedType(text.type, asText as unknown as t.Type<A, unknown, unknown>))
}

/**
 * An array of values of a type, which may be arrays themselves (of one length each) or nullable. PostgreSQL has arrays; elsewhere a
 * table with one, and an array as a parameter, is `Left(Unsupported)`.
 *
 * @throws TypeError where the elements have what a column alone can have (a key, a default), or are arrays that may be null.
 * @example
 * import { array, table, text } from 'relvar'
 *
 * const posts = table('posts', { tags: array(text) })
 * assert.deepStrictEqual(Object.keys(posts), ['tags'])
 *
 * @category constructors
 * @since 0.1.0
 */
export const array = <A>(
  of: ColumnSpec<A, boolean, false, never>,
): ColumnSpec<ReadonlyArray<A>, false, false, never> => {
  if (of.primaryKey || of.unique || of.index || of.autoIncrement || of.default !== null || of.references !== null)
    throw new TypeError('array: an element is a type, and no key, default or reference')
  if (plainOf(of.type)._tag === 'Array' && (of.nullable || of.type.refinement !== null))
    throw new TypeError('array: an inner array is never null, and has no codec of its own')
  // The elements of the type are those of the specification, null among them where it is nullable.
  return ofType(arrayType(of.type, of.nullable)) as ColumnSpec<ReadonlyArray<A>, false, false, never>
}

/**
 * The integers from 0: twice as many of them. A table's CHECK says so where the engine has no such type; SQLite has no integers
 * beyond 63 bits, so an unsigned bigint is `Left(Unsupported)` there.
 *
 * @throws TypeError where the column is no smallint, integer or bigint.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { integer, table, unsigned } from 'relvar'
 *
 * const counters = table('counters', { hits: pipe(integer, unsigned) })
 * assert.deepStrictEqual(Object.keys(counters), ['hits'])
 *
 * @category combinators
 * @since 0.1.0
 */
export const unsigned = <A extends number | bigint | null, D extends boolean, K extends boolean, R extends string>(
  c: ColumnSpec<A, D, K, R>,
): ColumnSpec<A, D, K, R> => {
  if (c.type.refinement !== null) throw new TypeError('unsigned stands before refine')
  switch (c.type._tag) {
    case 'SmallInt':
      return spec({ ...c, type: unsignedType(16) })
    case 'Integer':
      return spec({ ...c, type: unsignedType(32) })
    case 'BigInt':
      return spec({ ...c, type: unsignedBigintType })
    default:
      throw new TypeError('unsigned takes a smallint, an integer or a bigint')
  }
}

/**
 * Functions of JSON documents: a part by its path, what stands there, and documents made of values.
 */
import { call } from './call-node.js'
import type { ColumnSpec } from './column.js'
import type { AnyExpr, Expr, NullOf, NulOf, SrcOf, ValueOf } from './expr.js'
import { expr, nodeOf, operand } from './expr.js'
import { containedParts } from './json-part.js'
import { anyDocument, jsonRecordType, jsonTupleType } from './json-value.js'
import { type ExprNode, isExprNode, value } from './node.js'
import { booleanType, integerType, type SqlType, textType, unsignedType } from './sql-type.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The functions of JSON documents that relvar knows. */
export type JsonFunction =
  | 'jsonPath'
  | 'jsonExists'
  | 'jsonTypeOf'
  | 'jsonLength'
  | 'jsonContains'
  | 'jsonObject'
  | 'jsonArray'

/**
 * The way to a part of a document: a text is a key of an object, a number from 0 a place in an array. A key is taken as it is,
 * whatever its characters are, and `'1'` is no place.
 */
export type JsonPath = ReadonlyArray<string | number>

/** What a part of a document can be. */
export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null'

/** A part of a document, data-first and data-last. */
export interface JsonPathOf {
  <S extends string, N extends string, A>(
    document: Expr<unknown, S, N>,
    path: JsonPath,
    type: ColumnSpec<A>,
  ): Expr<A | null, S, N>
  <A>(
    path: JsonPath,
    type: ColumnSpec<A>,
  ): <S extends string, N extends string>(document: Expr<unknown, S, N>) => Expr<A | null, S, N>
}

// -------------------------------------------------------------------------------------
// paths
// -------------------------------------------------------------------------------------

/** A key, or a place; what is neither is refused when it is bound. */
const stepOf = (step: unknown): readonly [string, ExprNode] =>
  typeof step === 'number'
    ? ['i', value(step, unsignedType(32))]
    : ['k', value(typeof step === 'string' ? step : { refused: step }, textType)]

/** The steps of a path: their kinds are part of the shape, their values are bound. */
const stepsOf = (path: unknown): { readonly words: string; readonly steps: ReadonlyArray<ExprNode> } => {
  const all = Array.isArray(path) ? Array.from<unknown>(path).map(stepOf) : [stepOf({ refused: path })]
  return { words: all.map(([kind]) => kind).join(''), steps: all.map(([, node]) => node) }
}

/** The type that a column specification holds; what is none is `text`, and refused with the path. */
const typeOf = (spec: unknown): SqlType<unknown> | null =>
  typeof spec === 'object' && spec !== null && 'type' in spec && isType(spec.type) ? spec.type : null

// What has a tag and a function to encode with was made by relvar: no JSON has functions.
const isType = (type: unknown): type is SqlType<unknown> =>
  typeof type === 'object' && type !== null && 'encode' in type && typeof type.encode === 'function'

const part = (document: AnyExpr, path: unknown, spec: unknown): AnyExpr => {
  const type = typeOf(spec)
  const { words, steps } = stepsOf(type === null ? { refused: spec } : path)
  return expr(call('jsonPath', [nodeOf(document, anyDocument), ...steps], type ?? textType, { words, nulls: 'may' }))
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/**
 * The part of a document at a path, as a value of a type; null where nothing stands there, JSON's null, or a value of another
 * type: a text is no integer, and 1.5 is none. The types are `text`, `integer`, `double`, `boolean` and `json(codec)`, with or
 * without `refine`.
 *
 * @param path keys and places, each a bound value
 * @param type the column specification of the wanted type
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import * as t from 'io-ts'
 * import { integer, json, jsonPath, table, text } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * const events = table('events', { payload: json(t.UnknownRecord) })
 * const row = { payload: { user: { name: 'ed' }, sizes: [3, 4] } }
 * assert.deepStrictEqual(evaluate(jsonPath(events.payload, ['user', 'name'], text))(row), E.right('ed'))
 * assert.deepStrictEqual(evaluate(jsonPath(events.payload, ['sizes', 1], integer))(row), E.right(4))
 * assert.deepStrictEqual(evaluate(jsonPath(events.payload, ['sizes'], integer))(row), E.right(null))
 *
 * @category constructors
 * @since 0.1.0
 */
// The two call shapes of the interface differ in their number of arguments, and `part` serves both.
export const jsonPath: JsonPathOf = ((...args: readonly [AnyExpr, unknown, unknown] | readonly [unknown, unknown]) =>
  args.length === 3
    ? part(args[0], args[1], args[2])
    : (document: AnyExpr) => part(document, args[0], args[1])) as JsonPathOf

const asked =
  <R>(name: 'jsonTypeOf' | 'jsonLength', type: SqlType<unknown>) =>
  <S extends string, N extends string>(document: Expr<unknown, S, N>, path: JsonPath = []): Expr<R | null, S, N> => {
    const { words, steps } = stepsOf(path)
    return expr(call(name, [nodeOf(document, anyDocument), ...steps], type, { words, nulls: 'may' }))
  }

/**
 * Whether something stands at the path of a document, JSON's null among it; false where there is no document.
 *
 * @example
 * import * as t from 'io-ts'
 * import { from, json, jsonExists, table, where } from 'relvar'
 * import { pipe } from 'fp-ts/lib/function.js'
 *
 * const events = table('events', { payload: json(t.UnknownRecord) })
 * pipe(from(events), where(jsonExists(events.payload, ['user', 'name'])))
 *
 * @category constructors
 * @since 0.1.0
 */
export const jsonExists = <S extends string>(document: Expr<unknown, S, string>, path: JsonPath): Expr<boolean, S> => {
  const { words, steps } = stepsOf(path)
  return expr(call('jsonExists', [nodeOf(document, anyDocument), ...steps], booleanType, { words, nulls: 'never' }))
}

/**
 * What stands in a document, or at a path of it: an object, an array, a string, a number, a boolean or JSON's null; null where
 * nothing does.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import * as t from 'io-ts'
 * import { from, json, jsonTypeOf, select, table } from 'relvar'
 *
 * const files = table('files', { doc: json(t.unknown) })
 * pipe(from(files), select(jsonTypeOf(files.doc)))
 *
 * @category constructors
 * @since 0.1.0
 */
export const jsonTypeOf = asked<JsonKind>('jsonTypeOf', textType)

/**
 * How many members or elements the object or array has that is the document, or stands at a path of it; null of anything else.
 *
 * @example
 * import * as t from 'io-ts'
 * import { json, jsonLength, table } from 'relvar'
 *
 * const posts = table('posts', { tags: json(t.array(t.string)) })
 * jsonLength(posts.tags)
 *
 * @category constructors
 * @since 0.1.0
 */
export const jsonLength = asked<number>('jsonLength', integerType)

/**
 * Whether a document contains another: an object contains one that has some of its members, or less of them; an array one whose
 * every element some element of its own contains, whatever the order.
 *
 * Engines disagree about arrays. An object without arrays in it is looked for on all of them; anything else on PostgreSQL (whose
 * GIN indexes serve it) and in memory, and is `Left(Unsupported)` elsewhere.
 *
 * @param contained an object or an array of JSON, or an expression that is a document
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import * as t from 'io-ts'
 * import { json, jsonContains, table } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * const events = table('events', { payload: json(t.UnknownRecord) })
 * const byEd = jsonContains(events.payload, { user: { name: 'ed' } })
 * assert.deepStrictEqual(evaluate(byEd)({ payload: { user: { name: 'ed', age: 7 }, size: 1 } }), E.right(true))
 *
 * @category constructors
 * @since 0.1.0
 */
export const jsonContains = <A, S extends string, N extends string, B extends object>(
  document: Expr<A, S, N>,
  contained: B,
): Expr<boolean | NullOf<A> | (B extends AnyExpr ? NullOf<ValueOf<B>> : never), S | SrcOf<B>, N | NulOf<B>> => {
  const of = nodeOf(document, anyDocument)
  if (isExprNode(contained)) return expr(call('jsonContains', [of, contained], booleanType, { words: 'document' }))
  const { words, parts } = containedParts(contained)
  return expr(call('jsonContains', [of, value(contained, anyDocument), ...parts], booleanType, { words }))
}

/** A field whose source may be absent may be null. */
type Field<E> = E extends AnyExpr ? ValueOf<E> | ([NulOf<E>] extends [never] ? never : null) : never

/**
 * An object made of expressions. Each value decodes to what it is outside: a bigint or a decimal is text inside the document, a
 * time ISO text, bytes are hexadecimal text.
 *
 * A member whose source may be absent (as any column's may, in an outer join) is typed nullable.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { bigint, jsonObject, table, text } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * const users = table('users', { id: bigint, name: text })
 * const card = jsonObject({ id: users.id, name: users.name })
 * assert.deepStrictEqual(evaluate(card)({ id: 1n, name: 'ed' }), E.right({ id: 1n, name: 'ed' }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const jsonObject = <F extends Readonly<Record<string, AnyExpr>>>(
  fields: F,
): Expr<{ readonly [K in keyof F]: Field<F[K]> }, SrcOf<F[keyof F]>> => {
  const entries = Object.entries(fields).map(([key, e]) => [key, operand(e, textType)] as const)
  const type = jsonRecordType(entries.map(([key, node]) => [key, node.type] as const))
  const operands = entries.flatMap(([key, node]) => [value(key, textType), node])
  return expr(call('jsonObject', operands, type, { nulls: 'never' }))
}

/**
 * An array made of expressions, in their order: values as those of `jsonObject`.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { integer, jsonArray, table, text } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * const users = table('users', { id: integer, name: text })
 * assert.deepStrictEqual(evaluate(jsonArray(users.id, users.name))({ id: 1, name: 'ed' }), E.right([1, 'ed']))
 *
 * @category constructors
 * @since 0.1.0
 */
export const jsonArray = <const Es extends ReadonlyArray<AnyExpr>>(
  ...elements: Es
): Expr<{ readonly [I in keyof Es]: Field<Es[I]> }, SrcOf<Es[number]>> => {
  const nodes = elements.map((e) => operand(e, textType))
  return expr(call('jsonArray', nodes, jsonTupleType(nodes.map((node) => node.type)), { nulls: 'never' }))
}

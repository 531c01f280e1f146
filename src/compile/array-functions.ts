/**
 * Functions of arrays as SQL: PostgreSQL's.
 */
import type { ArrayFunction } from '../expr/array-functions.js'
import { plainOf, type SqlType, unified } from '../expr/sql-type.js'
import { type CompileError, illFormed, unsupported } from './compile-error.js'
import { type Call, cannot, form, type FunctionForm, type Render } from './function-form.js'
import { sql } from './sql.js'

// -------------------------------------------------------------------------------------
// checks
// -------------------------------------------------------------------------------------

type Check = (name: string, types: ReadonlyArray<SqlType<unknown>>, dialect: string) => CompileError | null

const checks =
  (...all: ReadonlyArray<Check>): FunctionForm['check'] =>
  (dialect, node) => {
    const types = node.operands.map((operand) => plainOf(operand.type))
    return all.reduce<CompileError | null>((found, check) => found ?? check(node.name, types, dialect), null)
  }

const elementOf = (type: SqlType<unknown> | undefined): SqlType<unknown> | null =>
  type === undefined || type.element === null ? null : plainOf(type.element)

const isArray =
  (at: number): Check =>
  (name, types) =>
    types[at]?._tag === 'Array'
      ? null
      : illFormed(`${name} takes an array: here is ${types[at]?._tag.toLowerCase() ?? 'nothing'}`)

/** An element of an array of arrays is no value of its own. */
const isFlat =
  (at: number): Check =>
  (name, types) =>
    elementOf(types[at])?._tag === 'Array' ? illFormed(`${name} takes an array whose elements are no arrays`) : null

/** PostgreSQL takes arrays of the very same type alone. */
const alike: Check = (name, [a, b]) =>
  elementOf(a)?.id === elementOf(b)?.id ? null : illFormed(`${name} takes two arrays of one type`)

const elementAt =
  (array: number, element: number): Check =>
  (name, types) => {
    const [of, one] = [elementOf(types[array]), types[element]]
    return of !== null && one !== undefined && unified(of, one)?.id === of.id
      ? null
      : illFormed(`${name} takes an element of the array's type`)
  }

const comparable =
  (at: number): Check =>
  (_, types, dialect) => {
    return elementOf(types[at])?._tag === 'Json'
      ? unsupported(dialect, 'compare JSON documents', 'take a part of each that is no document')
      : null
  }

// -------------------------------------------------------------------------------------
// the functions
// -------------------------------------------------------------------------------------

const none = cannot('keep arrays', 'a JSON array: jsonPath, jsonLength')

const onPostgres = (check: FunctionForm['check'], postgres: Render): FunctionForm => form(check, none, { postgres })

const operator =
  (word: string): Render =>
  ({ operand }: Call) =>
    sql`(${operand(0)} ${word} ${operand(1)})`

/** The array functions of PostgreSQL take a null for nothing, and give the rest. */
const both =
  (f: Render): Render =>
  (call) => {
    const made = f(call)
    return Array.isArray(made)
      ? sql`(CASE WHEN ${call.operand(0)} IS NOT NULL AND ${call.operand(1)} IS NOT NULL THEN ${made} END)`
      : made
  }

const related = checks(isArray(0), isArray(1), alike, comparable(0))

export const arrayFunctions: { readonly [N in ArrayFunction]: FunctionForm } = {
  // An array that is empty has no dimension.
  arrayLength: onPostgres(
    checks(isArray(0)),
    ({ operand }) => sql`coalesce(array_length(${operand(0)}, 1), cardinality(${operand(0)}))`,
  ),
  elementAt: onPostgres(
    checks(isArray(0), isFlat(0), (name, types) =>
      types[1]?._tag === 'Integer' || types[1]?._tag === 'SmallInt'
        ? null
        : illFormed(`${name} takes an integer as place`),
    ),
    ({ operand }) => sql`(${operand(0)})[least(${operand(1)}, 2147483646) + 1]`,
  ),
  arrayContains: onPostgres(related, operator('@>')),
  arrayContainedBy: onPostgres(related, operator('<@')),
  arrayOverlaps: onPostgres(related, operator('&&')),
  arrayConcat: onPostgres(checks(isArray(0), isArray(1), alike), both(operator('||'))),
  arrayAppend: onPostgres(
    checks(isArray(0), isFlat(0), elementAt(0, 1)),
    both(({ operand }) => sql`array_append(${operand(0)}, ${operand(1)})`),
  ),
  arrayPosition: onPostgres(
    checks(isArray(0), isFlat(0), elementAt(0, 1), comparable(0)),
    both(({ operand }) => sql`(array_position(${operand(0)}, ${operand(1)}) - 1)`),
  ),
  eqAnyElement: onPostgres(
    checks(isArray(1), isFlat(1), elementAt(1, 0), comparable(1)),
    ({ operand }) => sql`(${operand(0)} = ANY(${operand(1)}))`,
  ),
}

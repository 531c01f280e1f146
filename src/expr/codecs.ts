/**
 * io-ts codecs of a table's rows: what a service validates its input with. They take values, and what JSON makes of them.
 */
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

import { asked } from './asked.js'
import type { ColumnInfo } from './source.js'
import { plainOf, type SqlType } from './sql-type.js'
import { type AnyTable, type InsertOf, type PatchOf, type RowOf, tableInfo } from './table.js'

// -------------------------------------------------------------------------------------
// values
// -------------------------------------------------------------------------------------

const hexText = /^(?:[0-9a-f]{2})*$/i

/** What JSON has no form for is text there: bigints as digits, bytes as hexadecimal digits. */
const fromJsonForm = (type: SqlType<unknown>, u: unknown): unknown => {
  if (typeof u !== 'string') return u
  if (type._tag === 'BigInt' || type._tag === 'UnsignedBigInt') return /^-?\d{1,20}$/.test(u) ? BigInt(u) : u
  if (type._tag !== 'Binary' || !hexText.test(u)) return u
  return Uint8Array.from(u.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

const toJsonForm = (value: unknown): unknown => {
  if (typeof value === 'bigint') return String(value)
  if (!(value instanceof Uint8Array)) return value
  return Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

const encoded = (type: SqlType<unknown>, value: unknown): unknown => {
  if (value === null) return null
  const base = type.refinement === null ? value : type.refinement.codec.encode(value)
  return toJsonForm(plainOf(type)._tag === 'Json' ? plainOf(type).encode(base) : base)
}

/** The value of a column, or why it is none. */
const validated = ({ type, nullable }: ColumnInfo, u: unknown, context: t.Context): t.Validation<unknown> => {
  if (u === null && nullable) return t.success(null)
  try {
    const { refinement } = type
    if (refinement?.codec.is(u) === true) {
      const below = plainOf(type).decoder.validate(refinement.codec.encode(u), context)
      return E.isLeft(below) ? below : t.success(u)
    }
    return type.decoder.validate(fromJsonForm(plainOf(type), u), context)
  } catch {
    // The codec is the caller's; one that throws takes no such value.
    return t.failure(u, context)
  }
}

const withColumn = (context: t.Context, column: ColumnInfo, actual: unknown): t.Context => [
  ...context,
  { key: column.key, type: column.type.decoder, actual },
]

// -------------------------------------------------------------------------------------
// rows
// -------------------------------------------------------------------------------------

interface Rules {
  /** Whether a row may leave the column out. */
  readonly optional: (column: ColumnInfo) => boolean
  /** Whether a key that is no column is an error, or left out. */
  readonly strict: boolean
}

const isRecord = (u: unknown): u is Readonly<Record<string, unknown>> =>
  typeof u === 'object' && u !== null && !Array.isArray(u)

const held = (row: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(row, key) ? row[key] : undefined

const row = <A>(what: string, of: AnyTable, rules: Rules): t.Type<A, unknown, unknown> => {
  const { name, columns } = tableInfo(of)
  const keys = new Set(columns.map((c) => c.key))
  const isLeftOut = (column: ColumnInfo, value: unknown): boolean => value === undefined && rules.optional(column)
  const checked = (u: unknown, context: t.Context): t.Validation<A> => {
    if (!isRecord(u)) return t.failure(u, context, `${name}: a row is a record of its columns`)
    const errors: Array<t.ValidationError> = []
    const made: Array<readonly [string, unknown]> = []
    for (const column of columns) {
      const value = held(u, column.key)
      if (isLeftOut(column, value)) continue
      const result = validated(column, value, withColumn(context, column, value))
      if (E.isRight(result)) made.push([column.key, result.right])
      else errors.push(...result.left)
    }
    for (const key of rules.strict ? Object.keys(u) : [])
      if (!keys.has(key)) {
        const place = [...context, { key, type: t.never, actual: u[key] }]
        errors.push({ value: u[key], context: place, message: `"${name}" has no column "${key}"` })
      }
    // Every column has a value of its type, or may be left out and is.
    return errors.length > 0 ? t.failures(errors) : t.success(Object.fromEntries(made) as A)
  }
  const validate = (u: unknown, context: t.Context): t.Validation<A> =>
    asked(() => checked(u, context), t.failure(u, context, `${name}: a row that cannot be read`))
  const is = (u: unknown): u is A => E.isRight(validate(u, []))
  const encode = (a: A): unknown => {
    // A value of A is a record of columns.
    const values = a as Readonly<Record<string, unknown>>
    return Object.fromEntries(
      columns
        .filter((column) => !isLeftOut(column, held(values, column.key)))
        .map((column) => [column.key, encoded(column.type, held(values, column.key))]),
    )
  }
  return new t.Type<A, unknown, unknown>(`${what}(${name})`, is, validate, encode)
}

/**
 * The codec of a whole row: it decodes what is one, in JSON too, where a bigint is text and bytes are hexadecimal digits, and encodes
 * to JSON. Keys that are no columns are left out.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { bigint, rowCodec, table, varchar } from 'relvar'
 *
 * const users = table('users', { id: bigint, name: varchar(5) })
 * const codec = rowCodec(users)
 * assert.deepStrictEqual(codec.decode({ id: '7', name: 'ed', more: 1 }), E.right({ id: 7n, name: 'ed' }))
 * assert.deepStrictEqual(codec.encode({ id: 7n, name: 'ed' }), { id: '7', name: 'ed' })
 *
 * @category codecs
 * @since 0.1.0
 */
export const rowCodec = <T extends AnyTable>(of: T): t.Type<RowOf<T>, unknown, unknown> =>
  row<RowOf<T>>('rowCodec', of, { optional: () => false, strict: false })

/**
 * The codec of a row to insert: what is nullable, defaulted or generated may be left out; a key that is no column is an error, and
 * all errors are told, each with its path.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { insertCodec, integer, nullable, table, varchar } from 'relvar'
 *
 * const users = table('users', { name: varchar(5), age: pipe(integer, nullable) })
 * assert.deepStrictEqual(insertCodec(users).decode({ name: 'ed' }), E.right({ name: 'ed' }))
 * const wrong = insertCodec(users).decode({ name: 'wendell', age: 'old', admin: true })
 * assert.deepStrictEqual(E.isLeft(wrong) && wrong.left.map((e) => e.context.map((c) => c.key).join('.')), [
 *   '.name',
 *   '.age',
 *   '.admin',
 * ])
 *
 * @category codecs
 * @since 0.1.0
 */
export const insertCodec = <T extends AnyTable>(of: T): t.Type<InsertOf<T>, unknown, unknown> =>
  row<InsertOf<T>>('insertCodec', of, {
    optional: (c) => c.nullable || c.autoIncrement || c.default !== null,
    strict: true,
  })

/**
 * The codec of a change of a row: any of its columns; a key that is no column is an error.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { integer, patchCodec, table, varchar } from 'relvar'
 *
 * const users = table('users', { name: varchar(5), age: integer })
 * assert.deepStrictEqual(patchCodec(users).decode({ age: 7 }), E.right({ age: 7 }))
 * assert.deepStrictEqual(E.isLeft(patchCodec(users).decode({ agee: 7 })), true)
 *
 * @category codecs
 * @since 0.1.0
 */
export const patchCodec = <T extends AnyTable>(of: T): t.Type<PatchOf<T>, unknown, unknown> =>
  row<PatchOf<T>>('patchCodec', of, { optional: () => true, strict: true })

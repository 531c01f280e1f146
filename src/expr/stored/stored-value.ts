/**
 * The values of parameters as JSON. What JSON has no word for stands in an object of one key.
 */
import * as E from 'fp-ts/lib/Either.js'

import { asked } from '../asked.js'
import type { SqlType } from '../sql-type.js'
import { hasCodec, type Refuse } from './stored-type.js'

const isRecord = (u: unknown): u is Readonly<Record<string, unknown>> =>
  typeof u === 'object' && u !== null && !Array.isArray(u)

const hex = (bytes: Uint8Array): string => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')

const bytesFrom = (text: string): Uint8Array =>
  Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

/** A value by its type's own codec; a codec of the user's may throw. */
const encoded = (value: unknown, type: SqlType<unknown>, refuse: Refuse): unknown => {
  try {
    return {
      encoded: type.refinement === null ? type.encode(value) : plain(type.refinement.codec.encode(value), refuse),
    }
  } catch {
    refuse(`a value that its codec (${type.decoder.name}) cannot encode`)
    return null
  }
}

const plain = (value: unknown, refuse: Refuse): unknown => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number' && Number.isFinite(value) && !Object.is(value, -0)) return value
  if (typeof value === 'number') return { number: Object.is(value, -0) ? '-0' : String(value) }
  if (typeof value === 'bigint') return { bigint: String(value) }
  const made = asked<unknown>(() => {
    if (value instanceof Uint8Array) return { bytes: hex(value) }
    return Array.isArray(value) ? value.map((one: unknown) => plain(one, refuse)) : null
  }, null)
  if (made !== null) return made
  refuse(`a value of type ${typeof value} that no JSON stands for`)
  return null
}

/** Whether a list is one value of the type, a vector, and no list of such values. */
const isOne = (value: unknown, { refinement }: SqlType<unknown>): boolean => {
  try {
    return refinement?.codec.is(value) === true
  } catch {
    return false
  }
}

/** The JSON form of a parameter's value. */
export const valueTo = (value: unknown, type: SqlType<unknown>, refuse: Refuse): unknown => {
  if (value === null || !hasCodec(type) || type._tag === 'Array') return plain(value, refuse)
  return Array.isArray(value) && type._tag !== 'Json' && !isOne(value, type)
    ? value.map((one: unknown) => encoded(one, type, refuse))
    : encoded(value, type, refuse)
}

const numbers: ReadonlyMap<string, number> = new Map([
  ['-0', -0],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
])

/** The value of a parameter from its JSON form. */
export const valueFrom = (u: unknown, type: SqlType<unknown>): E.Either<string, unknown> => {
  if (u === null || typeof u === 'string' || typeof u === 'boolean' || typeof u === 'number') return E.right(u)
  if (Array.isArray(u)) return E.traverseArray((one: unknown) => valueFrom(one, type))(u)
  if (!isRecord(u)) return E.left('no value')
  const { bigint, bytes, number } = u
  if (typeof bigint === 'string' && /^-?\d{1,100}$/.test(bigint)) return E.right(BigInt(bigint))
  if (typeof bytes === 'string' && /^([\da-f]{2})*$/.test(bytes)) return E.right(bytesFrom(bytes))
  if (typeof number === 'string' && numbers.has(number)) return E.right(numbers.get(number))
  return 'encoded' in u ? decoded(u['encoded'], type) : E.left('no value')
}

const decoded = (u: unknown, type: SqlType<unknown>): E.Either<string, unknown> => {
  const base = type.refinement === null ? E.right(u) : valueFrom(u, type.refinement.base)
  if (E.isLeft(base)) return base
  const value = type.decoder.decode(base.right)
  return E.isRight(value) ? value : E.left(`no ${type.decoder.name}`)
}

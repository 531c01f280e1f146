/**
 * From a value that someone gives to the one form in which relvar keeps it: what an engine would give back of it.
 */
import * as E from 'fp-ts/lib/Either.js'
import { absurd } from 'fp-ts/lib/function.js'

import * as encode from '../compile/encode.js'
import { type InvalidValue, invalidValue } from '../compile/load-error.js'
import { type Encode, type Refused, refused } from '../compile/sql.js'
import type { SqlType } from '../expr/sql-type.js'

const same = <A>(a: A): A => a

/** The compiler's own encoders, as of a dialect that carries every value as it is: what they refuse is refused here. */
const encoderOf = (type: SqlType<unknown>): Encode => {
  switch (type._tag) {
    case 'Integer':
      return encode.integer(same)
    case 'BigInt':
      return encode.bigint(same)
    case 'Double':
      return encode.double
    case 'Count':
      return (value) => (Number.isSafeInteger(value) ? encode.double(value) : refused('is no whole number'))
    case 'Numeric':
      return encode.decimal
    case 'Boolean':
      return encode.boolean((b) => (b ? 1 : 0))
    case 'Varchar':
      return type.length === null ? encode.text : encode.varchar(type.length)
    case 'Text':
      return encode.text
    case 'Date':
      return encode.date
    case 'TimestampTz':
      return encode.instant(same)
    case 'Json':
      return encode.json(type)
    default:
      return absurd(type._tag)
  }
}

const isRefused = (u: unknown): u is Refused => typeof u === 'object' && u !== null && '_tag' in u

/** A document comes back as its codec decodes what was written, not as the value that was given. */
const document = (type: SqlType<unknown>, text: string, place: string): E.Either<InvalidValue, unknown> => {
  try {
    const decoded = type.decoder.decode(JSON.parse(text))
    if (E.isRight(decoded)) return decoded
  } catch {
    // The codec is the caller's; one that throws has not decoded.
  }
  return E.left(invalidValue(place, `its codec ${type.decoder.name} does not decode what it encodes`))
}

/** The value as relvar keeps it: instants in UTC, documents through their codec, no negative zero. */
export const accept = (
  type: SqlType<unknown>,
  nullable: boolean,
  place: string,
  value: unknown,
): E.Either<InvalidValue, unknown> => {
  if (value === null) return nullable ? E.right(null) : E.left(invalidValue(place, 'null where a value is needed'))
  const wire = encoderOf(type)(value)
  if (isRefused(wire)) return E.left(invalidValue(place, wire.reason))
  if (type._tag === 'Boolean') return E.right(value)
  if (type._tag === 'Json') return document(type, String(wire), place)
  return E.right(typeof wire === 'number' ? wire + 0 : wire)
}

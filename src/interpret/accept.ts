/**
 * From a value that someone gives to the one form in which relvar keeps it: what an engine would give back of it.
 */
import * as E from 'fp-ts/lib/Either.js'
import { absurd } from 'fp-ts/lib/function.js'

import { postgresType } from '../compile/dialect/postgres-types.js'
import { decoderOf } from '../compile/decode.js'
import * as encode from '../compile/encode.js'
import { type InvalidValue, invalidValue } from '../compile/load-error.js'
import { type Encode, type Refused, refused } from '../compile/sql.js'
import { plainOf, type SqlType } from '../expr/sql-type.js'
import { nullDocument } from './value.js'

const same = <A>(a: A): A => a

/** The compiler's own encoders, as of a dialect that carries every value as it is: what they refuse is refused here. */
const encoderOf = (type: SqlType<unknown>): Encode => {
  switch (type._tag) {
    case 'SmallInt':
      return encode.smallint(same)
    case 'Integer':
      return encode.integer(same)
    case 'BigInt':
      return encode.bigint(same)
    case 'Unsigned':
      return encode.unsigned(type.length ?? 32, same)
    case 'UnsignedBigInt':
      return encode.unsignedBigint(same)
    case 'Real':
      return encode.real
    case 'Double':
      return encode.double
    case 'Count':
      return (value) => (Number.isSafeInteger(value) ? encode.double(value) : refused('is no whole number'))
    case 'Numeric':
      return encode.decimal(type, same)
    case 'Boolean':
      return encode.boolean((b) => (b ? 1 : 0))
    case 'Char':
      return encode.char(type.length)
    case 'Varchar':
      return type.length === null ? encode.text : encode.varchar(type.length)
    case 'Text':
      return encode.text
    case 'Enumeration':
      return encode.oneOf(type.members)
    case 'Uuid':
      return encode.uuid(same)
    case 'Binary':
      return encode.binary(type.length, same)
    case 'Date':
      return encode.date
    case 'Time':
      return encode.time(same)
    case 'Timestamp':
      return encode.timestamp(same)
    case 'TimestampTz':
      return encode.instant(same)
    case 'Interval':
      return encode.interval(same)
    case 'Json':
      return encode.json(type)
    case 'Array':
      return postgresType(type).encode
    default:
      return absurd(type._tag)
  }
}

const isRefused = (u: unknown): u is Refused => typeof u === 'object' && u !== null && '_tag' in u

/** A document comes back as its codec decodes what was written, not as the value that was given. */
const document = (type: SqlType<unknown>, text: string, place: string): E.Either<InvalidValue, unknown> => {
  try {
    const decoded = type.decoder.decode(JSON.parse(text))
    // A row has one null, which is that of SQL: another beside it would be taken for it.
    if (E.isRight(decoded)) return decoded.right === null ? E.right(nullDocument) : decoded
  } catch {
    // The codec is the caller's; one that throws has not decoded.
  }
  return E.left(invalidValue(place, `its codec ${type.decoder.name} does not decode what it encodes`))
}

/** Takes a value into the form in which relvar keeps it. */
export type Acceptor = (nullable: boolean, place: string, value: unknown) => E.Either<InvalidValue, unknown>

const acceptorOf = (type: SqlType<unknown>): Acceptor => {
  const base = plainOf(type)
  const encoded = encode.refined(type, encoderOf(base))
  const decoded = base._tag === 'Array' ? decoderOf(base) : same
  return (nullable, place, value) => {
    if (value === null && nullable) return E.right(null)
    if (value === nullDocument && base._tag === 'Json') return E.right(value)
    const wire = encoded(value)
    if (isRefused(wire))
      return E.left(invalidValue(place, value === null ? 'null where a value is needed' : wire.reason))
    if (base._tag === 'Boolean') return E.right(wire === 1)
    if (base._tag === 'Json') return document(base, String(wire), place)
    if (base._tag === 'Array') return E.right(decoded(wire))
    if (wire instanceof Uint8Array) return E.right(new Uint8Array(wire))
    return E.right(typeof wire === 'number' ? wire + 0 : wire)
  }
}

// A type is a value that never changes, so what is made of it is made once.
const acceptors = new WeakMap<SqlType<unknown>, Acceptor>()

/** How values of a type are taken in. */
export const acceptor = (type: SqlType<unknown>): Acceptor => {
  const known = acceptors.get(type) ?? acceptorOf(type)
  acceptors.set(type, known)
  return known
}

/**
 * The value as relvar keeps it: instants in UTC, documents through their codec, no negative zero. What a codec of the user's stands
 * over is kept as it is below the codec.
 */
export const accept = (
  type: SqlType<unknown>,
  nullable: boolean,
  place: string,
  value: unknown,
): E.Either<InvalidValue, unknown> => acceptor(type)(nullable, place, value)

/**
 * Values inside JSON: what an expression becomes there in each dialect, and how it is read back. A value is the same inside and
 * outside: what JSON has no form for, or engines spell with fewer digits, is text.
 */
import { isLeft } from 'fp-ts/lib/Either.js'

import { plainOf, type SqlType } from '../expr/sql-type.js'
import { bad, type Decode, decoderOf } from './decode.js'
import type { Dialect } from './dialect.js'
import { type Sql, sql } from './sql.js'

// -------------------------------------------------------------------------------------
// into JSON
// -------------------------------------------------------------------------------------

const asText = (dialect: Dialect, value: Sql): Sql => dialect.text(value, null)

/** The hex() of SQLite makes an empty text of NULL. */
const hex = (dialect: Dialect, value: Sql): Sql => {
  if (dialect.name === 'postgres') return sql`encode(${value}, 'hex')`
  const digits = sql`lower(hex(${value}))`
  return dialect.name === 'sqlite' ? sql`CASE WHEN ${value} IS NOT NULL THEN ${digits} END` : digits
}

/** The words of JSON, where a boolean is a number. */
const truth = (dialect: Dialect, value: Sql): Sql => {
  const word = sql`CASE WHEN ${value} THEN 'true' WHEN NOT ${value} THEN 'false' END`
  switch (dialect.name) {
    case 'postgres':
      return value
    case 'mysql':
      return sql`CAST(${word} AS JSON)`
    case 'mariadb':
      return sql`JSON_EXTRACT(${word}, '$')`
    case 'sqlite':
      return sql`json(${word})`
  }
}

const document = (dialect: Dialect, value: Sql): Sql => {
  switch (dialect.name) {
    case 'postgres':
    case 'mysql':
      return value
    case 'mariadb':
      // JSON is text there: without a word of its own it would become a string.
      return sql`JSON_EXTRACT(${value}, '$')`
    case 'sqlite':
      return sql`json(${value})`
  }
}

/** A decimal in the spelling of its scale, which what is calculated need not have; SQLite keeps its units. */
const decimal = (dialect: Dialect, value: Sql, type: SqlType<unknown>): Sql => {
  const scale = String(type.scale)
  switch (dialect.name) {
    case 'postgres':
      return asText(dialect, sql`round(${value}, ${scale})`)
    case 'mysql':
    case 'mariadb':
      return asText(dialect, sql`CAST(${value} AS DECIMAL(65,${scale}))`)
    case 'sqlite': {
      if (type.storedAs === 'text' || type.scale === 0) return asText(dialect, value)
      const unit = `1${'0'.repeat(type.scale)}`
      return sql`(CASE WHEN ${value} < 0 THEN '-' ELSE '' END || abs(${value} / ${unit}) || '.' || substr(${unit} + abs(${value} % ${unit}), 2))`
    }
  }
}

/** Times in relvar's own spelling: those of PostgreSQL and of MySQL are others. */
const time = (dialect: Dialect, value: Sql, tag: 'Date' | 'Time' | 'Timestamp' | 'TimestampTz'): Sql => {
  const utc = tag === 'TimestampTz'
  switch (dialect.name) {
    case 'postgres': {
      const formats = { Date: 'YYYY-MM-DD', Time: 'HH24:MI:SS.US', Timestamp: 'YYYY-MM-DD"T"HH24:MI:SS.US' }
      const format = tag === 'TimestampTz' ? `${formats.Timestamp}"Z"` : formats[tag]
      return sql`to_char(${utc ? sql`${value} AT TIME ZONE 'UTC'` : value}, '${format}')`
    }
    case 'mysql':
    case 'mariadb':
      if (tag === 'Date') return asText(dialect, value)
      return tag === 'Time'
        ? sql`time_format(${value}, '%H:%i:%s.%f')`
        : sql`date_format(${value}, '%Y-%m-%dT%H:%i:%s.%f${utc ? 'Z' : ''}')`
    case 'sqlite':
      return value
  }
}

/** Older builds of SQLite write a double with 15 digits. */
const double = (dialect: Dialect, value: Sql): Sql =>
  dialect.name === 'sqlite'
    ? sql`CASE WHEN ${value} IS NOT NULL THEN json(printf('%!.17g', ${value})) END`
    : dialect.name === 'mariadb'
      ? sql`CAST(${value} AS DOUBLE)`
      : sql`${value}`

/**
 * An expression of a type as what a function of JSON takes, so that `fromJson` of the type reads its value from the document; NULL
 * stays NULL.
 */
export const toJson = (dialect: Dialect, type: SqlType<unknown>, value: Sql): Sql => {
  switch (type._tag) {
    case 'SmallInt':
    case 'Integer':
    case 'Unsigned':
    case 'Count':
    case 'Text':
    case 'Varchar':
    case 'Char':
    case 'Enumeration':
      return value
    case 'Real':
      return dialect.name === 'postgres'
        ? sql`CAST(${value} AS double precision)`
        : dialect.name === 'sqlite'
          ? double(dialect, value)
          : sql`CAST(${value} AS DOUBLE)`
    case 'Double':
      return double(dialect, value)
    case 'BigInt':
    case 'UnsignedBigInt':
    case 'Uuid':
    case 'Interval':
    case 'Array':
      return asText(dialect, value)
    case 'Date':
    case 'Time':
    case 'Timestamp':
    case 'TimestampTz':
      return time(dialect, value, type._tag)
    case 'Numeric':
      return decimal(dialect, value, type)
    case 'Boolean':
      return truth(dialect, value)
    case 'Binary':
      return hex(dialect, value)
    case 'Json':
      return document(dialect, value)
  }
}

// -------------------------------------------------------------------------------------
// out of JSON
// -------------------------------------------------------------------------------------

const ofDocument =
  (type: SqlType<unknown>): Decode =>
  (json) => {
    const decoded = type.decoder.decode(json)
    return isLeft(decoded) ? bad : decoded.right
  }

const plainFromJson = (type: SqlType<unknown>): Decode => {
  if (type._tag === 'Json') return ofDocument(type)
  const decode = decoderOf(type)
  return type._tag === 'Binary' ? (json) => (typeof json === 'string' ? decode(`\\x${json}`) : bad) : decode
}

/** Reads a value that `toJson` of its type put into a document, after JSON.parse; null is the reader's own business. */
export const fromJson = (type: SqlType<unknown>): Decode => {
  const below = plainFromJson(plainOf(type))
  const { refinement } = type
  return (json) => {
    try {
      const base = below(json)
      if (base === bad || refinement === null) return base
      const decoded = refinement.codec.decode(base)
      return isLeft(decoded) ? bad : decoded.right
    } catch {
      // The codec is the caller's; one that throws has not decoded.
      return bad
    }
  }
}

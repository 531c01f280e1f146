/**
 * An expression made to have exactly the type that relvar says: where an engine infers the type of a column from what it meets first.
 */
import { plainOf, type SqlType } from '../expr/sql-type.js'
import type { Dialect } from './dialect.js'
import { type Sql, sql } from './sql.js'

// As long as any text is. CAST to so many characters would cut what is longer and fill bytes up with zeros, so an empty one stands
// beside the value: that makes the column wide and changes nothing. Without it a recursion has the width of its base.
const wide = (dialect: Dialect): Sql => dialect.text(["''"], 16777215)

/**
 * MariaDB takes a bound whole number for one of 32 bits until it is run, and then cuts it to that without a word: a decimal of
 * twenty digits in between makes the column one of 64.
 */
const whole = (expression: Sql, type: 'SIGNED' | 'UNSIGNED'): Sql =>
  sql`CAST(CAST(${expression} AS DECIMAL(20,0)) AS ${type})`

/** The expression as MySQL and MariaDB make it a value of the type. */
const familyCast = (dialect: Dialect, type: SqlType<unknown>, expression: Sql): Sql => {
  const plain = plainOf(type)
  switch (plain._tag) {
    case 'SmallInt':
    case 'Integer':
    case 'BigInt':
    case 'Unsigned':
    case 'Count':
    case 'Boolean':
      return whole(expression, 'SIGNED')
    case 'UnsignedBigInt':
      return whole(expression, 'UNSIGNED')
    case 'Real':
    case 'Double':
      return sql`CAST(${expression} AS DOUBLE)`
    case 'Numeric':
    case 'Date':
    case 'Time':
    case 'Timestamp':
    case 'TimestampTz': {
      const { cast } = dialect.type(plain)
      return cast === null ? expression : sql`CAST(${expression} AS ${cast})`
    }
    case 'Binary':
      return sql`concat(CAST(${wide(dialect)} AS BINARY), ${expression})`
    case 'Json':
      return dialect.name === 'mysql'
        ? sql`CAST(${expression} AS JSON)`
        : sql`concat(${wide(dialect)}, ${dialect.text(expression, null)})`
    case 'Char':
    case 'Varchar':
    case 'Text':
    case 'Enumeration':
    case 'Uuid':
    case 'Interval':
    case 'Array':
      return sql`concat(${wide(dialect)}, ${dialect.text(expression, null)})`
  }
}

/** The expression as a value of the type; SQLite has no types to tell. */
export const casted = (dialect: Dialect, type: SqlType<unknown>, expression: Sql): Sql => {
  if (dialect.name === 'sqlite') return expression
  if (dialect.name !== 'postgres') return familyCast(dialect, type, expression)
  const { cast } = dialect.type(type)
  return cast === null ? expression : sql`CAST(${expression} AS ${cast})`
}

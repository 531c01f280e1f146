/**
 * CAST as SQL: the conversions that mean one thing on every engine, and what to do instead of the others.
 */
import { plainOf, type SqlType, type TypeTag } from '../expr/sql-type.js'
import { type CompileError, illFormed, unsupported } from './compile-error.js'
import { converted, power } from './convert.js'
import { type Call, form, type FunctionForm, type Render } from './function-form.js'
import { type Sql, sql } from './sql.js'

// -------------------------------------------------------------------------------------
// which
// -------------------------------------------------------------------------------------

/** How many digits the values of a whole type have at most; null of other types. */
const wholeDigits = ({ _tag, precision, scale }: SqlType<unknown>): number | null => {
  switch (_tag) {
    case 'SmallInt':
      return 5
    case 'Integer':
      return 10
    case 'Count':
      return 16
    case 'BigInt':
      return 19
    case 'Numeric':
      return precision !== null && scale === 0 ? precision : null
    default:
      return null
  }
}

const ranks: ReadonlyArray<TypeTag> = ['SmallInt', 'Integer', 'Count', 'BigInt']
/** How many digits each value of which a whole type holds. */
const held: Readonly<Partial<Record<TypeTag, number>>> = { SmallInt: 4, Integer: 9, Count: 15, BigInt: 18 }

const isText = ({ _tag }: SqlType<unknown>): boolean => _tag === 'Text' || _tag === 'Varchar'

/** The longest text of a type, in characters; null where it has no one spelling on all engines. */
const spelledLength = (from: SqlType<unknown>): number | null => {
  switch (from._tag) {
    case 'SmallInt':
    case 'Integer':
    case 'Count':
    case 'BigInt':
      return (wholeDigits(from) ?? 0) + 1
    case 'Numeric':
      return from.precision === null ? Number.POSITIVE_INFINITY : from.precision + 3
    case 'Boolean':
      return 5
    case 'Date':
      return 10
    case 'Uuid':
      return 36
    case 'Text':
      return Number.POSITIVE_INFINITY
    case 'Varchar':
    case 'Char':
    case 'Enumeration':
      return from.length ?? Number.POSITIVE_INFINITY
    default:
      return null
  }
}

/** The digits that a decimal needs for the values of another type: before its point, and after. */
const decimalNeeds = (from: SqlType<unknown>, to: SqlType<unknown>): number | null => {
  if (from._tag !== 'Numeric') return wholeDigits(from)
  if (from.precision === null) return null
  return from.precision - from.scale + (to.scale < from.scale ? 1 : 0)
}

type Verdict = 'yes' | { readonly why: string; readonly instead: string }

const no = (why: string, instead: string): Verdict => ({ why, instead })

const toWhole = (from: SqlType<unknown>, to: SqlType<unknown>): Verdict => {
  if (from._tag === 'Boolean') return to._tag === 'Integer' ? 'yes' : no('cast a boolean to it', 'cast(integer)')
  const digits = wholeDigits(from)
  if (digits === null)
    return no('make a whole number of it', 'round, truncate, ceil or floor; text is parsed in a codec')
  const fits =
    from._tag === 'Numeric' ? digits <= (held[to._tag] ?? 0) : ranks.indexOf(from._tag) <= ranks.indexOf(to._tag)
  return fits ? 'yes' : no('cast to a type that does not hold all of its values', 'a wider type')
}

const toDouble = (from: SqlType<unknown>): Verdict =>
  from._tag === 'Numeric' || wholeDigits(from) !== null ? 'yes' : no('make a double of it', 'a codec that parses')

const toDecimal = (from: SqlType<unknown>, to: SqlType<unknown>): Verdict => {
  if (from._tag !== 'Numeric' && wholeDigits(from) === null)
    return no('make a decimal of it', 'a numeric column, or a codec that parses')
  const needs = decimalNeeds(from, to)
  return to.precision === null || (needs !== null && needs <= to.precision - to.scale)
    ? 'yes'
    : no('cast to a numeric that does not hold all of its values', 'a numeric of more digits')
}

const toText = (from: SqlType<unknown>, to: SqlType<unknown>): Verdict => {
  const length = spelledLength(from)
  if (length === null) return no('spell it as text in one way', 'a codec over what is read')
  return to.length === null || length <= to.length
    ? 'yes'
    : no('cast to text that is shorter than its values', 'a longer varchar, or text')
}

const verdict = (from: SqlType<unknown>, to: SqlType<unknown>): Verdict => {
  if (from.id === to.id) return 'yes'
  switch (to._tag) {
    case 'SmallInt':
    case 'Integer':
    case 'Count':
    case 'BigInt':
      return toWhole(from, to)
    case 'Double':
      return toDouble(from)
    case 'Numeric':
      return toDecimal(from, to)
    case 'Text':
    case 'Varchar':
      return toText(from, to)
    case 'Date':
      return from._tag === 'Timestamp' || from._tag === 'TimestampTz'
        ? 'yes'
        : no('make a day of it', 'a codec that parses')
    case 'Timestamp':
    case 'TimestampTz':
      return from._tag === 'Date' ? 'yes' : no('make an instant of it', 'a column of the type')
    case 'Boolean':
      return no('make a boolean of it', 'a comparison, such as ne(n, 0)')
    default:
      return no('cast to such a type', 'a codec over what is read')
  }
}

const check = (dialect: string, { operands, type }: Call['node']): CompileError | null => {
  const [operand] = operands
  if (operand === undefined) return illFormed('cast takes a value')
  const [from, to] = [plainOf(operand.type), plainOf(type)]
  const answer = verdict(from, to)
  if (answer !== 'yes')
    return unsupported(
      dialect,
      `cast ${from._tag.toLowerCase()} to ${to._tag.toLowerCase()}: to ${answer.why}`,
      answer.instead,
    )
  const asText = [from, to].some((t) => t._tag === 'Numeric' && t.storedAs === 'text')
  return dialect === 'sqlite' && asText && from.id !== to.id
    ? unsupported(dialect, 'cast a numeric that is kept as text', 'a numeric of at most 18 digits')
    : null
}

// -------------------------------------------------------------------------------------
// how
// -------------------------------------------------------------------------------------

const typesOf = ({ node }: Call): readonly [SqlType<unknown>, SqlType<unknown>] => [
  plainOf(node.operands[0]?.type ?? node.type),
  plainOf(node.type),
]

/** The cast of a dialect where there is anything to do. */
const rendered =
  (render: (call: Call, value: Sql, from: SqlType<unknown>, to: SqlType<unknown>) => Sql): Render =>
  (call) => {
    const [from, to] = typesOf(call)
    return from.id === to.id ? call.operand(0) : render(call, call.operand(0), from, to)
  }

const postgres = rendered((_, value, from, to) => {
  if (to._tag === 'Numeric')
    return to.precision === null
      ? sql`round(${value}, ${String(to.scale)})`
      : sql`CAST(${value} AS numeric(${String(to.precision)}, ${String(to.scale)}))`
  if (to._tag === 'TimestampTz') return sql`(CAST(${value} AS timestamp) AT TIME ZONE 'UTC')`
  if (to._tag === 'Date' && from._tag === 'TimestampTz') return sql`CAST((${value} AT TIME ZONE 'UTC') AS date)`
  if (!isText(to)) return sql`CAST(${value} AS ${postgresNames[to._tag] ?? 'text'})`
  // The text of a day depends on the session.
  if (from._tag === 'Date') return sql`to_char(${value}, 'YYYY-MM-DD')`
  if (from._tag === 'Numeric') return sql`CAST(round(${value}, ${String(from.scale)}) AS text)`
  return sql`CAST(${value} AS text)`
})

const postgresNames: Readonly<Partial<Record<TypeTag, string>>> = {
  SmallInt: 'smallint',
  Integer: 'integer',
  Count: 'bigint',
  BigInt: 'bigint',
  Double: 'double precision',
  Date: 'date',
  Timestamp: 'timestamp',
}

/** Text has the collation of relvar's columns, not that of the session, so that the two can be compared. */
const inFamily = (collation: string): Render => {
  const text = (value: Sql): Sql => sql`(${value} COLLATE ${collation})`
  return rendered((_, value, from, to) => {
    switch (to._tag) {
      case 'Numeric':
        return sql`CAST(${value} AS DECIMAL(65,${String(to.scale)}))`
      case 'Double':
        return sql`CAST(${value} AS DOUBLE)`
      case 'Date':
        return sql`CAST(${value} AS DATE)`
      case 'Timestamp':
      case 'TimestampTz':
        return sql`CAST(${value} AS DATETIME(6))`
      case 'Text':
      case 'Varchar':
        if (from._tag === 'Boolean') return text(sql`(CASE ${value} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END)`)
        if (from._tag === 'Numeric')
          return text(sql`CAST(CAST(${value} AS DECIMAL(65,${String(from.scale)})) AS CHAR CHARACTER SET utf8mb4)`)
        return isText(from) || from._tag === 'Char' || from._tag === 'Enumeration' || from._tag === 'Uuid'
          ? value
          : text(sql`CAST(${value} AS CHAR CHARACTER SET utf8mb4)`)
      default:
        return sql`CAST(${value} AS SIGNED)`
    }
  })
}

/** Units of the last digit as text: the sign, what is before the point, and after it with its zeros. */
const spelledUnits = (value: Sql, scale: number): Sql =>
  scale === 0
    ? sql`CAST(${value} AS TEXT)`
    : sql`((CASE WHEN ${value} < 0 THEN '-' ELSE '' END) || abs(${value} / ${power(scale)}) || '.' || substr('${'0'.repeat(scale)}' || abs(${value} % ${power(scale)}), -${String(scale)}))`

/** Units of one scale as those of another, halves away from zero. */
const rescaled = (call: Call, value: Sql, from: SqlType<unknown>, to: SqlType<unknown>): Sql => {
  if (from._tag !== 'Numeric') return to.scale === 0 ? value : sql`(${value} * ${power(to.scale)})`
  const lost = from.scale - to.scale
  if (lost <= 0) return converted(call.dialect, value, from, to)
  return sql`(${value} / ${power(lost)} + (${value} % ${power(lost)}) / 5${'0'.repeat(lost - 1)})`
}

const sqlite = rendered((call, value, from, to) => {
  switch (to._tag) {
    case 'Numeric':
      return rescaled(call, value, from, to)
    case 'Double':
      return from._tag === 'Numeric' ? converted(call.dialect, value, from, to) : sql`CAST(${value} AS REAL)`
    case 'Date':
      return sql`substr(${value}, 1, 10)`
    case 'Timestamp':
      return sql`(${value} || 'T00:00:00.000000')`
    case 'TimestampTz':
      return sql`(${value} || 'T00:00:00.000000Z')`
    case 'Text':
    case 'Varchar':
      if (from._tag === 'Boolean') return sql`(CASE ${value} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END)`
      if (from._tag === 'Numeric') {
        call.note('the digits of a whole number, with a point among them')
        return spelledUnits(value, from.scale)
      }
      return sql`CAST(${value} AS TEXT)`
    default:
      return value
  }
})

export const castForm: FunctionForm = form(check, postgres, {
  mysql: inFamily('utf8mb4_0900_bin'),
  mariadb: inFamily('utf8mb4_nopad_bin'),
  sqlite,
})

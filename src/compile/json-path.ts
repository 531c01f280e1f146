/**
 * Paths into JSON documents as SQL: a part of a document, what stands there, and its value as that of a type.
 */
import type { TypeTag } from '../expr/sql-type.js'
import type { Dialect, DialectName } from './dialect.js'
import { join, refused, type Slot, type Sql, sql } from './sql.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A key of an object or a place in an array. */
export interface Step {
  readonly kind: 'k' | 'i'
  readonly sql: Sql
}

/** A part of a document: what it is written of. */
export interface Part {
  readonly dialect: Dialect
  readonly document: Sql
  readonly steps: ReadonlyArray<Step>
}

/** The steps that some words tell of; their operands begin at `from`. */
export const stepsOf = (kinds: string, operand: (at: number) => Sql, from: number): ReadonlyArray<Step> =>
  Array.from(kinds, (kind, i) => ({ kind: kind === 'i' ? 'i' : 'k', sql: operand(from + i) }))

// -------------------------------------------------------------------------------------
// paths
// -------------------------------------------------------------------------------------

const isSlot = (piece: string | Slot): piece is Slot => typeof piece !== 'string'

/** MariaDB finds no key that begins with a minus, and says nothing: such a path is refused. */
const withoutMinus = (key: Sql): Sql =>
  key.map((piece) =>
    isSlot(piece)
      ? {
          ...piece,
          encode: (given) =>
            typeof given === 'string' && given.startsWith('-')
              ? refused(`${JSON.stringify(given)}: MariaDB finds no JSON key that begins with a minus`)
              : piece.encode(given),
        }
      : piece,
  )

const collations = { mysql: 'utf8mb4_0900_bin', mariadb: 'utf8mb4_nopad_bin' } as const

/** Text of the collation that relvar's columns and parameters have: what functions of JSON give has another one. */
export const collated = (dialect: DialectName, text: Sql): Sql =>
  dialect === 'mysql' || dialect === 'mariadb' ? sql`(${text} COLLATE ${collations[dialect]})` : text

/** A path is text that the engine puts together, so that a key may have any characters. */
const pathText = (dialect: DialectName, steps: ReadonlyArray<Step>): Sql => {
  if (steps.length === 0) return sql`'$'`
  const key = (step: Step): Sql =>
    collated(dialect, sql`json_quote(${dialect === 'mariadb' ? withoutMinus(step.sql) : step.sql})`)
  const pieces = steps.map((step, i) => {
    const start = i === 0 ? '$' : ''
    const between = dialect === 'sqlite' ? ' || ' : ', '
    return step.kind === 'k'
      ? sql`'${start}.'${between}${key(step)}`
      : sql`'${start}['${between}${step.sql}${between}']'`
  })
  return dialect === 'sqlite' ? sql`(${join(pieces, ' || ')})` : sql`concat(${join(pieces, ', ')})`
}

/** That of MariaDB is of a character set of its own, which has no such collation and needs none. */
const jsonType = (dialect: DialectName, json: Sql): Sql =>
  dialect === 'mysql' ? collated(dialect, sql`json_type(${json})`) : sql`json_type(${json})`

/** MySQL and MariaDB take the first element of what is no array for the thing itself: each place asks whether there is one. */
const arraysOf = ({ dialect, document, steps }: Part): ReadonlyArray<Sql> =>
  steps.flatMap((step, i) =>
    step.kind === 'i'
      ? [
          sql`${jsonType(dialect.name, sql`json_extract(${document}, ${pathText(dialect.name, steps.slice(0, i))})`)} = 'ARRAY'`,
        ]
      : [],
  )

/** PostgreSQL's `->` takes a number or a text for the first element of itself; a strict path does not. */
const element = (of: Sql, place: Sql): Sql =>
  sql`jsonb_path_query_first(${of}, 'strict $[$i]', jsonb_build_object('i', ${place}), true)`

/** The part as JSON; SQL's NULL where nothing stands there, JSON's null as it is. */
export const extracted = (part: Part): Sql => {
  const { dialect, document, steps } = part
  switch (dialect.name) {
    case 'postgres':
      return steps.reduce<Sql>(
        (of, step) => (step.kind === 'k' ? sql`(${of} -> ${step.sql})` : element(of, step.sql)),
        document,
      )
    case 'sqlite':
      return sql`(${document} -> ${pathText('sqlite', steps)})`
    case 'mysql':
    case 'mariadb': {
      const arrays = arraysOf(part)
      const found = sql`json_extract(${document}, ${pathText(dialect.name, steps)})`
      return arrays.length === 0 ? found : sql`(CASE WHEN ${join(arrays, ' AND ')} THEN ${found} END)`
    }
  }
}

// -------------------------------------------------------------------------------------
// kinds
// -------------------------------------------------------------------------------------

const kinds: Readonly<Record<'family' | 'sqlite', ReadonlyArray<readonly [string, string]>>> = {
  family: [
    ['OBJECT', 'object'],
    ['ARRAY', 'array'],
    ['STRING', 'string'],
    ['INTEGER', 'number'],
    ['UNSIGNED INTEGER', 'number'],
    ['DOUBLE', 'number'],
    ['DECIMAL', 'number'],
    ['BOOLEAN', 'boolean'],
    ['NULL', 'null'],
  ],
  sqlite: [
    ['object', 'object'],
    ['array', 'array'],
    ['text', 'string'],
    ['integer', 'number'],
    ['real', 'number'],
    ['true', 'boolean'],
    ['false', 'boolean'],
    ['null', 'null'],
  ],
}

/** The engine's own word for what stands there. */
const ownKind = (part: Part): Sql =>
  part.dialect.name === 'postgres'
    ? sql`jsonb_typeof(${extracted(part)})`
    : part.dialect.name === 'sqlite'
      ? sql`json_type(${part.document}, ${pathText('sqlite', part.steps)})`
      : jsonType(part.dialect.name, extracted(part))

/** relvar's word for what stands there. */
export const kindOf = (part: Part): Sql => {
  if (part.dialect.name === 'postgres') return ownKind(part)
  const words = kinds[part.dialect.name === 'sqlite' ? 'sqlite' : 'family']
  const branches = words.map(([own, word]) => sql`WHEN '${own}' THEN '${word}'`)
  return collated(part.dialect.name, sql`(CASE ${ownKind(part)} ${join(branches, ' ')} END)`)
}

/** Whether an object or an array stands there. */
export const isKind = (part: Part, wanted: 'object' | 'array' | 'null'): Sql => {
  const word = part.dialect.name === 'mysql' || part.dialect.name === 'mariadb' ? wanted.toUpperCase() : wanted
  return sql`${ownKind(part)} = '${word}'`
}

// -------------------------------------------------------------------------------------
// values
// -------------------------------------------------------------------------------------

/** What a part has to be for a value of a type: as PostgreSQL's own condition, looked at once. */
const conditions: Readonly<Record<'string' | 'number' | 'whole' | 'boolean', string>> = {
  string: '@.type() == "string"',
  number: '@.type() == "number"',
  whole: '@.type() == "number" && @ >= -2147483648 && @ <= 2147483647 && @ == @.floor()',
  boolean: '@.type() == "boolean"',
}

const onPostgres = (part: Part, tag: TypeTag): Sql => {
  const that = (condition: keyof typeof conditions): Sql =>
    sql`jsonb_path_query_first(${extracted(part)}, 'strict $ ? (${conditions[condition]})')`
  switch (tag) {
    case 'Text':
      return sql`(${that('string')} #>> '{}')`
    case 'Integer':
      return sql`CAST(${that('whole')} AS integer)`
    case 'Double':
      return sql`CAST(${that('number')} AS double precision)`
    case 'Boolean':
      return sql`CAST(${that('boolean')} AS boolean)`
    default:
      return sql`nullif(${extracted(part)}, 'null'::jsonb)`
  }
}

const isNumber = (part: Part): Sql => {
  const words =
    part.dialect.name === 'sqlite' ? "'integer', 'real'" : "'INTEGER', 'UNSIGNED INTEGER', 'DOUBLE', 'DECIMAL'"
  return sql`${ownKind(part)} IN (${words})`
}

/** Whether a number is whole and fits into 32 bits. */
const isWhole = (number: Sql, remainder: Sql): Sql => sql`abs(${number} + 0.5) <= 2147483647.5 AND ${remainder}`

const onFamily = (part: Part, tag: TypeTag): Sql => {
  const found = extracted(part)
  const number = sql`CAST(${found} AS DOUBLE)`
  switch (tag) {
    case 'Text':
      return collated(part.dialect.name, sql`(CASE WHEN ${ownKind(part)} = 'STRING' THEN json_unquote(${found}) END)`)
    case 'Integer':
      return sql`(CASE WHEN ${isNumber(part)} THEN CASE WHEN ${isWhole(number, sql`${number} % 1 = 0`)} THEN CAST(${number} AS SIGNED) END END)`
    case 'Double':
      return sql`(CASE WHEN ${isNumber(part)} THEN ${number} END)`
    case 'Boolean':
      return sql`(CASE WHEN ${ownKind(part)} = 'BOOLEAN' THEN ${collated(part.dialect.name, sql`json_unquote(${found})`)} = 'true' END)`
    default:
      return sql`(CASE WHEN ${ownKind(part)} <> 'NULL' THEN ${found} END)`
  }
}

const onSqlite = (part: Part, tag: TypeTag): Sql => {
  const value = sql`json_extract(${part.document}, ${pathText('sqlite', part.steps)})`
  switch (tag) {
    case 'Text':
      return sql`(CASE WHEN ${ownKind(part)} = 'text' THEN ${value} END)`
    case 'Integer':
      return sql`(CASE WHEN ${isNumber(part)} AND ${isWhole(value, sql`${value} = CAST(${value} AS INTEGER)`)} THEN CAST(${value} AS INTEGER) END)`
    case 'Double':
      return sql`(CASE WHEN ${isNumber(part)} THEN CAST(${value} AS REAL) END)`
    case 'Boolean':
      return sql`(CASE ${ownKind(part)} WHEN 'true' THEN 1 WHEN 'false' THEN 0 END)`
    default:
      return sql`nullif(${extracted(part)}, 'null')`
  }
}

/** The part as a value of a type: Text, Integer, Double, Boolean, else a document; NULL where it is none. */
export const typed = (part: Part, tag: TypeTag): Sql => {
  switch (part.dialect.name) {
    case 'postgres':
      return onPostgres(part, tag)
    case 'sqlite':
      return onSqlite(part, tag)
    case 'mysql':
    case 'mariadb':
      return onFamily(part, tag)
  }
}

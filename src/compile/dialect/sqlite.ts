/**
 * SQLite 3.40 and later.
 */
import type { ArithmeticOp } from '../../expr/node.js'
import type { SqlType } from '../../expr/sql-type.js'
import { makeCache } from '../cache.js'
import type { Dialect, TypeForm } from '../dialect.js'
import * as encode from '../encode.js'
import { type Sql, sql } from '../sql.js'
import {
  asItIs,
  callByName,
  comparedNumbers,
  concatWithBars,
  infix,
  jsonList,
  likeByFolding,
  limitOffset,
  quoteWith,
  standardLiteral,
} from './shared.js'

// Tables are STRICT, so there are four types. A JS number is bound as REAL: integers go as bigint.
const form = (ddl: string, encoder: TypeForm['encode'], cast: string | null = null): TypeForm => ({
  ddl,
  cast,
  encode: encoder,
  jsonColumn: ddl,
})

const type = (t: SqlType<unknown>): TypeForm => {
  switch (t._tag) {
    case 'Integer':
      return form('INTEGER', encode.integer(BigInt))
    case 'BigInt':
      return form(
        'INTEGER',
        encode.bigint((n) => n),
      )
    case 'Count':
      return form('INTEGER', encode.count(BigInt))
    case 'Double':
      return form('REAL', encode.double)
    case 'Numeric':
      // A number as text is no number to SQLite.
      return form('TEXT', encode.decimal, 'NUMERIC')
    case 'Boolean':
      return form(
        'INTEGER',
        encode.boolean((b) => (b ? 1n : 0n)),
      )
    case 'Varchar':
      return form('TEXT', encode.varchar(t.length ?? 1))
    case 'Text':
      return form('TEXT', encode.text)
    case 'Date':
      return form('TEXT', encode.date)
    case 'TimestampTz':
      // One width and one zone, so that the order of text is the order of time.
      return form(
        'TEXT',
        encode.instant((iso) => iso),
      )
    case 'Json':
      return form('TEXT', encode.json(t))
  }
}

const arithmetic = (op: ArithmeticOp, left: Sql, right: Sql, t: SqlType<unknown>): Sql => {
  const double = t._tag === 'Double'
  switch (op) {
    case 'add':
      return infix(left, '+', right)
    case 'sub':
      return infix(left, '-', right)
    case 'mul':
      return infix(left, '*', right)
    case 'div':
      return sql`(CAST(${left} AS REAL) / ${right})`
    case 'intDiv':
      return double ? sql`trunc(${left} / ${right})` : infix(left, '/', right)
    case 'mod':
      // % takes its operands for integers.
      return double ? sql`mod(${left}, ${right})` : infix(left, '%', right)
  }
}

/**
 * The SQLite dialect with a cache of its own.
 *
 * @param cached how many compiled statements are kept
 * @category constructors
 * @since 0.1.0
 */
export const sqliteDialect = (cached = 1000): Dialect => ({
  name: 'sqlite',
  features: {
    arrays: false,
    insertReturning: true,
    updateReturning: true,
    deleteReturning: true,
    nullsOrder: true,
    nullsAscending: 'first',
    fullJoin: true,
    setParentheses: false,
    limitInSubquery: true,
    readsOwnTarget: true,
    simultaneousSet: true,
    checksScalar: false,
    transactionalDdl: true,
    addsForeignKeys: false,
    correlatedDerived: true,
    havingAlone: false,
    doubleRemainder: true,
    maxParameters: 32766,
  },
  seesOwnChanges: ['set'],
  quote: quoteWith('"'),
  placeholder: () => '?',
  type,
  rowCount: encode.rowCount(BigInt),
  same: (left, right, negated) => sql`(${left} IS ${negated ? 'NOT ' : ''}${right})`,
  like: likeByFolding,
  concat: concatWithBars,
  arithmetic,
  call: (name, operand) => (name === 'charLength' ? sql`length(${operand})` : callByName(name, operand)),
  avg: (operand) => sql`avg(${operand})`,
  boolean: comparedNumbers,
  constant: asItIs,
  optionalDerived: asItIs,
  repeated: asItIs,
  // A bare parameter of LIMIT makes SQLite prepare the statement anew for each value (it looks at the value to plan); a cast does not.
  limit: (limit, offset) =>
    limitOffset('-1')(
      limit === null ? null : sql`CAST(${limit} AS INTEGER)`,
      offset === null ? null : sql`CAST(${offset} AS INTEGER)`,
    ),
  listText: jsonList,
  inWhole: (operand, list) => sql`(${operand} IN (SELECT value FROM json_each(${list})))`,
  keys: (alias, columns, parameters) => ({
    from: sql`json_each(${parameters[0] ?? []}) AS ${alias}`,
    ordinal: `${alias}.key`,
    firstOrdinal: 0,
    columns:
      columns.length === 1 ? [`${alias}.value`] : columns.map((_, i) => `json_extract(${alias}.value, '$[${i}]')`),
  }),
  ddl: {
    autoIncrement: '',
    autoIncrementKey: 'INTEGER PRIMARY KEY AUTOINCREMENT',
    tableOptions: ' STRICT',
    literal: standardLiteral,
  },
  cache: makeCache(cached),
})

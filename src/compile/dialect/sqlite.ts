/**
 * SQLite 3.40 and later.
 */
import type { ArithmeticOp } from '../../expr/node.js'
import type { SqlType } from '../../expr/sql-type.js'
import { makeCache } from '../cache.js'
import { type Dialect, noRenderers } from '../dialect.js'
import * as encode from '../encode.js'
import { type Sql, sql } from '../sql.js'
import {
  asItIs,
  castToText,
  comparedNumbers,
  concatWithBars,
  infix,
  jsonList,
  likeByFolding,
  limitOffset,
  quoteWith,
  standardLiteral,
} from './shared.js'
import { sqliteType } from './sqlite-types.js'

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
 * @example
 * import { compile, from, integer, sqliteDialect, table } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * assert.strictEqual(compile(sqliteDialect())(from(users))._tag, 'Right')
 *
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
    fullJoin: 'any',
    lateral: false,
    setAll: false,
    setParentheses: false,
    limitInSubquery: true,
    readsOwnTarget: true,
    simultaneousSet: true,
    checksScalar: false,
    transactionalDdl: true,
    addsForeignKeys: false,
    correlatedDerived: true,
    havingAlone: false,
    distinctOn: false,
    withTies: false,
    locks: false,
    groupingSets: false,
    deviations: false,
    framesBound: true,
    frameGroups: true,
    lagDefault: true,
    doubleRemainder: true,
    withBeforeWrite: true,
    maxParameters: 32766,
  },
  seesOwnChanges: ['set'],
  quote: quoteWith('"'),
  placeholder: () => '?',
  type: sqliteType,
  rowCount: encode.rowCount(BigInt),
  same: (left, right, negated) => sql`(${left} IS ${negated ? 'NOT ' : ''}${right})`,
  like: likeByFolding,
  concat: concatWithBars,
  arithmetic,
  double: asItIs,
  text: castToText,
  boolean: comparedNumbers,
  constant: asItIs,
  optionalDerived: asItIs,
  outerInHaving: asItIs,
  groupedDerived: asItIs,
  repeated: asItIs,
  // A bare parameter of LIMIT makes SQLite prepare the statement anew for each value (it looks at the value to plan); a cast does not.
  limit: (limit, offset) =>
    limitOffset('-1')(
      limit === null ? null : sql`CAST(${limit} AS INTEGER)`,
      offset === null ? null : sql`CAST(${offset} AS INTEGER)`,
    ),
  listText: jsonList,
  inWhole: (operand, list, t) =>
    sql`(${operand} IN (SELECT ${sqliteType(t).fromElement('value')} FROM json_each(${list})))`,
  keys: (alias, columns, parameters) => ({
    from: sql`json_each(${parameters[0] ?? []}) AS ${alias}`,
    ordinal: `${alias}.key`,
    firstOrdinal: 0,
    columns: columns.map((t, i) =>
      sqliteType(t).fromElement(columns.length === 1 ? `${alias}.value` : `json_extract(${alias}.value, '$[${i}]')`),
    ),
  }),
  ddl: {
    autoIncrement: '',
    autoIncrementKey: 'INTEGER PRIMARY KEY AUTOINCREMENT',
    tableOptions: ' STRICT',
    virtualColumns: true,
    literal: standardLiteral,
  },
  renderers: noRenderers,
  cache: makeCache(cached),
})

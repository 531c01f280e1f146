/**
 * What MySQL and MariaDB say alike.
 */
import type { ArithmeticOp } from '../../expr/node.js'
import type { SqlType } from '../../expr/sql-type.js'
import { makeCache } from '../cache.js'
import type { Dialect, TypeForm } from '../dialect.js'
import * as encode from '../encode.js'
import { join, type Sql, sql } from '../sql.js'
import {
  asItIs,
  callByName,
  comparedNumbers,
  infix,
  jsonList,
  likeByFolding,
  limitOffset,
  quoteWith,
} from './shared.js'

const form = (ddl: string, cast: string | null, encoder: TypeForm['encode'], jsonColumn = ddl): TypeForm => ({
  ddl,
  cast,
  encode: encoder,
  jsonColumn,
})

// The driver binds a bigint as the server's own 64-bit integer: exact, and the index of an integer column serves it. mysql2 sends
// every JS number as a double, and text makes MariaDB compare an IN list row by row.
// MySQL takes a bare placeholder beside a sum for a decimal of thirty digits, and one that stands alone for what was bound when the
// text was first prepared: a text that comes with other types again must not be the same text. MariaDB takes it for what is bound.
const type =
  (collation: string, whole: 'SIGNED' | null) =>
  (t: SqlType<unknown>): TypeForm => {
    switch (t._tag) {
      case 'Integer':
        return form('integer', whole, encode.integer(BigInt))
      case 'BigInt':
        return form(
          'bigint',
          whole,
          encode.bigint((n) => n),
        )
      case 'Count':
        return form('bigint', whole, encode.count(BigInt))
      case 'Double':
        return form('double', whole === null ? null : 'DOUBLE', encode.double)
      case 'Numeric':
        return form('decimal(65)', 'DECIMAL(65)', encode.decimal)
      case 'Boolean':
        return form(
          'boolean',
          'SIGNED',
          encode.boolean((b) => (b ? 1n : 0n)),
          'tinyint',
        )
      case 'Varchar':
        return form(
          `varchar(${t.length ?? 1})`,
          null,
          encode.varchar(t.length ?? 1),
          `varchar(${t.length ?? 1}) CHARACTER SET utf8mb4 COLLATE ${collation}`,
        )
      case 'Text':
        return form('longtext', null, encode.text, `longtext CHARACTER SET utf8mb4 COLLATE ${collation}`)
      case 'Date':
        return form('date', 'DATE', encode.date)
      case 'TimestampTz':
        // DATETIME has no zone: relvar's is UTC. TIMESTAMP ends in 2038.
        return form(
          'datetime(6)',
          'DATETIME(6)',
          encode.instant((iso) => `${iso.slice(0, 10)} ${iso.slice(11, 26)}`),
        )
      case 'Json':
        // Among keys a document is text: as JSON it would be a string that holds a document.
        return form('json', null, encode.json(t), `longtext CHARACTER SET utf8mb4 COLLATE ${collation}`)
    }
  }

const arithmetic = (op: ArithmeticOp, left: Sql, right: Sql, t: SqlType<unknown>): Sql => {
  switch (op) {
    case 'add':
      return infix(left, '+', right)
    case 'sub':
      return infix(left, '-', right)
    case 'mul':
      return infix(left, '*', right)
    case 'div':
      // The quotient of integers would be a decimal of four digits.
      return sql`(CAST(${left} AS DOUBLE) / ${right})`
    case 'intDiv':
      return t._tag === 'Double' ? sql`truncate(${left} / ${right}, 0)` : infix(left, 'DIV', right)
    case 'mod':
      return infix(left, '%', right)
  }
}

/** Either dialect of the family: their differences are arguments. */
export const familyDialect = (
  name: 'mysql' | 'mariadb',
  collation: string,
  features: Pick<Dialect['features'], 'insertReturning' | 'deleteReturning' | 'readsOwnTarget'>,
  cached: number,
): Dialect => {
  const typeForm = type(collation, name === 'mysql' ? 'SIGNED' : null)
  return {
    name,
    features: {
      arrays: false,
      updateReturning: false,
      nullsOrder: false,
      nullsAscending: 'first',
      fullJoin: false,
      setParentheses: true,
      limitInSubquery: false,
      simultaneousSet: false,
      checksScalar: true,
      transactionalDdl: false,
      addsForeignKeys: true,
      correlatedDerived: name === 'mysql',
      havingAlone: true,
      doubleRemainder: true,
      maxParameters: 65535,
      ...features,
    },
    seesOwnChanges: name === 'mysql' ? ['where', 'set', 'values'] : ['values'],
    quote: quoteWith('`'),
    placeholder: () => '?',
    type: typeForm,
    rowCount: encode.rowCount(BigInt),
    same: (left, right, negated) => (negated ? sql`(NOT (${left} <=> ${right}))` : sql`(${left} <=> ${right})`),
    like: likeByFolding,
    concat: (operands) => (operands.length === 0 ? sql`''` : sql`concat(${join(operands, ', ')})`),
    arithmetic,
    call: callByName,
    avg: (operand) => sql`avg(CAST(${operand} AS DOUBLE))`,
    boolean: comparedNumbers,
    // MariaDB takes what is bound for a position.
    constant: (parameter) => sql`coalesce(${parameter})`,
    // Both see a grouped expression only where it stands alone, and not in HAVING; all of a group have the same, so its greatest is it.
    // MySQL 9.7 takes a computed output of such a table for one that is never null: `t.c IS NULL` is false of an absent row.
    // A limit that limits nothing keeps the table from being merged into the query around it.
    optionalDerived: name === 'mysql' ? (inner) => sql`${inner} LIMIT 18446744073709551615` : asItIs,
    repeated: (expression) => sql`max(${expression})`,
    limit: limitOffset('18446744073709551615'),
    listText: jsonList,
    inWhole: (operand, list, t) =>
      sql`(${operand} IN (SELECT j.c0 FROM JSON_TABLE(${list}, '$[*]' COLUMNS (c0 ${typeForm(t).jsonColumn} PATH '$')) AS j))`,
    keys: (alias, columns, parameters) => {
      const path = (i: number): string => (columns.length === 1 ? '$' : `$[${i}]`)
      const listed = columns.map((t, i) => `c${i} ${typeForm(t).jsonColumn} PATH '${path(i)}'`)
      return {
        from: sql`JSON_TABLE(${parameters[0] ?? []}, '$[*]' COLUMNS (${['i FOR ORDINALITY', ...listed].join(', ')})) AS ${alias}`,
        ordinal: `${alias}.i`,
        firstOrdinal: 1,
        columns: columns.map((_, i) => `${alias}.c${i}`),
      }
    },
    ddl: {
      autoIncrement: ' AUTO_INCREMENT',
      autoIncrementKey: null,
      tableOptions: ` ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE ${collation}`,
      // The backslash is an escape unless NO_BACKSLASH_ESCAPES is set, which the driver refuses.
      literal: (value) => `'${value.replace(/['\\]/g, '\\$&')}'`,
    },
    cache: makeCache(cached),
  }
}

/**
 * What MySQL and MariaDB say alike.
 */
import type { ArithmeticOp } from '../../expr/node.js'
import type { SqlType } from '../../expr/sql-type.js'
import { makeCache } from '../cache.js'
import { type Dialect, noRenderers } from '../dialect.js'
import * as encode from '../encode.js'
import { join, type Sql, sql } from '../sql.js'
import { asItIs, comparedNumbers, infix, jsonList, likeByFolding, limitOffset, quoteWith } from './shared.js'
import { familyLiteral, familyType } from './mysql-types.js'

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

/**
 * A column as a value of its own. Where `a = b AND a <=> b` is asked of an index, both engines take the first for granted by the
 * second, which it is not where both are null; they do not where the two are not compared with the same.
 */
const unlike = (right: Sql): Sql => {
  const [written] = right
  return right.length === 1 && typeof written === 'string' && /^t\d+\./.test(written) ? sql`coalesce(${right})` : right
}

/** A limit that limits nothing: such a table is not merged into the query around it. */
const notMerged = (inner: Sql): Sql => sql`${inner} LIMIT 18446744073709551615`

/** Either dialect of the family: their differences are arguments. */
export const familyDialect = (
  name: 'mysql' | 'mariadb',
  collation: string,
  features: Pick<Dialect['features'], 'insertReturning' | 'deleteReturning' | 'readsOwnTarget'>,
  cached: number,
): Dialect => {
  const typeForm = familyType(name, collation)
  return {
    name,
    features: {
      arrays: false,
      updateReturning: false,
      nullsOrder: false,
      nullsAscending: 'first',
      fullJoin: 'none',
      lateral: name === 'mysql',
      setAll: true,
      setParentheses: true,
      limitInSubquery: false,
      simultaneousSet: false,
      checksScalar: true,
      transactionalDdl: false,
      addsForeignKeys: true,
      correlatedDerived: name === 'mysql',
      havingAlone: true,
      distinctOn: false,
      withTies: name === 'mariadb',
      locks: true,
      groupingSets: false,
      deviations: true,
      framesBound: name === 'mysql',
      frameGroups: false,
      lagDefault: name === 'mysql',
      doubleRemainder: true,
      withBeforeWrite: name === 'mysql',
      maxParameters: 65535,
      ...features,
    },
    seesOwnChanges: name === 'mysql' ? ['where', 'set', 'values'] : ['values'],
    quote: quoteWith('`'),
    placeholder: () => '?',
    type: typeForm,
    rowCount: encode.rowCount(BigInt),
    same: (left, right, negated) => (negated ? sql`(NOT (${left} <=> ${right}))` : sql`(${left} <=> ${unlike(right)})`),
    like: likeByFolding,
    concat: (operands) => (operands.length === 0 ? sql`''` : sql`concat(${join(operands, ', ')})`),
    arithmetic,
    double: (operand) => sql`CAST(${operand} AS DOUBLE)`,
    text: (operand, length) => sql`CAST(${operand} AS ${length === null ? 'CHAR' : `CHAR(${String(length)})`})`,
    boolean: comparedNumbers,
    // MariaDB takes what is bound for a position.
    constant: (parameter) => sql`coalesce(${parameter})`,
    // Both see a grouped expression only where it stands alone, and not in HAVING; all of a group have the same, so its greatest is it.
    // MySQL 9.7 takes a computed output of such a table for one that is never null: `t.c IS NULL` is false of an absent row.
    // A limit that limits nothing keeps the table from being merged into the query around it.
    optionalDerived: name === 'mysql' ? notMerged : asItIs,
    outerInHaving: (column) => sql`(SELECT ${column})`,
    // MariaDB 10.11 asks the query of such an output for each row, and again, without its row, where a group says it; MySQL 9.7 does not
    // find it in HAVING.
    groupedDerived: notMerged,
    repeated: (expression) => sql`max(${expression})`,
    limit: limitOffset('18446744073709551615'),
    listText: jsonList,
    inWhole: (operand, list, t) =>
      sql`(${operand} IN (SELECT ${typeForm(t).fromElement('j.c0')} FROM JSON_TABLE(${list}, '$[*]' COLUMNS (c0 ${typeForm(t).jsonColumn} PATH '$')) AS j))`,
    keys: (alias, columns, parameters) => {
      const path = (i: number): string => (columns.length === 1 ? '$' : `$[${i}]`)
      const listed = columns.map((t, i) => `c${i} ${typeForm(t).jsonColumn} PATH '${path(i)}'`)
      return {
        from: sql`JSON_TABLE(${parameters[0] ?? []}, '$[*]' COLUMNS (${['i FOR ORDINALITY', ...listed].join(', ')})) AS ${alias}`,
        ordinal: `${alias}.i`,
        firstOrdinal: 1,
        columns: columns.map((t, i) => typeForm(t).fromElement(`${alias}.c${i}`)),
      }
    },
    ddl: {
      autoIncrement: ' AUTO_INCREMENT',
      autoIncrementKey: null,
      tableOptions: ` ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE ${collation}`,
      virtualColumns: true,
      literal: familyLiteral,
    },
    renderers: noRenderers,
    cache: makeCache(cached),
  }
}

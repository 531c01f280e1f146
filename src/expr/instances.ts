/**
 * fp-ts instances for queries, expressions and rows.
 */
import type { Eq } from 'fp-ts/lib/Eq.js'
import type { Show } from 'fp-ts/lib/Show.js'

import { type AnyExpr, nodeOf } from './expr.js'
import { type AnyQuery, nodeOfQuery } from './query.js'
import { sameExpr, sameStatement } from './same.js'
import { secretText, showExpr, showStatement, showValue } from './show.js'
import { columnsOfSource } from './source.js'
import { type AnyTable, type RowOf, sourceOf } from './table.js'

/**
 * Equality of queries and writes by what they say, values included: two that are equal have one SQL and one meaning.
 *
 * @example
 * import { from, integer, queryEq, table } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * assert(queryEq.equals(from(users), from(users)))
 *
 * @category instances
 * @since 0.1.0
 */
export const queryEq: Eq<AnyQuery> = { equals: (a, b) => sameStatement(nodeOfQuery(a), nodeOfQuery(b)) }

/**
 * A query or a write as the code that makes it, values included.
 *
 * @example
 * import { from, integer, queryShow, table } from 'relvar'
 *
 * const users = table('users', { age: integer })
 * assert.strictEqual(queryShow.show(from(users)), 'from(users)')
 *
 * @category instances
 * @since 0.1.0
 */
export const queryShow: Show<AnyQuery> = { show: (query) => showStatement(nodeOfQuery(query)) }

/**
 * Equality of expressions by what they say, values included.
 *
 * @example
 * import { add, exprEq, integer, table } from 'relvar'
 *
 * const users = table('users', { age: integer })
 * assert(exprEq.equals(add(users.age, 1), add(users.age, 1)))
 *
 * @category instances
 * @since 0.1.0
 */
export const exprEq: Eq<AnyExpr> = { equals: (a, b) => sameExpr(nodeOf(a), nodeOf(b)) }

/**
 * An expression as the code that makes it, values included but those of `secret` columns.
 *
 * @example
 * import { exprShow, gt, integer, table } from 'relvar'
 *
 * const users = table('users', { age: integer })
 * assert.strictEqual(typeof exprShow.show(gt(users.age, 17)), 'string')
 *
 * @category instances
 * @since 0.1.0
 */
export const exprShow: Show<AnyExpr> = { show: (expr) => showExpr(nodeOf(expr)) }

const showCell = (value: unknown): string => {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString()
  if (value instanceof Uint8Array)
    return `0x${Array.from(value, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
  return showValue(value)
}

/**
 * A row as text: its table and the values of its columns, in their order. What else a row holds is left out.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { integer, nullable, rowShow, table, text } from 'relvar'
 *
 * const users = table('users', { id: integer, name: pipe(text, nullable) })
 * assert.strictEqual(rowShow(users).show({ id: 1, name: 'ed' }), 'users { id: 1, name: "ed" }')
 *
 * @category instances
 * @since 0.1.0
 */
export const rowShow = <T extends AnyTable>(of: T): Show<RowOf<T>> => {
  const source = sourceOf(of)
  const columns = columnsOfSource(source)
  return {
    show: (row) => {
      // A row is a record of its table's columns.
      const values = row as Readonly<Record<string, unknown>>
      const cells = columns.map(
        ({ key, type }) =>
          `${key}: ${type.secretOf === null ? showCell(Object.hasOwn(values, key) ? values[key] : undefined) : secretText}`,
      )
      return `${source.name} { ${cells.join(', ')} }`
    },
  }
}

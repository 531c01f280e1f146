/**
 * What most dialects say alike.
 */
import { join, type Sql, sql } from '../sql.js'

/** Doubles the quote character inside, which no name can then end. */
export const quoteWith =
  (mark: string) =>
  (name: string): string =>
    mark + name.replaceAll(mark, mark + mark) + mark

export const parenthesised = (inner: Sql): Sql => sql`(${inner})`

export const infix = (left: Sql, operator: string, right: Sql): Sql => sql`(${left} ${operator} ${right})`

/** `||`, where it means concatenation; of nothing the empty text. */
export const concatWithBars = (operands: ReadonlyArray<Sql>): Sql =>
  operands.length === 0 ? sql`''` : parenthesised(join(operands, ' || '))

/** Case is minded by LIKE itself; to take both cases for one, both sides are folded. */
export const likeByFolding = (op: 'like' | 'ilike', operand: Sql, pattern: Sql): Sql =>
  op === 'like'
    ? sql`(${operand} LIKE ${pattern} ESCAPE '!')`
    : sql`(lower(${operand}) LIKE lower(${pattern}) ESCAPE '!')`

/** JSON text of elements that are wire values already; text is quoted, numbers are digits. */
export const jsonList = (elements: ReadonlyArray<string | number | bigint | null>): string =>
  `[${elements.map(jsonElement).join(',')}]`

export const jsonElement = (element: string | number | bigint | null): string =>
  element === null ? 'null' : typeof element === 'string' ? JSON.stringify(element) : String(element)

/** A text literal of standard SQL: for DDL alone, which takes no parameters. */
export const standardLiteral = (value: string): string => `'${value.replaceAll("'", "''")}'`

/** LIMIT and OFFSET as most engines say them; `all` stands for no limit where OFFSET needs one. */
export const limitOffset =
  (all: string | null) =>
  (limit: Sql | null, offset: Sql | null): Sql => {
    if (limit === null && offset === null) return sql``
    if (offset === null) return limit === null ? sql`` : sql` LIMIT ${limit}`
    if (limit === null) return all === null ? sql` OFFSET ${offset}` : sql` LIMIT ${all} OFFSET ${offset}`
    return sql` LIMIT ${limit} OFFSET ${offset}`
  }

export const comparedNumbers = (value: boolean): string => (value ? '(1 = 1)' : '(1 = 0)')

/** Anything as text where text has a type of its own, which has no length. */
export const castToText = (operand: Sql): Sql => sql`CAST(${operand} AS text)`

export const asItIs = (expression: Sql): Sql => expression

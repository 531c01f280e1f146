/**
 * A query's SQL for people: with its parameters beside it, or written into it.
 */
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'

import { type AnyQuery, statementOf } from '../expr/query.js'
import { noBindings } from './bind.js'
import { loadOf } from './compile.js'
import { type CompileError, illFormed } from './compile-error.js'
import { wireLiteral } from './ddl-literal.js'
import type { Dialect } from './dialect.js'
import type { LoadError } from './load-error.js'
import { setAt, shownParameters, type Statement, type Wire } from './statement.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/**
 * The first statement of a query or write, and what is bound in it; of one that is run once for each row (SQLite's inserts), in the
 * first row.
 */
export interface SqlText {
  readonly sql: string
  readonly parameters: ReadonlyArray<Wire>
}

// -------------------------------------------------------------------------------------
// text
// -------------------------------------------------------------------------------------

/** A name or a text in quotes: what stands in it is no placeholder. MySQL and MariaDB escape by a backslash in a text, too. */
const quoted: Readonly<Record<'backslash' | 'plain', string>> = {
  backslash: String.raw`'(?:[^'\\]|\\.|'')*'|"(?:[^"\\]|\\.|"")*"|` + '`[^`]*`',
  plain: `'(?:[^']|'')*'|"(?:[^"]|"")*"`,
}

const withLiterals = (dialect: Dialect, { sql, parameters }: SqlText): string => {
  const quotes = dialect.name === 'mysql' || dialect.name === 'mariadb' ? quoted.backslash : quoted.plain
  const numbered = dialect.placeholder(1) !== dialect.placeholder(2)
  const pattern = new RegExp(`${quotes}|${numbered ? String.raw`\$(\d+)` : String.raw`\?`}`, 'gs')
  let at = 0
  return sql.replace(pattern, (found, number: string | undefined) => {
    if (!found.startsWith('$') && found !== '?') return found
    at += 1
    return wireLiteral(dialect, parameters[(numbered ? Number(number) : at) - 1] ?? null)
  })
}

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

const firstOf = (dialect: Dialect, query: AnyQuery): Either<CompileError | LoadError, Statement> => {
  const load = loadOf(dialect, statementOf(query), noBindings)
  if (isLeft(load)) return load
  return load.right._tag === 'Done' ? left(illFormed('there is nothing to send')) : right(load.right.statement)
}

/**
 * The SQL of a query or write in a dialect and the values bound in it, as they go to the driver: of its first statement, where it
 * sends several (`explain` tells them all).
 *
 * Lefts: as those of `compile`.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, from, postgresDialect, table, text, toSql, where } from 'relvar'
 *
 * const users = table('users', { name: text })
 * assert.deepStrictEqual(
 *   toSql(postgresDialect())(pipe(from(users), where(eq(users.name, 'ed')))),
 *   E.right({ sql: 'SELECT t0."name" FROM "users" AS t0 WHERE (t0."name" = $1::text)', parameters: ['ed'] }),
 * )
 *
 * @category destructors
 * @since 0.1.0
 */
export const toSql =
  (dialect: Dialect) =>
  (query: AnyQuery): Either<CompileError | LoadError, SqlText> => {
    const first = firstOf(dialect, query)
    if (isLeft(first)) return first
    const { sql, parameters, sets } = first.right
    return right({ sql, parameters: sets === undefined ? parameters : setAt(sets, 0) })
  }

/**
 * The SQL of a query or write with its values written into it as literals: to read in a log and to paste into a console. It shows
 * every value but those of `secret` columns, and relvar itself never sends it.
 *
 * Lefts: as those of `compile`.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, from, sqliteDialect, table, text, toSqlInline, where } from 'relvar'
 *
 * const users = table('users', { name: text })
 * assert.deepStrictEqual(
 *   toSqlInline(sqliteDialect())(pipe(from(users), where(eq(users.name, "O'Hara")))),
 *   E.right(`SELECT t0."name" FROM "users" AS t0 WHERE (t0."name" = 'O''Hara')`),
 * )
 *
 * @category destructors
 * @since 0.1.0
 */
export const toSqlInline =
  (dialect: Dialect) =>
  (query: AnyQuery): Either<CompileError | LoadError, string> => {
    const load = firstOf(dialect, query)
    if (isLeft(load)) return load
    const { sql } = load.right
    return right(
      shownParameters(load.right)
        .map((values) => withLiterals(dialect, { sql, parameters: values }))
        .join(';\n'),
    )
  }

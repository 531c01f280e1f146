/**
 * Text that is looked for by more than its characters: regular expressions, full text, collations.
 */
import { call } from './call-node.js'
import type { Expr, NullOf, SrcOf } from './expr.js'
import { expr, nodeOf, operand } from './expr.js'
import { shownName } from './name.js'
import { booleanType, textType } from './sql-type.js'

/** The functions that look for text. */
export type TextSearchFunction = 'regexMatches' | 'matches' | 'collate'

type TextExpr = Expr<string | null, string, string>

/** A value, or the parameter of a prepared statement: what is looked for is known before the rows are. */
type Pattern = string | Expr<string>

/**
 * Whether the regular expression matches somewhere in the text. `'i'` takes the letters A to Z and a to z for one.
 *
 * The pattern is written in what all engines have: characters, `.` (any character, line breaks too), `^` and `$` (the ends of the
 * text), `|`, `( )`, `(?: )`, `[ ]`, `\d \w \s` and their opposites (of ASCII), `\n \r \t`, and the quantifiers `* + ? {m,n}`. A
 * pattern with anything else is refused before it is sent (`InvalidValue`), since engines would make different things of it.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { literal, regexMatches, text } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 *
 * assert.deepStrictEqual(evaluate(pipe(literal('wendy', text), regexMatches('^w.+y$')))({}), E.right(true))
 *
 * @category combinators
 * @since 0.1.0
 */
export const regexMatches =
  (pattern: Pattern, flags: '' | 'i' = '') =>
  <A extends string | null, S extends string, N extends string>(a: Expr<A, S, N>): Expr<boolean | NullOf<A>, S, N> =>
    expr(
      // What is no flag is refused by the compiler, with its name.
      call('regexMatches', [nodeOf(a, textType), operand(pattern, textType)], booleanType, { words: flags }),
    )

/**
 * Whether all words of the query stand in the text of the columns, as the engine's full text search sees words: PostgreSQL by its
 * configuration `simple`, which minds no case (a GIN index on the same expression makes it fast); MySQL and MariaDB by a FULLTEXT index on just these
 * columns, which there must be, which knows neither short words nor stop words, and which minds case where the columns' collation
 * does (so do the columns of `createAll`). SQLite cannot, and in memory it has no meaning.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, matches, table, text, where } from 'relvar'
 *
 * const posts = table('posts', { title: text, body: text })
 * pipe(from(posts), where(matches([posts.title, posts.body], 'immutable queries')))
 *
 * @category constructors
 * @since 0.1.0
 */
export const matches = <Es extends readonly [TextExpr, ...ReadonlyArray<TextExpr>]>(
  columns: Es,
  query: Pattern,
): Expr<boolean, SrcOf<Es[number]>> =>
  expr(
    call('matches', [...columns.map((c) => nodeOf(c, textType)), operand(query, textType)], booleanType, {
      nulls: 'never',
    }),
  )

/**
 * The text under a collation of the database, for what compares or orders it. Its name is the engine's own; in memory only the
 * binary ones have a meaning (`C`, `BINARY`, `utf8mb4_0900_bin`, `utf8mb4_nopad_bin`).
 *
 * @throws TypeError where the name has other characters than letters, digits, `_`, `-` and `.`.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { asc, collate, from, orderBy, table, text } from 'relvar'
 *
 * const users = table('users', { name: text })
 * pipe(from(users), orderBy(asc(pipe(users.name, collate('de-x-icu')))))
 *
 * @category combinators
 * @since 0.1.0
 */
export const collate = (
  name: string,
): (<A extends string | null, S extends string, N extends string>(a: Expr<A, S, N>) => Expr<A, S, N>) => {
  if (typeof name !== 'string' || !/^[A-Za-z_][\w.-]*$/.test(name))
    throw new TypeError(`collate: ${shownName(name)} is no name of a collation`)
  return (a) => {
    const of = nodeOf(a, textType)
    return expr(call('collate', [of], of.type, { words: name }))
  }
}

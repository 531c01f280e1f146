/**
 * Comments that say where a statement comes from, in the format of sqlcommenter, which monitors of databases read.
 */
import type { Statement } from '../compile/statement.js'
import type { Middleware } from './middleware.js'

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** encodeURIComponent leaves five signs alone that mean something in SQL or in the comment. */
const encoded = (text: string): string =>
  encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\uFFFD')).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** The comment of some tags, sorted by name; empty for none. */
const commentOf = (tags: Readonly<Record<string, string>>): string => {
  const pairs = Object.entries(tags)
    .map(([name, value]) => [encoded(name), encoded(String(value))] as const)
    .filter(([name]) => name !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}='${value}'`)
  return pairs.length === 0 ? '' : ` /*${pairs.join(',')}*/`
}

/** A text that comes once in this form: to keep it prepared would fill the cache with texts of each tag. */
const tagged = (statement: Statement, comment: string): Statement => ({
  ...statement,
  sql: `${statement.sql}${comment}`,
  text: 'once',
})

/**
 * Adds a comment to every statement, such as `/*route='%2Fusers'*\/`, in the format of sqlcommenter: names and values are
 * percent-encoded, so that nothing of them is SQL. Tagged statements are not kept prepared, since the text of each tag is another
 * one; what relvar compiles is kept as ever. BEGIN, COMMIT and their like have no comment.
 *
 * @param tags what to say, by name: a route, a trace's `traceparent`
 * @example
 * import { Db, echo, from, integer, table, tag, withMiddleware } from 'relvar'
 * import { sqlite } from 'relvar/sqlite'
 *
 * const lines: Array<string> = []
 * const db = withMiddleware(tag({ route: '/notes' }))(withMiddleware(echo((line) => lines.push(line)))(sqlite('sqlite::memory:')))
 * await Db.all(from(table('notes', { id: integer })))(db)()
 * assert.match(lines.join(), /AS t0 \/\*route='%2Fnotes'\*\//)
 * await db.close()()
 *
 * @category constructors
 * @since 0.1.0
 * @see https://google.github.io/sqlcommenter/spec/
 */
export const tag = (tags: Readonly<Record<string, string>>): Middleware => {
  const comment = commentOf(tags)
  return (next) => (statement) =>
    next(comment === '' || statement.text === 'control' ? statement : tagged(statement, comment))
}

/**
 * Names that every engine takes as they are: what a table, a column, an alias or a constraint may be called.
 */

/** Why a name is none that every engine takes, or null. */
export const nameProblem = (name: unknown): string | null => {
  if (typeof name !== 'string' || name === '') return 'a name is text of at least one character'
  if (name.includes('\0')) return 'a name has no NUL'
  if (/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(name))
    return 'a name has no lone surrogate'
  // PostgreSQL cuts longer names without a word, so that two become one.
  if (new TextEncoder().encode(name).length > 63) return 'a name has at most 63 bytes'
  // MySQL and MariaDB refuse names that end in a space.
  if (name.endsWith(' ')) return 'a name does not end in a space'
  // MariaDB refuses them, and MySQL puts a question mark for each, so that two names become one.
  if (/[\u{10000}-\u{10FFFF}]/u.test(name)) return 'a name has no characters beyond U+FFFF'
  return null
}

/** A name in a message: what is no text may be anything, so only its kind is shown. */
export const shownName = (name: unknown): string =>
  typeof name === 'string' ? JSON.stringify(name) : `(${typeof name})`

/** Throws where a name is none that every engine takes: a definition that cannot be right. */
export const checkName = (what: string, name: unknown): void => {
  const problem = nameProblem(name)
  if (problem !== null) throw new TypeError(`${what} ${shownName(name)}: ${problem}`)
}

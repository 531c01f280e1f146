/**
 * Functions that relvar brings to every SQLite connection, since SQLite has none of its own: regular expressions.
 */
import { sqliteRegex } from '../../compile/sqlite-names.js'

/** A function of SQL that gives the same for the same. */
export interface SqliteFunction {
  readonly name: string
  readonly call: (text: unknown, pattern: unknown, flags: unknown) => number | null
}

/** One pattern is asked of many rows: the last ones are kept. */
const mostKept = 100
const made = new Map<string, RegExp>()

const regexOf = (pattern: string, flags: string): RegExp => {
  const key = `${flags} ${pattern}`
  const known = made.get(key)
  if (known !== undefined) return known
  const regex = new RegExp(pattern, `su${flags}`)
  if (made.size >= mostKept) made.clear()
  made.set(key, regex)
  return regex
}

/** The compiler has written the pattern for JavaScript; a null matches nothing and is no mismatch. */
const regex: SqliteFunction['call'] = (text, pattern, flags) =>
  typeof text === 'string' && typeof pattern === 'string' ? Number(regexOf(pattern, String(flags)).test(text)) : null

export const sqliteFunctions: ReadonlyArray<SqliteFunction> = [{ name: sqliteRegex, call: regex }]

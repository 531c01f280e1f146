// The tokens of a statement, as far as tests look for some in it.
import type { DialectName } from '../../src/compile/dialect.js'

// Quoted names and texts, in which nothing is a placeholder; MySQL and MariaDB take a backslash for an escape.
const quoted: Readonly<Record<DialectName, string>> = {
  postgres: `"(?:[^"]|"")*"|[eE]'(?:[^'\\\\]|\\\\.|'')*'|'(?:[^']|'')*'`,
  mysql: '`(?:[^`]|``)*`|' + `'(?:[^'\\\\]|\\\\.|'')*'|"(?:[^"\\\\]|\\\\.|"")*"`,
  mariadb: '`(?:[^`]|``)*`|' + `'(?:[^'\\\\]|\\\\.|'')*'|"(?:[^"\\\\]|\\\\.|"")*"`,
  sqlite: `"(?:[^"]|"")*"|'(?:[^']|'')*'`,
}

/** The numbers of the placeholders in the order of the text; where they bear none, one after the other. */
export const placeholdersIn = (dialect: DialectName, sql: string): ReadonlyArray<number> => {
  const found: Array<number> = []
  for (const [token] of sql.matchAll(new RegExp(`${quoted[dialect]}|\\$\\d+|\\?`, 'gs'))) {
    if (dialect === 'postgres' && /^\$\d+$/.test(token)) found.push(Number(token.slice(1)))
    if (dialect !== 'postgres' && token === '?') found.push(found.length + 1)
  }
  return found
}

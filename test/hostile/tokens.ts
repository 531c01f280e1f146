// The tokens of a statement, as each engine's own scanner cuts it: a text that breaks out of its quotes makes more of them.
import type { DialectName } from '../../src/compile/dialect.js'

// In MySQL and MariaDB a backslash escapes and double quotes are of a text.
const ours = '`(?:[^`]|``)*`' + `|'(?:[^'\\\\]|\\\\.|'')*'|"(?:[^"\\\\]|\\\\.|"")*"`

const quoted: Readonly<Record<DialectName, string>> = {
  postgres: `"(?:[^"]|"")*"|[eE]'(?:[^'\\\\]|\\\\.|'')*'|'(?:[^']|'')*'|\\$(\\w*)\\$[\\s\\S]*?\\$\\1\\$`,
  mysql: ours,
  mariadb: ours,
  sqlite: `"(?:[^"]|"")*"|'(?:[^']|'')*'|\`(?:[^\`]|\`\`)*\`|\\[[^\\]]*\\]`,
}

/** Comments are tokens, too: relvar writes none of a value. */
const rest =
  '--[^\\n]*|/\\*[\\s\\S]*?\\*/|\\$\\d+|\\?|[\\p{L}_][\\p{L}\\p{N}_$]*|\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?|::|\\|\\||[<>=!]+|[^\\s]'

const scanners = new Map<DialectName, RegExp>()
const scanner = (dialect: DialectName): RegExp => {
  const made = scanners.get(dialect) ?? new RegExp(`${quoted[dialect]}|${rest}`, 'gu')
  scanners.set(dialect, made)
  return made
}

/** The tokens of SQL, without the white space between them. */
export const tokensOf = (dialect: DialectName, sql: string): ReadonlyArray<string> =>
  [...sql.matchAll(scanner(dialect))].map(([token]) => token)

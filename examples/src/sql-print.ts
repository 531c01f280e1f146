/**
 * SQL for people: one clause a line, and the values that were bound.
 */
import pc from 'picocolors'
import type { Statement } from 'relvar'

import { cut } from './table-print.js'

// -------------------------------------------------------------------------------------
// lines
// -------------------------------------------------------------------------------------

const clause =
  /^(?:SELECT|FROM|WHERE|GROUP BY|HAVING|ORDER BY|LIMIT|(?:INNER |LEFT |CROSS )?JOIN|UNION(?: ALL)?|EXCEPT|INTERSECT|VALUES|SET|RETURNING) /

/** SQL in pieces: what is quoted, parentheses, words, and the space between. */
const tokens = (sql: string): ReadonlyArray<string> => sql.match(/"[^"]*"|`[^`]*`|'[^']*'|[()]|\s+|[^\s()"'`]+/g) ?? []

/** SQL with a line for each clause of the outermost SELECT; what stands in parentheses stays on its line. */
const clauses = (sql: string): ReadonlyArray<string> => {
  const lines: Array<string> = []
  let [line, depth, at] = ['', 0, 0]
  for (const token of tokens(sql)) {
    depth += token === '(' ? 1 : token === ')' ? -1 : 0
    if (depth === 0 && line !== '' && clause.test(sql.slice(at)) && !/(?:LEFT|INNER|CROSS) $/.test(line)) {
      lines.push(line.trimEnd())
      line = ''
    }
    line += token
    at += token.length
  }
  return [...lines, line]
}

const wrapAt = 110

/** A long clause over several lines, broken at spaces. */
const wrapped = (line: string): ReadonlyArray<string> => {
  const lines: Array<string> = []
  let current = ''
  for (const word of line.split(' ')) {
    if (current !== '' && current.length + word.length + 1 > wrapAt) {
      lines.push(current)
      current = `  ${word}`
    } else current = current === '' ? word : `${current} ${word}`
  }
  return [...lines, current]
}

// -------------------------------------------------------------------------------------
// statements
// -------------------------------------------------------------------------------------

const shownValue = (value: Statement['parameters'][number]): string => {
  if (value instanceof Uint8Array) return `${value.length} bytes`
  return typeof value === 'string' ? `'${value}'` : String(value)
}

/** A statement's clauses and, as a comment, its parameters in order. */
export const showStatement = ({ sql, parameters }: Pick<Statement, 'sql' | 'parameters'>): string =>
  [
    ...clauses(sql)
      .flatMap(wrapped)
      .map((line) => pc.cyan(line)),
    ...(parameters.length === 0 ? [] : [pc.dim(cut(wrapAt, `-- ${parameters.map(shownValue).join(', ')}`))]),
  ]
    .map((line) => `  ${line}`)
    .join('\n')

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
  /^(?:FROM|WHERE|GROUP BY|HAVING|ORDER BY|LIMIT|(?:INNER |LEFT |CROSS )?JOIN|UNION(?: ALL)?|EXCEPT|INTERSECT|VALUES|SET|RETURNING) /

/** The pieces of SQL that are quoted, and those between. */
const tokens = (sql: string): ReadonlyArray<string> =>
  sql.match(/"[^"]*"|`[^`]*`|'[^']*'|[^"`']+?(?=["`'\s()]|$)|./gs) ?? []

/** Where the clauses of the outermost SELECT begin. */
const clauses = (sql: string): ReadonlyArray<string> => {
  const lines: Array<string> = []
  let line = ''
  let depth = 0
  let at = 0
  for (const token of tokens(sql)) {
    if (token === '(') depth += 1
    if (token === ')') depth -= 1
    const begins = depth === 0 && line.endsWith(' ') && clause.test(sql.slice(at))
    if (begins && !(line.endsWith('LEFT ') || line.endsWith('INNER ') || line.endsWith('CROSS '))) {
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
  return typeof value === 'string' ? JSON.stringify(value) : String(value)
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

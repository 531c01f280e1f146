/**
 * Raw SQL: text of the user's own with what is bound or rendered in between.
 */
import type { RawNode } from '../expr/call-node.js'
import type { TextNode } from '../expr/query-node.js'
import { rawProblem } from '../expr/raw-text.js'
import type { TextSource } from '../expr/source.js'
import { illFormed } from './compile-error.js'
import { type Context, failed, nextAlias, slot } from './context.js'
import type { Sql } from './sql.js'
import { sql } from './sql.js'

/** Texts with fragments in between, one fewer. */
const woven = (texts: ReadonlyArray<string>, between: ReadonlyArray<Sql>): Sql =>
  texts.flatMap((text, i): Sql => [...(i === 0 ? [] : (between[i - 1] ?? ['NULL'])), text])

/** A comment that ends with its line would hide what follows. */
const lineEnd = (texts: ReadonlyArray<string>): string => (texts.at(-1)?.includes('--') === true ? '\n' : '')

/** Trusted text as an expression, with the expressions in their places. */
export const rawSql = (context: Context, node: RawNode, operands: ReadonlyArray<Sql>): Sql => {
  const problem = rawProblem(node.texts, context.dialect.name)
  if (problem !== null) return failed(context, illFormed(`raw SQL: ${problem}`))
  return sql`(${woven(node.texts, operands)}${lineEnd(node.texts)})`
}

/** A number of rows takes no cast around it on every engine. */
const isRowCount = (before: string): boolean => /\b(?:limit|offset)\s+$/i.test(before)

/** The text of a statement with what was bound in its places. */
export const textSql = (context: Context, { texts, operands, problem }: TextNode): Sql => {
  const wrong = problem ?? rawProblem(texts, context.dialect.name)
  if (wrong !== null) return failed(context, illFormed(`sql.text: ${wrong}`))
  const bound = operands.map((operand, i): Sql => {
    const place = 'a value of sql.text'
    return operand._tag === 'Param'
      ? [slot(context, operand, place, isRowCount(texts[i] ?? ''))]
      : failed(context, illFormed(`${place} is an expression: literal(…) and param(…) are values`))
  })
  return woven(texts, bound)
}

/** A statement of text as rows of a FROM item: its own names for its outputs are not known, so they get others. */
export const textRowsSql = (context: Context, source: TextSource): Sql => {
  const text = textSql(context, source.statement)
  const t = nextAlias(context)
  const names = source.columns.map((_, i) => `c${i}`).join(', ')
  return sql`WITH ${t} (${names}) AS (${text}${lineEnd(source.statement.texts)}) SELECT * FROM ${t}`
}

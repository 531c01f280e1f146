/**
 * Raw SQL: text of the user's own with what is bound or rendered in between.
 */
import type { RawNode } from '../expr/call-node.js'
import type { TextNode } from '../expr/query-node.js'
import { endsInComment, namedText, rawProblem } from '../expr/raw-text.js'
import type { TextSource } from '../expr/source.js'
import { illFormed } from './compile-error.js'
import { type Context, failed, nextAlias, slot } from './context.js'
import type { Sql } from './sql.js'
import { sql } from './sql.js'

/** Texts with fragments in between, one fewer. */
const woven = (texts: ReadonlyArray<string>, between: ReadonlyArray<Sql>): Sql =>
  texts.flatMap((text, i): Sql => [...(i === 0 ? [] : (between[i - 1] ?? ['NULL'])), text])

/** A comment that ends with its line would hide what follows. */
const lineEnd = ({ dialect }: Context, texts: ReadonlyArray<string>): string =>
  endsInComment(texts.join(')'), dialect.name) ? '\n' : ''

/** Trusted text as an expression, with the expressions in their places. */
export const rawSql = (context: Context, node: RawNode, operands: ReadonlyArray<Sql>): Sql => {
  const problem = rawProblem(node.texts, context.dialect.name)
  if (problem !== null) return failed(context, illFormed(`raw SQL: ${problem}`))
  return sql`(${woven(node.texts, operands)}${lineEnd(context, node.texts)})`
}

/** A number of rows takes no cast around it on every engine. */
const isRowCount = (before: string): boolean => /\b(?:limit|offset)\s+$/i.test(before)

const quoted = (names: Iterable<string>): string => [...new Set(names)].map((name) => `"${name}"`).join(', ')

/** A parameter without a value, or a value without a parameter. */
const bindProblem = (names: ReadonlyArray<string>, bound: ReadonlyArray<string>): string | null => {
  const missing = names.filter((name) => !bound.includes(name))
  if (missing.length > 0) return `no value was bound for ${quoted(missing)}`
  const extra = bound.filter((name) => !names.includes(name))
  return extra.length > 0 ? `a value was bound for ${quoted(extra)}, which the text does not mention` : null
}

/** The text of a statement with what was bound in its places. */
export const textSql = (context: Context, node: TextNode): Sql => {
  const engine = context.dialect.name
  const { texts, names } = namedText(node.text, engine)
  const wrong = bindProblem(names, node.names) ?? rawProblem(texts, engine)
  if (wrong !== null) return failed(context, illFormed(`sql.text: ${wrong}: ${node.text}`))
  const bound = names.map((name, i): Sql => {
    const operand = node.operands[node.names.indexOf(name)]
    const place = `the value of :${name}`
    return operand?._tag === 'Param'
      ? [slot(context, operand, place, isRowCount(texts[i] ?? ''))]
      : failed(context, illFormed(`${place} is an expression: literal(…) and param(…) are values`))
  })
  return woven(texts, bound)
}

/** A statement of text as rows of a FROM item: what its outputs are called is known only where they are found by name. */
export const textRowsSql = (context: Context, source: TextSource): Sql => {
  const { statement } = source
  const text = textSql(context, statement)
  const end = lineEnd(context, [statement.text])
  const t = nextAlias(context)
  if (statement.outputs === null) {
    const names = source.columns.map((_, i) => `c${i}`).join(', ')
    return sql`WITH ${t} (${names}) AS (${text}${end}) SELECT * FROM ${t}`
  }
  const outputs = statement.outputs.map((name, i) => `${t}.${context.dialect.quote(name)} AS c${i}`).join(', ')
  return sql`WITH ${t} AS (${text}${end}) SELECT ${outputs} FROM ${t}`
}

/**
 * The SQL of expressions of the user's own: their renderers write it around what is written already.
 */
import { isLeft } from 'fp-ts/lib/Either.js'

import type { CustomNode, Rendering, RenderedSql, Renderer } from '../expr/custom-node.js'
import { dataProblem } from '../expr/custom-node.js'
import { rawProblem } from '../expr/raw-text.js'
import { type CompileError, illFormed, unsupported } from './compile-error.js'
import type { Dialect } from './dialect.js'
import { join, type Sql, sql } from './sql.js'

// -------------------------------------------------------------------------------------
// what a renderer holds
// -------------------------------------------------------------------------------------

const written: unique symbol = Symbol('relvar/rendered')

const wrapped = (fragment: Sql): RenderedSql =>
  // The brand of the type is this symbol, which nothing but this file can set.
  Object.freeze({ [written]: fragment }) as unknown as RenderedSql

const unwrapped = (u: unknown): Sql => {
  if (typeof u !== 'object' || u === null || !(written in u))
    throw new TypeError('only SQL that was written already is interpolated: a value is an operand')
  // As in `wrapped`.
  return u[written] as Sql
}

const isTemplate = (u: unknown): u is TemplateStringsArray => Array.isArray(u) && 'raw' in u && Array.isArray(u.raw)

const template =
  (dialect: Dialect): Rendering['sql'] =>
  (texts, ...parts) => {
    if (!isTemplate(texts)) throw new TypeError('sql is a template: sql`…`')
    const problem = rawProblem(texts, dialect.name)
    if (problem !== null) throw new TypeError(problem)
    const between = parts.map(unwrapped)
    return wrapped(texts.flatMap((text, i): Sql => [...(i === 0 ? [] : (between[i - 1] ?? [])), text]))
  }

const rendering = (dialect: Dialect, operands: ReadonlyArray<Sql>, data: unknown): Rendering<unknown> => ({
  engine: dialect.name,
  operand: (at) => wrapped(operands[at] ?? ['NULL']),
  operands: operands.map(wrapped),
  data,
  sql: template(dialect),
  name: (name) => wrapped([dialect.quote(String(name))]),
  digits: (n) => {
    if (!Number.isSafeInteger(n)) throw new TypeError('digits are those of a whole number')
    return wrapped([String(n)])
  },
  list: (parts) => wrapped(join(parts.map(unwrapped), ', ')),
})

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/** What a renderer writes, in parentheses; Left is what it threw. */
export const renderedBy = (
  what: string,
  renderer: Renderer<unknown>,
  dialect: Dialect,
  operands: ReadonlyArray<Sql>,
  data: unknown,
): Sql | CompileError => {
  try {
    return sql`(${unwrapped(renderer(rendering(dialect, operands, data)))})`
  } catch (thrown) {
    return illFormed(`${what}: ${thrown instanceof Error ? thrown.message : String(thrown)}`)
  }
}

/** The SQL of an expression of the user's own: a derived dialect's words, the definition's for the engine, or those of all. */
export const customSql = (dialect: Dialect, node: CustomNode, operands: ReadonlyArray<Sql>): Sql | CompileError => {
  const { form } = node
  const renderer =
    dialect.renderers.custom.get(form.name) ?? form.render.get(dialect.name) ?? form.render.get('others') ?? null
  if (renderer === null)
    return unsupported(
      dialect.name,
      `say "${form.name}"`,
      'its definition has no SQL for it: add it to "render", or derive a dialect that knows it',
    )
  const problem = dataProblem(node)
  if (problem !== null) return illFormed(problem)
  const data = form.data === null ? null : form.data.decode(node.data)
  if (data !== null && isLeft(data)) return illFormed(`"${form.name}": its data are none`)
  return renderedBy(`"${form.name}"`, renderer, dialect, operands, data === null ? null : data.right)
}

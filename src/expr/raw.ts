/**
 * Raw SQL: text of the user's own as an expression and as a whole statement. Values are bound and expressions rendered in their
 * places; only trusted text becomes text.
 */
import { raw as rawNode } from './call-node.js'
import type { ColumnSpec } from './column.js'
import type { Expr, NulOf, SrcOf } from './expr.js'
import { expr } from './expr.js'
import { shownName } from './name.js'
import type { ExprNode } from './node.js'
import { type RawValue, shownValue } from './raw-value.js'
import { textStatement } from './text-statement.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

declare const RawT: unique symbol

/** Text that stands in SQL as it is. */
export interface TrustedText {
  readonly [RawT]: true
}

/** What can be interpolated: an expression, a value, trusted text. */
export type RawPart = Expr<unknown, string, string> | RawValue | TrustedText

/** A function of SQL by its name. */
export type SqlFunction<A> = <Es extends ReadonlyArray<Expr<unknown, string, string> | RawValue>>(
  ...args: Es
) => Expr<A, SrcOf<Es[number]>, NulOf<Es[number]>>

// -------------------------------------------------------------------------------------
// trusted text
// -------------------------------------------------------------------------------------

const trusted: unique symbol = Symbol('relvar/trusted')

/**
 * Text that stands in raw SQL as it is: the one way for text into SQL. Whoever writes it answers for it: never give it what came
 * from outside.
 *
 * @example
 * import { raw, sql, integer } from 'relvar'
 *
 * const ascending = true
 * sql(integer)`row_number() over (order by id ${raw(ascending ? 'asc' : 'desc')})`
 *
 * @category constructors
 * @since 0.1.0
 */
export const raw = (text: string): TrustedText => {
  if (typeof text !== 'string') throw new TypeError('raw takes text')
  // The brand of the type is this symbol, which no JSON can have.
  return Object.freeze({ [trusted]: text }) as unknown as TrustedText
}

/** Trusted text as text; null where it is none. */
export const trustedText = (u: unknown): string | null =>
  typeof u === 'object' && u !== null && trusted in u && typeof u[trusted] === 'string' ? u[trusted] : null

// -------------------------------------------------------------------------------------
// expressions
// -------------------------------------------------------------------------------------

/** Texts and operands: trusted text joins the texts beside it. */
const woven = (
  texts: ReadonlyArray<string>,
  parts: ReadonlyArray<unknown>,
): { readonly texts: ReadonlyArray<string>; readonly operands: ReadonlyArray<ExprNode> } => {
  const made: Array<string> = [texts[0] ?? '']
  const operands: Array<ExprNode> = []
  for (const [i, part] of parts.entries()) {
    const after = texts[i + 1] ?? ''
    const text = trustedText(part)
    if (text === null) {
      operands.push(shownValue(part))
      made.push(after)
    } else made[made.length - 1] = `${made.at(-1) ?? ''}${text}${after}`
  }
  return { texts: made, operands }
}

const isSpec = (u: unknown): u is ColumnSpec<unknown> =>
  typeof u === 'object' && u !== null && 'type' in u && 'nullable' in u

const tagged =
  <A>(of: ColumnSpec<A>) =>
  <Es extends ReadonlyArray<RawPart>>(
    texts: TemplateStringsArray,
    ...parts: Es
  ): Expr<A, SrcOf<Es[number]>, NulOf<Es[number]>> => {
    if (!isSpec(of)) throw new TypeError('sql takes the type of the expression first: sql(integer)`…`')
    const made = woven(texts, parts)
    return expr(rawNode(made.texts, made.operands, of.type, of.nullable))
  }

/**
 * Raw SQL. `sql(type)` and a template make an expression of that type: what is interpolated is bound, or rendered where it is an
 * expression, which also tells which sources it mentions. `sql.text` makes a whole statement.
 *
 * In memory it has no meaning (`NotEvaluable`), and each engine reads it in its own words.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { boolean, from, integer, sql, table, text, where } from 'relvar'
 *
 * const users = table('users', { id: integer, name: text })
 * pipe(from(users), where(sql(boolean)`${users.id} < ${224} and ${users.name} = ${'fred'}`))
 *
 * const byName = sql.text('SELECT id, name FROM users WHERE name = :name')
 * byName.bind({ name: 'fred' }).columns({ id: integer, name: text })
 *
 * @category constructors
 * @since 0.1.0
 */
export const sql = Object.freeze(Object.assign(tagged, { text: textStatement }))

/**
 * A function of the engine by its name, with the type of what it gives: of one row, no aggregate. It may give null where the type
 * says so (`nullable(text)`).
 *
 * @throws TypeError where the name is not one of letters, digits and `_`, with a schema before it or without.
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { double, fn, from, select, table } from 'relvar'
 *
 * const shapes = table('shapes', { side: double })
 * pipe(from(shapes), select({ root: fn('sqrt', double)(shapes.side) }))
 *
 * @category constructors
 * @since 0.1.0
 */
export const fn = <A>(name: string, type: ColumnSpec<A>): SqlFunction<A> => {
  if (typeof name !== 'string' || !/^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)?$/.test(name))
    throw new TypeError(`fn: ${shownName(name)} is no name of a function`)
  if (!isSpec(type)) throw new TypeError(`fn: ${name} takes the type of what it gives`)
  return (...args) => {
    const operands = args.map(shownValue)
    const texts = operands.length === 0 ? [`${name}()`] : [`${name}(`, ...operands.slice(1).map(() => ', '), ')']
    return expr(rawNode(texts, operands, type.type, type.nullable))
  }
}

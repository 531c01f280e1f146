/**
 * One term of an order, wherever an order stands: behind a query, in a window, in an aggregate.
 */
import { mentionedAlone } from '../expr/children.js'
import type { ExprNode } from '../expr/node.js'
import { type Context, noted } from './context.js'
import { type Sql, sql } from './sql.js'

/** An order with its nulls where they belong; spelled out only where the expression can be null, or no index serves it. */
export const orderTerm = (
  context: Context,
  term: Sql,
  { direction, nulls }: { readonly direction: 'asc' | 'desc'; readonly nulls: 'first' | 'last' },
  nullable: boolean,
): Sql => {
  const { features } = context.dialect
  const word = direction === 'desc' ? ' DESC' : ''
  const natural = (direction === 'asc') === (features.nullsAscending === 'first') ? 'first' : 'last'
  if (!nullable || nulls === natural) return sql`${term}${word}`
  if (features.nullsOrder) return sql`${term}${word} NULLS ${nulls === 'first' ? 'FIRST' : 'LAST'}`
  return spelledOrder(context, term, { direction, nulls })
}

/** An order that says with an expression of its own where nulls belong. */
export const spelledOrder = (
  context: Context,
  term: Sql,
  { direction, nulls }: { readonly direction: 'asc' | 'desc'; readonly nulls: 'first' | 'last' },
): Sql => {
  const written = sql`(${term} IS ${nulls === 'first' ? 'NOT ' : ''}NULL), ${term}${direction === 'desc' ? ' DESC' : ''}`
  return noted(context, 'rows are ordered by whether the value is null first', written)
}

/** Whether a text is nothing but one value, as a cast may be that an engine has no need of: it could be taken for a position. */
const isBare = (written: Sql): boolean => {
  const slots = written.filter((piece) => typeof piece !== 'string')
  return (
    slots.length === 1 &&
    written.every((piece) => /^[\s()+-]*$/.test(typeof piece === 'string' ? piece : piece.before + piece.after))
  )
}

/** SQLite calculates what has no column before it looks for positions. */
const isCalculated = ({ dialect }: Context, e: ExprNode): boolean =>
  dialect.name === 'sqlite' && mentionedAlone(e)?.size === 0

/** A written expression to order or to group by: a bare parameter must not be taken for a position. */
export const termOf = (context: Context, e: ExprNode, written: Sql): Sql =>
  e._tag === 'Param' || isBare(written) || isCalculated(context, e) ? context.dialect.constant(written) : written

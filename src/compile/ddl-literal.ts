/**
 * Values as text: DDL takes no parameters on any engine.
 */
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'

import type { ParamNode } from '../expr/node.js'
import { bind, noBindings } from './bind.js'
import { type CompileError, illFormed } from './compile-error.js'
import type { Dialect } from './dialect.js'
import { type Slot, type Sql, sql } from './sql.js'
import type { Wire } from './statement.js'

const hex = (bytes: Uint8Array): string => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')

/** A double as text that no engine takes for an integer or a decimal. */
const double = (n: number): string => {
  const text = String(n)
  return text.includes('e') ? text : `${text}e0`
}

/** A number that a cast or an operator may stand beside: `-5::bigint` would be the minus of a cast. */
const apart = (text: string): string => (text.startsWith('-') ? `(${text})` : text)

/** What a driver would bind, as a literal of the dialect. */
export const wireLiteral = (dialect: Dialect, value: Wire): string => {
  if (value === null) return 'NULL'
  if (typeof value === 'bigint') return apart(String(value))
  if (typeof value === 'string') return dialect.ddl.literal(value)
  if (value instanceof Uint8Array) return dialect.name === 'postgres' ? `'\\x${hex(value)}'` : `X'${hex(value)}'`
  // PostgreSQL's wire has no doubles but those that a cast follows, and takes digits for what the place asks for.
  return apart(dialect.name === 'postgres' ? String(value) : double(value))
}

const heldByNoLiteral = (value: Wire): boolean => typeof value === 'string' && value.includes('\0')

/** A fragment with its values written into it; `params` are those of the tree that it was made of. */
export const literalSql = (
  dialect: Dialect,
  fragment: Sql,
  params: ReadonlyArray<ParamNode>,
): Either<CompileError, string> => {
  const slots = fragment.filter((piece): piece is Slot => typeof piece !== 'string')
  const hole = params.find(({ kind }) => kind._tag === 'Hole')?.kind
  if (hole?._tag === 'Hole')
    return left(illFormed(`a definition takes no parameters: "${hole.name}" would have no value; say the value itself`))
  // The key of a row that is not written yet is no value either.
  const wires = bind(slots, params, noBindings, [])
  if (isLeft(wires)) return left(illFormed(`a definition holds its values: ${wires.left.message}`))
  if (wires.right.some(heldByNoLiteral)) return left(illFormed('a definition cannot hold a text with a NUL'))
  let at = 0
  const text = fragment.map((piece) => {
    if (typeof piece === 'string') return piece
    if (piece.unsent === true) return ''
    const value = wires.right[at] ?? null
    at += 1
    return piece.before + wireLiteral(dialect, value) + piece.after
  })
  return right(text.join(''))
}

/** The dialect for texts of literals: one that is ordered or grouped by would be taken for the position of an output. */
export const withoutPositions = (dialect: Dialect): Dialect => ({
  ...dialect,
  constant: (term) => sql`coalesce(${term}, NULL)`,
})

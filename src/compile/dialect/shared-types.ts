/**
 * What the types of all dialects share: the form of a type without a word of its own, and what stands over it.
 */
import { plainOf, type SqlType } from '../../expr/sql-type.js'
import type { TypeForm } from '../dialect.js'
import * as encode from '../encode.js'
import type { Encode } from '../sql.js'

/** A form whose fields are the usual ones. */
export const form = (ddl: string, encoder: Encode, more: Partial<TypeForm> = {}): TypeForm => ({
  ddl,
  cast: null,
  encode: encoder,
  jsonColumn: ddl,
  element: encoder,
  fromElement: asText,
  check: null,
  problem: null,
  ...more,
})

const asText = (element: string): string => element

/** The form of a type that the dialect has not, and what to use instead. */
export const absent = (what: string, instead: string): TypeForm =>
  form('text', () => ({ _tag: 'Refused', reason: `is of a type that the engine has not` }), {
    problem: { what, instead },
  })

/** The forms of a dialect, with the codecs that stand over a type. Each is made once for a type, which nobody can tell. */
export const withRefinements = (
  plain: (type: SqlType<unknown>) => TypeForm,
): ((type: SqlType<unknown>) => TypeForm) => {
  const known = new WeakMap<SqlType<unknown>, TypeForm>()
  const make = (type: SqlType<unknown>): TypeForm => {
    const below = plain(plainOf(type))
    return type.refinement === null && type.secretOf === null
      ? below
      : { ...below, encode: encode.refined(type, below.encode), element: encode.refined(type, below.element) }
  }
  return (type) => {
    const before = known.get(type)
    if (before !== undefined) return before
    const made = make(type)
    known.set(type, made)
    return made
  }
}

/** Whole numbers in a range, as a CHECK. */
export const between =
  (least: number | string, most: number | string) =>
  (column: string): string =>
    `${column} BETWEEN ${least} AND ${most}`

/** One of some texts, as a CHECK. */
export const among =
  (members: ReadonlyArray<string>, literal: (text: string) => string) =>
  (column: string): string =>
    `${column} IN (${members.map(literal).join(', ')})`

/** Two hexadecimal digits a byte. */
export const hex = (bytes: Uint8Array): string => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')

/**
 * Functions of text as SQL: case, length, blanks, and texts joined by a separator.
 */
import type { TextFunction } from '../expr/text-functions.js'
import { all, form, type FunctionForm, named, noting, type Render, textTags } from './function-form.js'
import { join, sql } from './sql.js'
import { textParts } from './text-parts.js'
import { textSearch } from './text-search.js'

const text = all(textTags, 'text')

/** `concat_ws` came to SQLite with 3.44: each part that is there with a separator before it, without the first separator. */
const joinedBySqlite: Render = ({ operand, operands }) => {
  const parts = operands.slice(1).map((part) => sql`coalesce(${operand(0)} || ${part}, '')`)
  return sql`substr(${join(parts, ' || ')}, length(${operand(0)}) + 1)`
}

export const textFunctions: { readonly [N in TextFunction]: FunctionForm } = {
  lower: form(text, named('lower')),
  upper: form(text, named('upper')),
  charLength: form(text, named('char_length'), { sqlite: named('length') }),
  byteLength: form(text, named('octet_length'), {
    sqlite: noting('the length of the text as bytes', ({ operand }) => sql`length(CAST(${operand(0)} AS BLOB))`),
  }),
  trim: form(text, named('trim'), { postgres: named('btrim') }),
  ltrim: form(text, named('ltrim')),
  rtrim: form(text, named('rtrim')),
  concatWs: form(text, named('concat_ws'), {
    sqlite: noting('each part that is there brings its separator', joinedBySqlite),
  }),
  ...textParts,
  ...textSearch,
}

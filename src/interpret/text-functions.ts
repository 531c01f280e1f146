/**
 * The meaning of functions of text: case, length, blanks, and texts joined by a separator.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { TextFunction } from '../expr/text-functions.js'
import { notEvaluable } from './eval-error.js'
import type { Meaning } from './function-meaning.js'
import { textParts } from './text-parts.js'
import { textSearch } from './text-search.js'

const ofText =
  (f: (text: string) => unknown): Meaning =>
  ([value], node) =>
    typeof value === 'string' ? E.right(f(value)) : E.left(notEvaluable(`${node.name}: the operand is text`))

/** UTF-8 has one byte for ASCII, up to four for the rest. */
const bytes = (text: string): number => {
  let count = 0
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0
    count += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return count
}

const concatWs: Meaning = ([separator, ...parts]) =>
  E.right(typeof separator === 'string' ? parts.filter((part) => typeof part === 'string').join(separator) : null)

export const textFunctions: { readonly [N in TextFunction]: Meaning } = {
  lower: ofText((text) => text.toLowerCase()),
  upper: ofText((text) => text.toUpperCase()),
  charLength: ofText((text) => Array.from(text).length),
  byteLength: ofText(bytes),
  trim: ofText((text) => text.replace(/^ +/, '').replace(/ +$/, '')),
  ltrim: ofText((text) => text.replace(/^ +/, '')),
  rtrim: ofText((text) => text.replace(/ +$/, '')),
  concatWs,
  ...textParts,
  ...textSearch,
}

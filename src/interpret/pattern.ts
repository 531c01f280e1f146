/**
 * LIKE: `%` is any text, `_` any character (a code point), `!` takes what follows literally.
 */
import * as E from 'fp-ts/lib/Either.js'

import { invalidValue } from '../compile/load-error.js'
import type { Result } from './eval-error.js'

type Piece = { readonly _tag: 'Any' } | { readonly _tag: 'One' } | { readonly _tag: 'Exactly'; readonly text: string }

const pieces = (pattern: string): Result<ReadonlyArray<Piece>> => {
  const made: Array<Piece> = []
  let escaped = false
  for (const text of pattern) {
    if (escaped) made.push({ _tag: 'Exactly', text })
    else if (text === '%') made.push({ _tag: 'Any' })
    else if (text === '_') made.push({ _tag: 'One' })
    else if (text !== '!') made.push({ _tag: 'Exactly', text })
    escaped = !escaped && text === '!'
  }
  // One engine refuses it, another never matches, a third takes the `!` literally.
  return escaped ? E.left(invalidValue('like', 'the pattern ends in the escape character "!"')) : E.right(made)
}

/** The places of `text` at which the pieces so far can end: 0 to its length. */
const step =
  (text: ReadonlyArray<string>) =>
  (ends: ReadonlySet<number>, piece: Piece): ReadonlySet<number> => {
    if (piece._tag === 'Any') {
      const first = Math.min(...ends)
      return ends.size === 0 ? ends : new Set(Array.from({ length: text.length + 1 - first }, (_, i) => first + i))
    }
    const next = new Set<number>()
    for (const at of ends) if (at < text.length && (piece._tag === 'One' || text[at] === piece.text)) next.add(at + 1)
    return next
  }

/** Whether the whole text matches. */
export const matches = (text: string, pattern: string): Result<boolean> => {
  const made = pieces(pattern)
  if (E.isLeft(made)) return made
  const characters = Array.from(text)
  return E.right(made.right.reduce(step(characters), new Set([0])).has(characters.length))
}

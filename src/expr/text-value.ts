/**
 * What text every engine keeps, and the texts that mean something: UUIDs.
 */
import * as E from 'fp-ts/lib/Either.js'

const loneSurrogate = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/

// String.prototype.isWellFormed came with Node.js 20; its type came with ES2024. It looks at no character of most texts.
const native = (String.prototype as { readonly isWellFormed?: (this: string) => boolean }).isWellFormed
const isWellFormed = (text: string): boolean => (native === undefined ? !loneSurrogate.test(text) : native.call(text))

/** Text that every engine stores unchanged: no NUL and no lone surrogate. */
export const isText = (u: unknown): u is string => typeof u === 'string' && !u.includes('\0') && isWellFormed(u)

/** How many characters (code points) a text has, as SQL counts them. */
export const characters = (text: string): number => {
  let n = 0
  for (const _ of text) n++
  return n
}

/** Whether `text` has at most `length` characters (code points, as SQL counts them). */
export const fits = (text: string, length: number): boolean => text.length <= length || characters(text) <= length

/** A text without the blanks at its end. */
export const trimmed = (text: string): string => text.replace(/ +$/, '')

const uuidPattern = /^([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})$/i

/** The one spelling of a UUID: lower case, with four dashes. */
export const uuidFromText = (text: string): E.Either<string, string> => {
  const m = uuidPattern.exec(text)
  return m === null
    ? E.left('is no UUID such as "0190c2a4-1c2b-7d3e-8f4a-5b6c7d8e9f00"')
    : E.right(m.slice(1).join('-').toLowerCase())
}

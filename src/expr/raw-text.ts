/**
 * Reading text of SQL that a user wrote as the engine reads it: what is code in it, and what is a string, a quoted name or a comment.
 */
import type { EngineName } from './custom-node.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A part of a text: code, or what is closed in itself (a string, a quoted name, a comment). */
interface Part {
  readonly code: boolean
  readonly text: string
  /** A closed part whose end is missing, or a comment that ends with its line. */
  readonly open: boolean
}

/** A text without its parameters: one text more than there are names. */
export interface NamedText {
  readonly texts: ReadonlyArray<string>
  readonly names: ReadonlyArray<string>
}

/** What is closed in itself: how it begins, and where it ends after that; -1 where its end is missing. */
interface Closed {
  readonly begins: RegExp
  readonly end: (text: string, from: number, begun: string) => number
}

// -------------------------------------------------------------------------------------
// what is closed in itself
// -------------------------------------------------------------------------------------

/** Up to a quote that is not doubled. */
const doubled =
  (quote: string) =>
  (text: string, from: number): number => {
    for (let at = text.indexOf(quote, from); at >= 0; at = text.indexOf(quote, at + 2))
      if (text[at + 1] !== quote) return at + 1
    return -1
  }

/** Up to a quote that is neither doubled nor behind a backslash. */
const escaped =
  (quote: string) =>
  (text: string, from: number): number => {
    for (let at = from; at < text.length; at++) {
      if (text[at] === '\\') at++
      else if (text[at] === quote) {
        if (text[at + 1] !== quote) return at + 1
        at++
      }
    }
    return -1
  }

const upTo =
  (end: string) =>
  (text: string, from: number): number => {
    const at = text.indexOf(end, from)
    return at < 0 ? -1 : at + end.length
  }

/** Comments inside of comments: each has its own end. */
const nestedComment = (text: string, from: number): number => {
  const marks = /\/\*|\*\//g
  marks.lastIndex = from
  let depth = 1
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    depth += mark[0] === '/*' ? 1 : -1
    if (depth === 0) return mark.index + 2
  }
  return -1
}

const closed = (begins: string, end: Closed['end']): Closed => ({ begins: new RegExp(begins, 'y'), end })

const line = upTo('\n')

// The sessions of relvar are set to standard_conforming_strings (PostgreSQL), and have neither NO_BACKSLASH_ESCAPES nor
// ANSI_QUOTES (MySQL, MariaDB), so that a text has one reading an engine.
const postgres: ReadonlyArray<Closed> = [
  closed(String.raw`(?<![\w$])[eE]'`, escaped("'")),
  closed("'", doubled("'")),
  closed('"', doubled('"')),
  closed('--', line),
  closed(String.raw`/\*`, nestedComment),
  closed(String.raw`(?<![\w$])\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$`, (text, from, begun) =>
    upTo(begun)(text, from),
  ),
]

/** A comment that begins with a mark is code that the engine runs. */
const ofMysql = (marked: string): ReadonlyArray<Closed> => [
  closed("'", escaped("'")),
  closed('"', escaped('"')),
  closed('`', doubled('`')),
  closed(String.raw`--(?=[\s\x00-\x1f]|$)`, line),
  closed('#', line),
  closed(String.raw`/\*(?!${marked})`, upTo('*/')),
]

const sqlite: ReadonlyArray<Closed> = [
  closed("'", doubled("'")),
  closed('"', doubled('"')),
  closed('`', doubled('`')),
  closed(String.raw`\[`, upTo(']')),
  closed('--', line),
  closed(String.raw`/\*`, upTo('*/')),
]

const closedOf: Readonly<Record<EngineName, ReadonlyArray<Closed>>> = {
  postgres,
  mysql: ofMysql('!'),
  mariadb: ofMysql('M?!'),
  sqlite,
}

/** Where anything closed may begin. */
const beginnings = /['"`\-/#$[eE]/g

const closedAt = (text: string, at: number, all: ReadonlyArray<Closed>): { readonly end: number } | null => {
  for (const { begins, end } of all) {
    begins.lastIndex = at
    const begun = begins.exec(text)
    if (begun !== null) return { end: end(text, at + begun[0].length, begun[0]) }
  }
  return null
}

/** The parts of a text in order. */
const partsOf = (text: string, engine: EngineName): ReadonlyArray<Part> => {
  const all = closedOf[engine]
  const parts: Array<Part> = []
  let code = 0
  let at = 0
  while (at < text.length) {
    beginnings.lastIndex = at
    const next = beginnings.exec(text)
    if (next === null) break
    const found = closedAt(text, next.index, all)
    at = next.index + 1
    if (found === null) continue
    if (next.index > code) parts.push({ code: true, text: text.slice(code, next.index), open: false })
    at = found.end < 0 ? text.length : found.end
    parts.push({ code: false, text: text.slice(next.index, at), open: found.end < 0 })
    code = at
  }
  if (code < text.length) parts.push({ code: true, text: text.slice(code), open: false })
  return parts
}

// -------------------------------------------------------------------------------------
// parameters
// -------------------------------------------------------------------------------------

// A name after one colon: not after another (a cast), not after a letter or digit (a slice, a label), not after a backslash, and
// not before one more, unless that begins a cast.
const named = /(?<![:\w\\]):([A-Za-z_]\w*)(?![\w]|:(?!:))/g

const plain = (code: string): string => code.replaceAll('\\:', ':')

/** Takes the names of parameters (`:name`) out of a text; `\:` is a colon. */
export const namedText = (text: string, engine: EngineName): NamedText => {
  const texts: Array<string> = []
  const names: Array<string> = []
  let before = ''
  for (const part of partsOf(text, engine)) {
    if (!part.code) {
      before += part.text
      continue
    }
    let at = 0
    for (const match of part.text.matchAll(named)) {
      texts.push(before + plain(part.text.slice(at, match.index)))
      names.push(match[1] ?? '')
      before = ''
      at = match.index + match[0].length
    }
    before += plain(part.text.slice(at))
  }
  return { texts: [...texts, before], names }
}

// -------------------------------------------------------------------------------------
// problems
// -------------------------------------------------------------------------------------

/** Whether a backslash stands before the quote that ends a string, which elsewhere would not end there. */
const isAmbiguous = (part: Part): boolean => !part.code && part.text.startsWith("'") && /\\'/.test(part.text)

/** Placeholders of the engine's own. */
const placeholders: Readonly<Record<EngineName, RegExp>> = {
  postgres: /(?<![\w$])\$\d/,
  mysql: /\?/,
  mariadb: /\?/,
  sqlite: /\?|(?<![\w$])[:@$]\w/,
}

/** A comment that ends with its line. */
const isLineComment = ({ text }: Part): boolean => text.startsWith('--') || text.startsWith('#')

/**
 * Why a parameter cannot be put between these texts, or null: a placeholder inside a string or comment is text to an engine, and
 * placeholders of the user's own count as relvar's.
 */
export const rawProblem = (texts: ReadonlyArray<string>, engine: EngineName): string | null => {
  let before = ''
  for (const [i, text] of texts.entries()) {
    // A parenthesis stands for what comes between two texts: it ends no string and begins none, and is no part of a word.
    before += (i === 0 ? '' : ')') + text
    if (i < texts.length - 1 && partsOf(`${before})`, engine).at(-1)?.open === true)
      return 'a value or an expression stands inside a string, a quoted name or a comment: it stands outside of them'
  }
  const parts = partsOf(before, engine)
  if (engine !== 'mysql' && engine !== 'mariadb' && parts.some(isAmbiguous))
    return "a backslash before a quote ends a string here and not on other engines: double the quote (''), or bind the text"
  if (parts.some((part) => part.open && !isLineComment(part))) return 'a string, a quoted name or a comment has no end'
  return parts.some((part) => part.code && placeholders[engine].test(part.text))
    ? 'it has a placeholder of its own: values are bound by :name or by an interpolation'
    : null
}

/** Whether a comment that ends with its line stands at the end, and would hide what follows. */
export const endsInComment = (text: string, engine: EngineName): boolean => partsOf(text, engine).at(-1)?.open === true

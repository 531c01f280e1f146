/**
 * Regular expressions that mean one thing everywhere: a pattern is read as what all engines have, and written anew for each.
 */
import * as E from 'fp-ts/lib/Either.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

type ClassPart =
  | { readonly _tag: 'Range'; readonly from: string; readonly to: string }
  | { readonly _tag: 'Shorthand'; readonly of: Shorthand }

type Shorthand = 'd' | 'w' | 's'

type Token =
  | { readonly _tag: 'Char'; readonly char: string }
  | { readonly _tag: 'Class'; readonly negated: boolean; readonly parts: ReadonlyArray<ClassPart> }
  | { readonly _tag: 'Any' | 'Start' | 'End' | 'Or' | 'Open' | 'Close' }
  | { readonly _tag: 'Repeat'; readonly text: string }

/** A pattern that was understood. */
export type Pattern = ReadonlyArray<Token>

/** Who reads the written pattern. */
export type RegexReader = 'postgres' | 'mysql' | 'mariadb' | 'javascript'

// -------------------------------------------------------------------------------------
// reading
// -------------------------------------------------------------------------------------

/** PostgreSQL counts no further. */
const mostRepeats = 255

const controls: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' }

const isShorthand = (char: string): char is Shorthand => char === 'd' || char === 'w' || char === 's'

const bad = (why: string): E.Either<string, never> => E.left(`the pattern ${why}`)

/** What may stand before a quantifier. */
const isAtom = (token: Token | undefined): boolean =>
  token?._tag === 'Char' || token?._tag === 'Class' || token?._tag === 'Any' || token?._tag === 'Close'

/** What follows a backslash outside of brackets. */
const escapedToken = (char: string | undefined): E.Either<string, Token> => {
  if (char === undefined) return bad('ends in a backslash')
  const low = char.toLowerCase()
  if (isShorthand(low))
    return E.right({ _tag: 'Class', negated: low !== char, parts: [{ _tag: 'Shorthand', of: low }] })
  const control = controls[char]
  if (control !== undefined) return E.right({ _tag: 'Char', char: control })
  return /[A-Za-z0-9]/.test(char)
    ? bad(`has "\\${char}", which engines read differently`)
    : E.right({ _tag: 'Char', char })
}

interface Read<A> {
  readonly token: A
  /** Where to read on. */
  readonly next: number
}

/** One character of a bracket expression, or a shorthand. */
const classPart = (chars: ReadonlyArray<string>, at: number): E.Either<string, Read<ClassPart>> => {
  const char = chars[at]
  if (char === undefined) return bad('has a bracket that is not closed')
  const single = (c: string, next: number): E.Either<string, Read<ClassPart>> =>
    E.right({ token: { _tag: 'Range', from: c, to: c }, next })
  if (char === '[') return bad('has a bracket inside brackets: "\\[" means itself')
  if (char !== '\\') return single(char, at + 1)
  const escaped = chars[at + 1]
  if (escaped === undefined) return bad('ends in a backslash')
  if (isShorthand(escaped)) return E.right({ token: { _tag: 'Shorthand', of: escaped }, next: at + 2 })
  const control = controls[escaped]
  if (control !== undefined) return single(control, at + 2)
  return /[A-Za-z0-9]/.test(escaped)
    ? bad(`has "\\${escaped}" inside brackets, which engines read differently`)
    : single(escaped, at + 2)
}

const codeOf = (char: string): number => char.codePointAt(0) ?? 0

/** A bracket expression; `start` is the place after its `[`. */
const classToken = (chars: ReadonlyArray<string>, start: number): E.Either<string, Read<Token>> => {
  const negated = chars[start] === '^'
  const parts: Array<ClassPart> = []
  let at = negated ? start + 1 : start
  while (chars[at] !== ']') {
    const from = classPart(chars, at)
    if (E.isLeft(from)) return from
    at = from.right.next
    if (chars[at] !== '-' || chars[at + 1] === ']') {
      parts.push(from.right.token)
      continue
    }
    const to = classPart(chars, at + 1)
    if (E.isLeft(to)) return to
    const [a, b] = [from.right.token, to.right.token]
    if (a._tag !== 'Range' || b._tag !== 'Range' || codeOf(a.from) > codeOf(b.to))
      return bad('has a range that is none')
    parts.push({ _tag: 'Range', from: a.from, to: b.to })
    at = to.right.next
  }
  return parts.length === 0
    ? bad('has empty brackets')
    : E.right({ token: { _tag: 'Class', negated, parts }, next: at + 1 })
}

/** A quantifier at a place, or null where none stands. */
const repeatAt = (rest: string): string | null => /^(?:[*+?]|\{\d{1,4}(?:,\d{0,4})?\})\??/.exec(rest)?.[0] ?? null

const repeatToken = (text: string, before: Token | undefined): E.Either<string, Token> => {
  if (!isAtom(before)) return bad(`has "${text}" where there is nothing to repeat`)
  const [least = 0, most = least] = (text.match(/\d+/g) ?? []).map(Number)
  if (least > most || most > mostRepeats)
    return bad(`has "${text}": engines count from the smaller to at most ${mostRepeats}`)
  return E.right({ _tag: 'Repeat', text })
}

const tokenAt = (
  chars: ReadonlyArray<string>,
  at: number,
  before: Token | undefined,
): E.Either<string, Read<Token>> => {
  const char = chars[at] ?? ''
  const plain = (token: Token, length = 1): E.Either<string, Read<Token>> => E.right({ token, next: at + length })
  const read = (token: E.Either<string, Token>, length: number): E.Either<string, Read<Token>> =>
    E.isLeft(token) ? token : plain(token.right, length)
  switch (char) {
    case '.':
      return plain({ _tag: 'Any' })
    case '^':
      return plain({ _tag: 'Start' })
    case '$':
      return plain({ _tag: 'End' })
    case '|':
      return plain({ _tag: 'Or' })
    case ')':
      return plain({ _tag: 'Close' })
    case '(':
      if (chars[at + 1] !== '?') return plain({ _tag: 'Open' })
      return chars[at + 2] === ':'
        ? plain({ _tag: 'Open' }, 3)
        : bad('has "(?" without ":", which engines read differently')
    case '[':
      return classToken(chars, at + 1)
    case '\\':
      return read(escapedToken(chars[at + 1]), 2)
    case '*':
    case '+':
    case '?':
    case '{': {
      const text = repeatAt(chars.slice(at, at + 12).join(''))
      return text === null
        ? bad(`has "{" that begins no quantifier: "\\{" means itself`)
        : read(repeatToken(text, before), text.length)
    }
    case ']':
    case '}':
      return bad(`has "${char}" alone: "\\${char}" means itself`)
    default:
      return plain({ _tag: 'Char', char })
  }
}

/** Reads a pattern, or says what in it engines read differently. */
export const readPattern = (text: string): E.Either<string, Pattern> => {
  const chars = Array.from(text)
  const tokens: Array<Token> = []
  let open = 0
  for (let at = 0; at < chars.length; ) {
    const read = tokenAt(chars, at, tokens.at(-1))
    if (E.isLeft(read)) return read
    const { token, next } = read.right
    open += token._tag === 'Open' ? 1 : token._tag === 'Close' ? -1 : 0
    if (open < 0) return bad('closes a parenthesis that is not open')
    tokens.push(token)
    at = next
  }
  return open === 0 ? E.right(tokens) : bad('has a parenthesis that is not closed')
}

// -------------------------------------------------------------------------------------
// writing
// -------------------------------------------------------------------------------------

/** ASCII alone: beyond it engines count other characters in. */
const shorthands: Readonly<Record<Shorthand, string>> = { d: '0-9', w: 'A-Za-z0-9_', s: ' \t\n\r\f\v' }

const classChar = (char: string): string => (/[\\\][^-]/.test(char) ? `\\${char}` : char)

const classText = (parts: ReadonlyArray<ClassPart>): string =>
  // Each part once: two `&` would be an intersection for one engine.
  [
    ...new Set(
      parts.map((part) => {
        if (part._tag === 'Shorthand') return shorthands[part.of]
        return part.from === part.to ? classChar(part.from) : `${classChar(part.from)}-${classChar(part.to)}`
      }),
    ),
  ].join('')

const tokenText = (token: Token, reader: RegexReader): string => {
  switch (token._tag) {
    case 'Char':
      return /[\\^$.|?*+()[\]{}]/.test(token.char) ? `\\${token.char}` : token.char
    case 'Class':
      return `[${token.negated ? '^' : ''}${classText(token.parts)}]`
    case 'Any':
      return '.'
    case 'Start':
      return '^'
    case 'End':
      // `$` would also match before a line break at the end.
      return reader === 'mysql' || reader === 'mariadb' ? '\\z' : '$'
    case 'Or':
      return '|'
    case 'Open':
      return '(?:'
    case 'Close':
      return ')'
    case 'Repeat':
      return token.text
  }
}

/** A pattern as one engine reads it; one of nothing is a group of nothing, which MySQL asks for. */
export const writePattern = (pattern: Pattern, reader: RegexReader): string =>
  pattern.length === 0 ? '(?:)' : pattern.map((token) => tokenText(token, reader)).join('')

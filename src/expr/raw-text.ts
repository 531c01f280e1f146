/**
 * Reading text of SQL that a user wrote: what is code in it, and what is a string, a quoted name or a comment.
 */

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

// -------------------------------------------------------------------------------------
// reading
// -------------------------------------------------------------------------------------

// Strings (with the backslash as an escape after an E), quoted names, comments, dollar quotes. PostgreSQL's comments nest, so one
// inside another is met as far as its first end, and what follows reads as code: a parameter too many is refused, never sent.
const closed =
  /(?<![\w$])[eE]'(?:[^'\\]|\\[^]|'')*(?:'|$)|'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|`(?:[^`]|``)*(?:`|$)|--[^\n]*(?:\n|$)|\/\*[^]*?(?:\*\/|$)|(?<![\w$])(\$(?:[A-Za-z_]\w*)?\$)[^]*?(?:\1|$)/g

const isOpen = (text: string): boolean => {
  const first = /^[eE]'/.test(text) ? "'" : (text[0] ?? '')
  if (first === '-') return !text.endsWith('\n')
  if (first === '/') return text.length < 4 || !text.endsWith('*/')
  if (first === '$') {
    const tag = /^\$\w*\$/.exec(text)?.[0] ?? ''
    return text.length < 2 * tag.length || !text.endsWith(tag)
  }
  return !(/^[eE]?(['"`])(?:[^])*\1$/.test(text) && text.length > (/^[eE]/.test(text) ? 2 : 1))
}

/** The parts of a text in order. */
const partsOf = (text: string): ReadonlyArray<Part> => {
  const parts: Array<Part> = []
  let at = 0
  for (const match of text.matchAll(closed)) {
    if (match.index > at) parts.push({ code: true, text: text.slice(at, match.index), open: false })
    parts.push({ code: false, text: match[0], open: isOpen(match[0]) })
    at = match.index + match[0].length
  }
  if (at < text.length) parts.push({ code: true, text: text.slice(at), open: false })
  return parts
}

// A name after one colon: not after another (a cast), not after a letter or digit (a slice, a label), not after a backslash, and
// not before one more, unless that begins a cast.
const named = /(?<![:\w\\]):([A-Za-z_]\w*)(?![\w]|:(?!:))/g

/** Takes the names of parameters (`:name`) out of a text; `\:` is a colon. */
export const namedText = (text: string): NamedText => {
  const texts: Array<string> = []
  const names: Array<string> = []
  let before = ''
  for (const part of partsOf(text)) {
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

const plain = (code: string): string => code.replaceAll('\\:', ':')

/** Whether a backslash stands before the quote that ends a string: engines disagree whether it ends there. */
const isAmbiguous = (part: Part): boolean => !part.code && part.text.startsWith("'") && /\\'/.test(part.text)

/**
 * Why a parameter cannot be put between these texts, or null: a placeholder inside a string or comment is text to an engine, and
 * placeholders of the user's own count as relvar's.
 */
export const rawProblem = (texts: ReadonlyArray<string>, dialect: string): string | null => {
  let before = ''
  for (const [i, text] of texts.entries()) {
    // A number stands for what comes between two texts: it ends no string and begins none.
    before += (i === 0 ? '' : ' 0 ') + text
    const parts = partsOf(before)
    if (i < texts.length - 1 && parts.at(-1)?.open === true)
      return 'a value or an expression stands inside a string, a quoted name or a comment: it stands outside of them'
  }
  const parts = partsOf(before)
  if (parts.some(isAmbiguous))
    return "a backslash before a quote ends a string on some engines: double the quote (''), or bind the text"
  if (parts.some((part) => part.open && !part.text.startsWith('--')))
    return 'a string, a quoted name or a comment has no end'
  const own = dialect === 'postgres' ? /\$\d/ : /\?/
  return parts.some((part) => part.code && own.test(part.text))
    ? 'it has a placeholder of its own: values are bound by :name or by an interpolation'
    : null
}

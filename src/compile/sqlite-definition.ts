/**
 * The text of a table as SQLite keeps it, taken apart into columns and constraints and put together again: whoever made it, nothing
 * that it says is lost.
 */

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

type SegmentKind = 'primaryKey' | 'unique' | 'check' | 'foreignKey' | 'notNull' | 'default' | 'collate' | 'generated'

/** One thing that a column or a table says, with its own name where it has one. */
export interface Segment {
  readonly kind: SegmentKind
  readonly name: string | null
  readonly text: string
  /** Of a constraint of the table: the columns that it lists. */
  readonly columns: ReadonlyArray<string>
  /** The names and words in it, in lower case. */
  readonly words: ReadonlyArray<string>
}

export interface ColumnItem {
  readonly _tag: 'Column'
  readonly name: string
  /** The name as it is written, and its type. */
  readonly head: string
  readonly segments: ReadonlyArray<Segment>
}

export interface ConstraintItem {
  readonly _tag: 'Constraint'
  readonly segment: Segment
}

/** What stands between the parentheses, and what follows them. */
export interface Definition {
  readonly items: ReadonlyArray<ColumnItem | ConstraintItem>
  readonly options: string
}

/** A change of a definition; null where it has not what is to be changed. */
export type Edit = (definition: Definition) => Definition | null

// -------------------------------------------------------------------------------------
// tokens
// -------------------------------------------------------------------------------------

/** A word, a name, a text, a sign; or all that stands in a pair of parentheses. */
interface Token {
  readonly kind: 'word' | 'name' | 'other' | 'group'
  readonly text: string
  /** A word or a name without its quotes, in lower case. */
  readonly plain: string
  readonly inner: ReadonlyArray<Token>
  /** Where it stands in its source. */
  readonly from: number
  readonly to: number
}

/** A text and its tokens: parts of it are taken as they are written. */
interface Source {
  readonly text: string
  readonly tokens: ReadonlyArray<Token>
}

const pattern =
  /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\s+|'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|[\p{L}_\u0080-\uffff$][\p{L}\p{N}_$\u0080-\uffff]*|[\d.]+(?:[eE][+-]?\d+)?\w*|[\s\S]/gu

const unquoted = (text: string): string => {
  const first = text[0]
  if (first === '[') return text.slice(1, -1)
  return first === '"' || first === '`' ? text.slice(1, -1).replaceAll(first + first, first) : text
}

const leaf = (text: string, from: number): Token => {
  const quoted = /^["`[]/.test(text)
  const word = /^[\p{L}_\u0080-\uffff]/u.test(text)
  return {
    kind: quoted ? 'name' : word ? 'word' : 'other',
    text,
    plain: quoted || word ? unquoted(text).toLowerCase() : '',
    inner: [],
    from,
    to: from + text.length,
  }
}

/** The tokens of a text, without blanks and comments; null where parentheses do not meet. */
const tokensOf = (text: string): ReadonlyArray<Token> | null => {
  const open: Array<{ readonly from: number; readonly tokens: Array<Token> }> = [{ from: 0, tokens: [] }]
  for (const match of text.matchAll(pattern)) {
    const [found] = match
    if (/^(?:\s|--|\/\*)/.test(found)) continue
    if (found === '(') open.push({ from: match.index, tokens: [] })
    else if (found === ')') {
      const closed = open.pop()
      const around = open[open.length - 1]
      if (around === undefined || closed === undefined) return null
      const { from, tokens: inner } = closed
      around.tokens.push({ kind: 'group', text: '', plain: '', inner, from, to: match.index + 1 })
    } else open[open.length - 1]?.tokens.push(leaf(found, match.index))
  }
  return open.length === 1 ? (open[0]?.tokens ?? null) : null
}

/** Tokens that follow one another, as they are written. */
const textOf = ({ text }: Source, tokens: ReadonlyArray<Token>): string =>
  text.slice(tokens[0]?.from ?? 0, tokens[tokens.length - 1]?.to ?? 0)

/** Tokens with one blank between them, to compare. */
const plainText = (tokens: ReadonlyArray<Token>): string =>
  tokens.map((t) => (t.kind === 'group' ? `(${plainText(t.inner)})` : t.text)).join(' ')

const wordsOf = (tokens: ReadonlyArray<Token>): ReadonlyArray<string> =>
  tokens.flatMap((t) => (t.kind === 'group' ? wordsOf(t.inner) : t.plain === '' ? [] : [t.plain]))

const split = (tokens: ReadonlyArray<Token>): ReadonlyArray<ReadonlyArray<Token>> => {
  const parts: Array<Array<Token>> = [[]]
  for (const token of tokens) {
    if (token.text === ',') parts.push([])
    else parts[parts.length - 1]?.push(token)
  }
  return parts
}

// -------------------------------------------------------------------------------------
// segments
// -------------------------------------------------------------------------------------

const kinds: Readonly<Record<string, SegmentKind>> = {
  primary: 'primaryKey',
  unique: 'unique',
  check: 'check',
  foreign: 'foreignKey',
  references: 'foreignKey',
  not: 'notNull',
  null: 'notNull',
  default: 'default',
  collate: 'collate',
  generated: 'generated',
  as: 'generated',
}

const isWord = (token: Token | undefined, ...words: ReadonlyArray<string>): boolean =>
  token?.kind === 'word' && words.includes(token.plain)

const starts = (token: Token | undefined): boolean => isWord(token, 'constraint', ...Object.keys(kinds))

/** How many tokens a segment has that begins, after its name, at `at`. */
const lengthAt = (tokens: ReadonlyArray<Token>, at: number): number => {
  const token = tokens[at]
  if (isWord(token, 'default')) return tokens[at + 1]?.text === '-' || tokens[at + 1]?.text === '+' ? 3 : 2
  let end = at + (isWord(token, 'not') ? 2 : 1)
  if (isWord(token, 'collate')) return 2
  while (end < tokens.length) {
    const next = tokens[end]
    // SET NULL and SET DEFAULT, NOT DEFERRABLE and GENERATED ALWAYS AS go on with what might begin another one.
    if (isWord(tokens[end - 1], 'set') && isWord(token, 'references', 'foreign')) end += 1
    else if (isWord(next, 'not') && isWord(tokens[end + 1], 'deferrable')) end += 2
    else if (isWord(next, 'as') && isWord(token, 'generated')) end += 1
    else if (isWord(next, 'references') && isWord(token, 'foreign')) end += 1
    else if (starts(next)) break
    else end += 1
  }
  return end - at
}

const listIn = (tokens: ReadonlyArray<Token>): ReadonlyArray<string> => {
  const group = tokens.find((t) => t.kind === 'group')
  return group === undefined ? [] : split(group.inner).flatMap(([first]) => (first === undefined ? [] : [first.plain]))
}

/** The segments from `from` on; null where there is what no column and no table says. */
const segmentsOf = (source: Source, tokens: ReadonlyArray<Token>, from: number): ReadonlyArray<Segment> | null => {
  const segments: Array<Segment> = []
  let at = from
  while (at < tokens.length) {
    const named = isWord(tokens[at], 'constraint')
    const start = at + (named ? 2 : 0)
    const kind = kinds[tokens[start]?.kind === 'word' ? (tokens[start]?.plain ?? '') : '']
    if (kind === undefined) return null
    const end = start + lengthAt(tokens, start)
    const own = tokens.slice(start, end)
    segments.push({
      kind,
      name: named ? unquoted(tokens[at + 1]?.text ?? '') : null,
      text: textOf(source, tokens.slice(at, end)),
      columns: listIn(own),
      words: wordsOf(own),
    })
    at = end
  }
  return segments
}

// -------------------------------------------------------------------------------------
// items
// -------------------------------------------------------------------------------------

const itemOf = (source: Source, tokens: ReadonlyArray<Token>): ColumnItem | ConstraintItem | null => {
  const [first] = tokens
  if (first === undefined) return null
  if (isWord(first, 'constraint', 'primary', 'unique', 'check', 'foreign')) {
    const segments = segmentsOf(source, tokens, 0)
    const [segment, more] = segments ?? []
    return segment === undefined || more !== undefined ? null : { _tag: 'Constraint', segment }
  }
  const next = tokens.slice(1).findIndex(starts)
  const at = next < 0 ? tokens.length : next + 1
  const segments = segmentsOf(source, tokens, at)
  return segments === null
    ? null
    : { _tag: 'Column', name: unquoted(first.text), head: textOf(source, tokens.slice(0, at)), segments }
}

/** A definition from the text of CREATE TABLE; null where it is none that can be read. */
export const definitionOf = (text: string): Definition | null => {
  const tokens = tokensOf(text)
  const at = tokens?.findIndex((t) => t.kind === 'group') ?? -1
  const body = tokens?.[at]
  if (tokens === null || body === undefined || isWord(tokens[1], 'virtual')) return null
  const source = { text, tokens }
  const items = split(body.inner).map((own) => itemOf(source, own))
  const read = items.filter((item) => item !== null)
  return read.length === items.length ? { items: read, options: textOf(source, tokens.slice(at + 1)) } : null
}

/** The words of what an index is made of: its columns and its criterion. */
export const indexWords = (text: string): ReadonlyArray<string> => {
  const tokens = tokensOf(text) ?? []
  return wordsOf(
    tokens.slice(
      Math.max(
        0,
        tokens.findIndex((t) => t.kind === 'group'),
      ),
    ),
  )
}

/** Whether two texts are the same SQL, blanks and comments aside. */
export const sameText = (a: string, b: string): boolean => {
  const [one, other] = [tokensOf(a), tokensOf(b)]
  return one !== null && other !== null && plainText(one) === plainText(other)
}

// -------------------------------------------------------------------------------------
// text
// -------------------------------------------------------------------------------------

const itemText = (item: ColumnItem | ConstraintItem): string =>
  item._tag === 'Column' ? [item.head, ...item.segments.map((s) => s.text)].join(' ') : item.segment.text

/** CREATE TABLE of a definition, under a name that is SQL already. */
export const definitionSql = (name: string, { items, options }: Definition): string =>
  `CREATE TABLE ${name} (${items.map(itemText).join(', ')})${options === '' ? '' : ` ${options}`}`

/** The columns whose values are stored as they are given. */
export const givenColumns = ({ items }: Definition): ReadonlyArray<string> =>
  items.flatMap((item) =>
    item._tag === 'Column' && !item.segments.some((s) => s.kind === 'generated') ? [item.name] : [],
  )

export const countsItself = ({ items }: Definition): boolean =>
  items.some((item) => item._tag === 'Column' && item.segments.some((s) => s.words.includes('autoincrement')))

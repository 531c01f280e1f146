/**
 * How printed code is laid out: on one line where it fits, else one part a line.
 */

/** How long a line is at most that is not broken. */
const widest = 100

const indented = (text: string): string => text.replaceAll('\n', '\n  ')

/** Parts between two brackets; `room` is what stands before them on their line. */
const bracketed = (open: string, parts: ReadonlyArray<string>, close: string, room: string, pad = ''): string => {
  if (parts.length === 0) return `${room}${open}${close}`
  const line = `${room}${open}${pad}${parts.join(', ')}${pad}${close}`
  if (line.length <= widest && !line.includes('\n')) return line
  return `${room}${open}${parts.map((part) => `\n  ${indented(part)},`).join('')}\n${close}`
}

/** Whether a text is a list, a record or a function of several lines, which hugs the brackets of its call. */
const hugs = (text: string): boolean => text.includes('\n') && /^(?:\(\w+\) => )?[[{]/.test(text)

/** A call. */
export const callText = (name: string, args: ReadonlyArray<string>): string => {
  const before = args.slice(0, -1)
  const last = args.at(-1)
  const opening = `${name}(${before.map((arg) => `${arg}, `).join('')}`
  return last !== undefined && hugs(last) && opening.length <= widest && !opening.includes('\n')
    ? `${opening}${last})`
    : bracketed('(', args, ')', name)
}

/** An array. */
export const listText = (items: ReadonlyArray<string>): string => bracketed('[', items, ']', '')

const isWord = (key: string): boolean => /^[A-Za-z_$][\w$]*$/.test(key)

/** A text as a string literal. Neither a quote nor a line can end it, whatever is in it. */
export const stringText = (text: string): string =>
  `'${JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll("'", "\\'")
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')}'`

/** A key of a record; `__proto__` would be no key where it stands by itself. */
export const keyText = (key: string): string =>
  key === '__proto__' ? `['__proto__']` : isWord(key) ? key : stringText(key)

/** Words that are values and no names. */
const valueWords: ReadonlyArray<string> = ['null', 'true', 'false']

/** A record. */
export const recordText = (fields: ReadonlyArray<readonly [string, string]>): string =>
  bracketed(
    '{',
    fields.map(([key, text]) =>
      key === text && isWord(key) && !valueWords.includes(key) ? key : `${keyText(key)}: ${text}`,
    ),
    '}',
    '',
    ' ',
  )

/** A property of what a text names. */
export const memberText = (of: string, key: string): string =>
  isWord(key) ? `${of}.${key}` : `${of}[${stringText(key)}]`

/** A text as a part of a template. */
export const templateText = (text: string): string =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll('`', '\\`')
    .replaceAll('${', '\\${')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')

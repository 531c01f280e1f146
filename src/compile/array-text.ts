/**
 * Arrays in the text form of PostgreSQL: `{1,2,NULL}`, `{{a,"b c"},{"",d}}`.
 */

/** What an array's text holds: texts, nulls and arrays of them. */
export type ArrayText = ReadonlyArray<string | null | ArrayText>

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`

/** An array as text; every element is quoted, since quoted text is nothing but itself. */
export const arrayToText = (elements: ArrayText): string =>
  `{${elements.map((e) => (e === null ? 'NULL' : typeof e === 'string' ? quoted(e) : arrayToText(e))).join(',')}}`

const piece = /"((?:[^"\\]|\\[\s\S])*)"|([{},])|([^{},"\s][^{},"]*)/y

/** The elements of an array's text; null where it is none. A lower bound that is not 1 stands before it, and is left out. */
export const arrayFromText = (text: string): ArrayText | null => {
  const start = text.startsWith('[') ? text.indexOf('=') + 1 : 0
  const stack: Array<Array<string | null | ArrayText>> = [[]]
  piece.lastIndex = start
  while (piece.lastIndex < text.length) {
    const m = piece.exec(text)
    const top = stack[stack.length - 1]
    if (m === null || top === undefined) return null
    const [, inQuotes, mark, bare] = m
    if (mark === '{') stack.push([])
    else if (mark === '}') {
      stack.pop()
      stack[stack.length - 1]?.push(top)
    } else if (inQuotes !== undefined) top.push(inQuotes.replace(/\\([\s\S])/g, '$1'))
    else if (bare !== undefined) top.push(bare.toUpperCase() === 'NULL' ? null : bare)
  }
  const [whole] = stack[0] ?? []
  return stack.length === 1 && Array.isArray(whole) ? whole : null
}

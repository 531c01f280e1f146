/**
 * Documents as JSON text, nothing left out or changed without a word.
 */

const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Throws where JSON.stringify would leave something out, ask an object what to write instead of it, or write another value. */
const check = (value: unknown): void => {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`${value} is no JSON number`)
      return
    case 'object':
      if (value !== null) checkMembers(value)
      return
    default:
      throw new TypeError(`no JSON: ${typeof value}`)
  }
}

const checkMembers = (value: object): void => {
  if ('toJSON' in value) throw new TypeError('no JSON: an object with a toJSON of its own')
  if (!Array.isArray(value)) {
    if (!isPlain(value)) throw new TypeError('no JSON: an object of a class')
    for (const key of Object.keys(value)) check((value as Readonly<Record<string, unknown>>)[key]) // one of its own keys
    return
  }
  for (let i = 0; i < value.length; i++) check(value[i])
}

/** The text of a document; throws where it is none. */
export const documentText = (document: unknown): string => {
  check(document)
  const written: unknown = JSON.stringify(document)
  if (typeof written !== 'string') throw new TypeError('no JSON document')
  return written
}

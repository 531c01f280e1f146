/**
 * The data of expressions of the user's own: JSON, held as a copy.
 */

/** Data as text, for shapes and messages; what is no JSON is none. */
export const dataText = (data: unknown): string => {
  try {
    return JSON.stringify(data) ?? ''
  } catch {
    return ''
  }
}

/** Whether data are JSON. What contains itself is none, and is found out before it is walked. */
export const isPlain = (data: unknown): boolean =>
  data === null || typeof data !== 'object' ? isJson(data) : dataText(data) !== '' && isJson(data)

const isJson = (data: unknown): boolean => {
  if (data === null || typeof data === 'string' || typeof data === 'boolean') return true
  if (typeof data === 'number') return Number.isFinite(data) && !Object.is(data, -0)
  if (typeof data !== 'object') return false
  const prototype: unknown = Object.getPrototypeOf(data)
  return (
    (Array.isArray(data) || prototype === Object.prototype || prototype === null) && Object.values(data).every(isJson)
  )
}

/** A copy of JSON that nobody changes. */
export const copied = (data: unknown): unknown => {
  if (Array.isArray(data)) return Object.freeze(data.map(copied))
  if (typeof data !== 'object' || data === null) return data
  return Object.freeze(Object.fromEntries(Object.entries(data).map(([key, part]) => [key, copied(part)])))
}

// A value that nobody can change any more, and a picture of a value to compare it with later.
const isPlain = (u: unknown): u is object =>
  typeof u === 'object' &&
  u !== null &&
  (Array.isArray(u) || Object.getPrototypeOf(u) === Object.prototype || Object.getPrototypeOf(u) === null)

/** Freezes all that can be reached through plain objects and lists. */
export const frozen = (u: unknown, seen: Set<unknown> = new Set()): void => {
  if (!isPlain(u) || seen.has(u)) return
  seen.add(u)
  Object.freeze(u)
  for (const key of Reflect.ownKeys(u)) frozen(Object.getOwnPropertyDescriptor(u, key)?.value, seen)
}

/** All that is in a value, symbols among its keys; what is no plain data is itself, known by a number. */
export const pictured = (u: unknown): string => {
  const seen = new Map<unknown, number>()
  const numberOf = (one: unknown): number => {
    const known = seen.get(one)
    if (known !== undefined) return known
    seen.set(one, seen.size)
    return seen.size - 1
  }
  const go = (one: unknown): string => {
    if (typeof one === 'bigint') return `${one}n`
    if (typeof one === 'number') return Object.is(one, -0) ? '-0' : String(one)
    if (typeof one === 'string') return JSON.stringify(one)
    if (typeof one !== 'object' || one === null) return typeof one === 'function' ? `f${numberOf(one)}` : String(one)
    if (one instanceof Uint8Array) return `<${one.join()}>`
    if (seen.has(one)) return `#${numberOf(one)}`
    const at = numberOf(one)
    if (!isPlain(one)) return `o${at}`
    const inside = Reflect.ownKeys(one).map((key) => `${String(key)}:${go(Reflect.get(one, key))}`)
    return `${at}{${inside.join(',')}}`
  }
  return go(u)
}

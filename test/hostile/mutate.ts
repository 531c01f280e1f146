// Mutations of an input: other bits, other letters, other types, other shapes.
import { oneOf, type Random } from './random.js'

// -- texts ------------------------------------------------------------------------------------------------------------

const letters = [
  '\0', "'", '"', '`', '\\', ';', '--', '/*', '*/', '#', '$1', '?', '%', '_', ':a', '@', '\n', '\r', '\t', '\x1a', '\x7f',
  ' ', '\u00a0', '\u0301', '\u0130', '\u0131', 'ß', 'ﬁ', '\u200b', '\u202e', '\u2028', '\ufeff', '\ufffd', '\uffff',
  '\ud800', '\udfff', '😀', '𐀀', '0', '-', '.', 'e', 'Infinity', 'null', "' OR '1'='1", '${x}', '{{x}}', '__proto__',
] // biome-ignore format: a table of letters

const cut = (s: string, random: Random): number => random(s.length + 1)

type TextMutation = (s: string, other: string, random: Random) => string

const texts: ReadonlyArray<TextMutation> = [
  // a bit of a code unit
  (s, _, random) => {
    const at = random(Math.max(1, s.length))
    return s.slice(0, at) + String.fromCharCode((s.charCodeAt(at) || 0) ^ (1 << random(16))) + s.slice(at + 1)
  },
  (s, _, random) => {
    const at = cut(s, random)
    return s.slice(0, at) + oneOf(random, letters) + s.slice(at)
  },
  (s, other, random) => s.slice(0, cut(s, random)) + other.slice(cut(other, random)),
  (s) => s + s,
  (s, _, random) => s.slice(cut(s, random)),
  (s) => s.normalize('NFD'),
  (s) => s.normalize('NFKC'),
  (s) => s.toUpperCase(),
  (s) => Array.from(s).reverse().join(''),
  (s, _, random) => s.replace(/['"`\\]/g, () => oneOf(random, ["''", '""', '``', '\\\\', "\\'"])),
  (s, _, random) =>
    String.fromCharCode(...Array.from(s).map((c) => c.charCodeAt(0) & (random(8) === 0 ? 0x7f : 0xffff))),
  (s) => encodeURI(s.replace(/[\ud800-\udfff]/g, '%')),
  (s) => JSON.stringify(s),
  (s) => Buffer.from(s).toString('latin1'),
]

/** Not too long, however often it is doubled. */
const longest = 4_096

const mutateText = (s: string, other: string, random: Random): string =>
  oneOf(random, texts)(s.slice(0, longest), other.slice(0, longest), random)

// -- numbers and bytes ------------------------------------------------------------------------------------------------

const numbers: ReadonlyArray<(n: number, random: Random) => unknown> = [
  (n) => n + 1,
  (n) => -n,
  (n) => n / 3,
  (n) => n * 2 ** 31,
  (n) => n ** 7,
  (n, random) => {
    const view = new DataView(new ArrayBuffer(8))
    view.setFloat64(0, n)
    view.setUint8(random(8), view.getUint8(random(8)) ^ (1 << random(8)))
    return view.getFloat64(0)
  },
  (n) => String(n),
  (n) => (Number.isSafeInteger(n) ? BigInt(n) : n),
]

const bytes = (b: Uint8Array, random: Random): Uint8Array => {
  const made = Uint8Array.from(b.subarray(0, longest))
  const at = random(Math.max(1, made.length))
  made[at] = (made[at] ?? 0) ^ (1 << random(8))
  return made
}

// -- any values -------------------------------------------------------------------------------------------------------

const thrown = (): never => {
  throw new Error('a trap of the input')
}

const shapes: ReadonlyArray<(value: unknown, random: Random) => unknown> = [
  (v) => [v],
  (v) => ({ a: v }),
  (v) => ({ ['__proto__']: v, value: v }),
  (v) => ({ toString: () => v, valueOf: () => v }),
  (v) => ({ toJSON: () => v }),
  (v) => ({ toSqlString: () => "'x' or 1=1", toPostgres: () => v }),
  (v) => ({ [Symbol.toPrimitive]: () => v }),
  (v) => Object.create(typeof v === 'object' ? v : null) as object,
  (v) => (typeof v === 'object' && v !== null ? new Proxy(v, {}) : Object(v)),
  (v) => (typeof v === 'object' && v !== null ? new Proxy(v, { get: thrown }) : new Proxy({}, { ownKeys: thrown })),
  () => new Proxy({}, { get: thrown, has: thrown, getPrototypeOf: thrown, ownKeys: thrown }),
  (v) => Object.defineProperty({ b: v }, 'a', { enumerable: true, get: thrown }),
  (v) => Object.assign([], { 0: v, length: 3 }),
  (v) => () => v,
  () => Symbol('input'),
  () => undefined,
  () => null,
  (v) => new Map([['a', v]]),
  (v, random) => {
    let made: unknown = v
    for (let i = random(60); i >= 0; i--) made = i % 2 === 0 ? [made] : { a: made }
    return made
  },
  () => true,
  () => Number.NaN,
  () => new Date(Number.NaN),
  // oxlint-disable-next-line unicorn/no-thenable -- as an attacker does
  (v) => ({ raw: v, strings: [v], values: [], _tag: 'Param', sql: v, text: v, then: 1 }),
]

const copied = (v: object, random: Random): unknown => {
  const entries = Object.entries(v)
  const at = random(Math.max(1, entries.length))
  const changed = entries.map(([key, value], i) => [key, i === at ? mutate(value, value, random) : value] as const)
  return Array.isArray(v) ? changed.map(([, value]) => value) : Object.fromEntries(changed)
}

/** Another value made of this one, or of this and another one. */
export const mutate = (value: unknown, other: unknown, random: Random): unknown => {
  if (random(5) === 0) return oneOf(random, shapes)(value, random)
  if (typeof value === 'string') return mutateText(value, typeof other === 'string' ? other : 'x', random)
  if (typeof value === 'number') return oneOf(random, numbers)(value, random)
  if (typeof value === 'bigint') return random(2) === 0 ? value * 3n + 1n : -value
  try {
    if (value instanceof Uint8Array) return bytes(value, random)
    if (value instanceof Date) return new Date(value.getTime() * (random(3) + 0.5))
    if (typeof value === 'object' && value !== null) return copied(value, random)
  } catch {
    // an input with traps of its own
    return value
  }
  return oneOf(random, shapes)(value, random)
}

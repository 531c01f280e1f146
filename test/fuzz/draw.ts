// Values of arbitraries by number: the same seed and place give the same value, whatever was drawn before.
import * as fc from 'fast-check'

interface Numbers {
  readonly next: () => number
  readonly jump: () => void
  readonly clone: () => Numbers
  readonly getState: () => ReadonlyArray<number>
}

/** A generator of 32-bit integers (sfc32); four numbers are its state. */
const numbers = (a: number, b: number, c: number, d: number): Numbers => {
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + t
    c |= 0
    return t
  }
  const jump = (): void => {
    for (let i = 0; i < 64; i++) next()
  }
  return { next, jump, clone: () => numbers(a, b, c, d), getState: () => [a, b, c, d] }
}

/** Numbers that stand for a place: places that differ in one of them have nothing in common. */
const numbersAt = (place: ReadonlyArray<number>): fc.Random => {
  const mixed = [0x9e3779b9, 0x85ebca6b, 0xc2b2ae35].map((start) =>
    place.reduce((h, n) => Math.imul(h ^ n, 0x01000193) ^ (h >>> 15), start | 0),
  )
  const [a = 0, b = 0, c = 0] = mixed
  const of = numbers(a, b, c, 1)
  // Seeds that are near each other are apart after some rounds.
  of.jump()
  return new fc.Random(of)
}

/** The value of an arbitrary at a place, with what is needed to shrink it. Places take turns in how much small values are liked. */
export const drawnAt = <A>(of: fc.Arbitrary<A>, ...place: ReadonlyArray<number>): fc.Value<A> =>
  of.generate(numbersAt(place), 2 + ((place.at(-1) ?? 0) % 4))

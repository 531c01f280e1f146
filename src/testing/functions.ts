/**
 * Generators of calls: one a function, from the files of its family.
 */
import * as fc from 'fast-check'

import type { CallNode, FunctionName } from '../expr/call-node.js'
import { arrayFunctions } from './array-functions.js'
import type { Asked, Generator, Maybe } from './context.js'
import { jsonFunctions } from './json-functions.js'
import { numberFunctions } from './number-functions.js'
import { textFunctions } from './text-functions.js'
import { timeFunctions } from './time-functions.js'

const functions: { readonly [N in FunctionName]: (asked: Asked) => Maybe<CallNode> } = {
  ...textFunctions,
  ...numberFunctions,
  ...timeFunctions,
  ...jsonFunctions,
  ...arrayFunctions,
  // It gives another number each time.
  nextValue: () => null,
}

const generators = Object.values(functions)

/** As many places as there are functions, or a few more: a prime, so that steps of any length reach all of them. */
const places = (() => {
  const isPrime = (n: number): boolean => !Array.from({ length: n }, (_, i) => i).some((i) => i > 1 && n % i === 0)
  let n = generators.length
  while (!isPrime(n)) n += 1
  return n
})()

/**
 * A call of any function that gives values of the family here. There are many functions: which one is drawn first, and only then
 * is its arbitrary made.
 */
export const callOf: Generator<'Call'> = (asked) => {
  /** The first function from a place on, by steps of a length, that has such a call here. */
  const from = (start: number, step: number): Maybe<CallNode> => {
    for (let i = 0; i < places; i++) {
      const made = generators[(start + i * step) % places]?.(asked) ?? null
      if (made !== null) return made
    }
    return null
  }
  const first = from(0, 1)
  // By one step alone, a function would be the likelier the more stand before it that have none.
  return first === null
    ? null
    : fc
        .tuple(fc.nat(places - 1), fc.integer({ min: 1, max: places - 1 }))
        .chain(([start, step]) => from(start, step) ?? first)
}

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

/**
 * A call of any function that gives values of the family here. There are many functions: which one is drawn first, and only then
 * is its arbitrary made.
 */
export const callOf: Generator<'Call'> = (asked) => {
  /** The first function from a place on that has such a call here. */
  const from = (start: number): Maybe<CallNode> => {
    for (let i = 0; i < generators.length; i++) {
      const made = generators[(start + i) % generators.length]?.(asked) ?? null
      if (made !== null) return made
    }
    return null
  }
  const first = from(0)
  return first === null ? null : fc.nat(generators.length - 1).chain((start) => from(start) ?? first)
}

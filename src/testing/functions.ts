/**
 * Generators of calls: one a function, from the files of its family.
 */
import type { CallNode, FunctionName } from '../expr/call-node.js'
import { arrayFunctions } from './array-functions.js'
import { type Asked, type Generator, type Maybe, someOf } from './context.js'
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
}

/** A call of any function that gives values of the family here. */
export const callOf: Generator<'Call'> = (asked) =>
  someOf(Object.values(functions).map((generator) => generator(asked)))

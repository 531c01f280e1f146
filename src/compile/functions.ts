/**
 * The functions of the catalogue as SQL: one form a function, from the files of its family.
 */
import type { CallNode, FunctionName } from '../expr/call-node.js'
import { arrayFunctions } from './array-functions.js'
import { type CompileError, illFormed } from './compile-error.js'
import type { FunctionForm } from './function-form.js'
import { jsonFunctions } from './json-functions.js'
import { numberFunctions } from './number-functions.js'
import { sequenceFunctions } from './sequence-functions.js'
import { textFunctions } from './text-functions.js'
import { timeFunctions } from './time-functions.js'

/** One form a function: without it, a new name does not compile. */
export const functions: { readonly [N in FunctionName]: FunctionForm } = {
  ...textFunctions,
  ...numberFunctions,
  ...timeFunctions,
  ...jsonFunctions,
  ...arrayFunctions,
  ...sequenceFunctions,
}

/** What is said in words reaches SQL from closed vocabularies; names and digits are all that they are made of. */
const plainWords = /^[\w$., -]*$/

/** What is wrong with a call, or null: it may have been read from JSON, so that its name is no function's. */
export const callProblem = (dialect: string, node: CallNode): CompileError | null => {
  if (!Object.hasOwn(functions, node.name)) return illFormed(`there is no function "${node.name}"`)
  if (!plainWords.test(node.words)) return illFormed(`${node.name} knows no ${JSON.stringify(node.words)}`)
  return functions[node.name].check(dialect, node)
}

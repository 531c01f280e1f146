/**
 * The meaning of the catalogue's functions: one a function, from the files of its family.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { CallNode, FunctionName } from '../expr/call-node.js'
import { arrayFunctions } from './array-functions.js'
import { notEvaluable, type Result } from './eval-error.js'
import type { Meaning } from './function-meaning.js'
import { jsonFunctions } from './json-functions.js'
import { numberFunctions } from './number-functions.js'
import type { Run } from './scope.js'
import { sequenceFunctions } from './sequence-functions.js'
import { textFunctions } from './text-functions.js'
import { timeFunctions } from './time-functions.js'

const functions: { readonly [N in FunctionName]: Meaning } = {
  ...textFunctions,
  ...numberFunctions,
  ...timeFunctions,
  ...jsonFunctions,
  ...arrayFunctions,
  ...sequenceFunctions,
}

/** The value of a call whose operands have these values. */
export const called = (node: CallNode, values: ReadonlyArray<unknown>, run: Run): Result<unknown> =>
  !Object.hasOwn(functions, node.name)
    ? E.left(notEvaluable(`there is no function "${node.name}"`))
    : node.nulls === 'strict' && values.includes(null)
      ? E.right(null)
      : functions[node.name](values, node, run)

/**
 * What a function's meaning is given: the values of its operands, and what surrounds the call.
 */
import type { CallNode } from '../expr/call-node.js'
import type { Result } from './eval-error.js'
import type { Run } from './scope.js'

/** The value of a call. Of a strict one no value is null. */
export type Meaning = (values: ReadonlyArray<unknown>, node: CallNode, run: Run) => Result<unknown>

/**
 * Generators of tests of truth.
 */
import { call, type CallNode } from '../expr/call-node.js'
import { booleanType } from '../expr/sql-type.js'
import type { TruthFunction } from '../expr/truth-functions.js'
import { type Asked, given, type Maybe } from './context.js'

const test =
  (name: TruthFunction) =>
  (asked: Asked): Maybe<CallNode> =>
    asked.family === 'boolean'
      ? given(asked.below('boolean'), (all) => all.map((e) => call(name, [e], booleanType, { nulls: 'never' })))
      : null

export const truthFunctions: { readonly [N in TruthFunction]: (asked: Asked) => Maybe<CallNode> } = {
  isTrue: test('isTrue'),
  isFalse: test('isFalse'),
  isNotTrue: test('isNotTrue'),
  isNotFalse: test('isNotFalse'),
}

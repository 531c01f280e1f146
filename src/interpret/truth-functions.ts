/**
 * The meaning of tests of truth.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { TruthFunction } from '../expr/truth-functions.js'
import type { Meaning } from './function-meaning.js'

const is =
  (truth: boolean, wanted: boolean): Meaning =>
  ([value]) =>
    E.right((value === truth) === wanted)

export const truthFunctions: { readonly [N in TruthFunction]: Meaning } = {
  isTrue: is(true, true),
  isFalse: is(false, true),
  isNotTrue: is(true, false),
  isNotFalse: is(false, false),
}

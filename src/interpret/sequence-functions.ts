/**
 * The next number of a sequence. What is evaluated is pure, so an insert alone counts: its tables afterwards say how far.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import { illFormed } from '../compile/compile-error.js'
import { type SequenceFunction, sequenceOfWords } from '../expr/sequence.js'
import { accept } from './accept.js'
import { notEvaluable } from './eval-error.js'
import type { Meaning } from './function-meaning.js'

export const sequenceFunctions: { readonly [N in SequenceFunction]: Meaning } = {
  nextValue: (_values, { words, type }, run) => {
    const sequence = sequenceOfWords(words)
    if (sequence === null) return E.left(illFormed(`nextValue knows no ${JSON.stringify(words)}`))
    if (run.counted === undefined)
      return E.left(notEvaluable(`the sequence "${sequence.name}" counts in memory where rows are inserted alone`))
    return pipe(
      run.counted(sequence),
      E.chainW((n) => accept(type, false, `sequence "${sequence.name}"`, type._tag === 'BigInt' ? n : Number(n))),
    )
  },
}

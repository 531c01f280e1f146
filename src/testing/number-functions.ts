/**
 * Generators of functions of numbers.
 */
import type { CallNode } from '../expr/call-node.js'
import { call } from '../expr/call-node.js'
import type { MathFunction, NumberFunction } from '../expr/number-functions.js'
import { decimalType, doubleType, integerType } from '../expr/sql-type.js'
import { bitFunctions } from './bit-functions.js'
import { castOf } from './casts.js'
import { choiceFunctions } from './choice-functions.js'
import { type Asked, given, type Maybe, someOf } from './context.js'
import type { Family } from './family.js'
import { truthFunctions } from './truth-functions.js'

const signed: ReadonlyArray<Family> = ['integer', 'bigint', 'double']

const ofSigned =
  (name: 'abs' | 'negate') =>
  (asked: Asked): Maybe<CallNode> =>
    signed.includes(asked.family)
      ? given(asked.below(asked.family), (all) => all.map((e) => call(name, [e], e.type)))
      : null

/** A decimal of two digits after the point, of which nothing but a cast of integers is sure to be there. */
const rounding =
  (name: 'round' | 'truncate' | 'ceil' | 'floor') =>
  (asked: Asked): Maybe<CallNode> => {
    if (asked.family === 'double' && name !== 'round')
      return given(asked.below('double'), (all) => all.map((e) => call(name, [e], doubleType, { words: '0' })))
    return asked.family === 'numeric'
      ? given(asked.below('integer'), (all) =>
          all.map((e) => call(name, [call('cast', [e], decimalType(14, 2))], decimalType(13, 0), { words: '0' })),
        )
      : null
  }

const mathFunctions: { readonly [N in MathFunction]: (asked: Asked) => Maybe<CallNode> } = {
  abs: ofSigned('abs'),
  negate: ofSigned('negate'),
  sign: (asked) =>
    asked.family === 'integer'
      ? given(someOf(signed.map(asked.below)), (all) => all.map((e) => call('sign', [e], integerType)))
      : null,
  round: rounding('round'),
  truncate: rounding('truncate'),
  ceil: rounding('ceil'),
  floor: rounding('floor'),
  sqrt: (asked) =>
    asked.family === 'double'
      ? given(someOf([asked.below('double'), asked.below('integer')]), (all) =>
          all.map((e) => call('sqrt', [e], doubleType, { nulls: 'may' })),
        )
      : null,
  // Their last digits are the engine's own, so that no comparison with them is the same everywhere.
  power: () => null,
  exp: () => null,
  ln: () => null,
  random: () => null,
}

export const numberFunctions: { readonly [N in NumberFunction]: (asked: Asked) => Maybe<CallNode> } = {
  ...mathFunctions,
  ...bitFunctions,
  ...choiceFunctions,
  ...truthFunctions,
  cast: castOf,
}

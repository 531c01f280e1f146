/**
 * Generators of functions of bits.
 */
import * as fc from 'fast-check'

import type { BitFunction } from '../expr/bit-functions.js'
import { call, type CallNode } from '../expr/call-node.js'
import * as node from '../expr/node.js'
import { integerType } from '../expr/sql-type.js'
import { type Asked, given, type Maybe } from './context.js'

const isWhole = ({ family }: Asked): boolean => family === 'integer' || family === 'bigint'

const ofTwo =
  (name: 'bitAnd' | 'bitOr' | 'bitXor') =>
  (asked: Asked): Maybe<CallNode> =>
    isWhole(asked)
      ? given(asked.below(asked.family), (operand) =>
          fc.tuple(operand, operand).map(([a, b]) => call(name, [a, b], a.type)),
        )
      : null

/** Places around the two widths, and a few that no shift has. */
const places = fc.constantFrom(-1, 0, 1, 2, 5, 30, 31, 32, 33, 62, 63, 64, 65, 1000)

const shift =
  (name: 'shiftLeft' | 'shiftRight') =>
  (asked: Asked): Maybe<CallNode> =>
    isWhole(asked)
      ? given(asked.below(asked.family), (operand) =>
          fc
            .tuple(operand, places)
            .map(([a, n]) => call(name, [a, node.value(n, integerType)], a.type, { nulls: 'may' })),
        )
      : null

export const bitFunctions: { readonly [N in BitFunction]: (asked: Asked) => Maybe<CallNode> } = {
  bitAnd: ofTwo('bitAnd'),
  bitOr: ofTwo('bitOr'),
  bitXor: ofTwo('bitXor'),
  bitNot: (asked) =>
    isWhole(asked) ? given(asked.below(asked.family), (all) => all.map((e) => call('bitNot', [e], e.type))) : null,
  shiftLeft: shift('shiftLeft'),
  shiftRight: shift('shiftRight'),
}

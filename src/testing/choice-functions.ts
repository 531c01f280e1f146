/**
 * Generators of functions that choose.
 */
import * as fc from 'fast-check'

import { call, type CallNode } from '../expr/call-node.js'
import type { ChoiceFunction } from '../expr/choice-functions.js'
import { unified } from '../expr/sql-type.js'
import { type Asked, given, type Maybe } from './context.js'
import type { Family } from './family.js'

const ordered: ReadonlyArray<Family> = ['integer', 'bigint', 'double', 'count', 'text', 'date', 'instant']

const choice =
  (name: 'greatest' | 'least') =>
  (asked: Asked): Maybe<CallNode> =>
    ordered.includes(asked.family)
      ? given(asked.below(asked.family), (operand) =>
          fc.array(operand, { minLength: 2, maxLength: 3 }).map((operands) => {
            const types = operands.map((e) => e.type)
            return call(
              name,
              operands,
              types.reduce((a, b) => unified(a, b) ?? a),
            )
          }),
        )
      : null

export const choiceFunctions: { readonly [N in ChoiceFunction]: (asked: Asked) => Maybe<CallNode> } = {
  greatest: choice('greatest'),
  least: choice('least'),
  nullIf: (asked) =>
    ordered.includes(asked.family) || asked.family === 'boolean'
      ? given(asked.below(asked.family), (operand) =>
          fc.tuple(operand, operand).map(([a, b]) => call('nullIf', [a, b], a.type, { nulls: 'may' })),
        )
      : null,
}

/**
 * Generator of rows in a list of rows.
 */
import * as fc from 'fast-check'

import * as node from '../expr/node.js'
import type { ExprNode } from '../expr/node.js'
import { beside, plainOf } from '../expr/sql-type.js'
import { type Generator, given, someOf } from './context.js'
import { comparables, literalType } from './family.js'
import { valuesOf } from './values.js'

const literals = comparables.flatMap((family) => {
  const type = literalType[family]
  return type === null ? [] : [{ family, type }]
})

interface Place {
  readonly operand: ExprNode
  readonly values: ReadonlyArray<unknown>
}

/** Two places, and as many values for each as there are rows. */
export const inRowsOf: Generator<'InRows'> = (asked) => {
  if (asked.family !== 'boolean') return null
  const place = someOf(
    literals.map(({ family, type }) =>
      given(asked.below(family), (operand) =>
        fc
          .tuple(operand, fc.array(valuesOf(type), { minLength: 3, maxLength: 3 }))
          .map(([e, values]): Place => ({ operand: e, values })),
      ),
    ),
  )
  return given(place, (one) =>
    fc.tuple(fc.array(one, { minLength: 1, maxLength: 2 }), fc.integer({ min: 0, max: 3 })).map(([places, rows]) =>
      node.inRows(
        places.map((p) => p.operand),
        places.map((p) => {
          const list = p.values.slice(0, rows)
          return node.value(list, beside(list, plainOf(p.operand.type)))
        }),
      ),
    ),
  )
}

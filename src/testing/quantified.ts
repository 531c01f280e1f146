/**
 * Generator of comparisons with any or all rows of a query.
 */
import * as fc from 'fast-check'

import * as node from '../expr/node.js'
import { type Generator, given, someOf } from './context.js'
import { comparables } from './family.js'

export const quantifiedOf: Generator<'Quantified'> = (asked) =>
  // Of groups, an engine without the words has no aggregate to count with.
  asked.family !== 'boolean' || asked.context.rows !== null
    ? null
    : someOf(
        comparables.map((family) =>
          given(asked.below(family), (operand) =>
            given(asked.context.world.column(asked.context, family), (query) =>
              fc
                .tuple(
                  fc.constantFrom<node.QuantifiedNode['op']>('eq', 'ne', 'lt', 'lte', 'gt', 'gte'),
                  fc.constantFrom('any' as const, 'all' as const),
                  operand,
                  query,
                )
                .map(([op, quantifier, e, q]) => node.quantified(op, quantifier, e, q)),
            ),
          ),
        ),
      )

/**
 * Generators of the nodes that give a truth value.
 */
import * as fc from 'fast-check'

import * as node from '../expr/node.js'
import type { ExprNode } from '../expr/node.js'
import { beside, plainOf, textType } from '../expr/sql-type.js'
import { type Asked, type Generator, given, type Maybe, someOf } from './context.js'
import { comparables, type Family, families, literalType } from './family.js'
import { valuesOf } from './values.js'

const asTruth =
  <A>(f: (asked: Asked) => Maybe<A>) =>
  (asked: Asked): Maybe<A> =>
    asked.family === 'boolean' ? f(asked) : null

/** A literal beside an expression, typed as the combinators do; what stands over a type takes some of its values alone. */
const besides = (e: ExprNode, value: unknown): node.ParamNode => node.value(value, beside(value, plainOf(e.type)))

/** Values that an expression of the family is compared with. */
const literals = (family: Family): Maybe<unknown> => {
  const type = literalType[family]
  return family === 'count' ? fc.integer({ min: 0, max: 3 }) : type === null ? null : valuesOf(type)
}

const numbers: ReadonlyArray<Family> = ['integer', 'double', 'count']

/** An expression and what it can be compared with: a literal, one of its family, a number of another type. */
const pairOf = (asked: Asked, family: Family): Maybe<readonly [ExprNode, ExprNode]> =>
  given(asked.below(family), (left) => {
    const others = numbers.includes(family) ? numbers.filter((f) => f !== family).map(asked.below) : []
    return someOf<readonly [ExprNode, ExprNode]>([
      given(literals(family), (values) => fc.tuple(left, values).map(([e, v]) => [e, besides(e, v)] as const)),
      fc.tuple(left, left),
      ...others.map((other) => given(other, (right) => fc.tuple(left, right))),
    ])
  })

const overFamilies = <A>(f: (family: Family) => Maybe<A>): Maybe<A> => someOf(comparables.map(f))

export const compareOf: Generator<'Compare'> = asTruth((asked) =>
  overFamilies((family) =>
    given(pairOf(asked, family), (pair) =>
      fc
        .tuple(fc.constantFrom<node.CompareOp>('eq', 'ne', 'lt', 'lte', 'gt', 'gte', 'same', 'differs'), pair)
        .map(([op, [a, b]]) => node.compare(op, a, b)),
    ),
  ),
)

export const logicOf: Generator<'Logic'> = asTruth((asked) =>
  given(asked.below('boolean'), (operand) =>
    fc
      .tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(operand, { maxLength: 3 }))
      .map(([op, operands]) => node.logic(op, operands)),
  ),
)

export const notOf: Generator<'Not'> = asTruth((asked) =>
  given(asked.below('boolean'), (operand) => operand.map(node.not)),
)

export const isNullOf: Generator<'IsNull'> = asTruth((asked) =>
  given(someOf(families.map(asked.below)), (operand) =>
    fc.tuple(operand, fc.boolean()).map(([e, negated]) => node.isNull(e, negated)),
  ),
)

/** What is literal, what is not, and both; no `!` alone at the end, on which engines differ. */
const patterns = fc
  .array(fc.constantFrom('%', '_', 'a', 'A', 'b', '!%', '!_', '!!', ' ', 'が'), { maxLength: 3 })
  .map((parts) => parts.join(''))

export const likeOf: Generator<'Like'> = asTruth((asked) =>
  given(asked.below('text'), (operand) =>
    fc
      .tuple(fc.constantFrom('like' as const, 'ilike' as const), operand, patterns)
      .map(([op, e, pattern]) => node.like(op, e, node.value(pattern, textType))),
  ),
)

export const betweenOf: Generator<'Between'> = asTruth((asked) =>
  overFamilies((family) =>
    given(asked.below(family), (operand) => {
      const bound = given(literals(family), (values) =>
        fc.tuple(operand, values, values).map(([e, low, high]) => node.between(e, besides(e, low), besides(e, high))),
      )
      return someOf([bound, fc.tuple(operand, operand, operand).map(([e, low, high]) => node.between(e, low, high))])
    }),
  ),
)

export const inListOf: Generator<'InList'> = asTruth((asked) =>
  overFamilies((family) =>
    given(asked.below(family), (operand) =>
      given(literals(family), (values) =>
        fc.tuple(operand, fc.array(values, { maxLength: 5 })).map(([e, list]) => node.inList(e, besides(e, list))),
      ),
    ),
  ),
)

export const inQueryOf: Generator<'InQuery'> = asTruth((asked) =>
  overFamilies((family) =>
    given(asked.below(family), (operand) =>
      given(asked.context.world.column(asked.context, family), (query) =>
        fc.tuple(operand, query).map(([e, q]) => node.inQuery(e, q)),
      ),
    ),
  ),
)

export const existsOf: Generator<'Exists'> = asTruth(({ context }) => context.world.rows(context).map(node.exists))

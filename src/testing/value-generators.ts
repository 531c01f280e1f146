/**
 * Generators of the nodes that give values of any family.
 */
import * as fc from 'fast-check'

import * as node from '../expr/node.js'
import type { ExprNode } from '../expr/node.js'
import { booleanType, integerType, type SqlType, unified } from '../expr/sql-type.js'
import { type Asked, type Generator, given, type Maybe, oneOf, someOf } from './context.js'
import { type Family, familyOf, literalType } from './family.js'
import { valuesOf } from './values.js'

/** A literal of a family, as `literal` makes it. */
export const literalOf = (family: Family): Maybe<node.ParamNode> => {
  const type = literalType[family]
  return type === null ? null : valuesOf(type).map((value) => node.value(value, type))
}

// -------------------------------------------------------------------------------------
// leaves
// -------------------------------------------------------------------------------------

/** Columns in reach for which this holds. */
export const columnsWhere = ({ context }: Asked, holds: (e: node.ColumnNode) => boolean): Maybe<node.ColumnNode> => {
  const own = context.own.filter((e) => e._tag === 'Column').filter(holds)
  const outer = context.outer.filter(holds)
  // Own columns twice as often: a criterion about outer rows alone keeps all rows or none.
  return someOf([oneOf(own), oneOf(own), oneOf(outer)])
}

export const columnOf: Generator<'Column'> = (asked) => columnsWhere(asked, (e) => familyOf(e.type) === asked.family)

export const paramOf: Generator<'Param'> = ({ context, family }) => (context.aggregated ? null : literalOf(family))

/** What a group repeats of its GROUP BY, and is no column. */
export const groupedOf = ({ context, family }: Asked): Maybe<ExprNode> =>
  oneOf(context.own.filter((e) => e._tag !== 'Column' && familyOf(e.type) === family))

// -------------------------------------------------------------------------------------
// operators
// -------------------------------------------------------------------------------------

const operation = (asked: Asked, family: Family, ops: ReadonlyArray<node.ArithmeticOp>): Maybe<node.ArithmeticNode> =>
  given(asked.below(family), (operand) =>
    fc
      .tuple(fc.constantFrom(...ops), operand, someOf([literalOf(family), operand]) ?? operand)
      .map(([op, a, b]) => node.arithmetic(op, a, b)),
  )

const exactOps: ReadonlyArray<node.ArithmeticOp> = ['add', 'sub', 'mul', 'intDiv', 'mod']

const countedOn: Generator<'Arithmetic'> = (asked) =>
  given(asked.below('count'), (operand) =>
    fc
      .tuple(fc.constantFrom<node.ArithmeticOp>('add', 'sub'), operand, fc.integer({ min: 0, max: 2 }))
      .map(([op, a, b]) => node.arithmetic(op, a, node.value(b, integerType))),
  )

export const arithmeticOf: Generator<'Arithmetic'> = (asked) => {
  switch (asked.family) {
    case 'integer':
      return someOf([operation(asked, 'integer', exactOps), operation(asked, 'smallint', exactOps)])
    case 'bigint':
    case 'numeric':
      return operation(asked, asked.family, exactOps)
    case 'double':
      return someOf([
        operation(asked, 'double', ['add', 'sub', 'mul', 'div']),
        operation(asked, 'integer', ['div']),
        operation(asked, 'bigint', ['div']),
        operation(asked, 'numeric', ['div']),
        operation(asked, 'real', ['add', 'sub', 'mul', 'div']),
      ])
    case 'count':
      return someOf([countedOn(asked), operation(asked, 'unsigned', exactOps)])
    default:
      return null
  }
}

export const concatOf: Generator<'Concat'> = (asked) =>
  asked.family === 'text'
    ? given(asked.below('text'), (operand) => fc.array(operand, { minLength: 1, maxLength: 3 }).map(node.concat))
    : null

// -------------------------------------------------------------------------------------
// choices
// -------------------------------------------------------------------------------------

/** The type that holds all of the values, as the combinators find it. */
const typeFor = (exprs: ReadonlyArray<ExprNode>): SqlType<unknown> =>
  exprs.map((e) => e.type).reduce((a, b) => unified(a, b) ?? a, exprs[0]?.type ?? booleanType)

/** Whether two values can stand for each other: two kinds of documents or of enumerations cannot. */
const agree = (a: ExprNode, b: ExprNode): boolean => unified(a.type, b.type) !== null

/** Values of a family that stand for each other: doubles beside integers, too. */
const choices = (asked: Asked): Maybe<ExprNode> =>
  someOf([asked.below(asked.family), asked.family === 'double' ? asked.below('integer') : null])

export const caseOf: Generator<'Case'> = (asked) =>
  given(asked.below(asked.family), (first) =>
    given(choices(asked), (result) =>
      given(asked.below('boolean'), (when) =>
        fc
          .tuple(
            fc.record({ when, result: first }),
            fc.array(fc.record({ when, result }), { maxLength: 1 }),
            fc.option(result),
          )
          .map(([branch, more, otherwise]) => {
            const branches = [branch, ...more.filter((b) => agree(branch.result, b.result))]
            const last = otherwise !== null && agree(branch.result, otherwise) ? otherwise : null
            const values = [...branches.map((b) => b.result), ...(last === null ? [] : [last])]
            return node.caseOf(branches, last, typeFor(values))
          }),
      ),
    ),
  )

export const coalesceOf: Generator<'Coalesce'> = (asked) =>
  given(asked.below(asked.family), (one) =>
    given(choices(asked), (other) =>
      fc.tuple(one, other, fc.boolean()).map(([a, b, turned]) => {
        const operands = agree(a, b) ? (turned ? [b, a] : [a, b]) : [a, a]
        return node.coalesce(operands, typeFor(operands))
      }),
    ),
  )

// -------------------------------------------------------------------------------------
// queries
// -------------------------------------------------------------------------------------

export const scalarOf: Generator<'Scalar'> = ({ context, family }) =>
  given(context.world.single(context, family), (query) =>
    query.map((q) =>
      node.scalar(q, q._tag === 'Select' && q.select?._tag === 'One' ? q.select.expr.type : booleanType),
    ),
  )

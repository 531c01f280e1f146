/**
 * What generators make and no function of relvar does, for code that makes it again: expressions of another type than functions
 * give them, types that no column has, clauses as they are kept.
 */
import { absurd } from 'fp-ts/lib/function.js'

import * as calls from '../expr/call-node.js'
import { type ColumnSpec, ofType } from '../expr/column.js'
import { type AnyExpr, type Expr, expr, nodeOf } from '../expr/expr.js'
import { frameNode, type Holds, type WindowFrame } from '../expr/frame.js'
import { anyDocument, jsonListType, jsonRecordType, jsonTupleType } from '../expr/json-value.js'
import * as node from '../expr/node.js'
import { type AnyOrder, orderNode } from '../expr/order.js'
import { type AnyQuery, nodeOfQuery, query } from '../expr/query.js'
import type { GroupingSets, JoinKind, StatementNode } from '../expr/query-node.js'
import { charType, countType, decimalType, type SqlType } from '../expr/sql-type.js'
import { type AnyTable, sourceOf } from '../expr/table.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

type Exprs = ReadonlyArray<AnyExpr>
type Spec = ColumnSpec<unknown>

/** An expression by its parts. */
export type UnusualExpr =
  | {
      readonly tag: 'Call'
      readonly name: calls.FunctionName
      readonly operands: Exprs
      readonly words: string
      readonly nulls: calls.CallNulls
      readonly type: Spec
    }
  | {
      readonly tag: 'Case'
      readonly branches: ReadonlyArray<{ readonly when: AnyExpr; readonly result: AnyExpr }>
      readonly otherwise: AnyExpr | null
      readonly type: Spec
    }
  | { readonly tag: 'Coalesce'; readonly operands: Exprs; readonly type: Spec }
  | {
      readonly tag: 'Aggregate'
      readonly name: calls.AggregateName
      readonly operand: AnyExpr | null
      readonly second: AnyExpr | null
      readonly distinct: boolean
      readonly filter: AnyExpr | null
      readonly orderBy: ReadonlyArray<AnyOrder>
      readonly type: Spec
    }
  | {
      readonly tag: 'Window'
      readonly name: calls.WindowNode['name']
      readonly operands: Exprs
      readonly partitionBy: Exprs
      readonly orderBy: ReadonlyArray<AnyOrder>
      readonly frame: WindowFrame<Holds> | null
      readonly type: Spec
    }
  | { readonly tag: 'InRows'; readonly operands: Exprs; readonly lists: Exprs }

/** A type that no column has: of counts, of decimals without an end, of texts beside a `char`, of documents that relvar makes. */
export type UnusualType =
  | { readonly tag: 'Count' }
  | {
      readonly tag: 'Numeric'
      readonly precision: number | null
      readonly scale: number
      readonly storedAs: 'number' | 'text'
    }
  | { readonly tag: 'Char' }
  | { readonly tag: 'Document' }
  | { readonly tag: 'Record'; readonly fields: ReadonlyArray<readonly [string, Spec]> }
  | { readonly tag: 'Tuple'; readonly elements: ReadonlyArray<Spec> }
  | { readonly tag: 'List'; readonly element: Spec }

/** A clause as a statement keeps it. */
export type UnusualClause =
  | {
      readonly tag: 'Join'
      readonly kind: JoinKind
      readonly table: AnyTable
      readonly on: AnyExpr | null
      readonly lateral: boolean
    }
  | { readonly tag: 'GroupingSets'; readonly word: GroupingSets['word']; readonly sets: GroupingSets['sets'] }
  | { readonly tag: 'Using'; readonly table: AnyTable }
  | { readonly tag: 'TargetWhere'; readonly where: AnyExpr }

// -------------------------------------------------------------------------------------
// expressions
// -------------------------------------------------------------------------------------

const nodes = (all: Exprs): ReadonlyArray<node.ExprNode> => all.map((e) => nodeOf(e))
const maybe = (e: AnyExpr | null): node.ExprNode | null => (e === null ? null : nodeOf(e))
const paramsIn = (all: Exprs): ReadonlyArray<node.ParamNode> => nodes(all).filter((e) => e._tag === 'Param')

const made = (of: UnusualExpr): node.ExprNode => {
  switch (of.tag) {
    case 'Call':
      return calls.call(of.name, nodes(of.operands), of.type.type, of)
    case 'Case':
      return node.caseOf(
        of.branches.map((b) => ({ when: nodeOf(b.when), result: nodeOf(b.result) })),
        maybe(of.otherwise),
        of.type.type,
      )
    case 'Coalesce':
      return node.coalesce(nodes(of.operands), of.type.type)
    case 'Aggregate':
      return calls.aggregate(
        of.name,
        maybe(of.operand),
        {
          distinct: of.distinct,
          filter: maybe(of.filter),
          orderBy: of.orderBy.map(orderNode),
          second: maybe(of.second),
        },
        of.type.type,
      )
    case 'Window': {
      const orderBy = of.orderBy.map(orderNode)
      const frame = frameNode(of.frame ?? undefined, orderBy)
      return calls.window(
        of.name,
        nodes(of.operands),
        { partitionBy: nodes(of.partitionBy), orderBy, frame },
        of.type.type,
      )
    }
    case 'InRows':
      return node.inRows(nodes(of.operands), paramsIn(of.lists))
    default:
      return absurd(of)
  }
}

/**
 * An expression by its parts, where no function of relvar makes it: what `code` writes for some that are generated. It is checked by
 * nobody until it is compiled.
 *
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { integer, literal, numeric } from 'relvar'
 * import { evaluate } from 'relvar/memory'
 * import { unusual } from 'relvar/testing'
 *
 * const first = unusual({ tag: 'Coalesce', operands: [literal(1, integer)], type: integer })
 * assert.deepStrictEqual(evaluate(first)({}), E.right(1))
 *
 * @category constructors
 * @since 0.1.0
 */
export const unusual = (of: UnusualExpr): Expr<never> => expr(made(of))

// -------------------------------------------------------------------------------------
// types
// -------------------------------------------------------------------------------------

const typeOf = (of: UnusualType): SqlType<unknown> => {
  switch (of.tag) {
    case 'Count':
      return countType
    case 'Numeric':
      return decimalType(of.precision, of.scale, of.storedAs)
    case 'Char':
      return charType(null)
    case 'Document':
      return anyDocument
    case 'Record':
      return jsonRecordType(of.fields.map(([key, spec]) => [key, spec.type] as const))
    case 'Tuple':
      return jsonTupleType(of.elements.map((spec) => spec.type))
    case 'List':
      return jsonListType(of.element.type)
    default:
      return absurd(of)
  }
}

/**
 * The column specification of a type that no column has, for `literal` and `unusual`.
 *
 * @example
 * import { exprEq, literal } from 'relvar'
 * import { unusualType } from 'relvar/testing'
 *
 * const three = literal(3, unusualType({ tag: 'Count' }))
 * assert(exprEq.equals(three, three))
 *
 * @category constructors
 * @since 0.1.0
 */
export const unusualType = (of: UnusualType): ColumnSpec<unknown, false, false, never> => ofType(typeOf(of))

// -------------------------------------------------------------------------------------
// clauses
// -------------------------------------------------------------------------------------

const changed = (statement: StatementNode, of: UnusualClause): StatementNode => {
  switch (of.tag) {
    case 'Join': {
      const join = { kind: of.kind, source: sourceOf(of.table), on: maybe(of.on), lateral: of.lateral }
      return statement._tag === 'Select' ? { ...statement, joins: [...statement.joins, join] } : statement
    }
    case 'GroupingSets':
      return statement._tag === 'Select' ? { ...statement, groupingSets: { word: of.word, sets: of.sets } } : statement
    case 'Using':
      return statement._tag === 'Update' || statement._tag === 'Delete'
        ? { ...statement, using: [...statement.using, { source: sourceOf(of.table), on: null }] }
        : statement
    case 'TargetWhere':
      return statement._tag === 'Insert' && statement.conflict?.target?._tag === 'Columns'
        ? {
            ...statement,
            conflict: { ...statement.conflict, target: { ...statement.conflict.target, where: nodeOf(of.where) } },
          }
        : statement
    default:
      return absurd(of)
  }
}

const bare = (statement: StatementNode): StatementNode => Object.freeze({ ...statement })

/**
 * A statement with a clause that no combinator of relvar says so: what `code` writes for some that are generated. A statement that
 * has no such clause stays as it is.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, groupBy, integer, queryShow, select, table } from 'relvar'
 * import { unusualClause } from 'relvar/testing'
 *
 * const users = table('users', { age: integer, id: integer })
 * const ages = pipe(from(users), groupBy(users.age), select(users.age))
 * const sets = pipe(ages, unusualClause({ tag: 'GroupingSets', word: 'sets', sets: [[0], []] }))
 * assert.match(queryShow.show(sets), /groupingSets/)
 *
 * @category combinators
 * @since 0.1.0
 */
export const unusualClause =
  (of: UnusualClause): (<Q extends AnyQuery>(q: Q) => Q) =>
  <Q extends AnyQuery>(q: Q): Q =>
    // The types of a query say nothing of how a clause is kept.
    query(bare(changed(nodeOfQuery(q), of))) as unknown as Q

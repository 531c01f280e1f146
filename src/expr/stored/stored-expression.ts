/**
 * Expressions as JSON: for each node what is stored of it, and how it is made again, by the constructors of the nodes themselves.
 */
import * as t from 'io-ts'

import * as calls from '../call-node.js'
import type { FrameBound, FunctionName } from '../call-node.js'
import { custom, type CustomForm, dataProblem } from '../custom-node.js'
import type { ExprNode, ExprTag, ParamNode } from '../node.js'
import * as node from '../node.js'
import type { OrderNode, QueryNode } from '../query-node.js'
import { columnsOfSource, type Source } from '../source.js'
import type { SqlType } from '../sql-type.js'
import { type Stored, byTag, later, made, orNull } from './stored-node.js'
import { valueFrom, valueTo } from './stored-value.js'
import { isLeft } from 'fp-ts/lib/Either.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What expressions are made of, and is stored by others. */
export interface Parts {
  readonly type: Stored<SqlType<unknown>>
  readonly source: Stored<Source>
  readonly query: Stored<QueryNode>
  /** Whether trusted text may be read: whoever stores it decides what the database is told. */
  readonly trusted: boolean
  readonly refuse: (why: string) => void
  /** The expressions of the user's own that may be read, by their names. */
  readonly customs: ReadonlyMap<string, CustomForm>
}

type Extracted<T extends ExprTag> = Extract<ExprNode, { readonly _tag: T }>

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** One of the words of a closed vocabulary; the record names each, so that a new one is not forgotten. */
const words = <W extends string>(all: Readonly<Record<W, null>>): Stored<W> =>
  // The codec of the keys of a record takes and gives just these.
  t.keyof(all) as unknown as Stored<W>

const comparisons = { eq: null, ne: null, lt: null, lte: null, gt: null, gte: null }
const ops = words<node.CompareOp>({ ...comparisons, same: null, differs: null })
const directions = words<OrderNode['direction']>({ asc: null, desc: null })
const places = words<OrderNode['nulls']>({ first: null, last: null })

/** Parameters: the key of a row that is not written yet belongs to its unit of work, and is not stored. */
const paramOf = ({ type, refuse }: Parts): Stored<ParamNode> => {
  const Held = t.type({ type, nullable: t.boolean })
  const Named = t.type({ hole: t.string })
  const Valued = t.type({ value: t.unknown })
  return new t.Type<ParamNode, unknown, unknown>(
    'Param',
    (u): u is ParamNode => node.isExprNode(u) && u._tag === 'Param',
    (u, context) => {
      const held = Held.validate(u, context)
      if (isLeft(held)) return held
      const { right } = held
      const named = Named.decode(u)
      if (named._tag === 'Right') return t.success(node.hole(named.right.hole, right.type, right.nullable))
      const valued = Valued.validate(u, context)
      if (isLeft(valued)) return valued
      const value = valueFrom(valued.right.value, right.type)
      return isLeft(value)
        ? t.failure(u, context, value.left)
        : t.success(node.value(value.right, right.type, right.nullable))
    },
    (param) => {
      if (param.kind._tag === 'Ref') refuse('the key of a row that is not written yet belongs to its unit of work')
      const held = { _tag: 'Param', type: type.encode(param.type), nullable: param.nullable }
      return param.kind._tag === 'Hole'
        ? { ...held, hole: param.kind.name }
        : { ...held, value: param.kind._tag === 'Value' ? valueTo(param.kind.value, param.type, refuse) : null }
    },
  )
}

const boundOf = (param: Stored<ParamNode>): Stored<FrameBound> =>
  t.union([
    t.type({ _tag: words({ UnboundedPreceding: null, CurrentRow: null, UnboundedFollowing: null }) }),
    t.type({ _tag: words({ Preceding: null, Following: null }), offset: param }),
  ]) as Stored<FrameBound>

const columnIn = (source: Source, key: string): node.ColumnNode | null => {
  const found = columnsOfSource(source).find((c) => c.key === key)
  if (found === undefined) return null
  const name = source._tag === 'TableSource' ? source.table.columns.find((c) => c.key === key)?.name : undefined
  return node.column(source, key, name ?? key, found.type, found.nullable)
}

/** An order, by the expressions that it stands beside. */
export const orderOf = (expr: Stored<ExprNode>): Stored<OrderNode> =>
  t.type({ expr, direction: directions, nulls: places })

/** Expressions as JSON, over what they are made of. */
export const expressionOf = (parts: Parts): Stored<ExprNode> => {
  const { type, source, query, trusted, refuse, customs } = parts
  const expr: Stored<ExprNode> = later('expression', () => byTag<ExprNode>('expression', forms))
  const exprs = t.readonlyArray(expr)
  const maybe = orNull(expr)
  const param = paramOf(parts)
  const params = t.readonlyArray(param)
  const orders = t.readonlyArray(orderOf(expr))
  const frame = t.type({
    unit: words({ rows: null, range: null, groups: null }),
    start: boundOf(param),
    end: boundOf(param),
  })
  const pair = t.type({ left: expr, right: expr })
  const forms: { readonly [T in ExprTag]: Stored<Extracted<T>> } = {
    Param: param,
    Column: made('Column', t.type({ of: source, key: t.string }), ({ of, key }) => columnIn(of, key)),
    Compare: made('Compare', t.intersection([pair, t.type({ op: ops })]), (f) => node.compare(f.op, f.left, f.right)),
    Logic: made('Logic', t.type({ op: words({ and: null, or: null }), operands: exprs }), (f) =>
      node.logic(f.op, f.operands),
    ),
    Not: made('Not', t.type({ operand: expr }), (f) => node.not(f.operand)),
    IsNull: made('IsNull', t.type({ operand: expr, negated: t.boolean }), (f) => node.isNull(f.operand, f.negated)),
    Like: made('Like', t.type({ op: words({ like: null, ilike: null }), operand: expr, pattern: expr }), (f) =>
      node.like(f.op, f.operand, f.pattern),
    ),
    Between: made('Between', t.type({ operand: expr, low: expr, high: expr }), (f) =>
      node.between(f.operand, f.low, f.high),
    ),
    InList: made('InList', t.type({ operand: expr, list: param }), (f) => node.inList(f.operand, f.list)),
    InRows: made('InRows', t.type({ operands: exprs, lists: params }), (f) => node.inRows(f.operands, f.lists)),
    InQuery: made('InQuery', t.type({ operand: expr, query }), (f) => node.inQuery(f.operand, f.query)),
    Quantified: made(
      'Quantified',
      t.type({
        op: words<node.QuantifiedNode['op']>(comparisons),
        quantifier: words({ any: null, all: null }),
        operand: expr,
        query,
      }),
      (f) => node.quantified(f.op, f.quantifier, f.operand, f.query),
    ),
    Arithmetic: made(
      'Arithmetic',
      t.intersection([
        pair,
        t.type({
          op: words({ add: null, sub: null, mul: null, div: null, intDiv: null, mod: null }),
        }),
      ]),
      (f) => node.arithmetic(f.op, f.left, f.right),
    ),
    Concat: made('Concat', t.type({ operands: exprs }), (f) => node.concat(f.operands)),
    Call: made(
      'Call',
      t.type({
        name: t.string,
        operands: exprs,
        words: t.string,
        nulls: words({ strict: null, may: null, never: null }),
        type,
      }),
      // A name that no function has is refused by the compiler and by the interpreter, which know them.
      (f) => calls.call(f.name as FunctionName, f.operands, f.type, f),
    ),
    Case: made(
      'Case',
      t.type({ branches: t.readonlyArray(t.type({ when: expr, result: expr })), otherwise: maybe, type }),
      (f) => node.caseOf(f.branches, f.otherwise, f.type),
    ),
    Coalesce: made('Coalesce', t.type({ operands: exprs, type }), (f) => node.coalesce(f.operands, f.type)),
    Aggregate: made(
      'Aggregate',
      t.type({
        name: words<calls.AggregateName>({
          count: null,
          sum: null,
          avg: null,
          min: null,
          max: null,
          boolAnd: null,
          boolOr: null,
          stringAgg: null,
          jsonAgg: null,
          arrayAgg: null,
          stddevPop: null,
          stddevSamp: null,
          varPop: null,
          varSamp: null,
          grouping: null,
        }),
        operand: maybe,
        distinct: t.boolean,
        filter: maybe,
        orderBy: orders,
        second: maybe,
        type,
      }),
      (f) => calls.aggregate(f.name, f.operand, f, f.type),
    ),
    Window: made(
      'Window',
      t.type({
        name: words({
          rowNumber: null,
          rank: null,
          denseRank: null,
          percentRank: null,
          cumeDist: null,
          ntile: null,
          lag: null,
          lead: null,
          firstValue: null,
          lastValue: null,
          nthValue: null,
          aggregate: null,
        }),
        operands: exprs,
        partitionBy: exprs,
        orderBy: orders,
        frame: orNull(frame),
        type,
      }),
      (f) => calls.window(f.name, f.operands, f, f.type),
    ),
    Raw: made(
      'Raw',
      t.type({ texts: t.readonlyArray(t.string), operands: exprs, type, nullable: t.boolean }),
      (f) => (trusted ? calls.raw(f.texts, f.operands, f.type, f.nullable) : null),
      () => {
        if (!trusted) refuse('text of SQL is stored only where "trusted" says that whoever can change it may')
      },
    ),
    Custom: made(
      'Custom',
      t.exact(t.type({ name: t.string, operands: exprs, data: t.unknown })),
      ({ name, operands, data }) => {
        const form = customs.get(name)
        const node = form === undefined ? null : custom(form, operands, data)
        return node === null || dataProblem(node) !== null ? null : node
      },
      (made) => {
        const problem = dataProblem(made)
        if (problem !== null) refuse(problem)
        if (customs.get(made.form.name) !== made.form)
          refuse(`"${made.form.name}" is an expression of your own that is not given here: name it in "custom"`)
      },
    ),
    Exists: made('Exists', t.type({ query }), (f) => node.exists(f.query)),
    Scalar: made('Scalar', t.type({ query, type }), (f) => node.scalar(f.query, f.type)),
  }
  return expr
}

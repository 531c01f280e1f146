/**
 * Structural equality of nodes: of their shape alone (values aside), or of all that is in them.
 */
import { hasQuery, visitExpr } from './children.js'
import { visitProjection } from './visitor.js'
import type { AggregateNode, Frame, FrameBound, WindowNode } from './call-node.js'
import { dataText } from './custom-data.js'
import type { ColumnNode, ExprNode } from './node.js'
import type {
  GroupingSets,
  IncludeNode,
  JoinNode,
  Keyset,
  Lock,
  OrderNode,
  ProjectionNode,
  SelectNode,
  SetNode,
  StatementNode,
  TextNode,
} from './query-node.js'
import { anyValue, list, sameNames, type SameParam, sameValue } from './same-data.js'
import { sameSource } from './same-source.js'
import { sameWrite } from './same-write.js'
import { columnsOfSource } from './source.js'

interface Same {
  readonly expr: (a: ExprNode, b: ExprNode) => boolean
  readonly statement: (a: StatementNode, b: StatementNode) => boolean
}

const comparing = (param: SameParam, positions: (a: SelectNode, b: SelectNode) => boolean): Same => {
  const expr = (a: ExprNode, b: ExprNode): boolean =>
    (a === b && (a.params === 0 || param === anyValue)) || (a.shape === b.shape && below(a, b))

  const exprs = (a: ReadonlyArray<ExprNode>, b: ReadonlyArray<ExprNode>): boolean => list(a, b, expr)
  const maybe = (a: ExprNode | null, b: ExprNode | null): boolean => (a === null || b === null ? a === b : expr(a, b))

  const column = (a: ColumnNode, b: ColumnNode): boolean =>
    a.key === b.key && a.name === b.name && a.type.id === b.type.id && a.nullable === b.nullable && source(a.of, b.of)

  const below = (a: ExprNode, b: ExprNode): boolean => {
    switch (a._tag) {
      case 'Column':
        return b._tag === 'Column' && column(a, b)
      case 'Param':
        return b._tag === 'Param' && param(a, b)
      case 'Compare':
        return b._tag === 'Compare' && a.op === b.op && expr(a.left, b.left) && expr(a.right, b.right)
      case 'Arithmetic':
        return b._tag === 'Arithmetic' && a.op === b.op && expr(a.left, b.left) && expr(a.right, b.right)
      case 'Logic':
        return b._tag === 'Logic' && a.op === b.op && exprs(a.operands, b.operands)
      case 'Concat':
        return b._tag === 'Concat' && exprs(a.operands, b.operands)
      case 'Coalesce':
        return b._tag === 'Coalesce' && exprs(a.operands, b.operands)
      case 'Not':
        return b._tag === 'Not' && expr(a.operand, b.operand)
      case 'IsNull':
        return b._tag === 'IsNull' && a.negated === b.negated && expr(a.operand, b.operand)
      case 'Call':
        return (
          b._tag === 'Call' &&
          a.name === b.name &&
          a.words === b.words &&
          a.nulls === b.nulls &&
          a.type.id === b.type.id &&
          exprs(a.operands, b.operands)
        )
      case 'Raw':
        return (
          b._tag === 'Raw' &&
          list(a.texts, b.texts, (x, y) => x === y) &&
          a.type.id === b.type.id &&
          a.nullable === b.nullable &&
          exprs(a.operands, b.operands)
        )
      case 'Custom':
        return (
          b._tag === 'Custom' &&
          a.form === b.form &&
          dataText(a.data) === dataText(b.data) &&
          exprs(a.operands, b.operands)
        )
      case 'InRows':
        return b._tag === 'InRows' && a.bucket === b.bucket && exprs(a.operands, b.operands) && exprs(a.lists, b.lists)
      case 'Quantified':
        return (
          b._tag === 'Quantified' &&
          a.op === b.op &&
          a.quantifier === b.quantifier &&
          expr(a.operand, b.operand) &&
          statement(a.query, b.query)
        )
      case 'Window':
        return b._tag === 'Window' && window(a, b)
      case 'Like':
        return b._tag === 'Like' && a.op === b.op && expr(a.operand, b.operand) && expr(a.pattern, b.pattern)
      case 'Between':
        return b._tag === 'Between' && expr(a.operand, b.operand) && expr(a.low, b.low) && expr(a.high, b.high)
      case 'InList':
        return b._tag === 'InList' && a.bucket === b.bucket && expr(a.operand, b.operand) && expr(a.list, b.list)
      case 'InQuery':
        return b._tag === 'InQuery' && expr(a.operand, b.operand) && statement(a.query, b.query)
      case 'Case':
        return (
          b._tag === 'Case' &&
          list(a.branches, b.branches, (x, y) => expr(x.when, y.when) && expr(x.result, y.result)) &&
          maybe(a.otherwise, b.otherwise)
        )
      case 'Aggregate':
        return b._tag === 'Aggregate' && aggregate(a, b)
      case 'Exists':
        return b._tag === 'Exists' && statement(a.query, b.query)
      case 'Scalar':
        return b._tag === 'Scalar' && statement(a.query, b.query)
    }
  }

  const aggregate = (a: AggregateNode, b: AggregateNode): boolean =>
    a.name === b.name &&
    a.distinct === b.distinct &&
    a.type.id === b.type.id &&
    maybe(a.operand, b.operand) &&
    maybe(a.second, b.second) &&
    maybe(a.filter, b.filter) &&
    list(a.orderBy, b.orderBy, order)

  // Not every engine binds the numbers of a frame, so they are part of what a text is.
  const bound = (a: FrameBound, b: FrameBound): boolean =>
    a._tag === b._tag && ('offset' in a ? 'offset' in b && sameValue(a.offset, b.offset) : true)

  const frame = (a: Frame | null, b: Frame | null): boolean =>
    a === null || b === null ? a === b : a.unit === b.unit && bound(a.start, b.start) && bound(a.end, b.end)

  const window = (a: WindowNode, b: WindowNode): boolean =>
    a.name === b.name &&
    a.type.id === b.type.id &&
    exprs(a.operands, b.operands) &&
    exprs(a.partitionBy, b.partitionBy) &&
    list(a.orderBy, b.orderBy, order) &&
    frame(a.frame, b.frame)

  const projection = (a: ProjectionNode | null, b: ProjectionNode | null): boolean => {
    if (a === null || b === null) return a === b
    if (a._tag === 'One') return b._tag === 'One' && expr(a.expr, b.expr)
    if (a._tag === 'Whole') return b._tag === 'Whole' && source(a.source, b.source)
    return (
      b._tag === 'Record' &&
      list(a.fields, b.fields, (x, y) => x.key === y.key && projection(x.projection, y.projection))
    )
  }

  const join = (a: JoinNode, b: JoinNode): boolean =>
    a === b || (a.kind === b.kind && a.lateral === b.lateral && source(a.source, b.source) && maybe(a.on, b.on))

  const order = (a: OrderNode, b: OrderNode): boolean =>
    a.direction === b.direction && a.nulls === b.nulls && expr(a.expr, b.expr)

  const include = (a: IncludeNode, b: IncludeNode): boolean =>
    a.key === b.key &&
    a.relation.cardinality === b.relation.cardinality &&
    statement(a.relation.query, b.relation.query)

  const groupings = (a: GroupingSets | null, b: GroupingSets | null): boolean =>
    a === null || b === null
      ? a === b
      : a.word === b.word && list(a.sets, b.sets, (x, y) => list(x, y, (i, j) => i === j))

  const keyset = (a: Keyset | null, b: Keyset | null): boolean =>
    a === null || b === null ? a === b : a.direction === b.direction && exprs(a.values, b.values)

  const lock = (a: Lock | null, b: Lock | null): boolean =>
    a === null || b === null ? a === b : a.strength === b.strength && a.wait === b.wait && list(a.of, b.of, source)

  const select = (a: SelectNode, b: SelectNode): boolean =>
    a.distinct === b.distinct &&
    a.withTies === b.withTies &&
    source(a.from, b.from) &&
    list(a.joins, b.joins, join) &&
    maybe(a.where, b.where) &&
    list(a.present, b.present, source) &&
    exprs(a.groupBy, b.groupBy) &&
    groupings(a.groupingSets, b.groupingSets) &&
    maybe(a.having, b.having) &&
    projection(a.select, b.select) &&
    exprs(a.distinctOn, b.distinctOn) &&
    list(a.orderBy, b.orderBy, order) &&
    keyset(a.keyset, b.keyset) &&
    maybe(a.limit, b.limit) &&
    maybe(a.offset, b.offset) &&
    lock(a.lock, b.lock) &&
    list(a.includes, b.includes, include) &&
    positions(a, b)

  const set = (a: SetNode, b: SetNode): boolean =>
    a.op === b.op &&
    list(a.orderBy, b.orderBy, (x, y) => x.key === y.key && x.direction === y.direction && x.nulls === y.nulls) &&
    maybe(a.limit, b.limit) &&
    maybe(a.offset, b.offset) &&
    statement(a.left, b.left) &&
    statement(a.right, b.right)

  const text = (a: TextNode, b: TextNode): boolean =>
    a.text === b.text &&
    sameNames(a.names, b.names) &&
    (a.outputs === null || b.outputs === null ? a.outputs === b.outputs : sameNames(a.outputs, b.outputs)) &&
    exprs(a.operands, b.operands) &&
    (a.columns === null || b.columns === null ? a.columns === b.columns : list(a.columns, b.columns, output)) &&
    list(a.reads, b.reads, source) &&
    list(a.writes, b.writes, source)

  const statement = (a: StatementNode, b: StatementNode): boolean => {
    if (a === b && param === anyValue) return true
    if (a._tag === 'Select') return b._tag === 'Select' && select(a, b)
    if (a._tag === 'SetOperation') return b._tag === 'SetOperation' && set(a, b)
    if (a._tag === 'Text') return b._tag === 'Text' && text(a, b)
    return b._tag !== 'Select' && b._tag !== 'SetOperation' && b._tag !== 'Text' && write(a, b)
  }

  // What stands below each other compares by each other: functions that are asked later, when all of them are there.
  const { source, output, written } = sameSource({
    param,
    expr,
    maybe,
    order,
    statement: (a, b) => statement(a, b),
    text: (a, b) => text(a, b),
  })
  const write = sameWrite({ param, expr, maybe, statement: (a, b) => statement(a, b), source, written, projection })

  return { expr, statement }
}

const byValue = comparing(sameValue, () => true)

/** Whether two expressions are the same, values included. */
export const sameExpr = byValue.expr

/** Whether two statements are the same, values included. */
export const sameStatement = byValue.statement

/**
 * The output that a grouped or ordered expression repeats, values included: PostgreSQL refuses
 * `select x + $1 … group by x + $2`, and sees no two queries as the same, so such an expression is written by position. Null where
 * none is repeated.
 */
export const outputPosition = (select: ProjectionNode | null, node: ExprNode): number | null => {
  if (node._tag === 'Column' || select === null || (node.params === 0 && !hasQuery(node))) return null
  let position: number | null = null
  let at = 0
  const walk = (projection: ProjectionNode): void => {
    if (projection._tag === 'One') {
      if (position === null && sameExpr(projection.expr, node)) position = at
      at += 1
    } else if (projection._tag === 'Record') for (const field of projection.fields) walk(field.projection)
    else at += columnsOfSource(projection.source).length
  }
  walk(select)
  return position
}

/**
 * Where a grouped expression with parameters is repeated in what a group says, values included: as numbers that two SELECTs of
 * one text share. Whether `x + 5` is a group or an ungrouped column depends on whether the group is `x + 5`.
 */
export const repeatedGroups = (select: SelectNode): ReadonlyArray<number> => {
  const groups = select.groupBy.filter((e) => e.params > 0)
  const found: Array<number> = []
  let at = 0
  const visit = (e: ExprNode): void => {
    if (e.params === 0) return
    at += 1
    const group = groups.findIndex((g) => sameExpr(g, e))
    if (group >= 0) found.push(at, group)
    else visitExpr(e, { expr: visit, query: () => {} })
  }
  if (groups.length === 0) return found
  if (select.select !== null) visitProjection(select.select, { expr: visit, query: () => {} })
  if (select.having !== null) visit(select.having)
  for (const order of select.orderBy) visit(order.expr)
  return found
}

const samePositions = (a: SelectNode, b: SelectNode): boolean =>
  a.groupBy.every((node, i) => outputPosition(a.select, node) === outputPosition(b.select, b.groupBy[i] ?? node)) &&
  list(repeatedGroups(a), repeatedGroups(b), (x, y) => x === y) &&
  a.orderBy.every((o, i) => outputPosition(a.select, o.expr) === outputPosition(b.select, (b.orderBy[i] ?? o).expr))

const byShape = comparing(anyValue, samePositions)

/** Whether two statements have one SQL text and one decoder, whatever their values are. */
export const sameShape = byShape.statement

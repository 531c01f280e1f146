/**
 * Structural equality of nodes: of their shape alone (values aside), or of all that is in them.
 */
import { hasQuery, visitExpr, visitProjection } from './children.js'
import type { AggregateNode, Frame, FrameBound, WindowNode } from './call-node.js'
import type { ColumnNode, ExprNode, ParamNode } from './node.js'
import type {
  Assignment,
  Conflict,
  DeleteNode,
  GroupingSets,
  IncludeNode,
  InsertSource,
  JoinNode,
  Keyset,
  Lock,
  OrderNode,
  ProjectionNode,
  SelectNode,
  SetNode,
  StatementNode,
  TextNode,
  UpdateNode,
  WriteNode,
} from './query-node.js'
import { columnsOfSource, type DerivedColumn, type Source, type TableInfo } from './source.js'

/** How parameters compare: a cached statement takes any value, an ordered output only the same one. */
type SameParam = (a: ParamNode, b: ParamNode) => boolean

const anyValue: SameParam = (a, b) => a.type.id === b.type.id && a.nullable === b.nullable

/** Whether two values of parameters are the same: lists, bytes and documents by what is in them. */
const sameData = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime()
  const [mine, theirs] = [Object.entries(a), new Map(Object.entries(b))]
  return (
    mine.length === theirs.size && mine.every(([key, value]) => theirs.has(key) && sameData(value, theirs.get(key)))
  )
}

const sameValue: SameParam = (a, b) => {
  if (!anyValue(a, b) || a.kind._tag !== b.kind._tag) return false
  if (a.kind._tag === 'Value' && b.kind._tag === 'Value') return sameData(a.kind.value, b.kind.value)
  if (a.kind._tag === 'Hole' && b.kind._tag === 'Hole') return a.kind.name === b.kind.name
  return a.kind === b.kind
}

const list = <A>(a: ReadonlyArray<A>, b: ReadonlyArray<A>, same: (x: A, y: A) => boolean): boolean => {
  if (a === b) return true
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) {
    // Both indices are within the arrays, whose lengths are equal.
    if (!same(a[i] as A, b[i] as A)) return false
  }
  return true
}

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

  const table = (a: TableInfo, b: TableInfo): boolean =>
    a === b ||
    (a.shape === b.shape &&
      a.name === b.name &&
      a.schema === b.schema &&
      list(
        a.columns,
        b.columns,
        (x, y) =>
          x.key === y.key &&
          x.name === y.name &&
          x.type.id === y.type.id &&
          x.nullable === y.nullable &&
          x.primaryKey === y.primaryKey &&
          x.autoIncrement === y.autoIncrement,
      ))

  const source = (a: Source, b: Source): boolean =>
    (a === b && ((a._tag === 'TableSource' && a.computed.length === 0) || param === anyValue)) ||
    (a.name === b.name && rows(a, b))

  const rows = (a: Source, b: Source): boolean => {
    switch (a._tag) {
      case 'TableSource':
        return (
          b._tag === 'TableSource' &&
          table(a.table, b.table) &&
          list(a.computed, b.computed, (x, y) => x.key === y.key && expr(x.expr, y.expr))
        )
      case 'DerivedSource':
        return (
          b._tag === 'DerivedSource' &&
          a.cte?.name === b.cte?.name &&
          a.cte?.materialized === b.cte?.materialized &&
          statement(a.query, b.query)
        )
      case 'RecursiveSource':
        return (
          b._tag === 'RecursiveSource' &&
          a.cte.name === b.cte.name &&
          a.all === b.all &&
          statement(a.base, b.base) &&
          statement(a.step, b.step)
        )
      case 'WorkingSource':
        return b._tag === 'WorkingSource' && a.of === b.of && list(a.columns, b.columns, output)
      case 'TextSource':
        return b._tag === 'TextSource' && text(a.statement, b.statement)
      case 'ValuesSource':
        return (
          b._tag === 'ValuesSource' && list(a.columns, b.columns, output) && list(a.rows, b.rows, (x, y) => exprs(x, y))
        )
    }
  }

  const output = (a: DerivedColumn, b: DerivedColumn): boolean =>
    a.key === b.key && a.type.id === b.type.id && a.nullable === b.nullable

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

  const assignments = (a: ReadonlyArray<Assignment>, b: ReadonlyArray<Assignment>): boolean =>
    list(a, b, (x, y) => x.key === y.key && expr(x.value, y.value))

  const write = (a: WriteNode, b: WriteNode): boolean => {
    if (!projection(a.returning, b.returning)) return false
    if (a._tag === 'Insert')
      return (
        b._tag === 'Insert' &&
        source(a.into, b.into) &&
        inserted(a.source, b.source) &&
        (a.conflict === null || b.conflict === null ? a.conflict === b.conflict : conflict(a.conflict, b.conflict))
      )
    if (a._tag === 'Update')
      return b._tag === 'Update' && source(a.table, b.table) && assignments(a.set, b.set) && about(a, b)
    return b._tag === 'Delete' && source(a.from, b.from) && about(a, b)
  }

  const about = (a: UpdateNode | DeleteNode, b: UpdateNode | DeleteNode): boolean =>
    a.everyRow === b.everyRow &&
    list(a.using, b.using, (x, y) => source(x.source, y.source) && maybe(x.on, y.on)) &&
    maybe(a.where, b.where)

  const names = (a: ReadonlyArray<string>, b: ReadonlyArray<string>): boolean => list(a, b, (x, y) => x === y)

  const inserted = (a: InsertSource, b: InsertSource): boolean => {
    if (a._tag === 'Rows') return b._tag === 'Rows' && list(a.rows, b.rows, assignments)
    if (a._tag === 'Query')
      return (
        b._tag === 'Query' &&
        names(a.columns, b.columns) &&
        statement(a.query, b.query) &&
        assignments(a.defaults, b.defaults)
      )
    return (
      b._tag === 'Values' &&
      list(a.columns, b.columns, (x, y) => x.key === y.key && x.type.id === y.type.id && x.nullable === y.nullable) &&
      (param === anyValue || list(a.rows, b.rows, (x, y) => list(x, y, sameData)))
    )
  }

  const conflict = (a: Conflict, b: Conflict): boolean => {
    const [x, y] = [a.target, b.target]
    const target =
      x === null || y === null
        ? x === y
        : x._tag === 'Constraint'
          ? y._tag === 'Constraint' && x.name === y.name
          : y._tag === 'Columns' && names(x.columns, y.columns) && maybe(x.where, y.where)
    return (
      target &&
      (a.action._tag === 'Nothing'
        ? b.action._tag === 'Nothing'
        : b.action._tag === 'Update' &&
          assignments(a.action.set, b.action.set) &&
          maybe(a.action.where, b.action.where))
    )
  }

  const text = (a: TextNode, b: TextNode): boolean =>
    a.problem === b.problem &&
    list(a.texts, b.texts, (x, y) => x === y) &&
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

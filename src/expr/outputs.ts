/**
 * The outputs of a query: what a derived table's columns are, and which of them can be null.
 */
import type { AggregateName, WindowNode } from './call-node.js'
import { visitExpr } from './children.js'
import { isStrictAt } from './custom-node.js'
import type { ExprNode } from './node.js'
import type { ProjectionNode, QueryNode, SelectNode } from './query-node.js'
import { columnsOfSource, type DerivedColumn, type Source } from './source.js'
import { unified } from './sql-type.js'

/** The projection of a SELECT: the whole first source where nothing was selected. */
export const projectionOf = (query: SelectNode): ProjectionNode => query.select ?? { _tag: 'Whole', source: query.from }

/** The names of the sources that an outer join may leave out. */
export const outerJoined = (query: Pick<SelectNode, 'from' | 'joins'>): ReadonlySet<string> => {
  const absent = new Set<string>()
  const before = [query.from.name]
  for (const join of query.joins) {
    if (join.kind === 'left' || join.kind === 'full') absent.add(join.source.name)
    if (join.kind === 'right' || join.kind === 'full') for (const name of before) absent.add(name)
    before.push(join.source.name)
  }
  return absent
}

/** The name, among those that may be absent, of there being several groupings: what one leaves out is null, whatever it is. */
const severalGroupings = '(grouping sets)'

/** The names of the sources whose columns stand in an expression, not counting those of its subqueries. */
const mentioned = (node: ExprNode): ReadonlySet<string> => {
  const names = new Set<string>()
  const visit = (e: ExprNode): void => {
    if (e._tag === 'Column') names.add(e.of.name)
    else visitExpr(e, { expr: visit, query: () => {} })
  }
  visit(node)
  return names
}

/** The names of the sources that may be absent from a row. */
export const absentIn = (query: SelectNode): ReadonlySet<string> => {
  const absent = new Set(outerJoined(query))
  for (const source of query.present) absent.delete(source.name)
  if (query.groupingSets !== null) {
    absent.add(severalGroupings)
    for (const e of query.groupBy) for (const name of mentioned(e)) absent.add(name)
  }
  return absent
}

const noneAbsent: ReadonlySet<string> = new Set()

/** Aggregates that have a value also where there are no rows. */
const never: ReadonlyArray<AggregateName> = ['count', 'jsonAgg', 'grouping']

/** Whether an expression can be null where the sources `absent` may be absent. A `true` too many costs an index, no more. */
export const canBeNull = (node: ExprNode, absent: ReadonlySet<string>): boolean => {
  const some = (nodes: ReadonlyArray<ExprNode>): boolean => nodes.some((n) => canBeNull(n, absent))
  if (absent.has(severalGroupings) && node._tag !== 'Aggregate') return true
  switch (node._tag) {
    case 'Column':
      return node.nullable || absent.has(node.of.name)
    case 'Param':
      return node.nullable
    case 'Compare':
      return node.op !== 'same' && node.op !== 'differs' && some([node.left, node.right])
    case 'Arithmetic':
      return node.op === 'div' || node.op === 'intDiv' || node.op === 'mod' || some([node.left, node.right])
    case 'Logic':
    case 'Concat':
      return some(node.operands)
    case 'Coalesce':
      return node.operands.every((n) => canBeNull(n, absent))
    case 'Call':
      return node.nulls === 'may' || (node.nulls === 'strict' && some(node.operands))
    case 'Raw':
      // Its type says whether it is null by itself; where a source is absent it may be.
      return node.nullable || node.operands.some((e) => canBeNull(e, absent) && !canBeNull(e, noneAbsent))
    case 'Custom':
      return (
        node.form.gives.nullable || node.operands.some((e, at) => isStrictAt(node.form, at) && canBeNull(e, absent))
      )
    case 'InRows':
      return some(node.operands)
    case 'Window':
      return windowCanBeNull(node, absent)
    case 'Not':
      return canBeNull(node.operand, absent)
    case 'Like':
      return some([node.operand, node.pattern])
    case 'Between':
      return some([node.operand, node.low, node.high])
    case 'InList':
      return canBeNull(node.operand, absent)
    case 'Case':
      return node.otherwise === null || some([...node.branches.map((b) => b.result), node.otherwise])
    case 'Aggregate':
      return !never.includes(node.name)
    case 'InQuery':
    case 'Quantified':
    case 'Scalar':
      return true
    case 'IsNull':
    case 'Exists':
      return false
  }
}

/** A window's row is in its own partition, so that only a frame or another row can have nothing to say. */
const windowCanBeNull = (node: WindowNode, absent: ReadonlySet<string>): boolean => {
  switch (node.name) {
    case 'rowNumber':
    case 'rank':
    case 'denseRank':
    case 'percentRank':
    case 'cumeDist':
    case 'ntile':
      return false
    case 'lag':
    case 'lead': {
      const [value, , otherwise] = node.operands
      return value === undefined || otherwise === undefined || canBeNull(value, absent) || canBeNull(otherwise, absent)
    }
    default:
      return node.operands.every((e) => e._tag !== 'Aggregate' || e.name !== 'count')
  }
}

/** Whether the rows of a query are flat records, as a source or a side of a set operation has them. */
export const isFlat = (query: QueryNode): boolean => {
  if (query._tag === 'SetOperation') return true
  const projection = projectionOf(query)
  if (query.includes.length > 0 || projection._tag === 'One') return false
  return projection._tag === 'Whole' || projection.fields.every((f) => f.projection._tag === 'One')
}

/** An output of both sides of a set operation. */
const united = (a: DerivedColumn, b: DerivedColumn | undefined): DerivedColumn =>
  b === undefined ? a : { key: a.key, type: unified(a.type, b.type) ?? a.type, nullable: a.nullable || b.nullable }

/** The outputs of a query by key. Those of a record inside a record have no name of their own. */
export const outputsOf = (query: QueryNode): ReadonlyArray<DerivedColumn> => {
  if (query._tag === 'SetOperation') {
    const right = outputsOf(query.right)
    return outputsOf(query.left).map((column) =>
      united(
        column,
        right.find((other) => other.key === column.key),
      ),
    )
  }
  const absent = absentIn(query)
  const whole = (source: Source): ReadonlyArray<DerivedColumn> =>
    columnsOfSource(source).map(({ key, type, nullable }) => ({
      key,
      type,
      nullable: nullable || absent.has(source.name),
    }))
  const outputs = (key: string, projection: ProjectionNode): ReadonlyArray<DerivedColumn> => {
    switch (projection._tag) {
      case 'One':
        return [{ key, type: projection.expr.type, nullable: canBeNull(projection.expr, absent) }]
      case 'Whole':
        return whole(projection.source)
      case 'Record':
        return projection.fields.flatMap((field) => outputs(field.key, field.projection))
    }
  }
  return outputs('value', projectionOf(query))
}

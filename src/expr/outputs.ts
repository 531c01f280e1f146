/**
 * The outputs of a query: what a derived table's columns are, and which of them can be null.
 */
import type { ExprNode } from './node.js'
import type { ProjectionNode, QueryNode, SelectNode } from './query-node.js'
import { columnsOfSource, type DerivedColumn, type Source } from './source.js'
import { unified } from './sql-type.js'

/** The projection of a SELECT: the whole first source where nothing was selected. */
export const projectionOf = (query: SelectNode): ProjectionNode => query.select ?? { _tag: 'Whole', source: query.from }

/** The names of the sources that an outer join may leave out. */
export const outerJoined = (query: SelectNode): ReadonlySet<string> => {
  const absent = new Set<string>()
  const before = [query.from.name]
  for (const join of query.joins) {
    if (join.kind === 'left' || join.kind === 'full') absent.add(join.source.name)
    if (join.kind === 'right' || join.kind === 'full') for (const name of before) absent.add(name)
    before.push(join.source.name)
  }
  return absent
}

/** The names of the sources that may be absent from a row. */
export const absentIn = (query: SelectNode): ReadonlySet<string> => {
  const absent = new Set(outerJoined(query))
  for (const source of query.present) absent.delete(source.name)
  return absent
}

/** Whether an expression can be null where the sources `absent` may be absent. A `true` too many costs an index, no more. */
export const canBeNull = (node: ExprNode, absent: ReadonlySet<string>): boolean => {
  const some = (nodes: ReadonlyArray<ExprNode>): boolean => nodes.some((n) => canBeNull(n, absent))
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
    case 'Not':
    case 'Call':
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
      return node.name !== 'count'
    case 'InQuery':
    case 'Scalar':
      return true
    case 'IsNull':
    case 'Exists':
      return false
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

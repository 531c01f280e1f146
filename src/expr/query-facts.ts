/**
 * What is known of a statement once and asked often: its shape and how many parameters it has. Found when first asked for.
 */
import { visitStatement } from './children.js'
import type { ExprNode } from './node.js'
import type {
  Assignment,
  Conflict,
  DeleteNode,
  InsertSource,
  ProjectionNode,
  SelectNode,
  SetNode,
  StatementNode,
  TextNode,
  UpdateNode,
} from './query-node.js'
import { outputPosition, repeatedGroups } from './same.js'
import { hashText, mix } from './shape.js'
import type { Source, TableSource } from './source.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

export interface QueryFacts {
  readonly shape: number
  /** Parameters of the statement itself, those of its includes left out. */
  readonly params: number
}

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

const known = new WeakMap<StatementNode, QueryFacts>()

/** The shape and the number of parameters of a statement. */
export const factsOf = (query: StatementNode): QueryFacts => {
  const before = known.get(query)
  if (before !== undefined) return before
  const facts = { shape: shapeOf(query), params: countParams(query) }
  known.set(query, facts)
  return facts
}

const countParams = (query: StatementNode): number => {
  let params = 0
  visitStatement(query, {
    expr: (node) => {
      params += node.params
    },
    query: (inner) => {
      params += factsOf(inner).params
    },
  })
  return params
}

const exprShape = (h: number, node: ExprNode | null): number => mix(h, node === null ? 0 : node.shape)

const rowsOfSourceShape = (source: Source): number => {
  switch (source._tag) {
    case 'TableSource':
      return source.computed.reduce((h, c) => mix(mix(h, hashText(c.key)), c.expr.shape), source.table.shape)
    case 'DerivedSource':
      return mix(factsOf(source.query).shape, source.cte === null ? 0 : hashText(source.cte.name))
    case 'RecursiveSource':
      return mix(mix(hashText(source.cte.name), factsOf(source.base).shape), factsOf(source.step).shape)
    case 'WorkingSource':
      return hashText(source.of)
    case 'TextSource':
      return factsOf(source.statement).shape
    case 'ValuesSource':
      return source.rows.reduce((h, row) => row.reduce((all, e) => mix(all, e.shape), mix(h, row.length)), 29)
  }
}

const sourceShape = (source: Source): number => mix(hashText(source.name), rowsOfSourceShape(source))

const projectionShape = (h: number, projection: ProjectionNode | null): number => {
  if (projection === null) return mix(h, 1)
  if (projection._tag === 'One') return mix(h, projection.expr.shape)
  if (projection._tag === 'Whole') return mix(h, sourceShape(projection.source))
  let shape = mix(h, projection.fields.length)
  for (const field of projection.fields) shape = projectionShape(mix(shape, hashText(field.key)), field.projection)
  return shape
}

const orderShape = (h: number, order: { direction: string; nulls: string }): number =>
  mix(h, (order.direction === 'asc' ? 1 : 2) + (order.nulls === 'first' ? 4 : 8))

const positionShape = (h: number, query: SelectNode, node: ExprNode): number => {
  const position = outputPosition(query.select, node)
  return position === null ? h : mix(h, position + 1)
}

/** Clauses that few queries have. */
const rareShape = (before: number, { distinctOn, groupingSets, keyset, lock }: SelectNode): number => {
  let h = before
  for (const node of distinctOn) h = mix(h, node.shape)
  if (groupingSets !== null) {
    h = mix(h, hashText(groupingSets.word))
    for (const set of groupingSets.sets) h = set.reduce(mix, mix(h, set.length))
  }
  if (keyset !== null) h = keyset.values.reduce((all, e) => mix(all, e.shape), mix(h, hashText(keyset.direction)))
  if (lock !== null)
    h = lock.of.reduce(
      (all, s) => mix(all, hashText(s.name)),
      mix(mix(h, hashText(lock.strength)), hashText(lock.wait)),
    )
  return h
}

const selectShape = (query: SelectNode): number => {
  let h = mix((query.distinct ? 11 : 13) + (query.withTies ? 100 : 0), sourceShape(query.from))
  for (const join of query.joins)
    h = exprShape(mix(mix(h, hashText(join.kind) + (join.lateral ? 1 : 0)), sourceShape(join.source)), join.on)
  h = exprShape(h, query.where)
  for (const source of query.present) h = mix(h, sourceShape(source))
  h = mix(h, query.groupBy.length)
  for (const node of query.groupBy) h = positionShape(mix(h, node.shape), query, node)
  if (query.groupBy.length > 0) for (const n of repeatedGroups(query)) h = mix(h, n)
  h = projectionShape(exprShape(h, query.having), query.select)
  for (const order of query.orderBy) h = positionShape(mix(orderShape(h, order), order.expr.shape), query, order.expr)
  h = rareShape(h, query)
  h = exprShape(exprShape(h, query.limit), query.offset)
  for (const include of query.includes)
    h = mix(
      mix(mix(h, hashText(include.key)), hashText(include.relation.cardinality)),
      factsOf(include.relation.query).shape,
    )
  return h
}

const setShape = (query: SetNode): number => {
  let h = mix(mix(hashText(query.op), factsOf(query.left).shape), factsOf(query.right).shape)
  for (const order of query.orderBy) h = orderShape(mix(h, hashText(order.key)), order)
  return exprShape(exprShape(h, query.limit), query.offset)
}

/** Rows mostly name the columns of the row before, so names are hashed where they change. */
const rowsShape = (seed: number, rows: ReadonlyArray<ReadonlyArray<Assignment>>): number => {
  let h = mix(seed, rows.length)
  let before: ReadonlyArray<Assignment> = []
  for (const row of rows) {
    h = mix(h, row.length)
    for (let i = 0; i < row.length; i++) {
      const a = row[i]
      if (a === undefined) continue
      h = mix(before[i]?.key === a.key ? h : mix(h, hashText(a.key)), a.value.shape)
    }
    before = row
  }
  return h
}

const assignedShape = (seed: number, set: ReadonlyArray<Assignment>): number =>
  set.reduce((h, a) => mix(mix(h, hashText(a.key)), a.value.shape), mix(seed, set.length))

/** Of plain values their columns alone are in it: how many rows there are is said when they are sent. */
const insertedShape = (seed: number, source: InsertSource): number => {
  switch (source._tag) {
    case 'Rows':
      return rowsShape(seed, source.rows)
    case 'Values':
      return source.columns.reduce((h, c) => mix(h, hashText(c.key)), mix(seed, 37))
    case 'Query': {
      const h = source.columns.reduce((all, key) => mix(all, hashText(key)), mix(seed, factsOf(source.query).shape))
      return assignedShape(h, source.defaults)
    }
  }
}

const conflictShape = (seed: number, conflict: Conflict | null): number => {
  if (conflict === null) return mix(seed, 1)
  const { target, action } = conflict
  let h = mix(seed, 41)
  if (target?._tag === 'Constraint') h = mix(h, hashText(target.name))
  if (target?._tag === 'Columns')
    h = exprShape(
      target.columns.reduce((all, key) => mix(all, hashText(key)), h),
      target.where,
    )
  return action._tag === 'Nothing' ? mix(h, 43) : exprShape(assignedShape(h, action.set), action.where)
}

/** Which rows an update or a delete is about, and what it gives back. */
const aboutShape = (seed: number, query: UpdateNode | DeleteNode): number => {
  let h = mix(seed, query.everyRow ? 2 : 1)
  for (const { source, on } of query.using) h = exprShape(mix(h, sourceShape(source)), on)
  return projectionShape(exprShape(h, query.where), query.returning)
}

const textShape = ({ text, names, operands, columns, outputs, reads, writes }: TextNode): number => {
  let h = [...names, ...(outputs ?? [])].reduce((all, name) => mix(all, hashText(name)), mix(31, hashText(text)))
  h = mix(h, outputs === null ? 0 : outputs.length)
  for (const operand of operands) h = mix(h, operand.shape)
  for (const c of columns ?? []) h = mix(mix(h, hashText(c.key) + (c.nullable ? 1 : 0)), hashText(c.type.id))
  for (const source of [...reads, ...writes]) h = mix(h, sourceShape(source))
  return mix(mix(h, reads.length), columns === null ? 0 : 1)
}

/** A table that is written, by what only writes ask of it: how many keys it has is enough to keep most tables apart. */
const writtenShape = (target: TableSource): number =>
  mix(
    sourceShape(target),
    (target.table.uniques.length * 64 + target.table.indexes.length) * 64 + target.table.foreignKeys.length,
  )

const shapeOf = (query: StatementNode): number => {
  switch (query._tag) {
    case 'Select':
      return selectShape(query)
    case 'SetOperation':
      return setShape(query)
    case 'Insert':
      return projectionShape(
        conflictShape(insertedShape(mix(17, writtenShape(query.into)), query.source), query.conflict),
        query.returning,
      )
    case 'Update':
      return aboutShape(assignedShape(mix(19, writtenShape(query.table)), query.set), query)
    case 'Text':
      return textShape(query)
    case 'Delete':
      return aboutShape(mix(23, writtenShape(query.from)), query)
  }
}

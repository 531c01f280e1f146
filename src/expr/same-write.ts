/**
 * Structural equality of writes.
 */
import type { ExprNode } from './node.js'
import type {
  Assignment,
  Conflict,
  DeleteNode,
  InsertSource,
  ProjectionNode,
  StatementNode,
  UpdateNode,
  WriteNode,
} from './query-node.js'
import { anyValue, list, sameData, sameNames, type SameParam } from './same-data.js'
import type { Source, TableInfo } from './source.js'
import { targetOfWrite } from './write-parts.js'

/** How what stands below a write compares. */
interface Parts {
  readonly param: SameParam
  readonly expr: (a: ExprNode, b: ExprNode) => boolean
  readonly maybe: (a: ExprNode | null, b: ExprNode | null) => boolean
  readonly statement: (a: StatementNode, b: StatementNode) => boolean
  readonly source: (a: Source, b: Source) => boolean
  readonly written: (a: TableInfo, b: TableInfo) => boolean
  readonly projection: (a: ProjectionNode | null, b: ProjectionNode | null) => boolean
}

/** Equality of writes, over that of what stands below them. */
export const sameWrite = (parts: Parts): ((a: WriteNode, b: WriteNode) => boolean) => {
  const { param, expr, maybe, statement, source, written, projection } = parts

  const assignments = (a: ReadonlyArray<Assignment>, b: ReadonlyArray<Assignment>): boolean =>
    list(a, b, (x, y) => x.key === y.key && expr(x.value, y.value))

  const about = (a: UpdateNode | DeleteNode, b: UpdateNode | DeleteNode): boolean =>
    a.everyRow === b.everyRow &&
    list(a.using, b.using, (x, y) => source(x.source, y.source) && maybe(x.on, y.on)) &&
    maybe(a.where, b.where)

  const inserted = (a: InsertSource, b: InsertSource): boolean => {
    if (a._tag === 'Rows') return b._tag === 'Rows' && list(a.rows, b.rows, assignments)
    if (a._tag === 'Query')
      return (
        b._tag === 'Query' &&
        sameNames(a.columns, b.columns) &&
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
          : y._tag === 'Columns' && sameNames(x.columns, y.columns) && maybe(x.where, y.where)
    return (
      target &&
      (a.action._tag === 'Nothing'
        ? b.action._tag === 'Nothing'
        : b.action._tag === 'Update' &&
          assignments(a.action.set, b.action.set) &&
          maybe(a.action.where, b.action.where))
    )
  }

  return (a, b) => {
    const [x, y] = [targetOfWrite(a), targetOfWrite(b)]
    if (!source(x, y) || !written(x.table, y.table) || !projection(a.returning, b.returning)) return false
    if (a._tag === 'Insert')
      return (
        b._tag === 'Insert' &&
        inserted(a.source, b.source) &&
        (a.conflict === null || b.conflict === null ? a.conflict === b.conflict : conflict(a.conflict, b.conflict))
      )
    if (a._tag === 'Update') return b._tag === 'Update' && assignments(a.set, b.set) && about(a, b)
    return b._tag === 'Delete' && about(a, b)
  }
}

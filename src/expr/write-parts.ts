/**
 * What stands below a write, in one place: visiting it, and making the same write of other parts.
 */
import type { Visitor } from './visitor.js'
import { visitProjection, visitSource } from './visitor.js'
import type { ExprNode } from './node.js'
import type {
  Assignment,
  Conflict,
  InsertSource,
  ProjectionNode,
  QueryNode,
  UsingNode,
  WriteNode,
} from './query-node.js'
import type { Source, TableSource } from './source.js'

// -------------------------------------------------------------------------------------
// visiting
// -------------------------------------------------------------------------------------

const visitSet = (set: ReadonlyArray<Assignment>, on: Visitor): void => {
  for (const a of set) on.expr(a.value)
}

const visitInsertSource = (source: InsertSource, on: Visitor): void => {
  switch (source._tag) {
    case 'Rows':
      return source.rows.forEach((row) => visitSet(row, on))
    case 'Values':
      return
    case 'Query':
      on.query(source.query)
      return visitSet(source.defaults, on)
  }
}

const visitConflict = ({ target, action }: Conflict, on: Visitor): void => {
  if (target?._tag === 'Columns' && target.where !== null) on.expr(target.where)
  if (action._tag !== 'Update') return
  visitSet(action.set, on)
  if (action.where !== null) on.expr(action.where)
}

const visitUsing = (using: ReadonlyArray<UsingNode>, on: Visitor): void => {
  for (const { source, on: criterion } of using) {
    visitSource(source, on)
    if (criterion !== null) on.expr(criterion)
  }
}

/** Visits the parts of a write in a fixed order, which is the order of its parameters. */
export const visitWrite = (write: WriteNode, on: Visitor): void => {
  switch (write._tag) {
    case 'Insert':
      visitInsertSource(write.source, on)
      if (write.conflict !== null) visitConflict(write.conflict, on)
      break
    case 'Update':
      visitUsing(write.using, on)
      visitSet(write.set, on)
      if (write.where !== null) on.expr(write.where)
      break
    case 'Delete':
      visitUsing(write.using, on)
      if (write.where !== null) on.expr(write.where)
  }
  if (write.returning !== null) visitProjection(write.returning, on)
}

/** The sources that a write looks at besides its own table. */
export const sourcesOfWrite = (write: WriteNode): ReadonlyArray<Source> =>
  write._tag === 'Insert' ? [] : write.using.map(({ source }) => source)

/** The table that a write writes. */
export const targetOfWrite = (write: WriteNode): TableSource =>
  write._tag === 'Insert' ? write.into : write._tag === 'Update' ? write.table : write.from

// -------------------------------------------------------------------------------------
// mapping
// -------------------------------------------------------------------------------------

/** What becomes of each part. */
export interface WriteMapping {
  readonly expr: (e: ExprNode) => ExprNode
  readonly table: (t: TableSource) => TableSource
  readonly source: (s: Source) => Source
  readonly query: (q: QueryNode) => QueryNode
  readonly projection: (p: ProjectionNode) => ProjectionNode
}

/** The same write of other parts. */
export const mapWrite = (write: WriteNode, to: WriteMapping): WriteNode => {
  const maybe = (e: ExprNode | null): ExprNode | null => (e === null ? null : to.expr(e))
  const set = (list: ReadonlyArray<Assignment>): ReadonlyArray<Assignment> =>
    list.map((a) => ({ key: a.key, value: to.expr(a.value) }))
  const using = (list: ReadonlyArray<UsingNode>): ReadonlyArray<UsingNode> =>
    list.map((u) => ({ source: to.source(u.source), on: maybe(u.on) }))
  const rows = (source: InsertSource): InsertSource => {
    switch (source._tag) {
      case 'Rows':
        return { ...source, rows: source.rows.map(set) }
      case 'Values':
        return source
      case 'Query':
        return { ...source, query: to.query(source.query), defaults: set(source.defaults) }
    }
  }
  const conflict = ({ target, action }: Conflict): Conflict => ({
    target: target?._tag === 'Columns' ? { ...target, where: maybe(target.where) } : target,
    action: action._tag === 'Update' ? { ...action, set: set(action.set), where: maybe(action.where) } : action,
  })
  const returning = write.returning === null ? null : to.projection(write.returning)
  switch (write._tag) {
    case 'Insert':
      return {
        ...write,
        into: to.table(write.into),
        source: rows(write.source),
        conflict: write.conflict === null ? null : conflict(write.conflict),
        returning,
      }
    case 'Update':
      return {
        ...write,
        table: to.table(write.table),
        using: using(write.using),
        set: set(write.set),
        where: maybe(write.where),
        returning,
      }
    case 'Delete':
      return { ...write, from: to.table(write.from), using: using(write.using), where: maybe(write.where), returning }
  }
}

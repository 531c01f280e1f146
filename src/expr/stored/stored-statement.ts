/**
 * Sources, queries and writes as JSON.
 */
import * as t from 'io-ts'

import type { ExprNode } from '../node.js'
import { assignmentRows, sourceOfRows } from '../insert-rows.js'
import type {
  Assignment,
  Conflict,
  ConflictAction,
  ConflictTarget,
  DeleteNode,
  IncludeNode,
  InsertNode,
  InsertSource,
  JoinKind,
  ProjectionNode,
  QueryNode,
  SelectNode,
  SetNode,
  SetOp,
  StatementNode,
  TextNode,
  UpdateNode,
} from '../query-node.js'
import { query as queryOf } from '../query.js'
import type { Source, TableSource } from '../source.js'
import { orderOf } from './stored-expression.js'
import { type Stored, byTag, later, made, orNull } from './stored-node.js'

// -------------------------------------------------------------------------------------
// projections
// -------------------------------------------------------------------------------------

const projectionOf = (expr: Stored<ExprNode>, source: Stored<Source>): Stored<ProjectionNode> => {
  const projection: Stored<ProjectionNode> = later('projection', () =>
    byTag<ProjectionNode>('projection', {
      One: made('One', t.type({ expr }), (f) => ({ _tag: 'One', ...f })),
      Whole: made('Whole', t.type({ source }), (f) => ({ _tag: 'Whole', ...f })),
      Record: made('Record', t.type({ fields: t.readonlyArray(t.type({ key: t.string, projection })) }), (f) => ({
        _tag: 'Record',
        ...f,
      })),
    }),
  )
  return projection
}

// -------------------------------------------------------------------------------------
// statements
// -------------------------------------------------------------------------------------

// A query that was read is a query like any other, brand and all.
const branded = <N extends StatementNode>(node: N): N => queryOf(node) as unknown as N

const joinKinds: Readonly<Record<JoinKind, null>> = { inner: null, left: null, right: null, full: null, cross: null }
const setOps: Readonly<Record<SetOp, null>> = {
  union: null,
  unionAll: null,
  intersect: null,
  intersectAll: null,
  except: null,
  exceptAll: null,
}

/** What the parts of statements are made of. */
export interface StatementParts {
  readonly expr: Stored<ExprNode>
  readonly source: Stored<Source>
  readonly query: Stored<QueryNode>
}

const selectOf = ({ expr, source, query }: StatementParts): Stored<SelectNode> => {
  const maybe = orNull(expr)
  const exprs = t.readonlyArray(expr)
  const index = t.refinement(t.number, (n) => Number.isSafeInteger(n) && n >= 0)
  const relation = t.type({ cardinality: t.keyof({ many: null, one: null, optional: null }), query })
  const include: Stored<IncludeNode> = t.type({ key: t.string, relation })
  const required = t.type({
    from: source,
    joins: t.readonlyArray(t.type({ kind: t.keyof(joinKinds), source, on: maybe, lateral: t.boolean })),
    where: maybe,
    present: t.readonlyArray(source),
    groupBy: exprs,
    groupingSets: orNull(
      t.type({
        word: t.keyof({ rollup: null, cube: null, sets: null }),
        sets: t.readonlyArray(t.readonlyArray(index)),
      }),
    ),
    having: maybe,
    select: orNull(projectionOf(expr, source)),
    distinct: t.boolean,
    distinctOn: exprs,
    orderBy: t.readonlyArray(orderOf(expr)),
    keyset: orNull(t.type({ direction: t.keyof({ after: null, before: null }), values: exprs })),
    limit: maybe,
    offset: maybe,
    withTies: t.boolean,
    lock: orNull(
      t.type({
        strength: t.keyof({ update: null, share: null }),
        wait: t.keyof({ wait: null, noWait: null, skipLocked: null }),
        of: t.readonlyArray(source),
      }),
    ),
    includes: t.readonlyArray(include),
  })
  return made('Select', required, (f) =>
    f.groupingSets !== null && f.groupingSets.sets.some((set) => set.some((at) => at >= f.groupBy.length))
      ? null
      : branded({ _tag: 'Select', ...f }),
  )
}

const setOf = ({ expr, query }: StatementParts): Stored<SetNode> => {
  const maybe = orNull(expr)
  const order = t.type({
    key: t.string,
    direction: t.keyof({ asc: null, desc: null }),
    nulls: t.keyof({ first: null, last: null }),
  })
  const fields = t.type({
    op: t.keyof(setOps),
    left: query,
    right: query,
    orderBy: t.readonlyArray(order),
    limit: maybe,
    offset: maybe,
  })
  return made('SetOperation', fields, (f) => branded({ _tag: 'SetOperation', ...f }))
}

/** Queries, over expressions and sources. */
export const queryForm = (parts: StatementParts): Stored<QueryNode> =>
  byTag<QueryNode>('query', { Select: selectOf(parts), SetOperation: setOf(parts) })

const assignmentsOf = (expr: Stored<ExprNode>): Stored<ReadonlyArray<Assignment>> =>
  t.readonlyArray(t.type({ key: t.string, value: expr }))

/** Rows that are held as values are stored as the rows of assignments that they stand for. */
const insertedOf = ({ expr, query }: StatementParts): Stored<InsertSource> => {
  type Kept = Exclude<InsertSource, { readonly _tag: 'Values' }>
  const assignments = assignmentsOf(expr)
  const form = byTag<Kept>('insert source', {
    Rows: made('Rows', t.type({ rows: t.readonlyArray(assignments) }), (f) => ({ _tag: 'Rows', ...f })),
    Query: made('Query', t.type({ columns: t.readonlyArray(t.string), query, defaults: assignments }), (f) => ({
      _tag: 'Query',
      ...f,
    })),
  })
  return new t.Type<InsertSource, unknown, unknown>(
    form.name,
    (u): u is InsertSource => typeof u === 'object' && u !== null && '_tag' in u,
    (u, context) => form.validate(u, context),
    (source) => form.encode(source._tag === 'Values' ? { _tag: 'Rows', rows: assignmentRows({ source }) } : source),
  )
}

const conflictOf = ({ expr }: StatementParts): Stored<Conflict> => {
  const where = orNull(expr)
  return t.type({
    target: orNull(
      byTag<ConflictTarget>('conflict target', {
        Columns: made('Columns', t.type({ columns: t.readonlyArray(t.string), where }), (f) => ({
          _tag: 'Columns',
          ...f,
        })),
        Constraint: made('Constraint', t.type({ name: t.string }), (f) => ({ _tag: 'Constraint', ...f })),
      }),
    ),
    action: byTag<ConflictAction>('conflict action', {
      Nothing: made('Nothing', t.type({}), () => ({ _tag: 'Nothing' })),
      Update: made('Update', t.type({ set: assignmentsOf(expr), where }), (f) => ({ _tag: 'Update', ...f })),
    }),
  })
}

const isTableSource = (source: Source): source is TableSource => source._tag === 'TableSource'

/** Queries and writes, over expressions and sources. */
export const statementForm = (parts: StatementParts & { readonly text: Stored<TextNode> }): Stored<StatementNode> => {
  const { expr, source, text } = parts
  const table: Stored<TableSource> = t.refinement(source, isTableSource, 'table') as unknown as Stored<TableSource>
  const maybe = orNull(expr)
  const assignments = assignmentsOf(expr)
  const returning = orNull(projectionOf(expr, source))
  const using = t.readonlyArray(t.type({ source, on: maybe }))
  const insert: Stored<InsertNode> = made(
    'Insert',
    t.type({ into: table, source: insertedOf(parts), conflict: orNull(conflictOf(parts)), returning }),
    (f) => {
      const rows = f.source._tag === 'Rows' ? sourceOfRows(f.into, f.source.rows) : f.source
      return branded({ _tag: 'Insert', ...f, source: rows })
    },
  )
  const update: Stored<UpdateNode> = made(
    'Update',
    t.type({ table, using, set: assignments, where: maybe, everyRow: t.boolean, returning }),
    (f) => branded({ _tag: 'Update', ...f }),
  )
  const remove: Stored<DeleteNode> = made(
    'Delete',
    t.type({ from: table, using, where: maybe, everyRow: t.boolean, returning }),
    (f) => branded({ _tag: 'Delete', ...f }),
  )
  return byTag<StatementNode>('statement', {
    Select: selectOf(parts),
    SetOperation: setOf(parts),
    Insert: insert,
    Update: update,
    Delete: remove,
    Text: text,
  })
}

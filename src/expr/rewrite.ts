/**
 * Substitution: a copy of a query in which the columns of a free source are something else. What is bound inside is left alone,
 * and an inner query that binds a name of the replacement is renamed first, so that nothing is captured.
 */
import { boundBy, freeIn } from './children.js'
import * as node from './node.js'
import type { ColumnNode, ExprNode, ParamNode } from './node.js'
import type { Assignment, JoinNode, ProjectionNode, QueryNode, SelectNode, StatementNode } from './query-node.js'
import { query } from './query.js'
import type { Source } from './source.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What stands for the columns of the source `name`, and the names that it mentions itself. */
export interface Substitution {
  readonly name: string
  readonly column: (column: ColumnNode) => ExprNode
  /** For a whole source in a projection; null where the replacement is no source. */
  readonly source: ((source: Source) => Source) | null
  readonly mentions: ReadonlySet<string>
  /** What stands for each parameter; null where parameters stay. Where they change, what binds the name is entered too. */
  readonly param: ((param: ParamNode) => ParamNode) | null
}

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/** The expression with the source replaced. */
export const rewriteExpr = (s: Substitution, e: ExprNode): ExprNode => {
  const go = (x: ExprNode): ExprNode => rewriteExpr(s, x)
  switch (e._tag) {
    case 'Column':
      return e.of.name === s.name ? s.column(e) : e
    case 'Param':
      return s.param === null ? e : s.param(e)
    case 'Compare':
      return node.compare(e.op, go(e.left), go(e.right))
    case 'Logic':
      return node.logic(e.op, e.operands.map(go))
    case 'Not':
      return node.not(go(e.operand))
    case 'IsNull':
      return node.isNull(go(e.operand), e.negated)
    case 'Like':
      return node.like(e.op, go(e.operand), go(e.pattern))
    case 'Between':
      return node.between(go(e.operand), go(e.low), go(e.high))
    case 'InList':
      return node.inList(go(e.operand), s.param === null ? e.list : s.param(e.list))
    case 'InQuery':
      return node.inQuery(go(e.operand), rewriteQuery(s, e.query))
    case 'Arithmetic':
      return node.arithmetic(e.op, go(e.left), go(e.right))
    case 'Concat':
      return node.concat(e.operands.map(go))
    case 'Call':
      return node.call(e.name, go(e.operand))
    case 'Case':
      return node.caseOf(
        e.branches.map((b) => ({ when: go(b.when), result: go(b.result) })),
        e.otherwise === null ? null : go(e.otherwise),
        e.type,
      )
    case 'Coalesce':
      return node.coalesce(e.operands.map(go), e.type)
    case 'Aggregate':
      return e.operand === null ? e : node.aggregate(e.name, go(e.operand), e.distinct)
    case 'Exists':
      return node.exists(rewriteQuery(s, e.query))
    case 'Scalar':
      return node.scalar(rewriteQuery(s, e.query), e.type)
  }
}

const rewriteProjection = (s: Substitution, p: ProjectionNode): ProjectionNode => {
  switch (p._tag) {
    case 'One':
      return { _tag: 'One', expr: rewriteExpr(s, p.expr) }
    case 'Whole':
      if (p.source.name !== s.name) return s.param === null ? p : { _tag: 'Whole', source: rewriteSource(s, p.source) }
      if (s.source !== null) return { _tag: 'Whole', source: s.source(p.source) }
      return {
        _tag: 'Record',
        fields: (p.source._tag === 'TableSource' ? p.source.table.columns : p.source.columns).map((c) => ({
          key: c.key,
          projection: { _tag: 'One', expr: s.column(node.column(p.source, c.key, c.key, c.type, c.nullable)) },
        })),
      }
    case 'Record':
      return {
        _tag: 'Record',
        fields: p.fields.map((f) => ({ key: f.key, projection: rewriteProjection(s, f.projection) })),
      }
  }
}

const rewriteSource = (s: Substitution, source: Source): Source =>
  source._tag === 'TableSource' ? source : Object.freeze({ ...source, query: rewriteQuery(s, source.query) })

/** The source under another name, for what is bound inside and would capture. */
export const renaming = (from: string, to: string): Substitution => {
  const renamed = (source: Source): Source => Object.freeze({ ...source, name: to })
  return {
    name: from,
    column: (c) => node.column(renamed(c.of), c.key, c.name, c.type, c.nullable),
    source: renamed,
    mentions: new Set([to]),
    param: null,
  }
}

const freshName = (name: string, taken: ReadonlySet<string>): string => {
  let n = 1
  while (taken.has(`${name}_${n}`)) n += 1
  return `${name}_${n}`
}

/** Gives another name to each source that the query binds and the substitution mentions. */
const withoutCapture = (s: Substitution, select: SelectNode): SelectNode => {
  const bound = boundBy(select)
  return bound
    .filter((name) => s.mentions.has(name))
    .reduce(
      (q, name) => rebind(q, name, freshName(name, new Set([...bound, ...s.mentions, ...freeIn(select)]))),
      select,
    )
}

const rebind = (select: SelectNode, name: string, to: string): SelectNode => {
  const s = renaming(name, to)
  const source = (x: Source): Source => (x.name === name ? Object.freeze({ ...x, name: to }) : x)
  return rewriteClauses(s, {
    ...select,
    // A bare SELECT of its first source gives that source under its new name.
    from: source(select.from),
    joins: select.joins.map((join) => ({ ...join, source: source(join.source) })),
    present: select.present.map(source),
  })
}

const maybeParam = (s: Substitution, p: ParamNode | null): ParamNode | null =>
  p === null || s.param === null ? p : s.param(p)

const rewriteClauses = (s: Substitution, q: SelectNode): SelectNode => {
  const maybe = (e: ExprNode | null): ExprNode | null => (e === null ? null : rewriteExpr(s, e))
  return {
    ...q,
    from: rewriteSource(s, q.from),
    joins: q.joins.map((j): JoinNode => ({ kind: j.kind, source: rewriteSource(s, j.source), on: maybe(j.on) })),
    where: maybe(q.where),
    groupBy: q.groupBy.map((e) => rewriteExpr(s, e)),
    having: maybe(q.having),
    select: q.select === null ? null : rewriteProjection(s, q.select),
    orderBy: q.orderBy.map((o) => ({ ...o, expr: rewriteExpr(s, o.expr) })),
    limit: maybeParam(s, q.limit),
    offset: maybeParam(s, q.offset),
    includes: q.includes.map((i) => ({
      key: i.key,
      relation: { ...i.relation, query: rewriteQuery(s, i.relation.query) },
    })),
  }
}

/** The query with the free source replaced; a query that binds the name itself stays as it is. */
export const rewriteQuery = (s: Substitution, q: QueryNode): QueryNode => {
  if (q._tag === 'SetOperation')
    return branded({
      ...q,
      left: rewriteQuery(s, q.left),
      right: rewriteQuery(s, q.right),
      limit: maybeParam(s, q.limit),
      offset: maybeParam(s, q.offset),
    })
  if (s.param !== null) return branded(rewriteClauses(s, q))
  if (boundBy(q).includes(s.name) || !freeIn(q).has(s.name)) return q
  return branded(rewriteClauses(s, withoutCapture(s, q)))
}

// A rewritten query is a query like any other, brand and all.
const branded = (q: QueryNode): QueryNode => query(q) as unknown as QueryNode

/** The statement with a parameter node of its own in each place, so that a node used twice does not pass for one place. */
export const withOwnParams = (statement: StatementNode): StatementNode => {
  const s: Substitution = {
    name: '',
    column: (c) => c,
    source: null,
    mentions: new Set(),
    param: node.copyParam,
  }
  const assigned = (list: ReadonlyArray<Assignment>): ReadonlyArray<Assignment> =>
    list.map((a) => ({ key: a.key, value: rewriteExpr(s, a.value) }))
  const maybe = (e: ExprNode | null): ExprNode | null => (e === null ? null : rewriteExpr(s, e))
  const returned = (p: ProjectionNode | null): ProjectionNode | null => (p === null ? null : rewriteProjection(s, p))
  switch (statement._tag) {
    case 'Select':
    case 'SetOperation':
      return rewriteQuery(s, statement)
    case 'Insert':
      return { ...statement, rows: statement.rows.map(assigned), returning: returned(statement.returning) }
    case 'Update':
      return {
        ...statement,
        set: assigned(statement.set),
        where: maybe(statement.where),
        returning: returned(statement.returning),
      }
    case 'Delete':
      return { ...statement, where: maybe(statement.where), returning: returned(statement.returning) }
  }
}

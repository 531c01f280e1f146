/**
 * Substitution: a copy of a query in which the columns of a free source are something else. What is bound inside is left alone,
 * and an inner query that binds a name of the replacement is renamed first, so that nothing is captured.
 */
import { boundBy, freeIn } from './children.js'
import * as calls from './call-node.js'
import type { AggregateNode, FrameBound, WindowNode } from './call-node.js'
import { custom } from './custom-node.js'
import * as node from './node.js'
import type { ColumnNode, ExprNode, ParamNode } from './node.js'
import type {
  JoinNode,
  OrderNode,
  ProjectionNode,
  QueryNode,
  SelectNode,
  StatementNode,
  TextNode,
  WriteNode,
} from './query-node.js'
import { query } from './query.js'
import { columnsOfSource, computedOf, type DerivedColumn, type Source, type TableSource } from './source.js'
import { mapWrite } from './write-parts.js'

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
  /** What stands for a whole expression, asked before what is below it; null where nothing does. */
  readonly replace?: ((e: ExprNode) => ExprNode | null) | null
  /** What stands for each table that a query binds, where tables change. */
  readonly table?: (source: TableSource) => TableSource
  /** What stands for a statement of text; without it, what is bound in it is rewritten. */
  readonly text?: (text: TextNode) => TextNode
}

// -------------------------------------------------------------------------------------
// combinators
// -------------------------------------------------------------------------------------

/** The expression with the source replaced. */
export const rewriteExpr = (s: Substitution, e: ExprNode): ExprNode => {
  const go = (x: ExprNode): ExprNode => rewriteExpr(s, x)
  const replaced = s.replace?.(e) ?? null
  if (replaced !== null) return replaced
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
      return calls.call(e.name, e.operands.map(go), e.type, e)
    case 'Raw':
      return calls.raw(e.texts, e.operands.map(go), e.type, e.nullable)
    case 'Custom':
      return custom(e.form, e.operands.map(go), e.data)
    case 'InRows':
      return node.inRows(e.operands.map(go), s.param === null ? e.lists : e.lists.map(s.param))
    case 'Quantified':
      return node.quantified(e.op, e.quantifier, go(e.operand), rewriteQuery(s, e.query))
    case 'Window':
      return rewriteWindow(s, e)
    case 'Case':
      return node.caseOf(
        e.branches.map((b) => ({ when: go(b.when), result: go(b.result) })),
        e.otherwise === null ? null : go(e.otherwise),
        e.type,
      )
    case 'Coalesce':
      return node.coalesce(e.operands.map(go), e.type)
    case 'Aggregate':
      return rewriteAggregate(s, e)
    case 'Exists':
      return node.exists(rewriteQuery(s, e.query))
    case 'Scalar':
      return node.scalar(rewriteQuery(s, e.query), e.type)
  }
}

const rewriteOrder = (s: Substitution, o: OrderNode): OrderNode => ({ ...o, expr: rewriteExpr(s, o.expr) })

const rewriteAggregate = (s: Substitution, e: AggregateNode): AggregateNode => {
  const maybe = (x: ExprNode | null): ExprNode | null => (x === null ? null : rewriteExpr(s, x))
  return calls.aggregate(
    e.name,
    maybe(e.operand),
    {
      distinct: e.distinct,
      filter: maybe(e.filter),
      orderBy: e.orderBy.map((o) => rewriteOrder(s, o)),
      second: maybe(e.second),
    },
    e.type,
  )
}

const rewriteWindow = (s: Substitution, e: WindowNode): WindowNode => {
  const { param } = s
  const bound = (b: FrameBound): FrameBound => ('offset' in b && param !== null ? { ...b, offset: param(b.offset) } : b)
  const { frame } = e
  return calls.window(
    e.name,
    // The aggregate over a window is no expression of its own: what stands below it is.
    e.operands.map((x) =>
      e.name === 'aggregate' && x._tag === 'Aggregate' ? rewriteAggregate(s, x) : rewriteExpr(s, x),
    ),
    {
      partitionBy: e.partitionBy.map((x) => rewriteExpr(s, x)),
      orderBy: e.orderBy.map((o) => rewriteOrder(s, o)),
      frame: frame === null ? null : { unit: frame.unit, start: bound(frame.start), end: bound(frame.end) },
    },
    e.type,
  )
}

/** The projection with the source replaced. */
export const rewriteProjection = (s: Substitution, p: ProjectionNode): ProjectionNode => {
  switch (p._tag) {
    case 'One':
      return { _tag: 'One', expr: rewriteExpr(s, p.expr) }
    case 'Whole':
      if (p.source.name !== s.name) return s.param === null ? p : { _tag: 'Whole', source: rewriteSource(s, p.source) }
      if (s.source !== null) return { _tag: 'Whole', source: s.source(p.source) }
      return {
        _tag: 'Record',
        fields: columnsOfSource(p.source).map((c) => ({
          key: c.key,
          projection: { _tag: 'One', expr: wholeColumn(s, p.source, c) },
        })),
      }
    case 'Record':
      return {
        _tag: 'Record',
        fields: p.fields.map((f) => ({ key: f.key, projection: rewriteProjection(s, f.projection) })),
      }
  }
}

/** What stands for one column of a whole source that is replaced. */
const wholeColumn = (s: Substitution, source: Source, c: DerivedColumn): ExprNode => {
  const computed = computedOf(source, c.key)
  return computed === null ? s.column(node.column(source, c.key, c.key, c.type, c.nullable)) : rewriteExpr(s, computed)
}

const rewriteSource = (s: Substitution, source: Source): Source => {
  switch (source._tag) {
    case 'WorkingSource':
      return source
    case 'TableSource': {
      const named = s.table === undefined ? source : s.table(source)
      return named.computed.length === 0 ? named : withComputed(named, (e) => rewriteExpr(s, e))
    }
    case 'DerivedSource':
      return Object.freeze({ ...source, query: rewriteQuery(s, source.query) })
    case 'RecursiveSource':
      return Object.freeze({ ...source, base: rewriteQuery(s, source.base), step: rewriteQuery(s, source.step) })
    case 'TextSource':
      return Object.freeze({ ...source, statement: rewriteText(s, source.statement) })
    case 'ValuesSource':
      return Object.freeze({ ...source, rows: source.rows.map((row) => row.map((e) => rewriteExpr(s, e))) })
  }
}

const rewriteText = (s: Substitution, text: TextNode): TextNode =>
  s.text?.(text) ?? { ...text, operands: text.operands.map((e) => rewriteExpr(s, e)) }

const withComputed = (source: TableSource, f: (e: ExprNode) => ExprNode): TableSource =>
  Object.freeze({ ...source, computed: source.computed.map((c) => Object.freeze({ ...c, expr: f(c.expr) })) })

/** The source under another name, what is computed of it with it. */
export const renamedSource = (source: Source, to: string): Source => {
  const renamed = Object.freeze({ ...source, name: to })
  if (renamed._tag !== 'TableSource' || renamed.computed.length === 0) return renamed
  const s = renaming(source.name, to)
  return withComputed(renamed, (e) => rewriteExpr(s, e))
}

/** What is computed of a table is told by its expression; a column of it is a column of the bare table. */
const bare = (source: Source): Source =>
  source._tag === 'TableSource' && source.computed.length > 0 ? Object.freeze({ ...source, computed: [] }) : source

/** The source under another name, for what is bound inside and would capture. */
export const renaming = (from: string, to: string): Substitution => {
  return {
    name: from,
    column: (c) => node.column(renamedSource(bare(c.of), to), c.key, c.name, c.type, c.nullable),
    source: (source) => renamedSource(source, to),
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
  const source = (x: Source): Source => (x.name === name ? renamedSource(x, to) : x)
  return rewriteClauses(s, {
    ...select,
    // A bare SELECT of its first source gives that source under its new name.
    from: source(select.from),
    joins: select.joins.map((join) => ({ ...join, source: source(join.source) })),
    present: select.present.map(source),
    lock: select.lock === null ? null : { ...select.lock, of: select.lock.of.map(source) },
  })
}

const rewriteClauses = (s: Substitution, q: SelectNode): SelectNode => {
  const maybe = (e: ExprNode | null): ExprNode | null => (e === null ? null : rewriteExpr(s, e))
  return {
    ...q,
    from: rewriteSource(s, q.from),
    joins: q.joins.map((j): JoinNode => ({ ...j, source: rewriteSource(s, j.source), on: maybe(j.on) })),
    where: maybe(q.where),
    present: s.table === undefined ? q.present : q.present.map((source) => rewriteSource(s, source)),
    lock:
      s.table === undefined || q.lock === null
        ? q.lock
        : { ...q.lock, of: q.lock.of.map((source) => rewriteSource(s, source)) },
    groupBy: q.groupBy.map((e) => rewriteExpr(s, e)),
    having: maybe(q.having),
    select: q.select === null ? null : rewriteProjection(s, q.select),
    distinctOn: q.distinctOn.map((e) => rewriteExpr(s, e)),
    orderBy: q.orderBy.map((o) => rewriteOrder(s, o)),
    keyset: q.keyset === null ? null : { ...q.keyset, values: q.keyset.values.map((e) => rewriteExpr(s, e)) },
    limit: maybe(q.limit),
    offset: maybe(q.offset),
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
      limit: q.limit === null ? null : rewriteExpr(s, q.limit),
      offset: q.offset === null ? null : rewriteExpr(s, q.offset),
    })
  if (s.param !== null) return branded(rewriteClauses(s, q))
  if (boundBy(q).includes(s.name) || !freeIn(q).has(s.name)) return q
  return branded(rewriteClauses(s, withoutCapture(s, q)))
}

// A rewritten query is a query like any other, brand and all.
const branded = (q: QueryNode): QueryNode => query(q) as unknown as QueryNode

/** The write with what a substitution says, and another table. */
export const rewriteWrite = (
  s: Substitution,
  write: WriteNode,
  table: (source: TableSource) => TableSource,
): WriteNode =>
  mapWrite(write, {
    expr: (e) => rewriteExpr(s, e),
    table,
    source: (source) => rewriteSource(s, source),
    query: (q) => rewriteQuery(s, q),
    projection: (p) => rewriteProjection(s, p),
  })

/** The statement with another parameter in the place of each. The values that an insert holds as rows are no parameters yet. */
export const withParams =
  (param: (p: ParamNode) => ParamNode) =>
  (statement: StatementNode): StatementNode => {
    const s: Substitution = { name: '', column: (c) => c, source: null, mentions: new Set(), param }
    switch (statement._tag) {
      case 'Select':
      case 'SetOperation':
        return rewriteQuery(s, statement)
      case 'Insert':
      case 'Update':
      case 'Delete':
        return rewriteWrite(s, statement, (table) => table)
      case 'Text':
        return rewriteText(s, statement)
    }
  }

/** The statement with a parameter node of its own in each place, so that a node used twice does not pass for one place. */
export const withOwnParams: (statement: StatementNode) => StatementNode = withParams(node.copyParam)

/**
 * Statements and expressions as text that reads like the code that makes them: for messages, logs and counterexamples.
 */
import { absurd } from 'fp-ts/lib/function.js'

import type { AggregateNode, FrameBound, WindowNode } from './call-node.js'
import { assignmentRows } from './insert-rows.js'
import type { ExprNode, ParamNode } from './node.js'
import type {
  Assignment,
  Conflict,
  InsertNode,
  UsingNode,
  IncludeNode,
  JoinNode,
  OrderNode,
  OutputOrder,
  ProjectionNode,
  SelectNode,
  SetNode,
  StatementNode,
  TextNode,
} from './query-node.js'
import type { Source } from './source.js'

const shown = (value: unknown): string => {
  if (typeof value === 'bigint') return `${value}n`
  if (typeof value === 'string') return JSON.stringify(value)
  if (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean')
    return Object.is(value, -0) ? '-0' : String(value)
  if (Array.isArray(value)) return `[${value.map(shown).join(', ')}]`
  if (typeof value !== 'object') return `(${typeof value})`
  return `{ ${Object.entries(value)
    .map(([key, v]) => `${showKey(key)}: ${shown(v)}`)
    .join(', ')} }`
}

/** A value as code; what is no plain value is shown by its kind, and so is one that cannot be looked into. */
export const showValue = (value: unknown): string => {
  try {
    return shown(value)
  } catch {
    // A getter of the caller's may throw, and what holds itself has no end.
    return `(${typeof value})`
  }
}

/** What stands where a secret value would be shown. */
export const secretText = '<secret>'

const showKey = (key: string): string => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key))

const showParam = (node: ParamNode): string => {
  switch (node.kind._tag) {
    case 'Value':
      return node.type.secretOf === null ? showValue(node.kind.value) : secretText
    case 'Hole':
      return `param(${JSON.stringify(node.kind.name)})`
    case 'Ref':
      return `ref(${JSON.stringify(node.kind.ref.column)})`
    default:
      return absurd(node.kind)
  }
}

/** An expression as code. */
export const showExpr = (node: ExprNode): string => {
  const call = (name: string, ...parts: ReadonlyArray<string>): string => `${name}(${parts.join(', ')})`
  switch (node._tag) {
    case 'Column':
      return `${node.of.name}.${node.key}`
    case 'Param':
      return showParam(node)
    case 'Compare':
    case 'Arithmetic':
      return call(node.op, showExpr(node.left), showExpr(node.right))
    case 'Logic':
      return call(node.op, ...node.operands.map(showExpr))
    case 'Not':
      return call('not', showExpr(node.operand))
    case 'IsNull':
      return call(node.negated ? 'isNotNull' : 'isNull', showExpr(node.operand))
    case 'Like':
      return call(node.op, showExpr(node.operand), showExpr(node.pattern))
    case 'Between':
      return call('between', showExpr(node.operand), showExpr(node.low), showExpr(node.high))
    case 'InList':
      return call('inList', showExpr(node.operand), showParam(node.list))
    case 'InQuery':
      return call('inQuery', showExpr(node.operand), showStatement(node.query))
    case 'Concat':
      return call('concat', ...node.operands.map(showExpr))
    case 'Coalesce':
      return call('coalesce', ...node.operands.map(showExpr))
    case 'Call':
      return call(node.name, ...(node.words === '' ? [] : [JSON.stringify(node.words)]), ...node.operands.map(showExpr))
    case 'Raw':
      return `sql\`${node.texts.map((text, i) => (i === 0 ? text : `\${${showOperand(node.operands[i - 1])}}${text}`)).join('')}\``
    case 'Custom':
      return `${node.form.name}${node.form.data === null ? '' : `(${showValue(node.data)})`}(${node.operands.map(showExpr).join(', ')})`
    case 'InRows':
      return call('inRows', `[${node.operands.map(showExpr).join(', ')}]`, ...node.lists.map(showParam))
    case 'Quantified':
      return call(node.op, showExpr(node.operand), call(`${node.quantifier}Of`, showStatement(node.query)))
    case 'Window':
      return showWindow(node)
    case 'Case':
      return node.branches
        .map((b, i) => call(i === 0 ? 'caseWhen' : '.when', showExpr(b.when), showExpr(b.result)))
        .concat(node.otherwise === null ? '.end' : call('.otherwise', showExpr(node.otherwise)))
        .join('')
    case 'Aggregate':
      return showAggregate(node)
    case 'Exists':
      return call('exists', showStatement(node.query))
    case 'Scalar':
      return call('scalar', showStatement(node.query))
    default:
      return absurd(node)
  }
}

const showOperand = (node: ExprNode | undefined): string => (node === undefined ? '' : showExpr(node))

const showAggregate = (node: AggregateNode): string => {
  const said = [node.operand, node.second].filter((e) => e !== null).map(showExpr)
  const options = [
    node.filter === null ? [] : [`filter: ${showExpr(node.filter)}`],
    node.orderBy.length === 0 ? [] : [`orderBy: [${node.orderBy.map(showOrder).join(', ')}]`],
  ].flat()
  const parts = options.length === 0 ? said : [...said, `{ ${options.join(', ')} }`]
  return `${node.distinct ? `${node.name}Distinct` : node.name}(${parts.join(', ')})`
}

const showBound = (bound: FrameBound): string =>
  'offset' in bound ? `${bound._tag}(${showParam(bound.offset)})` : bound._tag

const showWindow = (node: WindowNode): string => {
  const of =
    node.name === 'aggregate'
      ? node.operands.map(showExpr).join('')
      : `${node.name}(${node.operands.map(showExpr).join(', ')})`
  const over = [
    node.partitionBy.length === 0 ? [] : [`partitionBy: [${node.partitionBy.map(showExpr).join(', ')}]`],
    node.orderBy.length === 0 ? [] : [`orderBy: [${node.orderBy.map(showOrder).join(', ')}]`],
    node.frame === null
      ? []
      : [`frame: ${node.frame.unit}Between(${showBound(node.frame.start)}, ${showBound(node.frame.end)})`],
  ].flat()
  return `over({ ${over.join(', ')} })(${of})`
}

const showSource = (source: Source): string => {
  switch (source._tag) {
    case 'TableSource':
      return source.name === source.table.name ? source.name : `${source.table.name} as ${source.name}`
    case 'DerivedSource':
      return `${source.cte === null ? '' : `cte ${source.cte.name} `}${showStatement(source.query)} as ${source.name}`
    case 'RecursiveSource':
      return `withRecursive(${JSON.stringify(source.cte.name)}, ${showStatement(source.base)}, ${showStatement(source.step)}) as ${source.name}`
    case 'WorkingSource':
      return `${source.of} as ${source.name}`
    case 'TextSource':
      return `${showStatement(source.statement)} as ${source.name}`
    case 'ValuesSource':
      return `values([${source.rows.map((row) => `[${row.map(showExpr).join(', ')}]`).join(', ')}]) as ${source.name}`
    default:
      return absurd(source)
  }
}

const showProjection = (projection: ProjectionNode): string => {
  switch (projection._tag) {
    case 'One':
      return showExpr(projection.expr)
    case 'Whole':
      return projection.source.name
    case 'Record':
      return `{ ${projection.fields.map((f) => `${showKey(f.key)}: ${showProjection(f.projection)}`).join(', ')} }`
    default:
      return absurd(projection)
  }
}

const showOrder = (order: OrderNode | OutputOrder): string => {
  const directed = `${order.direction}(${'expr' in order ? showExpr(order.expr) : showKey(order.key)})`
  return order.nulls === 'first' ? `nullsFirst(${directed})` : directed
}

const showJoin = (join: JoinNode): string =>
  `${join.kind}Join${join.lateral ? 'Lateral' : ''}(${showSource(join.source)}${join.on === null ? '' : `, ${showExpr(join.on)}`})`

const showInclude = (include: IncludeNode): string =>
  `${showKey(include.key)}: ${include.relation.cardinality}(${showStatement(include.relation.query)})`

const piped = (steps: ReadonlyArray<string | null>): string => {
  const said = steps.filter((step) => step !== null)
  return said.length === 1 ? said.join('') : `pipe(${said.join(', ')})`
}

const clause = (name: string, parts: ReadonlyArray<string>): string | null =>
  parts.length === 0 ? null : `${name}(${parts.join(', ')})`

const maybe = <A>(name: string, x: A | null, show: (a: A) => string): string | null =>
  x === null ? null : `${name}(${show(x)})`

const showSelect = (q: SelectNode): string =>
  piped([
    `from(${showSource(q.from)})`,
    ...q.joins.map(showJoin),
    maybe('where', q.where, showExpr),
    ...q.present.map((source) => `present(${source.name})`),
    clause('groupBy', q.groupBy.map(showExpr)),
    maybe('groupingSets', q.groupingSets, ({ word, sets }) => `${word}: ${JSON.stringify(sets)}`),
    maybe('having', q.having, showExpr),
    maybe('select', q.select, showProjection),
    q.distinct ? 'distinct' : null,
    clause('distinctOn', q.distinctOn.map(showExpr)),
    clause('orderBy', q.orderBy.map(showOrder)),
    q.keyset === null ? null : clause(q.keyset.direction, q.keyset.values.map(showExpr)),
    maybe(q.withTies ? 'limitWithTies' : 'limit', q.limit, showExpr),
    maybe('offset', q.offset, showExpr),
    maybe('lock', q.lock, ({ strength, wait, of }) => [strength, wait, ...of.map((s) => s.name)].join(' ')),
    q.includes.length === 0 ? null : `include({ ${q.includes.map(showInclude).join(', ')} })`,
  ])

const showSet = (q: SetNode): string =>
  piped([
    showStatement(q.left),
    `${q.op}(${showStatement(q.right)})`,
    clause('orderBy', q.orderBy.map(showOrder)),
    maybe('limit', q.limit, showExpr),
    maybe('offset', q.offset, showExpr),
  ])

const showAssignments = (row: ReadonlyArray<Assignment>): string =>
  `{ ${row.map((a) => `${showKey(a.key)}: ${showExpr(a.value)}`).join(', ')} }`

const showUsing = ({ source, on }: UsingNode): string =>
  `using(${[showSource(source), ...(on === null ? [] : [showExpr(on)])].join(', ')})`

const showInserted = (insert: InsertNode): ReadonlyArray<string> =>
  insert.source._tag === 'Query'
    ? [showStatement(insert.source.query), `insertFrom(${showSource(insert.into)})`]
    : [`insertInto(${showSource(insert.into)})([${assignmentRows(insert).map(showAssignments).join(', ')}])`]

const showConflict = ({ target, action }: Conflict): string => {
  const key =
    target === null ? null : target._tag === 'Constraint' ? JSON.stringify(target.name) : target.columns.join(', ')
  if (action._tag === 'Nothing') return `onConflictDoNothing(${key ?? ''})`
  const some = target?._tag === 'Columns' && target.where !== null ? [`targetWhere: ${showExpr(target.where)}`] : []
  const where = action.where === null ? [] : [`where: ${showExpr(action.where)}`]
  return `onConflictDoUpdate({ ${[`target: ${key ?? ''}`, ...some, `set: ${showAssignments(action.set)}`, ...where].join(', ')} })`
}

const showBindings = ({ names, operands }: TextNode): string =>
  names.length === 0
    ? ''
    : `.bind({ ${operands.map((operand, i) => `${showKey(names[i] ?? '')}: ${showExpr(operand)}`).join(', ')} })`

/** A query or write as code. */
export const showStatement = (statement: StatementNode): string => {
  switch (statement._tag) {
    case 'Select':
      return showSelect(statement)
    case 'SetOperation':
      return showSet(statement)
    case 'Insert':
      return piped([
        ...showInserted(statement),
        ...(statement.conflict === null ? [] : [showConflict(statement.conflict)]),
        maybe('returning', statement.returning, showProjection),
      ])
    case 'Update':
      return piped([
        `update(${showSource(statement.table)})`,
        ...statement.using.map(showUsing),
        `set(${showAssignments(statement.set)})`,
        maybe('where', statement.where, showExpr),
        statement.everyRow ? 'everyRow' : null,
        maybe('returning', statement.returning, showProjection),
      ])
    case 'Delete':
      return piped([
        `deleteFrom(${showSource(statement.from)})`,
        ...statement.using.map(showUsing),
        maybe('where', statement.where, showExpr),
        statement.everyRow ? 'everyRow' : null,
        maybe('returning', statement.returning, showProjection),
      ])
    case 'Text':
      return `sql.text(${JSON.stringify(statement.text)})${showBindings(statement)}`
    default:
      return absurd(statement)
  }
}

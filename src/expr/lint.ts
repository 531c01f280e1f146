/**
 * The linter: what is allowed and most often a mistake, found in the value of a statement before anything runs.
 */
import { boundBy, conjuncts, freeIn, visitExpr, visitStatement } from './children.js'
import type { Visitor } from './visitor.js'
import { type Finding, type FindingTag, isSingle, list, type LintOptions, mentioned } from './lint-facts.js'
import { unboundedRead, writeFindings } from './lint-writes.js'
import type { ExprNode } from './node.js'
import { outerJoined, outputsOf } from './outputs.js'
import { type AnyQuery, nodeOfQuery } from './query.js'
import type { JoinNode, SelectNode, StatementNode } from './query-node.js'
import type { Source } from './source.js'
import { showExpr, showStatement } from './show.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A query of the statement and where it stands: `names` are bound around it. */
interface Here {
  readonly place: string
  readonly names: ReadonlySet<string>
  readonly role: 'root' | 'rows' | 'existence' | 'source'
}

// -------------------------------------------------------------------------------------
// one SELECT
// -------------------------------------------------------------------------------------

/** Sources in groups that criteria connect. */
const connected = (select: SelectNode): ReadonlyArray<ReadonlyArray<string>> => {
  const groupOf = new Map(boundBy(select).map((name) => [name, name]))
  const unite = (names: ReadonlyArray<string>): void => {
    const [first, ...rest] = names.map((name) => groupOf.get(name)).filter((group) => group !== undefined)
    for (const [name, group] of groupOf) if (first !== undefined && rest.includes(group)) groupOf.set(name, first)
  }
  for (const e of [select.where, ...select.joins.map((j) => j.on)].flatMap(conjuncts)) unite([...mentioned(e)])
  for (const join of select.joins) if (standsAlone(join)) unite([join.source.name, select.from.name])
  const groups = new Map<string, ReadonlyArray<string>>()
  for (const [name, group] of groupOf) groups.set(group, [...(groups.get(group) ?? []), name])
  return [...groups.values()]
}

/** A source that sees the others, or that has one row, multiplies nothing by mistake. */
const standsAlone = ({ lateral, source }: JoinNode): boolean =>
  lateral || (source._tag === 'DerivedSource' && isSingle(source.query))

/** Whether a criterion cannot be true where the source is absent. */
const needs = (name: string, e: ExprNode): boolean => {
  const isColumn = (x: ExprNode): boolean => x._tag === 'Column' && x.of.name === name
  switch (e._tag) {
    case 'Compare':
      return e.op !== 'same' && e.op !== 'differs' && (isColumn(e.left) || isColumn(e.right))
    case 'Like':
    case 'Between':
    case 'InList':
    case 'InQuery':
      return isColumn(e.operand)
    case 'IsNull':
      return e.negated && isColumn(e.operand)
    case 'Not':
      return e.operand._tag !== 'IsNull' && needs(name, e.operand)
    default:
      return false
  }
}

const inSelect = (select: SelectNode, { place, names, role }: Here): ReadonlyArray<Finding> => {
  const found: Array<Finding> = []
  const find = (_tag: FindingTag, sources: ReadonlyArray<string>, message: string): void =>
    void found.push(Object.freeze({ _tag, place, sources, message }))
  const groups = connected(select)
  if (groups.length > 1)
    find(
      'CartesianProduct',
      groups.flat(),
      `no criterion connects ${groups.map(list).join(' with ')}: each row of one stands beside each of the other`,
    )
  for (const name of boundBy(select))
    if (names.has(name))
      find('ShadowedSource', [name], `"${name}" is bound here and around: here it means the inner one; alias it`)
  for (const name of outerJoined(select)) {
    const filter = conjuncts(select.where).find((e) => needs(name, e))
    if (filter !== undefined)
      find(
        'FilteredLeftJoin',
        [name],
        `${showExpr(filter)} is never true where "${name}" is absent: join it inner, or filter in the join's criterion`,
      )
  }
  if (role === 'existence') return found
  const limited = select.limit !== null || select.offset !== null
  if (limited && select.orderBy.length === 0 && !isSingle({ ...select, limit: null }))
    find('LimitWithoutOrder', [], 'without an order, which rows a limit leaves is up to the engine')
  if (!limited && select.orderBy.length > 0 && select.distinctOn.length === 0 && role === 'source')
    find('IgnoredOrder', [], 'an order without a limit says nothing inside another query')
  return found
}

// -------------------------------------------------------------------------------------
// a statement
// -------------------------------------------------------------------------------------

const inExpr = (e: ExprNode, place: string): ReadonlyArray<Finding> => {
  if (e._tag === 'Exists' && freeIn(e.query).size === 0)
    return [
      {
        _tag: 'UncorrelatedExists',
        place,
        sources: e.query._tag === 'Select' ? boundBy(e.query) : [],
        message: 'the query of exists mentions no outer row, so it says the same of each: connect the two',
      },
    ]
  if (e._tag === 'Not' && e.operand._tag === 'InQuery' && outputsOf(e.operand.query).some((c) => c.nullable))
    return [
      {
        _tag: 'NotInNull',
        place,
        sources: [],
        message:
          'where the query gives a null, `not in` is true of nothing: leave nulls out of it, or use not(exists(…))',
      },
    ]
  if (e._tag === 'Raw') return [textFinding(place, showExpr(e))]
  return []
}

const inner = (place: string, name: string): string => (place === '' ? name : `${place}, ${name}`)

const textFinding = (place: string, text: string): Finding => ({
  _tag: 'RawText',
  place,
  sources: [],
  message: `text that relvar does not understand: ${text}`,
})

/** Statements of text among the sources of a query. */
const textsIn = (place: string, sources: ReadonlyArray<Source>): ReadonlyArray<Finding> =>
  sources.flatMap((s) => (s._tag === 'TextSource' ? [textFinding(place, showStatement(s.statement))] : []))

/** The findings of a statement and of all queries in it, outermost first. */
export const findings = (statement: StatementNode, { also = [] }: LintOptions = {}): ReadonlyArray<Finding> => {
  const found: Array<Finding> = []
  const within = (here: Here): Visitor => {
    const visitor: Visitor = {
      expr: (e) => {
        found.push(...inExpr(e, here.place))
        const role = e._tag === 'Exists' ? 'existence' : 'rows'
        visitExpr(e, {
          expr: visitor.expr,
          query: (q) => go(q, { ...here, place: inner(here.place, e._tag.toLowerCase()), role }),
        })
      },
      query: (q) => go(q, { place: inner(here.place, 'subquery'), names: new Set(), role: 'source' }),
    }
    return visitor
  }
  const go = (q: StatementNode, here: Here): void => {
    if (q._tag === 'Select')
      found.push(...inSelect(q, here), ...textsIn(here.place, [q.from, ...q.joins.map((join) => join.source)]))
    if (q._tag === 'Text') found.push(textFinding(here.place, showStatement(q)))
    if (q._tag === 'Insert' || q._tag === 'Update' || q._tag === 'Delete') found.push(...writeFindings(q, also))
    const bound = q._tag === 'Select' ? boundBy(q) : []
    const names = new Set([...here.names, ...bound])
    if (q._tag === 'SetOperation') {
      const side: Here = { ...here, role: 'source' }
      go(q.left, side)
      go(q.right, side)
      return
    }
    visitStatement(q, within({ ...here, names }))
    if (q._tag !== 'Select') return
    for (const { key, relation } of q.includes)
      go(relation.query, { place: inner(here.place, `include "${key}"`), names: new Set(), role: 'root' })
  }
  go(statement, { place: '', names: new Set(), role: 'root' })
  if (also.includes('UnboundedRead')) found.push(...unboundedRead(statement))
  return found
}

/**
 * What is most often a mistake in a query or write, as data: sources that no criterion connects, a limit without an order, an
 * inner source that hides an outer one, and more. Nothing is run. `withLint` looks at each query before it is sent.
 *
 * `also` asks for what is as often meant as not: writes of every row that say so, and reads of as many rows as there are.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { crossJoin, from, integer, lint, table } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * const posts = table('posts', { authorId: integer })
 * assert.deepStrictEqual(
 *   lint(pipe(from(users), crossJoin(posts))).map((finding) => finding._tag),
 *   ['CartesianProduct'],
 * )
 *
 * @category destructors
 * @since 0.1.0
 */
export const lint = (query: AnyQuery, options: LintOptions = {}): ReadonlyArray<Finding> =>
  findings(nodeOfQuery(query), options)

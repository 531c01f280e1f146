/**
 * Queries, and statements of text, as code: what is piped, clause by clause.
 */
import { query as queryOf } from '../expr/query.js'
import type {
  IncludeNode,
  JoinNode,
  Keyset,
  Lock,
  ProjectionNode,
  QueryNode,
  SelectNode,
  SetNode,
  TextNode,
} from '../expr/query-node.js'
import { countType } from '../expr/sql-type.js'
import { bare, fulls, orderOf, type Printing } from './code-context.js'
import { shownText } from './code-expression.js'
import { countedIn } from './code-hidden.js'
import { alike, call, list, piped, type Spelling } from './code-spelling.js'
import { callText, listText, memberText, recordText, stringText } from './code-text.js'
import { pipedText, specText } from './code-type.js'
import { valueText } from './code-value.js'
import type { ExprNode } from '../expr/node.js'

type Parts = ReadonlyArray<string>

// -------------------------------------------------------------------------------------
// clauses
// -------------------------------------------------------------------------------------

const joins = { inner: 'innerJoin', left: 'leftJoin', right: 'rightJoin', full: 'fullJoin' } as const

const isAlways = (on: ExprNode | null): boolean => on?._tag === 'Logic' && on.op === 'and' && on.operands.length === 0

const joinText = (on: Printing, { kind, source, on: criterion, lateral }: JoinNode): string => {
  const of = on.source(source)
  if (!lateral && kind === 'cross' && criterion === null) return callText(on.use('crossJoin'), [of])
  if (!lateral && kind !== 'cross' && criterion !== null) return callText(on.use(joins[kind]), [of, on.expr(criterion)])
  if (lateral && kind === 'cross' && criterion === null) return callText(on.use('lateral'), [of])
  if (lateral && kind === 'left' && isAlways(criterion)) return callText(on.use('leftLateral'), [of])
  const parts = [
    ['tag', stringText('Join')],
    ['kind', stringText(kind)],
    ['table', of],
    ['on', criterion === null ? 'null' : on.expr(criterion)],
    ['lateral', String(lateral)],
  ] as const
  return callText(on.unusualClause(), [recordText(parts)])
}

/** What rows are made of. */
export const projectionText = (on: Printing, projection: ProjectionNode): string => {
  switch (projection._tag) {
    case 'One':
      return on.expr(projection.expr)
    case 'Whole':
      return on.source(projection.source)
    case 'Record':
      return recordText(projection.fields.map((f) => [f.key, projectionText(on, f.projection)] as const))
  }
}

/** The groupings of a query by the word that it was said with; as they are kept, where no word makes them. */
const groupsText = (on: Printing, q: SelectNode): Parts => {
  const { groupBy, groupingSets: sets } = q
  const by = (es: ReadonlyArray<ExprNode>): ReadonlyArray<Spelling> =>
    es.length === 0 ? [] : [call(on, 'groupBy', ...fulls(on, es))]
  if (sets === null) return by(groupBy).map((step) => step.text())
  const before = { ...q, groupBy: [], groupingSets: null }
  const makes = (steps: ReadonlyArray<Spelling>): boolean => {
    const of: Spelling = { value: () => queryOf(before), text: () => '' }
    try {
      return alike(piped(on, of, ...steps).value(), q)
    } catch {
      return false
    }
  }
  const sizes = sets.sets.map((set) => set.length)
  const starts = sizes.map((_, i) => sizes.slice(0, i).reduce((all, n) => all + n, 0))
  const lists = sizes.map((size, i) => list(fulls(on, groupBy.slice(starts[i], (starts[i] ?? 0) + size))))
  const said = [
    [call(on, 'groupingSets', ...lists)],
    ...groupBy.flatMap((_, n) =>
      (['rollup', 'cube'] as const).map((word) => [
        ...by(groupBy.slice(0, n)),
        call(on, word, ...fulls(on, groupBy.slice(n))),
      ]),
    ),
  ].find(makes)
  if (said !== undefined) return said.map((step) => step.text())
  const kept = recordText([
    ['tag', stringText('GroupingSets')],
    ['word', stringText(sets.word)],
    ['sets', valueText(sets.sets)],
  ])
  return [...by(groupBy).map((step) => step.text()), callText(on.unusualClause(), [kept])]
}

const keysetText = (on: Printing, q: SelectNode, { direction, values }: Keyset): string => {
  const ordered: Spelling = { value: () => queryOf({ ...q, keyset: null }), text: () => '' }
  const at = (all: ReadonlyArray<Spelling>): Spelling => {
    const cursor = { value: () => ({ order: 0, values: list(all).value() }) }
    return call(on, direction, {
      ...cursor,
      text: () =>
        recordText([
          ['order', '0'],
          ['values', list(all).text()],
        ]),
    })
  }
  const asValues = at(values.map((e) => bare(on, e)))
  return (alike(piped(on, ordered, asValues).value(), q) ? asValues : at(fulls(on, values))).text()
}

const rowCountText = (on: Printing, n: ExprNode): string =>
  n._tag === 'Param' && n.kind._tag === 'Value' && n.type.id === countType.id && !n.nullable
    ? valueText(n.kind.value)
    : on.expr(n)

const lockText = (on: Printing, { strength, wait, of }: Lock): string => {
  const options = [
    ...(wait === 'wait' ? [] : [['wait', stringText(wait)] as const]),
    ...(of.length === 0 ? [] : [['of', listText(of.map(on.source))] as const]),
  ]
  return callText(
    on.use(strength === 'update' ? 'forUpdate' : 'forShare'),
    options.length === 0 ? [] : [recordText(options)],
  )
}

const includesText = (on: Printing, includes: ReadonlyArray<IncludeNode>): string =>
  callText(on.use('include'), [
    recordText(
      includes.map(({ key, relation }) => {
        return [key, callText(on.use(relation.cardinality), [on.query(relation.query)])] as const
      }),
    ),
  ])

const maybe = <A>(of: A | null, text: (a: A) => string): Parts => (of === null ? [] : [text(of)])

const some = <A>(all: ReadonlyArray<A>, text: (all: ReadonlyArray<A>) => string): Parts =>
  all.length === 0 ? [] : [text(all)]

// -------------------------------------------------------------------------------------
// queries
// -------------------------------------------------------------------------------------

const selectParts = (on: Printing, q: SelectNode): Parts => {
  const counted = countedIn(q)
  if (counted !== null) return [callText(on.use('countOf'), [on.query(counted)])]
  const one = (name: Parameters<typeof on.use>[0]) => (text: string) => callText(on.use(name), [text])
  return [
    one('from')(on.source(q.from)),
    ...q.joins.map((join) => joinText(on, join)),
    ...maybe(q.where, (e) => one('where')(on.expr(e))),
    ...q.present.map((source) => one('present')(on.source(source))),
    ...groupsText(on, q),
    ...maybe(q.having, (e) => one('having')(on.expr(e))),
    ...maybe(q.select, (p) => one('select')(projectionText(on, p))),
    ...(q.distinct ? [on.use('distinct')] : []),
    ...some(q.distinctOn, (es) => callText(on.use('distinctOn'), es.map(on.expr))),
    ...some(q.orderBy, (orders) =>
      callText(
        on.use('orderBy'),
        orders.map((o) => orderOf(on, o).text()),
      ),
    ),
    ...maybe(q.keyset, (keyset) => keysetText(on, q, keyset)),
    ...maybe(q.limit, (n) => one(q.withTies ? 'limitWithTies' : 'limit')(rowCountText(on, n))),
    ...maybe(q.offset, (n) => one('offset')(rowCountText(on, n))),
    ...maybe(q.lock, (lock) => lockText(on, lock)),
    ...some(q.includes, (includes) => includesText(on, includes)),
  ]
}

const outputsText = (on: Printing, q: SetNode): string => {
  const orders = q.orderBy.map(({ key, direction, nulls }) => {
    const directed = callText(on.use(direction), [memberText('row', key)])
    return nulls === 'first' ? callText(on.use('nullsFirst'), [directed]) : directed
  })
  return callText(on.use('orderBy'), [`(row) => ${listText(orders)}`])
}

const setParts = (on: Printing, q: SetNode): Parts => [
  ...queryParts(on, q.left),
  callText(on.use(q.op), [on.query(q.right)]),
  ...some(q.orderBy, () => outputsText(on, q)),
  ...maybe(q.limit, (n) => callText(on.use('limit'), [rowCountText(on, n)])),
  ...maybe(q.offset, (n) => callText(on.use('offset'), [rowCountText(on, n)])),
]

/** What is piped to make a query. */
export const queryParts = (on: Printing, q: QueryNode): Parts =>
  q._tag === 'Select' ? selectParts(on, q) : setParts(on, q)

/** A query as code. */
export const queryText = (on: Printing, q: QueryNode): string => pipedText(on, queryParts(on, q))

// -------------------------------------------------------------------------------------
// statements of text
// -------------------------------------------------------------------------------------

/** The columns of the rows of a text; of a table where their names in the database are no keys. */
const rowsText = (on: Printing, { columns, outputs }: TextNode): string => {
  if (columns === null) return '.command()'
  const specs = columns.map(({ key, type, nullable }, i) => {
    const name = outputs?.[i] ?? key
    const spec = specText(on, type, nullable)
    return [
      key,
      name === key ? spec : callText(on.pipe(), [spec, callText(on.use('named'), [stringText(name)])]),
    ] as const
  })
  if (outputs === null) return callText('.columns', [recordText(specs)])
  return columns.every(({ key }, i) => key === outputs[i])
    ? callText('.as', [recordText(specs)])
    : callText('.as', [callText(on.use('table'), [stringText('rows'), recordText(specs)])])
}

/** What is piped to make a statement of text: the statement alone. */
export const textParts = (on: Printing, statement: TextNode): Parts => {
  const { text, names, operands, reads, writes } = statement
  const bound = names.flatMap((name, i) => {
    const operand = operands[i]
    return operand === undefined ? [] : [[name, shownText(on, operand)] as const]
  })
  return [
    [
      callText(`${on.use('sql')}.text`, [stringText(text)]),
      ...some(bound, (all) => callText('.bind', [recordText(all)])),
      ...some(reads, (all) => callText('.reads', all.map(on.source))),
      ...some(writes, (all) => callText('.writes', all.map(on.source))),
      rowsText(on, statement),
    ].join(''),
  ]
}

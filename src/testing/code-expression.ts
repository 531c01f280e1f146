/**
 * Expressions as code: for each kind of node the ways in which it can be said, of which the first that makes the node is taken.
 */
import type { CompareOp, ExprNode, ExprTag, ParamNode } from '../expr/node.js'
import { shownValue } from '../expr/raw-value.js'
import { aggregateParts, aggregateSpellings, windowParts, windowSpellings } from './code-aggregate.js'
import { bare, bares, first, full, fulls, last, paramText, type Printing, specOf, whole } from './code-context.js'
import { callSpellings } from './code-function.js'
import { existsSpellings } from './code-hidden.js'
import type { Name } from './code-names.js'
import { alike, call, list, piped, plain, record, said, type Spelling, spelled } from './code-spelling.js'
import { callText, memberText, templateText } from './code-text.js'
import { valueText } from './code-value.js'
import { specText } from './code-type.js'

type Node<T extends ExprTag> = Extract<ExprNode, { readonly _tag: T }>

// -------------------------------------------------------------------------------------
// what no function makes
// -------------------------------------------------------------------------------------

/** An expression by its parts. Nothing is made to be compared: the code makes just these parts. */
const unusual = (on: Printing, tag: string, parts: ReadonlyArray<readonly [string, Spelling]>): Spelling => {
  const all = record([['tag', plain(tag)], ...parts])
  return { value: all.value, text: () => callText(on.unusual(), [all.text()]) }
}

const typed = (on: Printing, node: ExprNode): readonly [string, Spelling] => ['type', specOf(on, node.type)]

// -------------------------------------------------------------------------------------
// operators
// -------------------------------------------------------------------------------------

const comparisons: { readonly [O in CompareOp]: Name } = {
  eq: 'eq',
  ne: 'ne',
  lt: 'lt',
  lte: 'lte',
  gt: 'gt',
  gte: 'gte',
  same: 'isNotDistinctFrom',
  differs: 'isDistinctFrom',
}

const logicText = (on: Printing, node: Node<'Logic'>): string => callText(on.use(node.op), node.operands.map(on.expr))

/** A list of values, a place for one, or what else was given. */
const listOf = (on: Printing, list_: ParamNode): ReadonlyArray<Spelling> => {
  const { kind } = list_
  if (kind._tag !== 'Hole') return [bare(on, list_), full(on, list_)]
  const place = call(on, 'listParam', plain(kind.name), specOf(on, list_.type, list_.nullable))
  return [place, full(on, list_)]
}

const inListText = (on: Printing, node: Node<'InList'>): string => {
  const all = listOf(on, node.list).map((values) => piped(on, full(on, node.operand), call(on, 'inList', values)))
  return said(node, all)
}

const notText = (on: Printing, node: Node<'Not'>): string => {
  const { operand } = node
  const lists =
    operand._tag === 'InList'
      ? listOf(on, operand.list).map((values) => piped(on, full(on, operand.operand), call(on, 'notInList', values)))
      : []
  return spelled(node, lists, call(on, 'not', full(on, operand)))
}

/** A pattern that relvar made of an expression is said by what makes it. */
const likeText = (on: Printing, node: Node<'Like'>): string => {
  const { operand, pattern } = node
  const parts = pattern._tag === 'Concat' ? pattern.operands : []
  const within = parts.flatMap((e) => (e._tag === 'Call' && e.name === 'literally' ? e.operands : []))
  const made = within.flatMap((e) =>
    (['startsWith', 'endsWith', 'containsText'] as const).map((name) =>
      piped(on, full(on, operand), call(on, name, full(on, e))),
    ),
  )
  const asIs = piped(on, full(on, operand), call(on, node.op, full(on, pattern)))
  return spelled(node, [...made, ...last(on, node.op, [operand, pattern])], asIs)
}

const rowsIn = (lists: ReadonlyArray<ParamNode>): ReadonlyArray<unknown> => {
  const columns = lists.map(({ kind }) => (kind._tag === 'Value' && Array.isArray(kind.value) ? kind.value : []))
  return (columns[0] ?? []).map((_, row) => columns.map((column): unknown => column[row]))
}

const inRowsText = (on: Printing, node: Node<'InRows'>): string => {
  const operands = list(fulls(on, node.operands))
  const lists = list(fulls(on, node.lists))
  return spelled(
    node,
    [call(on, 'inRows', operands, plain(rowsIn(node.lists)))],
    unusual(on, 'InRows', [
      ['operands', operands],
      ['lists', lists],
    ]),
  )
}

// -------------------------------------------------------------------------------------
// choices
// -------------------------------------------------------------------------------------

type Say = (e: ExprNode, at: number) => Spelling

/** `caseWhen(…).when(…).otherwise(…)`: each call is one of the builder that the call before gave. */
const caseOf = (on: Printing, node: Node<'Case'>, say: Say): Spelling => {
  const step = (of: Spelling | null, name: string, args: ReadonlyArray<Spelling>): Spelling => ({
    value: () => {
      const builder: unknown = of?.value()
      const method: unknown = typeof builder === 'object' && builder !== null ? Object.entries(builder) : []
      const found = (method as ReadonlyArray<readonly [string, unknown]>).find(([key]) => key === name)?.[1]
      return typeof found === 'function'
        ? (found as (...all: ReadonlyArray<unknown>) => unknown)(...args.map((a) => a.value()))
        : found
    },
    text: () => {
      const made = args.map((arg) => arg.text())
      return `${of?.text() ?? ''}.${args.length === 0 ? name : callText(name, made)}`
    },
  })
  const [head, ...more] = node.branches
  if (head === undefined) return plain(null)
  const begun = call(on, 'caseWhen', full(on, head.when), say(head.result, 0))
  const all = more.reduce((of, b, i) => step(of, 'when', [full(on, b.when), say(b.result, i + 1)]), begun)
  return node.otherwise === null
    ? step(all, 'end', [])
    : step(all, 'otherwise', [say(node.otherwise, node.branches.length)])
}

const caseText = (on: Printing, node: Node<'Case'>): string => {
  const says: ReadonlyArray<Say> = [
    (e) => bare(on, e),
    (e, at) => (at === 0 ? full(on, e) : bare(on, e)),
    (e) => full(on, e),
  ]
  const branches = node.branches.map((b) =>
    record([
      ['when', full(on, b.when)],
      ['result', full(on, b.result)],
    ]),
  )
  return spelled(
    node,
    says.map((say) => caseOf(on, node, say)),
    unusual(on, 'Case', [
      ['branches', list(branches)],
      ['otherwise', node.otherwise === null ? plain(null) : full(on, node.otherwise)],
      typed(on, node),
    ]),
  )
}

const coalesceText = (on: Printing, node: Node<'Coalesce'>): string =>
  spelled(
    node,
    node.operands.length === 2 ? first(on, 'coalesce', node.operands) : [],
    unusual(on, 'Coalesce', [['operands', list(fulls(on, node.operands))], typed(on, node)]),
  )

// -------------------------------------------------------------------------------------
// text of the user's own
// -------------------------------------------------------------------------------------

/** A value that shows its type stands for itself. */
export const shownText = (on: Printing, node: ExprNode): string =>
  node._tag === 'Param' && node.kind._tag === 'Value' && alike(shownValue(node.kind.value), node)
    ? valueText(node.kind.value)
    : on.expr(node)

const rawText = (on: Printing, node: Node<'Raw'>): string => {
  const parts = node.texts.map((text, i) => {
    const before = node.operands[i - 1]
    return `${before === undefined ? '' : `\${${shownText(on, before)}}`}${templateText(text)}`
  })
  return `${on.use('sql')}(${specText(on, node.type, node.nullable)})\`${parts.join('')}\``
}

/** An expression of the user's own by its name: its definition is the user's to bring. */
const customText = (on: Printing, node: Node<'Custom'>): string => {
  const name = on.own(node.form, node.form.name)
  const of = node.form.data === null ? name : callText(name, [valueText(node.data)])
  return callText(of, node.operands.map(on.expr))
}

// -------------------------------------------------------------------------------------
// expressions
// -------------------------------------------------------------------------------------

/** How each kind of node is written: without it, a new kind does not compile. */
const texts: { readonly [T in ExprTag]: (on: Printing, node: Node<T>) => string } = {
  Column: (on, { of, key }) => memberText(on.source(of), key),
  Param: paramText,
  Compare: (on, node) => said(node, first(on, comparisons[node.op], [node.left, node.right])),
  Logic: logicText,
  Not: notText,
  IsNull: (on, { operand, negated }) => callText(on.use(negated ? 'isNotNull' : 'isNull'), [on.expr(operand)]),
  Like: likeText,
  Between: (on, node) => said(node, last(on, 'between', [node.operand, node.low, node.high])),
  InList: inListText,
  InQuery: (on, { operand, query }) =>
    callText(on.pipe(), [on.expr(operand), callText(on.use('inQuery'), [on.query(query)])]),
  InRows: inRowsText,
  Quantified: (on, { op, quantifier, operand, query }) => {
    const of = call(on, quantifier === 'any' ? 'anyOf' : 'allOf', plain(op), whole(on, query))
    return callText(on.pipe(), [on.expr(operand), of.text()])
  },
  Arithmetic: (on, node) => said(node, first(on, node.op, [node.left, node.right])),
  Concat: (on, node) =>
    spelled(node, [call(on, 'concat', ...bares(on, node.operands))], call(on, 'concat', ...fulls(on, node.operands))),
  Call: (on, node) =>
    spelled(
      node,
      callSpellings(on, node),
      unusual(on, 'Call', [
        ['name', plain(node.name)],
        ['operands', list(fulls(on, node.operands))],
        ['words', plain(node.words)],
        ['nulls', plain(node.nulls)],
        typed(on, node),
      ]),
    ),
  Case: caseText,
  Coalesce: coalesceText,
  Aggregate: (on, node) =>
    spelled(
      node,
      aggregateSpellings(on, node),
      unusual(on, 'Aggregate', [...aggregateParts(on, node), typed(on, node)]),
    ),
  Window: (on, node) =>
    spelled(node, windowSpellings(on, node), unusual(on, 'Window', [...windowParts(on, node), typed(on, node)])),
  Raw: rawText,
  Custom: customText,
  Exists: (on, node) => spelled(node, existsSpellings(on, node.query), call(on, 'exists', whole(on, node.query))),
  Scalar: (on, { query }) => callText(on.use('scalar'), [on.query(query)]),
}

/** An expression as code. */
export const exprText = (on: Printing, node: ExprNode): string => {
  // Each node meets the text of its own kind.
  const write = texts[node._tag] as (printing: Printing, e: ExprNode) => string
  return write(on, node)
}

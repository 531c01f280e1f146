// The mutants of one source file: each is a small change that a test should notice.
//
// A mutant replaces one node of the syntax tree (`text` for what stands from `start` to `end`). Types are left alone, and so are
// imports; a literal that is a tag (`'Select' as const`) is code like any other.
import { parseAst } from 'vitest/node'

/** Methods whose call is taken out of a chain: `rows.filter(f)` becomes `rows`. */
const removable = new Set([
  'filter',
  'map',
  'flatMap',
  'slice',
  'sort',
  'toSorted',
  'reverse',
  'toReversed',
  'concat',
  'flat',
  'trim',
  'trimEnd',
  'trimStart',
  'toLowerCase',
  'toUpperCase',
  'replace',
  'replaceAll',
])

/** Methods that another one takes the place of. */
const swapped = { some: 'every', every: 'some', startsWith: 'endsWith', endsWith: 'startsWith', min: 'max', max: 'min' }

const comparisons = {
  '===': ['!=='],
  '!==': ['==='],
  '==': ['!='],
  '!=': ['=='],
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
}

const arithmetic = { '+': ['-'], '-': ['+'], '*': ['/'], '/': ['*'], '%': ['*'], '**': ['*'], '&': ['|'], '|': ['&'] }

const assignments = { '+=': '-=', '-=': '+=', '*=': '/=', '??=': '&&=', '&&=': '||=', '||=': '&&=' }

const bare = (node) =>
  ['TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression'].includes(node.type) ? bare(node.expression) : node

const isText = (node) => node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string')

const isTruth = (node) =>
  (node.type === 'BinaryExpression' && node.operator in comparisons) ||
  (node.type === 'LogicalExpression' && node.operator !== '??' && isTruth(bare(node.left))) ||
  (node.type === 'UnaryExpression' && node.operator === '!')

/** Whether a `+` joins texts. */
const joinsText = (node) =>
  isText(bare(node)) ||
  (node.type === 'BinaryExpression' && node.operator === '+' && (joinsText(node.left) || joinsText(node.right)))

/** The operation with another operator; its parentheses stay as they are. */
const withOperator = ({ start, end, left, right, operator }, slice, other) =>
  slice({ start, end: left.end }) +
  slice({ start: left.end, end: right.start }).replace(operator, () => other) +
  slice({ start: right.start, end })

/** What a node may become: pairs of an operator's name and the text in its place. */
const replacements = (node, slice, parent, key) => {
  const all = []
  const add = (operator, text) => all.push([operator, text])
  const test = (name) => {
    if (name === 'for') return
    add('condition', 'false')
    if (name !== 'while') add('condition', 'true')
  }
  const own = bare(node)
  // The condition of a statement; its outermost node alone, so that no mutant is there twice.
  if (
    key === 'test' &&
    ['IfStatement', 'ConditionalExpression', 'WhileStatement', 'DoWhileStatement'].includes(parent.type)
  )
    test(parent.type.startsWith('While') || parent.type.startsWith('Do') ? 'while' : 'if')
  if (key === 'body' && parent.type === 'ArrowFunctionExpression' && node.type !== 'BlockStatement') {
    if (isTruth(own)) {
      add('returned value', 'true')
      add('returned value', 'false')
    } else if (!(own.type === 'Literal') && own.type !== 'ArrowFunctionExpression') add('returned value', 'undefined')
  }
  switch (node.type) {
    case 'BinaryExpression': {
      for (const op of comparisons[node.operator] ?? []) add('comparison', withOperator(node, slice, op))
      if (!(node.operator === '+' && joinsText(node)))
        for (const op of arithmetic[node.operator] ?? []) add('arithmetic', withOperator(node, slice, op))
      break
    }
    case 'LogicalExpression': {
      if (node.operator === '??') {
        add('default of null', slice(node.left))
        add('default of null', slice(node.right))
      } else add('and, or', withOperator(node, slice, node.operator === '&&' ? '||' : '&&'))
      break
    }
    case 'UnaryExpression':
      if (node.operator === '!' || node.operator === '-') add('negation', slice(node.argument))
      break
    case 'UpdateExpression': {
      const other = node.operator === '++' ? '--' : '++'
      add('arithmetic', node.prefix ? `${other}${slice(node.argument)}` : `${slice(node.argument)}${other}`)
      break
    }
    case 'AssignmentExpression':
      if (node.operator in assignments) add('assignment', withOperator(node, slice, assignments[node.operator]))
      break
    case 'Literal':
      if (typeof node.value === 'string') add('text', node.value === '' ? "'mutated'" : "''")
      if (typeof node.value === 'boolean') add('truth value', String(!node.value))
      break
    case 'TemplateLiteral':
      if (parent.type !== 'TaggedTemplateExpression') add('text', '``')
      break
    case 'ArrayExpression':
      add('list', node.elements.length === 0 ? "['mutated']" : '[]')
      break
    case 'ObjectExpression':
      if (node.properties.length > 0) add('record', '({})')
      break
    case 'CallExpression': {
      const { callee } = node
      if (callee.type !== 'MemberExpression' || callee.computed || callee.optional) break
      const name = callee.property.name
      if (removable.has(name)) add('method', slice(callee.object))
      if (name in swapped && Object.hasOwn(swapped, name)) {
        const [head, args] = [
          slice({ start: node.start, end: callee.property.start }),
          slice({ start: callee.end, end: node.end }),
        ]
        add('method', `${head}${swapped[name]}${args}`)
      }
      break
    }
    case 'ChainExpression': {
      const text = slice(node)
      const plain = text.replace(/\?\.(?=[\w$])/, '.').replace(/\?\.(?=[[(])/, '')
      if (plain !== text) add('optional chain', plain)
      break
    }
    case 'ExpressionStatement':
      if (node.directive === undefined || node.directive === null) add('statement', '')
      break
    case 'BlockStatement':
      if (node.body.length > 0 && /Function/.test(parent.type)) add('body', '{}')
      break
    case 'SwitchCase':
      if (node.consequent.length > 0) add('case', '')
      break
    default:
  }
  return all
}

/** Where a node of this place is no expression of the program: names, types, modules. */
const isApart = (node, parent, key) =>
  node.type.startsWith('Import') ||
  node.type === 'ExportSpecifier' ||
  (key === 'source' && /^(Import|Export)/.test(parent.type)) ||
  (key === 'key' && !parent.computed) ||
  (key === 'property' && parent.type === 'MemberExpression' && !parent.computed) ||
  (node.type.startsWith('TS') && bare(node) === node) ||
  key === 'typeAnnotation' ||
  key === 'typeArguments' ||
  key === 'typeParameters' ||
  key === 'returnType'

const isNode = (value) => typeof value === 'object' && value !== null && typeof value.type === 'string'

/** The parts of a node that are code, in the order of the text. */
export const partsOf = (node) =>
  Object.entries(node)
    .flatMap(([key, value]) => (Array.isArray(value) ? value : [value]).filter(isNode).map((part) => ({ part, key })))
    .filter(({ part, key }) => !isApart(part, node, key))
    .sort((a, b) => a.part.start - b.part.start)

const lineOf = (text, index) => text.slice(0, index).split('\n').length

/** The tree of a file, and its mutants in the order of the text. */
export const mutantsOf = (file, text) => {
  const program = parseAst(text, { lang: 'ts' })
  const slice = ({ start, end }) => text.slice(start, end)
  const found = []
  const chains = new Set()
  const isLink = (parent, key) => chains.has(parent) && (key === 'object' || key === 'callee' || key === 'expression')
  const visit = (node, parent, key) => {
    if (node.type === 'ChainExpression') chains.add(node.expression)
    else if (isLink(parent, key)) chains.add(node)
    // The name of `{ name }` is a name and a value in one.
    if (node.type === 'Property' && node.shorthand) return
    // Inside an optional chain no part can be replaced: what follows would no longer be left out.
    const own = isLink(parent, key) ? [] : replacements(node, slice, parent, key)
    for (const [operator, replacement] of own)
      found.push({
        file,
        line: lineOf(text, node.start),
        operator,
        node,
        original: slice(node),
        replacement,
      })
    for (const { part, key: at } of partsOf(node)) visit(part, node, at)
  }
  for (const { part, key } of partsOf(program)) visit(part, program, key)
  return { program, mutants: found }
}

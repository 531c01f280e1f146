/**
 * Calls of the functions of relvar's catalogue as code: for each the ways in which it can be said.
 */
import type { CallNode, FunctionName } from '../expr/call-node.js'
import type { ExprNode } from '../expr/node.js'
import { sequenceOfWords } from '../expr/sequence.js'
import type { Name } from './code-names.js'
import { bare, bares, first, full, fulls, last, type Printing, specOf } from './code-context.js'
import { call, list, named, piped, plain, record, type Spelling } from './code-spelling.js'

type Spellings = ReadonlyArray<Spelling>
type Says = (on: Printing, node: CallNode) => Spellings

// -------------------------------------------------------------------------------------
// shapes of calls
// -------------------------------------------------------------------------------------

/** `f(a, b)` */
const dataFirst =
  (name: Name): Says =>
  (on, node) =>
    first(on, name, node.operands)

/** `pipe(a, f(b))` */
const dataLast =
  (name: Name): Says =>
  (on, node) =>
    last(on, name, node.operands)

/** `f`, which is no function. */
const constant =
  (name: Name): Says =>
  (on) => [named(on, name)]

/** `f(a, 'word')` */
const worded =
  (name: Name): Says =>
  (on, { operands, words }) => [call(on, name, ...fulls(on, operands), plain(words))]

const rounded =
  (name: 'round' | 'truncate', to: 'roundTo' | 'truncateDigits'): Says =>
  (on, { operands, words }) =>
    operands.flatMap((e) => [call(on, name, full(on, e)), piped(on, full(on, e), call(on, to, plain(Number(words))))])

/** Two values of which one, or none, is told its type by the other. */
const apart =
  (name: Name): Says =>
  (on, { operands }) => {
    const [a, b] = operands
    if (a === undefined || b === undefined) return []
    const [one, other] = [call(on, name, full(on, a), bare(on, b)), call(on, name, bare(on, a), full(on, b))]
    return [
      ...(a._tag === 'Param' ? [other, one] : [one, other]),
      call(on, name, full(on, a), full(on, b)),
      call(on, name, bare(on, a), bare(on, b)),
    ]
  }

// -------------------------------------------------------------------------------------
// documents
// -------------------------------------------------------------------------------------

const valueOf = (node: ExprNode): unknown =>
  node._tag === 'Param' && node.kind._tag === 'Value' ? node.kind.value : undefined

/** A document and a path in it. */
const onPath =
  (name: Name, more: (on: Printing, node: CallNode) => Spellings = () => []): Says =>
  (on, node) => {
    const [document, ...steps] = node.operands
    if (document === undefined) return []
    const path = list(steps.map((step) => plain(valueOf(step))))
    return [
      ...(steps.length === 0 ? [call(on, name, full(on, document), ...more(on, node))] : []),
      call(on, name, full(on, document), path, ...more(on, node)),
    ]
  }

const containing: Says = (on, { operands }) => first(on, 'jsonContains', operands.slice(0, 2))

const object: Says = (on, { operands }) => {
  const pairs = operands.flatMap((key, i) => {
    const value = operands[i + 1]
    return i % 2 > 0 || value === undefined ? [] : [[String(valueOf(key)), full(on, value)] as const]
  })
  return [call(on, 'jsonObject', record(pairs))]
}

// -------------------------------------------------------------------------------------
// texts and times
// -------------------------------------------------------------------------------------

const searched: Says = (on, { operands }) => {
  const columns = fulls(on, operands.slice(0, -1))
  return operands
    .slice(-1)
    .flatMap((query) => [bare(on, query), full(on, query)].map((of) => call(on, 'matches', list(columns), of)))
}

const joined: Says = (on, { operands }) => {
  const [separator, ...parts] = operands
  return separator === undefined
    ? []
    : [bare(on, separator), full(on, separator)].flatMap((by) => [
        call(on, 'concatWs', by, ...bares(on, parts)),
        call(on, 'concatWs', by, ...fulls(on, parts)),
      ])
}

const expressed: Says = (on, { operands: [e, pattern], words }) =>
  e === undefined || pattern === undefined
    ? []
    : [bare(on, pattern), full(on, pattern)].map((of) =>
        piped(on, full(on, e), call(on, 'regexMatches', of, ...(words === '' ? [] : [plain(words)]))),
      )

const moved: Says = (on, { operands: [time, ...amounts], words }) => {
  if (time === undefined) return []
  const units = words === '' ? [] : words.split(' ')
  return [bare, full].map((say) =>
    call(
      on,
      'addInterval',
      full(on, time),
      record(
        amounts.flatMap((amount, i) => {
          const unit = units[i]
          return unit === undefined ? [] : [[unit, say(on, amount)] as const]
        }),
      ),
    ),
  )
}

const numbered: Says = (on, { words, type }) => {
  const of = sequenceOfWords(words)
  if (of === null) return []
  const [name, counting] = [plain(of.name), plain(of.counting)]
  const isPlain = Object.keys(of.counting).length === 0
  const sequence =
    of.schema === null
      ? call(on, 'sequence', name, ...(isPlain ? [] : [counting]))
      : call(on, 'sequence', name, counting, plain({ schema: of.schema }))
  return [call(on, 'nextValue', sequence), call(on, 'nextValue', sequence, specOf(on, type))]
}

// -------------------------------------------------------------------------------------
// functions
// -------------------------------------------------------------------------------------

/** How each function is said: without it, a new function does not compile. */
const says: { readonly [N in FunctionName]: Says } = {
  lower: dataFirst('lower'),
  upper: dataFirst('upper'),
  charLength: dataFirst('charLength'),
  byteLength: dataFirst('byteLength'),
  trim: dataFirst('trim'),
  ltrim: dataFirst('ltrim'),
  rtrim: dataFirst('rtrim'),
  reverse: dataFirst('reverse'),
  concatWs: joined,
  substring: dataLast('substring'),
  indexOf: dataLast('indexOf'),
  replace: dataLast('replace'),
  takeLeft: dataLast('takeLeft'),
  takeRight: dataLast('takeRight'),
  lpad: dataLast('lpad'),
  rpad: dataLast('rpad'),
  repeat: dataLast('repeat'),
  // It is part of what `startsWith` and its like make.
  literally: () => [],
  regexMatches: expressed,
  matches: searched,
  collate: (on, { operands, words }) => operands.map((e) => piped(on, full(on, e), call(on, 'collate', plain(words)))),
  abs: dataFirst('abs'),
  negate: dataFirst('negate'),
  sign: dataFirst('sign'),
  round: rounded('round', 'roundTo'),
  truncate: rounded('truncate', 'truncateDigits'),
  ceil: dataFirst('ceil'),
  floor: dataFirst('floor'),
  sqrt: dataFirst('sqrt'),
  power: dataFirst('power'),
  exp: dataFirst('exp'),
  ln: dataFirst('ln'),
  random: dataFirst('random'),
  bitAnd: dataFirst('bitAnd'),
  bitOr: dataFirst('bitOr'),
  bitXor: dataFirst('bitXor'),
  bitNot: dataFirst('bitNot'),
  shiftLeft: dataFirst('shiftLeft'),
  shiftRight: dataFirst('shiftRight'),
  greatest: dataFirst('greatest'),
  least: dataFirst('least'),
  nullIf: dataFirst('nullIf'),
  isTrue: dataFirst('isTrue'),
  isFalse: dataFirst('isFalse'),
  isNotTrue: dataFirst('isNotTrue'),
  isNotFalse: dataFirst('isNotFalse'),
  cast: (on, { operands, type }) => operands.map((e) => piped(on, full(on, e), call(on, 'cast', specOf(on, type)))),
  currentTimestamp: constant('currentTimestamp'),
  currentDate: constant('currentDate'),
  extract: worded('extract'),
  truncateTo: worded('truncateTo'),
  addInterval: moved,
  daysBetween: apart('daysBetween'),
  secondsBetween: apart('secondsBetween'),
  microsecondsBetween: apart('microsecondsBetween'),
  dateOf: dataFirst('dateOf'),
  timeOf: dataFirst('timeOf'),
  toTimestamp: dataFirst('toTimestamp'),
  toTimestamptz: dataFirst('toTimestamptz'),
  jsonPath: (on, node) => onPath('jsonPath', () => [specOf(on, node.type)])(on, node),
  jsonExists: onPath('jsonExists'),
  jsonTypeOf: onPath('jsonTypeOf'),
  jsonLength: onPath('jsonLength'),
  jsonContains: containing,
  jsonObject: object,
  jsonArray: (on, { operands }) => [call(on, 'jsonArray', ...fulls(on, operands))],
  arrayLength: dataFirst('arrayLength'),
  elementAt: dataFirst('elementAt'),
  arrayContains: dataFirst('arrayContains'),
  arrayContainedBy: dataFirst('arrayContainedBy'),
  arrayOverlaps: dataFirst('arrayOverlaps'),
  arrayConcat: dataFirst('arrayConcat'),
  arrayAppend: dataFirst('arrayAppend'),
  arrayPosition: dataFirst('arrayPosition'),
  eqAnyElement: dataFirst('eqAnyElement'),
  nextValue: numbered,
}

/** The ways in which a call can be said. A name that a stored query brought, and no function has, has none. */
export const callSpellings = (on: Printing, node: CallNode): Spellings =>
  Object.hasOwn(says, node.name) ? says[node.name](on, node) : []

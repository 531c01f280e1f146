/**
 * The meaning of regular expressions; that of full text and of collations is the engine's own.
 */
import * as E from 'fp-ts/lib/Either.js'

import { type InvalidValue, invalidValue } from '../compile/load-error.js'
import { readPattern, writePattern } from '../compile/regex.js'
import { growthProblem } from '../compile/text-parts.js'
import type { FunctionName } from '../expr/call-node.js'
import type { ExprNode } from '../expr/node.js'
import type { TextSearchFunction } from '../expr/text-search.js'
import { notEvaluable } from './eval-error.js'
import type { Meaning } from './function-meaning.js'

const regexMatches: Meaning = ([value, pattern], node) => {
  if (typeof value !== 'string' || typeof pattern !== 'string')
    return E.left(notEvaluable('regexMatches: both sides are text'))
  const read = readPattern(pattern)
  if (E.isLeft(read)) return E.left(invalidValue('regexMatches', read.left))
  return E.right(new RegExp(writePattern(read.right, 'javascript'), `su${node.words === 'i' ? 'i' : ''}`).test(value))
}

/** Collations that order by code point and take no two texts for one: what text means here anyway. */
const binary: ReadonlyArray<string> = ['C', 'POSIX', 'ucs_basic', 'BINARY', 'utf8mb4_0900_bin', 'utf8mb4_nopad_bin']

export const textSearch: { readonly [N in TextSearchFunction]: Meaning } = {
  regexMatches,
  matches: () => E.left(notEvaluable('full text is what the index of an engine makes of it')),
  collate: ([value], node) =>
    binary.includes(node.words)
      ? E.right(value)
      : E.left(notEvaluable(`the collation "${node.words}" is known to its database alone`)),
}

/** Why a value that a call holds has no meaning, whatever the rows are; null where it has. */
const valueProblem = (name: FunctionName, value: unknown): string | null => {
  switch (name) {
    case 'lpad':
    case 'rpad':
    case 'repeat':
      return growthProblem(value)
    case 'regexMatches': {
      const read = typeof value === 'string' ? readPattern(value) : null
      return read !== null && E.isLeft(read) ? read.left : null
    }
    default:
      return null
  }
}

/** What is wrong with the values that a call holds besides its text; null where nothing is. */
export const boundProblem = (node: ExprNode): InvalidValue | null => {
  if (node._tag !== 'Call') return null
  for (const operand of node.operands.slice(1)) {
    const problem =
      operand._tag === 'Param' && operand.kind._tag === 'Value' ? valueProblem(node.name, operand.kind.value) : null
    if (problem !== null) return invalidValue(node.name, problem)
  }
  return null
}

/**
 * The meaning of parts of a text, and of texts made of a text: in code points, from 0.
 */
import * as E from 'fp-ts/lib/Either.js'

import { invalidValue } from '../compile/load-error.js'
import { growthProblem } from '../compile/text-parts.js'
import type { CallNode } from '../expr/call-node.js'
import type { TextPartFunction } from '../expr/text-parts.js'
import { notEvaluable, type Result } from './eval-error.js'
import type { Meaning } from './function-meaning.js'

const wrong = (node: CallNode): Result<never> => E.left(notEvaluable(`${node.name}: the operands are text and numbers`))

/** A place or a number of characters: 0 where it is negative. */
const clamped = (value: unknown): number => Math.max(0, Number(value))

const cut =
  (f: (chars: ReadonlyArray<string>, at: number, length: number) => ReadonlyArray<string>): Meaning =>
  ([value, at, length], node) =>
    typeof value === 'string'
      ? E.right(f(Array.from(value), clamped(at), length === undefined ? Infinity : clamped(length)).join(''))
      : wrong(node)

const indexOf: Meaning = ([value, needle], node) => {
  if (typeof value !== 'string' || typeof needle !== 'string') return wrong(node)
  const at = value.indexOf(needle)
  return E.right(at < 0 ? -1 : Array.from(value.slice(0, at)).length)
}

const replaced: Meaning = ([value, what, by], node) => {
  if (typeof value !== 'string' || typeof what !== 'string' || typeof by !== 'string') return wrong(node)
  return E.right(what === '' ? value : value.split(what).join(by))
}

/** What grows does so by a number that no engine refuses. */
const grown =
  (f: (chars: ReadonlyArray<string>, n: number, fill: ReadonlyArray<string>) => string): Meaning =>
  ([value, n, fill = ' '], node) => {
    if (typeof value !== 'string' || typeof fill !== 'string') return wrong(node)
    const problem = growthProblem(n) ?? growthProblem(fill)
    if (problem !== null) return E.left(invalidValue(node.name, problem))
    return E.right(f(Array.from(value), clamped(n), Array.from(fill)))
  }

const filling = (fill: ReadonlyArray<string>, length: number): string =>
  Array.from({ length: Math.max(0, length) }, (_, i) => fill[i % fill.length] ?? '').join('')

export const textParts: { readonly [N in TextPartFunction]: Meaning } = {
  substring: cut((chars, at, length) => chars.slice(at, at + length)),
  indexOf,
  replace: replaced,
  takeLeft: cut((chars, count) => chars.slice(0, count)),
  takeRight: cut((chars, count) => chars.slice(Math.max(0, chars.length - count))),
  lpad: grown((chars, n, fill) => filling(fill, n - chars.length) + chars.slice(0, n).join('')),
  rpad: grown((chars, n, fill) => chars.slice(0, n).join('') + filling(fill, n - chars.length)),
  repeat: grown((chars, n) => chars.join('').repeat(n)),
  reverse: cut((chars) => chars.toReversed()),
  literally: ([value], node) => (typeof value === 'string' ? E.right(value.replace(/[!%_]/g, '!$&')) : wrong(node)),
}

/**
 * Spellings: a part of an expression as code, and what that code makes, so that of several spellings one is taken that makes what is
 * to be printed, and nothing else.
 */
import { pipe } from 'fp-ts/lib/function.js'

import { isExprNode, type ExprNode } from '../expr/node.js'
import { sameData } from '../expr/same-data.js'
import { called, functions, type Name } from './code-names.js'
import { callText, listText, recordText } from './code-text.js'
import { valueText } from './code-value.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What code makes, and the code. It is written only where it is taken: writing declares what it names. */
export interface Spelling {
  readonly value: () => unknown
  readonly text: () => string
}

/** The names that code imports. */
export interface Imports {
  /** A function of relvar. */
  readonly use: (name: Name) => string
  /** fp-ts's `pipe`. */
  readonly pipe: () => string
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** A value as it stands. */
export const plain = (value: unknown): Spelling => ({ value: () => value, text: () => valueText(value) })

export const list = (items: ReadonlyArray<Spelling>): Spelling => ({
  value: () => items.map((item) => item.value()),
  text: () => listText(items.map((item) => item.text())),
})

export const record = (fields: ReadonlyArray<readonly [string, Spelling]>): Spelling => ({
  value: () => Object.fromEntries(fields.map(([key, of]) => [key, of.value()])),
  text: () => recordText(fields.map(([key, of]) => [key, of.text()] as const)),
})

/** A call of a function of relvar. */
export const call = (on: Imports, name: Name, ...args: ReadonlyArray<Spelling>): Spelling => ({
  value: () =>
    called(
      name,
      args.map((arg) => arg.value()),
    ),
  text: () =>
    callText(
      on.use(name),
      args.map((arg) => arg.text()),
    ),
})

/** A value, or a function, of relvar by its name. */
export const named = (on: Imports, name: Name): Spelling => ({
  value: () => functions[name],
  text: () => on.use(name),
})

/** What is piped into functions. */
export const piped = (on: Imports, of: Spelling, ...steps: ReadonlyArray<Spelling>): Spelling => ({
  value: () =>
    steps.reduce((value, step) => {
      const f: unknown = step.value()
      // A step is a function of one value, or its spelling is refused.
      return (f as (value: unknown) => unknown)(value)
    }, of.value()),
  text: () =>
    callText(
      on.pipe(),
      [of, ...steps].map((part) => part.text()),
    ),
})

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

const isRecord = (u: unknown): u is Readonly<Record<string, unknown>> => typeof u === 'object' && u !== null

const isType = (u: Readonly<Record<string, unknown>>): boolean => 'decoder' in u && 'encode' in u

/** Whether two values are made of the same parts: types by what tells them apart, functions by what they are. */
export const alike = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true
  if (!isRecord(a) || !isRecord(b)) return false
  if (isType(a)) return isType(b) && a['id'] === b['id']
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const [mine, theirs] = [Object.entries(a), Object.entries(b)]
  if (mine.length === 0) return sameData(a, b)
  return mine.length === theirs.length && mine.every(([key, value]) => Object.hasOwn(b, key) && alike(value, b[key]))
}

const makes = (spelling: Spelling, node: ExprNode): boolean => {
  try {
    const value = spelling.value()
    return isExprNode(value) && alike(value, node)
  } catch {
    // A function of relvar that throws makes nothing.
    return false
  }
}

/** The first spelling that makes the node; the last one is taken without a look. */
export const spelled = (node: ExprNode, spellings: ReadonlyArray<Spelling>, last: Spelling): string =>
  pipe(spellings.find((spelling) => makes(spelling, node)) ?? last, (taken) => taken.text())

/** The same, where what is said without values alone is always an expression of the kind: it stands second, or alone. */
export const said = (node: ExprNode, spellings: ReadonlyArray<Spelling>): string =>
  spelled(node, spellings, spellings[1] ?? spellings[0] ?? plain(null))

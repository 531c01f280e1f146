/**
 * The meaning of expressions of the user's own: their definition's, between values as columns keep them.
 */
import * as E from 'fp-ts/lib/Either.js'

import { type CustomNode, isStrictAt } from '../expr/custom-node.js'
import type { SqlType } from '../expr/sql-type.js'
import { notEvaluable, type Result } from './eval-error.js'
import { readValue } from './refined.js'

/** What a column keeps of a value that a definition gave; Left where it is none of the type. */
const kept = (name: string, type: SqlType<unknown>, nullable: boolean, value: unknown): Result<unknown> => {
  if (value === null || value === undefined)
    return nullable ? E.right(null) : E.left(notEvaluable(`"${name}" gave null, and says that it gives none`))
  const plain = type.refinement === null ? value : type.refinement.codec.encode(value)
  const base = type.refinement === null ? type : type.refinement.base
  // A document is kept as its codec's value, which its decoder reads from the document alone.
  return base._tag === 'Json' || E.isRight(base.decoder.decode(plain))
    ? E.right(plain)
    : E.left(notEvaluable(`"${name}" gave what is no ${type.decoder.name}`))
}

/** The value of an expression of the user's own. */
export const customValue = (node: CustomNode, values: ReadonlyArray<unknown>): Result<unknown> => {
  const { name, takes, gives, data, evaluate } = node.form
  if (evaluate === null) return E.left(notEvaluable(`"${name}" has no meaning in memory`))
  if (values.some((value, at) => value === null && isStrictAt(node.form, at))) return E.right(null)
  const read = values.map((value, at) => readValue(takes[at]?.type ?? gives.type, value))
  try {
    const decoded = data === null ? E.right(null) : data.decode(node.data)
    if (E.isLeft(decoded)) return E.left(notEvaluable(`"${name}": its data are none`))
    return kept(name, gives.type, gives.nullable, evaluate(read, decoded.right))
  } catch (thrown) {
    return E.left(notEvaluable(`"${name}": ${thrown instanceof Error ? thrown.message : String(thrown)}`))
  }
}

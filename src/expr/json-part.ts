/**
 * A document that another may contain, as what has to stand at which path: engines without a word for containment ask for each.
 */
import * as E from 'fp-ts/lib/Either.js'

import { documentText } from './json-text.js'
import { type ExprNode, value } from './node.js'
import { booleanType, doubleType, textType } from './sql-type.js'

/**
 * What has to stand at a path: `s`, `n` and `b` a string, a number and a boolean that are bound after the keys, `z` JSON's null,
 * `o` an object.
 */
export type LeafKind = 's' | 'n' | 'b' | 'z' | 'o'

interface Leaf {
  readonly keys: ReadonlyArray<string>
  readonly kind: LeafKind
  readonly value: ExprNode | null
}

/** The leaves of a document without arrays; null where it has one. */
const leavesOf = (json: unknown, keys: ReadonlyArray<string>): ReadonlyArray<Leaf> | null => {
  if (json === null) return [{ keys, kind: 'z', value: null }]
  switch (typeof json) {
    case 'string':
      return [{ keys, kind: 's', value: value(json, textType) }]
    case 'number':
      return [{ keys, kind: 'n', value: value(json, doubleType) }]
    case 'boolean':
      return [{ keys, kind: 'b', value: value(json, booleanType) }]
    default: {
      if (typeof json !== 'object' || Array.isArray(json)) return null
      const members = Object.entries(json)
      if (members.length === 0) return [{ keys, kind: 'o', value: null }]
      const below = members.map(([key, member]) => leavesOf(member, [...keys, key]))
      const leaves = below.flatMap((all) => all ?? [])
      return below.includes(null) ? null : leaves
    }
  }
}

/** The words and the bound values of a document: `k` a key, then what stands there. `document` is one that has arrays. */
export const containedParts = (
  contained: unknown,
): { readonly words: string; readonly parts: ReadonlyArray<ExprNode> } => {
  const none = { words: 'document', parts: [] }
  // What is no JSON is refused when it is bound.
  const json = E.tryCatch((): unknown => JSON.parse(documentText(contained)), String)
  if (E.isLeft(json) || typeof json.right !== 'object' || json.right === null) return none
  const leaves = leavesOf(json.right, [])
  if (leaves === null) return none
  return {
    words: leaves.map((leaf) => 'k'.repeat(leaf.keys.length) + leaf.kind).join(' '),
    parts: leaves.flatMap((leaf) => [
      ...leaf.keys.map((key) => value(key, textType)),
      ...(leaf.value === null ? [] : [leaf.value]),
    ]),
  }
}

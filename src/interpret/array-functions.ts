/**
 * The meaning of functions of arrays. An array holds what its codecs read; its elements are compared as the database keeps them.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { ArrayFunction } from '../expr/array-functions.js'
import type { CallNode } from '../expr/call-node.js'
import type { SqlType } from '../expr/sql-type.js'
import { accept } from './accept.js'
import { notEvaluable, type Result } from './eval-error.js'
import type { Meaning } from './function-meaning.js'
import { keyOf } from './value.js'

type List = ReadonlyArray<unknown>

const elementType = (node: CallNode, at: number): SqlType<unknown> | null => node.operands[at]?.type.element ?? null

/** An element as the database keeps it. */
const kept = (type: SqlType<unknown> | null, element: unknown): unknown => {
  if (element === null || type === null || type.refinement === null) return element
  const accepted = accept(type, false, 'an element', element)
  return E.isRight(accepted) ? accepted.right : element
}

/** A kept value as an element. */
const read = (type: SqlType<unknown> | null, value: unknown): unknown => {
  if (value === null || type === null || type.refinement === null) return value
  const decoded = type.refinement.codec.decode(value)
  return E.isRight(decoded) ? decoded.right : value
}

/** What elements that are equal have in common; a null is equal to nothing. */
const keysOf = (list: List, type: SqlType<unknown> | null): ReadonlyArray<string> =>
  list.flatMap(
    (element): ReadonlyArray<string> =>
      Array.isArray(element)
        ? keysOf(element, type?.element ?? null)
        : element === null
          ? []
          : [keyOf(kept(type, element))],
  )

const holdsNull = (list: List): boolean => list.some((e) => (Array.isArray(e) ? holdsNull(e) : e === null))

const ofList =
  (f: (list: List, other: unknown, node: CallNode) => unknown): Meaning =>
  ([list, other], node): Result<unknown> => {
    if (list === null) return E.right(null)
    return Array.isArray(list)
      ? E.right(f(list, other, node))
      : E.left(notEvaluable(`${node.name}: the operand is an array`))
  }

const ofLists = (f: (a: List, b: List, node: CallNode) => unknown): Meaning =>
  ofList((a, b, node) => (Array.isArray(b) ? f(a, b, node) : null))

/** Whether all elements of one list are in another: none that is null is. */
const within = (part: List, whole: List, node: CallNode): boolean => {
  const type = elementType(node, 0)
  const keys = new Set(keysOf(whole, type))
  return !holdsNull(part) && keysOf(part, type).every((key) => keys.has(key))
}

const anyElement: Meaning = ([value, list], node) => {
  if (list === null || !Array.isArray(list)) return E.right(null)
  if (list.length === 0) return E.right(false)
  if (value === null) return E.right(null)
  if (keysOf(list, elementType(node, 1)).includes(keyOf(value))) return E.right(true)
  return E.right(holdsNull(list) ? null : false)
}

export const arrayFunctions: { readonly [N in ArrayFunction]: Meaning } = {
  arrayLength: ofList((list) => list.length),
  elementAt: ofList((list, place, node) =>
    typeof place === 'number' && place >= 0 && place < list.length ? kept(elementType(node, 0), list[place]) : null,
  ),
  arrayContains: ofLists((a, b, node) => within(b, a, node)),
  arrayContainedBy: ofLists(within),
  arrayOverlaps: ofLists((a, b, node) => {
    const type = elementType(node, 0)
    const keys = new Set(keysOf(a, type))
    return keysOf(b, type).some((key) => keys.has(key))
  }),
  arrayConcat: ofLists((a, b) => [...a, ...b]),
  arrayAppend: ofList((list, element, node) => [...list, read(elementType(node, 0), element)]),
  arrayPosition: ofList((list, element, node) => {
    if (element === null) return null
    const type = elementType(node, 0)
    const at = list.findIndex((one) => one !== null && keyOf(kept(type, one)) === keyOf(element))
    return at === -1 ? null : at
  }),
  eqAnyElement: anyElement,
}

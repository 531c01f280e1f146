/**
 * Structural equality of what stands in nodes: parameters, their values, lists.
 */
import { asked } from './asked.js'
import type { ParamNode } from './node.js'

/** How parameters compare: a cached statement takes any value, an ordered output only the same one. */
export type SameParam = (a: ParamNode, b: ParamNode) => boolean

/** Parameters of one type, whatever their values are. */
export const anyValue: SameParam = (a, b) => a.type.id === b.type.id && a.nullable === b.nullable

const same = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false
  if (a instanceof Date && b instanceof Date) return a.getTime() === b.getTime()
  const [mine, theirs] = [Object.entries(a), new Map(Object.entries(b))]
  return mine.length === theirs.size && mine.every(([key, value]) => theirs.has(key) && same(value, theirs.get(key)))
}

/** Whether two values of parameters are the same: lists, bytes and documents by what is in them. One that cannot be looked into is like no other. */
export const sameData = (a: unknown, b: unknown): boolean => asked(() => same(a, b), false)

/** Parameters with the same value, or the same name. */
export const sameValue: SameParam = (a, b) => {
  if (!anyValue(a, b) || a.kind._tag !== b.kind._tag) return false
  if (a.kind._tag === 'Value' && b.kind._tag === 'Value') return sameData(a.kind.value, b.kind.value)
  if (a.kind._tag === 'Hole' && b.kind._tag === 'Hole') return a.kind.name === b.kind.name
  return a.kind === b.kind
}

/** Whether two lists are the same, place by place. */
export const list = <A>(a: ReadonlyArray<A>, b: ReadonlyArray<A>, same: (x: A, y: A) => boolean): boolean => {
  if (a === b) return true
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) {
    // Both indices are within the arrays, whose lengths are equal.
    if (!same(a[i] as A, b[i] as A)) return false
  }
  return true
}

/** Whether two lists of names are the same. */
export const sameNames = (a: ReadonlyArray<string>, b: ReadonlyArray<string>): boolean => list(a, b, (x, y) => x === y)

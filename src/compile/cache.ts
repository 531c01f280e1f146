/**
 * Compiled statements by shape, bounded in number: the one that was not asked for longest goes first.
 */
import type { StatementNode } from '../expr/query-node.js'
import { factsOf } from '../expr/query-facts.js'
import { sameShape } from '../expr/same.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

interface Entry {
  readonly node: StatementNode
  readonly compiled: unknown
}

/** A cache of one dialect value. Its mutation cannot be seen but by counting. */
export interface Cache {
  /** What was compiled for the node's shape, or what `make` compiles now. */
  readonly get: <A>(node: StatementNode, make: () => A) => A
  /** How many statements were compiled since the cache was made. */
  readonly compilations: () => number
  readonly size: () => number
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** An empty cache of at most `limit` statements. */
export const makeCache = (limit: number): Cache => {
  const entries = new Map<number, Entry>()
  let compilations = 0
  const get = <A>(node: StatementNode, make: () => A): A => {
    const { shape } = factsOf(node)
    const found = entries.get(shape)
    if (found !== undefined && sameShape(found.node, node)) {
      if (entries.size > limit / 2) {
        // A Map keeps the order of insertion: the entry moves to the end, away from what goes first.
        entries.delete(shape)
        entries.set(shape, found)
      }
      // One cache holds what one compiler makes, so the entry of a node has the type that its compiler asks for.
      return found.compiled as A
    }
    const compiled = make()
    compilations += 1
    entries.delete(shape)
    entries.set(shape, { node, compiled })
    const oldest = entries.keys().next()
    if (entries.size > limit && oldest.done !== true) entries.delete(oldest.value)
    return compiled
  }
  return { get, compilations: () => compilations, size: () => entries.size }
}

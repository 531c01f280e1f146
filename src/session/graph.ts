/**
 * Directed graphs over the numbers from 0: their strongly connected components. Nothing here recurses, so that a chain
 * of any length has its place.
 */

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The successors of each node. */
export type Graph = ReadonlyArray<ReadonlyArray<number>>

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/** The strongly connected components (Tarjan): each after all those that it leads to. */
export const components = (graph: Graph): ReadonlyArray<ReadonlyArray<number>> => {
  const found: Array<ReadonlyArray<number>> = []
  const order = new Int32Array(graph.length).fill(-1)
  const low = new Int32Array(graph.length)
  const onStack = new Uint8Array(graph.length)
  const stack: Array<number> = []
  const path: Array<{ readonly node: number; next: number }> = []
  let visited = 0

  const enter = (node: number): void => {
    order[node] = visited
    low[node] = visited
    visited += 1
    onStack[node] = 1
    stack.push(node)
    path.push({ node, next: 0 })
  }
  const lower = (node: number, to: number): void => {
    low[node] = Math.min(low[node] ?? 0, to)
  }
  const leave = (node: number): void => {
    path.pop()
    const parent = path.at(-1)
    if (parent !== undefined) lower(parent.node, low[node] ?? 0)
    if (low[node] !== order[node]) return
    const component = stack.splice(stack.lastIndexOf(node))
    for (const member of component) onStack[member] = 0
    found.push(component)
  }

  for (let root = 0; root < graph.length; root++) {
    if (order[root] !== -1) continue
    enter(root)
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      const to = graph[at.node]?.[at.next]
      at.next += 1
      if (to === undefined) leave(at.node)
      else if (order[to] === -1) enter(to)
      else if (onStack[to] === 1) lower(at.node, order[to] ?? 0)
    }
  }
  return found
}

/** A circle in a strongly connected part of a graph, from `start` back to it; only `start` where it leads to itself. */
export const circle = (graph: Graph, members: ReadonlySet<number>, start: number): ReadonlyArray<number> => {
  const cameFrom = new Map<number, number>()
  const queue = [start]
  for (let i = 0; i < queue.length; i++) {
    const node = queue[i] ?? start
    for (const to of graph[node] ?? []) {
      if (to === start) return pathTo(node, start, cameFrom)
      if (!members.has(to) || cameFrom.has(to)) continue
      cameFrom.set(to, node)
      queue.push(to)
    }
  }
  return [start]
}

const pathTo = (end: number, start: number, cameFrom: ReadonlyMap<number, number>): ReadonlyArray<number> => {
  const path = [end]
  for (let node = end; node !== start; ) {
    node = cameFrom.get(node) ?? start
    path.push(node)
  }
  return path.reverse()
}

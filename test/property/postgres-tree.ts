// PostgreSQL's own parser: what it understands of a statement, without where in the text that stood.
import { loadModule, parseSync } from 'libpg-query'

export type Tree = null | string | number | boolean | ReadonlyArray<Tree> | { readonly [key: string]: Tree }

await loadModule()

const isRecord = (u: unknown): u is Readonly<Record<string, unknown>> =>
  typeof u === 'object' && u !== null && !Array.isArray(u)

/** Where a token stood is no part of what a statement says, and which parameter it is counts elsewhere. */
const places = new Set([
  'location',
  'list_start',
  'list_end',
  'rexpr_list_start',
  'rexpr_list_end',
  'stmt_location',
  'stmt_len',
  'number',
])

/** AND and OR of any depth: the parser makes one of `(a AND b) AND c` itself. */
const flattened = (op: unknown, args: ReadonlyArray<Tree>): ReadonlyArray<Tree> =>
  args.flatMap((arg) => {
    const inner = isRecord(arg) && isRecord(arg['BoolExpr']) ? arg['BoolExpr'] : null
    // The arguments were made by `cleaned`.
    return inner !== null && inner['boolop'] === op ? (inner['args'] as ReadonlyArray<Tree>) : [arg]
  })

const cleaned = (u: unknown): Tree => {
  if (Array.isArray(u)) return u.map(cleaned)
  if (isRecord(u)) {
    const entries = Object.entries(u).filter(([key]) => !places.has(key))
    const made: { [key: string]: Tree } = Object.fromEntries(entries.map(([key, v]) => [key, cleaned(v)]))
    const { boolop, args } = made
    return (boolop === 'AND_EXPR' || boolop === 'OR_EXPR') && Array.isArray(args)
      ? { ...made, args: flattened(boolop, args) }
      : made
  }
  return typeof u === 'string' || typeof u === 'number' || typeof u === 'boolean' ? u : null
}

/** The statements of a text; throws what the parser says where it is none. */
export const treesOf = (sql: string): ReadonlyArray<Tree> =>
  parseSync(sql).stmts?.map(({ stmt }) => cleaned(stmt)) ?? []

/** The tree with something else in some places. */
export const replaced = (tree: Tree, by: (node: Tree) => Tree | null): Tree => {
  const other = by(tree)
  if (other !== null) return other
  if (Array.isArray(tree)) return tree.map((one: Tree) => replaced(one, by))
  if (!isRecord(tree)) return tree
  // A record of a tree holds trees.
  return Object.fromEntries(Object.entries(tree).map(([key, v]) => [key, replaced(v as Tree, by)]))
}

/** What stands at a path of keys; null where nothing does. */
export const at = (tree: Tree, ...path: ReadonlyArray<string | number>): Tree =>
  path.reduce<Tree>((node, key) => {
    if (typeof key === 'number') return Array.isArray(node) ? ((node[key] as Tree | undefined) ?? null) : null
    return isRecord(node) ? ((node[key] as Tree | undefined) ?? null) : null
  }, tree)

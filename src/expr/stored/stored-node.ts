/**
 * How nodes are stored: an object with the node's tag and its fields, read back by the node's own constructor.
 */
import { isLeft } from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

/** Between a part of a statement and JSON. */
export type Stored<A> = t.Type<A, unknown, unknown>

const isTagged = (u: unknown): u is { readonly _tag: string } =>
  typeof u === 'object' && u !== null && '_tag' in u && typeof u._tag === 'string'

/**
 * A node by its fields. `make` gives null, or throws a TypeError, for fields that no node has; `before` is told of each node that
 * is stored.
 */
export const made = <T extends string, F, N extends F & { readonly _tag: T }>(
  tag: T,
  fields: t.Type<F, unknown, unknown>,
  make: (fields: F) => N | null,
  before: (node: N) => void = () => {},
): Stored<N> =>
  new t.Type<N, unknown, unknown>(
    tag,
    (u): u is N => isTagged(u) && u._tag === tag,
    (u, context) => {
      const read = fields.validate(u, context)
      if (isLeft(read)) return read
      const node = attempt(() => make(read.right))
      return node === null ? t.failure(u, context) : t.success(node)
    },
    (node) => {
      before(node)
      const written = fields.encode(node)
      return typeof written === 'object' ? { _tag: tag, ...written } : { _tag: tag }
    },
  )

const attempt = <N>(make: () => N | null): N | null => {
  try {
    return make()
  } catch {
    // A constructor threw for what no caller with types can give.
    return null
  }
}

/** A form that is made when it is first asked for, since statements and expressions contain each other. */
export const later = <A>(name: string, make: () => Stored<A>): Stored<A> => {
  let known: Stored<A> | null = null
  const form = (): Stored<A> => (known ??= make())
  return new t.Type<A, unknown, unknown>(
    name,
    (u): u is A => form().is(u),
    (u, context) => form().validate(u, context),
    (a) => form().encode(a),
  )
}

/** The form, or null. */
export const orNull = <A>(form: Stored<A>): Stored<A | null> =>
  new t.Type<A | null, unknown, unknown>(
    `${form.name} or null`,
    (u): u is A | null => u === null || form.is(u),
    (u, context) => (u === null ? t.success(null) : form.validate(u, context)),
    (a) => (a === null ? null : form.encode(a)),
  )

/** One of several nodes, by its tag. */
export const byTag = <N extends { readonly _tag: string }>(
  name: string,
  forms: { readonly [T in N['_tag']]: Stored<Extract<N, { readonly _tag: T }>> },
): Stored<N> => {
  // A form takes and gives the nodes of its tag; which one is used is decided by that tag alone.
  const all = new Map(Object.entries(forms)) as unknown as ReadonlyMap<string, Stored<N>>
  return new t.Type<N, unknown, unknown>(
    name,
    (u): u is N => isTagged(u) && all.has(u._tag),
    (u, context) => {
      const form = isTagged(u) && Object.hasOwn(u, '_tag') ? all.get(u._tag) : undefined
      return form === undefined ? t.failure(u, context) : form.validate(u, context)
    },
    (node) => all.get(node._tag)?.encode(node) ?? null,
  )
}

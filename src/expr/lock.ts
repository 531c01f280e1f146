/**
 * Locks: the rows that a query gives are kept from others until the transaction ends.
 */
import { selectNode } from './from.js'
import { type Query, withClauses } from './query.js'
import type { Lock, SelectNode } from './query-node.js'
import { type AnyTable, sourceOf, type SourceOf } from './table.js'

/** What a lock does about rows that another transaction has locked: it waits, unless this says otherwise. */
export interface LockOptions<out T extends AnyTable = never> {
  /** `noWait`: `LockTimeout` at once. `skipLocked`: those rows are left out. */
  readonly wait?: 'wait' | 'noWait' | 'skipLocked'
  /** The sources whose rows are locked; all of them where this is left out. */
  readonly of?: ReadonlyArray<T>
}

/** A lock of a query's rows. `of` names sources of the query alone. */
export type Locking = <T extends AnyTable = never>(
  options?: LockOptions<T>,
) => <P, S extends string, O extends string, F extends string>(
  q: Query<P, S | SourceOf<T>, O, F>,
) => Query<P, S | SourceOf<T>, O, F>

const waits: ReadonlySet<unknown> = new Set<Lock['wait']>(['wait', 'noWait', 'skipLocked'])

const locked = (node: SelectNode, strength: Lock['strength'], options: LockOptions<AnyTable>): SelectNode['lock'] => {
  const wait = options.wait ?? node.lock?.wait ?? 'wait'
  // It becomes a word of the statement, and untyped callers have others.
  if (!waits.has(wait)) throw new TypeError("a lock that meets another one is to 'wait', 'noWait' or 'skipLocked'")
  return { strength, wait, of: (options.of ?? []).map(sourceOf) }
}

const locking =
  (strength: Lock['strength']): Locking =>
  (options = {}) =>
  (q) => {
    const node = selectNode(q)
    return withClauses(node, { lock: locked(node, strength, options) })
  }

/**
 * Nobody else changes the rows, nor reads them to change them, until the transaction ends. It belongs to the outermost query, of
 * single rows: not under distinct, groups or set operations. SQLite has no such locks and is `Unsupported`: a transaction that
 * writes has the database to itself there. In memory nobody else is there.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { eq, forUpdate, from, integer, limit, orderBy, table, text, where } from 'relvar'
 *
 * const jobs = table('jobs', { id: integer, state: text })
 * const next = pipe(from(jobs), where(eq(jobs.state, 'open')), orderBy(jobs.id), limit(1), forUpdate({ wait: 'skipLocked' }))
 *
 * @category combinators
 * @since 0.1.0
 */
export const forUpdate: Locking = locking('update')

/**
 * Nobody else changes the rows until the transaction ends; others may read and share them.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { forShare, from, integer, nullable, table } from 'relvar'
 *
 * const users = table('users', { id: integer, age: pipe(integer, nullable) })
 * pipe(from(users), forShare())
 *
 * @category combinators
 * @since 0.1.0
 */
export const forShare: Locking = locking('share')

/** What a lock does about rows that another transaction has locked: the same as its option, to compose where it depends. */
export type Waiting = <P, S extends string, O extends string, F extends string>(
  q: Query<P, S, O, F>,
) => Query<P, S, O, F>

const waiting =
  (wait: Lock['wait']): Waiting =>
  (q) => {
    const node = selectNode(q)
    return withClauses(node, { lock: { strength: node.lock?.strength ?? 'update', of: node.lock?.of ?? [], wait } })
  }

/**
 * A lock that leaves out the rows that another transaction has locked: for queues. Without a lock said before, `forUpdate`.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { forUpdate, from, integer, limit, orderBy, skipLocked, table } from 'relvar'
 *
 * const jobs = table('jobs', { id: integer })
 * pipe(from(jobs), orderBy(jobs.id), limit(1), forUpdate(), skipLocked)
 *
 * @category combinators
 * @since 0.1.0
 */
export const skipLocked: Waiting = waiting('skipLocked')

/**
 * A lock that does not wait: `LockTimeout` where another transaction has locked a row. Without a lock said before, `forUpdate`.
 *
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { forUpdate, from, integer, noWait, table } from 'relvar'
 *
 * const jobs = table('jobs', { id: integer })
 * pipe(from(jobs), forUpdate(), noWait)
 *
 * @category combinators
 * @since 0.1.0
 */
export const noWait: Waiting = waiting('noWait')

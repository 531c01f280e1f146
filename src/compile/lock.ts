/**
 * Locks of rows: FOR UPDATE and FOR SHARE.
 */
import { outerJoined } from '../expr/outputs.js'
import type { Lock, SelectNode } from '../expr/query-node.js'
import type { Source } from '../expr/source.js'
import { type CompileError, illFormed, unsupported } from './compile-error.js'
import { type Context, failed, resolve, type Scope } from './context.js'
import type { Dialect, DialectName } from './dialect.js'
import { isGrouped } from './grouping.js'
import { nothing, type Sql, sql } from './sql.js'

const lockedSources = (select: SelectNode, lock: Lock): ReadonlyArray<Source> => {
  const own = [select.from, ...select.joins.map((j) => j.source)]
  return lock.of.length === 0 ? own : lock.of
}

/** What is wrong with a lock whatever the dialect, or null: it is of rows of tables, and of the outermost query. */
export const lockProblem = (select: SelectNode, place: 'asked' | 'nested'): CompileError | null => {
  const { lock } = select
  if (lock === null) return null
  if (place === 'nested') return illFormed('a lock belongs to the outermost query, which gives the rows')
  if (select.distinct || select.distinctOn.length > 0 || isGrouped(select) || select.groupBy.length > 0)
    return illFormed('a lock is of single rows: under distinct, distinctOn and groups a row stands for several')
  if (select.withTies || (select.keyset?.direction === 'before' && select.limit !== null))
    return illFormed('a lock does not go with limitWithTies, nor with a limit before a cursor')
  const other = lockedSources(select, lock).find((s) => s._tag !== 'TableSource')
  return other === undefined
    ? null
    : illFormed(`a lock is of rows of tables, and "${other.name}" is none: name the tables with "of"`)
}

const strengths: Readonly<Record<DialectName, Readonly<Record<Lock['strength'], string>>>> = {
  postgres: { update: 'FOR UPDATE', share: 'FOR SHARE' },
  mysql: { update: 'FOR UPDATE', share: 'FOR SHARE' },
  mariadb: { update: 'FOR UPDATE', share: 'LOCK IN SHARE MODE' },
  sqlite: { update: '', share: '' },
}

const waits = { wait: '', noWait: ' NOWAIT', skipLocked: ' SKIP LOCKED' } as const

const dialectProblem = (
  { name: dialect, features: { locks } }: Dialect,
  select: SelectNode,
  lock: Lock,
): CompileError | null => {
  if (!locks) return unsupported(dialect, 'lock rows', 'a transaction that writes has the database to itself there')
  if (dialect === 'mariadb' && lock.of.length > 0)
    return unsupported(dialect, 'lock the rows of some sources alone', 'leave out "of"')
  const absent = outerJoined(select)
  const missing = lockedSources(select, lock).find((s) => absent.has(s.name))
  if (missing !== undefined && (dialect === 'postgres' || select.joins.some((j) => j.kind === 'full')))
    return unsupported(dialect, `lock "${missing.name}", which may be absent`, 'name the other sources with "of"')
  return null
}

/** The lock of a SELECT, after all its other clauses. */
export const lockSql = (context: Context, scope: Scope, select: SelectNode): Sql => {
  const { lock } = select
  if (lock === null) return nothing
  const { name } = context.dialect
  const problem = dialectProblem(context.dialect, select, lock)
  if (problem !== null) return failed(context, problem)
  const aliases = lock.of.map((source) => resolve(context, scope, source)?.alias ?? 'NULL')
  const of = aliases.length === 0 ? '' : ` OF ${aliases.join(', ')}`
  return sql` ${strengths[name][lock.strength]}${of}${waits[lock.wait]}`
}

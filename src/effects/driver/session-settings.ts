/**
 * Settings of a session that change what SQL means: they are read back, and a session that has others is refused.
 */
import type { RawRow } from '../../compile/statement.js'
import { longestMs } from '../deadline.js'
import { dbError } from '../error-make.js'
import type { DbError } from '../error.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A setting and what it must be. */
export type Wanted = readonly [setting: string, value: string]

/** How much longer than this side the server waits before it stops a statement by itself, in milliseconds. */
const longerMs = 1_000

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** What a session is refused with; `cause` is what stood in the way. */
export const notSetUp = (why: string, cause: unknown = null): DbError =>
  dbError('Connection', {
    message: `the session could not be set up: ${why}`,
    statement: null,
    cause,
    phase: 'session',
    sent: 'no',
  })

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/** The first setting that was read back with another value, as words; null where all are as they must be. */
export const differing = (wanted: ReadonlyArray<Wanted>, found: RawRow): string | null => {
  const at = wanted.findIndex(([, value], i) => String(found[i]) !== value)
  const [setting, value] = wanted[at] ?? []
  return setting === undefined ? null : `${setting} is ${String(found[at])}, not ${value}`
}

/** After how long the server stops a statement by itself, in milliseconds. */
export const serverLimitMs = (statementTimeoutMs: number): number => Math.min(statementTimeoutMs + longerMs, longestMs)

/** Milliseconds as the seconds of an engine that counts in them. */
export const wholeSeconds = (ms: number): number => Math.ceil(ms / 1_000)

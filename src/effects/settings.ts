/**
 * What all effects of one Database have in common: middleware, signal, time; and the options of a transaction, checked.
 */
import { after } from './deadline.js'
import type { Conditions, TransactionOptions } from './database.js'
import { type Begin, type Isolation, type Limits, unlimited } from './driver.js'
import type { DbError } from './error.js'
import { dbError } from './error-make.js'
import type { Linting } from './linting.js'
import { around, type Middleware } from './middleware.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What the effects of a Database have in common. `deadline`: that of the transaction around. */
export interface Settings {
  readonly middleware: Middleware | null
  readonly linting: Linting | null
  readonly signal: AbortSignal | null
  readonly timeoutMs: number | null
  readonly deadline: number
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

export const noSettings: Settings = Object.freeze({
  middleware: null,
  linting: null,
  signal: null,
  timeoutMs: null,
  deadline: Number.POSITIVE_INFINITY,
})

export const limitsOf = ({ signal, timeoutMs, deadline }: Settings): Limits =>
  signal === null && timeoutMs === null && deadline === Number.POSITIVE_INFINITY
    ? unlimited
    : { signal, deadline: timeoutMs === null ? deadline : Math.min(deadline, after(timeoutMs)) }

const anySignal = (a: AbortSignal | null, b: AbortSignal | undefined): AbortSignal | null =>
  a === null ? (b ?? null) : b === undefined ? a : AbortSignal.any([a, b])

export const changed = (settings: Settings, { middleware, linting, signal, timeoutMs }: Conditions): Settings => ({
  middleware: middleware === undefined ? settings.middleware : around(middleware, settings.middleware),
  linting: linting ?? settings.linting,
  signal: anySignal(settings.signal, signal),
  timeoutMs: timeoutMs ?? settings.timeoutMs,
  deadline: settings.deadline,
})

const levels: ReadonlyArray<Isolation> = ['read uncommitted', 'read committed', 'repeatable read', 'serializable']

export const beginOf = ({ isolation, readOnly, deferrable }: TransactionOptions): Begin => {
  // it becomes text of a statement, and not every caller has types
  if (isolation !== undefined && !levels.includes(isolation)) {
    throw new TypeError(`transaction: isolation must be one of ${levels.join(', ')}, not ${String(isolation)}`)
  }
  return { isolation: isolation ?? null, readOnly: readOnly === true, deferrable: deferrable === true }
}

/** A nested transaction can't have more isolation than the one around it. */
export const isolationError = (wanted: Isolation | null, has: Isolation): DbError | null =>
  wanted === null || levels.indexOf(wanted) <= levels.indexOf(has)
    ? null
    : dbError('InvalidValue', {
        message: `transaction: ${wanted} was asked for inside a transaction that is ${has}: ask the outermost one for it`,
        place: 'transaction',
        statement: null,
        cause: null,
      })

/**
 * What all effects of one Database have in common: middleware, signal, time; and the options of a transaction, checked.
 */
import * as E from 'fp-ts/lib/Either.js'

import type { Dialect } from '../compile/dialect.js'
import { after } from './deadline.js'
import type { Conditions, TransactionOptions } from './database.js'
import { type Begin, type Isolation, levels, type Limits, unlimited } from './driver.js'
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
  /** Another dialect than the driver's: one that was derived from it. */
  readonly dialect: Dialect | null
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
  dialect: null,
  timeoutMs: null,
  deadline: Number.POSITIVE_INFINITY,
})

export const limitsOf = ({ signal, timeoutMs, deadline }: Settings): Limits =>
  signal === null && timeoutMs === null && deadline === Number.POSITIVE_INFINITY
    ? unlimited
    : { signal, deadline: timeoutMs === null ? deadline : Math.min(deadline, after(timeoutMs)) }

const anySignal = (a: AbortSignal | null, b: AbortSignal | undefined): AbortSignal | null =>
  a === null ? (b ?? null) : b === undefined ? a : AbortSignal.any([a, b])

export const changed = (
  settings: Settings,
  { middleware, linting, signal, timeoutMs, dialect }: Conditions,
): Settings => ({
  middleware: middleware === undefined ? settings.middleware : around(middleware, settings.middleware),
  linting: linting ?? settings.linting,
  signal: anySignal(settings.signal, signal),
  timeoutMs: timeoutMs ?? settings.timeoutMs,
  dialect: dialect ?? settings.dialect,
  deadline: settings.deadline,
})

/** The dialect of a Database: the driver's, or one that was derived from it. */
export const dialectOf = (driver: Dialect, { dialect }: Settings): Dialect => {
  if (dialect !== null && dialect.name !== driver.name)
    throw new TypeError(
      `having: a dialect of ${dialect.name} cannot stand for that of ${driver.name}: derive it from this one`,
    )
  return dialect ?? driver
}

const invalid = (message: string): DbError =>
  dbError('InvalidValue', { message: `transaction: ${message}`, place: 'transaction', statement: null, cause: null })

/** What begins a transaction of these options; a level that there is not is refused before anything is connected. */
export const beginOf = ({ isolation, readOnly, deferrable }: TransactionOptions): E.Either<DbError, Begin> =>
  // it becomes text of a statement, and not every caller has types
  isolation === undefined || levels.includes(isolation)
    ? E.right({ isolation: isolation ?? null, readOnly: readOnly === true, deferrable: deferrable === true })
    : E.left(invalid(`isolation must be one of ${levels.join(', ')}`))

/** A nested transaction can't have more isolation than the one around it. */
export const isolationError = (wanted: Isolation | null, has: Isolation): DbError | null =>
  wanted === null || levels.indexOf(wanted) <= levels.indexOf(has)
    ? null
    : invalid(`${wanted} was asked for inside a transaction that is ${has}: ask the outermost one for it`)

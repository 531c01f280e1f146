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
import { around, type Middleware, nowhere, type Watch } from './middleware.js'
import { wrongName } from './two-phase.js'
import { isTransactionName } from './two-phase-words.js'

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
  readonly on: Watch['on']
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
  on: Object.freeze({ engine: 'memory', place: nowhere }),
})

export const limitsOf = ({ signal, timeoutMs, deadline }: Settings): Limits =>
  signal === null && timeoutMs === null && deadline === Number.POSITIVE_INFINITY
    ? unlimited
    : { signal, deadline: timeoutMs === null ? deadline : Math.min(deadline, after(timeoutMs)) }

const anySignal = (a: AbortSignal | null, b: AbortSignal | undefined): AbortSignal | null =>
  a === null ? (b ?? null) : b === undefined ? a : AbortSignal.any([a, b])

/** A time that is no number would be no time at all, or the shortest: which of them depends on who asks. */
const checkedTime = (ms: number): number => {
  if (typeof ms !== 'number' || Number.isNaN(ms))
    throw new TypeError('withTimeout: the time is a number of milliseconds')
  return ms
}

export const changed = (
  settings: Settings,
  { middleware, linting, signal, timeoutMs, dialect }: Conditions,
): Settings => ({
  middleware: middleware === undefined ? settings.middleware : around(middleware, settings.middleware),
  linting: linting ?? settings.linting,
  signal: anySignal(settings.signal, signal),
  timeoutMs: timeoutMs === undefined ? settings.timeoutMs : checkedTime(timeoutMs),
  dialect: dialect ?? settings.dialect,
  deadline: settings.deadline,
  on: settings.on,
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

const isSetting = ([name, setting]: readonly [string, unknown]): boolean =>
  name !== '' && typeof setting === 'string' && !`${name}${setting}`.includes('\0')

/** What is wrong with the options of a transaction, or null. Not every caller has types. */
const wrongIn = ({ isolation, settings, role }: TransactionOptions): string | null => {
  if (isolation !== undefined && !levels.includes(isolation)) return `isolation must be one of ${levels.join(', ')}`
  if (settings !== undefined && !(typeof settings === 'object' && Object.entries(settings).every(isSetting)))
    return 'settings are texts by their names'
  return role === undefined || isSetting(['role', role]) ? null : 'role is the name of a role'
}

/** What begins a transaction of these options; what can't be right is refused before anything is connected. */
export const beginOf = (options: TransactionOptions): E.Either<DbError, Begin> => {
  const { isolation, readOnly, deferrable, settings, role, resolvable, prepare } = options
  const wrong = wrongIn(options)
  if (prepare !== undefined && !isTransactionName(prepare)) return E.left(wrongName('transaction'))
  return wrong === null
    ? E.right({
        isolation: isolation ?? null,
        readOnly: readOnly === true,
        deferrable: deferrable === true,
        settings: settings ?? {},
        role: role ?? null,
        resolvable: resolvable === true,
        prepare: prepare ?? null,
      })
    : E.left(invalid(wrong))
}

/** What a nested transaction can't have, or null: more isolation than the one around it, or settings, which would outlive it. */
export const nestedError = (
  { isolation, settings = {}, role = null, prepare = null }: Begin,
  has: Isolation,
): DbError | null =>
  role !== null || prepare !== null || Object.keys(settings).length > 0
    ? invalid('settings, a role and a name to prepare it under are those of the outermost transaction')
    : isolationError(isolation, has)

/** A nested transaction can't have more isolation than the one around it. */
const isolationError = (wanted: Isolation | null, has: Isolation): DbError | null =>
  wanted === null || levels.indexOf(wanted) <= levels.indexOf(has)
    ? null
    : invalid(`${wanted} was asked for inside a transaction that is ${has}: ask the outermost one for it`)

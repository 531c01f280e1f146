/**
 * The options of a Database. What can't be right is a TypeError where it is written: an option that nobody knows, a pool of no
 * connections, a time that no timer can wait for. Messages never show a value: it may be a password.
 */
import { isDuration, longestMs } from './deadline.js'
import { type Isolation, levels } from './driver.js'
import { mostResultBytes } from './driver/sizes.js'
import { hookForms, type Hooks } from './hooks.js'
import { clashOf, type PoolPolicy, policyForms } from './pool-policy.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Options that every Database has. */
export interface CommonOptions extends PoolPolicy, Hooks {
  /** The most connections at one time: 10, for SQLite files 4. */
  readonly poolSize?: number
  /** How long an effect waits for a connection, in milliseconds: 30,000. */
  readonly acquireTimeoutMs?: number
  /** How many prepared statements each connection keeps: 256. */
  readonly preparedStatements?: number
  /** Whether errors leave out what the server says about values: true. */
  readonly hideParameters?: boolean
}

/** Options of a Database on a server. */
export interface ServerOptions extends CommonOptions {
  readonly host?: string
  readonly port?: number
  readonly user?: string
  readonly password?: string
  readonly database?: string
  /** TLS: true (the certificate is verified), false, or the options of `tls.connect`. */
  readonly ssl?: boolean | { readonly [option: string]: unknown }
  /** How long a connection may take to be made, TLS, login and settings included, in milliseconds: 10,000. */
  readonly connectTimeoutMs?: number
  /**
   * How long one statement may take before the server is told to stop it, in milliseconds: 60,000. The server stops it by itself
   * a second later, in case it can't be told any more; MySQL stops only SELECT so.
   */
  readonly statementTimeoutMs?: number
  /**
   * How long a statement waits for a lock that another transaction holds, in milliseconds, then `LockTimeout`: as the server has
   * it. MySQL and MariaDB count in seconds: it is rounded up.
   */
  readonly lockTimeoutMs?: number
  /**
   * How many bytes the answer to one statement may have; beyond them it is `ResourceLimit`, and its connection is ended: 535,822,336.
   * A stream may have more: its limit is that of a batch, on MySQL and MariaDB that of a row.
   */
  readonly maxResultBytes?: number
  /** The isolation of all that does not ask for one: as the server has it, where left out. */
  readonly isolation?: Isolation
}

/** How an option is read from the text of a URL and checked. */
export type Form =
  | 'text'
  | 'count'
  | 'bytes'
  | 'overflow'
  | 'duration'
  | 'port'
  | 'flag'
  | 'tls'
  | 'function'
  | ReadonlyArray<string>

/** The options that there are, and the form of each. */
export type Forms = { readonly [option: string]: Form }

export const commonForms: Forms = {
  poolSize: 'count',
  acquireTimeoutMs: 'duration',
  preparedStatements: 'count',
  hideParameters: 'flag',
  ...policyForms,
  ...hookForms,
}

export const serverForms: Forms = {
  ...commonForms,
  host: 'text',
  port: 'port',
  user: 'text',
  password: 'text',
  database: 'text',
  ssl: 'tls',
  connectTimeoutMs: 'duration',
  statementTimeoutMs: 'duration',
  lockTimeoutMs: 'duration',
  maxResultBytes: 'bytes',
  isolation: levels,
}

// -------------------------------------------------------------------------------------
// checks
// -------------------------------------------------------------------------------------

const isWhole = (value: unknown, most: number): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most

/** What is wrong with a value; null where nothing is. */
const wrong = (form: Form, value: unknown): string | null => {
  switch (form) {
    case 'text':
      return typeof value === 'string' ? null : 'must be text'
    case 'overflow':
      return value === 0 || value === 'unlimited' || isWhole(value, 100_000)
        ? null
        : 'must be a whole number from 0, or unlimited'
    case 'count':
      return isWhole(value, 100_000) ? null : 'must be a whole number from 1'
    case 'bytes':
      return isWhole(value, mostResultBytes) ? null : `must be a whole number from 1 to ${mostResultBytes}`
    case 'duration':
      return typeof value === 'number' && isDuration(value) ? null : `must be whole milliseconds from 1 to ${longestMs}`
    case 'port':
      return isWhole(value, 65_535) ? null : 'must be a port from 1 to 65535'
    case 'flag':
      return typeof value === 'boolean' ? null : 'must be true or false'
    case 'function':
      return typeof value === 'function' ? null : 'must be a function'
    case 'tls':
      return typeof value === 'boolean' || (typeof value === 'object' && value !== null)
        ? null
        : 'must be true, false or the options of tls.connect'
    default:
      return typeof value === 'string' && form.includes(value) ? null : `must be one of ${form.join(', ')}`
  }
}

/** The form of an option; a TypeError where there is no such option. */
export const formOf = (maker: string, forms: Forms, option: string): Form => {
  const form = Object.hasOwn(forms, option) ? forms[option] : undefined
  if (form !== undefined) return form
  // what stands in a URL after a ? of a password looks like an option, and must not be shown
  const named = /^[a-zA-Z_]{1,40}$/.test(option)
    ? `there is no option "${option}"`
    : 'there is an option whose name is no word (is there a ? in the password? Write it as %3F)'
  throw new TypeError(`${maker}: ${named}; there are ${Object.keys(forms).join(', ')}`)
}

/** Throws a TypeError where an option is unknown or can't be right; options left out (or undefined) are fine. */
export const checkOptions = (maker: string, forms: Forms, options: object): void => {
  for (const [option, value] of Object.entries(options)) {
    const form = formOf(maker, forms, option)
    const problem = value === undefined ? null : wrong(form, value)
    if (problem !== null) throw new TypeError(`${maker}: option "${option}" ${problem}`)
  }
  // each option that it has was checked by its form
  const clash = clashOf(options as CommonOptions)
  if (clash !== null) throw new TypeError(`${maker}: option "${clash[0]}" ${clash[1]}`)
}

/**
 * The options of a Database, from a record or from a URL. What can't be right is a TypeError where it is written: an option
 * that nobody knows, a pool of no connections, a time that no timer can wait for. Messages never show a URL: it has a password.
 */
import { isDuration, longestMs } from './deadline.js'
import { type Isolation, levels } from './driver.js'
import { hookForms, type Hooks } from './hooks.js'
import { type PoolPolicy, policyForms } from './pool-policy.js'

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
  /** How long a connection may take to be made, TLS and login included, in milliseconds: 10,000. */
  readonly connectTimeoutMs?: number
  /** How long one statement may take before the server is told to stop it, in milliseconds: 60,000. */
  readonly statementTimeoutMs?: number
  /** The isolation of all that does not ask for one: as the server has it, where left out. */
  readonly isolation?: Isolation
}

/** How an option is read from the text of a URL and checked; `secret` ones are never shown. */
type Form = 'text' | 'count' | 'number' | 'duration' | 'port' | 'flag' | 'tls' | 'function' | ReadonlyArray<string>

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
    case 'number':
      return value === 0 || isWhole(value, 100_000) ? null : 'must be a whole number from 0'
    case 'count':
      return isWhole(value, 100_000) ? null : 'must be a whole number from 1'
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

/** Throws a TypeError where an option is unknown or can't be right; options left out (or undefined) are fine. */
export const checkOptions = (maker: string, forms: Forms, options: object): void => {
  for (const [option, value] of Object.entries(options)) {
    const form = Object.hasOwn(forms, option) ? forms[option] : undefined
    if (form === undefined) {
      throw new TypeError(`${maker}: there is no option "${option}"; there are ${Object.keys(forms).join(', ')}`)
    }
    const problem = value === undefined ? null : wrong(form, value)
    if (problem !== null) throw new TypeError(`${maker}: option "${option}" ${problem}`)
  }
}

// -------------------------------------------------------------------------------------
// URLs
// -------------------------------------------------------------------------------------

const fromText = (form: Form | undefined, text: string): unknown => {
  if (form === 'count' || form === 'number' || form === 'duration' || form === 'port')
    return /^\d+$/.test(text) ? Number(text) : text
  if (form === 'flag' || form === 'tls') return text === 'true' ? true : text === 'false' ? false : text
  return text
}

/** The options in the query of a URL, still to be checked. */
export const fromQuery = (forms: Forms, query: string): { readonly [option: string]: unknown } =>
  Object.fromEntries(
    [...new URLSearchParams(query)].map(([option, text]) => [
      option,
      fromText(Object.hasOwn(forms, option) ? forms[option] : undefined, text),
    ]),
  )

const decoded = (maker: string, part: string): string => {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new TypeError(`${maker}: a part of the URL has a % that is no escape; write it as %25`)
  }
}

/** The options of a server's URL: `scheme://user:password@host:port/database?option=…`. */
export const fromServerUrl = (
  maker: string,
  schemes: ReadonlyArray<string>,
  forms: Forms,
  text: string,
): { readonly [option: string]: unknown } => {
  if (!schemes.some((scheme) => text.startsWith(`${scheme}://`)) || !URL.canParse(text)) {
    throw new TypeError(`${maker}: the URL must look like ${schemes[0]}://user:password@host:port/database`)
  }
  const url = new URL(text)
  const parts = {
    // an IPv6 address stands in brackets, which are the URL's
    host: decoded(maker, url.hostname).replace(/^\[(.*)\]$/, '$1'),
    port: url.port,
    user: decoded(maker, url.username),
    password: decoded(maker, url.password),
    database: decoded(maker, url.pathname.slice(1)),
  }
  const given = Object.entries(parts).filter(([, part]) => part !== '')
  return {
    ...Object.fromEntries(given.map(([option, part]) => [option, option === 'port' ? Number(part) : part])),
    ...fromQuery(forms, url.search),
  }
}

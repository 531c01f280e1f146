/**
 * What every driver tells about a failure, and how much of the driver's own error may be shown.
 */
import type { Sent } from '../error.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Where a failure came up. `sent`: whether a byte of the statement may have reached the server. */
export interface Context {
  readonly statement: string | null
  readonly phase: 'connect' | 'session' | 'statement'
  readonly sent: Sent
  /** True: the server's sentences, which may quote values, are left out. */
  readonly hideParameters: boolean
}

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/** A field of something unknown, where it is a string. */
export const textOf = (error: unknown, field: string): string | null => {
  const value = fieldOf(error, field)
  return typeof value === 'string' ? value : null
}

/** A field of something unknown, where it is a number. */
export const numberOf = (error: unknown, field: string): number | null => {
  const value = fieldOf(error, field)
  return typeof value === 'number' ? value : null
}

const fieldOf = (error: unknown, field: string): unknown =>
  // reading any property of a non-null object is safe; its type stays unknown
  typeof error === 'object' && error !== null ? (error as { readonly [field: string]: unknown })[field] : undefined

const harmless = [
  'name',
  'code',
  'errno',
  'errcode',
  'sqlState',
  'severity',
  'schema',
  'table',
  'column',
  'constraint',
  'dataType',
  'position',
  'routine',
  'fatal',
  'syscall',
]

/**
 * The driver's error as `cause`: itself where values may be shown, else a record of its fields that can't hold any. Its
 * message and stack are among those that can.
 */
export const causeOf = (error: unknown, hideParameters: boolean): unknown =>
  hideParameters && typeof error === 'object' && error !== null
    ? Object.freeze(
        Object.fromEntries(
          harmless.flatMap((field) => {
            const value = fieldOf(error, field)
            return value === undefined || value === null ? [] : [[field, value]]
          }),
        ),
      )
    : error

/** What every engine means where a query that stands for one value gives more. */
export const twoRowsMessage =
  'a query that stands for a value, or for the row that a new value is of, gave more than one row'

/** Operating system codes of a connection that never was or is no more. */
export const isNetworkCode = (code: string | null): boolean =>
  code !== null &&
  /^(ECONN(REFUSED|RESET|ABORTED)|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOENT|EACCES|ENOTCONN|ERR_SOCKET_CLOSED|ERR_STREAM_DESTROYED|ERR_TLS_.*|CERT_.*|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_.*)$/.test(
    code,
  )

/**
 * A driver that can't be loaded is a Left that says what to install.
 */
import * as E from 'fp-ts/lib/Either.js'

import { textOf } from '../classify/context.js'
import { dbError } from '../error-make.js'
import type { DbError } from '../error.js'

/** One line on why a package could not be loaded. */
export const whyNot = (name: string, error: unknown): string => {
  const code = textOf(error, 'code')
  const message = error instanceof Error ? error.message : String(error)
  if (code === 'ERR_UNKNOWN_BUILTIN_MODULE') return `${name} is in no Node.js before 22.13 (this is ${process.version})`
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') {
    return `${name} is not installed`
  }
  if (message.startsWith('Could not locate the bindings file')) return `the binary of ${name} was not built`
  if (code === 'ERR_DLOPEN_FAILED' || message.startsWith('Module did not self-register')) {
    return `the binary of ${name} is not for this Node.js (${process.version})`
  }
  return `${name} could not be loaded: ${message.split('\n')[0] ?? ''}`
}

/** The Left of an effect whose driver is missing. */
export const missingDriver = (message: string, cause: unknown): E.Either<DbError, never> =>
  E.left(dbError('Connection', { message, statement: null, cause, phase: 'driver', sent: 'no' }))

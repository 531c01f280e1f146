/**
 * What a Promise of relvar's rejects with.
 */
import { isDbError, showDbError } from './error-questions.js'

/** What a Left held, as an Error. */
export const toError = (error: unknown): unknown => {
  if (error instanceof Error) return error
  if (!isDbError(error)) return new Error('the effect ended with a Left', { cause: error })
  return Object.assign(new Error(showDbError(error), { cause: error }), { name: error._tag, code: error.code })
}

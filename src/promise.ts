/**
 * relvar/promise: effects as Promises that reject, for who does not want Either.
 */
export { inTransaction, isRelvarError, type RelvarError, run } from './effects/promise.js'
export { each, readable } from './effects/promise-stream.js'

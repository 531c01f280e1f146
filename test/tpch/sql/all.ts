/**
 * The 22 queries by hand, by name.
 */
import * as first from './first.js'
import * as second from './second.js'

export const allByHand = { ...first, ...second }

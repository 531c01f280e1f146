/**
 * The parameters of a frame: what every walk over a window meets.
 */
import type { Frame } from './call-node.js'
import type { ParamNode } from './node.js'

/** The parameters of a frame's bounds. */
export const frameParams = (frame: Frame | null): ReadonlyArray<ParamNode> =>
  frame === null ? [] : [frame.start, frame.end].flatMap((bound) => ('offset' in bound ? [bound.offset] : []))

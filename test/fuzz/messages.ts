// What the processes of a run tell each other.
import type { Engine } from '../support/servers/engine.js'
import type { Found } from './found.js'
import type { Tally } from './tally.js'

/** What a worker is to do. */
export interface Order {
  readonly engines: ReadonlyArray<Engine>
  readonly seed: number
  readonly worker: number
  /** How many of each, at most; null: until it is stopped. */
  readonly queries: number | null
  readonly writes: number | null
  /** How many queries and how many writes a batch has. */
  readonly perBatch: { readonly queries: number; readonly writes: number }
}

export type ToWorker = { readonly _tag: 'Begin'; readonly order: Order } | { readonly _tag: 'Stop' }

export type FromWorker =
  | { readonly _tag: 'Ready' }
  /** All that it has run so far. */
  | { readonly _tag: 'Ran'; readonly tally: Tally }
  | { readonly _tag: 'Found'; readonly found: Found }
  | { readonly _tag: 'Ended'; readonly tally: Tally; readonly problem: string | null }

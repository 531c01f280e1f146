/**
 * Holding a connection beyond the bracket that lends it: until it is given back by hand.
 */
import * as E from 'fp-ts/lib/Either.js'

import { type Answer, type Limits, toPromise } from './driver.js'
import type { DbError } from './error.js'
import type { Lease } from './pool-status.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Runs work with a connection, and takes it back whatever happens. */
export type Use = <E1, A>(
  limits: Limits,
  work: (lease: Lease) => Answer<E.Either<E1, A>>,
) => Answer<E.Either<DbError | E1, A>>

/** A connection that is held until it is given back. */
export interface Held {
  readonly lease: Lease
  readonly giveBack: (outcome: E.Either<DbError, void>) => Promise<void>
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** Takes a connection out of the bracket that lends it: it goes back when `giveBack` says so. */
export const hold = (use: Use, limits: Limits): Promise<E.Either<DbError, Held>> =>
  new Promise((resolve) => {
    const used = toPromise(
      use(
        limits,
        (lease) =>
          new Promise<E.Either<DbError, void>>((end) => {
            const giveBack: Held['giveBack'] = async (outcome) => {
              end(outcome)
              await used
            }
            resolve(E.right({ lease, giveBack }))
          }),
      ),
    )
    void used.then((outcome) => {
      if (E.isLeft(outcome)) resolve(outcome)
    })
  })

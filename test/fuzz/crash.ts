// A server that ends while it runs a statement is as wrong as one that answers wrongly: the run goes on with its successor.
import { type Verdict, wrong } from '../support/differential/verdict.js'
import { isGone, type Place } from './place.js'

/** What throws is wrong, too. */
const guarded = async (what: () => Promise<Verdict>): Promise<Verdict> => {
  try {
    return await what()
  } catch (error) {
    return wrong('it threw', null, error instanceof Error ? (error.stack ?? error.message) : String(error), 'threw')
  }
}

/** Whether the server went away while it ran a statement. */
const lost = ({ verdict, kind, why }: Verdict): boolean => verdict === 'wrong' && isGone(kind === 'threw' ? why : kind)

/** The kind of what ends a server each time. */
export const crash = 'crash'

/** So often a statement is tried: the statement of another worker may have ended the server that all share. */
const tries = 4

/** Does what is no statement of the run, such as filling tables, again where the server has ended meanwhile. */
export const persisting = async (place: Place, act: () => Promise<unknown>): Promise<void> => {
  for (let tried = 1; ; tried++) {
    try {
      return void (await act())
    } catch (error) {
      if (tried >= tries || !isGone(error)) throw error
      await place.reopen()
    }
  }
}

/** What comes of a statement; `prepared` fills the tables again wherever the place has been opened anew. */
export const surviving = async (
  place: Place,
  prepared: () => Promise<void>,
  check: () => Promise<Verdict>,
  most = tries,
): Promise<Verdict> => {
  let verdict = await guarded(check)
  for (let tried = 1; lost(verdict); tried++) {
    await place.reopen()
    await persisting(place, prepared)
    if (tried >= most) return { ...verdict, kind: crash }
    verdict = await guarded(check)
  }
  return verdict
}

/**
 * A progress bar on stderr, where that is a terminal; elsewhere nothing.
 */
import cliProgress from 'cli-progress'
import type { IO } from 'fp-ts/lib/IO.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** Tells how far long work has come. */
export interface Progress {
  readonly advance: (what: string, by: number) => IO<void>
  readonly end: IO<void>
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const silent: Progress = { advance: () => () => {}, end: () => {} }

/** A bar of so many steps. It takes its line away again when it ends. */
export const progressBar =
  (total: number): IO<Progress> =>
  () => {
    if (!process.stderr.isTTY) return silent
    const bar = new cliProgress.SingleBar({
      format: '{bar} {percentage} %  {value} of {total} rows  {what}',
      barCompleteChar: '█',
      barIncompleteChar: '░',
      stream: process.stderr,
      clearOnComplete: true,
      // A terminal that was changed would stay so if the process were killed.
      hideCursor: false,
      linewrap: true,
    })
    bar.start(total, 0, { what: '' })
    return {
      advance: (what, by) => () => bar.increment(by, { what }),
      end: () => bar.stop(),
    }
  }

/**
 * The command line.
 */
import { parseArgs } from 'node:util'
import * as E from 'fp-ts/lib/Either.js'

import { type UsageError, usageError } from './failure.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What a run was asked to do. */
export interface Args {
  /** The database's URL; null for the file that is made for the example. */
  readonly database: string | null
  readonly help: boolean
}

export const help = `relvar's example: real data, imported, asked and changed.

Usage: npm start [-- OPTIONS]

Options:
  --database URL   where to work; its tables airports, flights, directors, movies,
                   genres and movie_genres are dropped and made anew
                     sqlite:path/of/the.db, sqlite::memory:
                     postgres://user:password@host:port/database
                     mysql://user:password@host:port/database
                     mariadb://user:password@host:port/database
                   Without it: an SQLite file in .cache, so no server is needed.
  --help           this text

Exit codes: 0 all went well, 1 something failed, 2 an option is wrong, 130 interrupted.
Set NO_COLOR=1 for output without colours.`

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const firstSentence = (text: string): string => text.split('. ')[0] ?? text

/** The options of a command line. */
export const readArgs = (argv: ReadonlyArray<string>): E.Either<UsageError, Args> =>
  E.tryCatch(
    () => {
      const { values } = parseArgs({
        args: [...argv],
        options: { database: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
      })
      return { database: values.database ?? null, help: values.help ?? false }
    },
    (thrown) => usageError(firstSentence(thrown instanceof Error ? thrown.message : String(thrown))),
  )

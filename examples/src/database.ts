/**
 * Which database: by URL, or a file in `.cache`. Nothing is opened here, the first effect does that.
 */
import { mkdir } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as TE from 'fp-ts/lib/TaskEither.js'
import type { Database } from 'relvar'
import { mariadb, mysql } from 'relvar/mysql'
import { postgres } from 'relvar/postgres'
import { sqlite } from 'relvar/sqlite'

import { type FileError, fileError, type UsageError, usageError } from './failure.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A database, and where it is, without a password. */
export interface Place {
  readonly database: Database
  readonly where: string
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

const makers: Readonly<Record<string, (url: string) => Database>> = {
  sqlite,
  postgres,
  postgresql: postgres,
  mysql,
  mariadb,
}

const withoutPassword = (url: string): string => url.replace(/^([a-z]+:\/\/[^:@/]*):.*@/, '$1:…@')

/** The Database of a URL. */
const byUrl = (url: string): E.Either<UsageError, Place> => {
  const scheme = /^([a-z]+):/.exec(url)?.[1] ?? ''
  const make = makers[scheme]
  return make === undefined
    ? E.left(usageError(`--database: a URL begins with ${Object.keys(makers).join(':, ')}:`))
    : E.tryCatch(
        () => ({ database: make(url), where: withoutPassword(url) }),
        // The makers throw where a URL or one of its options cannot be right.
        (thrown) => usageError(`--database: ${thrown instanceof Error ? thrown.message : String(thrown)}`),
      )
}

const ownFile = join(fileURLToPath(new URL('../..', import.meta.url)), '.cache', 'example.db')

const inCache: TE.TaskEither<FileError, Place> = pipe(
  TE.tryCatch(
    () => mkdir(dirname(ownFile), { recursive: true }),
    (thrown) => fileError('the folder of the database', thrown),
  ),
  TE.map(() => ({ database: sqlite({ file: ownFile }), where: relative(process.cwd(), ownFile) })),
)

/** The database to work on. */
export const placeOf = (url: string | null): TE.TaskEither<UsageError | FileError, Place> =>
  url === null ? inCache : TE.fromEither(byUrl(url))

// The libraries of SQLite that load on this Node.js.
import * as E from 'fp-ts/lib/Either.js'

import { type SqliteLibrary, sqliteLibraries } from '../../../src/effects/driver/sqlite-libraries.js'
import { sqlite } from '../../../src/effects/sqlite.js'
import { ask } from '../effects/raw.js'

export const presentLibraries = async (): Promise<ReadonlyArray<SqliteLibrary>> => {
  const present: Array<SqliteLibrary> = []
  for (const library of sqliteLibraries) {
    const db = sqlite({ file: ':memory:', library })
    if (E.isRight(await ask(db, 'select 1'))) present.push(library)
    await db.close()()
  }
  return present
}

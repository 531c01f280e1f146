// The rows of tables in memory, put into an engine.
import * as E from 'fp-ts/lib/Either.js'

import { type AnyTable, type Database, type DbError, deleteFrom, everyRow, insertInto } from '../../../src/index.js'
import { tableInfo } from '../../../src/expr/table.js'
import { rowsIn, type Tables } from '../../../src/memory.js'

/** What an effect gives; throws where it gives none. */
export const done = async <A>(effect: () => Promise<E.Either<DbError, A>>): Promise<A> => {
  const result = await effect()
  if (E.isLeft(result)) throw new Error(`${result.left._tag}: ${result.left.message} ${result.left.statement ?? ''}`)
  return result.right
}

/** The tables with these rows and no others; each table stands after those that it refers to. */
export const fill = async (db: Database, tables: ReadonlyArray<AnyTable>, of: Tables): Promise<void> => {
  for (const t of [...tables].reverse()) await done(db.execute(everyRow(deleteFrom(t))))
  for (const t of tables) {
    const computed = tableInfo(t).columns.flatMap((c) => (c.generated === null ? [] : [c.key]))
    const rows = rowsIn(t)(of).map((row) =>
      Object.fromEntries(Object.entries(row).filter(([key]) => !computed.includes(key))),
    )
    // Rows that were read from the tables can be written to them, but for what is computed.
    if (rows.length > 0) await done(db.execute(insertInto(t)(rows as unknown as ReadonlyArray<never>)))
  }
}

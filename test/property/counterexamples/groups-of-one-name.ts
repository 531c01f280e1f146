// MySQL and MariaDB found no group in HAVING (1054) where another one is a column of the same name.
import { pipe } from 'fp-ts/lib/function.js'
import * as E from 'fp-ts/lib/Either.js'
import { coalesce, count, eq, from, groupBy, having, innerJoin, integer, primaryKey, select, table } from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey), kind: integer })
const notes = table('notes', { id: pipe(integer, primaryKey), kind: integer })

export const statement = pipe(
  from(users),
  innerJoin(notes, eq(users.id, notes.id)),
  groupBy(notes.kind, users.kind),
  having(coalesce(eq(notes.kind, 2), false)),
  select({ notes: count() }),
)

export const tables = pipe(
  emptyTables,
  withRows(users)([
    { id: 1, kind: 1 },
    { id: 2, kind: 2 },
  ]),
  E.chainW(
    withRows(notes)([
      { id: 1, kind: 2 },
      { id: 2, kind: 1 },
    ]),
  ),
)

// MySQL and MariaDB forgot DISTINCT and GROUP BY of a side of EXCEPT ALL inside EXISTS.
import { pipe } from 'fp-ts/lib/function.js'
import * as E from 'fp-ts/lib/Either.js'
import { distinct, exceptAll, exists, from, groupBy, integer, primaryKey, select, table, where, and } from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey) })
const notes = table('notes', { id: pipe(integer, primaryKey), kind: integer })
const kinds = pipe(from(notes), select({ kind: notes.kind }))
const told = pipe(kinds, exceptAll(pipe(from(notes), select({ kind: notes.kind }), distinct)))
const grouped = pipe(kinds, exceptAll(pipe(from(notes), groupBy(notes.kind), select({ kind: notes.kind }))))

export const statement = pipe(from(users), where(and(exists(told), exists(grouped))))

export const tables = pipe(
  emptyTables,
  withRows(users)([{ id: 1 }]),
  E.chainW(
    withRows(notes)([
      { id: 1, kind: 5 },
      { id: 2, kind: 5 },
    ]),
  ),
)

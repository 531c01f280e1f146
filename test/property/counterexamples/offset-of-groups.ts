// MySQL and MariaDB forgot GROUP BY inside EXISTS, and OFFSET skipped rows of one group.
import { pipe } from 'fp-ts/lib/function.js'
import * as E from 'fp-ts/lib/Either.js'
import { asc, exists, from, groupBy, integer, offset, orderBy, primaryKey, select, table, where } from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey), age: integer })
const notes = table('notes', { id: pipe(integer, primaryKey) })

export const statement = pipe(
  from(notes),
  where(exists(pipe(from(users), groupBy(users.age), select(users.age), orderBy(asc(users.age)), offset(1)))),
)

export const tables = pipe(
  emptyTables,
  withRows(notes)([{ id: 1 }]),
  E.chainW(
    withRows(users)([
      { id: 1, age: 5 },
      { id: 2, age: 5 },
    ]),
  ),
)

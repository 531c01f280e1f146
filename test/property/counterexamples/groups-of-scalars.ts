// MariaDB had null for what a group says again in a query of its own, where a query in a derived table gives it.
import { pipe } from 'fp-ts/lib/function.js'
import * as E from 'fp-ts/lib/Either.js'
import { asc, from, groupBy, integer, limit, max, orderBy, primaryKey, scalar, select, subquery, table } from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey) })
const notes = table('notes', { id: pipe(integer, primaryKey), kind: integer })

const newest = pipe(
  from(users),
  select({ id: users.id, kind: scalar(pipe(from(notes), select(max(notes.kind)))) }),
  subquery('newest'),
)

export const statement = pipe(
  from(newest),
  groupBy(newest.kind),
  select({
    again: scalar(pipe(from(notes), groupBy(notes.id), select(newest.kind), orderBy(asc(newest.kind)), limit(1))),
  }),
)

export const tables = pipe(
  emptyTables,
  withRows(users)([{ id: 1 }, { id: 2 }]),
  E.chainW(withRows(notes)([{ id: 1, kind: 7 }])),
)

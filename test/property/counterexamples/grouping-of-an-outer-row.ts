// PostgreSQL took grouping() of an outer row's column for one of the query around it.
import { pipe } from 'fp-ts/lib/function.js'
import {
  eq,
  from,
  grouping,
  groupingSets,
  integer,
  limit,
  literal,
  orderBy,
  desc,
  primaryKey,
  scalar,
  select,
  table,
  where,
} from 'relvar'
import * as E from 'fp-ts/lib/Either.js'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey) })
const notes = table('notes', { id: pipe(integer, primaryKey) })

export const statement = pipe(
  from(users),
  where(
    eq(
      scalar(
        pipe(
          from(notes),
          groupingSets([], [users.id]),
          select(grouping(users.id)),
          orderBy(desc(grouping(users.id))),
          limit(1),
        ),
      ),
      literal(1, integer),
    ),
  ),
)

export const tables = pipe(emptyTables, withRows(users)([{ id: 1 }]), E.chainW(withRows(notes)([{ id: 1 }])))

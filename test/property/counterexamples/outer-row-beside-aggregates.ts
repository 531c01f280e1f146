// MariaDB read an outer row's column beside an aggregate from another row, where it is one of a derived table.
import { pipe } from 'fp-ts/lib/function.js'
import {
  asc,
  coalesce,
  from,
  integer,
  min,
  nullable,
  orderBy,
  primaryKey,
  scalar,
  select,
  subquery,
  table,
  text,
} from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey), name: pipe(text, nullable) })
const inside = pipe(from(users), select({ id: users.id, name: users.name }), subquery('inside'))

export const statement = pipe(
  from(inside),
  select({
    id: inside.id,
    name: inside.name,
    first: scalar(pipe(from(users), select(coalesce(inside.name, min(users.name))))),
  }),
  orderBy(asc(inside.id)),
)

export const tables = pipe(
  emptyTables,
  withRows(users)([
    { id: 1, name: 'b' },
    { id: 2, name: 'c' },
    { id: 3, name: null },
  ]),
)

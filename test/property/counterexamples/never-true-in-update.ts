// MySQL refused an UPDATE that asks its own table in a query whose criterion is never true, inside of another query about it.
import { pipe } from 'fp-ts/lib/function.js'
import {
  everyRow,
  exists,
  from,
  inRows,
  integer,
  limit,
  nullable,
  orderBy,
  asc,
  primaryKey,
  scalar,
  select,
  set,
  table,
  update,
  where,
} from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey), age: pipe(integer, nullable) })
const never = pipe(from(users), where(inRows([users.id], [])))

export const statement = pipe(
  update(users),
  set({
    age: scalar(pipe(from(users), where(exists(never)), select(users.id), orderBy(asc(users.id)), limit(1))),
  }),
  everyRow,
)

export const tables = pipe(emptyTables, withRows(users)([{ id: 1, age: 2 }]))

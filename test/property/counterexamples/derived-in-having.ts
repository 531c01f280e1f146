// MySQL found no column of a derived table inside HAVING (1054) where that is a column of the group.
import { pipe } from 'fp-ts/lib/function.js'
import * as E from 'fp-ts/lib/Either.js'
import {
  count,
  exists,
  from,
  groupBy,
  groupingSets,
  having,
  integer,
  nullable,
  primaryKey,
  select,
  table,
  union,
} from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const things = table('things', { id: pipe(integer, primaryKey), price: pipe(integer, nullable) })
const users = table('users', { id: pipe(integer, primaryKey), age: integer })

const one = pipe(from(users), select({ a: users.id, b: users.age }))
const sets = pipe(from(users), groupingSets([users.id], []), select({ b: count(), a: things.price }))

export const statement = pipe(from(things), groupBy(things.id), having(exists(pipe(one, union(sets)))))

export const tables = pipe(
  emptyTables,
  withRows(things)([
    { id: 1, price: 2 },
    { id: 2, price: null },
  ]),
  E.chainW(withRows(users)([{ id: 1, age: 2 }])),
)

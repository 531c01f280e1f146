// GROUP_CONCAT of MySQL and MariaDB ordered a null as zero: between the negative numbers and the others.
import { pipe } from 'fp-ts/lib/function.js'
import {
  asc,
  desc,
  from,
  integer,
  jsonAgg,
  nullable,
  nullsFirst,
  primaryKey,
  select,
  stringAgg,
  table,
  text,
} from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey), name: text, age: pipe(integer, nullable) })

export const statement = pipe(
  from(users),
  select({
    first: stringAgg(users.name, '', [nullsFirst(asc(users.age))]),
    last: stringAgg(users.name, '', [desc(users.age)]),
    list: pipe(users.id, jsonAgg([nullsFirst(asc(users.age))])),
  }),
)

export const tables = pipe(
  emptyTables,
  withRows(users)([
    { id: 1, name: 'a', age: -1 },
    { id: 2, name: 'b', age: null },
    { id: 3, name: 'c', age: 1 },
  ]),
)

// Where an index serves both, MySQL and MariaDB found rows with nulls that are the same and not equal.
import {
  alias,
  and,
  eq,
  from,
  innerJoin,
  integer,
  isNotDistinctFrom,
  nullable,
  primaryKey,
  table,
  unique,
} from 'relvar'
import { pipe } from 'fp-ts/lib/function.js'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey), age: pipe(integer, nullable, unique) })
const others = alias('others')(users)

export const statement = pipe(
  from(users),
  innerJoin(others, and(eq(users.age, others.age), isNotDistinctFrom(users.age, others.age))),
)

export const tables = pipe(emptyTables, withRows(users)([{ id: 1, age: null }]))

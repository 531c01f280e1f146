// MySQL took the greatest of a group that a query gives of outer rows alone for an aggregate of these.
import { pipe } from 'fp-ts/lib/function.js'
import * as E from 'fp-ts/lib/Either.js'
import {
  alias,
  asc,
  coalesce,
  from,
  groupBy,
  integer,
  limit,
  literal,
  nullable,
  orderBy,
  primaryKey,
  scalar,
  select,
  table,
  where,
  eq,
} from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey), age: pipe(integer, nullable) })
const notes = table('notes', { id: pipe(integer, primaryKey) })
const others = alias('others')(notes)
const age = scalar(
  pipe(from(others), where(eq(others.id, users.id)), select(users.age), orderBy(asc(users.age)), limit(1)),
)

export const statement = pipe(
  from(users),
  orderBy(
    asc(
      scalar(
        pipe(
          from(notes),
          groupBy(age),
          select(coalesce(age, literal(0, integer))),
          orderBy(asc(coalesce(age, literal(0, integer)))),
          limit(1),
        ),
      ),
    ),
    asc(users.id),
  ),
)

export const tables = pipe(
  emptyTables,
  withRows(users)([
    { id: 1, age: 9 },
    { id: 2, age: 3 },
  ]),
  E.chainW(withRows(notes)([{ id: 1 }, { id: 2 }])),
)

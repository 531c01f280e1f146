// MariaDB measured no range over integers that are bound inside of a derived table.
import { pipe } from 'fp-ts/lib/function.js'
import {
  asc,
  coalesce,
  from,
  integer,
  literal,
  min,
  over,
  preceding,
  primaryKey,
  rangeBetween,
  select,
  subquery,
  table,
} from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey) })
const bound = pipe(from(users), select({ age: coalesce(literal(-2, integer), 2) }), subquery('bound'))

export const statement = pipe(
  from(bound),
  select(
    pipe(
      min(literal(3, integer)),
      over({ orderBy: [asc(bound.age)], frame: rangeBetween(preceding(0), preceding(0)) }),
    ),
  ),
)

export const tables = pipe(emptyTables, withRows(users)([{ id: 1 }, { id: 2 }]))

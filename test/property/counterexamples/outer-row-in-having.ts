// MariaDB took a column of an outer row in HAVING for the output that is being made (1247), where both have one name.
import { pipe } from 'fp-ts/lib/function.js'
import {
  alias,
  asc,
  count,
  eq,
  from,
  groupBy,
  having,
  integer,
  limit,
  orderBy,
  primaryKey,
  scalar,
  select,
  subquery,
  table,
} from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey), age: integer })
const others = alias('others')(users)
const ages = pipe(from(users), select({ age: users.age }), subquery('ages'))

const as = pipe(
  from(ages),
  select({
    n: scalar(
      pipe(from(others), groupBy(others.id), having(eq(ages.age, 1)), select(count()), orderBy(asc(count())), limit(1)),
    ),
    age: ages.age,
  }),
  subquery('named'),
)

export const statement = from(as)

export const tables = pipe(
  emptyTables,
  withRows(users)([
    { id: 1, age: 1 },
    { id: 2, age: 2 },
  ]),
)

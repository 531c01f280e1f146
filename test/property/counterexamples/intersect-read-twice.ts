// MySQL gave rows that are not among those of INTERSECT and EXCEPT, where they are read twice under a name in front.
import { pipe } from 'fp-ts/lib/function.js'
import {
  alias,
  cte,
  except,
  exists,
  from,
  gt,
  integer,
  intersect,
  literal,
  or,
  primaryKey,
  select,
  table,
  where,
} from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey), age: integer })
const ages = pipe(from(users), select({ n: users.age }))
const both = pipe(from(users), select({ n: users.id }), intersect(ages), cte('both'))
const left = pipe(ages, except(pipe(from(users), select({ n: users.age }))), cte('left'))
const others = alias('others')(both)
const strangers = alias('strangers')(left)

export const statement = pipe(
  from(users),
  where(
    or(
      exists(pipe(from(both), select(both.n))),
      exists(pipe(from(others), where(gt(others.n, literal(0, integer))), select(others.n))),
      exists(pipe(from(left), select(left.n))),
      exists(pipe(from(strangers), where(gt(strangers.n, literal(0, integer))), select(strangers.n))),
    ),
  ),
)

export const tables = pipe(emptyTables, withRows(users)([{ id: 1, age: 7 }]))

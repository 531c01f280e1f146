// MySQL gave equal rows twice for DISTINCT windows over groups that have aggregates of distinct values.
import { pipe } from 'fp-ts/lib/function.js'
import {
  asc,
  avg,
  coalesce,
  distinct,
  distinctValues,
  from,
  groupBy,
  integer,
  min,
  nthValue,
  over,
  primaryKey,
  select,
  table,
} from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey), kind: integer })

export const statement = pipe(
  from(users),
  groupBy(users.kind),
  select(
    coalesce(
      pipe(nthValue(min(users.id), 1), over({ orderBy: [asc(pipe(avg(users.id), distinctValues)), asc(users.kind)] })),
      0,
    ),
  ),
  distinct,
)

export const tables = pipe(
  emptyTables,
  withRows(users)([
    { id: 3, kind: 1 },
    { id: 0, kind: 2 },
  ]),
)

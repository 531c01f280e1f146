// MySQL took the greatest of what a query groups by for an aggregate of the query around it (1140), where it mentions the outer row alone.
import { pipe } from 'fp-ts/lib/function.js'
import * as E from 'fp-ts/lib/Either.js'
import {
  asc,
  coalesce,
  double,
  from,
  groupBy,
  integer,
  limit,
  nullable,
  orderBy,
  primaryKey,
  scalar,
  select,
  table,
} from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const things = table('things', { id: pipe(integer, primaryKey), share: pipe(double, nullable) })
const notes = table('notes', { id: pipe(integer, primaryKey) })

const share = coalesce(things.share, 2.25)

export const statement = pipe(
  from(things),
  select({
    one: scalar(
      pipe(
        from(notes),
        groupBy(share),
        select(coalesce(things.share, share)),
        orderBy(asc(coalesce(things.share, share))),
        limit(1),
      ),
    ),
  }),
)

export const tables = pipe(
  emptyTables,
  withRows(things)([
    { id: 1, share: 0.5 },
    { id: 2, share: null },
  ]),
  E.chainW(withRows(notes)([{ id: 1 }])),
)

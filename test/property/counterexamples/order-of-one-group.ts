// MySQL took no order by an aggregate (3029) where the rows are one group because of what stands in a window.
import { pipe } from 'fp-ts/lib/function.js'
import {
  asc,
  from,
  greatest,
  integer,
  literal,
  min,
  nullable,
  orderBy,
  over,
  primaryKey,
  select,
  table,
  text,
} from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const posts = table('posts', { id: pipe(integer, primaryKey), score: pipe(integer, nullable) })

export const statement = pipe(
  from(posts),
  select({ text: over({ partitionBy: [min(posts.id)] })(min(literal('', text))) }),
  orderBy(asc(greatest(min(posts.score), 1))),
)

export const tables = pipe(
  emptyTables,
  withRows(posts)([
    { id: 1, score: 2 },
    { id: 2, score: null },
  ]),
)

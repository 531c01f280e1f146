// The same with a criterion of the group that asks no aggregate.
import { pipe } from 'fp-ts/lib/function.js'
import {
  asc,
  from,
  having,
  inQuery,
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
const users = table('users', { id: pipe(integer, primaryKey) })

export const statement = pipe(
  from(posts),
  having(pipe(literal(1, integer), inQuery(pipe(from(users), select(users.id))))),
  select({ text: over({ partitionBy: [min(posts.id)] })(min(literal('', text))) }),
  orderBy(asc(min(posts.score))),
)

export const tables = pipe(emptyTables, withRows(users)([{ id: 1 }]))

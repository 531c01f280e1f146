// MySQL took what a query without rows would give for its value, where it looked for that among rows it had materialised.
import { pipe } from 'fp-ts/lib/function.js'
import * as E from 'fp-ts/lib/Either.js'
import {
  alias,
  coalesce,
  eq,
  from,
  inQuery,
  innerJoin,
  integer,
  literal,
  primaryKey,
  scalar,
  select,
  table,
  where,
} from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey), age: integer })
const others = alias('others')(users)
const notes = table('notes', { id: pipe(integer, primaryKey) })
const posts = table('posts', { id: pipe(integer, primaryKey) })

const none = scalar(pipe(from(posts), select(coalesce(literal(1, integer), 0))))

export const statement = pipe(
  from(users),
  innerJoin(others, eq(users.id, others.id)),
  where(
    coalesce(pipe(none, inQuery(pipe(from(notes), select(literal(1, integer))))), eq(others.age, literal(-1, integer))),
  ),
)

export const tables = pipe(
  emptyTables,
  withRows(users)([
    { id: 1, age: 1 },
    { id: 2, age: 2 },
  ]),
  E.chainW(withRows(notes)([{ id: 1 }, { id: 2 }, { id: 3 }, { id: 4 }])),
)

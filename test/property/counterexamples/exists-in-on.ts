// MySQL took EXISTS and IN of no rows for true in ON of an outer join.
import { pipe } from 'fp-ts/lib/function.js'
import * as E from 'fp-ts/lib/Either.js'
import {
  alias,
  eq,
  exists,
  from,
  innerJoin,
  inQuery,
  integer,
  leftJoin,
  literal,
  nullable,
  primaryKey,
  select,
  table,
} from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey), age: pipe(integer, nullable) })
const notes = table('notes', { id: pipe(integer, primaryKey), kind: pipe(integer, nullable) })
const friends = alias('friends')(users)
const strangers = alias('strangers')(users)
const others = alias('others')(users)

const none = pipe(from(notes), innerJoin(others, eq(notes.kind, others.age)), select(others.id))

export const statement = pipe(
  from(users),
  leftJoin(friends, exists(none)),
  leftJoin(strangers, pipe(literal(2, integer), inQuery(none))),
  select({ id: users.id, friend: friends.id, stranger: strangers.id }),
)

export const tables = pipe(
  emptyTables,
  withRows(users)([
    { id: 1, age: null },
    { id: 2, age: 3 },
  ]),
  E.chainW(
    withRows(notes)([
      { id: 1, kind: null },
      { id: 2, kind: null },
    ]),
  ),
)

// MariaDB took ON of an outer join for true where it asks the row of the query around it alone.
import { pipe } from 'fp-ts/lib/function.js'
import * as E from 'fp-ts/lib/Either.js'
import {
  alias,
  and,
  boolean,
  count,
  eq,
  from,
  integer,
  leftJoin,
  nullable,
  or,
  primaryKey,
  rightJoin,
  scalar,
  select,
  table,
} from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey), ok: pipe(boolean, nullable) })
const things = table('things', { id: pipe(integer, primaryKey) })
const others = alias('others')(users)

// What is equal to a constant makes the rest a question of the outer row.
const known = and(eq(things.id, 1), or(eq(users.ok, true), eq(things.id, 9)))

export const statement = pipe(
  from(users),
  select({
    id: users.id,
    left: scalar(pipe(from(others), leftJoin(things, users.ok), select(count(things.id)))),
    right: scalar(pipe(from(things), rightJoin(others, users.ok), select(count(things.id)))),
    known: scalar(pipe(from(others), leftJoin(things, known), select(count(things.id)))),
  }),
)

export const tables = pipe(
  emptyTables,
  withRows(users)([
    { id: 1, ok: true },
    { id: 2, ok: false },
    { id: 3, ok: null },
  ]),
  E.chainW(withRows(things)([{ id: 1 }, { id: 2 }])),
)

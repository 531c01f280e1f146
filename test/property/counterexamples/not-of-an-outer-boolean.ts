// MariaDB crashed over a prepared NOT of an outer row's boolean, where the outer rows are groups.
import { pipe } from 'fp-ts/lib/function.js'
import * as E from 'fp-ts/lib/Either.js'
import {
  and,
  boolean,
  count,
  from,
  groupBy,
  integer,
  literal,
  not,
  nullable,
  or,
  primaryKey,
  scalar,
  select,
  table,
  where,
} from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey), ok: pipe(boolean, nullable) })
const notes = table('notes', { id: pipe(integer, primaryKey) })

export const statement = pipe(
  from(users),
  groupBy(users.ok),
  select({
    ok: users.ok,
    not: scalar(pipe(from(notes), where(or(not(users.ok), literal(false, boolean))), select(count()))),
    neither: scalar(pipe(from(notes), where(not(and(users.ok, users.ok))), select(count()))),
  }),
)

export const tables = pipe(
  emptyTables,
  withRows(users)([
    { id: 1, ok: null },
    { id: 2, ok: false },
    { id: 3, ok: true },
  ]),
  E.chainW(withRows(notes)([{ id: 1 }])),
)

// Where the query around it has windows, SQLite took ON that is a boolean of an outer row for a criterion of WHERE.
import { pipe } from 'fp-ts/lib/function.js'
import {
  alias,
  asc,
  boolean,
  count,
  from,
  integer,
  leftJoin,
  nullable,
  over,
  primaryKey,
  rank,
  rightJoin,
  scalar,
  select,
  table,
} from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey), ok: pipe(boolean, nullable) })
const others = alias('others')(users)
const notes = table('notes', { id: pipe(integer, primaryKey) })

export const statement = pipe(
  from(users),
  select({
    id: users.id,
    rank: over({ orderBy: [asc(users.id)] })(rank()),
    right: scalar(pipe(from(notes), rightJoin(others, users.ok), select(count()))),
    left: scalar(pipe(from(others), leftJoin(notes, users.ok), select(count()))),
  }),
)

export const tables = pipe(
  emptyTables,
  withRows(users)([
    { id: 1, ok: null },
    { id: 2, ok: false },
    { id: 3, ok: true },
  ]),
)

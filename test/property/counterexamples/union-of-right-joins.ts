// SQLite forgot what is asked of united rows by a query, where some of them come from a join that keeps its right side.
import { pipe } from 'fp-ts/lib/function.js'
import {
  eq,
  from,
  inQuery,
  integer,
  literal,
  primaryKey,
  rightJoin,
  select,
  subquery,
  table,
  unionAll,
  where,
} from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey) })
const notes = table('notes', { id: pipe(integer, primaryKey) })

const all = pipe(
  from(users),
  select({ id: users.id }),
  unionAll(pipe(from(notes), rightJoin(users, eq(notes.id, users.id)), select({ id: users.id }))),
  subquery('all'),
)

export const statement = pipe(from(all), where(pipe(literal(0, integer), inQuery(pipe(from(notes), select(notes.id))))))

export const tables = pipe(emptyTables, withRows(users)([{ id: 1 }]))

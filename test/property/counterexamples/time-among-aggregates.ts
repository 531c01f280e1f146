// MariaDB said that a time is not among the null aggregates of a query, of which nothing is known.
import { pipe } from 'fp-ts/lib/function.js'
import { date, from, inQuery, integer, literal, max, primaryKey, select, table } from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey) })
const notes = table('notes', { id: pipe(integer, primaryKey), on: date })

export const statement = pipe(
  from(users),
  select({ late: pipe(literal('2024-03-01', date), inQuery(pipe(from(notes), select(max(notes.on))))) }),
)

export const tables = pipe(emptyTables, withRows(users)([{ id: 1 }]))

// Of one group without rows, MariaDB said that no aggregate is among the rows of a query, where nothing is known of a null.
import { from, inQuery, integer, literal, min, primaryKey, select, table } from 'relvar'
import { pipe } from 'fp-ts/lib/function.js'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey) })
const notes = table('notes', { id: pipe(integer, primaryKey) })

export const statement = pipe(
  from(notes),
  select({ least: pipe(min(notes.id), inQuery(pipe(from(users), select(literal(1, integer))))) }),
)

export const tables = pipe(emptyTables, withRows(users)([{ id: 1 }]))

// MySQL found no row of a derived EXCEPT inside EXISTS, where its left side has one row whatever there is.
import { pipe } from 'fp-ts/lib/function.js'
import { except, exists, from, integer, literal, min, primaryKey, select, subquery, table, where } from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey) })
const notes = table('notes', { id: pipe(integer, primaryKey) })

const least = pipe(
  from(notes),
  select({ id: min(notes.id) }),
  except(pipe(from(notes), select({ id: literal(0, integer) }))),
  subquery('least'),
)

export const statement = pipe(from(users), where(exists(pipe(from(least), select(least.id)))))

export const tables = pipe(emptyTables, withRows(users)([{ id: 1 }]))

// MariaDB wrote the text of a window over that of another one, where their orders differ.
import { pipe } from 'fp-ts/lib/function.js'
import { asc, concat, desc, from, integer, literal, min, over, primaryKey, select, table, text } from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey) })

export const statement = pipe(
  from(users),
  select(
    concat(
      pipe(min(literal('a', text)), over({ orderBy: [asc(users.id)] })),
      pipe(min(literal('b', text)), over({ orderBy: [desc(users.id)] })),
    ),
  ),
)

export const tables = pipe(emptyTables, withRows(users)([{ id: 1 }]))

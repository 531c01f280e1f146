// SQLite refused to count the parts of a document that an aggregate makes, beside a window.
import { pipe } from 'fp-ts/lib/function.js'
import { from, integer, jsonLength, jsonObject, min, over, primaryKey, max, select, table } from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey) })

export const statement = pipe(
  from(users),
  select({ parts: jsonLength(jsonObject({ least: min(users.id) })), most: pipe(max(max(users.id)), over({})) }),
)

export const tables = pipe(emptyTables, withRows(users)([{ id: 1 }, { id: 2 }]))

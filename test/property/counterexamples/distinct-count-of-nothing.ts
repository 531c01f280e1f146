// MySQL counted a null among distinct values, where it is the same for all rows: that of a query without rows, here.
import { pipe } from 'fp-ts/lib/function.js'
import { countDistinct, from, integer, literal, primaryKey, scalar, select, subquery, table } from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey) })
const notes = table('notes', { id: pipe(integer, primaryKey) })
const none = pipe(from(notes), select(literal(7, integer)))
const inside = pipe(from(users), select({ note: scalar(none) }), subquery('inside'))

export const statement = pipe(
  from(inside),
  select({ inside: countDistinct(inside.note), beside: countDistinct(scalar(none)) }),
)

export const tables = pipe(emptyTables, withRows(users)([{ id: 1 }, { id: 2 }]))

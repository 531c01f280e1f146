// PostgreSQL takes a query that is grouped by, and repeated, for another one: it was not null where its grouping leaves it out.
import { pipe } from 'fp-ts/lib/function.js'
import * as E from 'fp-ts/lib/Either.js'
import { coalesce, type Expr, from, groupingSets, integer, max, primaryKey, scalar, select, table } from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey) })
const notes = table('notes', { id: pipe(integer, primaryKey) })

// The types take what mentions a column alone; a query that was stored, or drawn, has none.
const last = scalar(pipe(from(notes), select(max(notes.id)))) as unknown as Expr<number | null, 'users', 'users'>

export const statement = pipe(from(users), groupingSets([], [last]), select({ last: coalesce(last, 0) }))

export const tables = pipe(emptyTables, withRows(users)([{ id: 1 }]), E.chainW(withRows(notes)([{ id: 0 }])))

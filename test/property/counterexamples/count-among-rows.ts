// A count that is looked for among rows is one of its own query, not of a query inside: so MariaDB would count one row.
import { pipe } from 'fp-ts/lib/function.js'
import { count, from, having, inQuery, integer, literal, primaryKey, select, table } from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey) })

export const statement = pipe(
  from(users),
  having(pipe(count(), inQuery(pipe(from(users), select(literal(2, integer)))))),
  select({ n: count() }),
)

export const tables = pipe(emptyTables, withRows(users)([{ id: 1 }, { id: 2 }]))

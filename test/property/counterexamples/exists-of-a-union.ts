// MySQL counts one output where `*` of a derived table stands inside EXISTS, and the other side has more (1222).
import { pipe } from 'fp-ts/lib/function.js'
import { exists, from, integer, primaryKey, select, table, union, unionAll, where } from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey), age: integer })

const all = pipe(from(users), select({ id: users.id, age: users.age }))

export const statement = pipe(from(users), where(exists(pipe(all, union(pipe(all, unionAll(all)))))))

export const tables = pipe(emptyTables, withRows(users)([{ id: 1, age: 2 }]))

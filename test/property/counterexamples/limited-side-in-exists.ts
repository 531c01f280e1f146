// MariaDB forgot the limit of a side of UNION inside EXISTS where it is 0.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { exists, from, integer, limit, primaryKey, select, table, union, where } from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey) })
const notes = table('notes', { id: pipe(integer, primaryKey) })
const posts = table('posts', { id: pipe(integer, primaryKey) })

export const statement = pipe(
  from(users),
  where(
    exists(pipe(from(posts), select({ id: posts.id }), union(pipe(from(notes), select({ id: notes.id }), limit(0))))),
  ),
)

export const tables = pipe(emptyTables, withRows(users)([{ id: 1 }]), E.chainW(withRows(notes)([{ id: 1 }])))

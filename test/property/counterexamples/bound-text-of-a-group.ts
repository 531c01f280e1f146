// MySQL took the greatest of a text that is bound, which a group says once more, for the number 0.
import { pipe } from 'fp-ts/lib/function.js'
import {
  coalesce,
  from,
  groupBy,
  integer,
  limit,
  literal,
  orderBy,
  asc,
  primaryKey,
  scalar,
  select,
  table,
  text,
} from 'relvar'
import * as E from 'fp-ts/lib/Either.js'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey) })
const notes = table('notes', { id: pipe(integer, primaryKey) })
const name = coalesce(literal(' a', text), 'a')

export const statement = pipe(
  from(users),
  select(
    scalar(pipe(from(notes), groupBy(name), select(coalesce(name, '')), orderBy(asc(coalesce(name, ''))), limit(1))),
  ),
)

export const tables = pipe(emptyTables, withRows(users)([{ id: 1 }]), E.chainW(withRows(notes)([{ id: 1 }])))

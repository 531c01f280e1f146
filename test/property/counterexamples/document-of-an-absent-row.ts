// MariaDB took an outer join for an inner one where WHERE asks for a document of what it may leave out.
import { pipe } from 'fp-ts/lib/function.js'
import {
  eq,
  from,
  integer,
  isNotNull,
  jsonObject,
  leftJoin,
  nullable,
  primaryKey,
  select,
  table,
  text,
  where,
} from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey), name: pipe(text, nullable) })
const notes = table('notes', { id: pipe(integer, primaryKey), userId: pipe(integer, nullable) })

export const statement = pipe(
  from(notes),
  leftJoin(users, eq(notes.userId, users.id)),
  where(isNotNull(jsonObject({ name: users.name }))),
  select(notes.id),
)

export const tables = pipe(emptyTables, withRows(notes)([{ id: 1, userId: null }]))

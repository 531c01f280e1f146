// Engines looked for exactly one row that relates to what relates to a row which an outer join left out.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  alias,
  asc,
  eq,
  from,
  include,
  integer,
  nullable,
  one,
  optional,
  orderBy,
  primaryKey,
  rightJoin,
  table,
  where,
} from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey), age: pipe(integer, nullable) })
const notes = table('notes', { id: pipe(integer, primaryKey), about: integer })
const related = alias('related')(notes)
const others = alias('others')(users)

export const statement = pipe(
  from(users),
  rightJoin(notes, eq(users.id, notes.about)),
  orderBy(asc(notes.id)),
  include({
    related: optional(
      pipe(
        from(related),
        where(eq(related.id, notes.id)),
        orderBy(asc(related.id)),
        include({ other: one(pipe(from(others), where(eq(others.age, related.id)), orderBy(asc(others.id)))) }),
      ),
    ),
  }),
)

export const tables = pipe(
  emptyTables,
  withRows(users)([{ id: 1, age: null }]),
  E.chainW(withRows(notes)([{ id: 1, about: 7 }])),
)

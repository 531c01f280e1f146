// MySQL gave a row twice where an include asks whether there are rows of a join: the limit of the include then began with the second.
import { pipe } from 'fp-ts/lib/function.js'
import * as E from 'fp-ts/lib/Either.js'
import {
  alias,
  and,
  char,
  desc,
  eq,
  exists,
  from,
  include,
  integer,
  leftJoin,
  limit,
  nullable,
  offset,
  optional,
  orderBy,
  primaryKey,
  real,
  select,
  smallint,
  table,
  text,
  where,
} from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey), age: pipe(integer, nullable) })
const things = table('things', {
  id: pipe(integer, primaryKey),
  small: pipe(smallint, nullable),
  share: pipe(real, nullable),
  key: pipe(char(36), nullable),
})
const notes = table('notes', {
  postId: pipe(integer, primaryKey),
  place: pipe(integer, primaryKey),
  body: pipe(text, nullable),
})
const others = alias('others')(things)

const joined = pipe(from(others), leftJoin(notes, eq(others.id, notes.postId)), select(others.id))

export const statement = pipe(
  from(users),
  include({
    thing: optional(
      pipe(
        from(things),
        where(and(eq(things.id, users.age), exists(joined))),
        orderBy(desc(things.id)),
        limit(1),
        offset(1),
      ),
    ),
  }),
)

export const tables = pipe(
  emptyTables,
  withRows(users)([{ id: 0, age: 2 }]),
  E.chainW(
    withRows(things)([
      { id: 0, small: null, share: null, key: null },
      { id: 2, small: null, share: null, key: null },
    ]),
  ),
)

// MySQL gave a row of one side of an intersection that the other has not, where that other is one group that an index tells of.
import { pipe } from 'fp-ts/lib/function.js'
import * as E from 'fp-ts/lib/Either.js'
import {
  add,
  asc,
  boolean,
  double,
  from,
  innerJoin,
  integer,
  intersect,
  limit,
  literal,
  min,
  orderBy,
  over,
  percentRank,
  primaryKey,
  scalar,
  select,
  table,
  where,
} from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const notes = table('notes', { id: pipe(integer, primaryKey) })
const users = table('users', { id: pipe(integer, primaryKey) })

const no = literal(false, boolean)
const noShare = pipe(
  from(users),
  innerJoin(notes, no),
  select(literal(0, double)),
  orderBy(asc(literal(0, double))),
  limit(1),
)
const noNumber = pipe(from(users), where(no), select(literal(0, integer)), orderBy(asc(literal(0, integer))), limit(1))

export const statement = pipe(
  from(notes),
  select({ least: add(min(notes.id), 0), share: scalar(noShare) }),
  intersect(
    pipe(
      from(users),
      select({ least: scalar(noNumber), share: over({ orderBy: [asc(literal(0, integer))] })(percentRank()) }),
    ),
  ),
)

export const tables = pipe(
  emptyTables,
  withRows(notes)([{ id: -2 }, { id: 3 }]),
  E.chainW(withRows(users)([{ id: 3 }])),
)

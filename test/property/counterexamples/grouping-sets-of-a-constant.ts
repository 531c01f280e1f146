// PostgreSQL took a grouped CASE that bound values decide for a constant, which no grouping leaves out.
import { pipe } from 'fp-ts/lib/function.js'
import {
  asc,
  boolean,
  caseWhen,
  from,
  groupingSets,
  having,
  integer,
  isNull,
  literal,
  max,
  orderBy,
  primaryKey,
  select,
  table,
} from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const users = table('users', { id: pipe(integer, primaryKey) })
const decided = caseWhen(literal(true, boolean), literal(-1, integer)).otherwise(users.id)

export const statement = pipe(
  from(users),
  groupingSets([], [decided]),
  having(isNull(decided)),
  select({ most: max(users.id) }),
  orderBy(asc(max(users.id))),
)

export const tables = pipe(emptyTables, withRows(users)([{ id: 1 }, { id: 2 }]))

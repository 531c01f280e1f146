// MariaDB does not find the row that is there in ON of a join inside ON DUPLICATE KEY UPDATE (1054): that is refused now.
import { pipe } from 'fp-ts/lib/function.js'
import * as E from 'fp-ts/lib/Either.js'
import {
  alias,
  eq,
  from,
  innerJoin,
  inQuery,
  insertInto,
  integer,
  literal,
  nullable,
  onConflictDoUpdate,
  primaryKey,
  schema,
  select,
  table,
} from 'relvar'
import { tablesIn, withRows } from 'relvar/memory'

const owners = table('owners', { id: pipe(integer, primaryKey) })
const moves = table('moves', { id: pipe(integer, primaryKey), shop: pipe(integer, nullable) })
const others = alias('others')(owners)

export const statement = pipe(
  insertInto(moves)([{ id: 1, shop: 9 }]),
  onConflictDoUpdate({
    target: moves.id,
    set: (e) => ({ shop: e.shop }),
    where: pipe(
      literal(1, integer),
      inQuery(pipe(from(owners), innerJoin(others, eq(moves.shop, others.id)), select(owners.id))),
    ),
  }),
)

export const tables = pipe(
  tablesIn(schema({ owners, moves })),
  withRows(owners)([{ id: 1 }]),
  E.chainW(withRows(moves)([{ id: 1, shop: 1 }])),
)

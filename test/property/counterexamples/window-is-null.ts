// MySQL asked whether a window over the one group of no rows is null before it looked at the window: it was, always.
import { pipe } from 'fp-ts/lib/function.js'
import * as E from 'fp-ts/lib/Either.js'
import { from, integer, isNotNull, isNull, literal, min, over, primaryKey, select, table } from 'relvar'
import { emptyTables } from 'relvar/memory'

const things = table('things', { id: pipe(integer, primaryKey) })

const first = over({})(min(literal(0, integer)))

export const statement = pipe(
  from(things),
  select({ none: isNull(first), some: isNotNull(first), least: min(things.id) }),
)

export const tables = E.right(emptyTables)

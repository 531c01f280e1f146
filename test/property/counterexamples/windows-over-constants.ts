// MariaDB ranked rows by the order of another window, where that one has more constants than it has columns itself.
import { pipe } from 'fp-ts/lib/function.js'
import { alias, asc, crossJoin, from, integer, literal, min, over, primaryKey, rank, select, table, text } from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const notes = table('notes', { id: pipe(integer, primaryKey), kind: integer })
const others = alias('others')(notes)

export const statement = pipe(
  from(notes),
  crossJoin(others),
  select({
    id: notes.id,
    other: others.id,
    rank: over({ orderBy: [asc(notes.kind)] })(rank()),
    least: over({
      partitionBy: [literal(7, integer)],
      orderBy: [asc(literal('2024-03-01', text)), asc(literal(0, integer))],
    })(min(literal(0, integer))),
  }),
)

export const tables = pipe(
  emptyTables,
  withRows(notes)([
    { id: 1, kind: 2 },
    { id: 2, kind: 1 },
    { id: 3, kind: 2 },
    { id: 4, kind: 1 },
    { id: 5, kind: 3 },
  ]),
)

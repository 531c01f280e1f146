// MariaDB forgets the order of the sides of a set operation inside EXISTS, and then knows no ties (4180).
import { pipe } from 'fp-ts/lib/function.js'
import { asc, exists, from, integer, intersect, limitWithTies, orderBy, primaryKey, select, table, where } from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const notes = table('notes', { id: pipe(integer, primaryKey), kind: integer })

const first = pipe(from(notes), select({ kind: notes.kind }), orderBy(asc(notes.kind)), limitWithTies(1))
const all = pipe(from(notes), select({ kind: notes.kind }))

export const statement = pipe(from(notes), where(exists(pipe(first, intersect(all)))))

export const tables = pipe(
  emptyTables,
  withRows(notes)([
    { id: 1, kind: 1 },
    { id: 2, kind: 1 },
  ]),
)

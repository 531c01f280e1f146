// MariaDB put different bytes into one group where what they are grouped by has bound bytes in it.
import { pipe } from 'fp-ts/lib/function.js'
import { coalesce, count, from, groupBy, integer, nullable, primaryKey, select, table, varbinary } from 'relvar'
import { emptyTables, withRows } from 'relvar/memory'

const files = table('files', { id: pipe(integer, primaryKey), head: pipe(varbinary(4), nullable) })

export const statement = pipe(
  from(files),
  groupBy(coalesce(files.head, Uint8Array.of(128))),
  select({ files: count() }),
)

export const tables = pipe(
  emptyTables,
  withRows(files)([
    { id: 1, head: null },
    { id: 2, head: Uint8Array.of(0, 255) },
    { id: 3, head: Uint8Array.of(0, 255) },
  ]),
)

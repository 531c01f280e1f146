// Tables with less in them: a row less, or a null in place of a value.
import * as E from 'fp-ts/lib/Either.js'

import type { AnyTable } from '../../src/index.js'
import { tableInfo } from '../../src/expr/table.js'
import { rowsIn, type Tables, withRows } from '../../src/memory.js'

type Row = Readonly<Record<string, unknown>>

/** Each way to make the rows of one table a little smaller. */
const smallerRows = (t: AnyTable, rows: ReadonlyArray<Row>): ReadonlyArray<ReadonlyArray<Row>> => {
  const { columns } = tableInfo(t)
  const fewer = rows.map((_, i) => rows.filter((_, at) => at !== i))
  const emptier = rows.flatMap((row, i) =>
    columns
      .filter((c) => c.nullable && row[c.key] !== null)
      .map((c) => rows.map((own, at) => (at === i ? { ...own, [c.key]: null } : own))),
  )
  return [...(rows.length > 1 ? [[]] : []), ...fewer, ...emptier]
}

/** Goes down from tables as long as smaller ones go wrong, too, until the time is over. */
export const smallestTables = async (
  all: ReadonlyArray<AnyTable>,
  from: Tables,
  goesWrong: (smaller: Tables) => Promise<boolean>,
  until: number,
): Promise<Tables> => {
  let now = from
  const smaller = async (): Promise<Tables | null> => {
    for (const t of all) {
      // What a table holds are rows of it.
      for (const rows of smallerRows(t, rowsIn(t)(now) as ReadonlyArray<Row>)) {
        if (Date.now() > until) return null
        const next = withRows(t)(rows as ReadonlyArray<never>)(now)
        if (E.isRight(next) && (await goesWrong(next.right))) return next.right
      }
    }
    return null
  }
  for (let next = await smaller(); next !== null; next = await smaller()) now = next
  return now
}

// The conformance data as it stands in its file, checked before anything is done with it.
import { readFileSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { PathReporter } from 'io-ts/lib/PathReporter.js'

const column = t.type({
  name: t.string,
  type: t.string,
  nullable: t.boolean,
  primaryKey: t.boolean,
  references: t.union([t.string, t.null]),
  unique: t.boolean,
  index: t.boolean,
})

const tableData = t.type({
  columns: t.array(column),
  rows: t.array(t.record(t.string, t.unknown)),
})

const caseData = t.intersection([
  t.type({ id: t.string, says: t.string }),
  t.partial({
    ordered: t.boolean,
    rows: t.unknown,
    rows_by_engine: t.record(t.string, t.unknown),
    counts: t.record(t.string, t.unknown),
  }),
])

const file = t.type({ tables: t.record(t.string, tableData), cases: t.array(caseData) })

export type CaseData = t.TypeOf<typeof caseData>
export type ColumnData = t.TypeOf<typeof column>
export type ConformanceData = t.TypeOf<typeof file>

const read = (): ConformanceData => {
  const json: unknown = JSON.parse(readFileSync(new URL('./sqlalchemy-tutorial.json', import.meta.url), 'utf8'))
  const decoded = file.decode(json)
  if (E.isLeft(decoded)) throw new Error(PathReporter.report(decoded).slice(0, 5).join('\n'))
  return decoded.right
}

/** Tables with their rows, and the cases with what came back. */
export const conformance: ConformanceData = read()

/** The rows of a table. What they hold is checked where they are loaded. */
export const rowsOf = (table: string): ReadonlyArray<Readonly<Record<string, unknown>>> =>
  conformance.tables[table]?.rows ?? []

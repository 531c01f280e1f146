// The rows of the Chinook database as its file has them, in relvar's words: decimals and times are text of one form.
import { readFileSync } from 'node:fs'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { PathReporter } from 'io-ts/lib/PathReporter.js'
import { insertInto, rowCodec } from 'relvar'

import type { Nothing, Query } from '../../../src/expr/query.js'
import { type AnyTable, tableInfo } from '../../../src/expr/table.js'
import { chinook } from './tables.js'

type Cell = string | number | null
type Fields = Readonly<Record<string, Cell>>

const file = t.record(t.string, t.array(t.record(t.string, t.union([t.string, t.number, t.null]))))

const read = (): t.TypeOf<typeof file> => {
  const json: unknown = JSON.parse(readFileSync(new URL('./chinook.json', import.meta.url), 'utf8'))
  const decoded = file.decode(json)
  if (E.isLeft(decoded)) throw new Error(PathReporter.report(decoded).slice(0, 5).join('\n'))
  return decoded.right
}

/** JSON has no decimals and no times: 0.9 is `0.90`, and a second has six digits. */
const cell = (type: string, value: Cell | undefined): Cell => {
  if (value === undefined) throw new Error('a row of the data has not all columns')
  if (type === 'Numeric' && typeof value === 'number') return value.toFixed(2)
  if (type === 'Timestamp' && typeof value === 'string') return `${value}.000000`
  return value
}

const rowsOf = (of: AnyTable, data: t.TypeOf<typeof file>): ReadonlyArray<Fields> => {
  const { name, columns } = tableInfo(of)
  const rows = data[name]
  if (rows === undefined) throw new Error(`the data has no table ${name}`)
  return rows.map((row) => Object.fromEntries(columns.map((c) => [c.key, cell(c.type._tag, row[c.name])])))
}

/** A table, the rows that it holds in the order of their keys, and the insert of them. */
export interface Filled {
  readonly table: AnyTable
  readonly rows: ReadonlyArray<Fields>
  readonly insert: Query<Nothing, never, never, never, 'insert'>
}

const filled = (of: AnyTable, data: t.TypeOf<typeof file>): Filled => {
  const rows = rowsOf(of, data)
  const checked = t.array(rowCodec(of)).decode(rows)
  if (E.isLeft(checked)) throw new Error(PathReporter.report(checked).slice(0, 5).join('\n'))
  // The codec of the table says that these are its rows; an insert without `returning` gives none.
  const insert = insertInto(of)(rows as never) as unknown as Filled['insert']
  return { table: of, rows, insert }
}

/** All tables, those that others refer to first. */
export const chinookData = (): ReadonlyArray<Filled> => {
  const data = read()
  return Object.values(chinook.tables).map((of) => filled(of, data))
}

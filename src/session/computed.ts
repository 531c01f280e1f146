/**
 * What the database computes of a row, as the interpreter means it: so that a row is known after a flush without being read again.
 */
import * as E from 'fp-ts/lib/Either.js'

import { expr } from '../expr/expr.js'
import { evaluate } from '../interpret/interpret.js'
import type { TableEntry } from './catalog.js'
import type { Fields } from './identity.js'

/** The row with its computed columns anew; null where one of them has no meaning in memory, or looks at what is not known. */
export const withComputed = (table: TableEntry, row: Fields): Fields | null => {
  let made = row
  for (const { key, generated } of table.info.columns) {
    if (generated === null) continue
    const value = evaluate(expr<unknown, never, never>(generated.expr))(made)
    if (E.isLeft(value)) return null
    made = { ...made, [key]: value.right }
  }
  return made
}

/** The row without its computed columns. */
export const withoutComputed = (table: TableEntry, row: Fields): Fields => {
  const computed = table.info.columns.filter((c) => c.generated !== null).map((c) => c.key)
  return computed.length === 0
    ? row
    : Object.fromEntries(Object.entries(row).filter(([key]) => !computed.includes(key)))
}

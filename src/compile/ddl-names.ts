/**
 * Names of constraints and indexes: short enough for every engine, and no two of them alike.
 */
import { tableIdentity } from '../expr/schema.js'
import { hashText } from '../expr/shape.js'
import type { TableInfo } from '../expr/source.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What a name is of: a foreign key, a unique constraint, a check or an index. */
export type NameKind = 'fk' | 'uq' | 'ck' | 'ix'

/** The name of what a table has on a column of it, which goes by its name in the database. */
export type Names = (kind: NameKind, table: TableInfo, column: string) => string

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** 64 bits of a text, in hexadecimal. */
const digest = (text: string): string =>
  (hashText(text) >>> 0).toString(16).padStart(8, '0') + (hashText(`${text}'`) >>> 0).toString(16).padStart(8, '0')

/** A name of at most 63 bytes that ends in a hash. */
const shortened = (name: string, of: string): string => `${Array.from(name).slice(0, 11).join('')}_${digest(of)}`

const bytes = (text: string): number => new TextEncoder().encode(text).length

/**
 * Names of all that the tables have. `ix_a_b_c` may be of `a_b` and `c`, or of `a` and `b_c`: engines keep indexes of a schema in
 * one space of names, and CREATE INDEX IF NOT EXISTS would leave the second out without a word.
 */
export const namesOf = (tables: ReadonlyArray<TableInfo>): Names => {
  const taken = new Map<string, string>(tables.map((t) => [t.name.toLowerCase(), '']))
  const known = new Map<string, string>()
  return (kind, table, column) => {
    const of = JSON.stringify([kind, tableIdentity(table), column])
    const before = known.get(of)
    if (before !== undefined) return before
    const plain = `${kind}_${table.name}_${column}`
    const name = bytes(plain) > 63 || taken.has(plain.toLowerCase()) ? shortened(plain, of) : plain
    taken.set(name.toLowerCase(), of)
    known.set(of, name)
    return name
  }
}

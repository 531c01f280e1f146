/**
 * Names of constraints and indexes: by a convention, short enough for every engine, and no two of them alike.
 */
import { nameProblem } from '../expr/name.js'
import { type NamingConvention, tableIdentity } from '../expr/schema.js'
import { hashText } from '../expr/shape.js'
import type { TableInfo } from '../expr/source.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What a name is of: a primary key, a foreign key, a unique constraint, a check or an index. */
export type NameKind = 'pk' | 'fk' | 'uq' | 'ck' | 'ix'

/** What there is to name: on which columns of a table (by their names in the database), and which table it points to. */
export interface Unnamed {
  readonly kind: NameKind
  readonly table: TableInfo
  readonly columns: ReadonlyArray<string>
  readonly target: string
  /** Which check of the table it is, from 1; null: the check of a column's type. */
  readonly nth: number | null
  /** How many of this kind the table has before it on the same columns. */
  readonly before: number
}

/** The name of what has none of its own. */
export type Names = (unnamed: Unnamed) => string

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** 64 bits of a text, in hexadecimal. */
const digest = (text: string): string =>
  (hashText(text) >>> 0).toString(16).padStart(8, '0') + (hashText(`${text}'`) >>> 0).toString(16).padStart(8, '0')

/** A name of at most 63 bytes that ends in a hash. */
const shortened = (name: string, of: string): string => `${Array.from(name).slice(0, 11).join('')}_${digest(of)}`

const bytes = (text: string): number => new TextEncoder().encode(text).length

/** The names that the tables and what they have say themselves. */
const saidNames = (tables: ReadonlyArray<TableInfo>): ReadonlyArray<string> =>
  tables.flatMap((t) => [
    t.name,
    ...[t.primaryKeyName, ...[...t.uniques, ...t.checks, ...t.indexes].map((one) => one.name)].filter(
      (name) => name !== null,
    ),
    ...t.foreignKeys.map((key) => key.target.name).filter((name) => name !== null),
  ])

const usual = ({ kind, table, columns, nth }: Unnamed): string =>
  [kind, table.name, ...(kind === 'pk' ? [] : nth === null ? columns : [nth])].join('_')

/** What a convention says; null where it says nothing. */
const conventional = (naming: NamingConvention, { kind, table, columns, target, nth }: Unnamed): unknown => {
  switch (kind) {
    case 'pk':
      return naming.primaryKey?.(table.name, columns) ?? null
    case 'uq':
      return naming.unique?.(table.name, columns) ?? null
    case 'ix':
      return naming.index?.(table.name, columns) ?? null
    case 'ck':
      return nth === null ? null : (naming.check?.(table.name, nth) ?? null)
    case 'fk':
      return naming.foreignKey?.(table.name, columns, target) ?? null
  }
}

/** The name that is wished for, which may be too long or taken; null where the convention gives no name. */
const wished = (naming: NamingConvention, unnamed: Unnamed): string | null => {
  try {
    const said = conventional(naming, unnamed)
    if (said === null) return usual(unnamed)
    if (typeof said !== 'string') return null
    return nameProblem(bytes(said) > 63 ? shortened(said, said) : said) === null ? said : null
  } catch {
    // The convention is the caller's; one that throws gives no name.
    return null
  }
}

/**
 * Names of all that the tables have and say no name of. `ix_a_b_c` may be of `a_b` and `c`, or of `a` and `b_c`: engines keep
 * indexes of a schema in one space of names, and CREATE INDEX IF NOT EXISTS would leave the second out without a word.
 *
 * @param wrong is told of a convention that gives what is no name
 */
export const namesOf = (
  tables: ReadonlyArray<TableInfo>,
  naming: NamingConvention = {},
  wrong: (problem: string) => void = () => undefined,
): Names => {
  const taken = new Set<string>(saidNames(tables).map((name) => name.toLowerCase()))
  const known = new Map<string, string>()
  return (unnamed) => {
    const { kind, table, columns, nth, before } = unnamed
    const place = nth === null ? columns : [nth]
    const said = [kind, tableIdentity(table), place.length === 1 ? place[0] : place]
    const of = JSON.stringify(before === 0 ? said : [...said, before])
    const already = known.get(of)
    if (already !== undefined) return already
    const wish = wished(naming, unnamed)
    if (wish === null)
      wrong(`the naming convention gives no name for what "${table.name}" has on ${columns.join(', ')}`)
    const plain = wish ?? usual(unnamed)
    const name = bytes(plain) > 63 || taken.has(plain.toLowerCase()) ? shortened(plain, of) : plain
    taken.add(name.toLowerCase())
    known.set(of, name)
    return name
  }
}

/**
 * Changes of a table of SQLite: it adds columns and gives other names by itself; for all else the table is made anew from its own
 * text, edited.
 */
import type { Alteration } from '../expr/alter-table.js'
import { call } from '../expr/call-node.js'
import { column as columnNode } from '../expr/node.js'
import type { ColumnInfo, TableInfo } from '../expr/source.js'
import { addedParts, sameForm } from './ddl-altered.js'
import { columnSql } from './ddl-column.js'
import { checkSql, columnCheckSql, foreignKeySql, primaryKeySql, uniqueSql } from './ddl-constraint.js'
import type { DdlContext } from './ddl-context.js'
import { rowExpression } from './ddl-expression.js'
import { createIndexSql } from './ddl-index.js'
import { always, type DdlStep } from './ddl-step.js'
import type { Dialect } from './dialect.js'
import { tableSql } from './source.js'
import {
  type ColumnItem,
  type ConstraintItem,
  type Definition,
  definitionOf,
  type Edit,
  sameText,
} from './sqlite-definition.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A change of the table's text, and what becomes of the values of a column. */
export interface SqliteEdit {
  readonly edit: Edit
  /** What the text must have for that, in words. */
  readonly about: string
  /** A column whose values are others then, and the expression that gives them. */
  readonly copied: { readonly name: string; readonly text: string } | null
  /** The most characters that a value of a column may have. */
  readonly bounded: { readonly name: string; readonly length: number } | null
  readonly dropped: string | null
  /** Indexes that come with it. */
  readonly after: ReadonlyArray<string>
}

export type SqliteChange = ReadonlyArray<DdlStep> | SqliteEdit

interface Change {
  readonly dialect: Dialect
  readonly alteration: Alteration
  readonly before: TableInfo
  readonly after: TableInfo
  readonly context: DdlContext
}

// -------------------------------------------------------------------------------------
// edits
// -------------------------------------------------------------------------------------

const edited = (edit: Edit, more: Partial<SqliteEdit> = {}): SqliteEdit => ({
  edit,
  about: '',
  copied: null,
  bounded: null,
  dropped: null,
  after: [],
  ...more,
})

/** The items of a text of relvar's own. */
const itemsOf = (parts: ReadonlyArray<string>): ReadonlyArray<ColumnItem | ConstraintItem> =>
  definitionOf(`CREATE TABLE t (${parts.join(', ')})`)?.items ?? []

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** Columns stand before constraints. */
const added = (definition: Definition, more: ReadonlyArray<ColumnItem | ConstraintItem>): Definition => {
  const all = [...definition.items, ...more]
  return {
    ...definition,
    items: [...all.filter((i) => i._tag === 'Column'), ...all.filter((i) => i._tag === 'Constraint')],
  }
}

const adds = (parts: ReadonlyArray<string>, after: ReadonlyArray<string> = []): SqliteEdit =>
  edited((definition) => added(definition, itemsOf(parts)), { after })

/** Whether a constraint is the check that the type of a column makes. */
const isOwnCheck = (dialect: Dialect, column: ColumnInfo, { segment }: ConstraintItem): boolean => {
  const holds = dialect.type(column.type).check?.(dialect.quote(column.name)) ?? null
  const text = segment.name === null ? segment.text : segment.text.slice(segment.text.search(/check/i))
  return segment.kind === 'check' && holds !== null && sameText(text, `CHECK (${holds})`)
}

const alterColumn = (change: Change, column: ColumnInfo): SqliteEdit => {
  const { dialect, before, after, context } = change
  const old = before.columns.find((c) => c.name === column.name) ?? column
  const [made] = itemsOf([columnSql(context, after, column)])
  const check = columnCheckSql(context, after, old.key)
  const stays = sameForm(dialect, old.type, column.type)
  const edit: Edit = (definition) => {
    if (made?._tag !== 'Column' || !definition.items.some((i) => i._tag === 'Column' && same(i.name, column.name)))
      return null
    const kept = definition.items.filter((i) => i._tag === 'Column' || stays || !isOwnCheck(dialect, old, i))
    const items = kept.map((i) =>
      i._tag === 'Column' && same(i.name, column.name)
        ? {
            ...made,
            segments: [
              ...made.segments,
              // What the text says of the column beside all that a table value can say of it.
              ...i.segments.filter(
                (s) =>
                  ['unique', 'check', 'foreignKey'].includes(s.kind) ||
                  (s.kind === 'primaryKey' && !column.autoIncrement),
              ),
            ],
          }
        : i,
    )
    return added({ ...definition, items }, stays || check === null ? [] : itemsOf([check]))
  }
  const asNumber = column.type._tag === 'Numeric' && !stays
  const { name, table } = { name: before.name, table: before }
  const of = { _tag: 'TableSource', name, table, computed: [] } as const
  const cast = asNumber
    ? rowExpression(
        context,
        before,
        call('cast', [columnNode(of, old.key, old.name, old.type, old.nullable)], column.type),
        'a column',
      )
    : null
  const { length } = column.type
  return edited(edit, {
    about: `column "${column.name}"`,
    copied: cast === null ? null : { name: column.name, text: cast },
    bounded:
      length === null || !['Char', 'Varchar'].includes(column.type._tag) || stays
        ? null
        : { name: column.name, length },
  })
}

/** What is about the column alone goes with it; what is about others, too, keeps it. */
const dropColumn = (name: string): SqliteEdit =>
  edited(
    (definition) => {
      const others = definition.items.flatMap((i) =>
        i._tag === 'Column' && !same(i.name, name) ? [i.name.toLowerCase()] : [],
      )
      const own = name.toLowerCase()
      const goes = ({ segment }: ConstraintItem): boolean =>
        segment.kind === 'check'
          ? segment.words.includes(own) && !segment.words.some((word) => others.includes(word))
          : segment.columns.length === 1 && segment.columns[0] === own
      const items = definition.items.filter((i) => (i._tag === 'Column' ? !same(i.name, name) : !goes(i)))
      return items.length === definition.items.length ? null : { ...definition, items }
    },
    { about: `column "${name}"`, dropped: name },
  )

const kindNames: Readonly<Record<string, string>> = {
  primaryKey: 'primary key',
  foreignKey: 'foreign key',
  unique: 'unique constraint',
  check: 'check',
}

const dropConstraint = (kind: string, name: string): SqliteEdit =>
  edited(
    (definition) => {
      const goes = (segment: ConstraintItem['segment']): boolean =>
        segment.kind === kind && (segment.name === null ? kind === 'primaryKey' : same(segment.name, name))
      const items = definition.items
        .filter((i) => i._tag === 'Column' || !goes(i.segment))
        .map((i) => (i._tag === 'Column' ? { ...i, segments: i.segments.filter((s) => !goes(s)) } : i))
      const count = (all: Definition['items']): number =>
        all.reduce((n, i) => n + (i._tag === 'Column' ? i.segments.length : 1), 0)
      return count(items) === count(definition.items) ? null : { ...definition, items }
    },
    { about: `${kindNames[kind] ?? 'constraint'} "${name}"` },
  )

// -------------------------------------------------------------------------------------
// changes
// -------------------------------------------------------------------------------------

/** Whether SQLite adds such a column to a table that has rows. */
const isPlain = ({ alteration, context, after }: Change): boolean => {
  if (alteration._tag !== 'AddColumn') return false
  const { column } = alteration
  const { uniques, foreignKeys } = addedParts(alteration)
  const constant = column.serverDefault === null || /DEFAULT (?!\()/.test(columnSql(context, after, column))
  return uniques.length === 0 && foreignKeys.length === 0 && constant && column.generated === null
}

/** A change as statements, or as an edit of the table's text. */
export const sqliteChange = (change: Change): SqliteChange => {
  const { dialect, alteration, before, after, context } = change
  const alter = (what: string): DdlStep => always(`ALTER TABLE ${tableSql(dialect, before)} ${what}`)
  switch (alteration._tag) {
    case 'AddColumn': {
      const { column } = alteration
      const check = columnCheckSql(context, after, column.key)
      const { uniques, foreignKeys, indexes } = addedParts(alteration)
      const made = indexes.map((index) => createIndexSql(context, after, index, false))
      return isPlain(change) && check === null
        ? [alter(`ADD COLUMN ${columnSql(context, after, column)}`), ...made.map(always)]
        : adds(
            [
              columnSql(context, after, column),
              ...uniques.map((unique) => uniqueSql(context, after, unique)),
              ...(check === null ? [] : [check]),
              ...foreignKeys.map((key) => foreignKeySql(context, after, key)),
            ],
            made,
          )
    }
    case 'DropColumn':
      return dropColumn(alteration.name)
    case 'RenameColumn':
      return [alter(`RENAME COLUMN ${dialect.quote(alteration.from)} TO ${dialect.quote(alteration.to)}`)]
    case 'AlterColumn':
      return alterColumn(change, alteration.column)
    case 'AddForeignKey':
      return adds([foreignKeySql(context, after, after.foreignKeys[after.foreignKeys.length - 1] ?? alteration.key)])
    case 'AddUnique':
      return adds([uniqueSql(context, after, after.uniques[after.uniques.length - 1] ?? alteration.unique)])
    case 'AddCheck':
      return adds([checkSql(context, after, alteration.check)])
    case 'AddPrimaryKey':
      return adds(primaryKeySql(context, after))
    case 'DropConstraint':
      return dropConstraint(alteration.kind, alteration.name)
    case 'RenameTable':
      return [alter(`RENAME TO ${dialect.quote(after.name)}`)]
    case 'SetComment':
      return []
  }
}

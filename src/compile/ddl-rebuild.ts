/**
 * A table of SQLite made anew, as its documentation says how: with all that the database knows of it, and with nothing lost.
 */
import { type Either, left, right } from 'fp-ts/lib/Either.js'

import type { TableInfo } from '../expr/source.js'
import type { SqliteEdit } from './ddl-alter-sqlite.js'
import { always, ask, type DdlStep } from './ddl-step.js'
import type { Dialect } from './dialect.js'
import { type InvalidValue, invalidValue } from './load-error.js'
import { tableSql } from './source.js'
import { newTable } from './sqlite-names.js'
import {
  countsItself,
  type Definition,
  definitionOf,
  definitionSql,
  givenColumns,
  indexWords,
} from './sqlite-definition.js'
import type { RawRow } from './statement.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What the database keeps: a table, an index, a view or a trigger, and the text that makes it. */
interface Kept {
  readonly type: string
  readonly name: string
  readonly of: string
  readonly sql: string | null
}

/** One rebuild: the table, what is to be changed, what the database keeps of its schema. */
interface Rebuild {
  readonly dialect: Dialect
  readonly table: TableInfo
  readonly edits: ReadonlyArray<SqliteEdit>
  readonly kept: ReadonlyArray<Kept>
  readonly before: Definition
  readonly after: Definition
}

const place = (table: TableInfo): string => `alterTable "${table.name}"`

const refused = (table: TableInfo, why: string): Either<InvalidValue, never> => left(invalidValue(place(table), why))

const textOf = (value: unknown): string => (typeof value === 'string' ? value : String(value))

const keptOf = (row: RawRow): Kept => ({
  type: textOf(row[0]),
  name: textOf(row[1]),
  of: textOf(row[2]),
  sql: row[3] === null || row[3] === undefined ? null : textOf(row[3]),
})

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

const inSchema = ({ dialect, table }: Pick<Rebuild, 'dialect' | 'table'>, name: string): string =>
  tableSql(dialect, { schema: table.schema, name })

// -------------------------------------------------------------------------------------
// steps
// -------------------------------------------------------------------------------------

/** A name that nothing of the schema has. */
const freeName = (kept: ReadonlyArray<Kept>, wish: string): string =>
  kept.some((k) => same(k.name, wish)) ? freeName(kept, `${wish}_`) : wish

/** The columns that stay, and the expressions that their values come from. */
const copied = ({
  edits,
  before,
  after,
}: Rebuild): ReadonlyArray<{ readonly name: string; readonly text: string | null }> => {
  const gone = edits.flatMap(({ dropped }) => (dropped === null ? [] : [dropped.toLowerCase()]))
  const stays = new Set(givenColumns(after).map((name) => name.toLowerCase()))
  return givenColumns(before)
    .filter((name) => stays.has(name.toLowerCase()) && !gone.includes(name.toLowerCase()))
    .map((name) => ({
      name,
      text: edits.find((e) => e.copied !== null && same(e.copied.name, name))?.copied?.text ?? null,
    }))
}

/** The greatest key that was given, also where its row is gone. */
const keepCounter = (rebuild: Rebuild, name: string): ReadonlyArray<DdlStep> => {
  if (!countsItself(rebuild.before) || !countsItself(rebuild.after)) return []
  const { literal } = rebuild.dialect.ddl
  const counted = inSchema(rebuild, 'sqlite_sequence')
  return [
    always(`DELETE FROM ${counted} WHERE name = ${literal(name)}`),
    always(
      `INSERT INTO ${counted} (name, seq) SELECT ${literal(name)}, seq FROM ${counted} WHERE name = ${literal(rebuild.table.name)}`,
    ),
  ]
}

/** Whether an index is about nothing but columns that go. */
const goesWithColumn = ({ edits, before }: Rebuild, { sql }: Kept): boolean => {
  const dropped = edits.flatMap((e) => (e.dropped === null ? [] : [e.dropped.toLowerCase()]))
  if (dropped.length === 0 || sql === null) return false
  const words = indexWords(sql)
  const columns = before.items.flatMap((i) => (i._tag === 'Column' ? [i.name.toLowerCase()] : []))
  return (
    words.some((word) => dropped.includes(word)) &&
    words.every((word) => !columns.includes(word) || dropped.includes(word))
  )
}

/** Indexes of the table, and all views and triggers of the schema: what mentions a table would stand in the way of its new name. */
const remade = (rebuild: Rebuild): ReadonlyArray<Kept> =>
  rebuild.kept.filter(
    (k) =>
      k.sql !== null &&
      (k.type === 'index' ? same(k.of, rebuild.table.name) && !goesWithColumn(rebuild, k) : k.type !== 'table'),
  )

/** The texts name no schema: within another one than the main they would make things in that. */
const makeAgain = ({ dialect, table }: Rebuild, { type, name, sql }: Kept): DdlStep => {
  const text = sql ?? ''
  if (table.schema === null) return always(text)
  // What stands before the name are words and no name has been said yet.
  const rest = text.replace(
    /^\s*CREATE\s+(?:UNIQUE\s+)?(?:INDEX|VIEW|TRIGGER)\s+(?:"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|\S+?(?=[\s(]))/i,
    '',
  )
  const unique = /^\s*CREATE\s+UNIQUE/i.test(text) ? 'UNIQUE ' : ''
  return always(`CREATE ${unique}${type.toUpperCase()} ${tableSql(dialect, { schema: table.schema, name })}${rest}`)
}

/** A view that mentions a column that goes would fail when it is read: better now. */
const viewsHold = (rebuild: Rebuild): ReadonlyArray<DdlStep> =>
  rebuild.edits.every((e) => e.dropped === null)
    ? []
    : rebuild.kept
        .filter((k) => k.type === 'view')
        .map((k) => ask(`SELECT 0 FROM ${inSchema(rebuild, k.name)} LIMIT 0`, [], () => right([])))

const pragma = ({ dialect, table }: Pick<Rebuild, 'dialect' | 'table'>, name: string): string =>
  `PRAGMA ${table.schema === null ? '' : `${dialect.quote(table.schema)}.`}${name}`

/** The steps in their order, once all is known. `broken`: how many rows refer to nothing already. */
const stepsOf = (rebuild: Rebuild, broken: number): ReadonlyArray<DdlStep> => {
  const { dialect, table, kept } = rebuild
  const name = freeName(kept, `${newTable}${table.name}`)
  const columns = copied(rebuild)
  const list = columns.map((c) => dialect.quote(c.name)).join(', ')
  const values = columns.map((c) => c.text ?? dialect.quote(c.name)).join(', ')
  const again = remade(rebuild)
  return [
    ...kept
      .filter((k) => k.sql !== null && (k.type === 'view' || k.type === 'trigger'))
      .map((k) => always(`DROP ${k.type.toUpperCase()} IF EXISTS ${inSchema(rebuild, k.name)}`)),
    always(definitionSql(inSchema(rebuild, name), rebuild.after)),
    always(`INSERT INTO ${inSchema(rebuild, name)} (${list}) SELECT ${values} FROM ${tableSql(dialect, table)}`),
    ...keepCounter(rebuild, name),
    always(`DROP TABLE ${tableSql(dialect, table)}`),
    always(`ALTER TABLE ${inSchema(rebuild, name)} RENAME TO ${dialect.quote(table.name)}`),
    ...again.map((k) => makeAgain(rebuild, k)),
    ...rebuild.edits.flatMap((e) => e.after.map(always)),
    ...viewsHold(rebuild),
    ask(pragma(rebuild, 'foreign_key_check'), [], (rows) =>
      rows.length > broken ? refused(table, 'there are rows that would refer to nothing') : right([]),
    ),
  ]
}

/** The values that a shorter text column would not hold. */
const bounds = ({ dialect, table, edits, before }: Rebuild): ReadonlyArray<DdlStep> =>
  edits.flatMap(({ bounded }) =>
    bounded === null || !givenColumns(before).some((name) => same(name, bounded.name))
      ? []
      : [
          ask(
            `SELECT 1 FROM ${tableSql(dialect, table)} WHERE length(${dialect.quote(bounded.name)}) > ${bounded.length} LIMIT 1`,
            [],
            (rows) =>
              rows.length > 0
                ? refused(table, `a value of "${bounded.name}" has more than ${bounded.length} characters`)
                : right([]),
          ),
        ],
  )

// -------------------------------------------------------------------------------------
// questions
// -------------------------------------------------------------------------------------

/**
 * SQLite deletes the rows of a table that it drops, with all that refers to them; its foreign keys are off therefore. Inside a
 * transaction of the caller's they are not, and a table that nobody refers to needs them not to be.
 */
const safety = (rebuild: Rebuild): ReadonlyArray<DdlStep> => {
  const { table } = rebuild
  const refers =
    `SELECT 1 FROM ${inSchema(rebuild, 'sqlite_master')} AS m, pragma_foreign_key_list(m.name, ?) AS f ` +
    `WHERE m.type = 'table' AND f."table" = ? COLLATE NOCASE LIMIT 1`
  const why =
    'others refer to the table, and inside a transaction SQLite would delete them with it: alter it outside of any transaction'
  return [
    ask('PRAGMA foreign_keys', [], (rows) =>
      Number(rows[0]?.[0]) === 0
        ? right([])
        : right([
            ask(refers, [table.schema ?? 'main', table.name], (found) =>
              found.length > 0 ? refused(table, why) : right([]),
            ),
          ]),
    ),
  ]
}

const planned = (
  dialect: Dialect,
  table: TableInfo,
  edits: ReadonlyArray<SqliteEdit>,
  kept: ReadonlyArray<Kept>,
): Either<InvalidValue, ReadonlyArray<DdlStep>> => {
  const text = kept.find((k) => k.type === 'table' && same(k.name, table.name))?.sql ?? null
  if (text === null) return refused(table, 'there is no such table')
  const before = definitionOf(text)
  if (before === null) return refused(table, 'its definition is none that can be edited')
  let after = before
  for (const { edit, about } of edits) {
    const next = edit(after)
    if (next === null) return refused(table, `the table has no ${about}`)
    after = next
  }
  const rebuild: Rebuild = { dialect, table, edits, kept, before, after }
  if (copied(rebuild).length === 0) return refused(table, 'no column of it would stay')
  return right([
    ...safety(rebuild),
    ...bounds(rebuild),
    ask(pragma(rebuild, 'foreign_key_check'), [], (rows) => right(stepsOf(rebuild, rows.length))),
  ])
}

/** The steps that make a table anew with edits. */
export const rebuildSteps = (
  dialect: Dialect,
  table: TableInfo,
  edits: ReadonlyArray<SqliteEdit>,
): ReadonlyArray<DdlStep> => [
  ask(
    `SELECT type, name, tbl_name, sql FROM ${tableSql(dialect, { schema: table.schema, name: 'sqlite_master' })} ORDER BY rowid`,
    [],
    (rows) => planned(dialect, table, edits, rows.map(keptOf)),
  ),
]

// What an engine's catalogue says of a table, in one form for all engines.
import type { Engine } from '../../support/engines.js'
import type { Place } from '../../support/places.js'
import type { World as WorldAt } from '../../support/run-load.js'
import { asked, here } from './asked.js'
import {
  infoIn,
  memoryChecks,
  memoryColumns,
  memoryForeignKeys,
  memoryIndexes,
  memoryPrimaryKey,
  memoryUniques,
} from './memory-catalogue.js'

type World = WorldAt<Place['name']>

/** What a catalogue says as text; null where it says nothing. */
export const textOf = (value: unknown): string | null =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'bigint' ? value.toString() : null

/** A text of the catalogue without what engines put around it: parentheses, quotes, casts, character sets. */
export const bare = (text: unknown): string | null =>
  textOf(text)
    ?.replace(/::[a-z_ ]+(?:\(\d+\))?/g, '')
    .replace(/_utf8mb[34]\\?/g, '')
    .replace(/\bcast\(([^()]*) as [a-z]+\)/gi, '$1')
    .replace(/[()`'"\\\s]/g, '')
    .toLowerCase() ?? null

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

export interface CatalogueColumn {
  readonly name: string
  readonly type: string
  readonly nullable: boolean
  readonly default: string | null
  /** `stored` or `virtual` where it is computed. */
  readonly generated: 'stored' | 'virtual' | null
  readonly expression: string | null
  readonly identity: 'always' | 'default' | null
  readonly collation: string | null
  readonly comment: string | null
}

const postgresColumns = `SELECT c.column_name, c.data_type, c.is_nullable, c.column_default, a.attgenerated::text, c.generation_expression,
  c.identity_generation, c.collation_name, col_description(a.attrelid, a.attnum)
  FROM information_schema.columns AS c JOIN pg_attribute AS a ON a.attname = c.column_name AND a.attrelid = to_regclass($1::text)
  WHERE c.table_name = $2 AND c.table_schema = current_schema() ORDER BY c.ordinal_position`

const familyColumns = `SELECT column_name, column_type, is_nullable, column_default, extra, generation_expression, extra, collation_name, column_comment
  FROM information_schema.columns WHERE table_name = ? AND table_schema = database() ORDER BY ordinal_position`

/** The CREATE TABLE that SQLite keeps. */
export const keptSql = async (world: World, name: string): Promise<string> =>
  textOf((await asked(world, 'SELECT sql FROM sqlite_master WHERE name = ?', [name]))[0]?.[0]) ?? ''

export const columnsOf = async (world: World, name: string): Promise<ReadonlyArray<CatalogueColumn>> => {
  switch (world.engine) {
    case 'memory':
      return memoryColumns(infoIn(world, name))
    case 'postgres':
      return (await asked(world, postgresColumns, [quoted(name), name])).map(
        ([column, type, nullable, value, generated, expression, identity, collation, comment]) => ({
          name: String(column),
          type: String(type),
          nullable: nullable === 'YES',
          default: textOf(value),
          generated: generated === 's' ? 'stored' : generated === 'v' ? 'virtual' : null,
          expression: textOf(expression),
          identity: identity === 'ALWAYS' ? 'always' : identity === 'BY DEFAULT' ? 'default' : null,
          collation: textOf(collation),
          comment: textOf(comment),
        }),
      )
    case 'mysql':
    case 'mariadb':
      return (await asked(world, familyColumns, [name])).map(
        ([column, type, nullable, value, extra, expression, , collation, comment]) => ({
          name: String(column),
          type: String(type),
          nullable: nullable === 'YES',
          // MariaDB says NULL of a column that may be null and has no default.
          default: value === 'NULL' ? null : textOf(value),
          generated: /stored generated/i.test(String(extra))
            ? 'stored'
            : /virtual generated/i.test(String(extra))
              ? 'virtual'
              : null,
          expression: expression === '' ? null : textOf(expression),
          identity: /auto_increment/i.test(String(extra)) ? 'default' : null,
          collation: textOf(collation),
          comment: comment === '' ? null : textOf(comment),
        }),
      )
    case 'sqlite': {
      const sql = await keptSql(world, name)
      return (
        await asked(world, 'SELECT name, type, "notnull", dflt_value, hidden FROM pragma_table_xinfo(?)', [name])
      ).map(([column, type, notNull, value, hidden]) => {
        const said = sql.slice(sql.indexOf(`"${String(column).replaceAll('"', '""')}" `))
        return {
          name: String(column),
          type: String(type),
          nullable: Number(notNull) === 0,
          default: textOf(value),
          generated: Number(hidden) === 3 ? 'stored' : Number(hidden) === 2 ? 'virtual' : null,
          expression: Number(hidden) === 0 ? null : (/AS \((.*?)\) (?:STORED|VIRTUAL)/.exec(said)?.[1] ?? null),
          identity: /^"[^"]*" INTEGER PRIMARY KEY AUTOINCREMENT/.test(said) ? 'default' : null,
          collation: /^"[^"]*" TEXT COLLATE "([^"]*)"/.exec(said)?.[1] ?? null,
          comment: null,
        }
      })
    }
  }
}

// -------------------------------------------------------------------------------------
// keys and constraints
// -------------------------------------------------------------------------------------

export interface CatalogueKey {
  readonly name: string | null
  readonly columns: ReadonlyArray<string>
}

const grouped = (rows: ReadonlyArray<ReadonlyArray<unknown>>): ReadonlyArray<CatalogueKey> => {
  const found = new Map<string, Array<string>>()
  for (const [name, column] of rows) found.set(String(name), [...(found.get(String(name)) ?? []), String(column)])
  return [...found].map(([name, columns]) => ({ name, columns }))
}

const standardKeys = (placeholders: readonly [string, string], schema: string): string =>
  `SELECT k.constraint_name, k.column_name FROM information_schema.table_constraints AS c
   JOIN information_schema.key_column_usage AS k ON k.constraint_name = c.constraint_name AND k.table_name = c.table_name
   AND k.table_schema = c.table_schema WHERE c.table_name = ${placeholders[0]} AND c.constraint_type = ${placeholders[1]}
   AND c.table_schema = ${schema} ORDER BY k.constraint_name, k.ordinal_position`

/** Keys of one kind by name, their columns in order. SQLite keeps no name of a key: its indexes say the columns. */
const keysOf = async (
  world: World,
  table: string,
  kind: 'PRIMARY KEY' | 'UNIQUE',
): Promise<ReadonlyArray<CatalogueKey>> => {
  if (world.engine === 'memory') {
    const info = infoIn(world, table)
    const key = memoryPrimaryKey(info)
    return kind === 'UNIQUE' ? memoryUniques(info) : key === null ? [] : [key]
  }
  if (world.engine !== 'sqlite')
    return grouped(
      await asked(world, standardKeys(world.engine === 'postgres' ? ['$1', '$2'] : ['?', '?'], here[world.engine]), [
        table,
        kind,
      ]),
    )
  if (kind === 'PRIMARY KEY') {
    const rows = await asked(world, 'SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk', [table])
    return rows.length === 0 ? [] : [{ name: null, columns: rows.map(([name]) => String(name)) }]
  }
  const rows = await asked(
    world,
    `SELECT l.name, i.name FROM pragma_index_list(?) AS l, pragma_index_info(l.name) AS i WHERE l.origin = 'u' ORDER BY l.seq DESC, i.seqno`,
    [table],
  )
  return grouped(rows).map(({ columns }) => ({ name: null, columns }))
}

export const primaryKeyOf = async (world: World, table: string): Promise<CatalogueKey | null> =>
  (await keysOf(world, table, 'PRIMARY KEY'))[0] ?? null

export const uniquesOf = (world: World, table: string): Promise<ReadonlyArray<CatalogueKey>> =>
  keysOf(world, table, 'UNIQUE')

export interface CatalogueForeignKey {
  readonly name: string | null
  readonly columns: ReadonlyArray<string>
  readonly target: string
  readonly targetColumns: ReadonlyArray<string>
  readonly onDelete: string
  readonly onUpdate: string
}

const postgresActions: Readonly<Record<string, string>> = {
  a: 'NO ACTION',
  r: 'RESTRICT',
  c: 'CASCADE',
  n: 'SET NULL',
  d: 'SET DEFAULT',
}

const postgresForeignKeys = `SELECT c.conname, a.attname, t.relname, b.attname, c.confdeltype::text, c.confupdtype::text
  FROM pg_constraint AS c CROSS JOIN LATERAL unnest(c.conkey, c.confkey) WITH ORDINALITY AS k (own, other, nth)
  JOIN pg_attribute AS a ON a.attrelid = c.conrelid AND a.attnum = k.own
  JOIN pg_attribute AS b ON b.attrelid = c.confrelid AND b.attnum = k.other
  JOIN pg_class AS t ON t.oid = c.confrelid
  WHERE c.contype = 'f' AND c.conrelid = to_regclass($1::text) ORDER BY c.conname, k.nth`

const familyForeignKeys = `SELECT k.constraint_name, k.column_name, k.referenced_table_name, k.referenced_column_name, r.delete_rule, r.update_rule
  FROM information_schema.key_column_usage AS k JOIN information_schema.referential_constraints AS r
  ON r.constraint_name = k.constraint_name AND r.constraint_schema = k.table_schema AND r.table_name = k.table_name
  WHERE k.table_name = ? AND k.table_schema = database() ORDER BY k.constraint_name, k.ordinal_position`

const sqliteForeignKeys = `SELECT id, "from", "table", "to", on_delete, on_update FROM pragma_foreign_key_list(?) ORDER BY id DESC, seq`

export const foreignKeysOf = async (world: World, table: string): Promise<ReadonlyArray<CatalogueForeignKey>> => {
  if (world.engine === 'memory') return memoryForeignKeys(infoIn(world, table))
  const rows =
    world.engine === 'postgres'
      ? await asked(world, postgresForeignKeys, [quoted(table)])
      : await asked(world, world.engine === 'sqlite' ? sqliteForeignKeys : familyForeignKeys, [table])
  const found = new Map<string, CatalogueForeignKey>()
  for (const [name, own, target, other, onDelete, onUpdate] of rows) {
    const before = found.get(String(name))
    const action = (of: unknown): string => postgresActions[String(of)] ?? String(of)
    found.set(String(name), {
      name: world.engine === 'sqlite' ? null : String(name),
      columns: [...(before?.columns ?? []), String(own)],
      target: String(target),
      targetColumns: [...(before?.targetColumns ?? []), String(other)],
      onDelete: action(onDelete),
      onUpdate: action(onUpdate),
    })
  }
  return [...found.values()]
}

/** The checks of a table by name, as the engine says them, sorted by name. SQLite keeps them in the table's text. */
export const checksOf = async (world: World, table: string): Promise<ReadonlyArray<readonly [string, string]>> => {
  switch (world.engine) {
    case 'memory':
      return memoryChecks(infoIn(world, table))
    case 'postgres':
      return (
        await asked(
          world,
          "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'c' AND conrelid = to_regclass($1::text) ORDER BY conname",
          [quoted(table)],
        )
      ).map(([name, text]) => [String(name), String(text)])
    case 'mysql':
    case 'mariadb':
      return (
        await asked(
          world,
          `SELECT c.constraint_name, c.check_clause FROM information_schema.check_constraints AS c
           JOIN information_schema.table_constraints AS t ON t.constraint_name = c.constraint_name AND t.table_schema = c.constraint_schema
           WHERE t.table_name = ? AND t.table_schema = database() AND t.constraint_type = 'CHECK' ORDER BY binary c.constraint_name`,
          [table],
        )
      ).map(([name, text]) => [String(name), String(text)])
    case 'sqlite': {
      const sql = await keptSql(world, table)
      const found = [...sql.matchAll(/CONSTRAINT "([^"]*)" CHECK \((.*?)\)(?=, CONSTRAINT|\) STRICT)/g)]
      return found
        .map((one): readonly [string, string] => [one[1] ?? '', one[2] ?? ''])
        .sort(([a], [b]) => (a < b ? -1 : 1))
    }
  }
}

// -------------------------------------------------------------------------------------
// indexes
// -------------------------------------------------------------------------------------

export interface CatalogueIndex {
  readonly name: string
  readonly unique: boolean
  /** Columns or expressions, each with ` desc` where it is descending. */
  readonly parts: ReadonlyArray<string>
}

/** The indexes that CREATE INDEX made, by name. */
export const indexesOf = async (world: World, table: string): Promise<ReadonlyArray<CatalogueIndex>> => {
  if (world.engine === 'memory') return memoryIndexes(infoIn(world, table))
  const rows = await indexRows(world, world.engine, table)
  const found = new Map<string, CatalogueIndex>()
  for (const [name, unique, part, desc] of rows) {
    const before = found.get(String(name))
    found.set(String(name), {
      name: String(name),
      unique: unique === true || unique === 't' || String(unique) === '1',
      parts: [
        ...(before?.parts ?? []),
        String(part) + (desc === true || desc === 't' || String(desc) === '1' ? ' desc' : ''),
      ],
    })
  }
  return [...found.values()]
}

const indexRows = (
  world: World,
  engine: Engine['name'],
  table: string,
): Promise<ReadonlyArray<ReadonlyArray<unknown>>> => {
  switch (engine) {
    case 'postgres':
      return asked(
        world,
        `SELECT c.relname, CASE WHEN i.indisunique THEN 1 ELSE 0 END, replace(pg_get_indexdef(i.indexrelid, k.nth::int, true), '"', ''),
         CASE WHEN i.indoption[k.nth - 1] & 1 = 1 THEN 1 ELSE 0 END
         FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid CROSS JOIN LATERAL generate_series(1, i.indnkeyatts) AS k (nth)
         WHERE i.indrelid = to_regclass($1::text) AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = i.indexrelid AND contype <> 'f')
         ORDER BY c.relname, k.nth`,
        [quoted(table)],
      )
    case 'mysql':
      return asked(
        world,
        `SELECT s.index_name, 1 - s.non_unique, coalesce(s.column_name, s.expression), CASE WHEN s.collation = 'D' THEN 1 ELSE 0 END
         FROM information_schema.statistics AS s WHERE s.table_name = ? AND s.table_schema = database() AND NOT EXISTS
         (SELECT 1 FROM information_schema.referential_constraints AS r WHERE r.constraint_name = s.index_name AND r.constraint_schema = s.table_schema)
         AND s.index_name <> 'PRIMARY' ORDER BY s.index_name, s.seq_in_index`,
        [table],
      )
    case 'mariadb':
      return asked(
        world,
        `SELECT s.index_name, 1 - s.non_unique, s.column_name, CASE WHEN s.collation = 'D' THEN 1 ELSE 0 END
         FROM information_schema.statistics AS s WHERE s.table_name = ? AND s.table_schema = database() AND NOT EXISTS
         (SELECT 1 FROM information_schema.referential_constraints AS r WHERE r.constraint_name = s.index_name AND r.constraint_schema = s.table_schema)
         AND s.index_name <> 'PRIMARY' ORDER BY s.index_name, s.seq_in_index`,
        [table],
      )
    case 'sqlite':
      return asked(
        world,
        `SELECT l.name, l."unique", coalesce(x.name, '(expression)'), x."desc" FROM pragma_index_list(?) AS l, pragma_index_xinfo(l.name) AS x
         WHERE l.origin = 'c' AND x.key = 1 ORDER BY l.name, x.seqno`,
        [table],
      )
  }
}

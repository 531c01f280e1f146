// What a database in memory knows of a table, in the form of the engines' catalogues.
import { showExpr } from '../../../src/expr/show.js'
import { infoNamed } from '../../../src/interpret/tables.js'
import type { ForeignKeyInfo, TableInfo } from '../../../src/expr/source.js'
import type { World } from '../../support/run-load.js'
import type { Place } from '../../support/places.js'
import type { CatalogueColumn, CatalogueForeignKey, CatalogueIndex, CatalogueKey } from './catalogue.js'

/** What is known of a table of the world's; it has no columns where it is not there. */
export const infoIn = (world: World<Place['name']>, name: string): TableInfo | undefined =>
  world.tables === null ? undefined : infoNamed(world.tables(), { schema: null, name })

const namesAt = (info: TableInfo, keys: ReadonlyArray<string>): ReadonlyArray<string> =>
  keys.map((key) => info.columns.find((c) => c.key === key)?.name ?? key)

export const memoryColumns = (info: TableInfo | undefined): ReadonlyArray<CatalogueColumn> =>
  (info?.columns ?? []).map((c) => ({
    name: c.name,
    type: c.type._tag,
    nullable: c.nullable,
    default: c.serverDefault === null ? null : showExpr(c.serverDefault),
    generated: c.generated === null ? null : c.generated.stored ? 'stored' : 'virtual',
    expression: c.generated === null ? null : showExpr(c.generated.expr),
    identity: c.autoIncrement ? (c.identity?.always === true ? 'always' : 'default') : null,
    collation: c.collation,
    comment: c.comment,
  }))

export const memoryPrimaryKey = (info: TableInfo | undefined): CatalogueKey | null =>
  info === undefined || info.primaryKey.length === 0
    ? null
    : { name: info.primaryKeyName, columns: namesAt(info, info.primaryKey) }

export const memoryUniques = (info: TableInfo | undefined): ReadonlyArray<CatalogueKey> =>
  (info?.uniques ?? []).map(({ name, columns }) => ({
    name,
    columns: info === undefined ? [] : namesAt(info, columns),
  }))

const actions: Readonly<Record<ForeignKeyInfo['target']['onDelete'], string>> = {
  noAction: 'NO ACTION',
  restrict: 'RESTRICT',
  cascade: 'CASCADE',
  setNull: 'SET NULL',
  setDefault: 'SET DEFAULT',
}

export const memoryForeignKeys = (info: TableInfo | undefined): ReadonlyArray<CatalogueForeignKey> =>
  (info?.foreignKeys ?? []).map(({ columns, target }) => ({
    name: target.name,
    columns: info === undefined ? [] : namesAt(info, columns),
    target: target.table,
    targetColumns: target.names,
    onDelete: actions[target.onDelete],
    onUpdate: actions[target.onUpdate],
  }))

export const memoryChecks = (info: TableInfo | undefined): ReadonlyArray<readonly [string, string]> =>
  (info?.checks ?? [])
    .map(({ name, expr }) => [name ?? '', showExpr(expr)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))

export const memoryIndexes = (info: TableInfo | undefined): ReadonlyArray<CatalogueIndex> =>
  (info?.indexes ?? [])
    .map(({ name, unique, parts }) => ({
      name: name ?? '',
      unique,
      parts: parts.map(
        ({ expr, direction }) =>
          (expr._tag === 'Column' ? expr.name : showExpr(expr)) + (direction === 'desc' ? ' desc' : ''),
      ),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))

/** The names of the tables of a world in memory, sorted. */
export const tablesInMemory = (world: World<Place['name']>): ReadonlyArray<string> =>
  (world.tables?.().infos ?? [])
    .filter(({ view }) => view === null)
    .map(({ name }) => name)
    .sort()

/** Its constraints by name and kind, sorted. */
export const constraintsInMemory = (world: World<Place['name']>, name: string): ReadonlyArray<string> => {
  const info = infoIn(world, name)
  const key = memoryPrimaryKey(info)
  return [
    ...(key === null ? [] : [`${key.name ?? ''} PRIMARY KEY`]),
    ...memoryUniques(info).map((unique) => `${unique.name ?? ''} UNIQUE`),
    ...memoryChecks(info).map(([check]) => `${check} CHECK`),
    ...memoryForeignKeys(info).map((foreign) => `${foreign.name ?? ''} FOREIGN KEY`),
  ].sort()
}

/**
 * UPDATE and DELETE as text, in the form that the engine takes for the sources beside the written table.
 */
import type { ExprNode } from '../expr/node.js'
import type { Assignment, UpdateNode } from '../expr/query-node.js'
import { tableIdentity } from '../expr/schema.js'
import type { Source } from '../expr/source.js'
import { targetOfWrite } from '../expr/write-parts.js'
import { illFormed, unsupported } from './compile-error.js'
import { at, type Bound, type Context, emptyScope, nextAlias, type Scope } from './context.js'
import { criterionSql } from './expression.js'
import { bindSource, scopeOfSources, tableSql } from './source.js'
import { join, nothing, type Sql, sql } from './sql.js'
import { assignedTo, columnOf, leftToRight, returnedSql, targetScope } from './write.js'
import { asksTable, asQueries, type Changing, usingForm } from './write-using.js'

// -------------------------------------------------------------------------------------
// set
// -------------------------------------------------------------------------------------

/** The assignments in an order in which each sees the old row, also where several tables stand beside each other. */
const orderedSet = (context: Context, { set, table }: UpdateNode): ReadonlyArray<Assignment> => {
  if (context.dialect.features.simultaneousSet) return set
  const ordered = leftToRight(set, table.name)
  if (ordered === null) {
    context.errors.push(
      unsupported(context.dialect.name, 'set columns from each other at once', 'read the rows and write their values'),
    )
    return []
  }
  if (ordered.some((a, i) => a !== set[i]))
    context.notes.add('assignments are put into an order in which each sees the old row')
  return ordered
}

/** Where several tables stand beside each other, a column is named with its own. */
const setSql = (context: Context, scope: Scope, update: UpdateNode, qualified: boolean, apart: boolean): Sql => {
  const { table, name } = update.table
  if (update.set.length === 0) context.errors.push(illFormed('an update sets at least one column'))
  const before = qualified ? `${scope.bound.get(name)?.alias ?? ''}.` : ''
  const write = (): Sql =>
    join(
      orderedSet(context, update).map(
        (a) => sql`${before}${columnOf(context, table, a.key)} = ${assignedTo(context, scope, table, a)}`,
      ),
      ', ',
    )
  return apart ? write() : at(context, 'set', write)
}

/**
 * Whether the new values ask the written table, which SQLite would answer row by row. Beside another source it finds all new values
 * before it writes the first one.
 */
const findsApart = ({ dialect }: Context, write: UpdateNode): boolean =>
  dialect.name === 'sqlite' && write.set.some(({ value }) => asksTable(value, tableIdentity(write.table.table)))

// -------------------------------------------------------------------------------------
// sources
// -------------------------------------------------------------------------------------

/** The keys of rows that are written, as a source: its FROM item, and what its columns are compared with. */
export interface WrittenKeys {
  readonly from: Sql
  readonly on: string
}

/** The written table and the sources beside it; each criterion sees what stands before it. */
const scopeOf = (context: Context, write: Changing): Scope => {
  const target = targetOfWrite(write)
  const own = targetScope(context, target)
  if (write.using.length === 0) return own
  const sources: ReadonlyArray<Source> = [target, ...write.using.map((u) => u.source)]
  const known: ReadonlyMap<string, Bound> = own.bound
  return { bound: scopeOfSources(context, emptyScope, sources, new Set(), known).bound, outer: null }
}

interface Beside {
  /** What stands in FROM besides the written table, each with its criterion. */
  readonly items: ReadonlyArray<{ readonly from: Sql; readonly on: Sql | null }>
  readonly where: Sql | null
}

const besideOf = (context: Context, scope: Scope, write: Changing): Beside => ({
  items: write.using.map(({ source, on }) => ({
    from: bindSource(context, emptyScope, scope, source),
    on: on === null ? null : at(context, 'where', () => criterionSql(context, scope, on, 'on')),
  })),
  where: writtenWhere(context, scope, write.where),
})

const writtenWhere = (context: Context, scope: Scope, where: ExprNode | null): Sql | null =>
  where === null ? null : at(context, 'where', () => criterionSql(context, scope, where, 'where'))

const whereSql = (criteria: ReadonlyArray<Sql | null>): Sql => {
  const all = criteria.filter((c) => c !== null)
  return all.length === 0 ? nothing : sql` WHERE ${join(all, ' AND ')}`
}

/** All tables beside each other, as MySQL and MariaDB write them. */
const tablesSql = (name: string, keys: WrittenKeys | null, { items }: Beside): Sql => {
  const target = keys === null ? sql`${name}` : sql`${keys.from} INNER JOIN ${name} ON ${keys.on}`
  return [
    ...target,
    ...items.flatMap(({ from, on }) => (on === null ? sql` CROSS JOIN ${from}` : sql` INNER JOIN ${from} ON ${on}`)),
  ]
}

// -------------------------------------------------------------------------------------
// statements
// -------------------------------------------------------------------------------------

const notes = {
  plain: null,
  exists: 'the rows of other sources are asked for in the criterion, so that each row is written once',
  joined: 'the other sources stand beside the table: each row meets one of theirs at most, or all alike',
  keyed: 'each new value is a query: a second row that matches is an error',
} as const

/** The write in the form that the engine takes; `keys`: of these rows alone, on MySQL and MariaDB. */
export const changeSql = (context: Context, given: Changing, keys: WrittenKeys | null): Sql => {
  const { dialect } = context
  const form = usingForm(dialect, given)
  const note = notes[form]
  if (note !== null) context.notes.add(note)
  const write = form === 'joined' ? given : asQueries(given)
  const scope = scopeOf(context, write)
  const name = tableSql(dialect, targetOfWrite(write).table)
  const beside = besideOf(context, scope, write)
  const many = keys !== null || beside.items.length > 0
  const inTables = dialect.name === 'mysql' || dialect.name === 'mariadb'
  if (write._tag === 'Delete') {
    if (inTables && many)
      return sql`DELETE FROM ${name} USING ${tablesSql(name, keys, beside)}${whereSql([beside.where])}`
    return sql`DELETE FROM ${name}${whereSql([beside.where])}${returningSql(context, scope, write)}`
  }
  const apart = findsApart(context, write)
  const set = setSql(context, scope, write, inTables && many, apart)
  if (inTables) return sql`UPDATE ${tablesSql(name, keys, beside)} SET ${set}${whereSql([beside.where])}`
  if (apart)
    context.notes.add('a source beside the table makes the engine find all new values before it writes the first')
  const alone = apart && beside.items.length === 0 ? [sql`(SELECT 1) AS ${nextAlias(context)}`] : []
  const from = [...alone, ...beside.items.map((i) => i.from)]
  const sources = from.length === 0 ? nothing : sql` FROM ${join(from, ', ')}`
  const criteria = whereSql([...beside.items.map((i) => i.on), beside.where])
  return sql`UPDATE ${name} SET ${set}${sources}${criteria}${returningSql(context, scope, write)}`
}

/** What is given back is of the written row alone. */
const returningSql = (context: Context, scope: Scope, write: Changing): Sql => {
  if (write.returning === null) return nothing
  const target = scope.bound.get(targetOfWrite(write).name)
  const own: Scope = { bound: new Map(target === undefined ? [] : [[target.source.name, target]]), outer: null }
  return sql` RETURNING ${join(returnedSql(context, own, write), ', ')}`
}

/** A name for keys beside a table that could be called as they mostly are. */
export const keysAlias = (table: string): string => (table.toLowerCase() === 'k' ? 'kk' : 'k')

/**
 * The same query in another schema: of another tenant, say.
 */
import { column } from './node.js'
import { type AnyQuery, nodeOfQuery, query } from './query.js'
import type { Assignment, ProjectionNode, StatementNode } from './query-node.js'
import { rewriteExpr, rewriteQuery, rewriteWrite, type Substitution } from './rewrite.js'
import { hashText, mix } from './shape.js'
import type { TableInfo, TableSource } from './source.js'
import { checkName } from './name.js'

/** A table of another schema, made once for each, so that its columns are columns of one table. */
const movedInfos = new WeakMap<TableInfo, Map<string, TableInfo>>()

const movedInfo = (info: TableInfo, schema: string): TableInfo => {
  const known = movedInfos.get(info) ?? new Map<string, TableInfo>()
  movedInfos.set(info, known)
  const made = known.get(schema) ?? Object.freeze({ ...info, schema, shape: mix(info.shape, hashText(schema)) })
  // A schema that is asked for once is no reason to remember it for ever.
  if (known.size > 1000) known.clear()
  known.set(schema, made)
  return made
}

const moving = (table: (source: TableSource) => TableSource): Substitution => ({
  name: '',
  column: (c) => c,
  source: null,
  mentions: new Set(),
  // Parameters stay, and what binds a name is entered.
  param: (p) => p,
  replace: (e) =>
    e._tag === 'Column' && e.of._tag === 'TableSource'
      ? column(table({ ...e.of, computed: [] }), e.key, e.name, e.type, e.nullable)
      : null,
  table,
})

const moved = (schema: string, node: StatementNode): StatementNode => {
  const table = (source: TableSource): TableSource =>
    Object.freeze({ ...source, table: movedInfo(source.table, schema) })
  const s = moving(table)
  switch (node._tag) {
    case 'Select':
    case 'SetOperation':
      return rewriteQuery(s, node)
    case 'Insert':
    case 'Update':
    case 'Delete':
      return rewriteWrite(s, node, table)
    case 'Text':
      throw new TypeError('inSchema: the tables of raw SQL are in its own text')
  }
}

/**
 * A query or a write with all its tables in another schema (a database, on MySQL and MariaDB; an attached database on SQLite),
 * those of its subqueries and includes too: the tables of one tenant of many. In memory, too, a schema's tables are its own.
 *
 * @throws TypeError where the name is none that an engine takes.
 * @example
 * import * as E from 'fp-ts/lib/Either.js'
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { from, inSchema, integer, table, tablesOf } from 'relvar'
 *
 * const users = table('users', { id: integer })
 * assert.deepStrictEqual(tablesOf(pipe(from(users), inSchema('tenant7'))).reads, [{ schema: 'tenant7', name: 'users' }])
 *
 * @category combinators
 * @since 0.1.0
 */
export const inSchema = (name: string): (<Q extends AnyQuery>(q: Q) => Q) => {
  checkName('schema', name)
  // The types of a query say nothing of schemas.
  return <Q extends AnyQuery>(q: Q): Q => query(moved(name, nodeOfQuery(q))) as unknown as Q
}

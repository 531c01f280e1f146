/**
 * The same query in another schema: of another tenant, say.
 */
import type { CallNode } from './call-node.js'
import { column, type ExprNode } from './node.js'
import { type AnyQuery, nodeOfQuery, query } from './query.js'
import type { QueryNode, StatementNode } from './query-node.js'
import { rewriteQuery, rewriteWrite, type Substitution } from './rewrite.js'
import { nextNumber, sequenceOfWords } from './sequence.js'
import type { ForeignKeyInfo, TableInfo, TableSource } from './source.js'
import { infoShape } from './table-info.js'
import { checkName } from './name.js'

/** A table of another schema, made once for each, so that its columns are columns of one table. */
const movedInfos = new WeakMap<TableInfo, Map<string, TableInfo>>()

/** A foreign key leads to the table of that name beside it. */
const movedKey = (key: ForeignKeyInfo, schema: string): ForeignKeyInfo => ({
  ...key,
  target: { ...key.target, schema },
})

const infoIn = (schema: string, info: TableInfo): TableInfo =>
  Object.freeze({
    ...info,
    schema,
    foreignKeys: info.foreignKeys.map((key) => movedKey(key, schema)),
    // A view of the schema reads what stands there.
    view: info.view === null ? null : { ...info.view, query: movedQuery(schema, info.view.query) },
    // It is the table that `tableIn` makes there; a view has one shape in all schemas.
    shape: info.view === null ? infoShape(schema, info.name, info.columns, info.uniques) : info.shape,
  })

const movedInfo = (info: TableInfo, schema: string): TableInfo => {
  const known = movedInfos.get(info) ?? new Map<string, TableInfo>()
  movedInfos.set(info, known)
  const made = known.get(schema) ?? infoIn(schema, info)
  // A schema that is asked for once is no reason to remember it for ever.
  if (known.size > 1000) known.clear()
  known.set(schema, made)
  return made
}

/** The next number of the sequence of that name in the schema; null for what is none. */
const movedNumber = (schema: string, e: CallNode): ExprNode | null => {
  const sequence = e.name === 'nextValue' ? sequenceOfWords(e.words) : null
  return sequence === null ? null : nextNumber({ ...sequence, schema }, e.type)
}

const ownText = (): never => {
  throw new TypeError('inSchema: the tables of raw SQL are in its own text')
}

const moving = (schema: string): Substitution => {
  const table = (source: TableSource): TableSource =>
    Object.freeze({ ...source, table: movedInfo(source.table, schema) })
  return {
    name: '',
    column: (c) => c,
    source: null,
    mentions: new Set(),
    // Parameters stay, and what binds a name is entered.
    param: (p) => p,
    replace: (e) => {
      if (e._tag === 'Call') return movedNumber(schema, e)
      return e._tag === 'Column' && e.of._tag === 'TableSource'
        ? column(table({ ...e.of, computed: [] }), e.key, e.name, e.type, e.nullable)
        : null
    },
    table,
    text: ownText,
  }
}

const movedQuery = (schema: string, node: QueryNode): QueryNode => rewriteQuery(moving(schema), node)

const moved = (schema: string, node: StatementNode): StatementNode => {
  switch (node._tag) {
    case 'Select':
    case 'SetOperation':
      return movedQuery(schema, node)
    case 'Insert':
    case 'Update':
    case 'Delete': {
      const s = moving(schema)
      return rewriteWrite(s, node, (source) => s.table?.(source) ?? source)
    }
    case 'Text':
      return ownText()
  }
}

/**
 * A query or a write with all its tables in another schema (a database, on MySQL and MariaDB; an attached database on SQLite),
 * those of its subqueries, includes and views too, and its sequences: what one tenant of many has. In memory, too, a schema's tables
 * are its own.
 *
 * @throws TypeError where the name is none that an engine takes, or a statement of text stands in the query.
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

/**
 * The Load of a dialect whose database evaluates values instead of SQL: each statement carries what it says, and its text is for
 * whoever reads logs.
 */
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'

import type { DdlNode } from '../expr/ddl-node.js'
import { assignmentRows } from '../expr/insert-rows.js'
import { hole, type ParamNode } from '../expr/node.js'
import type { InsertNode, StatementNode } from '../expr/query-node.js'
import { withParams } from '../expr/rewrite.js'
import { showStatement, showValue } from '../expr/show.js'
import type { Answer } from './answer.js'
import type { Bindings } from './bind.js'
import { done, type Load, step } from './load.js'
import { corruptReply, type LoadError } from './load-error.js'
import { secretsIn } from './secret-places.js'
import { noTables, type Reply, type Statement, type Wire } from './statement.js'
import { tableSetOf } from './table-set.js'

const statement = (sql: string, rest: Partial<Statement>): Statement => ({
  sql,
  parameters: [],
  text: 'once',
  returnsRows: true,
  bigints: false,
  tables: noTables,
  ...rest,
})

const answered =
  (sql: string) =>
  ({ answer }: Reply): Either<LoadError, Load<Answer<unknown>>> =>
    answer === undefined ? left(corruptReply('the database evaluated nothing', sql)) : right(done(answer))

const wire = (value: unknown): Wire =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint'
    ? value
    : showValue(value)

/** The insert of the first of its rows, as assignments. */
const ofOneRow = (insert: InsertNode): InsertNode => {
  const { source } = insert
  if (source._tag === 'Query') return insert
  const first = source._tag === 'Rows' ? source : { ...source, rows: source.rows.slice(0, 1) }
  return { ...insert, source: { _tag: 'Rows', rows: assignmentRows({ source: first }).slice(0, 1) } }
}

/** The text of a statement and, apart from it, its values: logs may show the one and not the other. Of many rows it shows one. */
const shownApart = (node: StatementNode, { holes }: Bindings): Pick<Statement, 'sql' | 'parameters' | 'secrets'> => {
  const parameters: Array<Wire> = []
  const secret: Array<number> = []
  const apart = (p: ParamNode): ParamNode => {
    const { kind } = p
    if (kind._tag === 'Ref') return p
    if (p.type.secretOf !== null) secret.push(parameters.length)
    parameters.push(wire(kind._tag === 'Value' ? kind.value : holes[kind.name]))
    return hole(kind._tag === 'Value' ? String(parameters.length) : kind.name, p.type, p.nullable)
  }
  const source = node._tag === 'Insert' ? node.source : null
  const more = source === null || source._tag === 'Query' ? 0 : Math.max(0, source.rows.length - 1)
  const sql = showStatement(withParams(apart)(node._tag === 'Insert' ? ofOneRow(node) : node))
  return {
    sql: more === 0 ? sql : `${sql} and ${more} more`,
    parameters,
    ...secretsIn(node, secret, parameters.length),
  }
}

/** A query or write, evaluated. */
export const evaluatedLoad = (node: StatementNode, bindings: Bindings): Load<Answer<unknown>> => {
  const shown = shownApart(node, bindings)
  const meaning = { _tag: 'Statement', node, holes: bindings.holes } as const
  return step(statement(shown.sql, { ...shown, tables: tableSetOf(node), meaning }), answered(shown.sql))
}

/** DDL, evaluated. */
export const evaluatedDdl = (ddl: DdlNode): Load<Answer<never>> =>
  step(statement(ddl._tag, { meaning: { _tag: 'Ddl', ddl } }), (reply) => {
    const next = answered(ddl._tag)(reply)
    return isLeft(next) ? next : right(done({ rows: [], affected: 0, keys: [] }))
  })

/**
 * Which rows an update or a delete is about, where it looks at other sources: a row is written where some combination of their
 * rows satisfies all criteria.
 */
import * as E from 'fp-ts/lib/Either.js'

import { freeIn, mentionedAlone, visitExpr } from '../expr/children.js'
import { type ExprNode, logic } from '../expr/node.js'
import { type DeleteNode, type JoinNode, noClauses, type UpdateNode } from '../expr/query-node.js'
import { targetOfWrite } from '../expr/write-parts.js'
import type { Result } from './eval-error.js'
import { holds } from './expression.js'
import { scopesOf } from './from.js'
import { bind, frameOf, type Run, type Scope } from './scope.js'
import { rowsOfInfo } from './tables.js'
import type { Row } from './value.js'

/** A row of the table, and where it meets the criteria: nowhere, where the write is not about it. */
export interface Met {
  readonly row: Row
  readonly scopes: ReadonlyArray<Scope>
}

/** The names of all sources that an expression mentions, in its queries too. */
export const namesIn = (node: ExprNode): ReadonlySet<string> => {
  const names = new Set<string>()
  const visit = (e: ExprNode): void => {
    if (e._tag === 'Column') names.add(e.of.name)
    else visitExpr(e, { expr: visit, query: (q) => freeIn(q).forEach((name) => names.add(name)) })
  }
  visit(node)
  return names
}

/** The sources joined to the table. A criterion that looks at a source behind its own is asked at the end. */
const joinsOf = (
  write: UpdateNode | DeleteNode,
): { readonly joins: ReadonlyArray<JoinNode>; readonly where: ExprNode | null } => {
  const names = write.using.map(({ source }) => source.name)
  const late: Array<ExprNode> = []
  const joins = write.using.map(({ source, on }, i): JoinNode => {
    const mentioned = on === null ? null : mentionedAlone(on)
    const isEarly = mentioned !== null && !names.slice(i + 1).some((name) => mentioned.has(name))
    if (on !== null && !isEarly) late.push(on)
    return { kind: 'inner', source, on: isEarly ? on : null, lateral: false }
  })
  return {
    joins,
    where: late.length === 0 ? write.where : logic('and', [...late, ...(write.where === null ? [] : [write.where])]),
  }
}

const combined = (run: Run, write: UpdateNode | DeleteNode): Result<ReadonlyMap<Row, ReadonlyArray<Scope>>> => {
  const target = targetOfWrite(write)
  const { joins, where } = joinsOf(write)
  const scopes = scopesOf(run, { ...noClauses, from: target, joins }, null)
  if (E.isLeft(scopes)) return scopes
  const met = new Map<Row, Array<Scope>>()
  for (const scope of scopes.right) {
    const held = holds({ run, scope, group: null }, where)
    if (E.isLeft(held)) return held
    const row = frameOf(scope, target.name)?.row ?? null
    if (!held.right || row === null) continue
    const known = met.get(row)
    if (known === undefined) met.set(row, [scope])
    else known.push(scope)
  }
  return E.right(met)
}

/** Each row of the table with the places where the write meets it. */
export const metRows = (run: Run, write: UpdateNode | DeleteNode): Result<ReadonlyArray<Met>> => {
  const target = targetOfWrite(write)
  const rows = rowsOfInfo(run.tables, target.table)
  if (write.using.length > 0) {
    const met = combined(run, write)
    return E.isLeft(met) ? met : E.right(rows.map((row) => ({ row, scopes: met.right.get(row) ?? [] })))
  }
  const all: Array<Met> = []
  for (const row of rows) {
    const scope = bind(target.name, row, null)
    const held = holds({ run, scope, group: null }, write.where)
    if (E.isLeft(held)) return held
    all.push({ row, scopes: held.right ? [scope] : [] })
  }
  return E.right(all)
}

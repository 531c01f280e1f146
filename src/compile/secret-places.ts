/**
 * What of a statement is secret: whether it has to do with secret columns, and which of its parameters are their values.
 */
import { paramsOf, visitExpr, visitStatement } from '../expr/children.js'
import type { ParamNode } from '../expr/node.js'
import { isWrite, type StatementNode } from '../expr/query-node.js'
import { columnsOfSource, type Source } from '../expr/source.js'
import type { SqlType } from '../expr/sql-type.js'
import type { Visitor } from '../expr/visitor.js'
import { sourcesOfWrite, targetOfWrite } from '../expr/write-parts.js'
import type { Slot } from './sql.js'
import type { Statement } from './statement.js'

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

const isSecret = (type: SqlType<unknown> | undefined): boolean => type !== undefined && type.secretOf !== null

/** How much of a statement is secret: of text of the user's own, nobody knows which of its parameters stand for what. */
type Extent = 'nothing' | 'some' | 'all'

/** Whether a statement sees or changes a table with a secret column, or has a secret value. */
const extentOf = (node: StatementNode, params: ReadonlyArray<ParamNode>): Extent => {
  let extent: Extent = params.some(({ type }) => isSecret(type)) ? 'some' : 'nothing'
  const found = (here: boolean, more: Extent): void => {
    if (here && extent !== 'all') extent = more
  }
  const source = (s: Source, more: Extent = 'some'): void => {
    found(
      columnsOfSource(s).some(({ type }) => isSecret(type)),
      more,
    )
    if (s._tag === 'TableSource' && s.table.view !== null) statement(s.table.view.query)
    if (s._tag === 'TextSource') statement(s.statement)
  }
  const statement = (s: StatementNode): void => {
    if (s._tag === 'Text') {
      for (const one of [...s.reads, ...s.writes]) source(one, 'all')
      found(s.columns?.some(({ type }) => isSecret(type)) === true, 'all')
    }
    if (s._tag === 'Select') for (const one of [s.from, ...s.joins.map((join) => join.source)]) source(one)
    if (isWrite(s) && s._tag !== 'Text') for (const one of [targetOfWrite(s), ...sourcesOfWrite(s)]) source(one)
    visitStatement(s, visitor)
  }
  const visitor: Visitor = {
    expr: (e) => {
      if (e._tag === 'Column') found(isSecret(e.type), 'some')
      else visitExpr(e, visitor)
    },
    query: statement,
  }
  statement(node)
  return extent
}

const isSecretSlot = ({ source }: Slot, params: ReadonlyArray<ParamNode>): boolean => {
  switch (source._tag) {
    case 'Param':
    case 'Element':
      return isSecret(params[source.index]?.type)
    case 'Rows':
      return source.indexes.some((index) => isSecret(params[index]?.type))
    // keys of rows, of which nobody says whether they are secret: that of a statement with secrets is taken for one
    case 'Keys':
      return true
  }
}

type Secrets = Pick<Statement, 'secrets'>

const none: Secrets = Object.freeze({})

// slots are those of a text that was compiled once, for statements of one shape: types are part of it
const known = new WeakMap<ReadonlyArray<Slot>, Secrets>()

/** What is secret of a statement whose secret parameters stand at these places, of so many parameters in all. */
export const secretsIn = (node: StatementNode, places: ReadonlyArray<number>, all: number): Secrets => {
  const extent = extentOf(node, paramsOf(node))
  if (extent === 'nothing') return none
  return { secrets: extent === 'all' ? Array.from({ length: all }, (_, i) => i) : places }
}

const made = (node: StatementNode, slots: ReadonlyArray<Slot>): Secrets => {
  const params = paramsOf(node)
  const extent = extentOf(node, params)
  if (extent === 'nothing') return none
  const sent = slots.filter((slot) => slot.unsent !== true)
  const places = sent.flatMap((slot, i) => (extent === 'all' || isSecretSlot(slot, params) ? [i] : []))
  return Object.freeze({ secrets: Object.freeze(places) })
}

/** What is secret of a statement whose parameters stand in these slots. */
export const secretsOf = (node: StatementNode, slots: ReadonlyArray<Slot>): Secrets => {
  const before = known.get(slots)
  if (before !== undefined) return before
  const secrets = made(node, slots)
  known.set(slots, secrets)
  return secrets
}

/** The same with so many columns of values for each row in front of what the slots are for, in so many rows. */
export const secretsAfter = ({ secrets }: Secrets, columns: ReadonlyArray<SqlType<unknown>>, rows: number): Secrets => {
  if (secrets === undefined) return none
  const places = columns.flatMap((type, i) => (isSecret(type) ? [i] : []))
  const all = Array.from({ length: rows }, (_, row) => places.map((i) => row * columns.length + i))
  return { secrets: [...all.flat(), ...secrets.map((i) => i + rows * columns.length)] }
}

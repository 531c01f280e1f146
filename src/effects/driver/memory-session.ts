/**
 * What one connection sees in memory: what all see, and before it the temporary tables that are its own.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import type { CreateTableAs, DdlNode } from '../../expr/ddl-node.js'
import { outputsOf } from '../../expr/outputs.js'
import type { InsertNode } from '../../expr/query-node.js'
import { tableIdentity } from '../../expr/schema.js'
import type { TableInfo } from '../../expr/source.js'
import { infoNamed, type Tables } from '../../interpret/tables.js'
import type { DbError } from '../error.js'
import { defined, problemOf } from './memory-ddl.js'
import { evaluated } from './memory-statement.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What is shared, and what is of one connection alone. */
export interface Session {
  readonly shared: Tables
  readonly own: Tables
}

type Outcome = E.Either<DbError, Session>

// -------------------------------------------------------------------------------------
// seeing
// -------------------------------------------------------------------------------------

const idsOf = ({ infos }: Tables): ReadonlySet<string> => new Set(infos.map(tableIdentity))

/** Of two maps by table: `first` where its ids say so, else `second`. */
const before = <A>(
  ids: ReadonlySet<string>,
  first: ReadonlyMap<string, A>,
  second: ReadonlyMap<string, A>,
): ReadonlyMap<string, A> =>
  new Map([...[...second].filter(([id]) => !ids.has(id)), ...[...first].filter(([id]) => ids.has(id))])

/** All that the connection sees. */
export const visible = ({ shared, own }: Session): Tables => {
  if (own.infos.length === 0) return shared
  const ids = idsOf(own)
  return Object.freeze({
    ...shared,
    infos: [...shared.infos.filter((info) => !ids.has(tableIdentity(info))), ...own.infos],
    rows: before(ids, own.rows, shared.rows),
    keys: before(ids, own.keys, shared.keys),
  })
}

/** What a query or a write left of all that the connection sees. */
export const afterwards = ({ shared, own }: Session, seen: Tables, after: Tables): Session => {
  if (after === seen) return { shared, own }
  if (own.infos.length === 0) return { shared: after, own }
  const ids = idsOf(own)
  const none = new Map()
  return {
    shared: Object.freeze({
      ...after,
      infos: shared.infos,
      rows: before(ids, shared.rows, after.rows),
      keys: before(ids, shared.keys, after.keys),
    }),
    own: Object.freeze({ ...own, rows: before(ids, after.rows, none), keys: before(ids, after.keys, none) }),
  }
}

// -------------------------------------------------------------------------------------
// DDL
// -------------------------------------------------------------------------------------

/** The insert of a query's rows. */
const filling = ({ table, query }: CreateTableAs): InsertNode => ({
  _tag: 'Insert',
  into: { _tag: 'TableSource', name: table.name, table, computed: [] },
  source: { _tag: 'Query', query, columns: outputsOf(query).map((o) => o.key), defaults: [] },
  conflict: null,
  returning: null,
})

/** A table of a query's rows: made where it is to be, and filled with what the connection sees. */
const createdAs = (session: Session, ddl: CreateTableAs, now: string): Outcome => {
  const [place, other] = ddl.temporary
    ? ([session.own, session.shared] as const)
    : ([session.shared, session.own] as const)
  if (ddl.ifNotExists && infoNamed(place, ddl.table) !== undefined) return E.right(session)
  const problem = problemOf(ddl)
  if (problem !== null) return E.left(problem)
  return pipe(
    defined(place, { ...ddl, _tag: 'CreateTable' }, now),
    E.chain((made) => {
      const both: Session = ddl.temporary ? { shared: other, own: made } : { shared: made, own: other }
      const seen = visible(both)
      const insert = { _tag: 'Statement', node: filling(ddl), holes: {} } as const
      return pipe(
        evaluated(insert, 'CREATE TABLE AS', seen, now),
        E.map(({ tables }) => afterwards(both, seen, tables)),
      )
    }),
  )
}

/** The one table that DDL changes or drops; null where it is about none, or makes it. */
const changedBy = (ddl: DdlNode): TableInfo | null => {
  switch (ddl._tag) {
    case 'AlterTable':
    case 'CreateIndex':
    case 'DropIndex':
    case 'DropTable':
      return ddl.table
    case 'CreateAll':
    case 'DropAll':
    case 'CreateTable':
    case 'CreateTableAs':
    case 'CreateView':
    case 'DropView':
    case 'RefreshView':
    case 'CreateSequence':
    case 'DropSequence':
    case 'CreateSchema':
    case 'DropSchema':
      return null
  }
}

/** What a piece of DDL leaves, at an instant. */
export const definedIn = (session: Session, ddl: DdlNode, now: string): Outcome => {
  if (ddl._tag === 'CreateTableAs') return createdAs(session, ddl, now)
  const { shared, own } = session
  const changed = changedBy(ddl)
  const isOwn =
    (ddl._tag === 'CreateTable' && ddl.temporary) || (changed !== null && infoNamed(own, changed) !== undefined)
  return isOwn
    ? pipe(
        defined(own, ddl, now),
        E.map((made) => ({ shared, own: made })),
      )
    : pipe(
        defined(shared, ddl, now),
        E.map((made) => ({ shared: made, own })),
      )
}

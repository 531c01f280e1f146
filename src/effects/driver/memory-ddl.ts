/**
 * DDL in memory: which tables there are, with the constraints that their writes keep.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import { unsupported } from '../../compile/compile-error.js'
import type { DdlNode } from '../../expr/ddl-node.js'
import { tableIdentity } from '../../expr/schema.js'
import type { TableInfo } from '../../expr/source.js'
import { checkTables } from '../../interpret/check-tables.js'
import type { Tables } from '../../interpret/tables.js'
import { dbError, fromCompileError } from '../error-make.js'
import type { DbError } from '../error.js'
import { fromEvaluation } from './memory-error.js'

type Outcome = E.Either<DbError, Tables>

const isThere = ({ infos }: Tables, info: Pick<TableInfo, 'schema' | 'name'>): boolean =>
  infos.some((known) => tableIdentity(known) === tableIdentity(info))

const refused = (statement: string, message: string): DbError =>
  dbError('Sql', { message, statement, cause: null, sqlState: null, errno: null })

const withInfos = (tables: Tables, infos: ReadonlyArray<TableInfo>): Tables => Object.freeze({ ...tables, infos })

/** The tables without these, and without what they hold. A table that stays may not refer to one that goes. */
const without = (tables: Tables, gone: ReadonlyArray<Pick<TableInfo, 'schema' | 'name'>>): Outcome => {
  const ids = new Set(gone.map(tableIdentity))
  const kept = <A>(all: ReadonlyMap<string, A>): ReadonlyMap<string, A> =>
    new Map([...all].filter(([id]) => !ids.has(id)))
  const infos = tables.infos.filter((info) => !ids.has(tableIdentity(info)))
  const after: Tables = Object.freeze({ ...tables, infos, rows: kept(tables.rows), keys: kept(tables.keys) })
  return pipe(
    checkTables(tables, after),
    E.bimap(fromEvaluation('DROP TABLE'), () => after),
  )
}

/** A table with another description, whose rows agree with it. */
const described = (tables: Tables, info: TableInfo, statement: string): Outcome => {
  const after = withInfos(
    tables,
    tables.infos.map((known) => (tableIdentity(known) === tableIdentity(info) ? info : known)),
  )
  return pipe(
    checkTables(tables, after),
    E.bimap(fromEvaluation(statement), () => after),
  )
}

const absent = (statement: string, info: Pick<TableInfo, 'name'>): Outcome =>
  E.left(refused(statement, `there is no table "${info.name}"`))

/** The tables after a piece of DDL. Sequences and schemas need no making here. */
export const defined = (tables: Tables, ddl: DdlNode): Outcome => {
  switch (ddl._tag) {
    case 'CreateAll':
      return E.right(
        withInfos(tables, [
          ...tables.infos,
          ...ddl.tables.filter((info) => info.view === null && !isThere(tables, info)),
        ]),
      )
    case 'DropAll':
      return without(tables, ddl.tables)
    case 'CreateTable':
      if (!isThere(tables, ddl.table)) return E.right(withInfos(tables, [...tables.infos, ddl.table]))
      return ddl.ifNotExists
        ? E.right(tables)
        : E.left(refused('CREATE TABLE', `there is a table "${ddl.table.name}" already`))
    case 'DropTable':
      if (isThere(tables, ddl.table)) return without(tables, [ddl.table])
      return ddl.ifExists ? E.right(tables) : absent('DROP TABLE', ddl.table)
    case 'CreateIndex': {
      const info = tables.infos.find((known) => tableIdentity(known) === tableIdentity(ddl.table))
      return info === undefined
        ? absent('CREATE INDEX', ddl.table)
        : described(tables, Object.freeze({ ...info, indexes: [...info.indexes, ddl.index] }), 'CREATE INDEX')
    }
    case 'DropIndex': {
      const info = tables.infos.find((known) => tableIdentity(known) === tableIdentity(ddl.table))
      return info === undefined
        ? absent('DROP INDEX', ddl.table)
        : E.right(
            withInfos(
              tables,
              tables.infos.map((known) =>
                known === info ? { ...info, indexes: info.indexes.filter((i) => i.name !== ddl.name) } : known,
              ),
            ),
          )
    }
    case 'CreateView':
    case 'DropView':
    case 'CreateSequence':
    case 'DropSequence':
    case 'CreateSchema':
    case 'DropSchema':
      return E.right(tables)
    case 'RefreshView':
    case 'CreateTableAs':
    case 'AlterTable':
      return E.left(
        fromCompileError(unsupported('memory', ddl._tag, 'give the Database the tables as they are afterwards')),
      )
  }
}

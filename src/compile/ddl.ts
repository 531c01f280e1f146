/**
 * DDL as statements: which file says what.
 */
import { type Either, map, right } from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import type { AlterTable } from '../expr/alter-table.js'
import type { Ddl, DdlNode } from '../expr/ddl-node.js'
import type { CompileError } from './compile-error.js'
import { alterTable, type DdlPlan } from './ddl-alter.js'
import { createAllSteps, dropAllSteps } from './ddl-all.js'
import { createIndex, dropIndex } from './ddl-index.js'
import { createSchema, createSequence, dropSchema, dropSequence } from './ddl-sequence.js'
import type { DdlStep } from './ddl-step.js'
import { createTable, dropTable } from './ddl-table.js'
import { createTableAs } from './ddl-table-as.js'
import { createView, dropView, refreshView } from './ddl-view.js'
import type { Dialect } from './dialect.js'

const stepsOf = (dialect: Dialect, ddl: Exclude<DdlNode, AlterTable>): Either<CompileError, ReadonlyArray<DdlStep>> => {
  switch (ddl._tag) {
    case 'CreateAll':
      return createAllSteps(dialect, ddl)
    case 'DropAll':
      return dropAllSteps(dialect, ddl)
    case 'CreateView':
      return createView(dialect, ddl)
    case 'DropView':
      return dropView(dialect, ddl)
    case 'RefreshView':
      return refreshView(dialect, ddl)
    case 'CreateSequence':
      return createSequence(dialect, ddl)
    case 'DropSequence':
      return dropSequence(dialect, ddl)
    case 'CreateSchema':
      return createSchema(dialect, ddl)
    case 'DropSchema':
      return dropSchema(dialect, ddl)
    case 'CreateTable':
      return createTable(dialect, ddl)
    case 'DropTable':
      return right(dropTable(dialect, ddl))
    case 'CreateTableAs':
      return createTableAs(dialect, ddl)
    case 'CreateIndex':
      return createIndex(dialect, ddl)
    case 'DropIndex':
      return dropIndex(dialect, ddl)
  }
}

/** The statements of a DDL value in their order. */
export const ddlPlan = (dialect: Dialect, ddl: Ddl): Either<CompileError, DdlPlan> =>
  ddl._tag === 'AlterTable'
    ? alterTable(dialect, ddl)
    : pipe(
        stepsOf(dialect, ddl),
        map((steps) => ({ steps, rebuilds: false })),
      )

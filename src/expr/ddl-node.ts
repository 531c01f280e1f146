/**
 * DDL as data: what there is to make, to change and to drop in a database.
 */
import type { AlterTable } from './alter-table.js'
import type { QueryNode } from './query-node.js'
import type { NamingConvention } from './schema.js'
import type { SequenceInfo } from './sequence.js'
import type { IndexInfo, TableInfo } from './source.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

const brand: unique symbol = Symbol('relvar/ddl')

/** All tables of a schema, its views after them. */
export interface CreateAll {
  readonly _tag: 'CreateAll'
  readonly tables: ReadonlyArray<TableInfo>
  readonly naming: NamingConvention
}

export interface DropAll {
  readonly _tag: 'DropAll'
  readonly tables: ReadonlyArray<TableInfo>
  readonly naming: NamingConvention
}

export interface CreateTable {
  readonly _tag: 'CreateTable'
  readonly table: TableInfo
  readonly naming: NamingConvention
  readonly ifNotExists: boolean
  /** Whether it is of one connection alone, and gone with it. */
  readonly temporary: boolean
}

export interface DropTable {
  readonly _tag: 'DropTable'
  readonly table: TableInfo
  readonly ifExists: boolean
}

/** A table made of the rows of a query. */
export interface CreateTableAs {
  readonly _tag: 'CreateTableAs'
  readonly table: TableInfo
  readonly query: QueryNode
  readonly naming: NamingConvention
  readonly ifNotExists: boolean
  readonly temporary: boolean
}

export interface CreateIndex {
  readonly _tag: 'CreateIndex'
  readonly table: TableInfo
  readonly index: IndexInfo
  readonly naming: NamingConvention
  readonly ifNotExists: boolean
}

export interface DropIndex {
  readonly _tag: 'DropIndex'
  readonly table: TableInfo
  readonly name: string
  readonly ifExists: boolean
}

export interface CreateView {
  readonly _tag: 'CreateView'
  readonly view: TableInfo
  readonly orReplace: boolean
}

export interface DropView {
  readonly _tag: 'DropView'
  readonly view: TableInfo
  readonly ifExists: boolean
}

/** The rows of a materialised view are asked for again. */
export interface RefreshView {
  readonly _tag: 'RefreshView'
  readonly view: TableInfo
}

export interface CreateSequence {
  readonly _tag: 'CreateSequence'
  readonly sequence: SequenceInfo
  readonly ifNotExists: boolean
}

export interface DropSequence {
  readonly _tag: 'DropSequence'
  readonly sequence: SequenceInfo
  readonly ifExists: boolean
}

/** A schema of the database (a database, on MySQL and MariaDB). */
export interface CreateSchema {
  readonly _tag: 'CreateSchema'
  readonly name: string
  readonly ifNotExists: boolean
}

export interface DropSchema {
  readonly _tag: 'DropSchema'
  readonly name: string
  readonly ifExists: boolean
  /** Whether what is in it goes, too; without it a schema that holds something stays. */
  readonly cascade: boolean
}

export type DdlNode =
  | CreateAll
  | DropAll
  | CreateTable
  | DropTable
  | CreateTableAs
  | CreateIndex
  | DropIndex
  | CreateView
  | DropView
  | RefreshView
  | CreateSequence
  | DropSequence
  | CreateSchema
  | DropSchema
  | AlterTable

/** Statements that make, change or drop, as a value; `Db.execute` runs it. */
export type Ddl = DdlNode & { readonly [brand]: true }

/** Whether `u` is DDL that relvar made. */
export const isDdl = (u: unknown): u is Ddl => typeof u === 'object' && u !== null && brand in u

/** A node with the mark that relvar made it. */
export const ddl = (node: DdlNode): Ddl => Object.freeze({ ...node, [brand]: true as const })

/** `ifNotExists`: nothing is done where it is there already. */
export interface IfNotExists {
  readonly ifNotExists?: boolean
}

/** `ifExists`: nothing is done where it is not there. */
export interface IfExists {
  readonly ifExists?: boolean
}

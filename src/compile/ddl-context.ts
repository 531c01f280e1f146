/**
 * What the parts of one DDL value share while it is written: the dialect, the tables that it is about, names, what went wrong.
 */
import { type Either, left, right } from 'fp-ts/lib/Either.js'

import { type NamingConvention, tableIdentity } from '../expr/schema.js'
import type { ColumnInfo, TableInfo } from '../expr/source.js'
import { type CompileError, illFormed } from './compile-error.js'
import { type Names, namesOf } from './ddl-names.js'
import type { Dialect } from './dialect.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** One DDL value under way. `errors` grows while it is written; nothing outside the compiler sees it. */
export interface DdlContext {
  readonly dialect: Dialect
  readonly tables: ReadonlyMap<string, TableInfo>
  readonly names: Names
  readonly errors: Array<CompileError>
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** `tables` in the order of definition: what a name is does not depend on who refers to whom. */
export const makeDdlContext = (
  dialect: Dialect,
  tables: ReadonlyArray<TableInfo>,
  naming: NamingConvention,
): DdlContext => {
  const errors: Array<CompileError> = []
  return {
    dialect,
    tables: new Map(tables.map((t) => [tableIdentity(t), t])),
    names: namesOf(tables, naming, (problem) => errors.push(illFormed(problem))),
    errors,
  }
}

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/** What was written, unless something went wrong. */
export const written = <A>({ errors }: DdlContext, made: A): Either<CompileError, A> => {
  const [first] = errors
  return first === undefined ? right(made) : left(first)
}

/** Remembers what went wrong. */
export const refuse = ({ errors }: DdlContext, problem: CompileError | null): void => {
  if (problem !== null) errors.push(problem)
}

/** A column of the table by its key; one that is not there goes by its key. */
export const columnAt = (table: TableInfo, key: string): ColumnInfo | null =>
  table.columns.find((c) => c.key === key) ?? null

/** What the columns of these keys are called in the database. */
export const namesAt = (table: TableInfo, keys: ReadonlyArray<string>): ReadonlyArray<string> =>
  keys.map((key) => columnAt(table, key)?.name ?? key)

/** Names of columns between parentheses. */
export const listed = ({ quote }: Dialect, names: ReadonlyArray<string>): string => `(${names.map(quote).join(', ')})`

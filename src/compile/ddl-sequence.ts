/**
 * Sequences and schemas of the database: made and dropped where the engine has them.
 */
import { type Either, left, right } from 'fp-ts/lib/Either.js'

import { visitExpr } from '../expr/children.js'
import type { Visitor } from '../expr/visitor.js'
import type { CreateSchema, CreateSequence, DropSchema, DropSequence } from '../expr/ddl-node.js'
import { tableIdentity } from '../expr/schema.js'
import { type SequenceInfo, sequenceOfWords } from '../expr/sequence.js'
import type { TableInfo } from '../expr/source.js'
import { type CompileError, illFormed, unsupported } from './compile-error.js'
import { always, ask, type DdlStep } from './ddl-step.js'
import type { Dialect } from './dialect.js'
import { invalidValue } from './load-error.js'
import { tableSql } from './source.js'

// -------------------------------------------------------------------------------------
// sequences
// -------------------------------------------------------------------------------------

const sequenceProblem = (dialect: Dialect, { name }: SequenceInfo): CompileError | null =>
  dialect.name === 'postgres' || dialect.name === 'mariadb'
    ? null
    : unsupported(dialect.name, `have a sequence ("${name}")`, 'use autoIncrement, or a table that counts')

const isWhole = (n: unknown): n is bigint | number => typeof n === 'bigint' || Number.isSafeInteger(n)

/** How a sequence counts, in the words of PostgreSQL and MariaDB alike; null where it is told what is no whole number. */
export const countingSql = (counting: SequenceInfo['counting']): string | null => {
  const { start, increment, min, max, cycle } = counting
  const parts = [
    { word: ' START WITH ', n: start },
    { word: ' INCREMENT BY ', n: increment },
    { word: ' MINVALUE ', n: min },
    { word: ' MAXVALUE ', n: max },
  ].filter(({ n }) => n !== undefined)
  return parts.every(({ n }) => isWhole(n))
    ? parts.map(({ word, n }) => word + String(n)).join('') + (cycle === true ? ' CYCLE' : '')
    : null
}

export const createSequence = (
  dialect: Dialect,
  { sequence, ifNotExists }: Omit<CreateSequence, '_tag'>,
): Either<CompileError, ReadonlyArray<DdlStep>> => {
  const problem = sequenceProblem(dialect, sequence)
  if (problem !== null) return left(problem)
  const counting = countingSql(sequence.counting)
  if (counting === null) return left(illFormed(`the sequence "${sequence.name}" counts in whole numbers`))
  // InnoDB is what a table of a schema is, and MariaDB keeps a sequence in a table.
  const engine = dialect.name === 'mariadb' ? ' ENGINE = InnoDB' : ''
  const absent = ifNotExists ? 'IF NOT EXISTS ' : ''
  return right([always(`CREATE SEQUENCE ${absent}${tableSql(dialect, sequence)}${counting}${engine}`)])
}

export const dropSequence = (
  dialect: Dialect,
  { sequence, ifExists }: Omit<DropSequence, '_tag'>,
): Either<CompileError, ReadonlyArray<DdlStep>> => {
  const problem = sequenceProblem(dialect, sequence)
  return problem === null
    ? right([always(`DROP SEQUENCE ${ifExists ? 'IF EXISTS ' : ''}${tableSql(dialect, sequence)}`)])
    : left(problem)
}

/** The sequences that the columns of tables take their values from, each once. */
export const sequencesOf = (tables: ReadonlyArray<TableInfo>): ReadonlyArray<SequenceInfo> => {
  const found = new Map<string, SequenceInfo>()
  const visitor: Visitor = {
    expr: (e) => {
      const sequence = e._tag === 'Call' && e.name === 'nextValue' ? sequenceOfWords(e.words) : null
      if (sequence !== null) found.set(tableIdentity(sequence), sequence)
      visitExpr(e, visitor)
    },
    query: () => undefined,
  }
  for (const table of tables)
    for (const { serverDefault } of table.columns) if (serverDefault !== null) visitor.expr(serverDefault)
  return [...found.values()]
}

// -------------------------------------------------------------------------------------
// schemas
// -------------------------------------------------------------------------------------

const noSchemas = (dialect: Dialect, what: string): CompileError =>
  unsupported(dialect.name, what, 'attach a file with ATTACH DATABASE: tableIn(its name) has the tables in it')

/** MySQL and MariaDB call a schema a database. */
export const createSchema = (
  dialect: Dialect,
  { name, ifNotExists }: CreateSchema,
): Either<CompileError, ReadonlyArray<DdlStep>> =>
  dialect.name === 'sqlite'
    ? left(noSchemas(dialect, `make a schema ("${name}")`))
    : right([always(`CREATE SCHEMA ${ifNotExists ? 'IF NOT EXISTS ' : ''}${dialect.quote(name)}`)])

/** MySQL and MariaDB drop a database with all that is in it: without `cascade` it is looked at first. */
export const dropSchema = (
  dialect: Dialect,
  { name, ifExists, cascade }: DropSchema,
): Either<CompileError, ReadonlyArray<DdlStep>> => {
  if (dialect.name === 'sqlite') return left(noSchemas(dialect, `drop a schema ("${name}")`))
  const drop = `DROP SCHEMA ${ifExists ? 'IF EXISTS ' : ''}${dialect.quote(name)}`
  if (dialect.name === 'postgres') return right([always(cascade ? `${drop} CASCADE` : drop)])
  if (cascade) return right([always(drop)])
  const holds =
    'SELECT 1 FROM information_schema.tables WHERE table_schema = ? UNION ALL ' +
    'SELECT 1 FROM information_schema.routines WHERE routine_schema = ? LIMIT 1'
  return right([
    ask(holds, [name, name], (rows) =>
      rows.length === 0
        ? right([always(drop)])
        : left(invalidValue(`schema "${name}"`, 'it is not empty: `cascade` drops what is in it')),
    ),
  ])
}

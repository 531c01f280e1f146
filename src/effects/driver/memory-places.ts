/**
 * Schemas and sequences in memory: made and dropped by name.
 */
import * as E from 'fp-ts/lib/Either.js'

import { sequencesOf } from '../../compile/ddl-sequence.js'
import type { DropSchema } from '../../expr/ddl-node.js'
import { tableIdentity } from '../../expr/schema.js'
import type { SequenceInfo } from '../../expr/sequence.js'
import type { TableInfo } from '../../expr/source.js'
import type { Tables } from '../../interpret/tables.js'
import type { DbError } from '../error.js'
import { refused } from './memory-error.js'

type Outcome = E.Either<DbError, Tables>

const noSequences: ReadonlyMap<string, SequenceInfo> = new Map()
const noNumbers: ReadonlyMap<string, bigint> = new Map()
const noSchemas: ReadonlySet<string> = new Set()

// -------------------------------------------------------------------------------------
// schemas
// -------------------------------------------------------------------------------------

/** What is wrong with making something in a schema, or null: the schema that is meant without a name is always there. */
export const schemaThere = ({ schemas }: Tables, name: string | null, statement: string): DbError | null =>
  name === null || (schemas ?? noSchemas).has(name) ? null : refused(statement, `there is no schema "${name}"`)

export const madeSchema = (tables: Tables, name: string, ifNotExists: boolean): Outcome => {
  const schemas = tables.schemas ?? noSchemas
  if (!schemas.has(name)) return E.right(Object.freeze({ ...tables, schemas: new Set([...schemas, name]) }))
  return ifNotExists ? E.right(tables) : E.left(refused('CREATE SCHEMA', `there is a schema "${name}" already`))
}

/** The tables without a schema, which is empty, or goes with all that is in it. */
export const withoutSchema = (
  tables: Tables,
  { name, ifExists, cascade }: DropSchema,
  without: (gone: ReadonlyArray<TableInfo>) => Outcome,
): Outcome => {
  const schemas = tables.schemas ?? noSchemas
  if (!schemas.has(name))
    return ifExists ? E.right(tables) : E.left(refused('DROP SCHEMA', `there is no schema "${name}"`))
  const inside = tables.infos.filter((info) => info.schema === name)
  const counting = [...(tables.counting ?? noSequences)]
  const own = counting.filter(([, sequence]) => sequence.schema === name)
  if (!cascade && inside.length + own.length > 0)
    return E.left(refused('DROP SCHEMA', `the schema "${name}" is not empty: \`cascade\` drops what is in it`))
  const left = without(inside)
  if (E.isLeft(left)) return left
  const emptied = own.reduce((after: Tables, [id]) => withoutNumbers(after, id), left.right)
  return E.right(Object.freeze({ ...emptied, schemas: new Set([...schemas].filter((other) => other !== name)) }))
}

// -------------------------------------------------------------------------------------
// sequences
// -------------------------------------------------------------------------------------

const withSequence = (tables: Tables, sequence: SequenceInfo): Tables =>
  Object.freeze({
    ...tables,
    counting: new Map(tables.counting ?? noSequences).set(tableIdentity(sequence), sequence),
  })

const withoutNumbers = (tables: Tables, id: string): Tables =>
  Object.freeze({
    ...tables,
    counting: new Map([...(tables.counting ?? noSequences)].filter(([own]) => own !== id)),
    sequences: new Map([...(tables.sequences ?? noNumbers)].filter(([own]) => own !== id)),
  })

export const madeSequence = (tables: Tables, sequence: SequenceInfo, ifNotExists: boolean): Outcome => {
  if (tables.counting?.has(tableIdentity(sequence)) === true)
    return ifNotExists ? E.right(tables) : E.left(refused('CREATE SEQUENCE', `there is "${sequence.name}" already`))
  const homeless = schemaThere(tables, sequence.schema, 'CREATE SEQUENCE')
  return homeless === null ? E.right(withSequence(tables, sequence)) : E.left(homeless)
}

export const withoutSequence = (tables: Tables, sequence: SequenceInfo, ifExists: boolean): Outcome => {
  const id = tableIdentity(sequence)
  if (tables.counting?.has(id) !== true)
    return ifExists ? E.right(tables) : E.left(refused('DROP SEQUENCE', `there is no sequence "${sequence.name}"`))
  const user = tables.infos.find((info) => sequencesOf([info]).some((own) => tableIdentity(own) === id))
  return user === undefined
    ? E.right(withoutNumbers(tables, id))
    : E.left(refused('DROP SEQUENCE', `"${user.name}" takes its values from "${sequence.name}"`))
}

/** The sequences that tables take their values from, and that are not there. */
export const absentSequences = (tables: Tables, infos: ReadonlyArray<TableInfo>): ReadonlyArray<SequenceInfo> =>
  sequencesOf(infos).filter((sequence) => tables.counting?.has(tableIdentity(sequence)) !== true)

/** The tables with the sequences that these take their values from. */
export const withSequences = (tables: Tables, infos: ReadonlyArray<TableInfo>): Tables =>
  absentSequences(tables, infos).reduce(withSequence, tables)

/** The tables without the sequences that these took their values from. */
export const withoutSequences = (tables: Tables, infos: ReadonlyArray<TableInfo>): Tables =>
  sequencesOf(infos)
    .map(tableIdentity)
    .filter((id) => tables.counting?.has(id) === true)
    .reduce(withoutNumbers, tables)

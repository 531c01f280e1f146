/**
 * A statement compiled once for its shape: text, slots, reader. A run brings parameters, and gives a Load.
 */
import { type Either, isLeft, left, right } from 'fp-ts/lib/Either.js'

import { paramsOf } from '../expr/children.js'
import type { IncludeNode, SelectNode, StatementNode } from '../expr/query-node.js'
import { bind, type Bindings } from './bind.js'
import { bad, type Decode } from './decode.js'
import type { Dialect } from './dialect.js'
import { done, type Load, step } from './load.js'
import { corruptReply, decodeFailure, type LoadError, multipleRows, noRows } from './load-error.js'
import { keyWires } from './outer-keys.js'
import type { ReadRows } from './rows.js'
import { secretsOf } from './secret-places.js'
import { textOf } from './unprepared.js'
import type { Encode, Slot } from './sql.js'
import type { RawRow, Reply, Statement, TableSet, Wire } from './statement.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** One outer column that a relation needs: where it stands in the outer rows, and how it goes on to the next statement. */
export interface KeyColumn {
  readonly at: number
  readonly decode: Decode
  readonly encode: Encode
  readonly bigint: boolean
  readonly place: string
}

/** An include compiled: the statement that loads its rows for all outer rows at once. */
export interface ChildTemplate {
  readonly key: string
  readonly cardinality: 'many' | 'one' | 'optional'
  readonly template: Template
  readonly columns: ReadonlyArray<KeyColumn>
  readonly firstOrdinal: 0 | 1
  /** Where the child's rows tell which key they belong to. */
  readonly ordinalAt: number
  /** The outputs of the outer row of which one is null where a related source is absent. */
  readonly presentAt: ReadonlyArray<number>
}

/** A read compiled. */
export interface Template {
  readonly text: string
  readonly slots: ReadonlyArray<Slot>
  readonly read: ReadRows
  readonly bigints: boolean
  readonly tables: TableSet
  /** What was said in other words than the query's own, and why. */
  readonly notes: ReadonlyArray<string>
  /** Whether rows with a name stand in front of it or of a child: then one name must be one query. */
  readonly named: boolean
  readonly children: ReadonlyArray<ChildTemplate>
}

/** Rows and the raw rows they came from, which hold the hidden outputs. */
export interface Loaded {
  readonly rows: ReadonlyArray<unknown>
  readonly raw: ReadonlyArray<RawRow>
}

// -------------------------------------------------------------------------------------
// running
// -------------------------------------------------------------------------------------

/** The statement of a template for one run. */
export const statementOf = (
  dialect: Dialect,
  template: Template,
  node: StatementNode,
  parameters: ReadonlyArray<Wire>,
): Statement => {
  const statement: Statement = {
    sql: template.text,
    parameters,
    text: textOf(dialect, node, template.slots),
    returnsRows: true,
    bigints: template.bigints,
    tables: template.tables,
  }
  const { secrets } = secretsOf(node, template.slots)
  // (most have none, and an object that is spread costs more than the statement's look-up)
  return secrets === undefined ? statement : { ...statement, secrets }
}

/** The Load of a template: its statement, then those of its includes. `node` has the shape that was compiled. */
export const run = (
  dialect: Dialect,
  template: Template,
  node: StatementNode,
  bindings: Bindings,
  keys: ReadonlyArray<Wire>,
): Either<LoadError, Load<Loaded>> => {
  const parameters = bind(template.slots, template.slots.length === 0 ? [] : paramsOf(node), bindings, keys)
  if (isLeft(parameters)) return parameters
  return right(
    step(statementOf(dialect, template, node, parameters.right), (reply) => {
      const rows = template.read(reply.rows, template.text)
      if (isLeft(rows)) return rows
      const loaded = { rows: rows.right, raw: reply.rows }
      return template.children.length === 0 || node._tag !== 'Select'
        ? right(done(loaded))
        : withChildren(dialect, template, node, bindings, loaded, 0)
    }),
  )
}

/** Loads one include after the other; each is one statement for all rows. */
const withChildren = (
  dialect: Dialect,
  template: Template,
  node: SelectNode,
  bindings: Bindings,
  loaded: Loaded,
  at: number,
): Either<LoadError, Load<Loaded>> => {
  const child = template.children[at]
  const include = node.includes[at]
  if (child === undefined || include === undefined) return right(done(loaded))
  const next = (): Either<LoadError, Load<Loaded>> => withChildren(dialect, template, node, bindings, loaded, at + 1)
  return childLoad(dialect, template, child, include, bindings, loaded, next)
}

const childLoad = (
  dialect: Dialect,
  template: Template,
  child: ChildTemplate,
  include: IncludeNode,
  bindings: Bindings,
  loaded: Loaded,
  next: () => Either<LoadError, Load<Loaded>>,
): Either<LoadError, Load<Loaded>> => {
  const keyed = keysOf(child, loaded, template.text)
  if (isLeft(keyed)) return keyed
  const { keys, ordinals } = keyed.right
  const attachTo = (children: Loaded): Either<LoadError, Load<Loaded>> => {
    const attached = attach(child, loaded, ordinals, grouped(child, keys.length, children))
    return isLeft(attached) ? attached : next()
  }
  if (keys.length === 0) return attachTo({ rows: [], raw: [] })
  const load = run(
    dialect,
    child.template,
    include.relation.query,
    bindings,
    keyWires(dialect, child.columns.length, keys),
  )
  return isLeft(load) ? load : andThen(load.right, attachTo)
}

const andThen = (
  load: Load<Loaded>,
  f: (loaded: Loaded) => Either<LoadError, Load<Loaded>>,
): Either<LoadError, Load<Loaded>> =>
  load._tag === 'Done'
    ? f(load.value)
    : right(
        step(load.statement, (reply: Reply) => {
          const rest = load.next(reply)
          return isLeft(rest) ? rest : andThen(rest.right, f)
        }),
      )

interface Keyed {
  /** Each key once. */
  readonly keys: ReadonlyArray<ReadonlyArray<Wire>>
  /** For each outer row the position of its key; -1 where the related source, or the row as a whole, is absent. */
  readonly ordinals: ReadonlyArray<number>
}

const keysOf = (child: ChildTemplate, { rows, raw }: Loaded, statement: string): Either<LoadError, Keyed> => {
  const keys: Array<ReadonlyArray<Wire>> = []
  const known = new Map<string, number>()
  const ordinals: Array<number> = []
  for (const [i, row] of raw.entries()) {
    // A row that is absent as a whole relates to nothing.
    if (rows[i] === null || child.presentAt.some((at) => (row[at] ?? null) === null)) {
      ordinals.push(-1)
      continue
    }
    const key: Array<Wire> = []
    for (const column of child.columns) {
      const value = row[column.at] ?? null
      const decoded = value === null ? null : column.decode(value)
      const wire = decoded === null ? null : column.encode(decoded)
      if (decoded === bad || (typeof wire === 'object' && wire !== null && '_tag' in wire))
        return left(decodeFailure(column.place, i, 'the key of the outer row is not what the schema says', statement))
      key.push(wire)
    }
    const id =
      key.length === 1 ? `${typeof key[0]}:${String(key[0])}` : JSON.stringify(key.map((w) => [typeof w, String(w)]))
    const before = known.get(id)
    ordinals.push(before ?? keys.length)
    if (before === undefined) {
      known.set(id, keys.length)
      keys.push(key)
    }
  }
  return right({ keys, ordinals })
}

/** The child's rows by the key that they belong to, in the order in which they came. */
const grouped = (child: ChildTemplate, count: number, children: Loaded): ReadonlyArray<ReadonlyArray<unknown>> => {
  const groups: Array<Array<unknown>> = Array.from({ length: count }, () => [])
  children.raw.forEach((raw, i) => {
    groups[Number(raw[child.ordinalAt]) - child.firstOrdinal]?.push(children.rows[i])
  })
  return groups
}

/** Puts the related rows into the outer rows, which nobody else has seen yet. */
const attach = (
  child: ChildTemplate,
  loaded: Loaded,
  ordinals: ReadonlyArray<number>,
  groups: ReadonlyArray<ReadonlyArray<unknown>>,
): Either<LoadError, null> => {
  const text = child.template.text
  for (const [i, row] of loaded.rows.entries()) {
    if (typeof row !== 'object' || row === null) continue
    const ordinal = ordinals[i] ?? -1
    const rows = ordinal < 0 ? [] : groups[ordinal]
    if (rows === undefined) return left(corruptReply('the engine gave a row for a key that was not asked for', text))
    if (child.cardinality !== 'many' && rows.length > 1)
      return left(multipleRows(`"${child.key}" relates to one row at most, and there are ${rows.length}`, text))
    if (child.cardinality === 'one' && rows.length === 0 && ordinal >= 0)
      return left(noRows(`"${child.key}" relates to exactly one row, and there is none`, text))
    const value = child.cardinality === 'many' ? rows : (rows[0] ?? null)
    Object.defineProperty(row, child.key, { value, enumerable: true, writable: true, configurable: true })
  }
  return right(null)
}

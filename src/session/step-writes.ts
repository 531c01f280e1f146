/**
 * From a step of a plan to the statements that do it, once the keys that flow into it are known.
 */
import type { Dialect } from '../compile/dialect.js'
import { sourceOfRows } from '../expr/insert-rows.js'
import * as node from '../expr/node.js'
import type { ExprNode } from '../expr/node.js'
import type { Assignment, ProjectionNode, StatementNode } from '../expr/query-node.js'
import type { ColumnInfo } from '../expr/source.js'
import type { TableEntry } from './catalog.js'
import { type Fields, fieldOf, sameValue } from './identity.js'
import type { FlushStep, KeyFlow } from './plan.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** One row of a step with all values that are known now. */
export interface ReadyRow {
  readonly key: Fields
  readonly values: Fields
}

/** A statement, and the rows that it writes. */
export interface StepWrite {
  readonly statement: StatementNode
  readonly rows: ReadonlyArray<ReadyRow>
}

// -------------------------------------------------------------------------------------
// rows
// -------------------------------------------------------------------------------------

const clientDefaults = (table: TableEntry, values: Fields): Fields =>
  Object.fromEntries(
    table.info.columns.flatMap(({ key, default: made }) =>
      made?._tag === 'Client' && !Object.hasOwn(values, key) ? [[key, made.make()]] : [],
    ),
  )

/** What an update puts into the columns that it does not name. */
const touchedValues = (table: TableEntry, values: Fields): Fields =>
  Object.fromEntries(
    table.info.columns.flatMap(({ key, onUpdate }) =>
      onUpdate === null || Object.hasOwn(values, key)
        ? []
        : [[key, onUpdate._tag === 'Client' ? onUpdate.make() : onUpdate.value]],
    ),
  )

/** What a step writes besides what it was told. Asks client functions, which may throw. */
const besides = (table: TableEntry, kind: FlushStep['kind'], values: Fields): Fields => {
  switch (kind) {
    case 'insert':
      return clientDefaults(table, values)
    case 'update':
      return touchedValues(table, values)
    case 'delete':
      return {}
  }
}

/** The rows of a step with the keys that earlier steps made. Asks client functions for defaults, which may throw. */
export const readyRows = (
  table: TableEntry,
  step: FlushStep,
  made: (flow: KeyFlow) => unknown,
): ReadonlyArray<ReadyRow> => {
  const flows = new Map<number, Array<KeyFlow>>()
  for (const flow of step.dataFlow) {
    const others = flows.get(flow.row)
    if (others === undefined) flows.set(flow.row, [flow])
    else others.push(flow)
  }
  const written = new Set(step.columns)
  return step.rows.map((row, i) => {
    const flowing = (flows.get(i) ?? []).map((flow) => [flow.column, made(flow)] as const)
    const values = { ...row.values, ...Object.fromEntries(flowing.filter(([column]) => written.has(column))) }
    return {
      key: { ...row.key, ...Object.fromEntries(flowing.filter(([column]) => !written.has(column))) },
      values: { ...values, ...besides(table, step.kind, values) },
    }
  })
}

// -------------------------------------------------------------------------------------
// parts of statements
// -------------------------------------------------------------------------------------

const columnNode = (table: TableEntry, { key, name, type, nullable }: ColumnInfo): ExprNode =>
  node.column(table.source, key, name, type, nullable)

const bound = (column: ColumnInfo, row: Fields): ExprNode =>
  node.value(fieldOf(row, column.key), column.type, column.nullable)

const keyColumns = (table: TableEntry): ReadonlyArray<ColumnInfo> =>
  table.info.columns.filter((column) => column.primaryKey)

const isRow = (table: TableEntry, key: Fields): ExprNode => {
  const parts = keyColumns(table).map((column) => node.compare('eq', columnNode(table, column), bound(column, key)))
  const [only] = parts
  return parts.length === 1 && only !== undefined ? only : node.logic('and', parts)
}

const isOneOf = (table: TableEntry, rows: ReadonlyArray<ReadyRow>): ExprNode => {
  const columns = keyColumns(table)
  const [column] = columns
  const [row] = rows
  if (row !== undefined && rows.length === 1) return isRow(table, row.key)
  if (column === undefined || columns.length > 1)
    return node.logic(
      'or',
      rows.map(({ key }) => isRow(table, key)),
    )
  const keys = rows.map(({ key }) => fieldOf(key, column.key))
  return node.inList(columnNode(table, column), node.value(keys, column.type))
}

/** The columns that a step writes: those of the plan, and those that an update touches. */
const written = (table: TableEntry, step: FlushStep, rows: ReadonlyArray<ReadyRow>): ReadonlyArray<ColumnInfo> => {
  const columns = new Set([...step.columns, ...Object.keys(rows[0]?.values ?? {})])
  return table.info.columns.filter(({ key }) => columns.has(key))
}

// -------------------------------------------------------------------------------------
// statements
// -------------------------------------------------------------------------------------

/** What the database puts where a row leaves it out, read back with the insert; null where there is nothing. */
const serverMade = (table: TableEntry, rows: ReadonlyArray<ReadyRow>): ProjectionNode | null => {
  const made = table.info.columns.filter(
    ({ key, serverDefault }) => serverDefault !== null && rows.some(({ values }) => !Object.hasOwn(values, key)),
  )
  return made.length === 0
    ? null
    : {
        _tag: 'Record',
        fields: made.map((column) => ({
          key: column.key,
          projection: { _tag: 'One', expr: columnNode(table, column) },
        })),
      }
}

const inserts = (table: TableEntry, rows: ReadonlyArray<ReadyRow>): ReadonlyArray<StepWrite> => {
  const assignments = ({ values }: ReadyRow): ReadonlyArray<Assignment> =>
    table.info.columns.flatMap((column) =>
      Object.hasOwn(values, column.key) ? [{ key: column.key, value: bound(column, values) }] : [],
    )
  const source = sourceOfRows(table.source, rows.map(assignments))
  const returning = serverMade(table, rows)
  return [{ statement: { _tag: 'Insert', into: table.source, source, conflict: null, returning }, rows }]
}

/** Chunks whose sizes are powers of two, so that few texts serve flushes of any size. */
const chunks = <A>(all: ReadonlyArray<A>, most: number): ReadonlyArray<ReadonlyArray<A>> => {
  const parts: Array<ReadonlyArray<A>> = []
  for (let at = 0; at < all.length; ) {
    const size = Math.min(most, 2 ** Math.floor(Math.log2(all.length - at)))
    parts.push(all.slice(at, at + size))
    at += size
  }
  return parts
}

const alike = (columns: ReadonlyArray<ColumnInfo>, rows: ReadonlyArray<ReadyRow>): boolean =>
  rows.every(({ values }) =>
    columns.every(({ key, type }) => sameValue(type, fieldOf(values, key), fieldOf(rows[0]?.values ?? {}, key))),
  )

/** One value a row: `CASE WHEN id = 1 THEN 'a' WHEN id = 2 THEN 'b' ELSE name END`. */
const byRow = (table: TableEntry, column: ColumnInfo, rows: ReadonlyArray<ReadyRow>): ExprNode =>
  node.caseOf(
    rows.map(({ key, values }) => ({ when: isRow(table, key), result: bound(column, values) })),
    columnNode(table, column),
    column.type,
  )

const updateOf = (table: TableEntry, columns: ReadonlyArray<ColumnInfo>, rows: ReadonlyArray<ReadyRow>): StepWrite => {
  const same = alike(columns, rows)
  const set = columns.map((column) => ({
    key: column.key,
    value: same ? bound(column, rows[0]?.values ?? {}) : byRow(table, column, rows),
  }))
  return {
    statement: {
      _tag: 'Update',
      table: table.source,
      using: [],
      set,
      where: isOneOf(table, rows),
      everyRow: false,
      returning: null,
    },
    rows,
  }
}

/**
 * How many rows one update takes where each has values of its own; 1 where that is quicker, or a CASE would change a
 * type.
 */
const rowsAnUpdate = (dialect: Dialect, table: TableEntry, columns: ReadonlyArray<ColumnInfo>): number => {
  // SQLite runs in this process: statements cost it no journey, and a CASE of many branches is slower than many of
  // them.
  if (dialect.name === 'sqlite' || columns.some(({ type }) => type._tag === 'Json')) return 1
  const parameters = columns.length * (1 + keyColumns(table).length) + keyColumns(table).length
  const most = Math.min(256, dialect.features.maxParameters / parameters)
  return most < 1 ? 1 : 2 ** Math.floor(Math.log2(most))
}

const updates = (
  dialect: Dialect,
  table: TableEntry,
  step: FlushStep,
  rows: ReadonlyArray<ReadyRow>,
): ReadonlyArray<StepWrite> => {
  const columns = written(table, step, rows)
  const most = alike(columns, rows) ? 256 : rowsAnUpdate(dialect, table, columns)
  return chunks(rows, most).map((part) => updateOf(table, columns, part))
}

const deletes = (table: TableEntry, rows: ReadonlyArray<ReadyRow>): ReadonlyArray<StepWrite> =>
  chunks(rows, 256).map((part) => ({
    statement: {
      _tag: 'Delete',
      from: table.source,
      using: [],
      where: isOneOf(table, part),
      everyRow: false,
      returning: null,
    },
    rows: part,
  }))

/** The statements of a step, in order. */
export const stepWrites = (
  dialect: Dialect,
  table: TableEntry,
  step: FlushStep,
  rows: ReadonlyArray<ReadyRow>,
): ReadonlyArray<StepWrite> => {
  switch (step.kind) {
    case 'insert':
      return inserts(table, rows)
    case 'update':
      return updates(dialect, table, step, rows)
    case 'delete':
      return deletes(table, rows)
  }
}

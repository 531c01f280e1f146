/**
 * Where one row of an upsert is found again on MySQL and MariaDB, and what is done to it there in the engine's stead.
 */
import { type Either, isLeft, right } from 'fp-ts/lib/Either.js'

import { column, compare, type ExprNode, logic } from '../expr/node.js'
import { noClauses, type ProjectedField, type SelectNode, type UpdateNode } from '../expr/query-node.js'
import { rewriteExpr, type Substitution } from '../expr/rewrite.js'
import type { ColumnInfo } from '../expr/source.js'
import type { Answer } from './answer.js'
import type { Bindings } from './bind.js'
import type { CompileError } from './compile-error.js'
import type { Dialect } from './dialect.js'
import { chain, type Load } from './load.js'
import type { LoadError } from './load-error.js'
import { readTemplate } from './read.js'
import { run } from './template.js'
import { rowsOf } from './upsert.js'
import { changesKey, changesOf, type MetKey, type UpsertNode } from './upsert-key.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** What was written: what was asked back of it, and the keys that the engine made or met. */
export interface Written {
  readonly rows: ReadonlyArray<unknown>
  readonly keys: ReadonlyArray<Readonly<Record<string, unknown>>>
  readonly affected: number
}

export type Loaded = Either<CompileError | LoadError, Load<Answer<unknown>>>
export type Next = (written: Written) => Either<LoadError, Load<Answer<unknown>>>
/** A row as an insert that does nothing about rows that are there. */
export type PlainInsert = (upsert: UpsertNode) => Loaded

export const nothingWritten: Written = Object.freeze({ rows: [], keys: [], affected: 0 })

/** One row under way. */
export interface RowUpsert {
  readonly dialect: Dialect
  readonly node: UpsertNode
  readonly bindings: Bindings
  readonly met: MetKey | null
  readonly made: ColumnInfo | null
  readonly plain: PlainInsert
  readonly next: Next
}

// -------------------------------------------------------------------------------------
// finding a row
// -------------------------------------------------------------------------------------

const given = (node: UpsertNode, key: string): ExprNode | undefined =>
  rowsOf(node)[0]?.find((a) => a.key === key)?.value

const columnsAt = ({ into }: UpsertNode, keys: ReadonlyArray<string>): ReadonlyArray<ColumnInfo> =>
  keys.flatMap((key) => into.table.columns.filter((c) => c.key === key))

/** That a row has the values of the new one in these columns; null where they are not plain values. */
export const hasSame = (node: UpsertNode, keys: ReadonlyArray<string>): ExprNode | null => {
  const pairs = columnsAt(node, keys).map((c) => {
    const its = given(node, c.key)
    return its === undefined || its._tag !== 'Param'
      ? null
      : compare('eq', column(node.into, c.key, c.name, c.type, c.nullable), its)
  })
  const all = pairs.filter((p) => p !== null)
  return all.length < pairs.length || all.length === 0 ? null : logic('and', all)
}

/** By which values an inserted row is found, where the engine made no key of it. */
export const insertedBy = ({ node, met }: RowUpsert): ExprNode | null => {
  const isWhole = (keys: ReadonlyArray<string>): boolean =>
    keys.length > 0 && columnsAt(node, keys).every((c) => !c.nullable)
  const { primaryKey } = node.into.table
  const byPrimary = isWhole(primaryKey) ? hasSame(node, primaryKey) : null
  return byPrimary ?? (met !== null && isWhole(met.columns) ? hasSame(node, met.columns) : null)
}

export const changedBy = ({ node, met }: RowUpsert): ExprNode | null =>
  met === null || changesKey(node, met) ? null : hasSame(node, met.columns)

/** What is asked of a row that this transaction wrote itself. */
export const own = (node: UpsertNode, where: ExprNode, fields: ReadonlyArray<ProjectedField>): SelectNode => ({
  ...noClauses,
  from: node.into,
  where,
  select: { _tag: 'Record', fields },
})

/** What is asked of a row that others wrote, under a lock: without one it is read as it was when the transaction began. */
export const locked = (node: UpsertNode, where: ExprNode, fields: ReadonlyArray<ProjectedField>): SelectNode => ({
  ...own(node, where, fields),
  lock: { strength: 'update', wait: 'wait', of: [] },
})

const one = (node: UpsertNode, c: ColumnInfo): ProjectedField => ({
  key: 'key',
  projection: { _tag: 'One', expr: column(node.into, c.key, c.name, c.type, c.nullable) },
})

export const askedBack = ({ node, made }: RowUpsert): ReadonlyArray<ProjectedField> => [
  ...(node.returning === null ? [] : [{ key: 'row', projection: node.returning }]),
  ...(made === null ? [] : [one(node, made)]),
]

export const rowsLoad = (
  { dialect, bindings }: RowUpsert,
  select: SelectNode,
): Either<CompileError | LoadError, Load<ReadonlyArray<unknown>>> => {
  const template = dialect.cache.get(select, () => readTemplate(dialect, select))
  if (isLeft(template)) return template
  const load = run(dialect, template.right, select, bindings, [])
  return isLeft(load) ? load : chained(load.right, ({ rows }) => right({ _tag: 'Done', value: rows }))
}

/** What was compiled before the first statement was sent can only fail by a reply. */
export const chained = <A, B>(
  load: Load<A>,
  f: (a: A) => Either<CompileError | LoadError, Load<B>>,
): Either<LoadError, Load<B>> => chain((a: A) => f(a) as Either<LoadError, Load<B>>)(load)

// -------------------------------------------------------------------------------------
// what is done there
// -------------------------------------------------------------------------------------

/** The row that is there by the key that is meant, if it is. */
export const meant = (row: RowUpsert): ReadonlyArray<ProjectedField> =>
  columnsAt(row.node, row.met?.columns.slice(0, 1) ?? []).map((c) => one(row.node, c))

/** `excluded` is the new row's own values. */
const ownValues = (node: UpsertNode): Substitution => ({
  name: 'excluded',
  column: (c) => given(node, c.key) ?? c,
  source: null,
  mentions: new Set(),
  param: null,
})

/** The conflict with the new row's values in the place of `excluded`; null where they are not plain values. */
export const withOwnValues = (node: UpsertNode): UpsertNode | null => {
  const { target, action } = node.conflict
  if (rowsOf(node)[0]?.every((a) => a.value._tag === 'Param') !== true || action._tag === 'Nothing') return null
  const s = ownValues(node)
  const set = action.set.map((a) => ({ key: a.key, value: rewriteExpr(s, a.value) }))
  const where = action.where === null ? null : rewriteExpr(s, action.where)
  return { ...node, conflict: { target, action: { _tag: 'Update', set, where } } }
}

/** The changes of the conflict as an update of that row. */
export const asUpdate = ({ node }: RowUpsert, where: ExprNode): UpdateNode => {
  const s = ownValues(node)
  const { action } = node.conflict
  const condition = action._tag === 'Update' ? action.where : null
  return {
    _tag: 'Update',
    table: node.into,
    using: [],
    set: changesOf(node).map((a) => ({ key: a.key, value: rewriteExpr(s, a.value) })),
    where: condition === null ? where : logic('and', [where, rewriteExpr(s, condition)]),
    everyRow: false,
    returning: null,
  }
}

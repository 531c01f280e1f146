/**
 * FROM and the joins: the scopes in which the other clauses are evaluated.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import { conjuncts, freeIn } from '../expr/children.js'
import type { ExprNode } from '../expr/node.js'
import type { JoinNode, QueryNode, SelectNode } from '../expr/query-node.js'
import { tableIdentity } from '../expr/schema.js'
import type { DerivedSource, Source, TableInfo } from '../expr/source.js'
import type { Result } from './eval-error.js'
import { cannotFail, earlyOf } from './early.js'
import { allHold, holds } from './expression.js'
import { type Candidates, candidates, type Rows } from './join-key.js'
import { namedRows } from './named-rows.js'
import { bind, bindAbsent, type Run, type Scope } from './scope.js'
import { infoNamed, rowsOfInfo } from './tables.js'
import type { Row } from './value.js'

/** A row of a query as a row of the source that it is under a name; of a whole source that is absent, nulls. */
const asDerived = (source: Pick<DerivedSource, 'query' | 'columns'>, row: unknown): Row => {
  const flat = typeof row === 'object' && row !== null ? new Map(Object.entries(row)) : null
  const value =
    source.query._tag === 'Select' && source.query.select?._tag === 'One' ? () => row : (key: string) => flat?.get(key)
  return Object.freeze(Object.fromEntries(source.columns.map((c) => [c.key, value(c.key) ?? null])))
}

/** The query of a view: as it was made, where the tables know that, whatever the value of it that is read. */
const viewQuery = (run: Run, table: TableInfo, own: QueryNode): Result<QueryNode> =>
  run.once(table, () => E.right(infoNamed(run.tables, table)?.view?.query ?? own))

/** The rows of a query as those of a view. */
export const asView = (table: TableInfo, query: QueryNode, rows: ReadonlyArray<unknown>): ReadonlyArray<Row> =>
  rows.map((row) => asDerived({ query, columns: table.columns }, row))

const storedRows = (run: Run, table: TableInfo): Result<ReadonlyArray<Row>> => {
  if (table.view === null) return E.right(rowsOfInfo(run.tables, table))
  // Those that a materialised view keeps.
  const kept = run.tables.rows.get(tableIdentity(table))
  if (kept !== undefined) return E.right(kept)
  return pipe(
    viewQuery(run, table, table.view.query),
    E.chain((query) =>
      pipe(
        run.view(query),
        E.map((rows) => asView(table, query, rows)),
      ),
    ),
  )
}

const sourceRows = (run: Run, source: Source, outer: Scope): Result<ReadonlyArray<Row>> =>
  source._tag === 'TableSource'
    ? storedRows(run, source.table)
    : source._tag === 'DerivedSource'
      ? pipe(
          run.rows(source.query, outer),
          E.map((rows) => rows.map((row) => asDerived(source, row))),
        )
      : namedRows(run, source, outer)

const noRows: Rows = { name: '', all: [], stable: false }

/** A scope of the left side with the rows of the right side that belong to it. */
interface Matched {
  readonly left: Scope
  readonly rows: ReadonlyArray<Row>
}

/** Whether the rows of a source are the same for the whole run. */
const isStable = (run: Run, source: Source): boolean =>
  source._tag === 'TableSource'
    ? source.table.view === null
    : source._tag === 'DerivedSource' && run.working.size === 0 && freeIn(source.query).size === 0

const rowsIn = (run: Run, source: Source, outer: Scope): Result<Rows> => {
  const stable = isStable(run, source)
  const rows =
    stable && source._tag === 'DerivedSource'
      ? run.once(source, () => sourceRows(run, source, null))
      : sourceRows(run, source, outer)
  return pipe(
    rows,
    E.map((all) => ({ name: source.name, all, stable })),
  )
}

/** The scopes in which all of these hold. */
const filtered = (
  run: Run,
  scopes: ReadonlyArray<Scope>,
  criteria: ReadonlyArray<ExprNode>,
): Result<ReadonlyArray<Scope>> => {
  if (criteria.length === 0) return E.right(scopes)
  const kept: Array<Scope> = []
  for (const scope of scopes) {
    const holding = allHold({ run, scope, group: null }, criteria)
    if (E.isLeft(holding)) return holding
    if (holding.right) kept.push(scope)
  }
  return E.right(kept)
}

const matchesOf = (run: Run, join: JoinNode, left: Scope, rows: ReadonlyArray<Row>): Result<Matched> => {
  if (join.on === null) return E.right({ left, rows })
  const found: Array<Row> = []
  for (const row of rows) {
    const holding = holds({ run, scope: bind(join.source.name, row, left), group: null }, join.on)
    if (E.isLeft(holding)) return holding
    if (holding.right) found.push(row)
  }
  return E.right({ left, rows: found })
}

/**
 * Whether what holds in the end chooses the rows to join: none of them stands for absent ones, and ON is refused for none of those
 * that are left out.
 */
const isChosenEarly = ({ kind, on }: JoinNode): boolean =>
  (kind === 'inner' || kind === 'cross') && (on === null || cannotFail(on))

const joined = (
  run: Run,
  join: JoinNode,
  early: ReadonlyArray<ExprNode>,
  before: ReadonlyArray<string>,
  lefts: ReadonlyArray<Scope>,
  rights: Rows,
  outer: Scope,
): Result<ReadonlyArray<Scope>> => {
  const { name } = join.source
  const keepsLeft = join.kind === 'left' || join.kind === 'full'
  const keepsRight = join.kind === 'right' || join.kind === 'full'
  const ofEach: Result<Candidates> = join.lateral
    ? // The source sees what stands before it.
      E.right((left) => sourceRows(run, join.source, left))
    : candidates(run, rights, {
        // Other queries may have the same join, and ask for other rows.
        key: early,
        criteria: [...safely(join.on), ...(isChosenEarly(join) ? early : [])],
      })
  return pipe(
    ofEach,
    E.chain((candidatesOf) =>
      pipe(
        lefts,
        E.traverseArray((left) =>
          pipe(
            candidatesOf(left),
            E.chain((rows) => matchesOf(run, join, left, rows)),
          ),
        ),
      ),
    ),
    E.map((all) => {
      const scopes = all.flatMap(({ left, rows }) =>
        rows.length === 0 && keepsLeft ? [bind(name, null, left)] : rows.map((row) => bind(name, row, left)),
      )
      if (!keepsRight) return scopes
      const met = new Set(all.flatMap(({ rows }) => rows))
      const absent = bindAbsent(before, outer)
      return [...scopes, ...rights.all.filter((row) => !met.has(row)).map((row) => bind(name, row, absent))]
    }),
  )
}

/** The criteria of ON that cannot fail, but for those that stand behind one that can. */
const safely = (on: ExprNode | null): ReadonlyArray<ExprNode> => {
  const all = conjuncts(on)
  const unsafe = all.findIndex((node) => !cannotFail(node))
  return unsafe < 0 ? all : all.slice(0, unsafe)
}

/** The rows of the first source, of which those are left out that its early criteria leave out. */
const firstScopes = (
  run: Run,
  query: SelectNode,
  early: ReadonlyArray<ExprNode>,
  outer: Scope,
): Result<ReadonlyArray<Scope>> =>
  pipe(
    rowsIn(run, query.from, outer),
    E.chain((rows) => candidates(run, rows, { key: query, criteria: early })),
    E.chain((candidatesOf) => candidatesOf(outer)),
    E.chain((rows) =>
      filtered(
        run,
        rows.map((row) => bind(query.from.name, row, outer)),
        early,
      ),
    ),
  )

/** One scope for each combination of rows that the joins and the early criteria of WHERE let through. */
export const scopesOf = (run: Run, query: SelectNode, outer: Scope): Result<ReadonlyArray<Scope>> => {
  const { at } = earlyOf(query)
  const first = firstScopes(run, query, at[0] ?? [], outer)
  const names = [query.from.name, ...query.joins.map((join) => join.source.name)]
  return query.joins.reduce<Result<ReadonlyArray<Scope>>>(
    (scopes, join, i) =>
      pipe(
        scopes,
        E.chain((lefts) =>
          pipe(
            join.lateral ? E.right(noRows) : rowsIn(run, join.source, outer),
            E.chain((rights) => joined(run, join, at[i + 1] ?? [], names.slice(0, i + 1), lefts, rights, outer)),
            E.chain((scopes) => filtered(run, scopes, at[i + 1] ?? [])),
          ),
        ),
      ),
    first,
  )
}

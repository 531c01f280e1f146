/**
 * FROM and the joins: the scopes in which the other clauses are evaluated.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import type { JoinNode, SelectNode } from '../expr/query-node.js'
import type { DerivedSource, Source } from '../expr/source.js'
import type { Result } from './eval-error.js'
import { holds } from './expression.js'
import { type Candidates, candidates } from './join-key.js'
import { namedRows } from './named-rows.js'
import { bind, bindAbsent, type Run, type Scope } from './scope.js'
import { rowsOfInfo } from './tables.js'
import type { Row } from './value.js'

/** A row of a query as a row of the source that it is under a name; of a whole source that is absent, nulls. */
const asDerived = (source: DerivedSource, row: unknown): Row => {
  const flat = typeof row === 'object' && row !== null ? new Map(Object.entries(row)) : null
  const value =
    source.query._tag === 'Select' && source.query.select?._tag === 'One' ? () => row : (key: string) => flat?.get(key)
  return Object.freeze(Object.fromEntries(source.columns.map((c) => [c.key, value(c.key) ?? null])))
}

const sourceRows = (run: Run, source: Source, outer: Scope): Result<ReadonlyArray<Row>> =>
  source._tag === 'TableSource'
    ? E.right(rowsOfInfo(run.tables, source.table))
    : source._tag === 'DerivedSource'
      ? pipe(
          run.rows(source.query, outer),
          E.map((rows) => rows.map((row) => asDerived(source, row))),
        )
      : namedRows(run, source, outer)

/** A scope of the left side with the rows of the right side that belong to it. */
interface Matched {
  readonly left: Scope
  readonly rows: ReadonlyArray<Row>
}

const matchesOf = (run: Run, join: JoinNode, left: Scope, rows: ReadonlyArray<Row>): Result<Matched> => {
  const found: Array<Row> = []
  for (const row of rows) {
    const holding = holds({ run, scope: bind(join.source.name, row, left), group: null }, join.on)
    if (E.isLeft(holding)) return holding
    if (holding.right) found.push(row)
  }
  return E.right({ left, rows: found })
}

const joined = (
  run: Run,
  join: JoinNode,
  before: ReadonlyArray<string>,
  lefts: ReadonlyArray<Scope>,
  rights: ReadonlyArray<Row>,
  outer: Scope,
): Result<ReadonlyArray<Scope>> => {
  const { name } = join.source
  const keepsLeft = join.kind === 'left' || join.kind === 'full'
  const keepsRight = join.kind === 'right' || join.kind === 'full'
  const ofEach: Result<Candidates> = join.lateral
    ? // The source sees what stands before it.
      E.right((left) => sourceRows(run, join.source, left))
    : candidates(run, join, before, rights, outer)
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
      return [...scopes, ...rights.filter((row) => !met.has(row)).map((row) => bind(name, row, absent))]
    }),
  )
}

/** One scope for each combination of rows that the joins let through. */
export const scopesOf = (run: Run, query: SelectNode, outer: Scope): Result<ReadonlyArray<Scope>> => {
  const first = pipe(
    sourceRows(run, query.from, outer),
    E.map((rows): ReadonlyArray<Scope> => rows.map((row) => bind(query.from.name, row, outer))),
  )
  const names = [query.from.name, ...query.joins.map((join) => join.source.name)]
  return query.joins.reduce<Result<ReadonlyArray<Scope>>>(
    (scopes, join, i) =>
      pipe(
        scopes,
        E.chain((lefts) =>
          pipe(
            join.lateral ? E.right([]) : sourceRows(run, join.source, outer),
            E.chain((rights) => joined(run, join, names.slice(0, i + 1), lefts, rights, outer)),
          ),
        ),
      ),
    first,
  )
}

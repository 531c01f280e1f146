/**
 * The rows of recursions, and rows of values.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'

import { freeSource, illFormed } from '../compile/compile-error.js'
import type { DerivedColumn, RecursiveSource, TextSource, ValuesSource, WorkingSource } from '../expr/source.js'
import { notEvaluable, type Result } from './eval-error.js'
import type { Run, Scope } from './scope.js'
import { distinctBy, keyOf, type Row, settled } from './value.js'

/** A row of a query with these outputs, each as its column spells it; of a whole source that is absent, nulls. */
const flatRow =
  (columns: ReadonlyArray<DerivedColumn>) =>
  (row: unknown): Row => {
    const held = new Map<string, unknown>(typeof row === 'object' && row !== null ? Object.entries(row) : [])
    return Object.freeze(Object.fromEntries(columns.map((c) => [c.key, settled(c.type, held.get(c.key) ?? null)])))
  }

/** A recursion that gives more rows than these goes on for ever, most likely, and memory ends. */
const mostRows = 100_000

const recursiveRows = (run: Run, source: RecursiveSource): Result<ReadonlyArray<Row>> => {
  const asRow = flatRow(source.columns)
  const seen = new Set<string>()
  const fresh = (rows: ReadonlyArray<unknown>): ReadonlyArray<Row> => {
    const made = rows.map(asRow)
    if (source.all) return made
    const unseen = distinctBy<Row>(keyOf)(made).filter((row) => !seen.has(keyOf(row)))
    for (const row of unseen) seen.add(keyOf(row))
    return unseen
  }
  const base = run.rows(source.base, null)
  if (E.isLeft(base)) return base
  let working = fresh(base.right)
  const all: Array<Row> = [...working]
  while (working.length > 0) {
    const next = run.step(source.step, source.cte.name, working)
    if (E.isLeft(next)) return next
    working = fresh(next.right)
    for (const row of working) all.push(row)
    if (all.length > mostRows) return E.left(notEvaluable(`a recursion of more than ${mostRows} rows`))
  }
  return E.right(all)
}

const valuesRows = (run: Run, source: ValuesSource): Result<ReadonlyArray<Row>> =>
  pipe(
    source.rows,
    E.traverseArray((row) =>
      row.some((e) => e._tag !== 'Param')
        ? E.left(illFormed(`values "${source.name}": a row has a value for each column`))
        : E.right(
            flatRow(source.columns)(
              Object.fromEntries(
                source.columns.map((c, i) => {
                  const e = row[i]
                  return [c.key, e?._tag === 'Param' ? run.bound.get(e) : null]
                }),
              ),
            ),
          ),
    ),
  )

/** The rows of a source that is neither a table nor a plain query. */
export const namedRows = (
  run: Run,
  source: RecursiveSource | WorkingSource | ValuesSource | TextSource,
  _outer: Scope,
): Result<ReadonlyArray<Row>> => {
  switch (source._tag) {
    case 'RecursiveSource':
      return run.once(source.base, () => recursiveRows(run, source))
    case 'WorkingSource': {
      const rows = run.working.get(source.of)
      return rows === undefined ? E.left(freeSource(source.of)) : E.right(rows)
    }
    case 'ValuesSource':
      return valuesRows(run, source)
    case 'TextSource':
      return E.left(notEvaluable('raw SQL has no meaning in memory'))
  }
}

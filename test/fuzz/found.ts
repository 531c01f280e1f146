// A disagreement, made as small as it goes, and how it reads.
import type * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'

import { type AnyTable, toSqlInline } from '../../src/index.js'
import type { Tables } from '../../src/memory.js'
import type { AnyClosedQuery, AnyClosedWrite } from '../../src/testing.js'
import type { Verdict } from '../support/differential/verdict.js'
import { asCode } from './code.js'
import { crash } from './crash.js'
import type { Place } from './place.js'
import { shrunk } from './shrink.js'
import { smallestTables } from './smaller-tables.js'

/** What a worker tells of a disagreement. */
export interface Found {
  readonly engine: string
  /** What to draw it by: the seed, the worker, the batch and the place in it. */
  readonly at: string
  readonly kind: string
  readonly text: string
}

/** What went wrong, over which rows, and how to see whether something smaller goes wrong, too. */
export interface Wrong<S extends AnyClosedQuery | AnyClosedWrite> {
  readonly place: Place
  readonly at: string
  readonly tables: ReadonlyArray<AnyTable>
  readonly rows: Tables
  readonly of: fc.Arbitrary<S>
  readonly statement: fc.Value<S>
  readonly verdict: Verdict
  /** Fills the tables and runs the statement; at most so often, where the server ends. */
  readonly again: (statement: S, rows: Tables, most?: number) => Promise<Verdict>
}

/** How long a counterexample may take to shrink: what ends without an answer takes long each time. */
const shrinkingMs = ({ kind }: Verdict): number => (kind === crash ? 180_000 : /QueryTimeout/.test(kind) ? 0 : 90_000)

/** So often a server may be ended to find what is small and ends it. */
const mostCrashes = 25

/** The counterexample as it reads once it is as small as it goes. */
export const reported = async <S extends AnyClosedQuery | AnyClosedWrite>(found: Wrong<S>): Promise<Found> => {
  const { place, at, tables, of, verdict, again } = found
  const until = Date.now() + shrinkingMs(verdict)
  let crashes = 0
  const still = async (statement: S, rows: Tables): Promise<boolean> => {
    if (crashes >= mostCrashes) return false
    try {
      const next = await again(statement, rows, verdict.kind === crash ? 1 : undefined)
      if (next.kind === crash) crashes += 1
      return next.verdict === 'wrong' && next.kind === verdict.kind
    } catch {
      // Rows that the tables do not take, since others are gone that they refer to.
      return false
    }
  }
  const first = await shrunk(of, found.statement, (s) => still(s, found.rows), until)
  const rows = await smallestTables(tables, found.rows, (smaller) => still(first.value, smaller), until)
  const last = await shrunk(of, first, (s) => still(s, rows), until)
  const again1 = shrinkingMs(verdict) === 0 ? verdict : await again(last.value, rows)
  const sql = toSqlInline(place.db().dialect)(last.value)
  return {
    engine: place.engine.label,
    at,
    kind: verdict.kind,
    text: [
      asCode(rows, last.value),
      E.isRight(sql) ? sql.right : '',
      again1.verdict === 'wrong' ? again1.why : `(not again) ${verdict.why}`,
    ].join('\n'),
  }
}

// Which aggregates stand over a window, and which windows they stand over.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'

import {
  type AnyQuery,
  avg,
  boolAnd,
  boolean,
  boolOr,
  compile,
  count,
  countDistinct,
  double,
  explain,
  from,
  integer,
  max,
  min,
  over,
  postgresDialect,
  primaryKey,
  select,
  sqliteDialect,
  stddevPop,
  stddevSamp,
  sum,
  table,
  varPop,
  varSamp,
} from '../../../src/index.js'

const things = table('things', { id: pipe(integer, primaryKey), n: integer, x: double, ok: boolean })
const by = { partitionBy: [things.ok], orderBy: [things.id] }
const all = from(things)

const cases: ReadonlyArray<readonly [string, AnyQuery]> = [
  ['count', pipe(all, select({ v: pipe(count(things.n), over(by)) }))],
  ['sum', pipe(all, select({ v: pipe(sum(things.n), over(by)) }))],
  ['avg', pipe(all, select({ v: pipe(avg(things.x), over(by)) }))],
  ['min', pipe(all, select({ v: pipe(min(things.n), over(by)) }))],
  ['max', pipe(all, select({ v: pipe(max(things.n), over(by)) }))],
  ['bool_and', pipe(all, select({ v: pipe(boolAnd(things.ok), over(by)) }))],
  ['bool_or', pipe(all, select({ v: pipe(boolOr(things.ok), over(by)) }))],
  ['stddev_pop', pipe(all, select({ v: pipe(stddevPop(things.x), over(by)) }))],
  ['stddev_samp', pipe(all, select({ v: pipe(stddevSamp(things.x), over(by)) }))],
  ['var_pop', pipe(all, select({ v: pipe(varPop(things.x), over(by)) }))],
  ['var_samp', pipe(all, select({ v: pipe(varSamp(things.x), over(by)) }))],
]

describe('an aggregate over a window', () => {
  it.each(cases)('%s is called over it', (name, query) => {
    const told = explain(postgresDialect())(query)
    const sql = E.isRight(told) ? told.right.statements[0]?.sql : told.left.message
    expect(sql).toMatch(new RegExp(`${name}\\(.*\\) OVER \\(PARTITION BY t0."ok" ORDER BY t0."id"`))
  })

  it('is of all values, not of distinct ones', () => {
    const distinct = compile(sqliteDialect())(pipe(all, select({ v: pipe(countDistinct(things.n), over(by)) })))
    expect(distinct).toMatchObject(E.left({ message: 'an aggregate of distinct values stands over no window' }))
  })
})

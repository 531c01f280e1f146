// The logic of true, false and null: random formulas have on every engine the value that Kleene's tables give.
import fc from 'fast-check'
import { pipe } from 'fp-ts/lib/function.js'
import {
  and,
  boolean,
  type Expr,
  from,
  insertInto,
  integer,
  isNotNull,
  isNull,
  not,
  nullable,
  or,
  orderBy,
  primaryKey,
  select,
  table,
  where,
} from 'relvar'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { places } from '../support/places.js'
import { openWorldAt, type World } from '../support/run-load.js'
import type { Place } from '../support/places.js'
import { seed, times } from './laws.js'

const truths = table('truths', {
  id: pipe(integer, primaryKey),
  p: pipe(boolean, nullable),
  q: pipe(boolean, nullable),
  r: pipe(boolean, nullable),
})

type Truth = boolean | null
type Row = Readonly<Record<'p' | 'q' | 'r', Truth>>
const values: ReadonlyArray<Truth> = [true, false, null]
const rows = values.flatMap((p) => values.flatMap((q) => values.map((r) => ({ p, q, r }))))

/** A formula as relvar writes it, and as it is understood. */
interface Formula {
  readonly expr: Expr<Truth, 'truths', 'truths'>
  readonly mean: (row: Row) => Truth
}

const least = (a: Truth, b: Truth): Truth =>
  a === false || b === false ? false : a === null || b === null ? null : true
const opposite = (a: Truth): Truth => (a === null ? null : !a)
const greatest = (a: Truth, b: Truth): Truth => opposite(least(opposite(a), opposite(b)))

const variable = (key: 'p' | 'q' | 'r'): Formula => ({ expr: truths[key], mean: (row) => row[key] })

const { formula } = fc.letrec<{ formula: Formula }>((tie) => ({
  formula: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(variable('p'), variable('q'), variable('r')),
    tie('formula').map((a): Formula => ({ expr: not(a.expr), mean: (row) => opposite(a.mean(row)) })),
    fc.array(tie('formula'), { maxLength: 3 }).map(
      (all): Formula => ({
        expr: and(...all.map((a) => a.expr)),
        mean: (row) => all.reduce<Truth>((kept, a) => least(kept, a.mean(row)), true),
      }),
    ),
    fc.array(tie('formula'), { maxLength: 3 }).map(
      (all): Formula => ({
        expr: or(...all.map((a) => a.expr)),
        mean: (row) => all.reduce<Truth>((kept, a) => greatest(kept, a.mean(row)), false),
      }),
    ),
    tie('formula').map((a): Formula => ({ expr: isNull(a.expr), mean: (row) => a.mean(row) === null })),
    tie('formula').map((a): Formula => ({ expr: isNotNull(a.expr), mean: (row) => a.mean(row) !== null })),
  ),
}))

describe.each(places().map((place) => [place.label, place] as const))('on %s', (_, place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ truths })
    await world.rows(insertInto(truths)(rows.map((row, id) => ({ id, ...row }))))
  })
  afterAll(() => world.close())

  test('[property 13] a formula has the value of the tables, and keeps the rows of which it is true', async () => {
    await fc.assert(
      fc.asyncProperty(formula, async ({ expr, mean }) => {
        expect(await world.rows(pipe(from(truths), orderBy(truths.id), select(expr)))).toEqual(rows.map(mean))
        const kept = rows.flatMap((row, id) => (mean(row) === true ? [id] : []))
        expect(await world.rows(pipe(from(truths), where(expr), orderBy(truths.id), select(truths.id)))).toEqual(kept)
      }),
      { seed, numRuns: 40 * times },
    )
  })

  test('[property 13] the excluded middle and the contradiction are not known of null', async () => {
    const { p } = truths
    const asked = select({ p, middle: or(p, not(p)), both: and(p, not(p)) })
    expect(await world.rows(pipe(from(truths), where(isNull(p)), asked))).toEqual(
      rows.filter((row) => row.p === null).map(() => ({ p: null, middle: null, both: null })),
    )
    expect(
      await world.rows(pipe(from(truths), where(isNotNull(p)), where(or(p, not(p))), orderBy(truths.id), asked)),
    ).toEqual(rows.filter((row) => row.p !== null).map((row) => ({ p: row.p, middle: true, both: false })))
  })
})

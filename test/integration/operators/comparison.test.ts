// Comparison and logic of three values mean the same on every engine and in memory.
import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  add,
  and,
  type AnyQuery,
  between,
  bigint,
  boolean,
  countDistinct,
  div,
  double,
  eq,
  type Expr,
  from,
  gt,
  gte,
  inList,
  insertInto,
  integer,
  isDistinctFrom,
  isFalse,
  isNotDistinctFrom,
  isNotFalse,
  isNotNull,
  isNotTrue,
  isNull,
  isTrue,
  literal,
  lt,
  lte,
  mod,
  mul,
  ne,
  not,
  notInList,
  nullable,
  numeric,
  or,
  orderBy,
  primaryKey,
  select,
  sub,
  table,
  text,
  toSql,
  where,
} from '../../../src/index.js'
import { mariadbDialect } from '../../../src/compile/dialect/mariadb.js'
import { mysqlDialect } from '../../../src/compile/dialect/mysql.js'
import { postgresDialect } from '../../../src/compile/dialect/postgres.js'
import { sqliteDialect } from '../../../src/compile/dialect/sqlite.js'
import { engines } from '../../support/engines.js'
import { type Place, places } from '../../support/places.js'
import { openWorldAt, tagOf, type World } from '../../support/run-load.js'

const p = table('p', {
  id: pipe(integer, primaryKey),
  a: pipe(integer, nullable),
  s: pipe(text, nullable),
  b: pipe(boolean, nullable),
  n: pipe(numeric(6, 2), nullable),
  big: pipe(bigint, nullable),
  x: pipe(double, nullable),
})

const rows = insertInto(p)([
  { id: 1, a: 7, s: 'Ab', b: true, n: '1.10', big: 7n, x: 7 },
  { id: 2, a: -7, s: 'ab ', b: false, n: '2.25', big: -7n, x: -7.5 },
  { id: 3 },
  { id: 4, a: 3, s: '', b: true, n: '0.00', big: 3n, x: 0.1 },
])

type Truth = Expr<boolean | null, 'p', 'p'>
/** A criterion and what it says of each row, by a table of truth that no code of relvar takes part in. */
interface Tree {
  readonly e: Truth
  readonly values: ReadonlyArray<boolean | null>
}

const kleene = {
  and: (a: boolean | null, b: boolean | null): boolean | null =>
    a === false || b === false ? false : a === null || b === null ? null : true,
  or: (a: boolean | null, b: boolean | null): boolean | null =>
    a === true || b === true ? true : a === null || b === null ? null : false,
}

const leaves: ReadonlyArray<Tree> = [
  { e: p.b, values: [true, false, null, true] },
  { e: gt(p.a, 0), values: [true, false, null, true] },
  { e: eq(p.s, 'ab '), values: [false, true, null, false] },
  { e: isNull(p.n), values: [false, false, true, false] },
  { e: lt(p.id, 2), values: [true, false, false, false] },
]

const joined = (op: 'and' | 'or', trees: ReadonlyArray<Tree>): Tree => ({
  e: op === 'and' ? and(...trees.map((t) => t.e)) : or(...trees.map((t) => t.e)),
  values: [0, 1, 2, 3].map((row) =>
    trees.reduce<boolean | null>((all, tree) => kleene[op](all, tree.values[row] ?? null), op === 'and'),
  ),
})

const negated = ({ e, values }: Tree): Tree => ({ e: not(e), values: values.map((v) => (v === null ? null : !v)) })

const trees: fc.Arbitrary<Tree> = fc.letrec<{ readonly tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...leaves),
    tie('tree').map(negated),
    fc
      .tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(tie('tree'), { maxLength: 3 }))
      .map(([op, all]) => joined(op, all)),
  ),
})).tree

describe.each(places())('comparison and logic on $label', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ p })
    await world.rows(rows)
  })
  afterAll(() => world.close())

  const ids = (on: Truth) => world.rows(pipe(from(p), where(on), orderBy(p.id), select(p.id)))
  const column = <A>(e: Expr<A, 'p', 'p'>) => world.rows(pipe(from(p), orderBy(p.id), select(e)))
  const tag = async (query: AnyQuery): Promise<string> => tagOf(await world.outcome(query))

  it('[C12] each comparison in where and projected', async () => {
    expect(await ids(eq(p.a, 7))).toEqual([1])
    expect(await ids(ne(p.a, 7))).toEqual([2, 4])
    expect(await ids(lt(p.a, 3))).toEqual([2])
    expect(await ids(gt(p.a, 3))).toEqual([1])
    expect(await ids(lte(p.a, 3))).toEqual([2, 4])
    expect(await ids(gte(p.a, 3))).toEqual([1, 4])
    expect(await ids(gt(p.x, p.a))).toEqual([])
    expect(await ids(lt(p.big, 0n))).toEqual([2])
    expect(await ids(gte(p.n, '1.1'))).toEqual([1, 2])
    expect(await column(eq(p.a, p.x))).toEqual([true, false, null, false])
  })

  it('[C13] null is asked for with isNull; a comparison with null is refused', async () => {
    expect(await ids(isNull(p.a))).toEqual([3])
    expect(await ids(isNotNull(p.a))).toEqual([1, 2, 4])
    world.sent()
    expect(await tag(pipe(from(p), where(eq(p.a, null as never))))).toBe('InvalidValue')
    expect(await tag(pipe(from(p), where(ne(p.a, null as never))))).toBe('InvalidValue')
    expect(world.sent()).toEqual([])
  })

  it('[C20, C21] and, or of several, of one, of none', async () => {
    expect(await ids(and(gt(p.a, 0), p.b, ne(p.s, '')))).toEqual([1])
    expect(await ids(or(lt(p.a, 0), eq(p.s, '')))).toEqual([2, 4])
    expect(await ids(or(eq(p.id, 3)))).toEqual([3])
    expect(await ids(and(eq(p.id, 3)))).toEqual([3])
  })

  it('[CMP11] and() of nothing is true, or() of nothing is false, wherever they stand', async () => {
    expect(await ids(and())).toEqual([1, 2, 3, 4])
    expect(await ids(or())).toEqual([])
    expect(await ids(and(or(), p.b))).toEqual([])
    expect(await ids(or(and(), p.b))).toEqual([1, 2, 3, 4])
    expect(await column(and())).toEqual([true, true, true, true])
    expect(await column(not(and()))).toEqual([false, false, false, false])
  })

  it('[C22, CMP12] the grouping of or inside and, of and inside or, is kept', async () => {
    expect(await ids(or(lt(p.id, 2), and(eq(p.s, ''), gt(p.id, 3))))).toEqual([1, 4])
    expect(await ids(and(or(lt(p.id, 2), eq(p.s, '')), gt(p.id, 3)))).toEqual([4])
    expect(await ids(and(gt(p.id, 1), or(lt(p.id, 3), eq(p.id, 4)), not(eq(p.id, 2))))).toEqual([4])
  })

  it('[CMP12, C22, dialect 7] random trees of and, or and not say what tables of truth say', async () => {
    const drawn = fc.sample(trees, { numRuns: 120, seed: 20261121 })
    const said = await world.rows(
      pipe(from(p), orderBy(p.id), select(Object.fromEntries(drawn.map(({ e }, i) => [`t${i}`, e])))),
    )
    for (const [i, { values }] of drawn.entries()) expect(said.map((row) => row[`t${i}`])).toEqual(values)
    for (const { e, values } of drawn.slice(0, 30))
      expect(await ids(e)).toEqual([1, 2, 3, 4].filter((_, i) => values[i] === true))
  })

  it('[C23] a boolean of JavaScript is no criterion', async () => {
    world.sent()
    expect(await tag(pipe(from(p), where(true as never)))).toBe('InvalidValue')
    expect(await tag(pipe(from(p), where(((p.a as unknown) !== p.id) as never)))).toBe('InvalidValue')
    expect(await tag(pipe(from(p), where(and(p.b, false as never))))).toBe('InvalidValue')
    expect(await tag(pipe(from(p), where(or(p.b, true as never))))).toBe('InvalidValue')
    expect(await tag(pipe(from(p), where(not(false as never))))).toBe('InvalidValue')
    expect(world.sent()).toEqual([])
  })

  it('[C24] not of anything: null stays null', async () => {
    expect(await column(not(p.b))).toEqual([false, true, null, false])
    expect(await column(not(not(p.b)))).toEqual([true, false, null, true])
    expect(await ids(not(pipe(p.a, inList([7]))))).toEqual([2, 4])
    expect(await ids(pipe(p.a, notInList([7])))).toEqual([2, 4])
    expect(await ids(not(isNull(p.a)))).toEqual([1, 2, 4])
    expect(await ids(not(eq(p.a, 7)))).toEqual([2, 4])
    expect(await ids(not(or(p.b, isNull(p.b))))).toEqual([2])
  })

  it('[CMP08, dialect 5] isTrue, isFalse and what they are not are never null', async () => {
    expect(await ids(isNotTrue(p.b))).toEqual([2, 3])
    expect(await ids(isTrue(p.b))).toEqual([1, 4])
    expect(await ids(isFalse(p.b))).toEqual([2])
    expect(await ids(isNotFalse(p.b))).toEqual([1, 3, 4])
    expect(await column(isNotTrue(gt(p.a, 0)))).toEqual([false, true, true, false])
    expect(await column(isFalse(and(p.b, gt(p.a, 5))))).toEqual([false, true, false, true])
  })

  it('[CMP09] criteria are selected as booleans', async () => {
    expect(await column(gt(p.a, 0))).toEqual([true, false, null, true])
    expect(await column(and(gt(p.a, 0), p.b))).toEqual([true, false, null, true])
    expect(await column(pipe(p.a, between(0, 5)))).toEqual([false, false, null, true])
  })

  it('[CMP14] between with reversed bounds is false of all that is there', async () => {
    expect(await ids(pipe(p.a, between(7, -7)))).toEqual([])
    expect(await ids(not(pipe(p.a, between(7, -7))))).toEqual([1, 2, 4])
    expect(await ids(pipe(p.a, between(-7, 7)))).toEqual([1, 2, 4])
  })

  it('[CMP18] a null is none of the different values', async () => {
    expect(await world.rows(pipe(from(p), select({ n: countDistinct(p.b) })))).toEqual([{ n: 2 }])
  })

  it('[CMP02, dialect 8] null-safe equality takes two nulls for the same', async () => {
    expect(await ids(isNotDistinctFrom(p.a, null))).toEqual([3])
    expect(await ids(isDistinctFrom(p.a, 7))).toEqual([2, 3, 4])
    expect(await ids(isNotDistinctFrom(p.a, p.a))).toEqual([1, 2, 3, 4])
    expect(await column(isDistinctFrom(p.b, p.b))).toEqual([false, false, false, false])
    expect(await column(isNotDistinctFrom(p.s, literal(null, pipe(text, nullable))))).toEqual([
      false,
      false,
      true,
      false,
    ])
  })

  it('[dialect 6, dialect 14] a number is no criterion, and text is no number: both are refused', async () => {
    world.sent()
    expect(await tag(pipe(from(p), where(p.a as never)))).toBe('IllFormed')
    expect(await tag(pipe(from(p), where(and(p.b, p.id as never))))).toBe('IllFormed')
    expect(await tag(pipe(from(p), where(not(p.a as never))))).toBe('IllFormed')
    expect(await tag(pipe(from(p), where(eq(p.s, 0 as never))))).toBe('InvalidValue')
    expect(await tag(pipe(from(p), where(eq(p.s, p.a as never))))).toBe('IllFormed')
    expect(await tag(pipe(from(p), where(eq(p.a, '7' as never))))).toBe('InvalidValue')
    expect(await tag(pipe(from(p), where(eq(p.b, 1 as never))))).toBe('InvalidValue')
    expect(await tag(pipe(from(p), where(inList(['7'])(p.a as never))))).toBe('InvalidValue')
    expect(world.sent()).toEqual([])
  })

  it('[dialect 33] a bound value has a type also where nothing beside it tells', async () => {
    const one = pipe(from(p), where(eq(p.id, 1)))
    const nothing = literal(null, pipe(integer, nullable))
    expect(
      await world.rows(
        pipe(one, select({ a: isNull(nothing), b: nothing, c: add(literal(1, integer), 2), d: literal('x', text) })),
      ),
    ).toEqual([{ a: true, b: null, c: 3, d: 'x' }])
    expect(await ids(isNull(literal('x', pipe(text, nullable))))).toEqual([])
    expect(await ids(eq(literal(1, integer), literal(1, integer)))).toEqual([1, 2, 3, 4])
  })

  it('[C28] arithmetic in select and in where', async () => {
    expect(await column(add(p.a, 1))).toEqual([8, -6, null, 4])
    expect(await column(sub(mul(p.a, 2), p.id))).toEqual([13, -16, null, 2])
    expect(await column(mul(p.a, sub(p.id, 2)))).toEqual([-7, 0, null, 6])
    expect(await column(mod(p.a, 3))).toEqual([1, -1, null, 0])
    expect(await ids(gt(add(p.a, p.id), 7))).toEqual([1])
  })

  it('[NUM11, NUM14] true division gives one number, whatever digits the engine would show', async () => {
    expect(await column(div(literal(7, integer), 2))).toEqual([3.5, 3.5, 3.5, 3.5])
    for (const value of [
      ...(await world.rows(pipe(from(p), select(div(literal('5.52', numeric(5, 2)), '2.4' as never))))),
      ...(await world.rows(pipe(from(p), select(div(literal(5.52, double), 2.4))))),
    ])
      expect(value).toBeCloseTo(2.3, 12)
  })
})

describe.each(engines())('the text of comparison on $label', ({ name }) => {
  it('[CMP02, dialect 8] null-safe equality is in the words of the engine', () => {
    const dialects = { postgres: postgresDialect, mysql: mysqlDialect, mariadb: mariadbDialect, sqlite: sqliteDialect }
    const asked = pipe(from(p), where(isDistinctFrom(p.a, p.id)), select(p.id))
    const text = toSql(dialects[name]())(asked)
    const words = {
      postgres: 'IS DISTINCT FROM',
      mysql: 'NOT (t0.`a` <=>',
      mariadb: 'NOT (t0.`a` <=>',
      sqlite: 'IS NOT',
    }
    expect(E.isRight(text) && text.right.sql).toContain(words[name])
  })
})

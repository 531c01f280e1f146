// What the interpreter finds by keys and leaves out early is what a product gives that is filtered at the end.
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  add,
  alias,
  and,
  bigint,
  caseWhen,
  type ClosedQuery,
  count,
  crossJoin,
  cte,
  double,
  eq,
  exists,
  type Expr,
  from,
  fullJoin,
  gt,
  inList,
  innerJoin,
  integer,
  isNotNull,
  isNull,
  lateral,
  leftJoin,
  like,
  lower,
  lt,
  mul,
  ne,
  nullable,
  numeric,
  or,
  present,
  primaryKey,
  type Query,
  rightJoin,
  type RowOf,
  scalar,
  select,
  subquery,
  table,
  text,
  unionAll,
  varchar,
  view,
  where,
  withRecursive,
} from 'relvar'
import { emptyTables, interpret, type Tables, withRows } from 'relvar/memory'
import { describe, expect, test } from 'vitest'

const a = table('a', {
  id: pipe(integer, primaryKey),
  n: pipe(integer, nullable),
  d: pipe(double, nullable),
  p: pipe(numeric(6, 2), nullable),
  t: pipe(text, nullable),
  b: pipe(bigint, nullable),
})
const z = table('z', {
  id: pipe(integer, primaryKey),
  n: pipe(integer, nullable),
  d: pipe(double, nullable),
  p: pipe(numeric(8, 4), nullable),
  t: pipe(varchar(9), nullable),
  b: pipe(bigint, nullable),
})

// -- rows -------------------------------------------------------------------------------------------------------------

const cells = (scale: number) => ({
  n: fc.constantFrom(null, 0, 1, 2),
  d: fc.constantFrom(null, 0, -0, 0.5, 1, 2),
  p: fc.constantFrom(null, '0', '-0.5', '1.5', '2').map((p) => (p === null ? null : decimalOf(p, scale))),
  t: fc.constantFrom(null, '', 'a', 'A', 'b', 'ab'),
  b: fc.constantFrom(null, 0n, 1n, 2n),
})

const decimalOf = (p: string, scale: number): string => Number(p).toFixed(scale)

const rowsOf = (scale: number) =>
  fc.array(fc.record(cells(scale)), { maxLength: 5 }).map((rows) => rows.map((row, i) => ({ id: i, ...row })))

const data: fc.Arbitrary<Tables> = fc
  .tuple(rowsOf(2), rowsOf(4))
  .map(([left, right]) =>
    must(
      pipe(
        emptyTables,
        withRows(a)(left as ReadonlyArray<RowOf<typeof a>>),
        E.chain(withRows(z)(right as ReadonlyArray<RowOf<typeof z>>)),
      ),
    ),
  )

const must = <A>(outcome: E.Either<{ readonly message: string }, A>): A => {
  if (E.isLeft(outcome)) throw new Error(outcome.left.message)
  return outcome.right
}

const ask = <P, S extends string, O extends string, F extends string, K extends 'select' | 'set'>(
  tables: Tables,
  q: Query<P, S, O, F, K> & ClosedQuery<F>,
) => must(interpret(q)(tables))

// -- criteria ---------------------------------------------------------------------------------------------------------

type On = Expr<boolean | null, 'a' | 'z', 'a' | 'z'>

/** Keys of all types, alone and turned round, of one side and of none; and what no key can be made of. */
const conjuncts: ReadonlyArray<On> = [
  eq(a.n, z.n),
  eq(z.n, a.n),
  eq(a.n, z.d),
  eq(a.d, z.d),
  eq(a.p, z.p),
  eq(a.t, z.t),
  eq(a.b, z.b),
  eq(a.id, z.id),
  eq(z.n, 1),
  eq(a.n, 1),
  eq(z.p, '1.5'),
  eq(z.n, z.id),
  eq(a.n, a.id),
  ne(a.n, z.n),
  gt(z.d, 0),
  lt(a.d, z.d),
  isNull(z.n),
  isNotNull(a.t),
  pipe(z.t, like('a%')),
  pipe(z.n, inList([0, 2])),
  or(eq(a.n, z.n), eq(a.d, z.d)),
  eq(lower(a.t), z.t),
  exists(pipe(from(pipe(z, alias('y'))), where(eq(a.n, 1)))),
]

const on: fc.Arbitrary<On> = fc
  .array(fc.constantFrom(...conjuncts), { minLength: 0, maxLength: 3 })
  .map((some) => and(...some))

/** The same criterion, of which nothing is known before it is asked of a whole row. */
const opaque = <S extends string, N extends string>(e: Expr<boolean | null, S, N>) =>
  eq(caseWhen(e, true).otherwise(false), true)

interface Pair {
  readonly a: RowOf<typeof a> | null
  readonly z: RowOf<typeof z> | null
}

const pair = select({ a, z })

/** The pairs of a product that a criterion is true of. */
const filtered = (tables: Tables, e: On): ReadonlyArray<Pair> =>
  ask(tables, pipe(from(a), crossJoin(z), where(opaque(e)), pair))

const aloneOnLeft = (tables: Tables, pairs: ReadonlyArray<Pair>): ReadonlyArray<Pair> =>
  ask(tables, from(a)).flatMap((row) => (pairs.some((p) => p.a?.id === row.id) ? [] : [{ a: row, z: null }]))

const aloneOnRight = (tables: Tables, pairs: ReadonlyArray<Pair>): ReadonlyArray<Pair> =>
  ask(tables, from(z)).flatMap((row) => (pairs.some((p) => p.z?.id === row.id) ? [] : [{ a: null, z: row }]))

const sorted = (rows: ReadonlyArray<unknown>): ReadonlyArray<string> =>
  rows.map((row) => JSON.stringify(row, (_, v: unknown) => (typeof v === 'bigint' ? `${v}n` : v)) ?? '').sort()

const expectSame = (found: ReadonlyArray<unknown>, meant: ReadonlyArray<unknown>): void =>
  expect(sorted(found)).toEqual(sorted(meant))

const runs = { seed: 20261121, numRuns: 150 }

// -- joins ------------------------------------------------------------------------------------------------------------

describe('joins by key', () => {
  test('[property 19] inner, left, right and full joins are products that are filtered, with what stands alone', () => {
    fc.assert(
      fc.property(data, on, (tables, e) => {
        const pairs = filtered(tables, e)
        const left = [...pairs, ...aloneOnLeft(tables, pairs)]
        expectSame(ask(tables, pipe(from(a), innerJoin(z, e), pair)), pairs)
        expectSame(ask(tables, pipe(from(a), leftJoin(z, e), pair)), left)
        expectSame(ask(tables, pipe(from(a), rightJoin(z, e), pair)), [...pairs, ...aloneOnRight(tables, pairs)])
        expectSame(ask(tables, pipe(from(a), fullJoin(z, e), pair)), [...left, ...aloneOnRight(tables, pairs)])
      }),
      runs,
    )
  })

  test('WHERE is asked in the end of what any join gives, absent rows among it', () => {
    fc.assert(
      fc.property(data, on, on, (tables, e, p) => {
        const kept = where(p)
        const late = where(opaque(p))
        expectSame(ask(tables, pipe(from(a), crossJoin(z), kept, pair)), filtered(tables, p))
        expectSame(ask(tables, pipe(from(a), innerJoin(z, e), kept, pair)), filtered(tables, and(e, p)))
        const left = pipe(from(a), leftJoin(z, e), pair)
        expectSame(ask(tables, pipe(left, kept)), ask(tables, pipe(left, late)))
        expectSame(ask(tables, pipe(left, kept, present(z))), filtered(tables, and(e, p)))
        const right = pipe(from(a), rightJoin(z, e), pair)
        expectSame(ask(tables, pipe(right, kept)), ask(tables, pipe(right, late)))
        const full = pipe(from(a), fullJoin(z, e), pair)
        expectSame(ask(tables, pipe(full, kept)), ask(tables, pipe(full, late)))
        expectSame(ask(tables, pipe(full, kept, present(a), present(z))), filtered(tables, and(e, p)))
      }),
      runs,
    )
  })

  test('so it is behind further joins of each kind', () => {
    const c = pipe(z, alias('c'))
    const three = select({ a, z, c: c.id })
    fc.assert(
      fc.property(data, on, on, (tables, e, p) => {
        const two = pipe(from(a), leftJoin(z, e))
        for (const joined of [
          pipe(two, innerJoin(c, eq(c.n, a.n)), three),
          pipe(two, leftJoin(c, eq(c.n, z.n)), three),
          pipe(two, rightJoin(c, eq(c.n, z.n)), three),
          pipe(two, fullJoin(c, and(eq(c.n, z.n), eq(c.id, 1))), three),
        ])
          expectSame(ask(tables, pipe(joined, where(p))), ask(tables, pipe(joined, where(opaque(p)))))
      }),
      runs,
    )
  })
})

// -- sources ----------------------------------------------------------------------------------------------------------

const pairsOf = select({ a: a.id, z: z.id })

describe('sources', () => {
  test('a query for each row, a view, a common table and a recursion are joined by what they give', () => {
    const named = select({ id: z.id, n: z.n })
    const some = pipe(from(z), where(isNotNull(z.n)), named)
    const shown = view('shown', some)
    const said = pipe(some, cte('said'))
    const each = pipe(from(z), where(eq(z.n, a.n)), named, subquery('each'))
    const all = withRecursive('all', some, (before) =>
      pipe(from(before), where(lt(before.n, 3)), select({ id: before.id, n: add(before.n, 1) })),
    )
    fc.assert(
      fc.property(data, (tables) => {
        const meant = ask(tables, pipe(from(a), crossJoin(z), where(opaque(eq(a.n, z.n))), pairsOf))
        expectSame(ask(tables, pipe(from(a), lateral(each), select({ a: a.id, z: each.id }))), meant)
        expectSame(
          ask(tables, pipe(from(a), innerJoin(shown, eq(shown.n, a.n)), select({ a: a.id, z: shown.id }))),
          meant,
        )
        expectSame(ask(tables, pipe(from(a), innerJoin(said, eq(said.n, a.n)), select({ a: a.id, z: said.id }))), meant)
        const steps = pipe(from(a), crossJoin(all), select({ a: a.id, z: all.id, n: all.n }))
        const joined = pipe(from(a), innerJoin(all, eq(all.n, a.n)), select({ a: a.id, z: all.id, n: all.n }))
        expectSame(ask(tables, joined), ask(tables, pipe(steps, where(opaque(eq(all.n, a.n))))))
      }),
      runs,
    )
  })

  test('a name that stands for an outer row, too, is that of the inner one', () => {
    const inner = pipe(from(z), innerJoin(a, eq(a.n, z.n)), where(and(eq(a.id, 1), isNotNull(z.t))))
    const product = pipe(from(z), crossJoin(a), where(opaque(and(eq(a.n, z.n), eq(a.id, 1), isNotNull(z.t)))))
    fc.assert(
      fc.property(data, (tables) => {
        const early = pipe(from(a), where(exists(inner)))
        const late = pipe(from(a), where(exists(product)))
        expectSame(ask(tables, early), ask(tables, late))
      }),
      runs,
    )
  })

  test('an outer row is what a key is compared with, in each query below it', () => {
    fc.assert(
      fc.property(data, on, (tables, e) => {
        const own = pipe(from(z), where(e))
        const late = pipe(from(z), where(opaque(e)))
        const counted = (q: typeof own) => select({ id: a.id, n: scalar(pipe(q, select(count()))), some: exists(q) })
        expectSame(ask(tables, pipe(from(a), counted(own))), ask(tables, pipe(from(a), counted(late))))
      }),
      runs,
    )
  })

  test('two queries that share a join keep their own criteria', () => {
    const base = pipe(from(a), innerJoin(z, eq(a.n, z.n)), pairsOf)
    fc.assert(
      fc.property(data, on, on, (tables, p, q) => {
        const both = pipe(base, where(p), unionAll(pipe(base, where(q))))
        expectSame(ask(tables, both), [...ask(tables, pipe(base, where(p))), ...ask(tables, pipe(base, where(q)))])
      }),
      runs,
    )
  })
})

// -- refusals ---------------------------------------------------------------------------------------------------------

describe('what can be refused', () => {
  const two = must(
    pipe(
      emptyTables,
      withRows(a)([0, 2].map((n) => ({ id: n, n, d: n, p: null, t: null, b: null }))),
      E.chain(withRows(z)([0, 2].map((n) => ({ id: n, n, d: n, p: null, t: null, b: null })))),
    ),
  )
  const tag = <P, S extends string, O extends string, F extends string>(q: Query<P, S, O, F> & ClosedQuery<F>) => {
    const rows = interpret(q)(two)
    return E.isLeft(rows) ? rows.left._tag : 'Right'
  }

  test('a criterion that is refused for a row is asked of the rows that it was asked of before, and of no others', () => {
    const overflows = gt(mul(mul(z.n, 2_000_000_000), 2_000_000_000), -1)
    const of = (p: On) => tag(pipe(from(a), crossJoin(z), where(p)))
    expect(of(and(overflows, eq(z.n, 0)))).toBe('Overflow')
    expect(of(and(eq(z.n, 0), overflows))).toBe('Right')
    expect(tag(pipe(from(a), innerJoin(z, eq(a.n, z.n)), where(and(overflows, eq(a.n, 0)))))).toBe('Overflow')
    expect(tag(pipe(from(a), innerJoin(z, and(overflows, eq(a.n, z.n))), where(eq(z.n, 0))))).toBe('Overflow')
    expect(tag(pipe(from(a), innerJoin(z, eq(a.n, z.n)), where(and(eq(a.n, 0), overflows))))).toBe('Right')
  })

  test('no row has a number that is none', () => {
    const rows = withRows(a)([{ id: 1, n: null, d: Number.NaN, p: null, t: null, b: null }])(emptyTables)
    expect(E.isLeft(rows) && rows.left._tag).toBe('InvalidValue')
  })
})

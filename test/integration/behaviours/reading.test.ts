// What a criterion, an order and a calculation mean: the same rows on every engine and in memory.
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  add,
  alias,
  type AnyExpr,
  type AnyOrder,
  and,
  asc,
  boolean,
  caseWhen,
  cast,
  charLength,
  concat,
  containsText,
  count,
  countOf,
  desc,
  distinct,
  div,
  endsWith,
  eq,
  exists,
  type Expr,
  from,
  groupBy,
  gt,
  having,
  ilike,
  inList,
  innerJoin,
  inQuery,
  inRows,
  intDiv,
  integer,
  isDistinctFrom,
  isNotDistinctFrom,
  isNotNull,
  isNull,
  like,
  limit,
  literal,
  lower,
  lt,
  matches,
  max,
  min,
  mod,
  mul,
  not,
  notInList,
  nullable,
  nullsFirst,
  nullsLast,
  offset,
  orderBy,
  primaryKey,
  regexMatches,
  select,
  startsWith,
  subquery,
  table,
  text,
  union,
  upper,
  varchar,
  where,
} from '../../../src/index.js'
import { tagOf } from '../../support/run-load.js'
import { filled, type Place, places } from '../functions/places.js'

const t5 = table('t5', { id: pipe(integer, primaryKey), x: integer, y: integer })
const t5Rows = [
  [1, 1, 2],
  [2, 2, 3],
  [3, 3, 4],
  [4, 4, 5],
  [5, 4, 6],
].map(([id = 0, x = 0, y = 0]) => ({ id, x, y }))

const p4 = table('p4', {
  id: pipe(integer, primaryKey),
  a: pipe(integer, nullable),
  s: pipe(varchar(20), nullable),
  b: pipe(boolean, nullable),
})
const p4Rows = [
  { id: 1, a: 7, s: 'Ab', b: true },
  { id: 2, a: -7, s: 'ab ', b: false },
  { id: 3, a: null, s: null, b: null },
  { id: 4, a: 3, s: '', b: true },
]

const l11 = table('l11', { id: pipe(integer, primaryKey), data: pipe(varchar(50), nullable) })
const l11Rows = [
  'abcdefg',
  'ab/cdefg',
  'ab%cdefg',
  'ab_cdefg',
  'abcde/fg',
  'abcde%fg',
  'ab#cdefg',
  'ab9cdefg',
  'abcde#fg',
  'abcd9fg',
  null,
].map((data, i) => ({ id: i + 1, data }))

const a = table('a', { id: pipe(integer, primaryKey) })
const b = table('b', { id: pipe(integer, primaryKey), aId: integer })
const named = table('named', { id: pipe(integer, primaryKey), name: pipe(varchar(10), nullable) })

const tables = [
  filled(t5, t5Rows),
  filled(p4, p4Rows),
  filled(l11, l11Rows),
  filled(
    a,
    [1, 2, 3, 4, 5].map((id) => ({ id })),
  ),
  filled(b, [
    { id: 1, aId: 1 },
    { id: 2, aId: 1 },
    { id: 4, aId: 2 },
    { id: 5, aId: 3 },
  ]),
  filled(named, [
    { id: 1, name: null },
    { id: 2, name: 'b' },
    { id: 3, name: 'a' },
  ]),
]

type On = Expr<boolean | null, string, string>

describe.each(places)('reading on $label', ({ open }) => {
  let place: Place
  beforeAll(async () => {
    place = await open(tables)
  })
  afterAll(() => place.close())

  // Each criterion is about the table beside it, which the types of these helpers do not follow.
  const ids = (t: typeof t5 | typeof p4 | typeof l11 | typeof a | typeof named, on: On): Promise<unknown> =>
    place.rows(
      pipe(from(t as typeof t5), where(on as never), orderBy(t.id as typeof t5.id), select(t.id as never)) as never,
    )
  const values = (t: typeof t5 | typeof p4 | typeof l11, of: AnyExpr): Promise<unknown> =>
    place.rows(pipe(from(t as typeof t5), orderBy(t.id as typeof t5.id), select(of as never)) as never)
  const sorted = (...by: ReadonlyArray<AnyExpr | AnyOrder>): Promise<unknown> =>
    place.rows(pipe(from(named), orderBy(...(by as readonly [typeof named.id])), select(named.id)))
  const tag = async (query: unknown): Promise<string> => tagOf(await place.outcome(query as never))

  // -- null and comparison ----------------------------------------------------------------------------------------------

  it('[C13] null is asked for by its own verbs', async () => {
    expect(await ids(p4, isNull(p4.a))).toEqual([3])
    expect(await ids(p4, isNotNull(p4.a))).toEqual([1, 2, 4])
    expect(await ids(p4, not(isNull(p4.s)))).toEqual([1, 2, 4])
    expect(await tag(pipe(from(p4), where(eq(p4.a, null as never))))).toBe('InvalidValue')
  })

  it('[CMP02, dialect 8] null-safe equality', async () => {
    expect(await values(p4, isNotDistinctFrom(p4.a, literal(null, pipe(integer, nullable))))).toEqual([
      false,
      false,
      true,
      false,
    ])
    expect(await values(p4, isDistinctFrom(p4.a, 7))).toEqual([false, true, true, true])
  })

  it('[CMP03, dialect 15, dialect 16] equality sees case and blanks at the end', async () => {
    expect(await ids(p4, eq(p4.s, 'ab'))).toEqual([])
    expect(await ids(p4, eq(p4.s, 'ab '))).toEqual([2])
    expect(await ids(p4, eq(p4.s, 'Ab'))).toEqual([1])
    expect(await ids(p4, pipe(p4.s, inList(['AB', 'ab', 'Ab'])))).toEqual([1])
  })

  it('[CMP15] exists is true where there is a row', async () => {
    const of = (id: number) => exists(pipe(from(b), where(and(eq(b.aId, a.id), eq(b.id, id)))))
    expect(await ids(a, of(2))).toEqual([1])
    expect(await ids(a, of(9))).toEqual([])
    expect(await ids(a, not(exists(pipe(from(b), where(eq(b.aId, a.id))))))).toEqual([4, 5])
  })

  it('[C23, dialect 6, dialect 14] a boolean of JavaScript, a number and a text are no criteria, and text is no number', async () => {
    for (const on of [true, false, 1, 'x', undefined, p4.a, p4.s])
      expect(await tag(pipe(from(p4), where(on as never)))).toMatch(/^(InvalidValue|TypeMismatch|IllFormed)$/)
    expect(await tag(pipe(from(p4), where(eq(p4.s as never, 0 as never))))).toBe('InvalidValue')
    expect(await tag(pipe(from(p4), where(eq(p4.s as never, p4.a as never))))).not.toBe('Right')
  })

  // -- lists ------------------------------------------------------------------------------------------------------------

  it('[C19, INX12, dialect 10] not in a list, which has no nulls; not in a query with a null keeps nothing', async () => {
    expect(await ids(p4, pipe(p4.a, notInList([7])))).toEqual([2, 4])
    expect(await tag(pipe(from(p4), where(pipe(p4.a, notInList([7, null as never])))))).toBe('InvalidValue')
    expect(await ids(t5, not(pipe(t5.x, inQuery(pipe(from(p4), select(p4.a))))))).toEqual([])
  })

  it('[INX10] a list twice in a union with another one', async () => {
    const side = (list: ReadonlyArray<number>) => pipe(from(t5), where(pipe(t5.x, inList(list))), select({ id: t5.id }))
    const q = pipe(
      side([1, 2]),
      union(side([2, 4])),
      union(side([1, 2])),
      orderBy((row) => [row.id]),
    )
    expect(await place.rows(q)).toEqual([1, 2, 4, 5].map((id) => ({ id })))
  })

  it('[INX16] a row of a list that is no array is refused', async () => {
    for (const wrong of [{ 0: 2, 1: 3, length: 2 }, [2], 'ab', null, undefined]) {
      const on = inRows([t5.x, t5.y], [wrong as unknown as readonly [number, number]])
      expect(await tag(pipe(from(t5), where(on)))).toBe('InvalidValue')
    }
  })

  it('[INX19, dialect 82] a list of 70,000', async () => {
    const many = Array.from({ length: 70_000 }, (_, i) => i + 3)
    expect(await ids(t5, pipe(t5.id, inList(many)))).toEqual([3, 4, 5])
    expect(await ids(t5, pipe(t5.id, notInList(many)))).toEqual([1, 2])
  })

  // -- limits and orders ------------------------------------------------------------------------------------------------

  it('[LIM14, dialect 32] a limit below zero, or of no number, is refused', async () => {
    for (const n of [-1, 1.5, Number.NaN, '2', null, undefined]) {
      expect(await tag(pipe(from(t5), orderBy(t5.id), limit(n as number)))).toBe('InvalidValue')
      expect(await tag(pipe(from(t5), orderBy(t5.id), offset(n as number)))).toBe('InvalidValue')
    }
  })

  it('[ORD02, ORD03, ORD05] an order by what is an output, and by more than it', async () => {
    const lx = add(t5.x, t5.y)
    expect(await place.rows(pipe(from(t5), select(lx), orderBy(lx), limit(3)))).toEqual([3, 5, 7])
    expect(await place.rows(pipe(from(t5), select({ lx }), orderBy(desc(lx)), limit(2)))).toEqual([
      { lx: 10 },
      { lx: 9 },
    ])
    const text2 = concat(lower(l11.data), 'x')
    expect(
      await place.rows(
        pipe(from(l11), where(lt(l11.id, 4)), select({ id: l11.id, text2 }), orderBy(desc(concat(text2, 'x')), l11.id)),
      ),
    ).toEqual([
      { id: 1, text2: 'abcdefgx' },
      { id: 2, text2: 'ab/cdefgx' },
      { id: 3, text2: 'ab%cdefgx' },
    ])
  })

  it('[ORD06, ORD08, ORD09, ORD11, dialect 25] nulls are last unless asked for', async () => {
    expect(await sorted(named.name)).toEqual([3, 2, 1])
    expect(await sorted(desc(named.name))).toEqual([2, 3, 1])
    expect(await sorted(nullsFirst(asc(named.name)))).toEqual([1, 3, 2])
    expect(await sorted(nullsLast(asc(named.name)))).toEqual([3, 2, 1])
    expect(await sorted(nullsLast(desc(named.name)))).toEqual([2, 3, 1])
  })

  it('[ORD14, dialect 44] distinct rows are ordered by what they have', async () => {
    const q = pipe(from(t5), distinct, select(t5.x))
    expect(await place.rows(pipe(q, orderBy(t5.x)))).toEqual([1, 2, 3, 4])
    expect(await tag(pipe(q, orderBy(t5.y)))).toBe('IllFormed')
  })

  it('[CMP05, CMP06] least and greatest of text, where its order is that of code points', async () => {
    const q = pipe(from(p4), select({ low: min(p4.s), high: max(p4.s) }))
    const found = await place.rows(q)
    // The order of PostgreSQL is that of the database; of these three it is one in each.
    expect(found).toHaveLength(1)
    if (place.name !== 'postgres') expect(found).toEqual([{ low: '', high: 'ab ' }])
    else expect(found[0]?.low).toBe('')
  })

  // -- text -------------------------------------------------------------------------------------------------------------

  it('[dialect 12, dialect 13, STR07] concat joins, and is null with a null', async () => {
    expect(await values(p4, concat('<', p4.s, '>'))).toEqual(['<Ab>', '<ab >', null, '<>'])
    expect(await place.rows(pipe(from(a), where(eq(a.id, 1)), select(concat('a', 'b', 'c', 'd', 'e'))))).toEqual([
      'abcde',
    ])
  })

  it('[dialect 19, dialect 20, LIK01, LIK19] like minds case, ilike does not; the wildcards are active', async () => {
    expect(await ids(l11, pipe(l11.data, like('ab%c%')))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(await ids(p4, pipe(p4.s, like('ab%')))).toEqual([2])
    expect(await ids(p4, pipe(p4.s, ilike('AB%')))).toEqual([1, 2])
  })

  it('[LIK20, dialect 23, STR10] A to Z have two cases; a text is like itself, whatever its letters', async () => {
    expect(await values(p4, upper(p4.s))).toEqual(['AB', 'AB ', null, ''])
    expect(await values(p4, lower(p4.s))).toEqual(['ab', 'ab ', null, ''])
    const accented = literal('réveillé É', text)
    expect(await place.rows(pipe(from(a), where(eq(a.id, 1)), select(pipe(accented, ilike('Réveillé É')))))).toEqual([
      true,
    ])
  })

  it('[dialect 20, LIK02, LIK14] the wildcards and the escape of a value mean themselves', async () => {
    expect(await ids(l11, pipe(l11.data, startsWith('ab%c')))).toEqual([3])
    expect(await ids(l11, pipe(l11.data, startsWith('ab#c')))).toEqual([7])
    expect(await ids(l11, pipe(l11.data, endsWith('e%fg')))).toEqual([6])
    expect(await ids(l11, pipe(l11.data, containsText('b_cd')))).toEqual([4])
    const odd = literal(String.raw`a\b!c%`, text)
    for (const part of ['\\', '!', '%', String.raw`\b!c`])
      expect(await place.rows(pipe(from(a), where(eq(a.id, 1)), select(pipe(odd, containsText(part)))))).toEqual([true])
  })

  it('[dialect 21, dialect 22] the empty text is no null; characters are counted', async () => {
    expect(await values(p4, isNull(p4.s))).toEqual([false, false, true, false])
    expect(await values(p4, charLength(p4.s))).toEqual([2, 3, null, 0])
    const snake = charLength(literal('🐍é', text))
    expect(await place.rows(pipe(from(a), where(eq(a.id, 1)), select(snake)))).toEqual([2])
  })

  it('[dialect 91, LIK22, LIK23] regular expressions', async () => {
    expect(await ids(l11, pipe(l11.data, regexMatches('a.cde')))).toEqual([1, 5, 6, 9])
    expect(await ids(l11, pipe(l11.data, regexMatches('9cde')))).toEqual([8])
    expect(await ids(l11, not(pipe(l11.data, regexMatches('a.cde'))))).toEqual([2, 3, 4, 7, 8, 10])
    expect(await ids(l11, pipe(l11.data, regexMatches('^(b|c)')))).toEqual([])
  })

  it('[P07] full text is searched where there is an index for it, else refused', async () => {
    const outcome = await tag(pipe(from(l11), where(matches([l11.data], 'abcdefg'))))
    const expected: Readonly<Record<string, string>> = {
      memory: 'NotEvaluable',
      sqlite: 'Unsupported',
      postgres: 'Right',
      mysql: 'Sql',
      mariadb: 'Sql',
    }
    expect(outcome).toBe(expected[place.name])
  })

  // -- numbers ----------------------------------------------------------------------------------------------------------

  it('[dialect 1, dialect 2, NUM07, NUM08, NUM10] two divisions, and a remainder of the sign of the left side', async () => {
    const one = async (e: AnyExpr): Promise<unknown> =>
      (await place.rows(pipe(from(a), where(eq(a.id, 1)), select(e as never)) as never))[0]
    const n = (of: number) => literal(of, integer)
    expect(await one(div(n(7), 2))).toBe(3.5)
    expect(await one(div(n(-15), 10))).toBe(-1.5)
    expect(await one(intDiv(n(15), 10))).toBe(1)
    expect(await one(intDiv(n(-15), 5))).toBe(-3)
    expect(await one(intDiv(n(-7), 2))).toBe(-3)
    expect(await one(mod(n(-7), 3))).toBe(-1)
    expect(await one(mod(n(5), -3))).toBe(2)
  })

  it('[dialect 3, NUM13] by zero is null', async () => {
    expect(await values(p4, div(p4.a, 0))).toEqual([null, null, null, null])
    expect(await values(p4, intDiv(p4.a, 0))).toEqual([null, null, null, null])
    expect(await values(p4, mod(p4.a, 0))).toEqual([null, null, null, null])
  })

  it('[dialect 4, NUM04] what does not fit is an error, never another number', async () => {
    const over = add(literal(2147483647, integer), 1)
    expect(await tag(pipe(from(a), select(over)))).not.toBe('Right')
    expect(await tag(pipe(from(a), select(mul(literal(2147483647, integer), 2147483647))))).not.toBe('Right')
  })

  it('[dialect 29, NUM28] text is no integer: a cast is refused', async () => {
    const q = pipe(from(p4), select(cast(integer)(literal('12abc', text) as never)))
    expect(await tag(q)).not.toBe('Right')
  })

  // -- groups and joins ---------------------------------------------------------------------------------------------------

  it('[dialect 17] groups and distinct rows keep case and blanks apart', async () => {
    const t = table('p4', { id: pipe(integer, primaryKey), s: pipe(varchar(20), nullable) })
    const some = pipe(from(t), where(isNotNull(t.s)))
    const groups = pipe(some, groupBy(t.s), select({ s: t.s, n: count() }))
    expect((await place.rows(groups)).map(({ n }) => n)).toEqual([1, 1, 1])
    const folded = pipe(some, groupBy(lower(t.s)), select({ n: count() }))
    expect(await place.rows(folded)).toHaveLength(3)
    expect(await place.rows(pipe(some, distinct, select(t.s)))).toHaveLength(3)
  })

  it('[dialect 41, dialect 42] an ungrouped column is refused; having is about groups', async () => {
    expect(await tag(pipe(from(t5), groupBy(t5.x), select({ x: t5.x, y: t5.y })))).toBe('Ungrouped')
    expect(await tag(pipe(from(t5), groupBy(t5.x), orderBy(t5.y), select({ x: t5.x })))).toBe('Ungrouped')
    expect(await place.rows(pipe(from(t5), groupBy(t5.x), having(gt(count(), 1)), select(t5.x)))).toEqual([4])
    expect(await place.rows(pipe(from(t5), having(gt(count(), 4)), select({ n: count() })))).toEqual([{ n: 5 }])
    expect(await place.rows(pipe(from(t5), having(gt(count(), 5)), select({ n: count() })))).toEqual([])
  })

  it('[C39] a query is counted as it is, its limit and its groups with it', async () => {
    const grouped = pipe(from(t5), groupBy(t5.x), select({ x: t5.x }))
    expect(await place.rows(countOf(grouped))).toEqual([4])
    expect(await place.rows(countOf(pipe(from(t5), orderBy(t5.id), limit(2))))).toEqual([2])
  })

  it('[SEL01, SEL07] a join by a foreign key; one column under two names', async () => {
    const q = pipe(
      from(a),
      innerJoin(b, eq(b.aId, a.id)),
      orderBy(a.id, b.id),
      select({ a: a.id, b: b.id, again: b.aId, same: b.aId }),
    )
    expect(await place.rows(q)).toEqual([
      { a: 1, b: 1, again: 1, same: 1 },
      { a: 1, b: 2, again: 1, same: 1 },
      { a: 2, b: 4, again: 2, same: 2 },
      { a: 3, b: 5, again: 3, same: 3 },
    ])
  })

  it('[IDN15] aliases and outputs are called anything', async () => {
    for (const name of ['a b', 'a"b', "a'b", 'a`b', 'a%b', 'a;--', '測試', 'select', 'x'.repeat(63)]) {
      const other = pipe(t5, alias(`${name.slice(0, 60)}2`))
      const q = pipe(
        from(t5),
        innerJoin(other, eq(other.id, t5.x)),
        where(eq(t5.id, 5)),
        select({ [name]: other.y, deep: { [name]: t5.y } }),
      )
      expect(await place.rows(q as never)).toEqual([{ [name]: 5, deep: { [name]: 6 } }])
      const inner = pipe(from(t5), select({ [name]: t5.x }), subquery(`${name.slice(0, 60)}3`))
      const column = (inner as unknown as Readonly<Record<string, typeof t5.x>>)[name]
      expect(
        await place.rows(
          pipe(from(inner as never), where(eq(column as never, 3 as never)), select(column as never)) as never,
        ),
      ).toEqual([3])
    }
  })

  it('[C30] of two orders the first counts more', async () => {
    const q = pipe(from(t5), orderBy(desc(t5.x), asc(t5.id)), select(t5.id))
    expect(await place.rows(q)).toEqual([4, 5, 3, 2, 1])
    expect(
      await place.rows(pipe(from(t5), orderBy(caseWhen(eq(t5.x, 2), 0).otherwise(1), t5.id), limit(1), select(t5.id))),
    ).toEqual([2])
  })
})

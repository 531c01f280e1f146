// Every value that a column takes comes back as it was, on every engine, whichever way it travelled.
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  asc,
  bigint,
  boolean,
  coalesce,
  date,
  double,
  eq,
  from,
  gt,
  inList,
  insertInto,
  integer,
  isNotDistinctFrom,
  json,
  literal,
  nullable,
  orderBy,
  primaryKey,
  returning,
  select,
  set,
  table,
  text,
  timestamptz,
  update,
  varchar,
  where,
  type Expr,
} from '../../../src/index.js'
import { type Place, places } from '../../support/places.js'
import { openWorldAt, tagOf, type World } from '../../support/run-load.js'

const document = t.type({ size: t.number, tags: t.array(t.string), deep: t.unknown })

const all = table('all_types', {
  id: pipe(integer, primaryKey),
  small: pipe(integer, nullable),
  big: pipe(bigint, nullable),
  real: pipe(double, nullable),
  flag: pipe(boolean, nullable),
  short: pipe(varchar(20), nullable),
  long: pipe(text, nullable),
  day: pipe(date, nullable),
  at: pipe(timestamptz, nullable),
  doc: pipe(json(document), nullable),
})

const bigs = [
  0n,
  1n,
  -1n,
  2147483647n,
  -2147483649n,
  9007199254740991n,
  9007199254740993n,
  -9007199254740993n,
  9223372036854775807n,
  -9223372036854775808n,
]
const integers = [0, 1, -1, 2147483647, -2147483648]
const doubles = [
  0,
  0.1,
  -0.1,
  1e-7,
  8.5514716,
  1 / 3,
  1e21,
  123456789.12345679,
  5e-324,
  1.7976931348623157e308,
  -1.7976931348623157e308,
  9007199254740994,
]
const texts = [
  '',
  ' ',
  'a',
  'A',
  'a ',
  'é',
  'e\u0301',
  'O\'Hara "quoted" \\ back\\slash\\\\',
  'percent % signs %% _ underscore ! bang',
  'réveillé 🐍 測試',
  'line\nbreak\ttab\rreturn',
  '{"json":[1]}',
  '{a,b}',
  'NULL',
  'null',
  '$1 ? :name @x',
  '\u2028\u2029\u0001\u001a',
]
const days = ['0001-01-01', '0999-12-31', '1000-01-01', '1582-10-10', '1970-01-01', '2012-02-29', '9999-12-31']
const instants = [
  '0001-01-01T00:00:00.000000Z',
  '1850-11-10T11:52:35.000001Z',
  '1969-12-31T23:59:59.999999Z',
  '2012-10-15T12:57:18.000396Z',
  '2021-03-28T01:30:00.100000Z',
  '2038-01-19T03:14:08.000000Z',
  '9999-12-31T23:59:59.999999Z',
]
const documents = [
  { size: 1, tags: [], deep: null },
  {
    size: 0.1,
    tags: ["it's", '"quoted"', 'back\\slash', '\\u0000', '🐍', 'a'],
    deep: { a: [1, { b: null }], 'key with "': true, '': '' },
  },
  { size: -1.5e-9, tags: ['x'], deep: [[], {}, [null]] },
  { size: 12345678901, tags: ['\u2028'], deep: 'text' },
]

const shuffled = <A>(values: ReadonlyArray<A>): ReadonlyArray<A> => values.toSorted(() => 0)

type Criterion = Expr<boolean | null, 'all_types', string>

describe.each(places())('values on $label', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ all })
  })
  afterAll(() => world.close())

  const roundTrip = async (
    key: 'small' | 'big' | 'real' | 'short' | 'long' | 'day' | 'at' | 'doc',
    values: ReadonlyArray<unknown>,
    base: number,
  ): Promise<void> => {
    // the column's type is the test's own business: `values` are of it
    const column = all[key] as typeof all.short
    const rows = values.map((value, i) => ({ id: base + i, [key]: value }))
    const written = await world.rows(pipe(insertInto(all)(rows), returning({ value: column })))
    expect(written.map((row) => row.value)).toEqual(values)
    const read = await world.rows(
      pipe(
        from(all),
        where(pipe(all.id, inList(rows.map((row) => row.id)))),
        orderBy(all.id),
        select({ value: column }),
      ),
    )
    expect(read.map((row) => row.value)).toEqual(values)
    for (const [i, value] of values.entries()) {
      await world.rows(pipe(update(all), set({ [key]: null }), where(eq(all.id, base + i))))
      const changed = await world.answer(pipe(update(all), set({ [key]: value }), where(eq(all.id, base + i))))
      expect(changed.affected).toBe(1)
    }
    const again = await world.rows(
      pipe(from(all), where(gt(all.id, base - 1)), orderBy(all.id), select({ value: column })),
    )
    expect(again.slice(0, values.length).map((row) => row.value)).toEqual(values)
  }

  it('[NUM01] [NUM02] integers and bigints, exactly, beyond 2^53 too', async () => {
    await roundTrip('small', integers, 1000)
    await roundTrip('big', bigs, 1100)
  })

  it('[NUM22] [NUM23] doubles, exactly', () => roundTrip('real', doubles, 1200))

  it('[STR01] [STR03] [STR04] [STR06] text of any characters', async () => {
    await roundTrip('long', texts, 1300)
    await roundTrip(
      'short',
      texts.filter((s) => s.length <= 20),
      1400,
    )
  })

  it('[DTM01] [DTM04] [DTM05] days and instants with microseconds', async () => {
    await roundTrip('day', days, 1500)
    await roundTrip('at', instants, 1600)
  })

  it('[JSN02] [JSN14] [JSN15] documents', () => roundTrip('doc', documents, 1700))

  it('[STR03] [NUM25] [DTM13] null in every column', async () => {
    await world.rows(insertInto(all)({ id: 1 }))
    const [row] = await world.rows(pipe(from(all), where(eq(all.id, 1))))
    expect(row).toEqual({
      id: 1,
      small: null,
      big: null,
      real: null,
      flag: null,
      short: null,
      long: null,
      day: null,
      at: null,
      doc: null,
    })
  })

  it('[dialect 73] instants of any zone are the same instant', async () => {
    await world.rows(insertInto(all)({ id: 2, at: '2012-10-15T14:57:18.000396+02:00' }))
    const at = await world.rows(
      pipe(from(all), where(eq(all.at, '2012-10-15T07:57:18.000396-05:00')), where(eq(all.id, 2)), select(all.at)),
    )
    expect(at).toEqual(['2012-10-15T12:57:18.000396Z'])
  })

  it('[dialect 5] booleans are true and false', async () => {
    await world.rows(
      insertInto(all)([
        { id: 3, flag: true },
        { id: 4, flag: false },
      ]),
    )
    const rows = await world.rows(
      pipe(from(all), where(pipe(all.id, inList([3, 4]))), orderBy(all.id), select(all.flag)),
    )
    expect(rows).toEqual([true, false])
    expect(await world.rows(pipe(from(all), where(eq(all.flag, false)), select(all.id)))).toEqual([4])
    expect(await world.rows(pipe(from(all), where(all.flag), select(all.id)))).toEqual([3])
  })

  it('values stand beside no column as they are', async () => {
    await world.rows(insertInto(all)({ id: 5 }))
    const [row] = await world.rows(
      pipe(
        from(all),
        where(eq(all.id, 5)),
        select({
          small: literal(7, integer),
          big: literal(9007199254740993n, bigint),
          real: literal(0.1, double),
          whole: literal(3, double),
          yes: literal(true, boolean),
          no: literal(false, boolean),
          short: literal('O\'Hara "\\', varchar(10)),
          long: literal('a ', text),
          day: literal('2012-10-15', date),
          at: literal('2012-10-15T12:57:18.000396Z', timestamptz),
          doc: literal({ size: 1, tags: ['x'], deep: null }, json(document)),
          none: literal(null, pipe(integer, nullable)),
          noText: literal(null, pipe(text, nullable)),
          noDay: literal(null, pipe(timestamptz, nullable)),
          noDoc: literal(null, pipe(json(document), nullable)),
        }),
      ),
    )
    expect(row).toEqual({
      small: 7,
      big: 9007199254740993n,
      real: 0.1,
      whole: 3,
      yes: true,
      no: false,
      short: 'O\'Hara "\\',
      long: 'a ',
      day: '2012-10-15',
      at: '2012-10-15T12:57:18.000396Z',
      doc: { size: 1, tags: ['x'], deep: null },
      none: null,
      noText: null,
      noDay: null,
      noDoc: null,
    })
  })

  it('[NUM02] [INX01] values are found again by equality, by a list, by null-safe equality and by a default', async () => {
    const checks = [...bigs.map((v, i) => [all.big, v, 1100 + i] as const)]
    for (const [column, value, id] of checks) {
      const by = (on: Criterion) => world.rows(pipe(from(all), where(on), orderBy(asc(all.id)), select(all.id)))
      expect(await by(eq(column, value)), String(value)).toEqual([id])
      expect(await by(pipe(column, inList([value]))), String(value)).toEqual([id])
      expect(await by(isNotDistinctFrom(column, value)), String(value)).toEqual([id])
      expect(await by(eq(coalesce(column, 5n), value)), String(value)).toEqual([id])
    }
    for (const [i, value] of texts.entries()) {
      const by = (on: Criterion) =>
        world.rows(
          pipe(
            from(all),
            where(on),
            where(gt(all.id, 1299)),
            where(pipe(all.id, inList(texts.map((_, n) => 1300 + n)))),
            select(all.id),
          ),
        )
      expect(await by(eq(all.long, value)), JSON.stringify(value)).toEqual([1300 + i])
      expect(await by(pipe(all.long, inList([value, value, value]))), JSON.stringify(value)).toEqual([1300 + i])
      expect(await by(isNotDistinctFrom(all.long, value)), JSON.stringify(value)).toEqual([1300 + i])
      expect(await by(eq(coalesce(all.long, 'none'), value)), JSON.stringify(value)).toEqual([1300 + i])
    }
    for (const [i, value] of doubles.entries())
      expect(await world.rows(pipe(from(all), where(eq(all.real, value)), select(all.id))), String(value)).toEqual([
        1200 + i,
      ])
    for (const [i, value] of days.entries())
      expect(await world.rows(pipe(from(all), where(eq(all.day, value)), select(all.id))), value).toEqual([1500 + i])
    for (const [i, value] of instants.entries())
      expect(
        await world.rows(
          pipe(from(all), where(pipe(all.at, inList([value]))), where(gt(all.id, 1500)), select(all.id)),
        ),
        value,
      ).toEqual([1600 + i])
  })

  it('[INX19] a list of 3,000 values travels in one parameter, each type as it is', async () => {
    const long = <A>(values: ReadonlyArray<A>, more: (i: number) => A): ReadonlyArray<A> => [
      ...values,
      ...Array.from({ length: 3000 }, (_, i) => more(i)),
    ]
    const ids = (on: Criterion, base: number) =>
      world.rows(
        pipe(
          from(all),
          where(on),
          where(gt(all.id, base - 1)),
          where(pipe(all.id, inList(Array.from({ length: 100 }, (_, i) => base + i)))),
          orderBy(all.id),
          select(all.id),
        ),
      )
    const expected = (base: number, count: number) => Array.from({ length: count }, (_, i) => base + i)
    expect(await ids(pipe(all.small, inList(long(integers, (i) => i + 5000))), 1000)).toEqual(
      expected(1000, integers.length),
    )
    expect(await ids(pipe(all.big, inList(long(bigs, (i) => 7007199254740993n + BigInt(i)))), 1100)).toEqual(
      expected(1100, bigs.length),
    )
    expect(await ids(pipe(all.real, inList(long(doubles, (i) => i + 0.5))), 1200)).toEqual(
      expected(1200, doubles.length),
    )
    expect(await ids(pipe(all.long, inList(long(texts, (i) => `filler ${i}`))), 1300)).toEqual(
      expected(1300, texts.length),
    )
    expect(
      await ids(pipe(all.day, inList(long(days, (i) => `20${String(10 + (i % 90)).padStart(2, '0')}-01-01`))), 1500),
    ).toEqual(expected(1500, days.length))
    expect(
      await ids(
        pipe(all.at, inList(long(instants, (i) => `2001-01-01T00:00:00.${String(i).padStart(6, '0')}Z`))),
        1600,
      ),
    ).toEqual(expected(1600, instants.length))
    expect(await ids(pipe(all.flag, inList(long<boolean>([true], () => true))), 3)).toEqual([3])
  })

  it.each([
    ['an integer beyond 32 bits', { small: 2147483648 }],
    ['a fraction', { small: 1.5 }],
    ['NaN', { real: Number.NaN }],
    ['an infinity', { real: Number.POSITIVE_INFINITY }],
    ['a bigint beyond 64 bits', { big: 9223372036854775808n }],
    ['text with a NUL', { long: 'a\0b' }],
    ['a lone surrogate', { long: 'a\ud800b' }],
    ['text that is too long', { short: 'x'.repeat(21) }],
    ['a day that does not exist', { day: '2011-02-29' }],
    ['a day with a time', { day: '2011-02-20T00:00:00Z' }],
    ['an instant without a zone', { at: '2011-02-20T00:00:00' }],
    ['an instant with seven digits', { at: '2011-02-20T00:00:00.1234567Z' }],
  ])('[STR12] [STR13] [DTM11] %s is refused before it is sent', async (_, row) => {
    world.sent()
    expect(tagOf(await world.outcome(insertInto(all)([{ id: 99, ...row }])))).toBe('InvalidValue')
    expect(world.sent()).toEqual([])
  })

  it('[dialect 22] 20 characters beyond the basic plane fit into varchar(20)', async () => {
    const snakes = '🐍'.repeat(20)
    await world.rows(insertInto(all)({ id: 50, short: snakes }))
    expect(await world.rows(pipe(from(all), where(eq(all.short, snakes)), select(all.short)))).toEqual([snakes])
  })

  it('keeps the order of a shuffled insert', async () => {
    const rows = shuffled([60, 63, 61, 62]).map((id) => ({ id, small: id }))
    expect(await world.rows(pipe(insertInto(all)(rows), returning({ id: all.id })))).toEqual(
      rows.map(({ id }) => ({ id })),
    )
  })
})

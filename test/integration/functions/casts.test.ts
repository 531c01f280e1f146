// A cast means one thing on every engine and in memory, or it is refused before anything is sent.
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  add,
  type AnyExpr,
  bigint,
  binary,
  boolean,
  cast,
  char,
  concat,
  count,
  date,
  double,
  enumeration,
  eq,
  type Expr,
  from,
  gt,
  inList,
  insertInto,
  integer,
  json,
  like,
  literal,
  mul,
  nullable,
  numeric,
  orderBy,
  primaryKey,
  select,
  smallint,
  sum,
  table,
  text,
  timestamp,
  timestamptz,
  uuid,
  varchar,
  where,
} from '../../../src/index.js'
import * as t from 'io-ts'
import { type Place, places } from '../../support/places.js'
import { openWorldAt, tagOf, type World } from '../../support/run-load.js'

const things = table('things', {
  id: pipe(integer, primaryKey),
  small: pipe(smallint, nullable),
  n: pipe(integer, nullable),
  big: pipe(bigint, nullable),
  x: pipe(double, nullable),
  price: pipe(numeric(8, 3), nullable),
  whole: pipe(numeric(9, 0), nullable),
  flag: pipe(boolean, nullable),
  name: pipe(text, nullable),
  code: pipe(varchar(5), nullable),
  fixed: pipe(char(5), nullable),
  kind: pipe(enumeration(['red', 'green']), nullable),
  uid: pipe(uuid, nullable),
  day: pipe(date, nullable),
  local: pipe(timestamp, nullable),
  at: pipe(timestamptz, nullable),
  bytes: pipe(binary, nullable),
  doc: pipe(json(t.unknown), nullable),
})

const rows = insertInto(things)([
  {
    id: 1,
    small: 32767,
    n: 2147483647,
    big: 9223372036854775807n,
    price: '12345.678',
    whole: '999999999',
    flag: true,
    name: '12abc',
    code: 'ab',
    fixed: 'ab',
    kind: 'red',
    uid: '0f8fad5b-d9cb-469f-a165-70867728950e',
    day: '2024-02-29',
    local: '2024-02-29T23:59:59.999999',
    at: '2024-02-29T23:59:59.999999Z',
    x: 1.5,
  },
  {
    id: 2,
    small: -32768,
    n: -2147483648,
    big: -9223372036854775808n,
    price: '-0.005',
    whole: '-7',
    flag: false,
    name: '',
    code: '',
    fixed: '',
    kind: 'green',
    uid: '00000000-0000-0000-0000-000000000000',
    day: '0001-01-01',
    local: '1000-01-01T00:00:00',
    at: '1000-01-01T00:00:00Z',
    x: -2.5,
  },
  { id: 3, price: '0.050', n: 0, big: 9007199254740993n },
  { id: 4 },
])

describe.each(places())('casts on $label', (place) => {
  let world: World<Place['name']>
  beforeAll(async () => {
    world = await openWorldAt(place)
    await world.create({ things })
    await world.rows(rows)
  })
  afterAll(() => world.close())

  const column = <A>(e: Expr<A, 'things', 'things'>) => world.rows(pipe(from(things), orderBy(things.id), select(e)))

  it('whole numbers as wider ones', async () => {
    expect(await column(cast(things.small, integer))).toEqual([32767, -32768, null, null])
    expect(await column(pipe(things.n, cast(bigint)))).toEqual([2147483647n, -2147483648n, 0n, null])
    // Calculated in the wider type: as integers it would not fit.
    expect(await column(mul(cast(things.n, bigint), 4n))).toEqual([8589934588n, -8589934592n, 0n, null])
    expect(await column(add(cast(things.small, integer), 1))).toEqual([32768, -32767, null, null])
  })

  it('whole numbers as doubles, to the nearest', async () => {
    expect(await column(cast(things.n, double))).toEqual([2147483647, -2147483648, 0, null])
    expect(await column(cast(things.big, double))).toEqual([2 ** 63, -(2 ** 63), 9007199254740992, null])
    expect(await column(mul(cast(things.n, double), 1.5))).toEqual([3221225470.5, -3221225472, 0, null])
  })

  it('[dialect 28, NUM29] whole numbers and decimals as decimals, exactly, halves away from zero', async () => {
    expect(await column(cast(things.n, numeric(12, 2)))).toEqual(['2147483647.00', '-2147483648.00', '0.00', null])
    expect(await column(cast(things.price, numeric(10, 5)))).toEqual(['12345.67800', '-0.00500', '0.05000', null])
    expect(await column(cast(things.price, numeric(8, 2)))).toEqual(['12345.68', '-0.01', '0.05', null])
    expect(await column(cast(things.price, numeric(7, 1)))).toEqual(['12345.7', '0.0', '0.1', null])
    expect(await column(cast(things.price, numeric(6, 0)))).toEqual(['12346', '0', '0', null])
    expect(await column(add(cast(things.n, numeric(12, 2)), things.price))).toEqual([
      '2147495992.678',
      '-2147483648.005',
      '0.050',
      null,
    ])
  })

  it('[dialect 28, NUM29] decimals as doubles and, where all of them fit, as whole numbers', async () => {
    expect(await column(cast(things.price, double))).toEqual([12345.678, -0.005, 0.05, null])
    expect(await column(cast(things.whole, integer))).toEqual([999999999, -7, null, null])
    expect(await column(cast(things.whole, bigint))).toEqual([999999999n, -7n, null, null])
    const total = pipe(from(things), select({ v: cast(sum(things.price), double) }))
    expect(await world.rows(total)).toEqual([{ v: 12345.723 }])
  })

  it('booleans as integers', async () => {
    expect(await column(cast(things.flag, integer))).toEqual([1, 0, null, null])
    expect(await column(cast(gt(things.n, 0), integer))).toEqual([1, 0, 0, null])
  })

  it('days as the instants at which they begin, and instants as their days', async () => {
    expect(await column(cast(things.day, timestamptz))).toEqual([
      '2024-02-29T00:00:00.000000Z',
      '0001-01-01T00:00:00.000000Z',
      null,
      null,
    ])
    expect(await column(cast(things.day, timestamp))).toEqual([
      '2024-02-29T00:00:00.000000',
      '0001-01-01T00:00:00.000000',
      null,
      null,
    ])
    expect(await column(cast(things.local, date))).toEqual(['2024-02-29', '1000-01-01', null, null])
    expect(await column(cast(things.at, date))).toEqual(['2024-02-29', '1000-01-01', null, null])
  })

  it('each as text in one spelling', async () => {
    expect(await column(cast(things.n, text))).toEqual(['2147483647', '-2147483648', '0', null])
    expect(await column(cast(things.big, text))).toEqual([
      '9223372036854775807',
      '-9223372036854775808',
      '9007199254740993',
      null,
    ])
    expect(await column(cast(things.price, text))).toEqual(['12345.678', '-0.005', '0.050', null])
    expect(await column(cast(things.whole, varchar(12)))).toEqual(['999999999', '-7', null, null])
    expect(await column(cast(things.flag, text))).toEqual(['true', 'false', null, null])
    expect(await column(cast(things.day, varchar(10)))).toEqual(['2024-02-29', '0001-01-01', null, null])
    expect(await column(cast(things.uid, text))).toEqual([
      '0f8fad5b-d9cb-469f-a165-70867728950e',
      '00000000-0000-0000-0000-000000000000',
      null,
      null,
    ])
    expect(await column(cast(things.kind, text))).toEqual(['red', 'green', null, null])
    expect(await column(cast(things.code, varchar(9)))).toEqual(['ab', '', null, null])
    expect(await column(cast(things.fixed, text))).toEqual(['ab', '', null, null])
    expect(await column(cast(literal('1.5', numeric(5, 2)), text))).toEqual(['1.50', '1.50', '1.50', '1.50'])
    expect(await column(cast(mul(things.whole, '0.5'), text))).toEqual(['499999999.5', '-3.5', null, null])
  })

  it('that text is compared, matched and joined like any other', async () => {
    const ids = (on: Expr<boolean | null, 'things', 'things'>) =>
      world.rows(pipe(from(things), where(on), orderBy(things.id), select(things.id)))
    expect(await ids(eq(cast(things.n, text), '0'))).toEqual([3])
    expect(await ids(pipe(cast(things.n, text), like('-%')))).toEqual([2])
    expect(await ids(pipe(cast(things.flag, text), inList(['true', 'TRUE'])))).toEqual([1])
    expect(await ids(gt(things.name, cast(things.id, text)))).toEqual([1])
    expect(await ids(eq(cast(things.kind, text), things.name))).toEqual([])
    expect(await column(concat('#', cast(things.id, text), things.code))).toEqual(['#1ab', '#2', null, null])
  })

  it('a cast to the type that the value has is the value', async () => {
    expect(await column(cast(things.n, integer))).toEqual([2147483647, -2147483648, 0, null])
    expect(await column(cast(things.x, double))).toEqual([1.5, -2.5, null, null])
    expect(await column(cast(things.flag, boolean))).toEqual([true, false, null, null])
    expect(await column(cast(literal(null, pipe(integer, nullable)), text))).toEqual([null, null, null, null])
  })

  it('[dialect 28, dialect 29, NUM28, NUM29] what engines convert in several ways is refused, and says what to do instead', async () => {
    const refused: ReadonlyArray<readonly [AnyExpr, RegExp]> = [
      [cast(things.name, integer), /codec/],
      [cast(things.name, double), /codec/],
      [cast(things.name, numeric(10, 2)), /codec/],
      [cast(things.name, date), /codec/],
      [cast(things.x, integer), /round, truncate, ceil or floor/],
      [cast(things.x, bigint), /round, truncate/],
      [cast(things.x, numeric(10, 2)), /numeric column/],
      [cast(things.x, text), /codec/],
      [cast(things.price, integer), /round/],
      [cast(things.big, integer), /a wider type/],
      [cast(things.n, smallint), /a wider type/],
      [cast(things.n, numeric(9, 2)), /more digits/],
      [cast(things.price, numeric(7, 2)), /more digits/],
      [cast(things.n, boolean), /comparison/],
      [cast(things.n, varchar(5)), /longer varchar/],
      [cast(things.name, varchar(5)), /longer varchar/],
      [cast(things.bytes, text), /codec/],
      [cast(things.doc, text), /codec/],
      [cast(things.n, uuid), /codec/],
      [cast(things.flag, bigint), /integer/],
      [cast(things.at, timestamp), /column/],
    ]
    world.sent()
    for (const [e, instead] of refused) {
      const outcome = await world.outcome(pipe(from(things), select({ e })))
      expect(tagOf(outcome)).toBe('Unsupported')
      expect(outcome).toMatchObject({ left: { message: expect.stringMatching(instead) } })
    }
    expect(world.sent()).toEqual([])
  })

  it('counts are cast, too', async () => {
    const counted = pipe(from(things), select({ big: cast(count(), bigint), text: cast(count(), text) }))
    expect(await world.rows(counted)).toEqual([{ big: 4n, text: '4' }])
  })
})

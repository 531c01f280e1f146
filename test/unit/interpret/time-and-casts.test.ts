// Parts of times, times moved and values cast, in memory: what the calendar and the types say.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'

import {
  addInterval,
  bigint,
  boolean,
  cast,
  createAll,
  createSequence,
  date,
  dateOf,
  daysBetween,
  double,
  extract,
  from,
  insertInto,
  integer,
  nextValue,
  nullable,
  numeric,
  primaryKey,
  schema,
  select,
  sequence,
  smallint,
  table,
  text,
  time,
  timeOf,
  timestamp,
  timestamptz,
  toTimestamp,
  toTimestamptz,
  truncateTo,
  varchar,
} from '../../../src/index.js'
import { evaluate, memory } from '../../../src/memory.js'

const times = table('times', {
  id: pipe(integer, primaryKey),
  day: date,
  at: timestamptz,
  local: timestamp,
  clock: time,
})

const row = {
  id: 1,
  day: '2021-01-03',
  at: '2024-12-30T23:04:05.678901Z',
  local: '2016-02-29T00:59:58.000001',
  clock: '13:14:15.161718',
}

const value = (e: Parameters<typeof evaluate>[0], of: object = row): unknown =>
  pipe(
    evaluate(e)({ ...of }),
    E.getOrElseW((error) => error._tag),
  )

describe('parts of times', () => {
  // The third of January 2021 was a Sunday, in the last week of 2020; the 30th of December 2024 began the first week of 2025.
  it.each([
    ['year', 2021, 2024],
    ['quarter', 1, 4],
    ['month', 1, 12],
    ['day', 3, 30],
    ['isoDayOfWeek', 7, 1],
    ['dayOfYear', 3, 365],
    ['isoWeek', 53, 1],
    ['isoYear', 2020, 2025],
    ['epoch', 18630 * 86_400, 1735599845],
  ] as const)('%s', (field, ofDay, ofInstant) => {
    expect(value(extract(times.day, field))).toBe(ofDay)
    expect(value(extract(times.at, field))).toBe(ofInstant)
  })

  it.each([
    ['hour', 23, 0, 13],
    ['minute', 4, 59, 14],
    ['second', 5, 58, 15],
    ['microsecond', 678901, 1, 161718],
  ] as const)('%s', (field, ofInstant, ofTimestamp, ofTime) => {
    expect(value(extract(times.at, field))).toBe(ofInstant)
    expect(value(extract(times.local, field))).toBe(ofTimestamp)
    expect(value(extract(times.clock, field))).toBe(ofTime)
  })

  it.each([
    ['year', '2021-01-01', '2024-01-01T00:00:00.000000Z', '2016-01-01T00:00:00.000000'],
    ['quarter', '2021-01-01', '2024-10-01T00:00:00.000000Z', '2016-01-01T00:00:00.000000'],
    ['month', '2021-01-01', '2024-12-01T00:00:00.000000Z', '2016-02-01T00:00:00.000000'],
    ['week', '2020-12-28', '2024-12-30T00:00:00.000000Z', '2016-02-29T00:00:00.000000'],
    ['day', '2021-01-03', '2024-12-30T00:00:00.000000Z', '2016-02-29T00:00:00.000000'],
  ] as const)('the beginning of a %s', (unit, ofDay, ofInstant, ofTimestamp) => {
    expect(value(truncateTo(times.day, unit))).toBe(ofDay)
    expect(value(truncateTo(times.at, unit))).toBe(ofInstant)
    expect(value(truncateTo(times.local, unit))).toBe(ofTimestamp)
  })

  it.each([
    ['hour', '2024-12-30T23:00:00.000000Z', '2016-02-29T00:00:00.000000'],
    ['minute', '2024-12-30T23:04:00.000000Z', '2016-02-29T00:59:00.000000'],
    ['second', '2024-12-30T23:04:05.000000Z', '2016-02-29T00:59:58.000000'],
  ] as const)('the beginning of a %s', (unit, ofInstant, ofTimestamp) => {
    expect(value(truncateTo(times.at, unit))).toBe(ofInstant)
    expect(value(truncateTo(times.local, unit))).toBe(ofTimestamp)
  })
})

describe('times moved', () => {
  it.each([
    [{ years: 1 }, '2017-02-28T00:59:58.000001'],
    [{ years: 4 }, '2020-02-29T00:59:58.000001'],
    [{ months: 1 }, '2016-03-29T00:59:58.000001'],
    [{ months: -12 }, '2015-02-28T00:59:58.000001'],
    [{ weeks: 1 }, '2016-03-07T00:59:58.000001'],
    [{ days: -60 }, '2015-12-31T00:59:58.000001'],
    [{ hours: 24 }, '2016-03-01T00:59:58.000001'],
    [{ minutes: -60 }, '2016-02-28T23:59:58.000001'],
    [{ seconds: 2 }, '2016-02-29T01:00:00.000001'],
    [{ microseconds: -2 }, '2016-02-29T00:59:57.999999'],
    [{ years: 1, days: 1, hours: 1 }, '2017-03-01T01:59:58.000001'],
  ])('by %o', (by, wanted) => {
    expect(value(addInterval(times.local, by))).toBe(wanted)
  })

  it('beyond the calendar is Overflow', () => {
    expect(value(addInterval(times.day, { years: 8000 }))).toBe('Overflow')
    expect(value(addInterval(times.day, { days: -800_000 }))).toBe('Overflow')
    expect(value(addInterval(times.at, { hours: 80_000_000 }))).toBe('Overflow')
  })

  it('and told apart', () => {
    expect(value(daysBetween(times.day, '2020-12-28'))).toBe(-6)
    expect(value(daysBetween(times.day, '2021-01-04'))).toBe(1)
    expect(value(dateOf(times.local))).toBe('2016-02-29')
    expect(value(timeOf(times.local))).toBe('00:59:58.000001')
    expect(value(toTimestamp(times.day))).toBe('2021-01-03T00:00:00.000000')
    expect(value(toTimestamptz(times.local))).toBe('2016-02-29T00:59:58.000001Z')
  })
})

const kinds = table('kinds', {
  id: pipe(integer, primaryKey),
  n: pipe(integer, nullable),
  big: pipe(bigint, nullable),
  x: pipe(double, nullable),
  price: pipe(numeric(10, 2), nullable),
  word: pipe(text, nullable),
  flag: pipe(boolean, nullable),
  at: pipe(timestamptz, nullable),
  local: pipe(timestamp, nullable),
  day: pipe(date, nullable),
})

const kind = {
  id: 1,
  n: -7,
  big: 9007199254740993n,
  x: 2.5,
  price: '-2.35',
  word: 'Wendy',
  flag: true,
  at: '2024-12-30T23:04:05.678901Z',
  local: '2016-02-29T00:59:58.000001',
  day: '2021-01-03',
}
const nulls = Object.fromEntries(Object.keys(kind).map((key) => [key, key === 'id' ? 1 : null]))

describe('casts', () => {
  it.each([
    ['an integer to a bigint', cast(kinds.n, bigint), -7n],
    ['an integer to a double', cast(kinds.n, double), -7],
    ['an integer to a decimal', cast(kinds.n, numeric(11, 1)), '-7.0'],
    ['an integer to text', cast(kinds.n, text), '-7'],
    ['a bigint to a decimal', cast(kinds.big, numeric(20, 1)), '9007199254740993.0'],
    ['a bigint to text', cast(kinds.big, text), '9007199254740993'],
    ['a decimal to a wider one', cast(kinds.price, numeric(12, 4)), '-2.3500'],
    ['a decimal to one digit, away from zero', cast(kinds.price, numeric(10, 1)), '-2.4'],
    ['a decimal to a double', cast(kinds.price, double), -2.35],
    ['a decimal to text', cast(kinds.price, text), '-2.35'],
    ['a timestamp to a day', cast(kinds.local, date), '2016-02-29'],
    ['a day to a timestamp', cast(kinds.day, timestamp), '2021-01-03T00:00:00.000000'],
  ])('%s', (_, e, wanted) => {
    expect(value(e, kind)).toBe(wanted)
    expect(value(e, nulls)).toBe(null)
  })
})

describe('casts to types that do not hold all values', () => {
  it.each([
    ['an integer to a smallint', cast(kinds.n, smallint)],
    ['an integer to a short decimal', cast(kinds.n, numeric(6, 1))],
    ['a bigint to an integer', cast(kinds.big, integer)],
    ['a bigint to a short decimal', cast(kinds.big, numeric(5, 2))],
    ['a decimal to an integer', cast(kinds.price, integer)],
    ['a text to a number', cast(kinds.word, integer)],
    ['a text to a shorter one', cast(kinds.word, varchar(3))],
    ['an integer to a truth', cast(kinds.n, boolean)],
    ['a text to a day', cast(kinds.word, date)],
  ])('%s', (_, e) => {
    expect(value(e, kind)).toBe('Unsupported')
  })
})

describe('sequences', () => {
  const told = async (counting: Parameters<typeof sequence>[1]): Promise<ReadonlyArray<unknown>> => {
    const numbers = sequence('numbers', counting)
    const t = table('t', { id: pipe(integer, primaryKey) })
    const db = memory()
    const all: Array<unknown> = []
    await db.execute(createAll(schema({ t })))()
    await db.execute(insertInto(t)({ id: 1 }))()
    await db.execute(createSequence(numbers))()
    for (let i = 0; i < 4; i++) {
      const rows = await db.all(pipe(from(t), select(nextValue(numbers, integer))))()
      all.push(E.isLeft(rows) ? rows.left._tag : rows.right[0])
    }
    await db.close()()
    return all
  }

  it.each([
    [{}, [1, 2, 3, 4]],
    [{ start: 5, increment: 2 }, [5, 7, 9, 11]],
    [{ increment: -1 }, [-1, -2, -3, -4]],
    [{ start: 2, increment: -2, min: -1, max: 7, cycle: true }, [2, 0, 7, 5]],
    [{ start: 3, max: 4, min: 2, cycle: true }, [3, 4, 2, 3]],
    [{ min: 10 }, [10, 11, 12, 13]],
    [{ increment: -3, max: -10 }, [-10, -13, -16, -19]],
  ])('%o', async (counting, wanted) => {
    expect(await told(counting)).toEqual(wanted)
  })

  it('that comes to its end says so', async () => {
    const [first, second, third] = await told({ start: 1, max: 2 })
    expect([first, second]).toEqual([1, 2])
    expect(third).not.toBe(3)
    expect(typeof third).toBe('string')
  })
})

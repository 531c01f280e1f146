// Functions of dates and times mean one thing on every engine and in memory, whatever the session's time zone.
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  addInterval,
  asc,
  count,
  currentDate,
  currentTimestamp,
  date,
  dateOf,
  daysBetween,
  eq,
  extract,
  from,
  groupBy,
  gt,
  having,
  innerJoin,
  alias,
  integer,
  literal,
  lt,
  lte,
  max,
  microsecondsBetween,
  nullable,
  orderBy,
  primaryKey,
  secondsBetween,
  select,
  subquery,
  table,
  time,
  timeOf,
  timestamp,
  timestamptz,
  toTimestamp,
  toTimestamptz,
  truncateTo,
  where,
} from '../../../src/index.js'
import { filled, type Place, places } from './places.js'

const moments = table('moments', {
  id: pipe(integer, primaryKey),
  day: pipe(date, nullable),
  at: pipe(timestamp, nullable),
  tz: pipe(timestamptz, nullable),
  clock: pipe(time, nullable),
  n: pipe(integer, nullable),
})

// Where weeks and years end at different days, leap years of all kinds, fractions that round up, both ends of time.
const days = [
  '2012-10-15',
  '2024-01-31',
  '2024-02-29',
  '2023-02-28',
  '1900-02-28',
  '2000-02-29',
  '2005-01-01',
  '2008-12-29',
  '2010-01-03',
  '2020-12-31',
  '1969-12-31',
  '1970-01-01',
  '1582-10-10',
  '0001-01-01',
  '0004-02-29',
  '9999-12-31',
]
const clocks = ['12:57:18.000396', '23:59:59.999999', '00:00:00.000000', '01:02:03.999500']
const rows = days.map((day, i) => {
  const clock = clocks[i % clocks.length] ?? ''
  return { id: i + 1, day, at: `${day}T${clock}`, tz: `${day}T${clock}Z`, clock, n: i - 5 }
})
const none = { id: 100, day: null, at: null, tz: null, clock: null, n: null }

// -- what is expected, told another way ---------------------------------------------------------------------------------

const utc = (text: string): Date => {
  const at = new Date(0)
  at.setUTCFullYear(Number(text.slice(0, 4)), Number(text.slice(5, 7)) - 1, Number(text.slice(8, 10)))
  const clock = text.slice(11)
  if (clock !== '') at.setUTCHours(Number(clock.slice(0, 2)), Number(clock.slice(3, 5)), Number(clock.slice(6, 8)))
  return at
}

const day = (at: Date): string => {
  const year = String(at.getUTCFullYear()).padStart(4, '0')
  return `${year}-${String(at.getUTCMonth() + 1).padStart(2, '0')}-${String(at.getUTCDate()).padStart(2, '0')}`
}

/** The ISO week by counting: the Thursday's place among the Thursdays of its year. */
const isoWeek = (text: string): readonly [number, number] => {
  const at = utc(text.slice(0, 10))
  at.setUTCDate(at.getUTCDate() + 4 - (at.getUTCDay() || 7))
  const year = at.getUTCFullYear()
  let week = 0
  while (at.getUTCFullYear() === year) {
    week += 1
    at.setUTCDate(at.getUTCDate() - 7)
  }
  return [year, week]
}

const dayOfYear = (text: string): number => {
  const at = utc(text.slice(0, 10))
  const year = at.getUTCFullYear()
  let count_ = 0
  while (at.getUTCFullYear() === year) {
    count_ += 1
    at.setUTCDate(at.getUTCDate() - 1)
  }
  return count_
}

const partsOfDay = (text: string): Readonly<Record<string, number>> => ({
  year: Number(text.slice(0, 4)),
  quarter: Math.floor((Number(text.slice(5, 7)) - 1) / 3) + 1,
  month: Number(text.slice(5, 7)),
  day: Number(text.slice(8, 10)),
  isoDayOfWeek: utc(text).getUTCDay() || 7,
  dayOfYear: dayOfYear(text),
  isoWeek: isoWeek(text)[1],
  isoYear: isoWeek(text)[0],
  epoch: utc(text).getTime() / 1000,
})

const partsOfClock = (text: string): Readonly<Record<string, number>> => ({
  hour: Number(text.slice(0, 2)),
  minute: Number(text.slice(3, 5)),
  second: Number(text.slice(6, 8)),
  microsecond: Number(text.slice(9)),
})

const dayParts = [
  'year',
  'quarter',
  'month',
  'day',
  'isoDayOfWeek',
  'dayOfYear',
  'isoWeek',
  'isoYear',
  'epoch',
] as const
const clockParts = ['hour', 'minute', 'second', 'microsecond'] as const

const filledIn = where(lt(moments.id, 100))
const byId = orderBy(moments.id)

describe.each(places)('functions of time on $label', ({ open }) => {
  let place: Place
  beforeAll(async () => {
    place = await open([filled(moments, [...rows, none])])
  })
  afterAll(() => place.close())

  it('[DTM16] extract gives whole numbers, of a date', async () => {
    for (const part of dayParts)
      expect(await place.rows(pipe(from(moments), filledIn, byId, select(extract(moments.day, part)))), part).toEqual(
        days.map((text) => partsOfDay(text)[part]),
      )
  })

  it('[DTM16] extract gives whole numbers, of a time of day', async () => {
    for (const part of clockParts)
      expect(await place.rows(pipe(from(moments), filledIn, byId, select(extract(moments.clock, part)))), part).toEqual(
        rows.map(({ clock }) => partsOfClock(clock)[part]),
      )
  })

  it('[DTM16] [dialect 73] extract gives whole numbers, of a timestamp and of an instant in UTC', async () => {
    for (const part of [...dayParts, ...clockParts]) {
      const expected = rows.map(({ at, clock }) => ({ ...partsOfDay(at), ...partsOfClock(clock) })[part])
      const both = pipe(
        from(moments),
        filledIn,
        byId,
        select({ at: pipe(moments.at, extract(part)), tz: extract(moments.tz, part) }),
      )
      expect(await place.rows(both), part).toEqual(expected.map((n) => ({ at: n, tz: n })))
    }
  })

  it('[DTM13] all of them are null of null', async () => {
    const { day: d, at, tz, clock, n } = moments
    const all = {
      a: extract(d, 'isoWeek'),
      b: extract(clock, 'second'),
      c: extract(tz, 'epoch'),
      d: truncateTo(tz, 'month'),
      e: addInterval(d, { months: 1, days: 1 }),
      f: addInterval(at, { months: 1, days: 1, seconds: 1, microseconds: 1 }),
      g: addInterval(literal('2012-10-15', date), { months: n }),
      h: addInterval(currentTimestamp, { hours: n, microseconds: n }),
      i: daysBetween(d, '2012-10-15'),
      j: secondsBetween(at, '2012-10-15T00:00:00'),
      k: microsecondsBetween('2012-10-15T00:00:00Z', tz),
      l: dateOf(at),
      m: timeOf(tz),
      n: toTimestamp(d),
      o: toTimestamptz(at),
    }
    const got = await place.rows(pipe(from(moments), where(eq(moments.id, 100)), select(all)))
    expect(got).toEqual([Object.fromEntries(Object.keys(all).map((key) => [key, null]))])
  })

  it('truncateTo goes back to the beginning of the unit', async () => {
    const start = (text: string): Readonly<Record<string, string>> => {
      const at = utc(text.slice(0, 10))
      const monday = new Date(at)
      monday.setUTCDate(at.getUTCDate() - ((at.getUTCDay() + 6) % 7))
      const quarter = String(Math.floor(at.getUTCMonth() / 3) * 3 + 1).padStart(2, '0')
      return {
        year: `${text.slice(0, 4)}-01-01`,
        quarter: `${text.slice(0, 4)}-${quarter}-01`,
        month: `${text.slice(0, 7)}-01`,
        week: day(monday),
        day: text.slice(0, 10),
      }
    }
    for (const unit of ['year', 'quarter', 'month', 'week', 'day'] as const)
      expect(
        await place.rows(
          pipe(
            from(moments),
            filledIn,
            byId,
            select({
              day: truncateTo(moments.day, unit),
              at: truncateTo(moments.at, unit),
              tz: pipe(moments.tz, truncateTo(unit)),
            }),
          ),
        ),
        unit,
      ).toEqual(
        days.map((text) => {
          const first = start(text)[unit]
          return { day: first, at: `${first}T00:00:00.000000`, tz: `${first}T00:00:00.000000Z` }
        }),
      )
    for (const [unit, kept, rest] of [
      ['hour', 13, ':00:00.000000'],
      ['minute', 16, ':00.000000'],
      ['second', 19, '.000000'],
    ] as const)
      expect(
        await place.rows(
          pipe(
            from(moments),
            filledIn,
            byId,
            select({ at: truncateTo(moments.at, unit), tz: truncateTo(moments.tz, unit) }),
          ),
        ),
        unit,
      ).toEqual(rows.map(({ at }) => ({ at: at.slice(0, kept) + rest, tz: `${at.slice(0, kept)}${rest}Z` })))
  })

  it('[dialect 75] months go to the last day of a shorter month, forwards and backwards', async () => {
    const moves = [
      ['2024-01-31', { months: 1 }, '2024-02-29'],
      ['2023-01-31', { months: 1 }, '2023-02-28'],
      ['2024-01-31', { months: 2 }, '2024-03-31'],
      ['2024-01-31', { months: 3 }, '2024-04-30'],
      ['2024-03-31', { months: -1 }, '2024-02-29'],
      ['2024-03-31', { months: -13 }, '2023-02-28'],
      ['2024-02-29', { years: 1 }, '2025-02-28'],
      ['2024-02-29', { years: 4 }, '2028-02-29'],
      ['2024-02-29', { years: -124 }, '1900-02-28'],
      // One step of thirteen months, not a year and then a month.
      ['2024-02-29', { years: 1, months: 1 }, '2025-03-29'],
      ['2024-08-31', { months: -6 }, '2024-02-29'],
      ['2024-12-31', { months: -12 }, '2023-12-31'],
      ['9999-11-30', { months: 1 }, '9999-12-30'],
      ['9999-01-31', { months: 11 }, '9999-12-31'],
      ['0001-03-31', { months: -1 }, '0001-02-28'],
      ['0001-01-31', { months: 0 }, '0001-01-31'],
      ['2024-01-31', { months: 1, days: 1 }, '2024-03-01'],
      ['2024-03-31', { months: -1, days: -1 }, '2024-02-28'],
      ['2024-02-28', { weeks: 1, days: -6 }, '2024-02-29'],
      ['2024-02-28', { days: 366 }, '2025-02-28'],
      ['2024-02-28', {}, '2024-02-28'],
    ] as const
    for (const [of, interval, expected] of moves) {
      const got = await place.rows(
        pipe(
          from(moments),
          where(eq(moments.id, 1)),
          select({
            day: addInterval(literal(of, date), interval),
            at: pipe(literal(`${of}T12:57:18.000396`, timestamp), addInterval(interval)),
            tz: addInterval(literal(`${of}T23:59:59.999999Z`, timestamptz), interval),
          }),
        ),
      )
      expect(got, `${of} and ${JSON.stringify(interval)}`).toEqual([
        { day: expected, at: `${expected}T12:57:18.000396`, tz: `${expected}T23:59:59.999999Z` },
      ])
    }
  })

  it('[dialect 73] [DTM04] hours to microseconds are added exactly', async () => {
    const moves = [
      ['2012-10-15T23:59:59.999999', { microseconds: 1 }, '2012-10-16T00:00:00.000000'],
      ['2012-10-15T00:00:00.000000', { microseconds: -1 }, '2012-10-14T23:59:59.999999'],
      ['1970-01-01T00:00:00.000000', { microseconds: -1 }, '1969-12-31T23:59:59.999999'],
      ['2012-10-15T12:57:18.999999', { seconds: 1 }, '2012-10-15T12:57:19.999999'],
      ['2012-10-15T12:57:18.999600', { seconds: -19 }, '2012-10-15T12:56:59.999600'],
      ['1999-12-31T23:59:59.999999', { hours: 1 }, '2000-01-01T00:59:59.999999'],
      ['2012-10-15T12:57:18.000396', { hours: -13, minutes: 2, seconds: 42 }, '2012-10-15T00:00:00.000396'],
      ['2024-01-31T23:00:00.000000', { months: 1, hours: 1 }, '2024-03-01T00:00:00.000000'],
      ['2024-01-31T00:30:00.000001', { months: 1, days: -1, minutes: -31 }, '2024-02-27T23:59:00.000001'],
      ['2024-01-31T00:30:00.000001', { years: 1, days: 1, microseconds: -2 }, '2025-02-01T00:29:59.999999'],
      ['0001-01-01T00:00:00.000001', { microseconds: -1 }, '0001-01-01T00:00:00.000000'],
      ['9999-12-31T23:59:59.000000', { microseconds: 999999 }, '9999-12-31T23:59:59.999999'],
      ['0001-01-01T00:00:00.000000', { seconds: 2147483647 }, '0069-01-19T03:14:07.000000'],
    ] as const
    for (const [of, interval, expected] of moves) {
      const got = await place.rows(
        pipe(
          from(moments),
          where(eq(moments.id, 1)),
          select({
            at: addInterval(literal(of, timestamp), interval),
            tz: addInterval(literal(`${of}Z`, timestamptz), interval),
          }),
        ),
      )
      expect(got, `${of} and ${JSON.stringify(interval)}`).toEqual([{ at: expected, tz: `${expected}Z` }])
    }
  })

  it('amounts are expressions as well, of columns and of other sources', async () => {
    const other = pipe(moments, alias('other'))
    const got = await place.rows(
      pipe(
        from(moments),
        innerJoin(other, eq(other.id, moments.id)),
        where(lte(moments.id, 3)),
        byId,
        select({
          day: addInterval(moments.day, { months: other.n, days: moments.id }),
          tz: addInterval(moments.tz, { hours: moments.id, minutes: -5 }),
        }),
      ),
    )
    expect(got).toEqual([
      { day: '2012-05-16', tz: '2012-10-15T13:52:18.000396Z' },
      { day: '2023-10-02', tz: '2024-02-01T01:54:59.999999Z' },
      { day: '2023-12-02', tz: '2024-02-29T02:55:00.000000Z' },
    ])
  })

  it('[dialect 75] every day of a leap year moved by every number of months from -14 to 14', async () => {
    const shortened = (text: string, months: number): string => {
      const at = utc(text)
      const of = at.getUTCDate()
      at.setUTCDate(1)
      at.setUTCMonth(at.getUTCMonth() + months)
      const last = new Date(at)
      last.setUTCMonth(last.getUTCMonth() + 1)
      last.setUTCDate(0)
      at.setUTCDate(Math.min(of, last.getUTCDate()))
      return day(at)
    }
    const all = Array.from({ length: 366 }, (_, i) => day(new Date(Date.UTC(2024, 0, i + 1))))
    for (const of of all.filter((text) => Number(text.slice(8)) > 26)) {
      const moved = Object.fromEntries(
        Array.from({ length: 29 }, (_, i) => [`m${i}`, addInterval(literal(of, date), { months: i - 14 })] as const),
      )
      const [got] = await place.rows(pipe(from(moments), where(eq(moments.id, 1)), select(moved)))
      expect(got, of).toEqual(
        Object.fromEntries(Array.from({ length: 29 }, (_, i) => [`m${i}`, shortened(of, i - 14)])),
      )
    }
  })

  it('what leaves the years 0001 to 9999 is an error where it is read', async () => {
    for (const moved of [
      addInterval(literal('9999-12-31', date), { days: 1 }),
      addInterval(literal('9999-12-01', date), { months: 1 }),
      addInterval(literal('0001-01-01', date), { days: -1 }),
      addInterval(literal('0001-01-31', date), { months: -1 }),
      addInterval(literal('9999-12-31T23:59:59.999999', timestamp), { microseconds: 1 }),
      addInterval(literal('0001-01-01T00:00:00Z', timestamptz), { hours: -1 }),
      addInterval(literal('2012-10-15', date), { years: 2147483647 }),
      addInterval(literal('2012-10-15T00:00:00', timestamp), { days: -2147483648 }),
    ])
      expect(await place.rows(pipe(from(moments), where(eq(moments.id, 1)), select({ moved }))).catch(String)).toMatch(
        /Error/,
      )
  })

  it('the days, seconds and microseconds between two times', async () => {
    const apart = pipe(
      from(moments),
      filledIn,
      byId,
      select({
        days: daysBetween('1970-01-01', moments.day),
        back: daysBetween(moments.day, '1970-01-01'),
        seconds: secondsBetween('1970-01-01T00:00:00.5', moments.at),
        micros: microsecondsBetween('1970-01-01T00:00:00Z', moments.tz),
        none: microsecondsBetween(moments.tz, moments.tz),
      }),
    )
    expect(await place.rows(apart)).toEqual(
      rows.map(({ at, clock }) => {
        const whole = utc(at).getTime() / 1000
        const micros = BigInt(whole) * 1_000_000n + BigInt(clock.slice(9))
        return {
          days: Math.floor(whole / 86400),
          back: 0 - Math.floor(whole / 86400),
          seconds: Number((micros - 500_000n) / 1_000_000n),
          micros,
          none: 0n,
        }
      }),
    )
  })

  it('the ways between dates, timestamps and instants', async () => {
    const turned = pipe(
      from(moments),
      filledIn,
      byId,
      select({
        a: dateOf(moments.at),
        b: dateOf(moments.tz),
        c: timeOf(moments.at),
        d: timeOf(moments.tz),
        e: toTimestamp(moments.day),
        f: toTimestamp(moments.tz),
        g: toTimestamptz(moments.day),
        h: toTimestamptz(moments.at),
      }),
    )
    expect(await place.rows(turned)).toEqual(
      rows.map(({ day: d, at, tz, clock }) => ({
        a: d,
        b: d,
        c: clock,
        d: clock,
        e: `${d}T00:00:00.000000`,
        f: at,
        g: `${d}T00:00:00.000000Z`,
        h: tz,
      })),
    )
  })

  it('[C66] functions of time stand in every clause', async () => {
    const year = extract(moments.day, 'year')
    const decade = truncateTo(moments.tz, 'year')
    expect(
      await place.rows(pipe(from(moments), where(eq(extract(moments.at, 'month'), 2)), byId, select(moments.id))),
    ).toEqual([3, 4, 5, 6, 15])
    expect(
      await place.rows(
        pipe(from(moments), filledIn, groupBy(year), having(gt(count(), 1)), select({ year, n: count() })),
      ),
    ).toEqual([{ year: 2024, n: 2 }])
    expect(
      await place.rows(
        pipe(
          from(moments),
          where(gt(moments.tz, addInterval(literal('2020-01-31T00:00:00Z', timestamptz), { months: 1 }))),
          groupBy(decade),
          orderBy(asc(decade)),
          select({ decade, last: max(dateOf(moments.tz)) }),
        ),
      ),
    ).toEqual([
      { decade: '2020-01-01T00:00:00.000000Z', last: '2020-12-31' },
      { decade: '2023-01-01T00:00:00.000000Z', last: '2023-02-28' },
      { decade: '2024-01-01T00:00:00.000000Z', last: '2024-02-29' },
      { decade: '9999-01-01T00:00:00.000000Z', last: '9999-12-31' },
    ])
    const moved = pipe(
      from(moments),
      filledIn,
      select({
        id: moments.id,
        next: addInterval(moments.day, { days: 0 - 1 }),
        week: extract(moments.day, 'isoWeek'),
      }),
      where(gt(moments.id, 14)),
      where(lt(moments.id, 16)),
      subquery('moved'),
    )
    expect(await place.rows(pipe(from(moved), orderBy(extract(moved.next, 'day')), select(moved)))).toEqual([
      { id: 15, next: '0004-02-28', week: 9 },
    ])
    const ordered = pipe(
      from(moments),
      filledIn,
      orderBy(extract(moments.day, 'dayOfYear'), moments.id),
      select(moments.id),
    )
    expect(await place.rows(ordered)).toEqual([7, 12, 14, 9, 2, 4, 5, 3, 6, 15, 13, 1, 8, 11, 16, 10])
  })

  it('[DTM17] a scalar of a time decodes as a time', async () => {
    const last = pipe(
      from(moments),
      where(eq(moments.id, 1)),
      select({ at: truncateTo(addInterval(moments.tz, { days: 1 }), 'second') }),
    )
    expect(await place.rows(last)).toEqual([{ at: '2012-10-16T12:57:18.000000Z' }])
  })

  it('currentTimestamp and currentDate are one instant of UTC in one statement', async () => {
    const before = Date.now() - 2000
    const now = pipe(
      from(moments),
      filledIn,
      select({ now: currentTimestamp, again: currentTimestamp, today: currentDate, day: dateOf(currentTimestamp) }),
    )
    const got = await place.rows(now)
    expect(got).toHaveLength(rows.length)
    const [first] = got
    for (const row of got) {
      expect(row).toEqual(first)
      expect(row.again).toBe(row.now)
      expect(row.today).toBe(row.day)
      expect(row.now).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/)
      const at = new Date(row.now).getTime()
      expect(at >= before && at <= Date.now() + 2000).toBe(true)
    }
    // Compared with a column, and moved.
    const recent = gt(moments.tz, addInterval(currentTimestamp, { days: -7 }))
    const after = await place.rows(pipe(from(moments), where(recent), byId, select(moments.id)))
    expect(after).toEqual([16])
  })

  it('what does not fit is refused before anything is sent', async () => {
    const refused = async (e: unknown): Promise<string> => {
      // The types would refuse most of these: so do the words.
      return place.rows(pipe(from(moments), select({ e: e as typeof currentDate }))).then(() => 'Right', String)
    }
    expect(await refused(extract(moments.day, 'hour'))).toContain('IllFormed: extract: a date has no hour')
    expect(await refused(extract(moments.clock, 'year'))).toContain('IllFormed: extract: a time has no year')
    expect(await refused(extract(moments.day, 'year; --' as 'year'))).toContain('IllFormed: extract knows no')
    expect(await refused(truncateTo(moments.tz, 'toString' as 'year'))).toContain('IllFormed: truncateTo knows no')
    expect(await refused(addInterval(moments.day, { hours: 1 }))).toContain('a date takes no hours')
    expect(await refused(addInterval(moments.day, { days: 1.5 }))).toContain('InvalidValue')
    expect(await refused(addInterval(moments.day, { days: Number.NaN }))).toContain('InvalidValue')
    expect(await refused(addInterval(moments.day, { days: undefined as unknown as number }))).toContain('InvalidValue')
    expect(await refused(addInterval(moments.day, { dayz: 1 } as unknown as { days: number }))).toContain(
      'InvalidValue',
    )
    expect(await refused(addInterval(moments.day, '1 day' as unknown as { days: number }))).toContain('InvalidValue')
    expect(await refused(daysBetween(moments.at, moments.at))).toContain('IllFormed: daysBetween takes days')
    expect(await refused(secondsBetween(moments.at, moments.tz))).toContain('two timestamps or two instants')
    expect(await refused(dateOf(moments.day))).toContain('IllFormed')
    expect(await refused(secondsBetween(moments.at, '2012-10-15T00:00:00Z'))).toContain('InvalidValue')
  })
})

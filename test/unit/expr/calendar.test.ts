// Days and instants as text: what exists is read exactly, what does not is refused.
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'

import { instantFromText, isIsoDate } from '../../../src/expr/calendar.js'

it('a day exists or not', () => {
  for (const day of ['0001-01-01', '1900-02-28', '2000-02-29', '2012-02-29', '9999-12-31', '2011-04-30'])
    expect(isIsoDate(day), day).toBe(true)
  for (const day of [
    '1900-02-29',
    '2011-02-29',
    '2011-04-31',
    '2011-00-10',
    '2011-13-01',
    '2011-01-00',
    '2011-01-32',
    '0000-01-01',
    '2011-1-1',
    '+2011-01-01',
    '2011-01-01 ',
    20110101,
    null,
  ])
    expect(isIsoDate(day), String(day)).toBe(false)
})

it('an instant is read in any zone and written in one', () => {
  const read = (text: string) => E.getOrElse((why: string) => why)(instantFromText(text))
  expect(read('2012-10-15T12:57:18.000396Z')).toBe('2012-10-15T12:57:18.000396Z')
  expect(read('2012-10-15 12:57Z')).toBe('2012-10-15T12:57:00.000000Z')
  expect(read('2012-10-15T12:57:18.5+05:30')).toBe('2012-10-15T07:27:18.500000Z')
  expect(read('2012-01-01T00:30:00+01')).toBe('2011-12-31T23:30:00.000000Z')
  expect(read('2012-02-29T23:30:00-0100')).toBe('2012-03-01T00:30:00.000000Z')
  expect(read('0001-01-01T00:00:00+00:01')).toBe('is outside the years 0001 to 9999')
  expect(read('9999-12-31T23:59:59-00:01')).toBe('is outside the years 0001 to 9999')
})

it('agrees with Date to the millisecond', () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date('0001-01-02T00:00:00Z'), max: new Date('9999-12-30T00:00:00Z'), noInvalidDate: true }),
      fc.integer({ min: -14 * 60, max: 14 * 60 }),
      (at, offset) => {
        const sign = offset < 0 ? '-' : '+'
        const minutes = Math.abs(offset)
        const zone = `${sign}${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
        const local = new Date(at.getTime() + offset * 60_000).toISOString().slice(0, -1)
        expect(instantFromText(local + zone)).toEqual(E.right(`${at.toISOString().slice(0, -1)}000Z`))
      },
    ),
  )
})

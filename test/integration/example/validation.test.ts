// What is wrong in the files is counted row by row, reason by reason; nothing is lost, whatever a row looks like.
import * as E from 'fp-ts/lib/Either.js'
import { beforeAll, describe, expect, test } from 'vitest'

import { type Data, readData } from '../../../examples/src/data.js'
import { airportRules } from '../../../examples/src/validate/airport.js'
import { type Finding, grouped, refusedRows } from '../../../examples/src/validate/finding.js'
import { flightRules } from '../../../examples/src/validate/flight.js'
import { movieRules } from '../../../examples/src/validate/movie.js'
import { checkRows } from '../../../examples/src/validate/rows.js'
import { airportLines, flightRows, flights, movieRows } from './files.js'

const counts = (findings: ReadonlyArray<Finding>): unknown =>
  Object.fromEntries(grouped(findings).map(({ outcome, reason, rows }) => [`${outcome}: ${reason}`, rows]))

/** What remains of counts when those of zero are left out. */
const above0 = (of: Readonly<Record<string, number>>): unknown =>
  Object.fromEntries(Object.entries(of).filter(([, n]) => n > 0))

describe('the files', () => {
  let data: Data
  beforeAll(async () => {
    const read = await readData()
    if (E.isLeft(read)) throw new Error(read.left.message)
    data = read.right
  })

  test('every row is kept or refused', () => {
    for (const { read, records, findings } of [data.airports, data.flights, data.films])
      expect(records.length + refusedRows(findings)).toBe(read)
    expect([data.airports.read, data.flights.read, data.films.read]).toEqual([3376, 20_000, 3201])
  })

  test('airports without a city or state', () => {
    expect(counts(data.airports.findings)).toEqual(
      above0({
        'mended: the city is NA: taken as unknown': airportLines.filter((cells) => cells[2] === 'NA').length,
        'mended: the state is NA: taken as unknown': airportLines.filter((cells) => cells[3] === 'NA').length,
        'refused: a second row for the same airport': 3376 - new Set(airportLines.map(([iata]) => iata)).size,
      }),
    )
  })

  test('flights that are there twice, or that lead nowhere', () => {
    const known = new Set(airportLines.map(([iata]) => iata))
    expect(counts(data.flights.findings)).toEqual(
      above0({
        'refused: a second row for the same flight': 20_000 - flights.length,
        'refused: the origin is no known airport': flightRows.filter((row) => !known.has(row.origin)).length,
        'refused: the destination is no known airport': flightRows.filter((row) => !known.has(row.destination)).length,
      }),
    )
  })

  test('films whose title or date is not right', () => {
    const named = movieRows.filter((row) => row.Title !== null)
    expect(counts(data.films.findings)).toEqual(
      above0({
        'refused: no title': movieRows.length - named.length,
        'mended: the title is a number: read as text': named.filter((row) => typeof row.Title === 'number').length,
        'mended: released after 2011: a hundred years taken off': named.filter(
          (row) => Number(row['Release Date'].slice(-4)) > 2011,
        ).length,
        'mended: no MPAA rating of that name: taken as unknown': named.filter((row) => row['MPAA Rating'] === 'Open')
          .length,
      }),
    )
  })

  test('a finding names the row and what stands there', () => {
    const untitled = data.films.findings.find(({ reason }) => reason === 'no title')
    const at = movieRows.findIndex((row) => row.Title === null)
    expect(untitled).toEqual({
      file: 'movies.json',
      row: at + 1,
      outcome: 'refused',
      reason: 'no title',
      found: 'Title is null',
    })
  })
})

describe('rows that no file has', () => {
  const flight = { date: '2001/01/31 23:59', delay: 5, distance: 100, origin: 'ABQ', destination: 'SFO' }
  const movie = {
    Title: 'A film',
    'Release Date': 'Jun 12 1998',
    Director: null,
    'Major Genre': 'Drama',
    'Creative Type': null,
    'Production Budget': 1,
    'US Gross': null,
    'Worldwide Gross': null,
    'Running Time min': null,
    'Rotten Tomatoes Rating': null,
    'IMDB Rating': null,
    'IMDB Votes': null,
    Distributor: null,
    Source: null,
    'MPAA Rating': null,
  }
  const airport = { iata: 'ABQ', name: 'x', city: 'y', state: 'NM', country: 'USA', latitude: '35', longitude: '-106' }
  const flightsBetween = checkRows(flightRules(new Set(['ABQ', 'SFO'])))

  test.each([
    [{ ...flight, date: '2001/02/30 10:00' }, 'the departure is no date and time'],
    [{ ...flight, date: '2001/01/31 24:00' }, 'the departure is no date and time'],
    [{ ...flight, date: 20010131 }, 'the departure is no date and time'],
    [{ ...flight, delay: '5' }, 'no delay in whole minutes'],
    [{ ...flight, delay: 0.5 }, 'no delay in whole minutes'],
    [{ ...flight, distance: -1 }, 'no distance in whole miles'],
    [{ ...flight, origin: 'XXX' }, 'the origin is no known airport'],
    [{ ...flight, destination: 'XXX' }, 'the destination is no known airport'],
    [{ ...flight, destination: 'abq' }, 'no code of the destination'],
    [{ ...flight, destination: 'ABQ' }, 'it ends where it began'],
    [null, 'the row is not a record'],
    ['a row', 'the row is not a record'],
  ])('a flight %j is refused: %s', (row, reason) => {
    const { records, findings } = flightsBetween([flight, row, { ...flight, delay: 7, date: '2001/02/01 00:00' }])
    expect(records.length).toBe(2)
    expect(counts(findings)).toEqual({ [`refused: ${reason}`]: 1 })
    expect(findings[0]?.row).toBe(2)
  })

  test('the second row of a flight is refused, and the first one stays', () => {
    const { records, findings } = flightsBetween([flight, { ...flight, delay: 99 }])
    expect(records.map(({ delay }) => delay)).toEqual([5])
    expect(counts(findings)).toEqual({ 'refused: a second row for the same flight': 1 })
  })

  test.each([
    [{ ...movie, Title: '  ' }, 'refused: no title'],
    [{ ...movie, Title: undefined }, 'refused: no title'],
    [{ ...movie, Title: true }, 'refused: no title'],
    [{ ...movie, Title: 300 }, 'mended: the title is a number: read as text'],
    [{ ...movie, 'Release Date': '1998-06-12' }, 'refused: the release date does not parse'],
    [{ ...movie, 'Release Date': 'Feb 29 1999' }, 'refused: the release date does not parse'],
    [{ ...movie, 'Release Date': 'Foo 12 1998' }, 'refused: the release date does not parse'],
    [{ ...movie, 'Release Date': null }, 'refused: the release date does not parse'],
    [{ ...movie, 'Release Date': 'Jun 12 2039' }, 'mended: released after 2011: a hundred years taken off'],
    [{ ...movie, 'US Gross': 'Unknown' }, 'refused: the US gross is no amount of dollars'],
    [{ ...movie, 'US Gross': 1.5 }, 'refused: the US gross is no amount of dollars'],
    [{ ...movie, 'IMDB Rating': 11 }, 'refused: the rating of IMDb is not from 0 to 10'],
    [{ ...movie, 'MPAA Rating': 'XXX' }, 'mended: no MPAA rating of that name: taken as unknown'],
    [{ ...movie, 'MPAA Rating': 7 }, 'refused: the MPAA rating is no text'],
  ])('a movie %j is %s', (row, what) => {
    const { records, findings } = checkRows(movieRules)([row])
    expect(records.length).toBe(what.startsWith('refused') ? 0 : 1)
    expect(counts(findings)).toEqual({ [what]: 1 })
  })

  test('each reason of a row is told, and the row counts once', () => {
    const { findings } = checkRows(movieRules)([{ ...movie, Title: null, 'IMDB Votes': -1, 'US Gross': '?' }])
    expect(findings.length).toBe(3)
    expect(refusedRows(findings)).toBe(1)
  })

  test('nothing is said of what was mended in a row that is refused', () => {
    const { findings } = checkRows(movieRules)([{ ...movie, Title: 300, 'IMDB Votes': -1 }])
    expect(counts(findings)).toEqual({ 'refused: the votes are no number': 1 })
  })

  test.each([
    [{ ...airport, latitude: '95' }, 'refused: no latitude from -90 to 90'],
    [{ ...airport, longitude: '' }, 'refused: no longitude from -180 to 180'],
    [{ ...airport, iata: '?' }, 'refused: no airport code'],
    [{ ...airport, state: 'New Mexico' }, 'refused: no state'],
    [{ ...airport, city: 'NA' }, 'mended: the city is NA: taken as unknown'],
    [{ iata: 'ABQ' }, 'refused: no name'],
  ])('an airport %j is %s', (row, what) => {
    expect(counts(checkRows(airportRules)([row]).findings)).toMatchObject({ [what]: 1 })
  })

  test('all columns of a finding are text, also of what JSON has not', () => {
    const { findings } = checkRows(movieRules)([{ ...movie, Title: undefined }, 1n, Symbol('x')])
    expect(findings.map(({ found }) => found)).toEqual(['Title is undefined', 'the row is 1n', 'the row is Symbol(x)'])
  })
})

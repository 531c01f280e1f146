// docs/reliability.md has a row for every fault of the catalogue on every engine that it is to be tested on, and each row has its test.
// What the rows say is compared at the end of a run with what the tests have recorded (test/support/reliability-reporter.ts).
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

import { catalogue, type Fault } from '../../support/fault-catalogue.js'
import { differences, merged, type Row, rowsOf, withRows } from '../../support/reliability.js'

const root = new URL('../../../', import.meta.url)
const page = readFileSync(new URL('docs/reliability.md', root), 'utf8')
const rows = rowsOf(page)
// keys of an object literal that is checked to have no others
const faults = Object.keys(catalogue) as ReadonlyArray<Fault>

test('[bar 25] every fault of the catalogue has a row on every engine that it names', () => {
  const missing = faults.flatMap((fault) =>
    catalogue[fault].on
      .filter((engine) => !rows.some((row) => row.fault === fault && row.engine === engine))
      .map((engine) => `${fault} on ${engine}`),
  )
  expect(missing).toEqual([])
})

test('[bar 25] every row names a test that records this fault', () => {
  const without = rows.filter(({ file, fault }) => {
    const path = new URL(`test/integration/${file}.test.ts`, root)
    return !existsSync(path) || !readFileSync(path, 'utf8').includes(fault)
  })
  expect(without).toEqual([])
})

test('nothing of it was written by hand', () => {
  expect(page).toBe(withRows(page, rows))
})

// -- the comparison of a run with the page ------------------------------------------------------------------------------

const row: Row = { fault: 'cancel', engine: 'postgres', sees: 'a | b', checked: 'all\nof it', file: 'x/y' }
const known = withRows('# Title\n\n', [row, { ...row, engine: 'mysql' }, { ...row, fault: 'killed inside', file: 'z' }])

test('a run that says what the page says leaves it', () => {
  const ran = { files: ['x/y'], places: ['postgres' as const], rows: [row, row] }
  expect(differences(known, ran)).toEqual([])
  expect(merged(known, ran)).toBe(known)
  expect(rowsOf(known)).toHaveLength(3)
})

test('what is new, what has changed and what is gone is found, and written', () => {
  const changed = { files: ['x/y'], places: ['postgres' as const], rows: [{ ...row, sees: 'c' }] }
  expect(differences(known, changed)).toEqual([
    'not on the page: cancel on postgres (x/y): c; all of it',
    'on the page, and no test says so: cancel on postgres (x/y): a | b; all of it',
  ])
  expect(differences(merged(known, changed), changed)).toEqual([])
  expect(
    rowsOf(merged(known, changed))
      .map(({ sees, engine }) => `${engine} ${sees}`)
      .sort(),
  ).toEqual(['mysql a | b', 'postgres a | b', 'postgres c'])
})

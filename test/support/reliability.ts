// docs/reliability.md as data: its rows are what fault tests have recorded, and each names the file of its test.
import { catalogue, type Fault, type FaultPlace, type Recorded } from './fault-catalogue.js'

/** What a test has recorded, and where the test stands, as `effects/limits` for test/integration/effects/limits.test.ts. */
export interface Row extends Recorded {
  readonly file: string
}

/** What stands before the generated part. */
export const marker = '<!-- what follows is written by test/support/reliability.ts from the tests that ran -->'

const places: ReadonlyArray<FaultPlace> = ['postgres', 'mysql', 'mariadb', 'sqlite', 'memory']
// keys of an object literal that is checked to have no others
const faults = Object.keys(catalogue) as ReadonlyArray<Fault>

const isFault = (text: string): text is Fault => Object.hasOwn(catalogue, text)
const isPlace = (text: string): text is FaultPlace => places.some((place) => place === text)

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')
const textOf = (written: string): string => written.trim().replaceAll('\\|', '|')

const unique = (rows: ReadonlyArray<Row>): ReadonlyArray<Row> => [
  ...new Map(
    rows.map((row) => [JSON.stringify([row.fault, row.engine, row.sees, row.checked, row.file]), row]),
  ).values(),
]

// -- from rows to the page ----------------------------------------------------------------------------------------------

/** Rows that say the same of several engines are one line. */
const linesOf = (rows: ReadonlyArray<Row>): ReadonlyArray<string> => {
  const groups = new Map<string, Array<FaultPlace>>()
  for (const { fault, engine, sees, checked, file } of rows) {
    const key = [sees, checked, `\`${file}\``].map(cell).join(' | ')
    const group = groups.get(key) ?? []
    groups.set(key, [...group, engine])
    if (!isFault(fault)) throw new Error(`${String(fault)} is not in the catalogue`)
  }
  const fault = rows[0]?.fault ?? ''
  return [...groups]
    .map(([key, engines]) => [places.filter((place) => engines.includes(place)), key] as const)
    .sort(([a, x], [b, y]) => places.indexOf(a[0] ?? 'memory') - places.indexOf(b[0] ?? 'memory') || (x < y ? -1 : 1))
    .map(([engines, key]) => `| ${fault} | ${engines.join(', ')} | ${key} |`)
}

/** The generated part of the page. */
export const printed = (rows: ReadonlyArray<Row>): string =>
  [...new Set(faults.map((fault) => catalogue[fault].part))]
    .flatMap((part) => [
      `## ${part}`,
      '',
      '| fault | on | what the caller sees | what is checked besides | test |',
      '|---|---|---|---|---|',
      ...faults
        .filter((fault) => catalogue[fault].part === part)
        .flatMap((fault) => linesOf(unique(rows).filter((row) => row.fault === fault))),
      '',
    ])
    .join('\n')

// -- from the page to rows ----------------------------------------------------------------------------------------------

const rowsOfLine = (line: string): ReadonlyArray<Row> => {
  const [fault = '', on = '', sees = '', checked = '', file = ''] = line
    .replace(/^\| /, '')
    .replace(/ \|$/, '')
    .split(/(?<!\\)\|/)
    .map(textOf)
  return isFault(fault)
    ? on
        .split(', ')
        .filter(isPlace)
        .map((engine) => ({ fault, engine, sees, checked, file: file.replaceAll('`', '') }))
    : []
}

/** The rows of a page. */
export const rowsOf = (page: string): ReadonlyArray<Row> =>
  (page.split(marker)[1] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .flatMap(rowsOfLine)

/** The page with other rows. */
export const withRows = (page: string, rows: ReadonlyArray<Row>): string =>
  `${page.split(marker)[0] ?? ''}${marker}\n\n${printed(rows)}`

// -- a run and the page -------------------------------------------------------------------------------------------------

/** What ran: test files of which every test passed, on which places, and what they recorded. */
export interface Ran {
  readonly files: ReadonlyArray<string>
  readonly places: ReadonlyArray<FaultPlace>
  readonly rows: ReadonlyArray<Row>
}

const within = ({ files, places: ran }: Ran, row: Row): boolean => files.includes(row.file) && ran.includes(row.engine)

const tidy = (row: Row): string =>
  `${row.fault} on ${row.engine} (${row.file}): ${row.sees}; ${row.checked}`.replaceAll(/\s+/g, ' ')

/** What a run and the page do not agree in; of what did not run nothing is said. */
export const differences = (page: string, ran: Ran): ReadonlyArray<string> => {
  const here = new Set(
    rowsOf(page)
      .filter((row) => within(ran, row))
      .map(tidy),
  )
  const found = new Set(ran.rows.filter((row) => within(ran, row)).map(tidy))
  return [
    ...[...found].filter((row) => !here.has(row)).map((row) => `not on the page: ${row}`),
    ...[...here].filter((row) => !found.has(row)).map((row) => `on the page, and no test says so: ${row}`),
  ]
}

/** The page as a run has it; what did not run stays. */
export const merged = (page: string, ran: Ran): string =>
  withRows(page, [...rowsOf(page).filter((row) => !within(ran, row)), ...ran.rows.filter((row) => within(ran, row))])

/**
 * What a run prints: text out of values, nothing else.
 */
import pc from 'picocolors'
import type { DialectName, RowOfQuery } from 'relvar'

import type { concernedDirectors } from './change.js'
import type { Data } from './data.js'
import type { Answer, Observed, Question } from './question.js'
import { showStatement } from './sql-print.js'
import { counted, cut, label, showTable, whole } from './table-print.js'
import { type FindingGroup, grouped, refusedRows } from './validate/finding.js'
import type { Checked } from './validate/rows.js'

// -------------------------------------------------------------------------------------
// parts
// -------------------------------------------------------------------------------------

/** The heading of a part of the run. */
export const heading = (text: string): string => `\n${pc.bold(pc.green(text))}`

const engines: Readonly<Record<DialectName, string>> = {
  sqlite: 'SQLite',
  postgres: 'PostgreSQL',
  mysql: 'MySQL',
  mariadb: 'MariaDB',
}

/** The first line of a run. */
export const title = (dialect: DialectName, where: string): string =>
  `${pc.bold(`relvar on ${engines[dialect]}`)} ${pc.dim(`(${where})`)}`

/** `12.3 ms`. */
export const milliseconds = (ms: number): string => `${ms.toFixed(1)} ms`

const indented = (text: string): string => text.replaceAll(/^/gm, '  ')

// -------------------------------------------------------------------------------------
// the import
// -------------------------------------------------------------------------------------

const summary = ({ file, read, records, findings }: Checked<unknown>): string =>
  `${file}: ${counted(read, 'row')} read, ${records.length.toLocaleString('en-US')} kept, ${refusedRows(findings)} refused`

const showFindings = showTable<FindingGroup>([
  label('file', (group) => group.file),
  label('rows are', (group) => group.outcome),
  label('because', (group) => group.reason),
  whole('rows', (group) => group.rows),
  label('for example', ({ example }) => `row ${example.row}, ${example.found}`),
])

/** What was read, and what was wrong with it. */
export const showData = ({ airports, flights, films }: Data): string => {
  const files = [airports, flights, films]
  return [...files.map(summary), '', showFindings(grouped(files.flatMap(({ findings }) => findings)))].join('\n')
}

// -------------------------------------------------------------------------------------
// questions
// -------------------------------------------------------------------------------------

/** A question with all that was sent to answer it, the time, and the answer. */
export const showAnswer = (at: number, { words }: Question, { value, statements, ms }: Observed<Answer>): string =>
  [
    `\n${pc.bold(`${at}. ${words}`)}`,
    '',
    ...statements.flatMap((statement) => [showStatement(statement), '']),
    indented(value.table),
    pc.dim(`  ${value.rows} in ${milliseconds(ms)}, ${counted(statements.length, 'statement')}`),
  ].join('\n')

// -------------------------------------------------------------------------------------
// the change
// -------------------------------------------------------------------------------------

/** What the change is about. */
export const story = `The file credits The Wizard of Oz to King Vidor, who finished it. Its director was Victor Fleming, who is not in the file:
he comes into it, with two more films, and gets the Wizard. Foodfight!, which no cinema had shown, goes.`

const longestLine = 140

/** Text whose longer lines are cut. */
export const showLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => cut(longestLine, line))
    .join('\n')

/** Directors, their films, and the genres of each film: a row a film. */
export const showDirectors = (rows: ReadonlyArray<DirectorWithFilms>): string =>
  showTable<Credit>([
    label('director', (credit) => credit.director),
    label('film', (credit) => credit.film),
    label('released', (credit) => credit.released),
    label('genres', (credit) => credit.genres),
  ])(
    rows.flatMap(({ name, films }) =>
      films.map(({ title, released, genres }, at) => ({
        director: at === 0 ? name : '',
        film: title,
        released,
        genres: genres.length === 0 ? null : genres.map((genre) => genre.name).join(', '),
      })),
    ),
  )

type DirectorWithFilms = RowOfQuery<typeof concernedDirectors>

interface Credit {
  readonly director: string
  readonly film: string
  readonly released: string
  readonly genres: string | null
}

/** How many rows there are. */
export const showTotals = (totals: Readonly<Record<string, number>>): string =>
  pc.dim(
    `In all ${Object.entries(totals)
      .map(([what, n]) => `${n.toLocaleString('en-US')} ${what}`)
      .join(', ')}.`,
  )

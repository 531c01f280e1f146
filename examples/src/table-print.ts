/**
 * Tables for people: rows of any type, shown by columns that say how.
 */
import Table from 'cli-table3'
import pc from 'picocolors'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** A column of a printed table: its heading, and the text of a row's cell; null for what is not known. */
export interface Column<in Row> {
  readonly head: string
  readonly align: 'left' | 'right'
  readonly cell: (row: Row) => string | null
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/** A column of words, cut where they are long. */
export const label = <Row>(head: string, of: (row: Row) => string | null): Column<Row> => ({
  head,
  align: 'left',
  cell: of,
})

const numeric =
  <A>(format: (value: A) => string) =>
  <Row>(head: string, of: (row: Row) => A | null): Column<Row> => ({
    head,
    align: 'right',
    cell: (row) => {
      const value = of(row)
      return value === null ? null : format(value)
    },
  })

const grouped = new Intl.NumberFormat('en-US')

/** A column of whole numbers: `12,345`. */
export const whole = numeric((n: number | bigint) => grouped.format(n))
/** A column of numbers with one digit after the point. */
export const tenths = numeric((n: number) => n.toFixed(1))
/** A column of numbers with two digits after the point. */
export const hundredths = numeric((n: number) => n.toFixed(2))
/** A column of minutes: `12 min`. */
export const minutes = numeric((n: number) => `${n} min`)
/** A column of minutes that are a mean: `12.3 min`. */
export const meanMinutes = numeric((n: number) => `${n.toFixed(1)} min`)
/** A column of percentages: `12.3 %`. */
export const percent = numeric((n: number) => `${n.toFixed(1)} %`)
/** A column of dollars: `$12,345`. */
export const dollars = numeric((n: bigint) => `$${grouped.format(n)}`)

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

/** Text that is no longer than `most` characters. */
export const cut = (most: number, text: string): string => {
  const characters = Array.from(text)
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`
}

/** What is left out: `… 12 more`. */
const more = (n: number): string => `… ${grouped.format(n)} more`

/** The first items of a list, one a line, and how many there are besides. */
export const firstLines = <A>(most: number, items: ReadonlyArray<A>, show: (item: A) => string): string =>
  [...items.slice(0, most).map(show), ...(items.length > most ? [pc.dim(more(items.length - most))] : [])].join('\n')

/** `1 row`, `2 rows`. */
export const counted = (n: number, noun: string): string => `${grouped.format(n)} ${noun}${n === 1 ? '' : 's'}`

const mostRows = 10
const widest = 48

const shown = (cell: string | null): string =>
  cell === null
    ? pc.dim('–')
    : cell
        .split('\n')
        .map((line) => cut(widest, line))
        .join('\n')

/** The first rows as a table, numbers to the right, and how many rows there are besides. */
export const showTable =
  <Row>(columns: ReadonlyArray<Column<Row>>) =>
  (rows: ReadonlyArray<Row>): string => {
    if (rows.length === 0) return pc.dim('(no rows)')
    const table = new Table({
      head: columns.map(({ head }) => pc.bold(head)),
      colAligns: columns.map(({ align }) => align),
      style: { head: [], border: pc.isColorSupported ? ['gray'] : [], compact: true },
    })
    table.push(...rows.slice(0, mostRows).map((row) => columns.map(({ cell }) => shown(cell(row)))))
    const rest = rows.length - mostRows
    return rest > 0 ? `${table.toString()}\n${pc.dim(more(rest))}` : table.toString()
  }

/**
 * Where the SQL of the queries differs between the engines: a handful of words. All else is the same text.
 */

export type EngineName = 'postgres' | 'mysql' | 'mariadb' | 'sqlite'

export interface SqlWords {
  /** The year of a day. */
  readonly year: (day: string) => string
  /** As a double. */
  readonly double: (number: string) => string
  /** A literal that stands beside a column of money. */
  readonly money: (literal: string) => string
  /** Counts the rows and values of a table for the planner, which has not seen them yet. */
  readonly analyze: (table: string) => string
}

const postgres: SqlWords = {
  year: (day) => `extract(year from ${day})`,
  double: (number) => `cast(${number} as double precision)`,
  money: (literal) => literal,
  analyze: (table) => `analyze ${table}`,
}

const mysql: SqlWords = {
  year: (day) => `extract(year from ${day})`,
  double: (number) => `cast(${number} as double)`,
  money: (literal) => literal,
  analyze: (table) => `analyze table ${table}`,
}

/** SQLite has no exact fractions: money is a whole number of cents. */
const sqlite: SqlWords = {
  year: (day) => `cast(strftime('%Y', ${day}) as integer)`,
  double: (number) => `cast(${number} as real)`,
  money: (literal) => String(Math.round(Number(literal) * 100)),
  analyze: (table) => `analyze ${table}`,
}

export const wordsOf: Readonly<Record<EngineName, SqlWords>> = { postgres, mysql, mariadb: mysql, sqlite }

/** A query by hand: its SQL, and what its columns hold in their order. */
export interface ByHand {
  readonly kinds: ReadonlyArray<Kind>
  readonly sql: (words: SqlWords) => string
}

/** A number is the digits after the point of an exact one, which SQLite gives without the point. */
export type Kind = 'text' | 'whole' | 'double' | number

const kindOf = (word: string): Kind => (word === 'text' || word === 'whole' || word === 'double' ? word : Number(word))

export const byHand = (kinds: string, sql: (words: SqlWords) => string): ByHand => ({
  kinds: kinds.split(' ').map(kindOf),
  sql,
})

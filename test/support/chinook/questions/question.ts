// A question about the shop: in words, as a query of relvar, and in SQL written by hand.
import type { Query } from '../../../../src/expr/query.js'
import { type Cell, relvarRow } from '../../../tpch/answer.js'
import { type EngineName, type Kind, type SqlWords, wordsOf } from '../../../tpch/sql/words.js'

/** Any closed read; what its rows are is said by `kinds` and `flat`. */
export type AnyRows = Query<unknown, never, string, never, 'select' | 'set'>

/** What differs between engines beside what TPC-H has: all else is the same text, with names in double quotes. */
export interface Words extends SqlWords {
  readonly month: (time: string) => string
  readonly daysBetween: (from: string, to: string) => string
  /** The names of a group in order, with commas. */
  readonly list: (text: string) => string
  readonly concat: (...parts: ReadonlyArray<string>) => string
  /** Text that may grow in a recursion. */
  readonly longText: (text: string) => string
  /** Text in the order of its code points. */
  readonly byCode: (text: string) => string
  /** Whether a word stands in a text, its case minded. */
  readonly likeExactly: (text: string, word: string) => string
  /** The day of a time, as text. */
  readonly day: (time: string) => string
}

const piped = (...parts: ReadonlyArray<string>): string => parts.join(' || ')

const mysql: Words = {
  ...wordsOf.mysql,
  month: (time) => `extract(month from ${time})`,
  daysBetween: (from, to) => `datediff(${to}, ${from})`,
  list: (text) => `group_concat(${text} order by ${text} separator ', ')`,
  concat: (...parts) => `concat(${parts.join(', ')})`,
  longText: (text) => `cast(${text} as char(500))`,
  byCode: (text) => text,
  likeExactly: (text, word) => `${text} like '%${word}%'`,
  day: (time) => `cast(date(${time}) as char)`,
}

export const words: Readonly<Record<EngineName, Words>> = {
  postgres: {
    ...wordsOf.postgres,
    month: (time) => `extract(month from ${time})`,
    daysBetween: (from, to) => `cast(${to} as date) - cast(${from} as date)`,
    list: (text) => `string_agg(${text}, ', ' order by ${text} collate "C")`,
    concat: piped,
    longText: (text) => `cast(${text} as text)`,
    byCode: (text) => `${text} collate "C"`,
    likeExactly: (text, word) => `${text} like '%${word}%'`,
    day: (time) => `to_char(${time}, 'YYYY-MM-DD')`,
  },
  mysql,
  mariadb: mysql,
  sqlite: {
    ...wordsOf.sqlite,
    month: (time) => `cast(strftime('%m', ${time}) as integer)`,
    daysBetween: (from, to) => `cast(julianday(${to}) - julianday(${from}) as integer)`,
    list: (text) => `group_concat(${text}, ', ' order by ${text})`,
    concat: piped,
    longText: (text) => text,
    byCode: (text) => text,
    likeExactly: (text, word) => `instr(${text}, '${word}') > 0`,
    day: (time) => `date(${time})`,
  },
}

export interface Question {
  readonly says: string
  readonly query: AnyRows
  readonly kinds: ReadonlyArray<Kind>
  readonly sql: (engine: EngineName) => string
  /** The rows of relvar as those of the SQL. */
  readonly flat: (rows: ReadonlyArray<unknown>) => ReadonlyArray<ReadonlyArray<Cell>>
}

const kindOf = (word: string): Kind => (word === 'text' || word === 'whole' || word === 'double' ? word : Number(word))

/** A question whose rows are flat; a number among the kinds is the digits of a decimal. */
export const question = (says: string, kinds: string, query: AnyRows, sql: (words: Words) => string): Question => {
  const of = kinds.split(' ').map(kindOf)
  return {
    says,
    query,
    kinds: of,
    // Names in double quotes are standard SQL; MySQL and MariaDB have them in backticks.
    sql: (engine) => {
      const text = sql(words[engine])
      return engine === 'mysql' || engine === 'mariadb' ? text.replaceAll('"', '`') : text
    },
    flat: (rows) => rows.map(relvarRow(of)),
  }
}

/** A question whose rows hold others: `rows` says how they are written in one list. */
export const nested = (
  plain: Question,
  rows: (row: never) => ReadonlyArray<Readonly<Record<string, unknown>>>,
): Question => ({
  ...plain,
  // The rows are those of the query that the question was made with.
  flat: (all) => all.flatMap((row) => rows(row as never)).map(relvarRow(plain.kinds)),
})

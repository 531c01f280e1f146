/**
 * Sequences: numbers that the database counts, as values of a schema.
 */
import { call, type CallNode } from './call-node.js'
import type { ColumnSpec, Counting } from './column.js'
import { expr, type Expr } from './expr.js'
import { checkName, nameProblem } from './name.js'
import { type SqlType, bigintType } from './sql-type.js'

// -------------------------------------------------------------------------------------
// model
// -------------------------------------------------------------------------------------

/** The function of sequences that relvar knows. */
export type SequenceFunction = 'nextValue'

/** A sequence of the database by its name, and how it counts. */
export interface SequenceInfo {
  readonly schema: string | null
  readonly name: string
  readonly counting: Counting
}

// -------------------------------------------------------------------------------------
// constructors
// -------------------------------------------------------------------------------------

/**
 * A sequence: PostgreSQL and MariaDB have them.
 *
 * @param name its name in the database
 * @param counting where it starts, its steps and bounds
 * @throws TypeError where the name is none that an engine takes.
 * @example
 * import { sequence } from 'relvar'
 *
 * assert.strictEqual(sequence('ticket_numbers', { start: 100 }).name, 'ticket_numbers')
 *
 * @category constructors
 * @since 0.1.0
 */
export const sequence = (
  name: string,
  counting: Counting = {},
  options: { readonly schema?: string } = {},
): SequenceInfo => {
  checkName('sequence', name)
  if (options.schema !== undefined) checkName('schema', options.schema)
  return Object.freeze({ schema: options.schema ?? null, name, counting: Object.freeze({ ...counting }) })
}

/** A name as a word of an expression: letters and digits as they are, all else by its number. */
const escaped = (name: string): string => name.replace(/[^A-Za-z0-9_]/g, (c) => `$${c.charCodeAt(0).toString(16)}$`)

const unescaped = (word: string): string =>
  word.replace(/\$([0-9a-f]{1,4})\$/g, (_found, code: string) => String.fromCharCode(Number.parseInt(code, 16)))

const wordsOf = ({ schema, name, counting }: SequenceInfo): string =>
  [
    escaped(schema ?? ''),
    escaped(name),
    ...[counting.start, counting.increment, counting.min, counting.max].map((n) => (n === undefined ? '' : String(n))),
    counting.cycle === true ? 'cycle' : '',
  ].join(',')

/** The next number as a node. */
export const nextNumber = (s: SequenceInfo, type: SqlType<unknown>): CallNode =>
  call('nextValue', [], type, { words: wordsOf(s), nulls: 'never' })

/**
 * The next number of a sequence, another one each time that it is asked: in the rows of an insert, as `serverDefault` of a key, or
 * alone in a select. Numbers that a transaction took and did not keep are gone.
 *
 * @param type the type of the column that it is for; `bigint` where it is left out
 * @example
 * import { pipe } from 'fp-ts/lib/function.js'
 * import { integer, nextValue, primaryKey, sequence, serverDefault, table } from 'relvar'
 *
 * const numbers = sequence('ticket_numbers')
 * table('tickets', { id: pipe(integer, primaryKey, serverDefault(nextValue(numbers, integer))) })
 *
 * @category constructors
 * @since 0.1.0
 */
export const nextValue: {
  (s: SequenceInfo): Expr<bigint>
  <A extends number | bigint>(s: SequenceInfo, type: ColumnSpec<A>): Expr<A>
} = (s: SequenceInfo, type?: { readonly type: SqlType<unknown> }): Expr<never> =>
  expr(nextNumber(s, type?.type ?? bigintType))

// -------------------------------------------------------------------------------------
// destructors
// -------------------------------------------------------------------------------------

const whole = (word: string): bigint | undefined => (/^-?\d+$/.test(word) ? BigInt(word) : undefined)

/** The sequence that `nextValue` was told; null for words that it never says. */
export const sequenceOfWords = (words: string): SequenceInfo | null => {
  const [schema, name, start, increment, min, max, cycle, ...more] = words.split(',')
  if (schema === undefined || name === undefined || name === '' || cycle === undefined || more.length > 0) return null
  const numbers = { start, increment, min, max }
  const names = [...(schema === '' ? [] : [schema]), name].map(unescaped)
  if (names.some((n) => nameProblem(n) !== null)) return null
  const counting = Object.fromEntries(
    Object.entries(numbers).flatMap(([key, word]) => {
      const n = whole(word ?? '')
      return n === undefined ? [] : [[key, n]]
    }),
  )
  return {
    schema: schema === '' ? null : unescaped(schema),
    name: unescaped(name),
    counting: { ...counting, ...(cycle === 'cycle' ? { cycle: true } : {}) },
  }
}

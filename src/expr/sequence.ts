/**
 * Sequences: numbers that the database counts, as values of a schema.
 */
import type { Counting } from './column.js'
import { checkName } from './name.js'

/** A sequence of the database by its name, and how it counts. */
export interface SequenceInfo {
  readonly schema: string | null
  readonly name: string
  readonly counting: Counting
}

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

/**
 * What the drivers' replies have in common.
 */
import type { RawRow, Statement } from '../../compile/statement.js'

/** The rows of a statement that gives none. */
export const noRows: ReadonlyArray<RawRow> = Object.freeze([])

const writes = /^\s*(insert|update|delete|replace)\b/i

/**
 * How many rows a statement wrote that answered with rows: all that it gave, where it is a write (RETURNING), else none.
 * Engines that count rows themselves are asked instead.
 */
export const affectedByRows = (statement: Statement, rows: ReadonlyArray<RawRow>): number =>
  statement.tables.writes.length > 0 || (statement.text === 'once' && writes.test(statement.sql)) ? rows.length : 0

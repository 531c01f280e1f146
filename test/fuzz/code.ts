// A counterexample as code.
import type { Tables } from '../../src/memory.js'
import { type AnyClosedQuery, type AnyClosedWrite, code } from '../../src/testing.js'

/** Rows and a statement over them, as a module that makes them: a file of test/property/counterexamples. */
export const asCode = (rows: Tables, statement: AnyClosedQuery | AnyClosedWrite): string =>
  code(statement, { tables: rows })

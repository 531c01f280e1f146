// What an engine cannot say, or refuses: each cause by name, with how often it may be met.
import type { DbError } from '../../../src/index.js'

/** What an engine cannot say is not wrong; how often that is the case is counted and bounded. */
export const unsupportedIn = (error: DbError): string | null =>
  error._tag === 'Compile' && error.error._tag === 'Unsupported' ? error.error.message : null

// What an engine still refuses though the compiler took it: an error each, never a wrong row. This list is to become empty.
const refusals: ReadonlyArray<{ readonly engine: RegExp; readonly said: RegExp; readonly why: string }> = [
  {
    engine: /mariadb/,
    said: /1054.*Unknown column 't\d+\.c\d+'/,
    why: 'it loses the outer row of a query that it makes a join of',
  },
]

export const isRefusal = (engine: { readonly name: string }, error: DbError): boolean =>
  error._tag === 'Sql' && refusals.some((r) => r.engine.test(engine.name) && r.said.test(error.message))

/** One thing that engines cannot say, and the share of the queries, or of the writes, that it may take at most. */
export interface Cause {
  readonly engine: RegExp
  readonly said: RegExp
  readonly most: number
}

/**
 * What an engine cannot say, each with the share of the queries and of the writes that it may take at most: of 3500 queries and
 * 2900 writes on MySQL and MariaDB, 4000 and 2900 on SQLite. PostgreSQL says everything.
 */
export const causes: ReadonlyArray<Cause> = [
  { engine: /mariadb/, said: /mention an outer row in a query that must stand as a derived table/, most: 0.3 },
  { engine: /mariadb/, said: /mention an outer row beside a full join/, most: 0.07 },
  { engine: /mariadb/, said: /look in windows at groups of what a query gives/, most: 0.03 },
  { engine: /mysql|mariadb/, said: /compute a limit/, most: 0.07 },
  { engine: /mysql|mariadb/, said: /count groups in a frame/, most: 0.05 },
  { engine: /mysql|mariadb/, said: /measure a range over what may be null/, most: 0.03 },
  { engine: /mysql/, said: /ask the table that it writes about each row/, most: 0.04 },
  {
    engine: /mysql|mariadb/,
    said: /by one of its keys alone where the values of that key are expressions/,
    most: 0.03,
  },
  { engine: /mariadb/, said: /ask a query about excluded/, most: 0.03 },
  { engine: /mariadb/, said: /join by the row that is there/, most: 0.02 },
  { engine: /mariadb/, said: /look among rows for an aggregate that mentions no row/, most: 0.02 },
  { engine: /mysql|mariadb/, said: /return rows of .* whose key it changes/, most: 0.03 },
  { engine: /mariadb|sqlite/, said: /for each row \(LATERAL\)/, most: 0.02 },
  { engine: /mysql|mariadb|sqlite/, said: /look for a JSON document with arrays in it/, most: 0.02 },
  { engine: /mysql|mariadb|sqlite/, said: /JSON documents: take a part of each/, most: 0.02 },
  { engine: /mysql|mariadb|sqlite/, said: /intervals, which have no order/, most: 0.02 },
  { engine: /mysql|mariadb/, said: /set columns from each other at once/, most: 0.03 },
  { engine: /sqlite/, said: /compare a window with any or all rows of a query/, most: 0.01 },
  { engine: /sqlite/, said: /numerics of \d+ digits/, most: 0.01 },
]

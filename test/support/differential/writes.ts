// One write on one engine, beside what it means: what it answers, and what stands in all tables afterwards.
import * as E from 'fp-ts/lib/Either.js'

import { type AnySchema, type AnyTable, type Database, deleteFrom, everyRow } from '../../../src/index.js'
import { nodeOfQuery, query as queryOf } from '../../../src/expr/query.js'
import { type InsertNode, noClauses } from '../../../src/expr/query-node.js'
import { sourceOf, tableInfo } from '../../../src/expr/table.js'
import { apply, rowsIn, type Tables, tablesIn } from '../../../src/memory.js'
import { type AnyClosedQuery, type AnyClosedWrite, show } from '../../../src/testing.js'
import type { Engine } from '../servers/engine.js'
import { done } from './fill.js'
import { sameBag } from './rows.js'
import { compared, type Mine, type Theirs, type Verdict, verdict, wrong } from './verdict.js'

// -- model ------------------------------------------------------------------------------------------------------------

interface Answer {
  readonly rows: ReadonlyArray<unknown>
  readonly affected: number
}

/** A write, the tables before it, and what it means: what it answers, and the tables afterwards. */
export interface AskedWrite {
  readonly write: AnyClosedWrite
  readonly before: Tables
  readonly mine: Mine<Answer>
  readonly after: Tables
}

// -- constructors -----------------------------------------------------------------------------------------------------

/** The tables of a schema with these rows: their foreign keys are kept. */
export const keptBy = (all: AnySchema, tables: Tables): Tables => ({ ...tables, infos: tablesIn(all).infos })

/** What a write means over tables that keep their foreign keys. */
export const writesTo = (write: AnyClosedWrite, before: Tables): AskedWrite => {
  const applied = apply(write)(before)
  return E.isLeft(applied)
    ? { write, before, mine: applied, after: before }
    : {
        write,
        before,
        mine: E.right({ rows: applied.right.rows, affected: applied.right.affected }),
        after: applied.right.tables,
      }
}

// -- foreign keys that are asked earlier --------------------------------------------------------------------------------

/** The insert of each row alone; none where a query gives the rows. */
const oneByOne = (insert: InsertNode): ReadonlyArray<AnyClosedWrite> => {
  const { source } = insert
  if (source._tag === 'Query') return []
  return [...source.rows.keys()].map((row) => {
    const one =
      source._tag === 'Values'
        ? { ...source, rows: source.rows.slice(row, row + 1) }
        : { ...source, rows: source.rows.slice(row, row + 1) }
    return queryOf<unknown, never, never, never, 'insert'>({ ...insert, source: one })
  })
}

/** Whether an upsert breaks a foreign key where each of its rows is a statement of its own. */
const breaksOneByOne = (insert: InsertNode, tables: Tables): boolean => {
  let now = tables
  for (const one of oneByOne(insert)) {
    const after = apply(one)(now)
    if (E.isLeft(after)) return after.left._tag === 'ForeignKeyViolation'
    now = after.right.tables
  }
  return false
}

/** Whether a row of an upsert breaks a foreign key where its key is not there yet, which nothing is known of where a query gives it. */
const breaksAsNew = (insert: InsertNode, tables: Tables, all: ReadonlyArray<AnyTable>): boolean => {
  const table = all.find((t) => tableInfo(t).name === insert.into.table.name)
  if (table === undefined || insert.source._tag === 'Query') return insert.source._tag === 'Query'
  const empty = apply(everyRow(deleteFrom(table)))(tables)
  return oneByOne(insert).some((one) => {
    const after = E.isLeft(empty) ? empty : apply(one)(empty.right.tables)
    return E.isLeft(after) && after.left._tag === 'ForeignKeyViolation'
  })
}

/** Whether rows leave different columns to the server, so that they are several statements on each engine. */
const isSplit = ({ source }: InsertNode): boolean =>
  source._tag === 'Rows' && new Set(source.rows.map((row) => row.map((a) => a.key).join())).size > 1

/**
 * When an upsert asks foreign keys differs: PostgreSQL, MySQL and MariaDB take rows of one key in several statements, SQLite those that
 * leave different columns to the server, and MySQL asks them of a new row before it sees that a row is there. It is an error where the
 * others have none, and nothing is written.
 */
const asksEarlier = (
  engine: Engine,
  all: ReadonlyArray<AnyTable>,
  asked: AskedWrite,
  theirs: Theirs<unknown>,
): boolean => {
  const node = nodeOfQuery(asked.write)
  if (node._tag !== 'Insert' || node.conflict === null || (engine.name === 'sqlite' && !isSplit(node))) return false
  if (E.isLeft(asked.mine) || E.isRight(theirs) || theirs.left._tag !== 'ForeignKeyViolation') return false
  return breaksOneByOne(node, asked.before) || (engine.name === 'mysql' && breaksAsNew(node, asked.before, all))
}

// -- destructors ------------------------------------------------------------------------------------------------------

/** All rows of a table. */
const everyRowOf = (t: AnyTable): AnyClosedQuery =>
  queryOf<unknown, never, never, never, 'select'>({ ...noClauses, from: sourceOf(t) })

/** Writes to an engine that holds the rows before, and looks at all tables afterwards. */
export const checkWrite = async (
  engine: Engine,
  db: Database,
  all: ReadonlyArray<AnyTable>,
  asked: AskedWrite,
): Promise<Verdict> => {
  const { write, mine, before, after } = asked
  const theirs = await db.execute(write)()
  const answer: Theirs<Answer> = E.isLeft(theirs)
    ? theirs
    : E.right({ rows: theirs.right.rows, affected: theirs.right.affected })
  const found = asksEarlier(engine, all, asked, answer)
    ? verdict('refused', 'a foreign key of a row that another of its key changes')
    : compared(
        engine,
        () => show(write),
        mine,
        answer,
        (a, b) => a.affected === b.affected && sameBag(a.rows, b.rows),
      )
  // An engine whose integers go further has written what the interpreter has no rows for.
  if (found.verdict === 'wrong' || (found.verdict === 'overflow' && E.isRight(theirs))) return found
  const stands = E.isRight(theirs) && E.isRight(mine) ? after : before
  for (const t of all) {
    const [own, other] = [rowsIn(t)(stands), await done(db.all(everyRowOf(t)))]
    if (!sameBag(own, other))
      return wrong(`${show(write)}: the rows of ${tableInfo(t).name} afterwards`, own, other, 'after')
  }
  return found
}

/** Whether the engine now holds the rows afterwards: both have written, or neither. */
export const isInStep = ({ verdict: how }: Verdict): boolean => how === 'same' || how === 'errors'

// A law of queries, stated once: it holds of any rows, whoever is asked for them.
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { type Database, Db, deleteFrom, everyRow, type Expr, insertInto, type Query } from 'relvar'
import { interpret, rowsIn, type Tables } from 'relvar/memory'
import { criterion, show } from 'relvar/testing'
import type { AnyQuery } from '../../src/expr/query.js'
import { asked, sameBag, sameRows, showRows, users } from './world.js'

/** Asks for the rows of a query. What has none because a number is too large, or because an engine cannot say it, is drawn anew. */
export type Ask = (q: AnyQuery) => Promise<ReadonlyArray<unknown>>

export interface Law {
  /** Beginning with the row of the design that it proves. */
  readonly title: string
  /** The law as a property of the one who is asked. `tables`: the rows that there are. */
  readonly property: (ask: Ask, tables: Tables) => fc.IAsyncProperty<unknown>
}

export const law = <T>(
  title: string,
  drawn: fc.Arbitrary<T>,
  holds: (ask: Ask, drawn: T, tables: Tables) => Promise<void>,
): Law => ({
  title,
  property: (ask, tables) => fc.asyncProperty(drawn, (one) => holds(ask, one, tables)),
})

// -- what laws are about ----------------------------------------------------------------------------------------------

export type OnUsers = Expr<boolean | null, 'users', 'users'>
export const onUsers: fc.Arbitrary<OnUsers> = criterion(users, asked)

// -- comparing --------------------------------------------------------------------------------------------------------

const differ = (what: string, a: ReadonlyArray<unknown>, b: ReadonlyArray<unknown>): never => {
  throw new Error(`${what}\n  ${showRows(a)}\n  ${showRows(b)}`)
}

/** Equal rows, as often, in any order. */
export const bag = (what: string, a: ReadonlyArray<unknown>, b: ReadonlyArray<unknown>): void => {
  if (!sameBag(a, b)) differ(what, a, b)
}

/** Equal rows in the same order. */
export const list = (what: string, a: ReadonlyArray<unknown>, b: ReadonlyArray<unknown>): void => {
  if (!sameRows(a, b)) differ(what, a, b)
}

/** Two queries with the same rows. */
export const equalBags = async (ask: Ask, a: AnyQuery, b: AnyQuery): Promise<void> =>
  bag(`${show(a)}\n= ${show(b)}`, await ask(a), await ask(b))

/** Two queries with the same rows in the same order. */
export const equalRows = async (ask: Ask, a: AnyQuery, b: AnyQuery): Promise<void> =>
  list(`${show(a)}\n= ${show(b)}`, await ask(a), await ask(b))

// -- who is asked -----------------------------------------------------------------------------------------------------

/** The types of a law's queries are the law's business. */
const closed = (q: AnyQuery): Query<unknown, never, never, never, 'select'> =>
  q as Query<unknown, never, never, never, 'select'>

/** What hangs on the rows: a number that is too large, one row that is asked for and is not there, or is there twice. */
const without = ['Overflow', 'NoRows', 'MultipleRows']

const hasNone = (tables: Tables, q: AnyQuery): boolean => {
  const rows = interpret(closed(q))(tables)
  return E.isLeft(rows) && without.includes(rows.left._tag)
}

export const askMemory =
  (tables: Tables): Ask =>
  (q) => {
    const rows = interpret(closed(q))(tables)
    if (E.isRight(rows)) return Promise.resolve(rows.right)
    fc.pre(!without.includes(rows.left._tag))
    throw new Error(`${rows.left._tag}: ${rows.left.message}\n  ${show(q)}`)
  }

/** An engine that holds these rows. Where its integers end is its own affair. */
export const askEngine =
  (db: Database, tables: Tables): Ask =>
  async (q) => {
    const rows = await Db.all(closed(q))(db)()
    if (E.isRight(rows)) return rows.right
    const { left } = rows
    fc.pre(!(left._tag === 'Compile' && left.error._tag === 'Unsupported') && !hasNone(tables, q))
    throw new Error(`${left._tag}: ${left.message}\n  ${show(q)}\n  ${left.statement ?? ''}`)
  }

/** The tables with these rows and no others. */
export const fill = async (db: Database, of: Tables): Promise<void> => {
  const done = async (q: AnyQuery): Promise<void> => {
    const result = await Db.execute(closed(q))(db)()
    if (E.isLeft(result)) throw new Error(`${result.left._tag}: ${result.left.message}`)
  }
  for (const t of [...asked].reverse()) await done(everyRow(deleteFrom(t)))
  for (const t of asked) {
    const rows = rowsIn(t)(of)
    // Rows that were read from the tables can be written to them.
    if (rows.length > 0) await done(insertInto(t)(rows as unknown as ReadonlyArray<never>))
  }
}

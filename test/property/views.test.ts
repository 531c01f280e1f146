// A view of a random query has the rows that the interpreter gives for it: its values are literals, its outputs columns.
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import {
  type AnyTable,
  compileDdl,
  createAll,
  createView,
  type Database,
  Db,
  type DbError,
  deleteFrom,
  dropView,
  everyRow,
  from,
  insertInto,
  schema,
  view,
} from 'relvar'
import { interpret, rowsIn, type Tables } from 'relvar/memory'
import { mariadb, mysql } from 'relvar/mysql'
import { postgres } from 'relvar/postgres'
import { sqlite } from 'relvar/sqlite'
import { type AnyClosedQuery, contents, query, show } from 'relvar/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { type Engine, engines, type FreshDatabase, freshDatabase } from '../support/engines.js'
import { asked, sameBag, showRows } from './world.js'

const times = Number(process.env['RELVAR_TEST_TIMES'] ?? '1')
const seed = Number(process.env['RELVAR_TEST_SEED'] ?? '20261121')

const opened: Readonly<Record<Engine['name'], (url: string) => Database>> = { sqlite, postgres, mysql, mariadb }

const done = async <A>(effect: () => Promise<E.Either<DbError, A>>): Promise<A> => {
  const result = await effect()
  if (E.isLeft(result)) throw new Error(`${result.left._tag}: ${result.left.message} ${result.left.statement ?? ''}`)
  return result.right
}

const fill = async (db: Database, of: Tables): Promise<void> => {
  for (const t of [...asked].reverse()) await done(Db.execute(everyRow(deleteFrom(t)))(db))
  for (const t of asked) {
    const rows = rowsIn(t)(of)
    // Rows that were read from the tables can be written to them.
    if (rows.length > 0) await done(Db.execute(insertInto(t)(rows as unknown as ReadonlyArray<never>))(db))
  }
}

/** The view of a query; null where its rows are not flat. */
const viewOf = (q: AnyClosedQuery): AnyTable | null => {
  try {
    return view('a_view', q as never)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}

type Verdict = 'same' | 'not flat' | 'unsupported' | 'no answer'

/** What an engine refuses of a query that is no view is the other test's. */
const refusesItself = async (db: Database, q: AnyClosedQuery): Promise<boolean> => {
  const rows = await Db.all(q)(db)()
  return E.isLeft(rows) && rows.left._tag === 'Sql'
}

const check = async (db: Database, tables: Tables, q: AnyClosedQuery): Promise<Verdict> => {
  const v = viewOf(q)
  if (v === null) return 'not flat'
  const mine = interpret(from(v as never))(tables)
  // What overflows or gives two rows for one value does so for some rows alone: engines say it when they read them.
  if (E.isLeft(mine)) return 'no answer'
  await fill(db, tables)
  const made = await Db.execute(createView(v))(db)()
  if (E.isLeft(made)) {
    if (made.left._tag === 'Compile' && made.left.error._tag === 'Unsupported') return 'unsupported'
    if (await refusesItself(db, q)) return 'no answer'
    throw new Error(`${show(q)}\n  ${made.left.message}\n  ${made.left.statement ?? ''}`)
  }
  try {
    const rows = await Db.all(from(v as never))(db)()
    if (E.isLeft(rows) && (await refusesItself(db, q))) return 'no answer'
    if (E.isLeft(rows) || !sameBag(mine.right, rows.right)) {
      const compiled = compileDdl(db.dialect)(createView(v))
      const sql = E.isRight(compiled) && compiled.right._tag === 'Step' ? compiled.right.statement.sql : ''
      const theirs = E.isLeft(rows) ? rows.left.message : showRows(rows.right)
      throw new Error(`${show(q)}\n  ${sql}\n  interpreter ${showRows(mine.right)}\n  engine      ${theirs}`)
    }
  } finally {
    await done(Db.execute(dropView(v))(db))
  }
  return 'same'
}

const hour = 3_600_000

describe.each(engines().map((engine) => [engine.label, engine] as const))('%s', (_, engine) => {
  let fresh: FreshDatabase
  let db: Database

  beforeAll(async () => {
    fresh = await freshDatabase(engine)
    db = opened[engine.name](fresh.url)
    await done(Db.execute(createAll(schema(Object.fromEntries(asked.map((t, i) => [`t${i}`, t])))))(db))
  })

  afterAll(async () => {
    await db.close()()
    await fresh.drop()
  })

  test('[DDL22] a view of a random query has the rows of the query', { timeout: hour }, async () => {
    const verdicts: Array<Verdict> = []
    await fc.assert(
      fc.asyncProperty(fc.tuple(contents(asked), query(asked)), async ([tables, q]) => {
        verdicts.push(await check(db, tables, q))
      }),
      { seed, numRuns: (engine.name === 'sqlite' ? 300 : 120) * times },
    )
    expect(verdicts.filter((v) => v === 'same').length / verdicts.length).toBeGreaterThan(0.2)
  })
})

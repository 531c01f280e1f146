// What the interpreter says a query or a write means is what every engine answers.
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import {
  type AnyTable,
  createAll,
  type Database,
  Db,
  type DbError,
  deleteFrom,
  everyRow,
  from,
  insertInto,
  schema,
} from 'relvar'
import { apply, type ConstraintError, type EvalError, interpret, rowsIn, type Tables, tablesIn } from 'relvar/memory'
import { mariadb, mysql } from 'relvar/mysql'
import { postgres } from 'relvar/postgres'
import { sqlite } from 'relvar/sqlite'
import { type AnyClosedQuery, type AnyClosedWrite, contents, query, show, write } from 'relvar/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nodeOfQuery, query as queryOf } from '../../src/expr/query.js'
import type { InsertNode } from '../../src/expr/query-node.js'
import { tableInfo } from '../../src/expr/table.js'
import { type Engine, engines, type FreshDatabase, freshDatabase } from '../support/engines.js'
import {
  asked,
  moves,
  notes,
  owners,
  pets,
  posts,
  sameBag,
  sameRows,
  showRows,
  stock,
  things,
  users,
  visits,
  written,
} from './world.js'

// More runs, and other ones, by the environment: a nightly run asks for ten times as many under a seed of its own.
const times = Number(process.env['RELVAR_TEST_TIMES'] ?? '1')
const seed = Number(process.env['RELVAR_TEST_SEED'] ?? '20261121')
const queriesOn = (engine: Engine): number => (engine.name === 'sqlite' ? 1000 : 250) * times
const writesOn = (engine: Engine): number => (engine.name === 'sqlite' ? 600 : 120) * times

const opened: Readonly<Record<Engine['name'], (url: string) => Database>> = { sqlite, postgres, mysql, mariadb }

const done = async <A>(effect: () => Promise<E.Either<DbError, A>>): Promise<A> => {
  const result = await effect()
  if (E.isLeft(result)) throw new Error(`${result.left._tag}: ${result.left.message} ${result.left.statement ?? ''}`)
  return result.right
}

// -- rows -------------------------------------------------------------------------------------------------------------

const all = schema({ users, posts, notes, things, owners, pets, visits, stock, moves })

/** The tables with these rows and no others. */
const fill = async (db: Database, tables: ReadonlyArray<AnyTable>, of: Tables): Promise<void> => {
  for (const t of [...tables].reverse()) await done(Db.execute(everyRow(deleteFrom(t)))(db))
  for (const t of tables) {
    const computed = tableInfo(t).columns.flatMap((c) => (c.generated === null ? [] : [c.key]))
    const rows = rowsIn(t)(of).map((row) =>
      Object.fromEntries(Object.entries(row).filter(([key]) => !computed.includes(key))),
    )
    // Rows that were read from the tables can be written to them, but for what is computed.
    if (rows.length > 0) await done(Db.execute(insertInto(t)(rows as unknown as ReadonlyArray<never>))(db))
  }
}

// -- answers ----------------------------------------------------------------------------------------------------------

/** What an engine cannot say is not wrong; how often that is the case is counted and bounded. */
const unsupportedIn = (error: DbError): string | null =>
  error._tag === 'Compile' && error.error._tag === 'Unsupported' ? error.error.message : null

/** An outer row too many and one without any: which of them is met first is nobody's promise. */
const rowErrors: ReadonlyArray<string> = ['NoRows', 'MultipleRows']

/** Which of two broken constraints is named is nobody's promise either. */
const constraints: ReadonlyArray<string> = [
  'UniqueViolation',
  'ForeignKeyViolation',
  'NotNullViolation',
  'CheckViolation',
]

const alikeTags = [rowErrors, constraints]

/** Whether an engine's error is the one that the interpreter names. A query that stands for a value has no error of its own. */
const isSameError = (mine: EvalError | ConstraintError, theirs: DbError): boolean =>
  theirs._tag === mine._tag ||
  alikeTags.some((tags) => tags.includes(theirs._tag) && tags.includes(mine._tag)) ||
  (theirs._tag === 'Compile' && theirs.error._tag === mine._tag) ||
  (theirs._tag === 'Sql' && mine._tag === 'MultipleRows')

// What an engine still refuses though the compiler took it: an error each, never a wrong row. This list is to become empty.
const refusals: ReadonlyArray<{ readonly engine: RegExp; readonly said: RegExp; readonly why: string }> = [
  { engine: /postgres/, said: /42803/, why: 'a grouped subquery that is repeated is another one to it' },
]

/**
 * What an engine cannot say, each with the share of the queries and of the writes that it may take at most: of 3500 queries and
 * 2900 writes on MySQL and MariaDB, 4000 and 2900 on SQLite. PostgreSQL says everything.
 */
const causes: ReadonlyArray<{ readonly engine: RegExp; readonly said: RegExp; readonly most: number }> = [
  { engine: /mariadb/, said: /mention an outer row in a query that must stand as a derived table/, most: 0.3 },
  { engine: /mariadb/, said: /mention an outer row beside a full join/, most: 0.07 },
  { engine: /mariadb/, said: /look in windows at groups of what a query gives/, most: 0.03 },
  { engine: /mysql|mariadb/, said: /compute a limit/, most: 0.07 },
  { engine: /mysql|mariadb/, said: /count groups in a frame/, most: 0.05 },
  { engine: /mysql|mariadb/, said: /measure a range over what may be null/, most: 0.03 },
  { engine: /mysql/, said: /return the rows that a query inserts/, most: 0.1 },
  { engine: /mysql/, said: /ask the table that it writes about each row/, most: 0.04 },
  {
    engine: /mysql|mariadb/,
    said: /by one of its keys alone where the values of that key are expressions/,
    most: 0.03,
  },
  { engine: /mariadb/, said: /ask a query about excluded/, most: 0.03 },
  { engine: /mariadb|sqlite/, said: /for each row \(LATERAL\)/, most: 0.02 },
  { engine: /mysql|mariadb|sqlite/, said: /look for a JSON document with arrays in it/, most: 0.02 },
  { engine: /mysql|mariadb|sqlite/, said: /JSON documents: take a part of each/, most: 0.02 },
  { engine: /mysql|mariadb|sqlite/, said: /intervals, which have no order/, most: 0.02 },
  { engine: /sqlite/, said: /numerics of \d+ digits/, most: 0.01 },
]

const isRefusal = (engine: Engine, error: DbError): boolean =>
  error._tag === 'Sql' && refusals.some((r) => r.engine.test(engine.name) && r.said.test(error.message))

interface Verdict {
  readonly verdict: 'same' | 'unsupported' | 'overflow' | 'refused'
  /** What the engine cannot say, or said. */
  readonly why: string
}

const verdict = (of: Verdict['verdict'], why = ''): Verdict => ({ verdict: of, why })

/** Throws with all that is needed to see what went wrong. */
const disagree = (what: string, mine: unknown, theirs: unknown): never => {
  throw new Error(`${what}\n  interpreter ${showRows(mine)}\n  engine      ${showRows(theirs)}`)
}

const compared = <A>(
  engine: Engine,
  what: string,
  mine: E.Either<EvalError | ConstraintError, A>,
  theirs: E.Either<DbError, A>,
  same: (a: A, b: A) => boolean,
): Verdict => {
  const feature = E.isLeft(theirs) ? unsupportedIn(theirs.left) : null
  // What the interpreter refuses in the same words is refused on all engines.
  if (feature !== null && !(E.isLeft(mine) && mine.left._tag === 'Unsupported'))
    return verdict('unsupported', `${feature} (interpreter: ${E.isLeft(mine) ? mine.left._tag : 'rows'})`)
  if (E.isLeft(theirs) && isRefusal(engine, theirs.left)) return verdict('refused', theirs.left.message)
  // Engines differ in how far their integers go.
  if (E.isLeft(mine) && mine.left._tag === 'Overflow') return verdict('overflow')
  if (E.isLeft(mine) && E.isLeft(theirs) && isSameError(mine.left, theirs.left)) return verdict('same')
  if (E.isRight(mine) && E.isRight(theirs) && same(mine.right, theirs.right)) return verdict('same')
  const { statement = null } = E.isLeft(theirs) ? theirs.left : {}
  return disagree(
    `${what}${statement === null ? '' : `\n  ${statement}`}`,
    E.isLeft(mine) ? `${mine.left._tag}: ${mine.left.message}` : mine.right,
    E.isLeft(theirs) ? `${theirs.left._tag}: ${theirs.left.message}` : theirs.right,
  )
}

const checkQuery = async (engine: Engine, db: Database, tables: Tables, q: AnyClosedQuery): Promise<Verdict> => {
  await fill(db, asked, tables)
  const node = nodeOfQuery(q)
  const isOrdered = (node._tag === 'Select' || node._tag === 'SetOperation') && node.orderBy.length > 0
  return compared(engine, show(q), interpret(q)(tables), await Db.all(q)(db)(), isOrdered ? sameRows : sameBag)
}

type Outcome = E.Either<{ readonly _tag: string }, unknown>

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
const breaksAsNew = (insert: InsertNode, tables: Tables): boolean => {
  const table = written.find((t) => tableInfo(t).name === insert.into.table.name)
  if (table === undefined || insert.source._tag === 'Query') return insert.source._tag === 'Query'
  const empty = apply(everyRow(deleteFrom(table)))(tables)
  return oneByOne(insert).some((one) => {
    const after = E.isLeft(empty) ? empty : apply(one)(empty.right.tables)
    return E.isLeft(after) && after.left._tag === 'ForeignKeyViolation'
  })
}

/**
 * When an upsert asks foreign keys differs: PostgreSQL, MySQL and MariaDB take rows of one key in several statements, and MySQL asks
 * them of a new row before it sees that a row is there. It is an error where the others have none, and nothing is written.
 */
const asksEarlier = (engine: Engine, w: AnyClosedWrite, tables: Tables, mine: Outcome, theirs: Outcome): boolean => {
  const node = nodeOfQuery(w)
  if (node._tag !== 'Insert' || node.conflict === null || engine.name === 'sqlite') return false
  if (E.isLeft(mine) || E.isRight(theirs) || theirs.left._tag !== 'ForeignKeyViolation') return false
  return breaksOneByOne(node, tables) || (engine.name === 'mysql' && breaksAsNew(node, tables))
}

/** The write, and then what stands in all tables. */
const checkWrite = async (engine: Engine, db: Database, tables: Tables, w: AnyClosedWrite): Promise<Verdict> => {
  await fill(db, written, tables)
  const kept = { ...tables, infos: tablesIn(all).infos }
  const mine = apply(w)(kept)
  const theirs = await Db.execute(w)(db)()
  const answers = [
    E.isLeft(mine) ? mine : E.right({ rows: mine.right.rows, affected: mine.right.affected }),
    E.isLeft(theirs) ? theirs : E.right({ rows: theirs.right.rows, affected: theirs.right.affected }),
  ] as const
  const found = asksEarlier(engine, w, kept, ...answers)
    ? verdict('refused', 'a foreign key of a row that another of its key changes')
    : compared(engine, show(w), ...answers, (a, b) => a.affected === b.affected && sameBag(a.rows, b.rows))
  const after = E.isRight(mine) && E.isRight(theirs) ? mine.right.tables : tables
  for (const t of written) {
    const [own, other] = [rowsIn(t)(after), await done(Db.all(from(t))(db))]
    if (!sameBag(own, other)) disagree(`${show(w)}: the rows afterwards`, own, other)
  }
  return found
}

/** Why runs ended without an answer, and how many of them each time. */
const unanswered = (verdicts: ReadonlyArray<Verdict>): string => {
  const counts = new Map<string, number>()
  for (const v of verdicts)
    if (v.verdict !== 'same') counts.set(`${v.verdict} ${v.why}`, (counts.get(`${v.verdict} ${v.why}`) ?? 0) + 1)
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([why, count]) => `${count} × ${why}`)
    .join('\n')
}

/** Fails where an engine cannot say what no cause names, or more often than one says. */
const named = (engine: Engine, verdicts: ReadonlyArray<Verdict>): void => {
  const those = verdicts.flatMap((v) => (v.verdict === 'unsupported' ? [v.why] : []))
  const known = causes.filter((c) => c.engine.test(engine.name))
  expect(those.filter((why) => !known.some((c) => c.said.test(why)))).toEqual([])
  for (const { said, most } of known) {
    const count = those.filter((why) => said.test(why)).length
    expect(count, String(said)).toBeLessThanOrEqual(Math.max(3, most * verdicts.length))
  }
}

/** Runs a property; no more than a share of the runs may end without an answer. */
const answered = async <A>(
  engine: Engine,
  drawn: fc.Arbitrary<A>,
  check: (drawn: A) => Promise<Verdict>,
  numRuns: number,
  share: number,
): Promise<void> => {
  const verdicts: Array<Verdict> = []
  await fc.assert(
    fc.asyncProperty(drawn, async (one) => void verdicts.push(await check(one))),
    { seed, numRuns },
  )
  named(engine, verdicts)
  const same = verdicts.filter((v) => v.verdict === 'same').length
  expect(same / verdicts.length, unanswered(verdicts)).toBeGreaterThanOrEqual(share)
}

// -- engines ----------------------------------------------------------------------------------------------------------

const hour = 3_600_000

describe.each(engines().map((engine) => [engine.label, engine] as const))('%s', (_, engine) => {
  let fresh: FreshDatabase
  let db: Database

  beforeAll(async () => {
    fresh = await freshDatabase(engine)
    db = opened[engine.name](fresh.url)
    await done(Db.execute(createAll(all))(db))
  })

  afterAll(async () => {
    await db.close()()
    await fresh.drop()
  })

  // MariaDB takes no outer row in a derived table; the other causes are rare.
  const mostSupported = { sqlite: 0.99, postgres: 0.99, mysql: 0.88, mariadb: 0.68 }[engine.name]
  // MySQL gives back no rows that a query inserts; what it refuses of a foreign key counts here, too.
  const writesSupported = { sqlite: 0.99, postgres: 0.98, mariadb: 0.88, mysql: 0.85 }[engine.name]

  test('[property 25] a random query gives what the interpreter gives', { timeout: hour }, () =>
    answered(
      engine,
      fc.tuple(contents(asked), query(asked)),
      ([tables, q]) => checkQuery(engine, db, tables, q),
      queriesOn(engine),
      mostSupported,
    ),
  )

  test(
    '[property 25] a random write does what the interpreter does, and nothing where it fails',
    { timeout: hour },
    () =>
      answered(
        engine,
        fc.tuple(contents(written), write(written)),
        ([tables, w]) => checkWrite(engine, db, tables, w),
        writesOn(engine),
        writesSupported,
      ),
  )
})

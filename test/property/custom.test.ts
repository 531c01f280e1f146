// Expressions of the user's own in random queries: what their `evaluate` says is what every engine answers.
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import {
  boolean,
  createAll,
  customFunction,
  type Database,
  Db,
  type DbError,
  deleteFrom,
  everyRow,
  insertInto,
  integer,
  nullable,
  schema,
  text,
} from 'relvar'
import { interpret, rowsIn, type Tables } from 'relvar/memory'
import { mariadb, mysql } from 'relvar/mysql'
import { postgres } from 'relvar/postgres'
import { sqlite } from 'relvar/sqlite'
import { type AnyClosedQuery, contents, query, show } from 'relvar/testing'
import { pipe } from 'fp-ts/lib/function.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { visitExpr, visitStatement } from '../../src/expr/children.js'
import type { ExprNode } from '../../src/expr/node.js'
import { nodeOfQuery } from '../../src/expr/query.js'
import type { StatementNode } from '../../src/expr/query-node.js'
import { type Engine, engines, type FreshDatabase, freshDatabase } from '../support/engines.js'
import { posts, sameBag, sameRows, showRows, users } from './world.js'

const times = Number(process.env['RELVAR_TEST_TIMES'] ?? '1')
const seed = Number(process.env['RELVAR_TEST_SEED'] ?? '20261121')

const sameSign = customFunction({
  name: 'same_sign',
  takes: [integer, integer],
  gives: boolean,
  render: { others: ({ sql, operand }) => sql`(${operand(0)} >= 0) = (${operand(1)} >= 0)` },
  evaluate: ([a, b]) => a >= 0 === b >= 0,
})
const orZero = customFunction({
  name: 'or_zero',
  takes: [pipe(integer, nullable)],
  gives: integer,
  render: { others: ({ sql, operand }) => sql`coalesce(${operand(0)}, 0)` },
  evaluate: ([a]) => a ?? 0,
})
const joined = customFunction({
  name: 'joined',
  takes: [text, text],
  gives: text,
  render: {
    postgres: ({ sql, operand }) => sql`${operand(0)} || '-' || ${operand(1)}`,
    sqlite: ({ sql, operand }) => sql`${operand(0)} || '-' || ${operand(1)}`,
    others: ({ sql, operand }) => sql`concat(${operand(0)}, '-', ${operand(1)})`,
  },
  evaluate: ([a, b]) => `${a}-${b}`,
})
const own = [sameSign, orZero, joined]
const asked = [users, posts]

const opened: Readonly<Record<Engine['name'], (url: string) => Database>> = { sqlite, postgres, mysql, mariadb }

const done = async <A>(effect: () => Promise<E.Either<DbError, A>>): Promise<A> => {
  const result = await effect()
  if (E.isLeft(result)) throw new Error(`${result.left._tag}: ${result.left.message}`)
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

/** How many expressions of the user's own stand in a query. */
const ownIn = (q: AnyClosedQuery): number => {
  let found = 0
  const expr = (e: ExprNode): void => {
    if (e._tag === 'Custom') found += 1
    visitExpr(e, { expr, query: statement })
  }
  const statement = (s: StatementNode): void => visitStatement(s, { expr, query: statement })
  statement(nodeOfQuery(q))
  return found
}

/** Whether both gave the same rows; false where one of them says that it cannot. */
const checked = async (db: Database, tables: Tables, q: AnyClosedQuery): Promise<boolean> => {
  await fill(db, tables)
  const mine = interpret(q)(tables)
  const theirs = await Db.all(q)(db)()
  if (E.isLeft(mine) || E.isLeft(theirs)) {
    // The values are the interpreter's to tell: what it has, an engine has, unless it says in words that it cannot.
    const said = E.isLeft(theirs) ? theirs.left : null
    if (E.isRight(mine) && said !== null && said._tag !== 'Compile' && said._tag !== 'Sql')
      throw new Error(`${show(q)}\n  ${said._tag}: ${said.message}`)
    return false
  }
  const node = nodeOfQuery(q)
  const isOrdered = (node._tag === 'Select' || node._tag === 'SetOperation') && node.orderBy.length > 0
  if (!(isOrdered ? sameRows : sameBag)(mine.right, theirs.right))
    throw new Error(`${show(q)}\n  interpreter ${showRows(mine.right)}\n  engine      ${showRows(theirs.right)}`)
  return true
}

describe.each(engines())('expressions of one’s own on $label and in memory', (engine) => {
  let fresh: FreshDatabase
  let db: Database
  beforeAll(async () => {
    fresh = await freshDatabase(engine)
    db = opened[engine.name](fresh.url)
    await done(Db.execute(createAll(schema({ users, posts })))(db))
  })
  afterAll(async () => {
    await db.close()()
    await fresh.drop()
  })

  test('agree in random queries', async () => {
    const runs = (engine.name === 'sqlite' ? 150 : 60) * times
    let compared = 0
    let same = 0
    await fc.assert(
      fc.asyncProperty(contents(asked), query(asked, { custom: own }), async (tables, q) => {
        if (ownIn(q) === 0) return
        compared += 1
        if (await checked(db, tables, q)) same += 1
      }),
      { numRuns: runs, seed },
    )
    expect(compared).toBeGreaterThan(runs / 4)
    expect(same).toBeGreaterThan(compared / 2)
  })
})

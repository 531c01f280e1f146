// Random expressions of times, JSON documents and arrays have on every engine the values that they have in memory.
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import {
  array,
  type Database,
  bigint,
  boolean,
  createAll,
  date,
  Db,
  type DbError,
  type Expr,
  from,
  insertInto,
  integer,
  json,
  nullable,
  orderBy,
  primaryKey,
  schema,
  select,
  table,
  text,
  time,
  timestamp,
  timestamptz,
  varchar,
} from 'relvar'
import { emptyTables, interpret, withRows } from 'relvar/memory'
import { mariadb, mysql } from 'relvar/mysql'
import { postgres } from 'relvar/postgres'
import { sqlite } from 'relvar/sqlite'
import { rows as rowsOf, show } from 'relvar/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expr } from '../../src/expr/expr.js'
import { type ExprNode, value } from '../../src/expr/node.js'
import { sourceOf } from '../../src/expr/table.js'
import { arrayFunctions } from '../../src/testing/array-functions.js'
import { type Asked, columnsOf, type Maybe, oneOf, rowContext, someOf } from '../../src/testing/context.js'
import { type Family, familyOf, literalType } from '../../src/testing/family.js'
import { jsonFunctions } from '../../src/testing/json-functions.js'
import { timeFunctions } from '../../src/testing/time-functions.js'
import { valuesOf } from '../../src/testing/values.js'
import { type Engine, engines, type FreshDatabase, freshDatabase } from '../support/engines.js'
import { sameRows, showRows } from './world.js'

const times = Number(process.env['RELVAR_TEST_TIMES'] ?? '1')
const seed = Number(process.env['RELVAR_TEST_SEED'] ?? '20261121')

const plain = {
  id: pipe(integer, primaryKey),
  n: pipe(integer, nullable),
  big: pipe(bigint, nullable),
  ok: pipe(boolean, nullable),
  short: pipe(varchar(10), nullable),
  long: pipe(text, nullable),
  day: pipe(date, nullable),
  clock: pipe(time, nullable),
  local: pipe(timestamp, nullable),
  at: pipe(timestamptz, nullable),
  doc: pipe(json(t.unknown), nullable),
}
const things = table('things', plain)
const lists = table('things', {
  ...plain,
  numbers: pipe(array(integer), nullable),
  words: pipe(array(pipe(text, nullable)), nullable),
})

type Things = typeof things

// -- expressions --------------------------------------------------------------------------------------------------------

const families: ReadonlyArray<Family> = [
  'integer',
  'bigint',
  'count',
  'boolean',
  'text',
  'double',
  'date',
  'time',
  'timestamp',
  'instant',
  'json',
  'array',
]

const generators = { ...timeFunctions, ...jsonFunctions, ...arrayFunctions }

/** Expressions of a family of these functions alone, over the columns of the table. */
const expressions = (of: Things): ((family: Family, depth: number) => Maybe<ExprNode>) => {
  const source = sourceOf(of)
  if (source._tag !== 'TableSource') throw new Error('a table')
  const world = {
    tables: [source],
    joins: [],
    rows: () => fc.constant(null as never),
    column: () => null,
    single: () => null,
    custom: [],
  }
  const context = rowContext(world, [source], [], 0)
  const made = new Map<string, Maybe<ExprNode>>()
  const expression = (family: Family, depth: number): Maybe<ExprNode> => {
    const key = `${family} ${depth}`
    const known = made.get(key)
    if (known !== undefined) return known
    const literal = literalType[family]
    const asked: Asked = { context, family, depth, below: (f) => expression(f, depth - 1), inside: () => null }
    const calls = depth === 0 ? [] : Object.values(generators).map((generator) => generator(asked))
    const columns = oneOf(columnsOf(source).filter((c) => familyOf(c.type) === family))
    const all = someOf<ExprNode>([
      someOf(calls),
      someOf(calls),
      columns,
      literal === null ? null : valuesOf(literal).map((v) => value(v, literal)),
    ])
    made.set(key, all)
    return all
  }
  return expression
}

/** A query of some such expressions, rows in the order of their key. */
const queriesOf = (of: Things): fc.Arbitrary<ReturnType<typeof queryOf>> => {
  const expression = expressions(of)
  const any = families.flatMap((family) => expression(family, 2) ?? [])
  return fc.array(fc.oneof(...any), { minLength: 1, maxLength: 4 }).map((nodes) => queryOf(of, nodes))
}

const queryOf = (of: Things, nodes: ReadonlyArray<ExprNode>) =>
  pipe(
    from(of),
    orderBy(of.id),
    select(Object.fromEntries(nodes.map((node, i) => [`c${i}`, expr(node) as Expr<unknown, 'things', 'things'>]))),
  )

// -- engines ------------------------------------------------------------------------------------------------------------

const opened: Readonly<Record<Engine['name'], (url: string) => Database>> = { sqlite, postgres, mysql, mariadb }

const done = async <A>(effect: () => Promise<E.Either<DbError, A>>): Promise<A> => {
  const result = await effect()
  if (E.isLeft(result)) throw new Error(`${result.left._tag}: ${result.left.message} ${result.left.statement ?? ''}`)
  return result.right
}

describe.each(engines().map((engine) => [engine.label, engine] as const))('%s', (_, engine) => {
  // MySQL, MariaDB and SQLite have no arrays.
  const own: Things = engine.name === 'postgres' ? lists : things
  let fresh: FreshDatabase
  let db: Database
  let held: ReadonlyArray<never> = []

  beforeAll(async () => {
    fresh = await freshDatabase(engine)
    db = opened[engine.name](fresh.url)
    await done(Db.execute(createAll(schema({ things: own })))(db))
    const drawn = fc.sample(rowsOf(own), { numRuns: 60, seed }).flat()
    held = drawn.map((row, id) => ({ ...row, id })) as unknown as ReadonlyArray<never>
    await done(Db.execute(insertInto(own)(held))(db))
  })

  afterAll(async () => {
    await db.close()()
    await fresh.drop()
  })

  test('[property 25] random expressions of times, documents and arrays', { timeout: 3_600_000 }, async () => {
    const tables = withRows(own)(held)(emptyTables)
    if (E.isLeft(tables)) throw new Error(tables.left.message)
    let answered = 0
    let all = 0
    const check = async (query: ReturnType<typeof queryOf>): Promise<void> => {
      all += 1
      const mine = interpret(query)(tables.right)
      const theirs = await Db.all(query)(db)()
      if (E.isLeft(theirs) && theirs.left._tag === 'Compile' && theirs.left.error._tag === 'Unsupported') return
      if (E.isLeft(mine) && mine.left._tag === 'Overflow') return
      if (E.isRight(mine) && E.isRight(theirs) && sameRows(mine.right, theirs.right)) return void (answered += 1)
      const statement = E.isLeft(theirs) ? '' : `${show(query)}`
      throw new Error(
        `${show(query)}\n ${statement}\n  interpreter ${E.isLeft(mine) ? mine.left.message : showRows(mine.right)}\n  engine      ${E.isLeft(theirs) ? `${theirs.left._tag}: ${theirs.left.message} ${theirs.left.statement ?? ''}` : showRows(theirs.right)}`,
      )
    }
    await fc.assert(fc.asyncProperty(queriesOf(own), check), {
      seed,
      numRuns: (engine.name === 'sqlite' ? 300 : 150) * times,
    })
    expect(answered / all).toBeGreaterThan(0.8)
  })
})

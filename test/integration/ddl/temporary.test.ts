// A temporary table is of one connection alone, stands before another of its name, and is gone with the connection.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { compile, compileDdl } from '../../../src/compile/compile.js'
import type { Load } from '../../../src/compile/load.js'
import {
  type AnyQuery,
  autoIncrement,
  checkConstraint,
  createAll,
  createTable,
  createTableAs,
  type Ddl,
  dropTable,
  from,
  gt,
  identity,
  index,
  insertInto,
  integer,
  type Query,
  primaryKey,
  references,
  schema,
  select,
  table,
  tableComment,
  tableIn,
  unique,
  varchar,
} from '../../../src/index.js'
import type { Database } from '../../../src/effects/database.js'
import { memory } from '../../../src/memory.js'
import { mariadb, mysql } from '../../../src/mysql.js'
import { postgres } from '../../../src/postgres.js'
import { sqlite } from '../../../src/sqlite.js'
import { type Engine, engines, freshDatabase } from '../../support/engines.js'
import { type Failure, must, tagOf } from '../../support/run-load.js'

const open = { postgres, mysql, mariadb, sqlite }

type Asked = Pick<Database, 'dialect' | 'run'>

/** Two connections to one database: what is temporary is of a connection. */
interface Two {
  readonly one: Asked
  readonly other: Asked
  readonly close: () => Promise<void>
}

const twoOf = async (engine: Engine): Promise<Two> => {
  const fresh = await freshDatabase(engine)
  const url = `${fresh.url}${fresh.url.includes('?') ? '&' : '?'}poolSize=1`
  const [one, other] = [open[engine.name](url), open[engine.name](url)]
  return {
    one,
    other,
    close: async () => {
      await one.close()()
      await other.close()()
      await fresh.drop()
    },
  }
}

/** While a transaction has the first connection, all else is on another one. */
const twoInMemory = (): Promise<Two> => {
  const one = memory({ poolSize: 2 })
  const run: Database['run'] = (load) => one.transaction()(() => one.run(load))
  return Promise.resolve({ one, other: { dialect: one.dialect, run }, close: async () => void (await one.close()()) })
}

const all = [
  { name: 'memory' as const, label: 'memory', two: twoInMemory },
  ...engines().map((engine) => ({ name: engine.name, label: engine.label, two: () => twoOf(engine) })),
]

describe.each(all)('temporary on $label', ({ name: place, two }) => {
  let one: Asked
  let other: Asked
  let close: () => Promise<void>
  beforeEach(async () => {
    ;({ one, other, close } = await two())
  })
  afterEach(() => close())

  // In memory what cannot be compiled is found when it is evaluated.
  const run = async <A>(load: E.Either<Failure, Load<A>>, db = one): Promise<E.Either<Failure, A>> => {
    if (E.isLeft(load)) return load
    const outcome = await db.run(load.right)()
    return E.isLeft(outcome) && outcome.left._tag === 'Compile' ? E.left(outcome.left.error) : outcome
  }
  const ddl = (value: Ddl, db = one): Promise<E.Either<Failure, unknown>> => run(compileDdl(db.dialect)(value), db)
  const outcome = (query: AnyQuery, db = one): Promise<E.Either<Failure, { readonly rows: ReadonlyArray<unknown> }>> =>
    run(compile(db.dialect)(query as Query<unknown, never, never, never, 'select'>), db)
  const rows = async (query: AnyQuery, db = one): Promise<ReadonlyArray<unknown>> => must(await outcome(query, db)).rows

  const scratch = table(
    'scratch',
    { id: pipe(integer, primaryKey, identity({ start: 7 })), name: pipe(varchar(9), unique), n: pipe(integer, index) },
    (t) => [checkConstraint(gt(t.n, 0)), tableComment("only for 'me'")],
  )

  it('of one connection alone, with its keys, checks, indexes and counters', async () => {
    must(await ddl(createTable(scratch, { temporary: true })))
    must(await outcome(insertInto(scratch)({ name: 'a', n: 1 })))
    expect(await rows(from(scratch))).toEqual([{ id: 7, name: 'a', n: 1 }])
    expect(tagOf(await outcome(insertInto(scratch)({ name: 'a', n: 1 })))).toBe('UniqueViolation')
    expect(tagOf(await outcome(insertInto(scratch)({ name: 'b', n: 0 })))).toBe('CheckViolation')
    expect(tagOf(await outcome(from(scratch), other))).not.toBe('Right')
    expect(tagOf(await ddl(createTable(scratch, { temporary: true })))).not.toBe('Right')
    must(await ddl(createTable(scratch, { temporary: true, ifNotExists: true })))
    expect(await rows(from(scratch))).toEqual([{ id: 7, name: 'a', n: 1 }])
    must(await ddl(dropTable(scratch)))
    expect(tagOf(await outcome(from(scratch)))).not.toBe('Right')
  })

  it('stands before a table of its name, which stays', async () => {
    const plain = table('plain', { id: pipe(integer, primaryKey, autoIncrement), n: integer })
    must(await ddl(createAll(schema({ plain }))))
    must(await outcome(insertInto(plain)({ n: 1 })))
    must(await ddl(createTable(plain, { temporary: true })))
    expect(await rows(from(plain))).toEqual([])
    expect(await rows(from(plain), other)).toEqual([{ id: 1, n: 1 }])
    must(await outcome(insertInto(plain)({ n: 5 })))
    must(await ddl(dropTable(plain)))
    expect(await rows(from(plain))).toEqual([{ id: 1, n: 1 }])
  })

  it('of the rows of a query, and only once', async () => {
    const plain = table('plain', { id: pipe(integer, primaryKey), n: integer })
    const copy = table('copy', { id: pipe(integer, primaryKey), twice: integer })
    must(await ddl(createAll(schema({ plain }))))
    must(await outcome(insertInto(plain)([{ id: 1, n: 2 }])))
    const query = pipe(from(plain), select({ id: plain.id, twice: plain.n }))
    must(await ddl(pipe(query, createTableAs(copy, { temporary: true }))))
    must(await ddl(pipe(query, createTableAs(copy, { temporary: true, ifNotExists: true }))))
    expect(await rows(from(copy))).toEqual([{ id: 1, twice: 2 }])
    expect(tagOf(await outcome(from(copy), other))).not.toBe('Right')
  })

  it('what an engine cannot have of a temporary table is refused', async () => {
    const plain = table('plain', { id: pipe(integer, primaryKey) })
    const child = table('child', { id: pipe(integer, primaryKey), of: pipe(integer, references(plain.id)) })
    const isFamily = place === 'mysql' || place === 'mariadb'
    if (isFamily) expect(tagOf(await ddl(createTable(child, { temporary: true })))).toBe('Unsupported')
    const away = tableIn('elsewhere')('away', { id: integer })
    if (!isFamily) expect(tagOf(await ddl(createTable(away, { temporary: true })))).toBe('Unsupported')
  })
})

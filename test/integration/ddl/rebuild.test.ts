// Where SQLite cannot change a table it is made anew, and nothing is lost: rows, keys that were counted, indexes, triggers, views, and
// what others refer to. What fails leaves all as it was.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import {
  addColumn,
  addConstraint,
  alterColumn,
  alterTable,
  asc,
  autoIncrement,
  boolean,
  checkConstraint,
  createAll,
  dropColumn,
  dropConstraint,
  eq,
  everyRow,
  deleteFrom,
  foreignKey,
  from,
  gt,
  insertInto,
  integer,
  lt,
  named,
  numeric,
  nullable,
  orderBy,
  primaryKey,
  references,
  renameColumn,
  renameTable,
  schema,
  serverDefault,
  smallint,
  table,
  text,
  unique,
  uniqueConstraint,
  varchar,
  where,
} from '../../../src/index.js'
import { type SqliteLibrary, sqliteLibraries } from '../../../src/effects/driver/sqlite-libraries.js'
import { sqlite } from '../../../src/sqlite.js'
import { engines } from '../../support/engines.js'
import { must, openWorld, tagOf, type World } from '../../support/run-load.js'
import { asked, said } from './asked.js'

const users = table(
  'users',
  {
    id: pipe(integer, primaryKey, autoIncrement),
    name: pipe(varchar(20), unique),
    age: pipe(smallint, nullable),
    price: numeric(8, 2),
    bossId: pipe(integer, nullable, named('boss id')),
  },
  (t) => [foreignKey(t.bossId, t.id, { onDelete: 'cascade' })],
)
const posts = table('posts', {
  id: pipe(integer, primaryKey),
  userId: pipe(integer, references(users.id, { onDelete: 'cascade' })),
})

const people = [
  { id: 1, name: 'ed', age: 30, price: '1.50', bossId: null },
  { id: 2, name: 'wendy', age: null, price: '-2.00', bossId: 1 },
] as const

const sqlites = engines().filter((engine) => engine.name === 'sqlite')

describe.each(sqlites)('tables made anew on $label', (engine) => {
  let world: World
  beforeEach(async () => {
    world = await openWorld(engine)
    must(await world.ddl(createAll(schema({ users, posts }))))
    await world.rows(insertInto(users)([...people, { id: 40, name: 'gone', age: null, price: '0.00', bossId: null }]))
    await world.rows(pipe(deleteFrom(users), where(eq(users.id, 40))))
    await world.rows(
      insertInto(posts)([
        { id: 1, userId: 1 },
        { id: 2, userId: 2 },
      ]),
    )
    await said(
      world,
      'CREATE TABLE seen (what TEXT)',
      'CREATE INDEX "by age" ON users (age DESC) WHERE age > 3',
      `CREATE TRIGGER told AFTER INSERT ON users BEGIN INSERT INTO seen VALUES ('+' || new.name); END`,
      `CREATE TRIGGER other AFTER DELETE ON posts BEGIN UPDATE users SET age = 1 WHERE id = old."userId"; END`,
      'CREATE VIEW grown AS SELECT name, "boss id" FROM users WHERE age > 3',
      'CREATE VIEW above AS SELECT count(*) AS n FROM grown',
    )
  })
  afterEach(() => world.close())

  /** All that SQLite keeps, but for the text of the table itself. */
  const kept = async (): Promise<ReadonlyArray<unknown>> =>
    asked(
      world,
      "SELECT type, name, tbl_name, CASE name WHEN 'users' THEN '' ELSE sql END FROM sqlite_master ORDER BY 1, 2",
    )
  const definition = async (name = 'users'): Promise<string> =>
    String((await asked(world, 'SELECT sql FROM sqlite_master WHERE name = ?', [name]))[0]?.[0])

  const whole = async (grown = 1): Promise<void> => {
    expect(await asked(world, 'PRAGMA foreign_keys')).toEqual([[1]])
    expect(await asked(world, 'PRAGMA foreign_key_check')).toEqual([])
    expect(await asked(world, 'SELECT count(*) FROM posts')).toEqual([[2]])
    expect(await asked(world, 'SELECT n FROM above')).toEqual([[grown]])
    expect(await asked(world, "SELECT seq FROM sqlite_sequence WHERE name = 'users'")).toEqual([[40]])
    expect(await asked(world, 'SELECT count(*) FROM sqlite_sequence')).toEqual([[1]])
  }

  it('sqlite: a constraint more and less: rows, counters, indexes, triggers, views and references stay', async () => {
    const before = await kept()
    const small = checkConstraint(lt(users.price, '100.00'), { name: 'small' })
    must(await world.ddl(alterTable(users)(addConstraint(small))))
    expect(await kept()).toEqual(before)
    await whole()
    expect(await world.rows(pipe(from(users), orderBy(asc(users.id))))).toEqual(people)
    expect(tagOf(await world.outcome(insertInto(users)({ name: 'x', price: '100.00' })))).toBe('CheckViolation')
    must(await world.ddl(alterTable(users)(dropConstraint('check', 'small'))))
    expect(await kept()).toEqual(before)
    await whole()
    await world.rows(insertInto(users)({ name: 'x', price: '100.00' }))
    expect(await asked(world, 'SELECT what FROM seen')).toEqual([['+ed'], ['+wendy'], ['+gone'], ['+x']].slice(3))
    expect(await asked(world, 'SELECT max(id) FROM users')).toEqual([[41]])
    // The foreign keys are those of before: they act, and the trigger of another table does.
    await world.rows(pipe(deleteFrom(users), where(eq(users.id, 1))))
    expect(await asked(world, 'SELECT id FROM users')).toEqual([[41]])
    expect(await asked(world, 'SELECT count(*) FROM posts')).toEqual([[0]])
  })

  it('sqlite: uniqueness, foreign keys and a type more at once', async () => {
    const after = table('users', {
      id: pipe(integer, primaryKey, autoIncrement),
      name: pipe(varchar(30), unique),
      age: pipe(integer, serverDefault(7)),
      price: numeric(10, 4),
      bossId: pipe(integer, nullable, named('boss id')),
      bestId: pipe(integer, nullable, references(posts.id)),
      flag: pipe(boolean, serverDefault(true)),
    })
    const before = await kept()
    await said(world, 'UPDATE users SET age = 8 WHERE age IS NULL')
    must(
      await world.ddl(
        alterTable(users)(
          alterColumn(after.age),
          alterColumn(after.price),
          alterColumn(after.name),
          addColumn(after.bestId),
          addColumn(after.flag),
          addConstraint(uniqueConstraint([after.name, after.age])),
        ),
      ),
    )
    expect((await kept()).length).toBe(before.length + 1)
    await whole(2)
    const rest = { bestId: null, flag: true }
    expect(await world.rows(pipe(from(after), orderBy(asc(after.id))))).toEqual([
      { ...people[0], price: '1.5000', ...rest },
      { ...people[1], age: 8, price: '-2.0000', ...rest },
    ])
    await world.rows(insertInto(after)({ name: 'a name of more than twenty', price: '0.0001' }))
    expect(await asked(world, "SELECT age, flag FROM users WHERE name LIKE 'a name%'")).toEqual([[7, 1]])
    expect(tagOf(await world.outcome(insertInto(after)({ name: 'y', price: '1', bestId: 9 })))).toBe(
      'ForeignKeyViolation',
    )
  })

  it('sqlite: a column that is indexed, unique and checked is dropped with what is about it alone', async () => {
    await said(world, 'DROP VIEW above', 'DROP VIEW grown', 'DROP TRIGGER other')
    must(await world.ddl(alterTable(users)(dropColumn('age'))))
    expect(await definition()).not.toContain('age')
    expect(await asked(world, "SELECT name FROM sqlite_master WHERE name = 'by age'")).toEqual([])
    must(await world.ddl(alterTable(users)(dropColumn('boss id'))))
    expect(await definition()).not.toContain('FOREIGN KEY')
    expect(await asked(world, 'SELECT id, name FROM users ORDER BY id')).toEqual([
      [1, 'ed'],
      [2, 'wendy'],
    ])
  })

  it('sqlite: what fails leaves all as it was: a view, an index, a check, a value that is too long, a reference', async () => {
    await said(world, 'CREATE INDEX two ON users (age, name)')
    const before = [await kept(), await definition()]
    const shorter = table('users', {
      id: integer,
      name: varchar(3),
      age: pipe(smallint, nullable),
      price: numeric(8, 2),
    })
    const never = table('users', { id: integer, age: smallint })
    const orphan = table('other', { id: pipe(integer, primaryKey) })
    must(await world.ddl(createAll(schema({ orphan }))))
    const again = [await kept(), await definition()]
    expect(again[1]).toBe(before[1])
    for (const change of [
      alterTable(users)(dropColumn('age')),
      alterTable(users)(dropConstraint('check', 'none')),
      alterTable(users)(addConstraint(checkConstraint(gt(users.price, '0.00')))),
      alterTable(users)(alterColumn(shorter.name)),
      alterTable(users)(alterColumn(never.age)),
      alterTable(users)(addConstraint(foreignKey(users.id, orphan.id))),
      alterTable(users)(addConstraint(uniqueConstraint([users.price])), dropConstraint('unique', 'none')),
      alterTable(table('nothing', { id: integer }))(dropColumn('id')),
    ]) {
      expect(tagOf(await world.ddl(change))).not.toBe('Right')
      expect([await kept(), await definition()]).toEqual(again)
      await whole()
    }
    expect(await world.rows(pipe(from(users), orderBy(asc(users.id))))).toEqual(people)
  })

  it('sqlite: what fails is told of the table and the column that the caller named', async () => {
    const never = table('users', { id: integer, age: smallint })
    const told = async (...changes: Parameters<ReturnType<typeof alterTable>>): Promise<unknown> => {
      const outcome = await world.db.execute(alterTable(users)(...changes))()
      if (E.isRight(outcome)) return 'Right'
      const { left } = outcome
      return 'columns' in left ? [left._tag, left.table, left.columns, left.message] : [left._tag, left.message]
    }
    expect(await told(alterColumn(never.age))).toEqual([
      'NotNullViolation',
      'users',
      ['age'],
      'column "age" of table "users" can\'t be null',
    ])
    expect(await asked(world, 'UPDATE users SET price = 100')).toEqual([])
    expect(await told(addConstraint(uniqueConstraint([users.price])))).toEqual([
      'UniqueViolation',
      'users',
      ['price'],
      'a row with this value exists already (UNIQUE constraint failed: users.price)',
    ])
    expect(await told(dropConstraint('check', 'none'))).toEqual([
      'InvalidValue',
      'alterTable "users": the table has no check "none"',
    ])
    expect(await told(dropColumn('none'))).toEqual([
      'InvalidValue',
      'alterTable "users": the table has no column "none"',
    ])
  })

  it('[dialect 83] sqlite: inside a transaction that is rolled back; a table that others refer to is refused there', async () => {
    const lonely = table('lonely', { id: pipe(integer, primaryKey), v: integer })
    must(await world.ddl(createAll(schema({ lonely }))))
    await world.rows(insertInto(lonely)({ id: 1, v: 2 }))
    const before = await definition('lonely')
    const change = alterTable(lonely)(addConstraint(checkConstraint(lt(lonely.v, 9), { name: 'few' })))
    const outcome = await world.db.transaction()((tx) => async () => {
      must(await tx.execute(change)())
      must(await tx.execute(insertInto(lonely)({ id: 2, v: 3 }))())
      const refused = await tx.execute(alterTable(users)(dropColumn('age')))()
      expect(tagOf(refused)).toBe('InvalidValue')
      return E.left({ _tag: 'No' })
    })()
    expect(tagOf(outcome)).toBe('No')
    expect(await definition('lonely')).toBe(before)
    expect(await asked(world, 'SELECT count(*) FROM lonely')).toEqual([[1]])
  })

  it('sqlite: definitions by other hands are kept as they are: comments, quotes, constraints of columns', async () => {
    await said(
      world,
      `CREATE TABLE [od d] (
        "a ""b""" INTEGER PRIMARY KEY ON CONFLICT REPLACE, -- a comment, with a comma
        \`c\`    varchar(10) COLLATE NOCASE DEFAULT (lower('X, (' || 'y')) CONSTRAINT "long" CHECK (length(c) < 9 /* , */),
        d DEFAULT -3 NOT NULL UNIQUE,
        e REFERENCES users(id) ON DELETE SET NULL ON UPDATE SET DEFAULT DEFERRABLE INITIALLY DEFERRED,
        f INT GENERATED ALWAYS AS (d + 1) VIRTUAL,
        g AS (d * 2) STORED,
        CHECK (d <> 5 OR c = x'00'), UNIQUE (c, d)
      )`,
      `INSERT INTO [od d] (c, d, e) VALUES ('q', 4, 1)`,
    )
    const odd = table('od d', { d: integer })
    must(await world.ddl(alterTable(odd)(addConstraint(checkConstraint(lt(odd.d, 9), { name: 'few' })))))
    expect(await asked(world, 'SELECT * FROM "od d"')).toEqual([[1, 'q', 4, 1, 5, 8]])
    const sql = await definition('od d')
    for (const part of [
      '"a ""b""" INTEGER PRIMARY KEY ON CONFLICT REPLACE',
      "COLLATE NOCASE DEFAULT (lower('X, (' || 'y')) CONSTRAINT \"long\" CHECK (length(c) < 9 /* , */)",
      'd DEFAULT -3 NOT NULL UNIQUE',
      'e REFERENCES users(id) ON DELETE SET NULL ON UPDATE SET DEFAULT DEFERRABLE INITIALLY DEFERRED',
      'f INT GENERATED ALWAYS AS (d + 1) VIRTUAL',
      'g AS (d * 2) STORED',
      "CHECK (d <> 5 OR c = x'00'), UNIQUE (c, d)",
      'CONSTRAINT "few" CHECK',
    ])
      expect(sql).toContain(part)
    must(await world.ddl(alterTable(odd)(dropConstraint('check', 'long'), dropConstraint('check', 'few'))))
    expect(await definition('od d')).not.toContain('long')
    await said(world, `INSERT INTO "od d" (d) VALUES (3)`)
    expect(await asked(world, 'SELECT c FROM "od d" WHERE d = 3')).toEqual([['x, (y']])
  })

  it('sqlite: renamed and then changed, by names that the table has then', async () => {
    const before = await kept()
    must(
      await world.ddl(
        alterTable(users)(
          renameColumn('price', 'cost'),
          addConstraint(checkConstraint(lt(users.price, '9.00'), { name: 'low' })),
        ),
      ),
    )
    expect(await kept()).toEqual(before)
    await whole()
    expect(await definition()).toContain('cost')
    must(await world.ddl(alterTable(users)(renameTable('people'))))
    expect(await asked(world, 'SELECT count(*) FROM people')).toEqual([[2]])
    expect(await asked(world, 'SELECT n FROM above')).toEqual([[1]])
    expect(await world.rows(pipe(deleteFrom(posts), everyRow))).toEqual([])
  })

  it('[DDL02] sqlite: in an attached file', async () => {
    await said(
      world,
      "ATTACH DATABASE ':memory:' AS two",
      'CREATE TABLE two.t (id INTEGER PRIMARY KEY, v INT)',
      'CREATE UNIQUE INDEX two.i ON t (v)',
      'CREATE VIEW two.w AS SELECT v FROM t',
      'INSERT INTO two.t VALUES (1, 2)',
    )
    const { tableIn } = await import('../../../src/index.js')
    const t = tableIn('two')('t', { id: pipe(integer, primaryKey), v: integer, x: text })
    must(await world.ddl(alterTable(t)(addConstraint(checkConstraint(lt(t.v, 9), { name: 'few' })))))
    expect(await asked(world, 'SELECT v FROM two.w')).toEqual([[2]])
    expect(await asked(world, 'SELECT type, name FROM two.sqlite_master ORDER BY 1')).toEqual([
      ['index', 'i'],
      ['table', 't'],
      ['view', 'w'],
    ])
    expect(await asked(world, "SELECT count(*) FROM main.sqlite_master WHERE name IN ('i', 't', 'w')")).toEqual([[0]])
  })
})

const loads = async (library: SqliteLibrary): Promise<boolean> => {
  const db = sqlite({ file: ':memory:', library })
  const there = E.isRight(await db.ping())
  await db.close()()
  return there
}
const present = (
  await Promise.all(sqliteLibraries.map(async (library) => ((await loads(library)) ? [library] : [])))
).flat()

it.each(present)(
  'sqlite by %s: a table that others refer to is made anew, and foreign keys are kept afterwards',
  async (library) => {
    const db = sqlite({ file: ':memory:', library })
    must(await db.execute(createAll(schema({ users, posts })))())
    must(await db.execute(insertInto(users)(people))())
    must(await db.execute(insertInto(posts)([{ id: 1, userId: 2 }]))())
    const small = alterTable(users)(addConstraint(checkConstraint(lt(users.price, '9.00'), { name: 'small' })))
    const never = alterTable(users)(addConstraint(checkConstraint(gt(users.price, '0.00'))))
    expect(tagOf(await db.execute(never)())).toBe('CheckViolation')
    must(await db.execute(small)())
    expect(must(await db.all(from(posts))())).toEqual([{ id: 1, userId: 2 }])
    expect(tagOf(await db.execute(insertInto(posts)([{ id: 2, userId: 9 }]))())).toBe('ForeignKeyViolation')
    must(await db.execute(pipe(deleteFrom(users), where(eq(users.id, 2))))())
    expect(must(await db.all(from(posts))())).toEqual([])
    await db.close()()
  },
)

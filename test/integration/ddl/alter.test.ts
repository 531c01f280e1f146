// Tables that are there are changed: each change is read back from the engine's catalogue, and rows stay what they were.
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import {
  addColumn,
  addConstraint,
  alterColumn,
  type Alteration,
  alterTable,
  type AnyTable,
  asc,
  autoIncrement,
  bigint,
  boolean,
  checkConstraint,
  comment,
  createAll,
  date,
  dropColumn,
  dropConstraint,
  eq,
  enumeration,
  foreignKey,
  from,
  generated,
  generatedAs,
  gt,
  index,
  insertInto,
  integer,
  lt,
  mul,
  named,
  nullable,
  numeric,
  orderBy,
  primaryKey,
  primaryKeyConstraint,
  references,
  renameColumn,
  renameTable,
  schema,
  select,
  serverDefault,
  set,
  setComment,
  smallint,
  table,
  text,
  unique,
  uniqueConstraint,
  update,
  varchar,
  view,
  where,
} from '../../../src/index.js'
import { type Place, places } from '../../support/places.js'
import { must, openWorldAt, tagOf, type World as WorldAt } from '../../support/run-load.js'
import { here, told } from './asked.js'
import { indexesOf } from './catalogue.js'
import { constraintsInMemory, infoIn, memoryColumns } from './memory-catalogue.js'

type World = WorldAt<Place['name']>

const users = table('users', {
  id: pipe(integer, primaryKey, autoIncrement),
  name: varchar(20),
  age: pipe(smallint, nullable),
})
const parents = table('parents', { id: pipe(integer, primaryKey), a: integer, b: integer }, (t) => [
  uniqueConstraint([t.a, t.b]),
])

describe.each(places())('alterTable on $label', (engine) => {
  let world: World
  beforeEach(async () => {
    world = await openWorldAt(engine)
    must(await world.ddl(createAll(schema({ users, parents }))))
    await world.rows(insertInto(users)([{ name: 'ed', age: 30 }, { name: 'wendy' }]))
  })
  afterEach(() => world.close())

  const isFamily = engine.name === 'mysql' || engine.name === 'mariadb'
  const change = async (t: AnyTable, ...changes: readonly [Alteration, ...ReadonlyArray<Alteration>]): Promise<void> =>
    void must(await world.ddl(alterTable(t)(...changes)))

  /** The columns of a table by the catalogue: name, whether it may be null, whether it has a default. */
  const columns = async (name: string): Promise<ReadonlyArray<unknown>> =>
    engine.name === 'memory'
      ? memoryColumns(infoIn(world, name)).map((c) => [
          c.name,
          c.nullable ? 'YES' : 'NO',
          c.default === null ? '0' : '1',
        ])
      : engine.name === 'sqlite'
        ? told(
            world,
            `SELECT name, CASE "notnull" WHEN 1 THEN 'NO' ELSE 'YES' END, dflt_value IS NOT NULL FROM pragma_table_xinfo(?) ORDER BY cid`,
            [name],
          )
        : told(
            world,
            "SELECT column_name, is_nullable, CASE WHEN column_default IS NULL OR column_default = 'NULL' THEN 0 ELSE 1 END FROM information_schema.columns " +
              `WHERE table_schema = ${here[engine.name]} AND table_name = '${name}' ORDER BY ordinal_position`,
          )
  const constraints = async (name: string): Promise<ReadonlyArray<unknown>> => {
    if (engine.name === 'memory') return constraintsInMemory(world, name)
    return (
      await told(
        world,
        'SELECT constraint_name, constraint_type FROM information_schema.table_constraints ' +
          `WHERE table_schema = ${here[engine.name]} AND table_name = '${name}' AND constraint_name NOT LIKE '%not_null%' ORDER BY 1`,
      )
    ).map((row) => row.join(' '))
  }

  it('a column more: nullable, with a default, unique, indexed, referring, checked, computed', async () => {
    const after = table(
      'users',
      {
        id: pipe(integer, primaryKey, autoIncrement),
        name: varchar(20),
        age: pipe(smallint, nullable),
        mail: pipe(varchar(40), nullable, unique, named('e mail')),
        state: pipe(enumeration(['on', "o'ff"]), serverDefault('on')),
        parentId: pipe(integer, nullable, references(parents.id), index),
        born: pipe(date, nullable),
        flag: pipe(boolean, serverDefault(false), comment('a "flag" \'of\' theirs')),
        twice: pipe(integer, nullable, generated),
      },
      (t) => [generatedAs(t.twice, mul(t.age, 2))],
    )
    await change(
      users,
      addColumn(after.mail),
      addColumn(after.state),
      addColumn(after.parentId),
      addColumn(after.born),
      addColumn(after.flag),
      addColumn(after.twice),
    )
    expect((await columns('users')).map((row) => (row as ReadonlyArray<unknown>)[0])).toEqual([
      'id',
      'name',
      'age',
      'e mail',
      'state',
      'parentId',
      'born',
      'flag',
      'twice',
    ])
    const more = { mail: null, state: 'on', parentId: null, born: null, flag: false }
    expect(await world.rows(pipe(from(after), orderBy(asc(after.id))))).toEqual([
      { id: 1, name: 'ed', age: 30, ...more, twice: 60 },
      { id: 2, name: 'wendy', age: null, ...more, twice: null },
    ])
    await world.rows(insertInto(after)({ name: 'x', mail: 'm', born: '2024-02-29', flag: true }))
    expect(tagOf(await world.outcome(insertInto(after)({ name: 'y', mail: 'm' })))).toBe('UniqueViolation')
    expect(tagOf(await world.outcome(insertInto(after)({ name: 'y', parentId: 9 })))).toBe('ForeignKeyViolation')
    const indexes = (await indexesOf(world, 'users')).map((i) => i.name).filter((name) => name.startsWith('ix'))
    expect(indexes).toEqual(['ix_users_parentId'])
    if (engine.name !== 'sqlite' && engine.name !== 'memory') {
      const said =
        engine.name === 'postgres'
          ? `SELECT col_description('users'::regclass, ordinal_position) FROM information_schema.columns WHERE table_name = 'users' AND column_name = 'flag'`
          : `SELECT column_comment FROM information_schema.columns WHERE table_schema = database() AND table_name = 'users' AND column_name = 'flag'`
      expect(await told(world, said)).toEqual([['a "flag" \'of\' theirs']])
      expect(await constraints('users')).toContain('ck_users_state CHECK')
    }
  })

  it('a column that has no value in the rows that are there is refused, on an empty table too', async () => {
    const after = table('users', { id: integer, must: integer, key: pipe(integer, primaryKey) })
    expect(tagOf(await world.ddl(alterTable(users)(addColumn(after.must))))).toBe('IllFormed')
    expect(tagOf(await world.ddl(alterTable(users)(addColumn(after.key))))).toBe('IllFormed')
    expect(tagOf(await world.ddl(alterTable(users)(addColumn(after.id))))).toBe('IllFormed')
  })

  it('a column less, with what is about it alone; what is about others too stands in the way', async () => {
    const pets = table(
      'pets',
      {
        id: pipe(integer, primaryKey),
        kind: pipe(enumeration(['cat', 'dog']), unique),
        parentId: pipe(integer, nullable, references(parents.id)),
        n: pipe(integer, index),
        a: integer,
        b: integer,
      },
      (t) => [checkConstraint(lt(t.n, 9), { name: 'few' }), uniqueConstraint([t.a, t.b], { name: 'both' })],
    )
    must(await world.ddl(createAll(schema({ parents, pets }))))
    await world.rows(insertInto(pets)({ id: 1, kind: 'cat', n: 3, a: 1, b: 2 }))
    for (const name of ['kind', 'parentId', 'n']) {
      const outcome = await world.ddl(alterTable(pets)(dropColumn(name)))
      expect([name, tagOf(outcome)]).toEqual([name, 'Right'])
    }
    expect((await columns('pets')).map((row) => (row as ReadonlyArray<unknown>)[0])).toEqual(['id', 'a', 'b'])
    if (engine.name !== 'sqlite')
      expect(await constraints('pets')).toEqual(
        isFamily ? ['both UNIQUE', 'PRIMARY PRIMARY KEY'] : ['both UNIQUE', 'pk_pets PRIMARY KEY'],
      )
    expect(tagOf(await world.ddl(alterTable(pets)(dropColumn('a'))))).toBe('IllFormed')
    expect(tagOf(await world.ddl(alterTable(pets)(dropColumn('id'))))).toBe('IllFormed')
    await change(pets, dropConstraint('unique', 'both'), dropColumn('a'))
    const left = table('pets', { id: pipe(integer, primaryKey), b: integer })
    expect(await world.rows(from(left))).toEqual([{ id: 1, b: 2 }])
    expect(tagOf(await world.ddl(alterTable(pets)(dropColumn('nothing'))))).not.toBe('Right')
  })

  it('other names for columns and tables: a name is nothing but a name', async () => {
    const hostile = 'se"le`ct \'; --'
    await change(users, renameColumn('name', hostile), renameTable('peo"ple`s'))
    const after = table('peo"ple`s', {
      id: pipe(integer, primaryKey, autoIncrement),
      name: pipe(varchar(20), named(hostile)),
      age: pipe(smallint, nullable),
    })
    expect(await world.rows(pipe(from(after), select({ n: after.name }), orderBy(asc(after.id))))).toEqual([
      { n: 'ed' },
      { n: 'wendy' },
    ])
    await world.rows(insertInto(after)({ name: 'third' }))
    expect(await world.db.hasTable('users')()).toEqual(E.right(false))
    await change(after, renameTable('users'), renameColumn(hostile, 'name'))
    expect(await world.rows(pipe(from(users), where(eq(users.name, 'third')), select(users.id)))).toEqual([3])
  })

  it('a column altered: whether it may be null, its default, its type', async () => {
    const after = table('users', {
      id: pipe(integer, primaryKey, autoIncrement),
      name: pipe(text, nullable),
      age: pipe(bigint, serverDefault(7n)),
    })
    await world.rows(pipe(update(users), set({ age: 8 }), where(eq(users.id, 2))))
    await change(users, alterColumn(after.name), alterColumn(after.age))
    expect(
      (await columns('users'))
        .slice(1)
        .map((row) => (row as ReadonlyArray<unknown>).map((v) => (v === 'true' ? '1' : v === 'false' ? '0' : v))),
    ).toEqual([
      ['name', 'YES', '0'],
      ['age', 'NO', '1'],
    ])
    await world.rows(insertInto(after)([{ name: 'x'.repeat(99) }, { age: 2n ** 60n }]))
    expect(await world.rows(pipe(from(after), orderBy(asc(after.id))))).toEqual([
      { id: 1, name: 'ed', age: 30n },
      { id: 2, name: 'wendy', age: 8n },
      { id: 3, name: 'x'.repeat(99), age: 7n },
      { id: 4, name: null, age: 2n ** 60n },
    ])
    // Back again where no value stands in the way: what does not fit leaves all as it was.
    expect(tagOf(await world.ddl(alterTable(after)(alterColumn(users.name))))).not.toBe('Right')
    expect(tagOf(await world.ddl(alterTable(after)(alterColumn(table('users', { age: smallint }).age))))).not.toBe(
      'Right',
    )
    expect(await world.rows(pipe(from(after), where(gt(after.age, 100n)), select(after.age)))).toEqual([2n ** 60n])
  })

  it('numbers and texts become others alike on every engine, and what engines differ in is refused', async () => {
    const t = table('t', {
      id: pipe(integer, primaryKey),
      whole: integer,
      price: numeric(8, 2),
      word: varchar(9),
      kind: enumeration(['a', 'b']),
    })
    must(await world.ddl(createAll(schema({ t }))))
    await world.rows(
      insertInto(t)([
        { id: 1, whole: -5, price: '1.25', word: " é\\'", kind: 'a' },
        { id: 2, whole: 2147483647, price: '-1.35', word: 'z', kind: 'b' },
      ]),
    )
    const after = table('t', {
      id: pipe(integer, primaryKey),
      whole: numeric(12, 1),
      price: numeric(10, 1),
      word: enumeration([" é\\'", 'z']),
      kind: varchar(30),
    })
    await change(
      t,
      alterColumn(after.whole),
      alterColumn(after.price),
      alterColumn(after.word),
      alterColumn(after.kind),
    )
    expect(await world.rows(pipe(from(after), orderBy(asc(after.id))))).toEqual([
      { id: 1, whole: '-5.0', price: '1.3', word: " é\\'", kind: 'a' },
      { id: 2, whole: '2147483647.0', price: '-1.4', word: 'z', kind: 'b' },
    ])
    await world.rows(insertInto(after)({ id: 3, whole: '0.5', price: '0.0', word: 'z', kind: 'anything' }))
    const other = table('t', { id: pipe(integer, primaryKey), whole: text, price: integer, word: date, kind: boolean })
    for (const column of [other.price, other.word, other.kind])
      expect(tagOf(await world.ddl(alterTable(after)(alterColumn(column))))).toBe('Unsupported')
    const back = table('t', {
      id: pipe(integer, primaryKey),
      whole: numeric(12, 1),
      price: integer,
      kind: enumeration(['a', 'b']),
    })
    // One of the values is none of these.
    expect(tagOf(await world.ddl(alterTable(after)(alterColumn(back.kind))))).not.toBe('Right')
  })

  it('constraints more and less, each with its name: unique, check, foreign key, primary key', async () => {
    const t = table('t', { id: integer, a: integer, b: integer })
    must(await world.ddl(createAll(schema({ t }))))
    await world.rows(insertInto(t)({ id: 1, a: 1, b: 1 }))
    const keyed = table('t', { id: pipe(integer, primaryKey), a: integer, b: integer })
    await change(
      t,
      addConstraint(uniqueConstraint([t.a, t.b])),
      addConstraint(checkConstraint(lt(t.a, 5), { name: 'Mixed Case' })),
      addConstraint(primaryKeyConstraint([keyed.id], { name: 'pk_of_t' })),
    )
    expect(tagOf(await world.outcome(insertInto(t)({ id: 2, a: 1, b: 1 })))).toBe('UniqueViolation')
    expect(tagOf(await world.outcome(insertInto(t)({ id: 2, a: 5, b: 1 })))).toBe('CheckViolation')
    expect(tagOf(await world.outcome(insertInto(t)({ id: 1, a: 2, b: 1 })))).toBe('UniqueViolation')
    const both = foreignKey([t.a, t.b], [parents.a, parents.b], { name: 'fk both', onDelete: 'cascade' })
    // There is a row that refers to nothing.
    expect(tagOf(await world.ddl(alterTable(keyed)(addConstraint(both))))).not.toBe('Right')
    await world.rows(insertInto(parents)({ id: 1, a: 1, b: 1 }))
    await change(keyed, addConstraint(both))
    expect(tagOf(await world.outcome(insertInto(t)({ id: 3, a: 3, b: 3 })))).toBe('ForeignKeyViolation')
    if (engine.name !== 'sqlite')
      expect(new Set(await constraints('t'))).toEqual(
        new Set([
          'Mixed Case CHECK',
          'fk both FOREIGN KEY',
          'uq_t_a_b UNIQUE',
          isFamily ? 'PRIMARY PRIMARY KEY' : 'pk_of_t PRIMARY KEY',
        ]),
      )
    await change(
      keyed,
      dropConstraint('foreignKey', 'fk both'),
      dropConstraint('unique', 'uq_t_a_b'),
      dropConstraint('check', 'Mixed Case'),
      dropConstraint('primaryKey', 'pk_of_t'),
    )
    if (engine.name !== 'sqlite') expect(await constraints('t')).toEqual([])
    await world.rows(
      insertInto(t)([
        { id: 1, a: 1, b: 1 },
        { id: 1, a: 50, b: 3 },
      ]),
    )
    expect(tagOf(await world.ddl(alterTable(t)(dropConstraint('check', 'none'))))).not.toBe('Right')
  })

  it('[DDL05] comments of a table: added, changed, dropped', async () => {
    const asking =
      engine.name === 'postgres'
        ? `SELECT obj_description('users'::regclass)`
        : `SELECT nullif(table_comment, '') FROM information_schema.tables WHERE table_schema = database() AND table_name = 'users'`
    for (const said of ['it\'s \\ a %s "comment"\n', 'another', null]) {
      await change(users, setComment(said))
      if (engine.name === 'memory') expect(infoIn(world, 'users')?.comment).toBe(said)
      else if (engine.name !== 'sqlite') expect(await told(world, asking)).toEqual([[said]])
    }
    expect(await world.rows(pipe(from(users), select(users.name), orderBy(asc(users.id))))).toEqual(['ed', 'wendy'])
  })

  it('[dialect 83] of two changes the second fails: the first stays where DDL belongs to no transaction', async () => {
    const after = table('users', { id: integer, x: pipe(integer, nullable) })
    const outcome = await world.ddl(alterTable(users)(addColumn(after.x), dropConstraint('check', 'none')))
    expect(tagOf(outcome)).not.toBe('Right')
    expect((await columns('users')).length).toBe(isFamily ? 4 : 3)
    expect(world.db.dialect.features.transactionalDdl).toBe(!isFamily)
  })

  it('a view is not altered', async () => {
    const v = view('v', pipe(from(users), select({ id: users.id })))
    expect(tagOf(await world.ddl(alterTable(v)(dropColumn('id'))))).toBe('IllFormed')
  })
})

// Tables are made as their values say: keys in their order, foreign keys with their actions, and the catalogue says the same.
import { pipe } from 'fp-ts/lib/function.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import {
  type AnyTable,
  autoIncrement,
  createAll,
  createTable,
  createTableAs,
  Db,
  type Ddl,
  defaultTo,
  deleteFrom,
  desc,
  dropAll,
  dropTable,
  eq,
  everyRow,
  foreignKey,
  from,
  gt,
  insertInto,
  integer,
  lt,
  mul,
  named,
  nullable,
  numeric,
  onUpdate,
  orderBy,
  primaryKey,
  primaryKeyConstraint,
  references,
  returning,
  schema,
  select,
  serverDefault,
  set,
  smallint,
  table,
  text,
  unique,
  uniqueConstraint,
  update,
  varchar,
  where,
  limit,
  literal,
} from '../../../src/index.js'
import { type Engine, engines } from '../../support/engines.js'
import { type Place, places } from '../../support/places.js'
import { must, openWorld, openWorldAt, tagOf, type World as WorldAt } from '../../support/run-load.js'
import { asked } from './asked.js'
import { columnsOf, foreignKeysOf, indexesOf, primaryKeyOf, uniquesOf } from './catalogue.js'
import { tablesInMemory } from './memory-catalogue.js'

type World<Name extends Place['name'] = Place['name']> = WorldAt<Name>

const tablesThere = async (world: World): Promise<ReadonlyArray<string>> => {
  if (world.engine === 'memory') return tablesInMemory(world)
  const sql = {
    postgres: 'SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()',
    mysql: 'SELECT table_name FROM information_schema.tables WHERE table_schema = database()',
    mariadb: 'SELECT table_name FROM information_schema.tables WHERE table_schema = database()',
    sqlite: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
  }[world.engine]
  return (await asked(world, sql)).map(([name]) => String(name)).sort()
}

describe.each(engines())('tables of $label', (engine) => {
  let world: World<Engine['name']>
  beforeEach(async () => {
    world = await openWorld(engine)
  })
  afterEach(() => world.close())

  it('[dialect 76] a column holds values of its type alone, whoever writes them', async () => {
    const strict = table('strict', {
      id: pipe(integer, primaryKey),
      n: pipe(integer, nullable),
      s: pipe(varchar(3), nullable),
    })
    await world.create({ strict })
    const { quote } = world.db.dialect
    const raw = async (sql: string): Promise<unknown> => asked(world, sql)
    await expect(raw(`INSERT INTO ${quote('strict')} (id, n) VALUES (1, 'abc')`)).rejects.toThrow()
    if (engine.name !== 'sqlite')
      await expect(raw(`INSERT INTO ${quote('strict')} (id, s) VALUES (1, 'four')`)).rejects.toThrow()
    expect(await world.rows(from(strict))).toEqual([])
  })
})

describe.each(places())('tables on $label', (engine) => {
  let world: World
  beforeEach(async () => {
    world = await openWorldAt(engine)
  })
  afterEach(() => world.close())

  const isFamily = engine.name === 'mysql' || engine.name === 'mariadb'
  const ddl = async (value: Ddl): Promise<void> => void must(await world.ddl(value))
  const made = (...tables: ReadonlyArray<AnyTable>): Promise<void> =>
    ddl(createAll(schema(Object.fromEntries(tables.map((t, i) => [String(i), t])))))

  it('[B09, B10, B11, B12, DDL01, DDL04] all tables of a schema, parents first, twice; and dropped, children first, twice', async () => {
    const users = table('users', { id: pipe(integer, primaryKey) })
    const posts = table('posts', { id: pipe(integer, primaryKey), by: pipe(integer, references(users.id)) })
    const notes = table('notes', { id: pipe(integer, primaryKey), on: pipe(integer, references(posts.id)) })
    // Children before parents.
    const all = schema({ notes, posts, users })
    await ddl(createAll(all))
    expect(await tablesThere(world)).toEqual(['notes', 'posts', 'users'])
    await world.rows(insertInto(users)({ id: 1 }))
    await world.rows(insertInto(posts)({ id: 1, by: 1 }))
    await ddl(createAll(all))
    expect(await world.rows(from(posts))).toEqual([{ id: 1, by: 1 }])
    await ddl(dropAll(all))
    await ddl(dropAll(all))
    expect(await tablesThere(world)).toEqual([])
  })

  it('[B08] a table between two others has the keys of both for its own', async () => {
    const posts = table('posts', { id: pipe(integer, primaryKey) })
    const tags = table('tags', { id: pipe(integer, primaryKey) })
    const postTags = table('post_tags', {
      postId: pipe(integer, primaryKey, references(posts.id, { onDelete: 'cascade' })),
      tagId: pipe(integer, primaryKey, references(tags.id)),
    })
    await made(posts, tags, postTags)
    expect((await primaryKeyOf(world, 'post_tags'))?.columns).toEqual(['postId', 'tagId'])
    expect((await foreignKeysOf(world, 'post_tags')).map((k) => [k.columns, k.target, k.onDelete])).toEqual([
      [['postId'], 'posts', 'CASCADE'],
      [['tagId'], 'tags', engine.name === 'mariadb' ? expect.stringMatching(/NO ACTION|RESTRICT/) : 'NO ACTION'],
    ])
    await world.rows(insertInto(posts)({ id: 1 }))
    await world.rows(insertInto(tags)([{ id: 1 }, { id: 2 }]))
    await world.rows(
      insertInto(postTags)([
        { postId: 1, tagId: 1 },
        { postId: 1, tagId: 2 },
      ]),
    )
    expect(tagOf(await world.outcome(insertInto(postTags)({ postId: 1, tagId: 1 })))).toBe('UniqueViolation')
    await world.rows(pipe(deleteFrom(posts), where(eq(posts.id, 1))))
    expect(await world.rows(from(postTags))).toEqual([])
  })

  it('[B01, B02, B03, B18, B19, B20, B34, B60, dialect 77] what a column says is in the catalogue: type, nullability, keys', async () => {
    const plain = table('plain', {
      id: pipe(integer, primaryKey),
      name: pipe(varchar(50), unique),
      note: pipe(text, nullable),
      small: pipe(smallint, nullable),
    })
    await made(plain)
    const columns = await columnsOf(world, 'plain')
    expect(columns.map((c) => [c.name, c.nullable])).toEqual([
      ['id', false],
      ['name', false],
      ['note', true],
      ['small', true],
    ])
    const types = {
      postgres: ['integer', 'character varying', 'text', 'smallint'],
      mysql: ['int', 'varchar(50)', 'longtext', 'smallint'],
      mariadb: ['int(11)', 'varchar(50)', 'longtext', 'smallint(6)'],
      sqlite: ['INTEGER', 'TEXT', 'TEXT', 'INTEGER'],
      memory: ['Integer', 'Varchar', 'Text', 'SmallInt'],
    }
    expect(columns.map((c) => c.type)).toEqual(types[engine.name])
    expect((await uniquesOf(world, 'plain')).map((u) => u.columns)).toEqual([['name']])
    // Past the compiler, which refuses it before: the engine has the rule, too.
    expect(tagOf(await world.outcome(insertInto(plain)({ name: 'x' } as never)))).toBe(
      engine.name === 'sqlite' ? 'Right' : 'NotNullViolation',
    )
    const key = table('keyed', { a: pipe(varchar(5), primaryKey), b: pipe(integer, primaryKey) })
    await made(key)
    expect((await columnsOf(world, 'keyed')).map((c) => c.nullable)).toEqual([false, false])
    expect(tagOf(await world.outcome(insertInto(key)({ b: 1 } as never)))).toBe('NotNullViolation')
  })

  it('[dialect 76] a column holds values of its type alone', async () => {
    const strict = table('strict', {
      id: pipe(integer, primaryKey),
      n: pipe(integer, nullable),
      s: pipe(varchar(3), nullable),
    })
    await made(strict)
    expect(tagOf(await world.outcome(insertInto(strict)({ id: 1, s: 'four' })))).toBe('InvalidValue')
    expect(tagOf(await world.outcome(insertInto(strict)({ id: 1, n: 'abc' } as never)))).toBe('InvalidValue')
    expect(await world.rows(from(strict))).toEqual([])
  })

  it('[dialect 78] foreign keys are minded', async () => {
    const parent = table('parent', { id: pipe(integer, primaryKey) })
    const child = table('child', { id: pipe(integer, primaryKey), of: pipe(integer, references(parent.id)) })
    await made(parent, child)
    expect(tagOf(await world.outcome(insertInto(child)({ id: 1, of: 1 })))).toBe('ForeignKeyViolation')
  })

  it('[dialect 79] many nulls in what is unique', async () => {
    const loose = table(
      'loose',
      {
        id: pipe(integer, primaryKey),
        a: pipe(integer, unique, nullable),
        b: pipe(integer, nullable),
      },
      (t) => [uniqueConstraint([t.a, t.b])],
    )
    await made(loose)
    await world.rows(insertInto(loose)([{ id: 1 }, { id: 2 }, { id: 3, b: 1 }, { id: 4, b: 1 }]))
    expect(await world.rows(pipe(from(loose), select(loose.id), orderBy(loose.id)))).toEqual([1, 2, 3, 4])
  })

  it('[B15] a table without a key can be asked, written and dropped', async () => {
    const bag = table('bag', { word: varchar(20) })
    await made(bag)
    expect(await primaryKeyOf(world, 'bag')).toBe(null)
    await world.rows(insertInto(bag)([{ word: 'a' }, { word: 'a' }]))
    expect(await world.rows(from(bag))).toEqual([{ word: 'a' }, { word: 'a' }])
  })

  it('[B16, DDL11] the columns of a primary key in an order of their own, and foreign keys to it in theirs', async () => {
    const seats = table(
      'seats',
      {
        id: pipe(integer, primaryKey),
        attr: pipe(integer, primaryKey),
        name: pipe(varchar(20), primaryKey),
        note: pipe(text, nullable),
      },
      (t) => [primaryKeyConstraint([t.name, t.id, t.attr], { name: 'seats_key' })],
    )
    const taken = table(
      'taken',
      { n: pipe(varchar(20), nullable), i: pipe(integer, nullable), a: pipe(integer, nullable) },
      (t) => [foreignKey([t.n, t.i, t.a], [seats.name, seats.id, seats.attr], { name: 'taken_seats' })],
    )
    const crossed = table('crossed', { a: integer, i: integer, n: varchar(20) }, (t) => [
      foreignKey([t.a, t.n, t.i], [seats.attr, seats.name, seats.id], { onDelete: 'cascade', onUpdate: 'cascade' }),
    ])
    await made(crossed, taken, seats)
    expect(await primaryKeyOf(world, 'seats')).toEqual({
      name: { postgres: 'seats_key', mysql: 'PRIMARY', mariadb: 'PRIMARY', sqlite: null, memory: 'seats_key' }[
        engine.name
      ],
      columns: ['name', 'id', 'attr'],
    })
    expect(await foreignKeysOf(world, 'taken')).toMatchObject([
      { columns: ['n', 'i', 'a'], target: 'seats', targetColumns: ['name', 'id', 'attr'] },
    ])
    const [cross] = await foreignKeysOf(world, 'crossed')
    const pairs = (cross?.columns ?? []).map((c, i) => `${c} ${cross?.targetColumns[i] ?? ''}`)
    expect([...pairs].sort()).toEqual(['a attr', 'i id', 'n name'])
    if (!isFamily) expect(pairs).toEqual(['a attr', 'n name', 'i id'])
    await world.rows(insertInto(seats)({ id: 1, attr: 2, name: 'x' }))
    expect(tagOf(await world.outcome(insertInto(taken)({ n: 'x', i: 2, a: 1 })))).toBe('ForeignKeyViolation')
    await world.rows(
      insertInto(taken)([
        { n: 'x', i: 1, a: 2 },
        { n: 'y', i: 1 },
      ]),
    )
    await world.rows(insertInto(crossed)({ n: 'x', i: 1, a: 2 }))
    expect(tagOf(await world.outcome(insertInto(crossed)({ n: 'x', i: 2, a: 1 })))).toBe('ForeignKeyViolation')
    await world.rows(pipe(deleteFrom(taken), everyRow))
    await world.rows(pipe(update(seats), set({ attr: 7 }), where(eq(seats.id, 1))))
    expect(await world.rows(from(crossed))).toEqual([{ a: 7, i: 1, n: 'x' }])
  })

  it('[B24] a foreign key of several columns, to a unique pair that is a part of the table', async () => {
    const rooms = table(
      'rooms',
      { id: pipe(integer, primaryKey), house: integer, door: named('door_no')(integer) },
      (t) => [uniqueConstraint([t.house, t.door])],
    )
    const keys = table('keys', { id: pipe(integer, primaryKey), h: integer, d: integer }, (t) => [
      foreignKey([t.h, t.d], [rooms.house, rooms.door], { onDelete: 'cascade' }),
    ])
    await made(rooms, keys)
    expect(await foreignKeysOf(world, 'keys')).toMatchObject([
      { columns: ['h', 'd'], target: 'rooms', targetColumns: ['house', 'door_no'], onDelete: 'CASCADE' },
    ])
    await world.rows(insertInto(rooms)({ id: 1, house: 2, door: 3 }))
    await world.rows(insertInto(keys)({ id: 1, h: 2, d: 3 }))
    expect(tagOf(await world.outcome(insertInto(keys)({ id: 2, h: 3, d: 2 })))).toBe('ForeignKeyViolation')
    await world.rows(pipe(deleteFrom(rooms), everyRow))
    expect(await world.rows(from(keys))).toEqual([])
  })

  it('[B22, B23, B26, DDL10] foreign keys with their actions, to a key and to a unique column', async () => {
    const p = table('p', { id: pipe(integer, primaryKey), code: pipe(varchar(10), unique) })
    const c = table('c', {
      id: pipe(integer, primaryKey),
      plain: pipe(integer, references(p.id)),
      gone: pipe(integer, references(p.id, { onDelete: 'cascade', onUpdate: 'cascade' })),
      nulled: pipe(integer, references(p.id, { onDelete: 'setNull', onUpdate: 'setNull' }), nullable),
      kept: pipe(integer, references(p.id, { onDelete: 'restrict', onUpdate: 'restrict' })),
      code: pipe(varchar(10), references(p.code, { onUpdate: 'cascade' })),
    })
    await made(p, c)
    const none = engine.name === 'mariadb' ? expect.stringMatching(/NO ACTION|RESTRICT/) : 'NO ACTION'
    const found = await foreignKeysOf(world, 'c')
    const byColumn = (name: string): unknown => {
      const key = found.find((k) => k.columns[0] === name)
      return [key?.targetColumns[0], key?.onDelete, key?.onUpdate]
    }
    expect(['plain', 'gone', 'nulled', 'kept', 'code'].map(byColumn)).toEqual([
      ['id', none, none],
      ['id', 'CASCADE', 'CASCADE'],
      ['id', 'SET NULL', 'SET NULL'],
      ['id', 'RESTRICT', 'RESTRICT'],
      ['code', none, 'CASCADE'],
    ])
  })

  it('[B26] onDelete setDefault takes the default, where the engine does', async () => {
    const p = table('p', { id: pipe(integer, primaryKey) })
    const c = table('c', {
      id: pipe(integer, primaryKey),
      of: pipe(integer, serverDefault(1), references(p.id, { onDelete: 'setDefault' })),
    })
    const outcome = await world.ddl(createAll(schema({ p, c })))
    if (isFamily) {
      expect(tagOf(outcome)).toBe('Unsupported')
      expect(await tablesThere(world)).toEqual([])
      return
    }
    must(outcome)
    expect(await foreignKeysOf(world, 'c')).toMatchObject([{ onDelete: 'SET DEFAULT' }])
    await world.rows(insertInto(p)([{ id: 1 }, { id: 2 }]))
    await world.rows(insertInto(c)({ id: 1, of: 2 }))
    await world.rows(pipe(deleteFrom(p), where(eq(p.id, 2))))
    expect(await world.rows(from(c))).toEqual([{ id: 1, of: 1 }])
  })

  it('[B25, DDL25] a table that refers to itself, and two that refer to each other, made and dropped', async () => {
    const nodes = table('nodes', { id: pipe(integer, primaryKey), up: pipe(integer, nullable) }, (t) => [
      foreignKey(t.up, t.id, { onDelete: 'setNull' }),
    ])
    const a = table('a', { id: pipe(integer, primaryKey), b: pipe(integer, nullable) })
    const b = table('b', { id: pipe(integer, primaryKey), a: pipe(integer, references(a.id)) })
    const all = schema({ nodes, a, b }, (t) => [foreignKey(t.a.b, t.b.id)])
    await ddl(createAll(all))
    expect(await foreignKeysOf(world, 'nodes')).toMatchObject([
      { columns: ['up'], target: 'nodes', onDelete: 'SET NULL' },
    ])
    expect(await foreignKeysOf(world, 'a')).toMatchObject([{ columns: ['b'], target: 'b' }])
    expect(await foreignKeysOf(world, 'b')).toMatchObject([{ columns: ['a'], target: 'a' }])
    await ddl(dropAll(all))
    expect(await tablesThere(world)).toEqual([])
  })

  it('[B17] automatic keys are counted by the database', async () => {
    const counted = table('counted', { id: pipe(integer, primaryKey, autoIncrement), name: varchar(5) })
    await made(counted)
    expect((await columnsOf(world, 'counted'))[0]).toMatchObject({ identity: 'default' })
    await world.rows(insertInto(counted)([{ name: 'a' }, { name: 'b' }]))
    expect(await world.rows(pipe(from(counted), orderBy(counted.id)))).toEqual([
      { id: 1, name: 'a' },
      { id: 2, name: 'b' },
    ])
  })

  it('[B27, B28, B29] defaults of the client stand in no table: values, functions, and those of an update', async () => {
    let asks = 0
    const next = (): number => {
      asks += 1
      return asks
    }
    const things = table('things', {
      id: pipe(integer, primaryKey),
      colour: pipe(varchar(10), defaultTo('red')),
      nth: pipe(integer, defaultTo(next)),
      touched: pipe(integer, defaultTo(0), onUpdate(next)),
    })
    await made(things)
    expect((await columnsOf(world, 'things')).map((c) => c.default)).toEqual([null, null, null, null])
    await world.rows(insertInto(things)([{ id: 1 }, { id: 2, colour: 'blue' }]))
    expect(await world.rows(pipe(from(things), orderBy(things.id)))).toEqual([
      { id: 1, colour: 'red', nth: 1, touched: 0 },
      { id: 2, colour: 'blue', nth: 2, touched: 0 },
    ])
    await world.rows(pipe(update(things), set({ colour: 'green' }), where(eq(things.id, 1))))
    expect(await world.rows(pipe(from(things), where(eq(things.id, 1)), select(things.touched)))).toEqual([3])
  })

  it('[B32] columns that several tables share are a record that each of them spreads', async () => {
    const stamped = { made: pipe(integer, serverDefault(7)), by: pipe(varchar(10), nullable) }
    const one = table('one', { id: pipe(integer, primaryKey), ...stamped })
    const two = table('two', { ...stamped, id: pipe(integer, primaryKey) })
    await made(one, two)
    expect((await columnsOf(world, 'one')).map((c) => c.name)).toEqual(['id', 'made', 'by'])
    expect((await columnsOf(world, 'two')).map((c) => c.name)).toEqual(['made', 'by', 'id'])
    await world.rows(insertInto(two)({ id: 1 }))
    expect(await world.rows(from(two))).toEqual([{ made: 7, by: null, id: 1 }])
  })

  it('[B13] one table by itself: made, made where it is not there, dropped, dropped where it is there', async () => {
    const users = table('users', { id: named('user_id')(pipe(integer, primaryKey)) })
    const posts = table('posts', { id: pipe(integer, primaryKey), by: pipe(integer, references(users.id)) })
    await ddl(createTable(users))
    await ddl(createTable(posts))
    expect(await foreignKeysOf(world, 'posts')).toMatchObject([{ columns: ['by'], targetColumns: ['user_id'] }])
    expect(tagOf(await world.ddl(createTable(users)))).not.toBe('Right')
    await ddl(createTable(users, { ifNotExists: true }))
    await ddl(dropTable(posts))
    expect(tagOf(await world.ddl(dropTable(posts)))).not.toBe('Right')
    await ddl(dropTable(posts, { ifExists: true }))
    expect(await tablesThere(world)).toEqual(['users'])
  })

  it('[DDL22] a table of the rows of a query has its own keys, types and names', async () => {
    const scores = table('scores', { id: pipe(integer, primaryKey), points: numeric(8, 1), name: varchar(20) })
    const best = table(
      'best',
      {
        who: pipe(varchar(20), unique, named("the 'who'")),
        points: pipe(numeric(10, 3), named('pts')),
        key: pipe(integer, primaryKey),
      },
      (t) => [uniqueConstraint([t.points, t.who])],
    )
    await made(scores)
    await world.rows(
      insertInto(scores)([
        { id: 1, points: '9.5', name: 'a\\b' },
        { id: 2, points: '1.5', name: "O'Hara" },
        { id: 3, points: '7.0', name: 'x' },
      ]),
    )
    const query = pipe(
      from(scores),
      where(gt(scores.points, '2.0')),
      select({ key: mul(scores.id, 10), points: scores.points, who: scores.name }),
      // A number that is ordered by is no position of an output.
      orderBy(literal(9, integer), desc(scores.id)),
      limit(9),
    )
    await ddl(pipe(query, createTableAs(best)))
    expect((await columnsOf(world, 'best')).map((c) => [c.name, c.nullable])).toEqual([
      ["the 'who'", false],
      ['pts', false],
      ['key', false],
    ])
    expect((await primaryKeyOf(world, 'best'))?.columns).toEqual(['key'])
    const rows = [
      { who: 'a\\b', points: '9.500', key: 10 },
      { who: 'x', points: '7.000', key: 30 },
    ]
    expect(await world.rows(pipe(from(best), orderBy(best.key)))).toEqual(rows)
    expect(tagOf(await world.ddl(pipe(query, createTableAs(best))))).not.toBe('Right')
    // It is there: its rows stay as they are, and no more come.
    await world.rows(pipe(deleteFrom(best), where(eq(best.key, 10))))
    await ddl(pipe(query, createTableAs(best, { ifNotExists: true })))
    expect(await world.rows(from(best))).toEqual(rows.slice(1))
    expect(tagOf(await world.outcome(insertInto(best)({ who: 'x', points: '1.000', key: 1 })))).toBe('UniqueViolation')
    await ddl(dropTable(best))
    const empty = pipe(query, where(lt(scores.id, 0)))
    await ddl(pipe(empty, createTableAs(best, { ifNotExists: true })))
    expect(await world.rows(from(best))).toEqual([])
    expect(await indexesOf(world, 'scores')).toEqual([])
  })

  it('a table of a query refers to others as it says', async () => {
    const scores = table('scores', { id: pipe(integer, primaryKey) })
    const top = table('top', { id: pipe(integer, primaryKey, references(scores.id, { onDelete: 'cascade' })) })
    await made(scores)
    await world.rows(insertInto(scores)([{ id: 1 }, { id: 2 }]))
    const rows = pipe(from(scores), orderBy(desc(scores.id)), select({ id: scores.id }))
    await ddl(pipe(rows, createTableAs(top, { ifNotExists: true })))
    await ddl(pipe(rows, createTableAs(top, { ifNotExists: true })))
    expect(await foreignKeysOf(world, 'top')).toMatchObject([{ target: 'scores', onDelete: 'CASCADE' }])
    await world.rows(pipe(deleteFrom(scores), where(eq(scores.id, 1))))
    expect(await world.rows(from(top))).toEqual([{ id: 2 }])
  })

  it('[dialect 83] what fails in the middle leaves nothing where DDL is transactional, and what was done elsewhere', async () => {
    const one = table('one', { id: pipe(integer, primaryKey) })
    const two = table('two', { id: pipe(integer, primaryKey) })
    const bad = table('bad', { id: pipe(integer, primaryKey), of: pipe(integer, nullable) })
    await made(one)
    await world.rows(insertInto(one)([{ id: 1 }, { id: 2 }]))
    const broken = pipe(from(one), select({ id: mul(one.id, 0), of: one.id }), createTableAs(bad))
    expect(tagOf(await world.ddl(broken))).toBe('UniqueViolation')
    expect(await tablesThere(world)).toEqual(['one'])
    expect(world.db.dialect.features.transactionalDdl).toBe(!isFamily)
    const inside = await world.db.transaction()(Db.execute(createTable(two)))()
    expect(tagOf(inside)).toBe(world.db.dialect.features.transactionalDdl ? 'Right' : 'Compile')
  })

  it('returns what the database made', async () => {
    const made1 = table('made1', { id: pipe(integer, primaryKey, autoIncrement), n: pipe(integer, serverDefault(5)) })
    await made(made1)
    expect(await world.rows(pipe(insertInto(made1)({}), returning(made1)))).toEqual([{ id: 1, n: 5 }])
  })
})

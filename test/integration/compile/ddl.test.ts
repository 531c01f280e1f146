// Tables are made and dropped as they were said, twice too, whatever they are called and whoever refers to whom.
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import {
  alias,
  and,
  type AnyTable,
  autoIncrement,
  bigint,
  boolean,
  count,
  createAll,
  date,
  everyRow,
  deleteFrom,
  desc,
  double,
  dropAll,
  eq,
  foreignKey,
  from,
  groupBy,
  index,
  innerJoin,
  insertInto,
  integer,
  json,
  leftJoin,
  named,
  nullable,
  orderBy,
  primaryKey,
  references,
  returning,
  schema,
  select,
  set,
  table,
  tableIn,
  text,
  timestamptz,
  unique,
  update,
  varchar,
  where,
} from '../../../src/index.js'
import { engines } from '../../support/engines.js'
import { type Place, places } from '../../support/places.js'
import { must, openWorld, openWorldAt, tagOf, type World } from '../../support/run-load.js'

const reserved = [
  'select',
  'order',
  'group',
  'from',
  'where',
  'user',
  'table',
  'index',
  'key',
  'default',
  'null',
  'true',
  'limit',
  'rank',
  'system',
]
const hostile = [
  'back`tick',
  'double"quote',
  "single'quote",
  'semi;colon -- comment',
  '/* comment */',
  'back\\slash',
  'dot.dot',
  'percent%',
  'spaces % more spaces',
  'question? $1 :name',
  '測試',
  'Unitéble2',
  '1digit',
  '$dollar',
  'new\nline',
  'constructor',
  'toString',
  'hasOwnProperty',
  'c0',
  't0',
  'k',
  'm',
  'rowid_',
  'x'.repeat(63),
  'é'.repeat(31),
]

describe.each(places())('ddl on $label', (place) => {
  let world: World<Place['name']>
  let made: ReadonlyArray<AnyTable> = []
  beforeAll(async () => {
    world = await openWorldAt(place)
  })
  afterEach(async () => {
    await world.drop(Object.fromEntries(made.map((one, i) => [String(i), one])))
    made = []
  })
  afterAll(() => world.close())

  const create = async (...tables: ReadonlyArray<AnyTable>): Promise<void> => {
    made = tables
    await world.create(Object.fromEntries(tables.map((one, i) => [String(i), one])))
  }

  it('[DDL01] [DDL04] createAll and dropAll twice: the second does nothing', async () => {
    const some = table('some', {
      id: pipe(integer, primaryKey),
      tag: pipe(varchar(10), unique),
      at: pipe(integer, index),
    })
    const tables = schema({ some })
    must(await world.ddl(createAll(tables)))
    await world.rows(insertInto(some)({ id: 1, tag: 'x', at: 2 }))
    must(await world.ddl(createAll(tables)))
    expect(await world.rows(from(some))).toEqual([{ id: 1, tag: 'x', at: 2 }])
    must(await world.ddl(dropAll(tables)))
    must(await world.ddl(dropAll(tables)))
    must(await world.ddl(createAll(schema({}))))
    must(await world.ddl(dropAll(schema({}))))
    expect(tagOf(await world.outcome(from(some)))).not.toBe('Right')
  })

  it('[DDL25] a table that refers to itself', async () => {
    const nodes = table('nodes', { id: pipe(integer, primaryKey), parentId: pipe(integer, nullable) }, (n) => [
      foreignKey(n.parentId, n.id),
    ])
    await create(nodes)
    await world.rows(insertInto(nodes)([{ id: 1 }, { id: 2, parentId: 1 }]))
    expect(tagOf(await world.outcome(insertInto(nodes)({ id: 3, parentId: 9 })))).toBe('ForeignKeyViolation')
    await world.create({ nodes })
  })

  it('[DDL25] a cycle of two tables, made twice and dropped twice, with rows in it', async () => {
    const person = table('person', { id: pipe(integer, primaryKey), ballId: pipe(integer, nullable) })
    const ball = table('ball', { id: pipe(integer, primaryKey), personId: pipe(integer, references(person.id)) })
    const play = schema({ person, ball }, (s) => [foreignKey(s.person.ballId, s.ball.id)])
    must(await world.ddl(createAll(play)))
    must(await world.ddl(createAll(play)))
    await world.rows(insertInto(person)([{ id: 1 }]))
    await world.rows(insertInto(ball)([{ id: 7, personId: 1 }]))
    await world.rows(pipe(update(person), set({ ballId: 7 }), everyRow))
    expect(tagOf(await world.outcome(pipe(update(person), set({ ballId: 8 }), everyRow)))).toBe('ForeignKeyViolation')
    expect(tagOf(await world.outcome(insertInto(ball)({ id: 8, personId: 2 })))).toBe('ForeignKeyViolation')
    must(await world.ddl(dropAll(play)))
    must(await world.ddl(dropAll(play)))
    must(await world.ddl(createAll(play)))
    expect(await world.rows(from(ball))).toEqual([])
    expect(tagOf(await world.outcome(insertInto(ball)({ id: 8, personId: 2 }))), 'foreign keys are on again').toBe(
      'ForeignKeyViolation',
    )
    must(await world.ddl(dropAll(play)))
  })

  it('a cycle of three tables, defined children first', async () => {
    const a = table('a', { id: pipe(integer, primaryKey), next: pipe(integer, nullable) })
    const b = table('b', { id: pipe(integer, primaryKey), next: pipe(integer, nullable) })
    const c = table('c', { id: pipe(integer, primaryKey), next: pipe(integer, nullable) })
    const ring = schema({ c, b, a }, (s) => [
      foreignKey(s.a.next, s.b.id),
      foreignKey(s.b.next, s.c.id),
      foreignKey(s.c.next, s.a.id),
    ])
    must(await world.ddl(createAll(ring)))
    must(await world.ddl(createAll(ring)))
    await world.rows(insertInto(c)({ id: 1 }))
    await world.rows(insertInto(b)({ id: 1, next: 1 }))
    await world.rows(insertInto(a)({ id: 1, next: 1 }))
    await world.rows(pipe(update(c), set({ next: 1 }), everyRow))
    expect(tagOf(await world.outcome(pipe(update(c), set({ next: 2 }), everyRow)))).toBe('ForeignKeyViolation')
    must(await world.ddl(dropAll(ring)))
  })

  it('a table outside that refers to one inside stops the drop, and nothing is gone', async () => {
    const inside = table('inside', { id: pipe(integer, primaryKey) })
    const outside = table('outside', { id: pipe(integer, primaryKey), of: pipe(integer, references(inside.id)) })
    await create(inside, outside)
    await world.rows(insertInto(inside)({ id: 1 }))
    await world.rows(insertInto(outside)({ id: 1, of: 1 }))
    expect(tagOf(await world.ddl(dropAll(schema({ inside }))))).not.toBe('Right')
    expect(await world.rows(from(inside))).toEqual([{ id: 1 }])
    expect(tagOf(await world.outcome(insertInto(outside)({ id: 2, of: 2 })))).toBe('ForeignKeyViolation')
  })

  it('[DDL10] what happens to those who refer', async () => {
    const p = table('p', { id: pipe(integer, primaryKey) })
    const gone = table('gone', {
      id: pipe(integer, primaryKey),
      of: pipe(integer, references(p.id, { onDelete: 'cascade', onUpdate: 'cascade' })),
    })
    const nulled = table('nulled', {
      id: pipe(integer, primaryKey),
      of: pipe(integer, references(p.id, { onDelete: 'setNull' }), nullable),
    })
    const kept = table('kept', {
      id: pipe(integer, primaryKey),
      of: pipe(integer, references(p.id, { onDelete: 'restrict' }), nullable),
    })
    await create(p, gone, nulled, kept)
    await world.rows(insertInto(p)([{ id: 1 }, { id: 2 }]))
    await world.rows(insertInto(gone)({ id: 1, of: 1 }))
    await world.rows(insertInto(nulled)({ id: 1, of: 1 }))
    await world.rows(insertInto(kept)({ id: 1, of: 2 }))
    await world.rows(pipe(deleteFrom(p), where(eq(p.id, 1))))
    expect(await world.rows(from(gone))).toEqual([])
    expect(await world.rows(from(nulled))).toEqual([{ id: 1, of: null }])
    expect(tagOf(await world.outcome(pipe(deleteFrom(p), where(eq(p.id, 2)))))).toBe('ForeignKeyViolation')
  })

  it('unique, not null and primary keys hold', async () => {
    const held = table('held', {
      a: pipe(integer, primaryKey),
      b: pipe(varchar(10), primaryKey),
      u: pipe(integer, unique, nullable),
      n: text,
    })
    await create(held)
    await world.rows(
      insertInto(held)([
        { a: 1, b: 'x', n: '' },
        { a: 1, b: 'y', n: '' },
        { a: 1, b: 'X', n: '' },
        { a: 1, b: 'x ', n: '' },
      ]),
    )
    expect(tagOf(await world.outcome(insertInto(held)({ a: 1, b: 'x', n: '' })))).toBe('UniqueViolation')
    await world.rows(insertInto(held)([{ a: 2, b: 'x', u: 1, n: '' }]))
    expect(tagOf(await world.outcome(insertInto(held)({ a: 3, b: 'x', u: 1, n: '' })))).toBe('UniqueViolation')
    expect(tagOf(await world.outcome(insertInto(held)({ a: 4, b: 'x' } as never)))).toBe('NotNullViolation')
    expect(tagOf(await world.outcome(insertInto(held)({ a: 4, b: 'x', n: null } as never)))).toBe('InvalidValue')
  })

  it('indexes of two tables never share a name', async () => {
    const a_b = table('a_b', {
      id: pipe(integer, primaryKey),
      c: pipe(integer, index),
      u: pipe(integer, unique, nullable),
    })
    const a = table('a', {
      id: pipe(integer, primaryKey),
      b_c: pipe(integer, index),
      b_u: pipe(integer, unique, nullable),
    })
    await create(a_b, a)
    await world.create({ a_b, a })
    await world.rows(insertInto(a)([{ id: 1, b_c: 1, b_u: 1 }]))
    expect(tagOf(await world.outcome(insertInto(a)([{ id: 2, b_c: 1, b_u: 1 }])))).toBe('UniqueViolation')
  })

  it('[IDN14] names beyond 63 bytes get a hash, and two of them stay two', async () => {
    const long = 'a_rather_long_table_name_that_goes_on_and_on_for_sixty_chars'
    const parent = table('parent_of_a_table_with_a_long_name', { id: pipe(integer, primaryKey) })
    const child = table(long, {
      id: pipe(integer, primaryKey),
      a_column_with_a_long_name_number_1: pipe(integer, references(parent.id), index),
      a_column_with_a_long_name_number_2: pipe(integer, references(parent.id), unique, nullable),
      測試測試測試測試測試測試測試測試測試測試: pipe(integer, index, nullable),
    })
    await create(parent, child)
    await world.create({ parent, child })
    await world.rows(insertInto(parent)({ id: 1 }))
    expect(tagOf(await world.outcome(insertInto(child)({ id: 1, a_column_with_a_long_name_number_1: 2 })))).toBe(
      'ForeignKeyViolation',
    )
    await world.rows(
      insertInto(child)({ id: 1, a_column_with_a_long_name_number_1: 1, a_column_with_a_long_name_number_2: 1 }),
    )
    expect(
      tagOf(
        await world.outcome(
          insertInto(child)({ id: 2, a_column_with_a_long_name_number_1: 1, a_column_with_a_long_name_number_2: 1 }),
        ),
      ),
    ).toBe('UniqueViolation')
  })

  it.each([...reserved, ...hostile])(
    '[IDN03] [IDN05] [IDN06] [IDN08] [IDN09] [IDN11] [IDN15] a table and its columns may be called %j',
    async (name) => {
      const odd = table(name, {
        id: pipe(integer, primaryKey, autoIncrement),
        [name]: pipe(integer, index, nullable),
        [`${name.slice(0, 25)} 2`]: pipe(varchar(20), unique, nullable),
      })
      const other = table(`${name.slice(0, 25).trimEnd()}_o`, {
        id: pipe(integer, primaryKey),
        [name]: pipe(integer, references(odd.id)),
      })
      const a = pipe(odd, alias(name === 'x' ? 'y' : `${name.slice(0, 25).trimEnd()}'`))
      await create(odd, other)
      await world.create({ odd, other })
      const column = odd[name] as typeof odd.id
      const [first] = await world.rows(
        pipe(
          insertInto(odd)([{ [name]: 5 }, { [name]: 7, [`${name.slice(0, 25)} 2`]: name.slice(0, 20) }] as never),
          returning({ id: odd.id, value: column }),
        ),
      )
      expect(first?.value).toBe(5)
      await world.rows(insertInto(other)({ id: 1, [name]: first?.id ?? 0 } as never))
      const rows = await world.rows(
        pipe(
          from(odd),
          // the name is any text, so the types cannot tell it from the alias
          leftJoin(a as never, eq(a.id, odd.id)),
          where(eq(column, 5)),
          groupBy(odd.id, column, a.id, a[name] as typeof a.id),
          orderBy(desc(column)),
          select({ [name]: column, whole: a.id, n: count(), deep: { [name]: a[name] as typeof a.id } }),
        ),
      )
      expect(rows).toEqual([{ [name]: 5, whole: first?.id, n: 1, deep: { [name]: 5 } }])
      expect(
        (
          await world.answer(
            pipe(update(odd), set({ [name]: 6 } as never), where(and(eq(column, 5), eq(odd.id, first?.id ?? 0)))),
          )
        ).affected,
      ).toBe(1)
      expect(
        (await world.answer(pipe(deleteFrom(other), where(eq(other[name] as typeof other.id, first?.id ?? 0)))))
          .affected,
      ).toBe(1)
    },
  )

  it('a column may be called __proto__', async () => {
    const odd = table(
      'odd',
      Object.fromEntries([
        ['id', pipe(integer, primaryKey)],
        ['plain', integer],
      ]) as { id: typeof integer; plain: typeof integer },
    )
    const specs: Record<string, unknown> = { id: pipe(integer, primaryKey) }
    Object.defineProperty(specs, '__proto__', { value: pipe(integer, nullable), enumerable: true })
    const proto = table('proto', specs as { id: typeof integer })
    await create(odd, proto)
    const row: Record<string, unknown> = { id: 1 }
    Object.defineProperty(row, '__proto__', { value: 5, enumerable: true })
    await world.rows(insertInto(proto)(row as { id: number }))
    const [read] = await world.rows(from(proto))
    expect(Object.entries(read ?? {})).toEqual([
      ['id', 1],
      ['__proto__', 5],
    ])
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype)
  })

  it('[IDN12] a column whose name in the database is another', async () => {
    const users = table(
      'users',
      {
        id: pipe(integer, primaryKey, autoIncrement, named('user_id')),
        name: pipe(text, named('full name')),
        bossId: pipe(integer, nullable, named('boss')),
      },
      (u) => [foreignKey(u.bossId, u.id)],
    )
    const posts = table('posts', {
      id: pipe(integer, primaryKey),
      userId: pipe(integer, named('author'), references(users.id), index),
    })
    await create(users, posts)
    const rows = await world.rows(pipe(insertInto(users)([{ name: 'ann' }, { name: 'bob' }]), returning(users)))
    expect(rows.map((row) => row.name)).toEqual(['ann', 'bob'])
    await world.rows(insertInto(posts)({ id: 1, userId: rows[0]?.id ?? 0 }))
    expect(
      await world.rows(
        pipe(
          from(users),
          innerJoin(posts, eq(posts.userId, users.id)),
          select({ name: users.name, bossId: users.bossId }),
        ),
      ),
    ).toEqual([{ name: 'ann', bossId: null }])
    await world.rows(pipe(update(users), set({ name: 'cid', bossId: rows[0]?.id ?? 0 }), where(eq(users.name, 'bob'))))
    expect(tagOf(await world.outcome(insertInto(users)({ name: 'dee', bossId: 999 })))).toBe('ForeignKeyViolation')
    expect(await world.rows(pipe(from(users), orderBy(users.name), select(users.name)))).toEqual(['ann', 'cid'])
  })

  it('all column types, each with a key or an index where it may have one', async () => {
    const doc = json(t.unknown)
    const wide = table('wide', {
      id: pipe(bigint, primaryKey, autoIncrement),
      i: pipe(integer, unique),
      b: pipe(boolean, index),
      d: pipe(double, index),
      v: pipe(varchar(768), unique),
      day: pipe(date, index),
      at: pipe(timestamptz, unique),
      t: text,
      doc,
    })
    await create(wide)
    await world.create({ wide })
    const row = {
      i: 1,
      b: true,
      d: 0.5,
      v: 'x',
      day: '2012-01-01',
      at: '2012-01-01T00:00:00.000000Z',
      t: 'y',
      doc: { a: [1] },
    }
    const [read] = await world.rows(pipe(insertInto(wide)(row), returning(wide)))
    expect(read).toEqual({ ...row, id: 1n })
    expect(tagOf(await world.outcome(insertInto(wide)({ ...row, i: 2, v: 'y' })))).toBe('UniqueViolation')
  })

  it('keys of text without a bound are refused where the engine has none, before anything is made', async () => {
    const keyed = table('keyed', { name: pipe(text, primaryKey) })
    const uniq = table('uniq', { name: pipe(text, unique) })
    const indexed = table('indexed', { name: pipe(text, index) })
    const long = table('long', { name: pipe(varchar(769), primaryKey) })
    const tags: Record<string, ReadonlyArray<string>> = {
      mysql: ['Unsupported', 'Unsupported', 'Unsupported', 'Unsupported'],
      mariadb: ['Unsupported', 'Right', 'Right', 'Unsupported'],
    }
    const found = []
    for (const one of [keyed, uniq, indexed, long]) {
      found.push(tagOf(await world.ddl(createAll(schema({ one })))))
      must(await world.ddl(dropAll(schema({ one }))))
    }
    expect(found).toEqual(tags[place.name] ?? ['Right', 'Right', 'Right', 'Right'])
  })
})

describe.each(engines())('what the engine makes of ddl on $label', (engine) => {
  let world: World
  let made: ReadonlyArray<AnyTable> = []
  beforeAll(async () => {
    world = await openWorld(engine)
  })
  afterEach(async () => {
    await world.drop(Object.fromEntries(made.map((one, i) => [String(i), one])))
    made = []
  })
  afterAll(() => world.close())

  const create = async (...tables: ReadonlyArray<AnyTable>): Promise<void> => {
    made = tables
    await world.create(Object.fromEntries(tables.map((one, i) => [String(i), one])))
  }

  it('one index for each, under a name of its own', async () => {
    const a_b = table('a_b', {
      id: pipe(integer, primaryKey),
      c: pipe(integer, index),
      u: pipe(integer, unique, nullable),
    })
    const a = table('a', {
      id: pipe(integer, primaryKey),
      b_c: pipe(integer, index),
      b_u: pipe(integer, unique, nullable),
    })
    await create(a_b, a)
    const listed =
      engine.name === 'sqlite'
        ? "SELECT count(*) FROM sqlite_master WHERE type = 'index' AND name LIKE 'ix_%'"
        : engine.name === 'postgres'
          ? "SELECT count(*) FROM pg_indexes WHERE indexname LIKE 'ix_%' AND tablename IN ('a', 'a_b')"
          : "SELECT count(*) FROM information_schema.statistics WHERE table_schema = database() AND index_name LIKE 'ix_%' AND table_name IN ('a', 'a_b')"
    const indexes = pipe(sqlOf(listed))
    expect(Number((await rawRows(world, indexes))[0]?.[0])).toBe(2)
  })

  it('autoIncrement of a column that is no key is refused where the engine cannot', async () => {
    const beside = table('beside', { id: pipe(integer, primaryKey), n: pipe(integer, autoIncrement) })
    const second = table('second', { a: pipe(integer, primaryKey), n: pipe(integer, primaryKey, autoIncrement) })
    const wanted = engine.name === 'postgres' ? 'Right' : 'Unsupported'
    for (const one of [beside, second]) {
      expect(tagOf(await world.ddl(createAll(schema({ one }))))).toBe(wanted)
      must(await world.ddl(dropAll(schema({ one }))))
    }
  })

  it('[SEL05] [DDL02] two tables of one name in two schemas', async () => {
    const inMain = engine.name === 'sqlite' ? 'main' : engine.name === 'postgres' ? 'public' : null
    if (inMain === null) return
    const here = tableIn(inMain)('twin', { id: pipe(integer, primaryKey), of: pipe(integer, index, nullable) }, (x) => [
      foreignKey(x.of, x.id),
    ])
    await create(here)
    await world.create({ here })
    await world.rows(insertInto(here)([{ id: 1 }, { id: 2, of: 1 }]))
    const plain = table('twin', { id: integer, of: pipe(integer, nullable) })
    const b = pipe(plain, alias('b'))
    expect(
      await world.rows(pipe(from(here), innerJoin(b, eq(b.of, here.id)), select({ a: here.id, b: b.id }))),
    ).toEqual([{ a: 1, b: 2 }])
    expect(await world.rows(pipe(insertInto(here)({ id: 3, of: 2 }), returning({ id: here.id, of: here.of })))).toEqual(
      [{ id: 3, of: 2 }],
    )
    expect((await world.answer(pipe(update(here), set({ of: null }), where(eq(here.id, 3))))).affected).toBe(1)
    expect((await world.answer(pipe(deleteFrom(here), where(eq(here.id, 3))))).affected).toBe(1)
    expect(
      tagOf(await world.outcome(pipe(from(here), innerJoin(plain as never, eq(plain.id, here.id)) as never))),
    ).toBe('SourceMismatch')
  })
})

const sqlOf = (sql: string): string => sql

const rawRows = async (world: World, sql: string): Promise<ReadonlyArray<ReadonlyArray<unknown>>> => {
  const { done, step } = await import('../../../src/compile/load.js')
  const { noTables } = await import('../../../src/compile/statement.js')
  const { right } = await import('fp-ts/lib/Either.js')
  return must(
    await world.load(
      step({ sql, parameters: [], text: 'once', returnsRows: true, bigints: false, tables: noTables }, (reply) =>
        right(done(reply.rows)),
      ),
    ),
  )
}
